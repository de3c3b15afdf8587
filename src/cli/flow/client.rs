//! A client of the messaging service's operations on flows.

use anyhow::Context;
use aws_sdk_chimesdkmessaging::Client;
use aws_sdk_chimesdkmessaging::types::{
    ChannelFlow, ChannelFlowSummary, FallbackAction, InvocationType, LambdaConfiguration,
    Processor as WireProcessor, ProcessorConfiguration,
};
use serde::Serialize;

use super::arn::{Home, Resource};
use crate::cli::aws::{Aws, Refusal, client, listed};

/// A client of the messaging service in a Region.
#[derive(Debug)]
pub(super) struct Messaging(Client);

/// A channel flow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Flow {
    pub arn: String,
    pub name: String,
    pub processors: Vec<Processor>,
}

/// A processor of a flow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Processor {
    pub name: String,
    /// The ARN of the function.
    pub function: String,
    pub fallback: Fallback,
}

const NO_FLOW: &str = "the response to DescribeChannelFlow contains no flow: run this again";
pub(super) const NO_CHANNEL: &str = "the response to DescribeChannel contains no channel: run this again";

/// What happens to a message if the service cannot invoke the function at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, clap::ValueEnum)]
#[serde(rename_all = "UPPERCASE")]
pub(super) enum Fallback {
    /// It fails, and nobody receives it
    Abort,
    /// It is delivered unmoderated
    Continue,
}

/// A channel, as seen by a user.
#[derive(Clone, Debug)]
pub(super) struct Channel {
    pub name: String,
    /// The ARN of its flow.
    pub flow: Option<String>,
    /// The maximum number of sub-channels, if it is elastic.
    pub sub_channels: Option<i32>,
}

impl Fallback {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Abort => "ABORT",
            Self::Continue => "CONTINUE",
        }
    }

    /// Returns an explanation for people.
    pub(super) const fn means(self) -> &'static str {
        match self {
            Self::Abort => {
                "a message whose function cannot be invoked fails: its sender is notified, and nobody receives it"
            }
            Self::Continue => "a message whose function cannot be invoked goes out unmoderated",
        }
    }
}

impl Messaging {
    pub(super) async fn new(aws: &Aws, home: &Home) -> anyhow::Result<Self> {
        agree(aws, home)?;
        let config = aws.config(&home.region).await;
        Ok(Self(client!(aws_sdk_chimesdkmessaging, &config)))
    }

    /// Returns all flows of an app instance.
    pub(super) async fn flows(&self, instance: &str) -> Result<Vec<Flow>, Refusal> {
        const OPERATION: &str = "ListChannelFlows";
        let new = |flow: ChannelFlowSummary| Flow::new(flow.channel_flow_arn, flow.name, flow.processors);
        listed(OPERATION, async || {
            let (mut flows, mut next) = (Vec::new(), None);
            loop {
                let request = self.0.list_channel_flows().app_instance_arn(instance);
                let page = request.set_next_token(next).send().await;
                let page = page.map_err(|error| Refusal::of(OPERATION, &error))?;
                let Some(listed) = page.channel_flows else { return Ok(None) };
                flows.extend(listed.into_iter().map(new));
                next = page.next_token;
                if next.is_none() {
                    return Ok(Some(flows));
                }
            }
        })
        .await
    }

    pub(super) async fn flow(&self, arn: &str) -> anyhow::Result<Flow> {
        let flow = self.described(arn).await?.context(NO_FLOW)?;
        Ok(Flow::new(flow.channel_flow_arn, flow.name, flow.processors))
    }

    /// Returns when a flow was created, in milliseconds since 1970.
    pub(super) async fn created(&self, arn: &str) -> anyhow::Result<i64> {
        let flow = self.described(arn).await?.context(NO_FLOW)?;
        let created = flow.created_timestamp.and_then(|time| time.to_millis().ok());
        created.context("DescribeChannelFlow does not say when the flow was created")
    }

