//! A client of the messaging service's operations on flows.

use aws_sdk_chimesdkmessaging::Client;
use aws_sdk_chimesdkmessaging::types::{
    FallbackAction, InvocationType, LambdaConfiguration, Processor as WireProcessor, ProcessorConfiguration,
};
use serde::Serialize;

use super::arn::Home;
use crate::cli::aws::{Aws, Refusal, client};

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
                "a message whose function cannot be invoked fails: its sender learns of it, nobody gets it"
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
        let (mut flows, mut next) = (Vec::new(), None);
        loop {
            let page =
                self.0.list_channel_flows().app_instance_arn(instance).set_next_token(next).send().await;
            let page = page.map_err(|error| Refusal::of("ListChannelFlows", &error))?;
            for flow in page.channel_flows.unwrap_or_default() {
                flows.push(Flow::new(flow.channel_flow_arn, flow.name, flow.processors));
            }
            next = page.next_token;
            if next.is_none() {
                return Ok(flows);
            }
        }
    }

    pub(super) async fn flow(&self, arn: &str) -> Result<Flow, Refusal> {
        let described = self.0.describe_channel_flow().channel_flow_arn(arn).send().await;
        let described = described.map_err(|error| Refusal::of("DescribeChannelFlow", &error))?;
        let flow = described.channel_flow;
        Ok(flow.map_or_else(
            || Flow::new(None, None, None),
            |flow| Flow::new(flow.channel_flow_arn, flow.name, flow.processors),
        ))
    }

    /// Returns the ARNs of channels with this flow, at most `most` of them.
    pub(super) async fn channels(&self, flow: &str, most: usize) -> Result<Vec<String>, Refusal> {
        let (mut channels, mut next) = (Vec::new(), None);
        loop {
            let request = self.0.list_channels_associated_with_channel_flow().channel_flow_arn(flow);
            let page = request.set_next_token(next).send().await;
            let page = page.map_err(|error| Refusal::of("ListChannelsAssociatedWithChannelFlow", &error))?;
            channels.extend(page.channels.unwrap_or_default().into_iter().filter_map(|it| it.channel_arn));
            next = page.next_token;
            if next.is_none() || channels.len() >= most {
                channels.truncate(most);
                return Ok(channels);
            }
        }
    }

    /// Creates a flow, and returns its ARN.
    pub(super) async fn create(
        &self,
        instance: &str,
        name: &str,
        processor: &Processor,
    ) -> Result<String, Refusal> {
        let request = self.0.create_channel_flow().app_instance_arn(instance).name(name);
        let created = request.processors(processor.wire()).send().await;
        let created = created.map_err(|error| Refusal::of("CreateChannelFlow", &error))?;
        Ok(created.channel_flow_arn.unwrap_or_default())
    }

    pub(super) async fn update(&self, flow: &str, name: &str, processor: &Processor) -> Result<(), Refusal> {
        let request = self.0.update_channel_flow().channel_flow_arn(flow).name(name);
        let updated = request.processors(processor.wire()).send().await;
        updated.map(drop).map_err(|error| Refusal::of("UpdateChannelFlow", &error))
    }

    pub(super) async fn delete(&self, flow: &str) -> Result<(), Refusal> {
        let deleted = self.0.delete_channel_flow().channel_flow_arn(flow).send().await;
        deleted.map(drop).map_err(|error| Refusal::of("DeleteChannelFlow", &error))
    }

    pub(super) async fn channel(&self, arn: &str, bearer: &str) -> Result<Channel, Refusal> {
        let described = self.0.describe_channel().channel_arn(arn).chime_bearer(bearer).send().await;
        let channel = described.map_err(|error| Refusal::of("DescribeChannel", &error))?.channel;
        let elastic = channel.as_ref().and_then(|channel| channel.elastic_channel_configuration.as_ref());
        Ok(Channel {
            sub_channels: elastic.map(|elastic| elastic.maximum_sub_channels),
            name: channel.as_ref().and_then(|channel| channel.name.clone()).unwrap_or_default(),
            flow: channel.and_then(|channel| channel.channel_flow_arn),
        })
    }

    /// Makes a request that only moderators of the channel may make, to check whether the bearer is one.
    pub(super) async fn runs(&self, channel: &str, bearer: &str) -> Result<(), Refusal> {
        let request =
            self.0.list_channel_moderators().channel_arn(channel).chime_bearer(bearer).max_results(1);
        let listed = request.send().await;
        listed.map(drop).map_err(|error| Refusal::of("ListChannelModerators", &error))
    }

    pub(super) async fn associate(&self, channel: &str, flow: &str, bearer: &str) -> Result<(), Refusal> {
        let request = self.0.associate_channel_flow().channel_arn(channel).channel_flow_arn(flow);
        let done = request.chime_bearer(bearer).send().await;
        done.map(drop).map_err(|error| Refusal::of("AssociateChannelFlow", &error))
    }

    pub(super) async fn disassociate(&self, channel: &str, flow: &str, bearer: &str) -> Result<(), Refusal> {
        let request = self.0.disassociate_channel_flow().channel_arn(channel).channel_flow_arn(flow);
        let done = request.chime_bearer(bearer).send().await;
        done.map(drop).map_err(|error| Refusal::of("DisassociateChannelFlow", &error))
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
