//! Operations on channels, including sub-channels of elastic channels.

use std::ops::Bound;

use serde::Deserialize;
use serde_json::{Value, json};

use super::tags::{self, Tag};
use super::{Call, ChannelInput, Paging, nothing};
use crate::local::arn::Arn;
use crate::local::refusal::{Refusal, bad_request, conflict, forbidden};
use crate::local::state::{
    Channel, DataType, Elastic, Expiration, Form, Grant, Member, Membership, MembershipKind, Mode, Moderator,
    Privacy, State, at_most,
};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Create {
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

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct List {
    app_instance_arn: Arn,
    chime_bearer: Arn,
    #[serde(default)]
    privacy: Privacy,
    #[serde(flatten)]
    paging: Paging,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Update {
    #[serde(flatten)]
    about: ChannelInput,
    name: Option<String>,
    mode: Option<Mode>,
    metadata: Option<String>,
}

#[derive(Deserialize)]
struct ListSubChannels {
    #[serde(flatten)]
    about: ChannelInput,
    #[serde(flatten)]
    paging: Paging,
}

pub(super) fn create(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let input: Create = call.input()?;
    input.check(call.state)?;
    let state = &mut *call.state;
    let tags = tags::checked(input.tags, &state.quotas)?;
    let id = input.channel_id.unwrap_or_else(|| state.ids.uuid());
    let arn = input.app_instance_arn.child("channel", &id);
    if state.channels.get(&arn).is_some() {
        return Err(conflict(format!("ChannelId: there is a channel {arn} already")));
    }
    let (creator, now) = (state.directory.identity(&input.chime_bearer), state.now);
    let membership = Membership::new(MembershipKind::Default, creator.clone(), now);
    let moderator = Grant { created_by: creator.clone(), created: now };
    // The creator becomes a moderator and, except in an elastic channel, a member: an elastic channel starts without members.
    let joins = input.elastic_channel_configuration.is_none().then_some(&input.chime_bearer);
    // An elastic channel starts with one empty sub-channel.
    let sub_channels = input.elastic_channel_configuration.iter().map(|_| (state.ids.uuid(), 0)).collect();
    let mut channel = Channel::new(input.name, creator, now);
    (channel.mode, channel.privacy, channel.metadata) = (input.mode, input.privacy, input.metadata);
    (channel.elastic, channel.sub_channels) = (input.elastic_channel_configuration, sub_channels);
    channel.expiration = input.expiration_settings;
    let created = channel.described(&arn, Form::Event);
    state.channels.insert(arn.clone(), channel);
    for who in input.member_arns.iter().chain(joins) {
        state.channels.assign::<Member>(&arn, who, membership.clone());
    }
    for who in input.moderator_arns.iter().chain([&input.chime_bearer]) {
        state.channels.assign::<Moderator>(&arn, who, moderator.clone());
    }
    state.tags.set(&arn, tags);
    state.note_expiration(&arn);
    state.stream(&arn, DataType::Channel, "CREATE_CHANNEL", &created);
    for who in state.channels.channel(&arn)?.members.keys() {
        state.notify_of_membership("CREATE", &arn, who, &mut call.effects);
    }
    Ok(json!({ "ChannelArn": arn }))
}

pub(super) fn describe(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let about: ChannelInput = call.input()?;
    let caller = call.caller(&about)?;
    caller.sees_the_channel()?;
    let channel = call.state.channels.channel(&about.channel_arn)?;
    let described = if caller.runs_the_channel().is_ok() {
        channel.described(&about.channel_arn, Form::Answer)
    } else {
        channel.described_to_members(&about.channel_arn, Form::Answer)
    };
    Ok(json!({ "Channel": described }))
}

pub(super) fn list(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let List { app_instance_arn, chime_bearer, privacy, paging } = call.input()?;
    call.state.directory.bearer(&chime_bearer, &app_instance_arn)?;
    if privacy == Privacy::Private && !call.state.directory.is_admin(&chime_bearer) {
        return Err(forbidden("Privacy: only administrators may list private channels"));
    }
    let filters = [app_instance_arn.as_str(), chime_bearer.as_str(), privacy.name()];
    let page = call.page(&filters, &paging)?;
    let here = call.state.channels.of(&app_instance_arn, page.rest().0);
    let listed = here.filter(|(_, channel)| channel.privacy == privacy);
    let (channels, next) =
        page.json(listed.map(|(arn, channel)| (arn.to_string(), channel.summary(arn, Form::Answer))));
    Ok(json!({ "Channels": channels, "NextToken": next }))
}

pub(super) fn list_sub_channels(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let ListSubChannels { about: about @ ChannelInput { channel_arn, chime_bearer }, paging } =
        &call.input()?;
    call.caller(about)?.runs_the_channel()?;
    let page = call.page(&[channel_arn.as_str(), chime_bearer.as_str()], paging)?;
    let channel = call.state.channels.channel(channel_arn)?;
    if channel.elastic.is_none() {
        return Err(bad_request("ChannelArn: the channel is not elastic, and has no sub-channels"));
    }
    let (sub_channels, next) = page.of_map(
        &channel.sub_channels,
        |id, members| json!({ "SubChannelId": id, "MembershipCount": members }),
    );
    Ok(json!({ "ChannelArn": channel_arn, "SubChannels": sub_channels, "NextToken": next }))
}

pub(super) fn update(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let Update { about, name, mode, metadata } = call.input()?;
    call.caller(&about)?.runs_the_channel()?;
    let now = call.state.now;
    let channel = call.state.channels.channel_mut(&about.channel_arn)?;
    if channel.elastic.is_some() && mode == Some(Mode::Unrestricted) {
        return Err(bad_request("Mode: an elastic channel cannot be unrestricted"));
    }
    if let Some(name) = name {
        channel.name = name;
    }
    channel.mode = mode.unwrap_or(channel.mode);
    channel.metadata = metadata.or_else(|| channel.metadata.take());
    channel.updated = now;
    call.state.notify_of_channel("UPDATE_CHANNEL", &about.channel_arn, &mut call.effects);
    Ok(json!({ "ChannelArn": about.channel_arn }))
}

pub(super) fn delete(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let about: ChannelInput = call.input()?;
    call.caller(&about)?.runs_the_channel()?;
    call.state.end_channel(&about.channel_arn, &mut call.effects);
    Ok(nothing())
}

impl Create {
    fn check(&self, state: &State) -> Result<(), Refusal> {
        state.directory.instance(&self.app_instance_arn)?;
        state.directory.bearer(&self.chime_bearer, &self.app_instance_arn)?;
        let stranger = |who: &&Arn| state.directory.bearer(who, &self.app_instance_arn).is_err();
        if let Some(stranger) = self.member_arns.iter().chain(&self.moderator_arns).find(stranger) {
            return Err(bad_request(format!("{stranger} is not a user or bot of the app instance")));
        }
        let joins = self.elastic_channel_configuration.is_none().then_some(&self.chime_bearer);
        for who in self.member_arns.iter().chain(joins) {
            let memberships = state.channels.places(who).member.len() + 1;
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
        let there = state
            .channels
            .of(&self.app_instance_arn, Bound::Unbounded)
            .filter(|(_, it)| it.elastic.is_some())
            .count();
        at_most(there + 1, quotas.elastic_channels, "AppInstanceArn: elastic channels")
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
