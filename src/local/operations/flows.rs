//! Channel flows.

use std::ops::Bound;

use serde::Deserialize;
use serde_json::{Value, json};

use super::tags::Tag;
use super::{Asked, Call, Operation, nothing};
use crate::local::arn::Arn;
use crate::local::model::Service;
use crate::local::refusal::{Refusal, bad_request, conflict, forbidden, not_found};
use crate::local::state::{Channel, Flow, Form, Processor, State, at_most};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct CreateChannelFlow {
    app_instance_arn: Arn,
    name: String,
    processors: Vec<Processor>,
    #[serde(default)]
    tags: Vec<Tag>,
}

impl Operation for CreateChannelFlow {
    const NAME: &'static str = "CreateChannelFlow";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let state = &mut *call.state;
        state.instance(&self.app_instance_arn)?;
        let processors = state.checked(self.processors, &self.app_instance_arn)?;
        let here = |flow: &&Arn| flow.instance().as_ref() == Some(&self.app_instance_arn);
        at_most(state.flows.keys().filter(here).count() + 1, state.quotas.flows, "AppInstanceArn: flows")?;
        let tags = state.new_tags(self.tags)?;
        let arn = self.app_instance_arn.child("channel-flow", &state.ids.uuid());
        let flow = Flow { name: self.name, processors, created: state.now, updated: state.now };
        state.flows.insert(arn.clone(), flow);
        state.tag_new(&arn, tags);
        Ok(json!({ "ChannelFlowArn": arn }))
    }
}

