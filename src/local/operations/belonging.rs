//! The channels that somebody is in, and those that somebody moderates.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Asked, Call, Operation};
use crate::local::arn::Arn;
use crate::local::model::Service;
use crate::local::refusal::{Refusal, forbidden};
use crate::local::state::{Channel, Form, Membership, State};

/// Whom a request is about, and who asks.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct About {
    chime_bearer: Arn,
    /// The one who asks, unless it is said.
    app_instance_user_arn: Option<Arn>,
}

impl About {
    /// Whom the request is about.
    ///
    /// # Errors
    /// When that is none of the asker's business.
    fn whom(&self, state: &State) -> Result<Arn, Refusal> {
        let whom = self.app_instance_user_arn.as_ref().unwrap_or(&self.chime_bearer);
        state.bearer(&self.chime_bearer, whom)?;
        if *whom != self.chime_bearer && !state.is_admin(&self.chime_bearer) {
            return Err(forbidden("AppInstanceUserArn: only administrators may ask about others"));
        }
        if state.person(whom).is_none() {
            return Err(forbidden(format!("AppInstanceUserArn: there is no user or bot {whom}")));
        }
        Ok(whom.clone())
    }
}

/// `ChannelMembershipForAppInstanceUserSummary` of the model.
fn belongs(arn: &Arn, channel: &Channel, member: &Membership) -> Value {
    json!({
        "ChannelSummary": channel.summary(arn, Form::Answer),
        "AppInstanceUserMembershipSummary": {
            "Type": member.kind,
            "ReadMarkerTimestamp": member.read_marker.map(Call::time),
            "SubChannelId": member.sub_channel,
        },
    })
}

/// `ChannelModeratedByAppInstanceUserSummary` of the model.
fn moderates(arn: &Arn, channel: &Channel) -> Value {
    json!({ "ChannelSummary": channel.summary(arn, Form::Answer) })
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct DescribeChannelMembershipForAppInstanceUser {
    channel_arn: Arn,
    #[serde(flatten)]
    about: About,
}

impl Operation for DescribeChannelMembershipForAppInstanceUser {
    const NAME: &'static str = "DescribeChannelMembershipForAppInstanceUser";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let whom = self.about.whom(call.state)?;
        let channel = call.state.channel(&self.channel_arn)?;
        let member = channel.members.get(&whom);
        let member = member
            .ok_or_else(|| forbidden(format!("AppInstanceUserArn: {whom} is no member of the channel")))?;
        Ok(json!({ "ChannelMembership": belongs(&self.channel_arn, channel, member) }))
    }
}

#[derive(Deserialize)]
pub(super) struct ListChannelMembershipsForAppInstanceUser {
    #[serde(flatten)]
    about: About,
    #[serde(flatten)]
    asked: Asked,
}

impl Operation for ListChannelMembershipsForAppInstanceUser {
    const NAME: &'static str = "ListChannelMembershipsForAppInstanceUser";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let whom = self.about.whom(call.state)?;
        let page = call.page(&[whom.as_str(), self.about.chime_bearer.as_str()], &self.asked)?;
        let state = &*call.state;
        let in_it = |arn: &Arn| {
            let channel = state.channels.get(arn)?;
            Some((arn.to_string(), belongs(arn, channel, channel.members.get(&whom)?)))
        };
        let places = state.places(&whom).member.range::<str, _>(page.rest());
        let (memberships, next) = page.json(places.filter_map(in_it));
        Ok(json!({ "ChannelMemberships": memberships, "NextToken": next }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct DescribeChannelModeratedByAppInstanceUser {
    channel_arn: Arn,
    #[serde(flatten)]
    about: About,
}

impl Operation for DescribeChannelModeratedByAppInstanceUser {
    const NAME: &'static str = "DescribeChannelModeratedByAppInstanceUser";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let whom = self.about.whom(call.state)?;
        let channel = call.state.channel(&self.channel_arn)?;
        if !channel.moderators.contains_key(&whom) {
            return Err(forbidden(format!("AppInstanceUserArn: {whom} is no moderator of the channel")));
        }
        Ok(json!({ "Channel": moderates(&self.channel_arn, channel) }))
    }
}

#[derive(Deserialize)]
pub(super) struct ListChannelsModeratedByAppInstanceUser {
    #[serde(flatten)]
    about: About,
    #[serde(flatten)]
    asked: Asked,
}

impl Operation for ListChannelsModeratedByAppInstanceUser {
    const NAME: &'static str = "ListChannelsModeratedByAppInstanceUser";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let whom = self.about.whom(call.state)?;
        let page = call.page(&[whom.as_str(), self.about.chime_bearer.as_str()], &self.asked)?;
        let state = &*call.state;
        let runs = |arn: &Arn| Some((arn.to_string(), moderates(arn, state.channels.get(arn)?)));
        let places = state.places(&whom).moderator.range::<str, _>(page.rest());
        let (channels, next) = page.json(places.filter_map(runs));
        Ok(json!({ "Channels": channels, "NextToken": next }))
    }
}
