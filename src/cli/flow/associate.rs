//! `chimeflow flow associate`.

use serde_json::{Map, json};

use super::arn::{self, Resource, all_of};
use super::client::Messaging;
use super::show::{self, ChannelChange};
use crate::cli::Exit;
use crate::cli::aws::Aws;

/// Associate channels with a channel flow: from then on their messages go through it
#[derive(clap::Args)]
pub(super) struct Args {
    /// The flow
    #[arg(value_name = "FLOW_ARN", value_parser = arn::flow)]
    flow: Resource,

    /// A channel; may be given more than once
    #[arg(long = "channel", value_name = "ARN", required = true, value_parser = arn::channel)]
    channels: Vec<Resource>,

    /// The user to act as: an administrator of the app instance, or a moderator of the channels
    #[arg(long = "as", value_name = "ARN", value_parser = arn::person)]
    bearer: Resource,

    /// Replace another flow that a channel uses
    #[arg(long)]
    replace: bool,

    /// Print one JSON object for each channel
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    aws: Aws,
}

pub(super) async fn run(args: &Args) -> anyhow::Result<Exit> {
    let Resource { arn: flow, home, instance, .. } = &args.flow;
    all_of(instance, &args.channels.iter().chain([&args.bearer]).collect::<Vec<_>>())?;
    let messaging = Messaging::new(&args.aws, home).await?;
    let common = Map::from_iter([("flow".to_owned(), json!(flow))]);
    show::each(&args.channels, args.json, &common, async |channel| {
        let before = messaging.channel(&channel.arn, &args.bearer.arn).await?.flow;
        let (result, sentence) = match before.as_ref() {
            Some(before) if before == flow => ("same", "it had the flow already".to_owned()),
            Some(other) if !args.replace => {
                ("taken", format!("it has the flow {other}; --replace takes its place"))
            }
            _ => {
                messaging.associate(&channel.arn, flow, &args.bearer.arn).await?;
                ("associated", "it has the flow now".to_owned())
            }
        };
        Ok(ChannelChange { before, result, sentence, is_done: result != "taken" })
    })
    .await
}
