//! Channels.

use std::collections::BTreeMap;
use std::ops::Bound;

use serde::Deserialize;
use serde_json::{Value, json};

use super::tags::Tag;
use super::{Asked, Call, Operation, nothing};
use crate::local::arn::Arn;
use crate::local::model::Service;
use crate::local::refusal::{Refusal, bad_request, conflict, forbidden};
use crate::local::state::{
    Channel, DataType, Elastic, Expiration, Form, Membership, MembershipKind, Mode, Moderator, Privacy,
    State, at_most,
};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct CreateChannel {
    app_instance_arn: Arn,
    chime_bearer: Arn,
    name: String,
    #[serde(default)]
    mode: Mode,
    #[serde(default)]
    privacy: Privacy,
    metadata: Option<String>,
    channel_id: Option<String>,
    #[serde(default)]
    member_arns: Vec<Arn>,
    #[serde(default)]
    moderator_arns: Vec<Arn>,
    elastic_channel_configuration: Option<Elastic>,
    expiration_settings: Option<Expiration>,
    #[serde(default)]
    tags: Vec<Tag>,
}

impl CreateChannel {
    fn check(&self, state: &State) -> Result<(), Refusal> {
        state.instance(&self.app_instance_arn)?;
        state.bearer(&self.chime_bearer, &self.app_instance_arn)?;
        let stranger = |who: &&Arn| state.bearer(who, &self.app_instance_arn).is_err();
        if let Some(stranger) = self.member_arns.iter().chain(&self.moderator_arns).find(stranger) {
            return Err(bad_request(format!("{stranger} is no user or bot of the app instance")));
        }
        let joins = self.elastic_channel_configuration.is_none().then_some(&self.chime_bearer);
        for who in self.member_arns.iter().chain(joins) {
            let memberships = state.places(who).member.len() + 1;
            at_most(memberships, state.quotas.memberships_of_a_person, "MemberArns: memberships")?;
        }
        if let Some(elastic) = &self.elastic_channel_configuration {
            if !self.member_arns.is_empty() {
                return Err(bad_request("MemberArns: an elastic channel is created without members"));
            }
            if self.mode == Mode::Unrestricted {
                return Err(bad_request("Mode: an elastic channel cannot be unrestricted"));
            }
            self.check_elastic(elastic, state)?;
        }
        Ok(())
    }

    fn check_elastic(&self, elastic: &Elastic, state: &State) -> Result<(), Refusal> {
        let quotas = &state.quotas;
        let size = |size: i64| usize::try_from(size).unwrap_or(usize::MAX);
        for (what, size, most) in [
            ("MaximumSubChannels", size(elastic.maximum_sub_channels), quotas.sub_channels),
            (
                "TargetMembershipsPerSubChannel",
                size(elastic.target_memberships_per_sub_channel),
                quotas.memberships_of_a_sub_channel,
            ),
        ] {
            at_most(size, most, &format!("ElasticChannelConfiguration.{what}"))?;
        }
        let there = state.channels_of(&self.app_instance_arn).filter(|(_, it)| it.elastic.is_some()).count();
        at_most(there + 1, quotas.elastic_channels, "AppInstanceArn: elastic channels")
    }
}