    async fn described(&self, arn: &str) -> Result<Option<ChannelFlow>, Refusal> {
        let described = self.0.describe_channel_flow().channel_flow_arn(arn).send().await;
        Ok(described.map_err(|error| Refusal::of("DescribeChannelFlow", &error))?.channel_flow)
    }

    /// Returns whether the list of an app instance's flows lacks a flow. Returns `false` if the list cannot be read.
    pub(super) async fn is_gone(&self, flow: &Resource) -> bool {
        let flows = self.flows(&flow.instance).await;
        flows.is_ok_and(|flows| flows.iter().all(|there| there.arn != flow.arn))
    }

    /// Returns the ARNs of channels with this flow, at most `max` of them.
    pub(super) async fn channels(&self, flow: &str, max: usize) -> Result<Vec<String>, Refusal> {
        const OPERATION: &str = "ListChannelsAssociatedWithChannelFlow";
        listed(OPERATION, async || {
            let (mut channels, mut next) = (Vec::new(), None);
            loop {
                let request = self.0.list_channels_associated_with_channel_flow().channel_flow_arn(flow);
                let page = request.set_next_token(next).send().await;
                let page = page.map_err(|error| Refusal::of(OPERATION, &error))?;
                let Some(listed) = page.channels else { return Ok(None) };
                channels.extend(listed.into_iter().filter_map(|it| it.channel_arn));
                next = page.next_token;
                if next.is_none() || channels.len() >= max {
                    channels.truncate(max);
                    return Ok(Some(channels));
                }
            }
        })
        .await
    }

    /// Creates a flow, and returns its ARN if the response contains it. Requests with the same token create one flow only.
    pub(super) async fn create(
        &self,
        instance: &str,
        name: &str,
        processor: &Processor,
        token: Option<String>,
    ) -> Result<Option<String>, Refusal> {
        let request = self.0.create_channel_flow().app_instance_arn(instance).name(name);
        let request = request.processors(processor.wire()).set_client_request_token(token);
        let created = request.send().await.map_err(|error| Refusal::of("CreateChannelFlow", &error))?;
        Ok(created.channel_flow_arn.filter(|arn| !arn.is_empty()))
    }

    /// Updates a flow. An error counts only if the flow differs from the requested one: the response to an earlier attempt may have
    /// been lost.
    pub(super) async fn update(&self, flow: &str, name: &str, processor: &Processor) -> Result<(), Refusal> {
        let request = self.0.update_channel_flow().channel_flow_arn(flow).name(name);
        let Err(error) = request.processors(processor.wire()).send().await else { return Ok(()) };
        let is_so = |flow: Flow| flow.name == name && flow.processors == [processor.clone()];
        if self.flow(flow).await.is_ok_and(is_so) {
            return Ok(());
        }
        Err(Refusal::of("UpdateChannelFlow", &error))
    }

    /// Deletes a flow. An error counts only if the flow still exists.
    pub(super) async fn delete(&self, flow: &Resource) -> Result<(), Refusal> {
        let deleted = self.0.delete_channel_flow().channel_flow_arn(&flow.arn).send().await;
        let Err(error) = deleted else { return Ok(()) };
        if self.is_gone(flow).await {
            return Ok(());
        }
        Err(Refusal::of("DeleteChannelFlow", &error))
    }

    /// Returns a channel; `None` if the response does not contain it.
    pub(super) async fn channel_or_nothing(
        &self,
        arn: &str,
        bearer: &str,
    ) -> Result<Option<Channel>, Refusal> {
        let described = self.0.describe_channel().channel_arn(arn).chime_bearer(bearer).send().await;
        let channel = described.map_err(|error| Refusal::of("DescribeChannel", &error))?.channel;
        Ok(channel.map(|channel| Channel {
            sub_channels: channel
                .elastic_channel_configuration
                .as_ref()
                .map(|elastic| elastic.maximum_sub_channels),
            name: channel.name.unwrap_or_default(),
            flow: channel.channel_flow_arn,
        }))
    }

    pub(super) async fn channel(&self, arn: &str, bearer: &str) -> anyhow::Result<Channel> {
        self.channel_or_nothing(arn, bearer).await?.context(NO_CHANNEL)
    }

