//! Operations on app instances.

use std::ops::Bound;

use serde::Deserialize;
use serde_json::{Value, json};

use super::tags::{self, Tag};
use super::{Call, Paging, nothing};
use crate::local::arn::Arn;
use crate::local::refusal::Refusal;
use crate::local::state::{AppInstance, Effect, at_most};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Create {
    name: String,
    metadata: Option<String>,
    #[serde(default)]
    tags: Vec<Tag>,
}

/// The app instance named in a request.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct InstanceInput {
    pub app_instance_arn: Arn,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Update {
    app_instance_arn: Arn,
    name: String,
    metadata: String,
}

/// The prefix of all ARNs here. AWS's documentation uses this account in its examples.
const HOME: &str = "arn:aws:chime:us-east-1:111122223333";

pub(super) fn create(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let Create { name, metadata, tags } = call.input()?;
    let state = &mut *call.state;
    at_most(state.directory.instances().len() + 1, state.quotas.app_instances, "app instances")?;
    let tags = tags::checked(tags, &state.quotas)?;
    let arn = Arn::new(&format!("{HOME}:app-instance/{}", state.ids.uuid()));
    let now = state.now;
    let instance = AppInstance { name, metadata, created: now, updated: now, ..AppInstance::default() };
    state.directory.insert(arn.clone(), instance);
    state.tags.set(&arn, tags);
    Ok(json!({ "AppInstanceArn": arn }))
}

pub(super) fn describe(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let InstanceInput { app_instance_arn: arn } = call.input()?;
    let instance = call.state.directory.instance(&arn)?;
    Ok(json!({ "AppInstance": {
        "AppInstanceArn": arn,
        "Name": instance.name,
        "Metadata": instance.metadata,
        "CreatedTimestamp": Call::time(instance.created),
        "LastUpdatedTimestamp": Call::time(instance.updated),
    } }))
}

pub(super) fn list(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let paging: Paging = call.input()?;
    let page = call.page(&[], &paging)?;
    let (instances, next) = page.of_map(call.state.directory.instances(), |arn, instance| {
        json!({ "AppInstanceArn": arn, "Name": instance.name, "Metadata": instance.metadata })
    });
    Ok(json!({ "AppInstances": instances, "NextToken": next }))
}

pub(super) fn update(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let Update { app_instance_arn: arn, name, metadata } = call.input()?;
    let now = call.state.now;
    let instance = call.state.directory.instance_mut(&arn)?;
    (instance.name, instance.metadata, instance.updated) = (name, Some(metadata), now);
    Ok(json!({ "AppInstanceArn": arn }))
}

pub(super) fn delete(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let InstanceInput { app_instance_arn: arn } = call.input()?;
    let state = &mut *call.state;
    let instance = state.directory.instance(&arn)?;
    // Everything in the app instance is deleted without any event, and the sessions of its users are closed.
    let people = instance.users.keys().chain(instance.bots.keys()).cloned();
    call.effects.extend(people.map(|who| Effect::Close { who }));
    let channels: Vec<Arn> =
        state.channels.of(&arn, Bound::Unbounded).map(|(channel, _)| channel.clone()).collect();
    for channel in &channels {
        state.forget_channel(channel);
    }
    state.flows.forget_instance(&arn);
    state.tags.forget_instance(&arn);
    state.directory.remove(&arn);
    state.tokens.forget(arn.as_str());
    Ok(nothing())
}
