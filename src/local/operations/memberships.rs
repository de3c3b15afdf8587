//! Operations on the members of a channel.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Call, ChannelInput, Paging, nothing};
use crate::local::arn::Arn;
use crate::local::refusal::{Refusal, bad_request, conflict, forbidden, not_found};
use crate::local::state::{Channel, Form, Identity, Member, Membership, MembershipKind, State, at_most};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Create {
    #[serde(flatten)]
    about: ChannelInput,
    member_arn: Arn,
    r#type: MembershipKind,
    sub_channel_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct CreateBatch {
    #[serde(flatten)]
    about: ChannelInput,
    #[serde(default)]
    r#type: MembershipKind,
    member_arns: Vec<Arn>,
    sub_channel_id: Option<String>,
}

/// The membership named in a request.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct MembershipInput {
    #[serde(flatten)]
    about: ChannelInput,
    member_arn: Arn,
    sub_channel_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct List {
    #[serde(flatten)]
    about: ChannelInput,
    #[serde(default)]
    r#type: MembershipKind,
    sub_channel_id: Option<String>,
    #[serde(flatten)]
    paging: Paging,
}

pub(super) fn create(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let Create { about, member_arn: who, r#type: kind, sub_channel_id } = call.input()?;
    let caller = call.caller(&about)?;
    caller.may_add(&who, kind)?;
    let channel = &about.channel_arn;
    let sub_channel = call.state.join(channel, &who, &caller.identity, kind, sub_channel_id.as_deref())?;
    call.state.notify_of_membership("CREATE", channel, &who, &mut call.effects);
    let member = call.state.directory.identity(&who);
    Ok(json!({ "ChannelArn": channel, "Member": member, "SubChannelId": sub_channel }))
}

/// Adds several members at once, and reports those that cannot be added.
pub(super) fn create_batch(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let CreateBatch { about, r#type: kind, member_arns, sub_channel_id } = call.input()?;
    let (caller, channel) = (call.caller(&about)?, &about.channel_arn);
    member_arns.iter().try_for_each(|who| caller.may_add(who, kind))?;
    // Members of an elastic channel may join different sub-channels, and each sub-channel is notified only of its own.
    let mut joined: BTreeMap<Option<String>, Vec<Identity>> = BTreeMap::new();
    let mut errors = Vec::new();
    for who in &member_arns {
        match call.state.join(channel, who, &caller.identity, kind, sub_channel_id.as_deref()) {
            Ok(sub_channel) => {
                joined.entry(sub_channel).or_default().push(call.state.directory.identity(who));
            }
            Err(refusal) => errors.push(json!({
                "MemberArn": who,
                "ErrorCode": refusal.kind.code(),
                "ErrorMessage": refusal.message,
            })),
        }
    }
    let batch = |sub_channel: Option<&String>, members: &[Identity]| {
        json!({
            "ChannelArn": channel,
            "InvitedBy": caller.identity,
            "Type": kind,
            "Members": members,
            "SubChannelId": sub_channel,
        })
    };
    for (sub_channel, members) in &joined {
        call.state.notify_of_batch(channel, batch(sub_channel.as_ref(), members), &mut call.effects);
    }
    let sub_channel = joined.keys().next().and_then(Option::as_ref).filter(|_| joined.len() == 1);
    let members: Vec<_> = joined.values().flatten().cloned().collect();
    Ok(json!({ "BatchChannelMemberships": batch(sub_channel, &members), "Errors": errors }))
}

pub(super) fn describe(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let MembershipInput { about, member_arn: who, sub_channel_id } = call.input()?;
    call.caller(&about)?.sees_the_channel()?;
    let member = call.state.channels.channel(&about.channel_arn)?.member(&who, sub_channel_id.as_deref())?;
    let identity = call.state.directory.identity(&who);
    Ok(json!({ "ChannelMembership": member.described(&about.channel_arn, &identity, Form::Answer) }))
}

pub(super) fn list(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let List { about, r#type: kind, sub_channel_id, paging } = call.input()?;
    call.caller(&about)?.sees_the_channel()?;
    let hidden = if kind == MembershipKind::Hidden { "HIDDEN" } else { "DEFAULT" };
    let sub_channel = sub_channel_id.as_deref().unwrap_or_default();
    let filters = [about.channel_arn.as_str(), about.chime_bearer.as_str(), hidden, sub_channel];
    let page = call.page(&filters, &paging)?;
    let channel = call.state.channels.channel(&about.channel_arn)?;
    channel.sub_channel(sub_channel_id.as_deref())?;
    let listed = channel.members.range::<str, _>(page.rest()).filter(|(_, member)| {
        member.kind == kind && (sub_channel_id.is_none() || member.sub_channel == sub_channel_id)
    });
    let (members, next) = page.json(
        listed.map(|(who, _)| (who.to_string(), json!({ "Member": call.state.directory.identity(who) }))),
    );
    Ok(json!({ "ChannelArn": about.channel_arn, "ChannelMemberships": members, "NextToken": next }))
}

pub(super) fn delete(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let MembershipInput { about, member_arn: who, sub_channel_id } = call.input()?;
    let caller = call.caller(&about)?;
    if who != caller.arn {
        caller.may_remove_others()?;
    }
    call.state.channels.channel(&about.channel_arn)?.member(&who, sub_channel_id.as_deref())?;
    call.state.leave(&about.channel_arn, &who, &mut call.effects);
    Ok(nothing())
}

impl Channel {
    /// Returns the membership of `who`, in the sub-channel called `sub_channel` if given.
    fn member(&self, who: &Arn, sub_channel: Option<&str>) -> Result<&Membership, Refusal> {
        let member = self.members.get(who);
        let member = member.filter(|it| sub_channel.is_none() || it.sub_channel.as_deref() == sub_channel);
        member.ok_or_else(|| not_found(format!("MemberArn: {who} is not a member of the channel")))
    }
}

impl State {
    /// Adds a member, and returns the sub-channel in which the member was placed, if any.
    ///
    /// # Errors
    /// If `who` may not be a member of the channel, or not in that sub-channel.
    fn join(
        &mut self,
        channel: &Arn,
        who: &Arn,
        invited_by: &Identity,
        kind: MembershipKind,
        sub_channel: Option<&str>,
    ) -> Result<Option<String>, Refusal> {
        self.may_join(channel, who)?;
        let room = self.channels.channel(channel)?.room(who, sub_channel)?;
        let mut membership = Membership::new(kind, invited_by.clone(), self.now);
        membership.sub_channel = self.take_room(channel, room);
        let sub_channel = membership.sub_channel.clone();
        self.channels.assign::<Member>(channel, who, membership);
        Ok(sub_channel)
    }

    /// Refuses users who may not be members of a channel, or already are.
    fn may_join(&self, channel: &Arn, who: &Arn) -> Result<(), Refusal> {
        let there = self.channels.channel(channel)?;
        if self.directory.bearer(who, channel).is_err() {
            return Err(bad_request(format!("MemberArn: {who} is not a user or bot of the app instance")));
        }
        if there.bans.contains_key(who) {
            return Err(forbidden(format!("MemberArn: {who} is banned from the channel")));
        }
        if there.members.contains_key(who) {
            return Err(conflict(format!("MemberArn: {who} is a member already")));
        }
        if there.elastic.is_none() {
            at_most(
                there.members.len() + 1,
                self.quotas.memberships_of_a_channel,
                "ChannelArn: memberships",
            )?;
        }
        let memberships = self.channels.places(who).member.len() + 1;
        at_most(memberships, self.quotas.memberships_of_a_person, "MemberArn: memberships")
    }
}
