//! `chimeflow flow associate`.

use serde_json::json;

use super::arn::{self, Resource, all_of};
use super::client::Messaging;
use super::show;
use crate::cli::Finding;
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

pub(super) async fn run(args: &Args) -> anyhow::Result<Finding> {
    let Resource { arn: flow, home, instance, .. } = &args.flow;
    all_of(instance, &args.channels.iter().chain([&args.bearer]).collect::<Vec<_>>())?;
    let messaging = Messaging::new(&args.aws, home).await?;
    let mut all_done = true;
    for channel in &args.channels {
        let (object, sentence) = match one(&messaging, args, channel).await {
            Ok((before, result, sentence)) => {
                all_done &= result != "taken";
                (
                    json!({ "channel": channel.arn, "flow": flow, "before": before, "result": result }),
                    sentence,
                )
            }
            Err(error) if args.channels.len() == 1 => return Err(error),
            // The other channels are worth a try.
            Err(error) => {
                all_done = false;
                let why = format!("{error:#}");
                let sentence = format!("{channel}: failed: {why}");
                (json!({ "channel": channel.arn, "flow": flow, "result": "failed", "error": why }), sentence)
            }
        };
        show::done(args.json, &object, &sentence);
    }
    Ok(Finding::fine_if(all_done))
}

/// Associates one channel. Returns the flow it had, the result, and a sentence that says it.
async fn one(
    messaging: &Messaging,
    args: &Args,
    channel: &Resource,
) -> anyhow::Result<(Option<String>, &'static str, String)> {
    let flow = &args.flow.arn;
    let before = messaging.channel(&channel.arn, &args.bearer.arn).await?.flow;
    let (result, sentence) = match before.as_ref() {
        Some(before) if before == flow => ("same", format!("{channel}: it had the flow already")),
        Some(other) if !args.replace => {
            ("taken", format!("{channel}: it has the flow {other}; --replace takes its place"))
        }
        _ => {
            messaging.associate(&channel.arn, flow, &args.bearer.arn).await?;
            ("associated", format!("{channel}: it has the flow now"))
        }
    };
    Ok((before, result, sentence))
}
