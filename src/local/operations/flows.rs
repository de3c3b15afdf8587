//! Operations on channel flows.

use std::ops::Bound;

use serde::Deserialize;
use serde_json::{Value, json};

use super::tags::{self, Tag};
use super::{Call, ChannelInput, InstanceListInput, Paging, nothing};
use crate::local::arn::Arn;
use crate::local::refusal::{Refusal, bad_request, conflict, not_found};
use crate::local::state::{Flow, Form, Processor, at_most};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Create {
    app_instance_arn: Arn,
    name: String,
    processors: Vec<Processor>,
    #[serde(default)]
    tags: Vec<Tag>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Update {
    channel_flow_arn: Arn,
    name: String,
    processors: Vec<Processor>,
}

/// The flow named in a request.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct FlowInput {
    channel_flow_arn: Arn,
}

#[derive(Deserialize)]
struct ListChannels {
    #[serde(flatten)]
    flow: FlowInput,
    #[serde(flatten)]
    paging: Paging,
}

/// A channel and its flow.
#[derive(Deserialize)]
struct AssociationInput {
    #[serde(flatten)]
    about: ChannelInput,
    #[serde(flatten)]
    flow: FlowInput,
}

pub(super) fn create(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let Create { app_instance_arn, name, processors, tags } = call.input()?;
    let state = &mut *call.state;
    state.directory.instance(&app_instance_arn)?;
    let processors = checked(processors, &app_instance_arn, state.quotas.processors_of_a_flow)?;
    let flows = state.flows.of(&app_instance_arn).count() + 1;
    at_most(flows, state.quotas.flows, "AppInstanceArn: flows")?;
    let tags = tags::checked(tags, &state.quotas)?;
    let arn = app_instance_arn.child("channel-flow", &state.ids.uuid());
    state.flows.insert(arn.clone(), Flow { name, processors, created: state.now, updated: state.now });
    state.tags.set(&arn, tags);
    Ok(json!({ "ChannelFlowArn": arn }))
}

pub(super) fn update(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let Update { channel_flow_arn: arn, name, processors } = call.input()?;
    let (now, most) = (call.state.now, call.state.quotas.processors_of_a_flow);
    let flow = call.state.flows.flow_mut(&arn)?;
    (flow.name, flow.processors, flow.updated) = (name, checked(processors, &arn, most)?, now);
    Ok(json!({ "ChannelFlowArn": arn }))
}

pub(super) fn describe(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let FlowInput { channel_flow_arn: arn } = call.input()?;
    let flow = call.state.flows.flow(&arn)?;
    Ok(json!({ "ChannelFlow": flow.described(&arn, Form::Answer) }))
}

pub(super) fn list(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let InstanceListInput { app_instance_arn, paging } = call.input()?;
    call.state.directory.instance(&app_instance_arn)?;
    let page = call.page(&[app_instance_arn.as_str()], &paging)?;
    let here = call.state.flows.of(&app_instance_arn);
    let (flows, next) = page.json(here.map(|(arn, flow)| (arn.to_string(), flow.summary(arn))));
    Ok(json!({ "ChannelFlows": flows, "NextToken": next }))
}

pub(super) fn delete(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let FlowInput { channel_flow_arn: arn } = call.input()?;
    call.state.flows.flow(&arn)?;
    if let Some((channel, _)) = call.state.channels.with_flow(&arn, Bound::Unbounded).next() {
        let why = format!("ChannelFlowArn: {channel} is associated with it; disassociate it first");
        return Err(conflict(why));
    }
    call.state.flows.remove(&arn);
    call.state.tags.forget(&arn);
    call.state.tokens.forget(arn.as_str());
    Ok(nothing())
}

pub(super) fn list_channels(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let ListChannels { flow: FlowInput { channel_flow_arn: flow }, paging } = call.input()?;
    call.state.flows.flow(&flow)?;
    let page = call.page(&[flow.as_str()], &paging)?;
    let (channels, next) =
        page.json(call.state.channels.with_flow(&flow, page.rest().0).map(|(arn, channel)| {
            let mut summary = channel.summary(arn, Form::Answer);
            summary["LastMessageTimestamp"] = Value::Null;
            (arn.to_string(), summary)
        }));
    Ok(json!({ "Channels": channels, "NextToken": next }))
}

pub(super) fn associate(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let AssociationInput { about, flow: FlowInput { channel_flow_arn: flow } } = call.input()?;
    call.caller(&about)?.runs_the_channel()?;
    if flow.instance() != about.channel_arn.instance() || call.state.flows.get(&flow).is_none() {
        let why = format!("ChannelFlowArn: there is no channel flow {flow} in the app instance");
        return Err(not_found(why));
    }
    // This replaces any other flow of the channel. AWS's own chat demo relies on it.
    call.state.channels.channel_mut(&about.channel_arn)?.flow = Some(flow);
    Ok(nothing())
}

pub(super) fn disassociate(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let AssociationInput { about, flow: FlowInput { channel_flow_arn: flow } } = call.input()?;
    call.caller(&about)?.runs_the_channel()?;
    let channel = call.state.channels.channel_mut(&about.channel_arn)?;
    if channel.flow.as_ref() != Some(&flow) {
        return Err(not_found("ChannelFlowArn: the channel is not associated with it"));
    }
    channel.flow = None;
    Ok(nothing())
}

/// Validates the processors of a flow, and returns them in the order in which they run.
fn checked(mut processors: Vec<Processor>, flow: &Arn, most: usize) -> Result<Vec<Processor>, Refusal> {
    processors.sort_by_key(|processor| processor.execution_order);
    if processors.windows(2).any(|pair| pair[0].execution_order == pair[1].execution_order) {
        return Err(bad_request("Processors: two have the same ExecutionOrder"));
    }
    if let Some(elsewhere) = processors.iter().find(|it| it.function().home() != flow.home()) {
        return Err(bad_request(format!(
            "Processors: {} is not in the region and account of the app instance",
            elsewhere.function()
        )));
    }
    at_most(processors.len(), most, "Processors")?;
    Ok(processors)
}