    /// Returns whether a channel, as far as it can be read, has this flow or none.
    async fn is_seen_with(&self, channel: &str, flow: Option<&str>, bearer: &str) -> bool {
        let seen = self.channel_or_nothing(channel, bearer).await;
        seen.is_ok_and(|seen| seen.is_some_and(|seen| seen.flow.as_deref() == flow))
    }

    /// Makes a request that only moderators of the channel may make, to check whether the bearer is one.
    pub(super) async fn runs(&self, channel: &str, bearer: &str) -> Result<(), Refusal> {
        let request =
            self.0.list_channel_moderators().channel_arn(channel).chime_bearer(bearer).max_results(1);
        let listed = request.send().await;
        listed.map(drop).map_err(|error| Refusal::of("ListChannelModerators", &error))
    }

    /// Associates a channel with a flow. An error counts only if the channel does not have the flow.
    pub(super) async fn associate(&self, channel: &str, flow: &str, bearer: &str) -> Result<(), Refusal> {
        let request = self.0.associate_channel_flow().channel_arn(channel).channel_flow_arn(flow);
        let Err(error) = request.chime_bearer(bearer).send().await else { return Ok(()) };
        if self.is_seen_with(channel, Some(flow), bearer).await {
            return Ok(());
        }
        Err(Refusal::of("AssociateChannelFlow", &error))
    }

    /// Removes the flow of a channel. An error counts only if the channel still has a flow.
    pub(super) async fn disassociate(&self, channel: &str, flow: &str, bearer: &str) -> Result<(), Refusal> {
        let request = self.0.disassociate_channel_flow().channel_arn(channel).channel_flow_arn(flow);
        let Err(error) = request.chime_bearer(bearer).send().await else { return Ok(()) };
        if self.is_seen_with(channel, None, bearer).await {
            return Ok(());
        }
        Err(Refusal::of("DisassociateChannelFlow", &error))
    }
}

/// Checks that the requested Region is the one in the ARNs.
pub(crate) fn agree(aws: &Aws, home: &Home) -> anyhow::Result<()> {
    match &aws.region {
        Some(region) if *region != home.region => {
            anyhow::bail!("--region is {region} and the ARNs are of {}: leave --region out", home.region)
        }
        _ => Ok(()),
    }
}

impl Flow {
    fn new(arn: Option<String>, name: Option<String>, processors: Option<Vec<WireProcessor>>) -> Self {
        let mut processors = processors.unwrap_or_default();
        processors.sort_by_key(|processor| processor.execution_order);
        Self {
            arn: arn.unwrap_or_default(),
            name: name.unwrap_or_default(),
            processors: processors.iter().map(Processor::read).collect(),
        }
    }
}

impl Processor {
    /// Returns the processor that runs `function`.
    pub(super) fn new(function: String, fallback: Fallback) -> Self {
        Self { name: "chimeflow".to_owned(), function, fallback }
    }

    fn read(wire: &WireProcessor) -> Self {
        let lambda = wire.configuration.as_ref().and_then(|configuration| configuration.lambda.as_ref());
        let fallback = match wire.fallback_action {
            FallbackAction::Continue => Fallback::Continue,
            _ => Fallback::Abort,
        };
        let function = lambda.map(|lambda| lambda.resource_arn.clone()).unwrap_or_default();
        Self { name: wire.name.clone(), function, fallback }
    }

    fn wire(&self) -> WireProcessor {
        let lambda = LambdaConfiguration::builder()
            .resource_arn(&self.function)
            .invocation_type(InvocationType::Async)
            .build();
        let fallback = match self.fallback {
            Fallback::Abort => FallbackAction::Abort,
            Fallback::Continue => FallbackAction::Continue,
        };
        WireProcessor::builder()
            .name(&self.name)
            .configuration(ProcessorConfiguration::builder().set_lambda(lambda.ok()).build())
            .execution_order(1)
            .fallback_action(fallback)
            .build()
            .expect("every member that a processor must have is set above")
    }
}