impl Operation for CreateChannel {
    const NAME: &'static str = "CreateChannel";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        self.check(call.state)?;
        let state = &mut *call.state;
        let tags = state.new_tags(self.tags)?;
        let id = self.channel_id.unwrap_or_else(|| state.ids.uuid());
        let arn = self.app_instance_arn.child("channel", &id);
        if state.channels.contains_key(&arn) {
            return Err(conflict(format!("ChannelId: there is a channel {arn} already")));
        }
        let (creator, now) = (state.identity(&self.chime_bearer), state.now);
        let membership = Membership {
            kind: MembershipKind::Default,
            invited_by: creator.clone(),
            created: now,
            updated: now,
            read_marker: None,
            preferences: None,
            sub_channel: None,
        };
        // Whoever makes a channel is in it and runs it; an elastic one has no members but those who join.
        let joins = self.elastic_channel_configuration.is_none().then_some(&self.chime_bearer);
        // It begins with one part, which is empty.
        let sub_channels = self.elastic_channel_configuration.iter().map(|_| (state.ids.uuid(), 0)).collect();
        let moderator = Moderator { created_by: creator.clone(), created: now };
        let channel = Channel {
            name: self.name,
            mode: self.mode,
            privacy: self.privacy,
            metadata: self.metadata,
            created_by: creator,
            created: now,
            updated: now,
            last_message: None,
            flow: None,
            elastic: self.elastic_channel_configuration,
            sub_channels,
            expiration: self.expiration_settings,
            members: BTreeMap::new(),
            moderators: BTreeMap::new(),
            bans: BTreeMap::new(),
            messages: BTreeMap::new(),
            message_keys: BTreeMap::new(),
        };
        state.channels.insert(arn.clone(), channel);
        for who in self.member_arns.iter().chain(joins) {
            state.add_member(&arn, who, membership.clone());
        }
        for who in self.moderator_arns.iter().chain([&self.chime_bearer]) {
            state.add_moderator(&arn, who, moderator.clone());
        }
        state.tag_new(&arn, tags);
        state.note_expiration(&arn);
        let created = state.channels[&arn].described(&arn, Form::Event);
        state.stream(&arn, DataType::Channel, "CREATE_CHANNEL", &created);
        let joined: Vec<_> = state.channels[&arn].members.keys().cloned().collect();
        for who in joined {
            state.tell_of_membership("CREATE", &arn, &who, &mut call.effects);
        }
        Ok(json!({ "ChannelArn": arn }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct DescribeChannel {
    channel_arn: Arn,
    chime_bearer: Arn,
}

impl Operation for DescribeChannel {
    const NAME: &'static str = "DescribeChannel";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        call.state.caller(&self.chime_bearer, &self.channel_arn)?.sees_the_channel()?;
        let channel = call.state.channel(&self.channel_arn)?;
        Ok(json!({ "Channel": channel.described(&self.channel_arn, Form::Answer) }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ListChannels {
    app_instance_arn: Arn,
    chime_bearer: Arn,
    #[serde(default)]
    privacy: Privacy,
    #[serde(flatten)]
    asked: Asked,
}

impl Operation for ListChannels {
    const NAME: &'static str = "ListChannels";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        call.state.bearer(&self.chime_bearer, &self.app_instance_arn)?;
        if self.privacy == Privacy::Private && !call.state.is_admin(&self.chime_bearer) {
            return Err(forbidden("Privacy: only administrators may list private channels"));
        }
        let filters = [self.app_instance_arn.as_str(), self.chime_bearer.as_str(), self.privacy.name()];
        let page = call.page(&filters, &self.asked)?;
        let here = call.state.channels_from(&self.app_instance_arn, page.rest().0);
        let wanted = here.filter(|(_, channel)| channel.privacy == self.privacy);
        let summary =
            |(arn, channel): (&Arn, &Channel)| (arn.to_string(), channel.summary(arn, Form::Answer));
        let (channels, next) = page.json(wanted.map(summary));
        Ok(json!({ "Channels": channels, "NextToken": next }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct UpdateChannel {
    channel_arn: Arn,
    chime_bearer: Arn,
    name: Option<String>,
    mode: Option<Mode>,
    metadata: Option<String>,
}

impl Operation for UpdateChannel {
    const NAME: &'static str = "UpdateChannel";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        call.state.caller(&self.chime_bearer, &self.channel_arn)?.runs_the_channel()?;
        let now = call.state.now;
        let channel = call.state.channel_mut(&self.channel_arn)?;
        if channel.elastic.is_some() && self.mode == Some(Mode::Unrestricted) {
            return Err(bad_request("Mode: an elastic channel cannot be unrestricted"));
        }
        if let Some(name) = self.name {
            channel.name = name;
        }
        channel.mode = self.mode.unwrap_or(channel.mode);
        channel.metadata = self.metadata.or_else(|| channel.metadata.take());
        channel.updated = now;
        call.state.tell_of_channel("UPDATE_CHANNEL", &self.channel_arn, &mut call.effects);
        Ok(json!({ "ChannelArn": self.channel_arn }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct DeleteChannel {
    channel_arn: Arn,
    chime_bearer: Arn,
}

impl Operation for DeleteChannel {
    const NAME: &'static str = "DeleteChannel";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        call.state.caller(&self.chime_bearer, &self.channel_arn)?.runs_the_channel()?;
        call.state.end_channel(&self.channel_arn, &mut call.effects);
        Ok(nothing())
    }
}

impl Privacy {
    const fn name(self) -> &'static str {
        match self {
            Self::Public => "PUBLIC",
            Self::Private => "PRIVATE",
        }
    }
}

impl State {
    /// The channels of an app instance, in the order of their names.
    pub(super) fn channels_of<'s>(
        &'s self,
        instance: &Arn,
    ) -> impl Iterator<Item = (&'s Arn, &'s Channel)> + use<'s> {
        self.channels_from(instance, Bound::Unbounded)
    }

    /// The channels of an app instance whose names come after `start`, in the order of their names.
    pub(super) fn channels_from<'s>(
        &'s self,
        instance: &Arn,
        start: Bound<&str>,
    ) -> impl Iterator<Item = (&'s Arn, &'s Channel)> + use<'s> {
        let prefix = instance.child("channel", "");
        let start = match start {
            Bound::Unbounded => Bound::Included(prefix.as_str()),
            start => start,
        };
        let from = self.channels.range::<str, _>((start, Bound::Unbounded));
        from.take_while(move |(arn, _)| arn.as_str().starts_with(prefix.as_str()))
    }
}
