//! Bans from channels.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Asked, Call, Operation, nothing};
use crate::local::arn::Arn;
use crate::local::model::Service;
use crate::local::refusal::{Refusal, bad_request, conflict, forbidden, not_found};
use crate::local::state::{Ban, Form};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct CreateChannelBan {
    channel_arn: Arn,
    chime_bearer: Arn,
    member_arn: Arn,
}

impl Operation for CreateChannelBan {
    const NAME: &'static str = "CreateChannelBan";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let (channel, who) = (&self.channel_arn, &self.member_arn);
        let caller = call.state.caller(&self.chime_bearer, channel)?;
        caller.runs_the_channel()?;
        if call.state.bearer(who, channel).is_err() {
            return Err(bad_request(format!("MemberArn: {who} is no user or bot of the app instance")));
        }
        let there = call.state.channel(channel)?;
        if call.state.is_admin(who) || there.moderators.contains_key(who) {
            return Err(forbidden("MemberArn: administrators and moderators cannot be banned"));
        }
        if there.bans.contains_key(who) {
            return Err(conflict(format!("MemberArn: {who} is banned already")));
        }
        // Whoever is in the channel is put out of it. Their sessions stay open: they are for other channels too.
        call.state.leave(channel, who, &mut call.effects);
        let ban = Ban { created_by: caller.identity, created: call.state.now };
        call.state.add_ban(channel, who, ban);
        Ok(json!({ "ChannelArn": channel, "Member": call.state.identity(who) }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct DescribeChannelBan {
    channel_arn: Arn,
    chime_bearer: Arn,
    member_arn: Arn,
}

impl Operation for DescribeChannelBan {
    const NAME: &'static str = "DescribeChannelBan";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let (channel, who) = (&self.channel_arn, &self.member_arn);
        call.state.caller(&self.chime_bearer, channel)?.runs_the_channel()?;
        let ban = call.state.channel(channel)?.bans.get(who).ok_or_else(|| no_ban(who))?;
        Ok(json!({ "ChannelBan": {
            "ChannelArn": channel,
            "Member": call.state.identity(who),
            "CreatedBy": ban.created_by,
            "CreatedTimestamp": Form::Answer.time(ban.created),
        } }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ListChannelBans {
    channel_arn: Arn,
    chime_bearer: Arn,
    #[serde(flatten)]
    asked: Asked,
}

impl Operation for ListChannelBans {
    const NAME: &'static str = "ListChannelBans";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        call.state.caller(&self.chime_bearer, &self.channel_arn)?.runs_the_channel()?;
        let page = call.page(&[self.channel_arn.as_str(), self.chime_bearer.as_str()], &self.asked)?;
        let bans = call.state.channel(&self.channel_arn)?.bans.range::<str, _>(page.rest());
        let ban = |(who, _): (&Arn, _)| (who.to_string(), json!({ "Member": call.state.identity(who) }));
        let (bans, next) = page.json(bans.map(ban));
        Ok(json!({ "ChannelArn": self.channel_arn, "ChannelBans": bans, "NextToken": next }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct DeleteChannelBan {
    channel_arn: Arn,
    chime_bearer: Arn,
    member_arn: Arn,
}

impl Operation for DeleteChannelBan {
    const NAME: &'static str = "DeleteChannelBan";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        call.state.caller(&self.chime_bearer, &self.channel_arn)?.runs_the_channel()?;
        let lifted = call.state.drop_ban(&self.channel_arn, &self.member_arn);
        lifted.map(|_| nothing()).ok_or_else(|| no_ban(&self.member_arn))
    }
}

fn no_ban(who: &Arn) -> Refusal {
    not_found(format!("MemberArn: {who} is not banned from the channel"))
}
