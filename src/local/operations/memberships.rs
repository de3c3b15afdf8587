//! Who is in a channel.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Asked, Call, Operation, nothing};
use crate::local::arn::Arn;
use crate::local::model::Service;
use crate::local::refusal::{Refusal, bad_request, conflict, forbidden, not_found};
use crate::local::state::{Channel, Form, Identity, Membership, MembershipKind, State, at_most};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct CreateChannelMembership {
    channel_arn: Arn,
    chime_bearer: Arn,
    member_arn: Arn,
    r#type: MembershipKind,
    sub_channel_id: Option<String>,
}

impl Operation for CreateChannelMembership {
    const NAME: &'static str = "CreateChannelMembership";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let caller = call.state.caller(&self.chime_bearer, &self.channel_arn)?;
        let (channel, who) = (&self.channel_arn, &self.member_arn);
        caller.may_add(who, self.r#type)?;
        let asked = self.sub_channel_id.as_deref();
        let sub_channel = call.state.join(channel, who, &caller.identity, self.r#type, asked)?;
        call.state.tell_of_membership("CREATE", channel, who, &mut call.effects);
        Ok(json!({
            "ChannelArn": self.channel_arn,
            "Member": call.state.identity(&self.member_arn),
            "SubChannelId": sub_channel,
        }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct DescribeChannelMembership {
    channel_arn: Arn,
    chime_bearer: Arn,
    member_arn: Arn,
    sub_channel_id: Option<String>,
}

impl Operation for DescribeChannelMembership {
    const NAME: &'static str = "DescribeChannelMembership";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        call.state.caller(&self.chime_bearer, &self.channel_arn)?.sees_the_channel()?;
        let channel = call.state.channel(&self.channel_arn)?;
        let member = channel.member(&self.member_arn, self.sub_channel_id.as_deref())?;
        let membership =
            member.described(&self.channel_arn, &call.state.identity(&self.member_arn), Form::Answer);
        Ok(json!({ "ChannelMembership": membership }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ListChannelMemberships {
    channel_arn: Arn,
    chime_bearer: Arn,
    #[serde(default)]
    r#type: MembershipKind,
    sub_channel_id: Option<String>,
    #[serde(flatten)]
    asked: Asked,
}

impl Operation for ListChannelMemberships {
    const NAME: &'static str = "ListChannelMemberships";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        call.state.caller(&self.chime_bearer, &self.channel_arn)?.sees_the_channel()?;
        let hidden = if self.r#type == MembershipKind::Hidden { "HIDDEN" } else { "DEFAULT" };
        let sub_channel = self.sub_channel_id.as_deref().unwrap_or_default();
        let filters = [self.channel_arn.as_str(), self.chime_bearer.as_str(), hidden, sub_channel];
        let page = call.page(&filters, &self.asked)?;
        let channel = call.state.channel(&self.channel_arn)?;
        let wanted = channel.members.range::<str, _>(page.rest()).filter(|(_, member)| {
            member.kind == self.r#type
                && (self.sub_channel_id.is_none() || member.sub_channel == self.sub_channel_id)
        });
        let member = |(arn, _): (&Arn, _)| (arn.to_string(), json!({ "Member": call.state.identity(arn) }));
        let (members, next) = page.json(wanted.map(member));
        Ok(json!({ "ChannelArn": self.channel_arn, "ChannelMemberships": members, "NextToken": next }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct DeleteChannelMembership {
    channel_arn: Arn,
    chime_bearer: Arn,
    member_arn: Arn,
    sub_channel_id: Option<String>,
}

impl Operation for DeleteChannelMembership {
    const NAME: &'static str = "DeleteChannelMembership";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let caller = call.state.caller(&self.chime_bearer, &self.channel_arn)?;
        if self.member_arn != caller.arn {
            caller.may_remove_others()?;
        }
        call.state.channel(&self.channel_arn)?.member(&self.member_arn, self.sub_channel_id.as_deref())?;
        call.state.leave(&self.channel_arn, &self.member_arn, &mut call.effects);
        Ok(nothing())
    }
}

impl Channel {
    /// The membership of `who`; in the sub-channel called `sub_channel`, when that is said.
    fn member(&self, who: &Arn, sub_channel: Option<&str>) -> Result<&Membership, Refusal> {
        let member = self.members.get(who);
        let member = member.filter(|it| sub_channel.is_none() || it.sub_channel.as_deref() == sub_channel);
        member.ok_or_else(|| not_found(format!("MemberArn: {who} is no member of the channel")))
    }
}

impl State {
    /// Refuses who cannot be in a channel, or is already.
    fn may_join(&self, channel: &Arn, who: &Arn) -> Result<(), Refusal> {
        let there = self.channel(channel)?;
        if self.bearer(who, channel).is_err() {
            return Err(bad_request(format!("MemberArn: {who} is no user or bot of the app instance")));
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
        let memberships = self.places(who).member.len() + 1;
        at_most(memberships, self.quotas.memberships_of_a_person, "MemberArn: memberships")
    }

    /// Makes somebody a member, and gives the sub-channel that they came into, if any.
    ///
    /// # Errors
    /// When they may not be one, or may not be one there.
    pub(super) fn join(
        &mut self,
        channel: &Arn,
        who: &Arn,
        invited_by: &Identity,
        kind: MembershipKind,
        asked: Option<&str>,
    ) -> Result<Option<String>, Refusal> {
        self.may_join(channel, who)?;
        let room = self.channel(channel)?.room(who, asked)?;
        let sub_channel = self.take_room(channel, room);
        let membership = Membership {
            kind,
            invited_by: invited_by.clone(),
            created: self.now,
            updated: self.now,
            read_marker: None,
            preferences: None,
            sub_channel: sub_channel.clone(),
        };
        self.add_member(channel, who, membership);
        Ok(sub_channel)
    }
}