impl State {
    /// The processors of a flow in the order in which they run.
    fn checked(&self, mut processors: Vec<Processor>, home: &Arn) -> Result<Vec<Processor>, Refusal> {
        processors.sort_by_key(|processor| processor.execution_order);
        if processors.windows(2).any(|pair| pair[0].execution_order == pair[1].execution_order) {
            return Err(bad_request("Processors: two have the same ExecutionOrder"));
        }
        if let Some(elsewhere) =
            processors.iter().find(|processor| processor.function().home() != home.home())
        {
            return Err(bad_request(format!(
                "Processors: {} is not in the region and account of the app instance",
                elsewhere.function()
            )));
        }
        at_most(processors.len(), self.quotas.processors_of_a_flow, "Processors")?;
        Ok(processors)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct UpdateChannelFlow {
    channel_flow_arn: Arn,
    name: String,
    processors: Vec<Processor>,
}

impl Operation for UpdateChannelFlow {
    const NAME: &'static str = "UpdateChannelFlow";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        call.state.flow(&self.channel_flow_arn)?;
        let processors = call.state.checked(self.processors, &self.channel_flow_arn)?;
        let now = call.state.now;
        let flow = call
            .state
            .flows
            .get_mut(&self.channel_flow_arn)
            .ok_or_else(|| no_flow(&self.channel_flow_arn))?;
        (flow.name, flow.processors, flow.updated) = (self.name, processors, now);
        Ok(json!({ "ChannelFlowArn": self.channel_flow_arn }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct DescribeChannelFlow {
    channel_flow_arn: Arn,
}

impl Operation for DescribeChannelFlow {
    const NAME: &'static str = "DescribeChannelFlow";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let flow = call.state.flow(&self.channel_flow_arn)?;
        Ok(json!({ "ChannelFlow": flow.described(&self.channel_flow_arn, Form::Answer) }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ListChannelFlows {
    app_instance_arn: Arn,
    #[serde(flatten)]
    asked: Asked,
}

impl Operation for ListChannelFlows {
    const NAME: &'static str = "ListChannelFlows";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        call.state.instance(&self.app_instance_arn)?;
        let page = call.page(&[self.app_instance_arn.as_str()], &self.asked)?;
        let here = call
            .state
            .flows
            .iter()
            .filter(|(arn, _)| arn.instance().as_ref() == Some(&self.app_instance_arn));
        let (flows, next) = page.json(here.map(|(arn, flow)| (arn.to_string(), flow.summary(arn))));
        Ok(json!({ "ChannelFlows": flows, "NextToken": next }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct DeleteChannelFlow {
    channel_flow_arn: Arn,
}

impl Operation for DeleteChannelFlow {
    const NAME: &'static str = "DeleteChannelFlow";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let arn = self.channel_flow_arn;
        call.state.flow(&arn)?;
        let associated = call.state.channels_with(&arn, Bound::Unbounded).next();
        if let Some((channel, _)) = associated {
            return Err(conflict(format!(
                "ChannelFlowArn: {channel} is associated with it; disassociate it first"
            )));
        }
        call.state.flows.remove(&arn);
        call.state.tags.remove(&arn);
        Ok(nothing())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ListChannelsAssociatedWithChannelFlow {
    channel_flow_arn: Arn,
    #[serde(flatten)]
    asked: Asked,
}

impl Operation for ListChannelsAssociatedWithChannelFlow {
    const NAME: &'static str = "ListChannelsAssociatedWithChannelFlow";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        call.state.flow(&self.channel_flow_arn)?;
        let page = call.page(&[self.channel_flow_arn.as_str()], &self.asked)?;
        let wanted = call.state.channels_with(&self.channel_flow_arn, page.rest().0);
        let summary = |(arn, channel): (&Arn, &Channel)| {
            let mut summary = channel.summary(arn, Form::Answer);
            summary["LastMessageTimestamp"] = Value::Null;
            (arn.to_string(), summary)
        };
        let (channels, next) = page.json(wanted.map(summary));
        Ok(json!({ "Channels": channels, "NextToken": next }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct AssociateChannelFlow {
    channel_arn: Arn,
    channel_flow_arn: Arn,
    chime_bearer: Arn,
}

impl Operation for AssociateChannelFlow {
    const NAME: &'static str = "AssociateChannelFlow";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        call.state.caller(&self.chime_bearer, &self.channel_arn)?.runs_the_channel()?;
        let same = self.channel_flow_arn.instance() == self.channel_arn.instance();
        if !same || !call.state.flows.contains_key(&self.channel_flow_arn) {
            return Err(no_flow(&self.channel_flow_arn));
        }
        // Another flow gives way: AWS's own chat demo relies on it.
        call.state.channel_mut(&self.channel_arn)?.flow = Some(self.channel_flow_arn);
        Ok(nothing())
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct DisassociateChannelFlow {
    channel_arn: Arn,
    channel_flow_arn: Arn,
    chime_bearer: Arn,
}

impl Operation for DisassociateChannelFlow {
    const NAME: &'static str = "DisassociateChannelFlow";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        call.state.caller(&self.chime_bearer, &self.channel_arn)?.runs_the_channel()?;
        let channel = call.state.channel_mut(&self.channel_arn)?;
        if channel.flow.as_ref() != Some(&self.channel_flow_arn) {
            return Err(not_found("ChannelFlowArn: the channel is not associated with it"));
        }
        channel.flow = None;
        Ok(nothing())
    }
}

impl State {
    /// The channels that a flow is associated with, of those whose names come after `start`.
    fn channels_with<'s>(
        &'s self,
        flow: &'s Arn,
        start: Bound<&str>,
    ) -> impl Iterator<Item = (&'s Arn, &'s Channel)> {
        let here = flow.instance().map(|instance| self.channels_from(&instance, start));
        here.into_iter().flatten().filter(move |(_, channel)| channel.flow.as_ref() == Some(flow))
    }

    fn flow(&self, arn: &Arn) -> Result<&Flow, Refusal> {
        self.flows
            .get(arn)
            .ok_or_else(|| forbidden(format!("ChannelFlowArn: there is no channel flow {arn}")))
    }
}

fn no_flow(arn: &Arn) -> Refusal {
    not_found(format!("ChannelFlowArn: there is no channel flow {arn} in the app instance"))
}
