//! Operations that list the channels of a member or moderator.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Call, Paging};
use crate::local::arn::Arn;
use crate::local::refusal::{Refusal, forbidden};
use crate::local::state::{Channel, Directory, Form, Membership};

/// The user that a request is about, and the caller.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct UserInput {
    chime_bearer: Arn,
    /// The user; the caller if there is none.
    app_instance_user_arn: Option<Arn>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Describe {
    channel_arn: Arn,
    #[serde(flatten)]
    about: UserInput,
}

#[derive(Deserialize)]
struct List {
    #[serde(flatten)]
    about: UserInput,
    #[serde(flatten)]
    paging: Paging,
}

pub(super) fn describe_membership(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let Describe { channel_arn, about } = call.input()?;
    let user = about.user(&call.state.directory)?;
    let channel = call.state.channels.channel(&channel_arn)?;
    let Some(member) = channel.members.get(&user) else {
        return Err(forbidden(format!("AppInstanceUserArn: {user} is not a member of the channel")));
    };
    Ok(json!({ "ChannelMembership": membership(&channel_arn, channel, member) }))
}

pub(super) fn describe_moderated(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let Describe { channel_arn, about } = call.input()?;
    let user = about.user(&call.state.directory)?;
    let channel = call.state.channels.channel(&channel_arn)?;
    if !channel.moderators.contains_key(&user) {
        return Err(forbidden(format!("AppInstanceUserArn: {user} is not a moderator of the channel")));
    }
    Ok(json!({ "Channel": moderated(&channel_arn, channel) }))
}

pub(super) fn list_memberships(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let List { about, paging } = call.input()?;
    let user = about.user(&call.state.directory)?;
    let page = call.page(&[user.as_str(), about.chime_bearer.as_str()], &paging)?;
    let channels = &call.state.channels;
    let (memberships, next) = page.of_set(&channels.places(&user).member, |arn| {
        let channel = channels.get(arn)?;
        Some(membership(arn, channel, channel.members.get(&user)?))
    });
    Ok(json!({ "ChannelMemberships": memberships, "NextToken": next }))
}

pub(super) fn list_moderated(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let List { about, paging } = call.input()?;
    let user = about.user(&call.state.directory)?;
    let page = call.page(&[user.as_str(), about.chime_bearer.as_str()], &paging)?;
    let channels = &call.state.channels;
    let moderates = &channels.places(&user).moderator;
    let (channels, next) = page.of_set(moderates, |arn| Some(moderated(arn, channels.get(arn)?)));
    Ok(json!({ "Channels": channels, "NextToken": next }))
}

impl UserInput {
    /// Returns the user that the request is about.
    ///
    /// # Errors
    /// If the caller may not ask about that user.
    fn user(&self, directory: &Directory) -> Result<Arn, Refusal> {
        let user = self.app_instance_user_arn.as_ref().unwrap_or(&self.chime_bearer);
        directory.bearer(&self.chime_bearer, user)?;
        if *user != self.chime_bearer && !directory.is_admin(&self.chime_bearer) {
            return Err(forbidden("AppInstanceUserArn: only administrators may ask about others"));
        }
        if directory.name(user).is_none() {
            return Err(forbidden(format!("AppInstanceUserArn: there is no user or bot {user}")));
        }
        Ok(user.clone())
    }
}

/// Returns the membership as the model's `ChannelMembershipForAppInstanceUserSummary`.
fn membership(arn: &Arn, channel: &Channel, member: &Membership) -> Value {
    json!({
        "ChannelSummary": channel.summary(arn, Form::Answer),
        "AppInstanceUserMembershipSummary": {
            "Type": member.kind,
            "ReadMarkerTimestamp": member.read_marker.map(Call::time),
            "SubChannelId": member.sub_channel,
        },
    })
}

/// Returns the channel as the model's `ChannelModeratedByAppInstanceUserSummary`.
fn moderated(arn: &Arn, channel: &Channel) -> Value {
    json!({ "ChannelSummary": channel.summary(arn, Form::Answer) })
}
