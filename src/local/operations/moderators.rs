//! Moderators of channels.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Asked, Call, Operation, nothing};
use crate::local::arn::Arn;
use crate::local::model::Service;
use crate::local::refusal::{Refusal, bad_request, conflict, forbidden, not_found};
use crate::local::state::{Form, Moderator, at_most};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct CreateChannelModerator {
    channel_arn: Arn,
    channel_moderator_arn: Arn,
    chime_bearer: Arn,
}

impl Operation for CreateChannelModerator {
    const NAME: &'static str = "CreateChannelModerator";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let (channel, who) = (&self.channel_arn, &self.channel_moderator_arn);
        let caller = call.state.caller(&self.chime_bearer, channel)?;
        caller.runs_the_channel()?;
        if call.state.bearer(who, channel).is_err() {
            let why = format!("ChannelModeratorArn: {who} is no user or bot of the app instance");
            return Err(bad_request(why));
        }
        let there = call.state.channel(channel)?;
        if there.moderators.contains_key(who) {
            return Err(conflict(format!("ChannelModeratorArn: {who} is a moderator already")));
        }
        if there.bans.contains_key(who) {
            return Err(forbidden(format!("ChannelModeratorArn: {who} is banned from the channel")));
        }
        at_most(
            there.moderators.len() + 1,
            call.state.quotas.moderators_of_a_channel,
            "ChannelModeratorArn",
        )?;
        let moderator = Moderator { created_by: caller.identity, created: call.state.now };
        call.state.add_moderator(channel, who, moderator);
        Ok(json!({ "ChannelArn": channel, "ChannelModerator": call.state.identity(who) }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct DescribeChannelModerator {
    channel_arn: Arn,
    channel_moderator_arn: Arn,
    chime_bearer: Arn,
}

impl Operation for DescribeChannelModerator {
    const NAME: &'static str = "DescribeChannelModerator";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let (channel, who) = (&self.channel_arn, &self.channel_moderator_arn);
        call.state.caller(&self.chime_bearer, channel)?.runs_the_channel()?;
        let moderator = call.state.channel(channel)?.moderators.get(who);
        let moderator = moderator.ok_or_else(|| no_moderator(who))?;
        Ok(json!({ "ChannelModerator": {
            "ChannelArn": channel,
            "Moderator": call.state.identity(who),
            "CreatedBy": moderator.created_by,
            "CreatedTimestamp": Form::Answer.time(moderator.created),
        } }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ListChannelModerators {
    channel_arn: Arn,
    chime_bearer: Arn,
    #[serde(flatten)]
    asked: Asked,
}

impl Operation for ListChannelModerators {
    const NAME: &'static str = "ListChannelModerators";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        call.state.caller(&self.chime_bearer, &self.channel_arn)?.runs_the_channel()?;
        let page = call.page(&[self.channel_arn.as_str(), self.chime_bearer.as_str()], &self.asked)?;
        let moderators = call.state.channel(&self.channel_arn)?.moderators.range::<str, _>(page.rest());
        let moderator =
            |(who, _): (&Arn, _)| (who.to_string(), json!({ "Moderator": call.state.identity(who) }));
        let (moderators, next) = page.json(moderators.map(moderator));
        Ok(json!({ "ChannelArn": self.channel_arn, "ChannelModerators": moderators, "NextToken": next }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct DeleteChannelModerator {
    channel_arn: Arn,
    channel_moderator_arn: Arn,
    chime_bearer: Arn,
}

impl Operation for DeleteChannelModerator {
    const NAME: &'static str = "DeleteChannelModerator";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let who = &self.channel_moderator_arn;
        call.state.caller(&self.chime_bearer, &self.channel_arn)?.runs_the_channel()?;
        let dropped = call.state.drop_moderator(&self.channel_arn, who);
        dropped.map(|_| nothing()).ok_or_else(|| no_moderator(who))
    }
}

fn no_moderator(who: &Arn) -> Refusal {
    not_found(format!("ChannelModeratorArn: {who} is no moderator of the channel"))
}
