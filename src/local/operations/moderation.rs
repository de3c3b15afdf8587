//! Operations on moderators of channels and on bans.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Call, ChannelInput, Paging, nothing};
use crate::local::arn::Arn;
use crate::local::refusal::{Refusal, bad_request, conflict, forbidden, not_found};
use crate::local::state::{Ban, Channel, Form, Grant, Identity, Moderator, Role, at_most};

/// The moderator or banned user named in a request.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct RoleInput {
    #[serde(flatten)]
    about: ChannelInput,
    #[serde(rename = "MemberArn", alias = "ChannelModeratorArn")]
    who: Arn,
}

#[derive(Deserialize)]
struct List {
    #[serde(flatten)]
    about: ChannelInput,
    #[serde(flatten)]
    paging: Paging,
}

/// A role that administrators and moderators of a channel may grant and revoke.
pub(super) trait GrantableRole: Role<Record = Grant> {
    /// What the model calls the role and a user who has it.
    const NAMES: (&'static str, &'static str);

    /// Returns the error for `who` not having the role.
    fn missing(who: &Arn) -> Refusal;
}

impl GrantableRole for Moderator {
    const NAMES: (&'static str, &'static str) = ("ChannelModerator", "Moderator");

    fn missing(who: &Arn) -> Refusal {
        not_found(format!("ChannelModeratorArn: {who} is not a moderator of the channel"))
    }
}

impl GrantableRole for Ban {
    const NAMES: (&'static str, &'static str) = ("ChannelBan", "Member");

    fn missing(who: &Arn) -> Refusal {
        not_found(format!("MemberArn: {who} is not banned from the channel"))
    }
}

pub(super) fn create_moderator(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let RoleInput { about, who } = call.input()?;
    let (caller, there) = may_grant(call, &about, &who, "ChannelModeratorArn")?;
    if there.moderators.contains_key(&who) {
        return Err(conflict(format!("ChannelModeratorArn: {who} is a moderator already")));
    }
    if there.bans.contains_key(&who) {
        return Err(forbidden(format!("ChannelModeratorArn: {who} is banned from the channel")));
    }
    let most = call.state.quotas.moderators_of_a_channel;
    at_most(there.moderators.len() + 1, most, "ChannelModeratorArn")?;
    let grant = Grant { created_by: caller, created: call.state.now };
    call.state.channels.assign::<Moderator>(&about.channel_arn, &who, grant);
    let identity = call.state.directory.identity(&who);
    Ok(json!({ "ChannelArn": about.channel_arn, "ChannelModerator": identity }))
}

pub(super) fn create_ban(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let RoleInput { about, who } = call.input()?;
    let (caller, there) = may_grant(call, &about, &who, "MemberArn")?;
    if call.state.directory.is_admin(&who) || there.moderators.contains_key(&who) {
        return Err(forbidden("MemberArn: administrators and moderators cannot be banned"));
    }
    if there.bans.contains_key(&who) {
        return Err(conflict(format!("MemberArn: {who} is banned already")));
    }
    // A banned user is removed from the channel. Sessions stay open, because they also serve other channels.
    call.state.leave(&about.channel_arn, &who, &mut call.effects);
    let grant = Grant { created_by: caller, created: call.state.now };
    call.state.channels.assign::<Ban>(&about.channel_arn, &who, grant);
    Ok(json!({ "ChannelArn": about.channel_arn, "Member": call.state.directory.identity(&who) }))
}

/// Refuses callers who are neither administrators nor moderators, and users of another app instance. Returns the caller and the channel.
fn may_grant<'c>(
    call: &'c Call<'_>,
    about: &ChannelInput,
    who: &Arn,
    field: &str,
) -> Result<(Identity, &'c Channel), Refusal> {
    let caller = call.caller(about)?;
    caller.runs_the_channel()?;
    if call.state.directory.bearer(who, &about.channel_arn).is_err() {
        return Err(bad_request(format!("{field}: {who} is not a user or bot of the app instance")));
    }
    Ok((caller.identity, call.state.channels.channel(&about.channel_arn)?))
}

pub(super) fn describe<R: GrantableRole>(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let RoleInput { about, who } = call.input()?;
    call.caller(&about)?.runs_the_channel()?;
    let role = R::of(call.state.channels.channel(&about.channel_arn)?).get(&who);
    let Grant { created_by, created } = role.ok_or_else(|| R::missing(&who))?;
    let (role, holder) = R::NAMES;
    Ok(json!({ role: {
        "ChannelArn": about.channel_arn,
        holder: call.state.directory.identity(&who),
        "CreatedBy": created_by,
        "CreatedTimestamp": Form::Answer.time(*created),
    } }))
}

pub(super) fn list<R: GrantableRole>(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let List { about, paging } = call.input()?;
    call.caller(&about)?.runs_the_channel()?;
    let page = call.page(&[about.channel_arn.as_str(), about.chime_bearer.as_str()], &paging)?;
    let there = R::of(call.state.channels.channel(&about.channel_arn)?);
    let (role, holder) = R::NAMES;
    let (all, next) = page.of_map(there, |who, _| json!({ holder: call.state.directory.identity(who) }));
    Ok(json!({ "ChannelArn": about.channel_arn, (format!("{role}s")): all, "NextToken": next }))
}

pub(super) fn delete<R: GrantableRole>(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let RoleInput { about, who } = call.input()?;
    call.caller(&about)?.runs_the_channel()?;
    let revoked = call.state.channels.revoke::<R>(&about.channel_arn, &who);
    revoked.map(|_| nothing()).ok_or_else(|| R::missing(&who))
}
