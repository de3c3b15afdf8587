//! `chimeflow flow disassociate`.

use serde_json::Map;

use super::arn::{self, Resource, all_of};
use super::client::Messaging;
use super::show::{self, ChannelChange};
use crate::cli::Exit;
use crate::cli::aws::Aws;

/// Remove the channel flow from channels: their messages are no longer moderated
///
/// Messages that are being processed still pass the flow.
#[derive(clap::Args)]
pub(super) struct Args {
    /// A channel; may be given more than once
    #[arg(long = "channel", value_name = "ARN", required = true, value_parser = arn::channel)]
    channels: Vec<Resource>,

    /// The user to act as: an administrator of the app instance, or a moderator of the channels
    #[arg(long = "as", value_name = "ARN", value_parser = arn::person)]
    bearer: Resource,

    /// Remove only this flow: a channel that uses another one keeps it
    #[arg(long, value_name = "ARN", value_parser = arn::flow)]
    flow: Option<Resource>,

    /// Print one JSON object for each channel
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    aws: Aws,
}

pub(super) async fn run(args: &Args) -> anyhow::Result<Exit> {
    let Resource { instance, home, .. } = &args.bearer;
    all_of(instance, &args.channels.iter().chain(&args.flow).collect::<Vec<_>>())?;
    let messaging = Messaging::new(&args.aws, home).await?;
    show::each(&args.channels, args.json, &Map::new(), async |channel| {
        let before = messaging.channel(&channel.arn, &args.bearer.arn).await?.flow;
        let meant = |flow: &&String| args.flow.as_ref().is_none_or(|meant| meant.arn == **flow);
        let (result, sentence) = match before.as_ref() {
            None => ("same", "it had no flow".to_owned()),
            Some(flow) if meant(&flow) => {
                messaging.disassociate(&channel.arn, flow, &args.bearer.arn).await?;
                ("disassociated", format!("nothing moderates it any more; it had {flow}"))
            }
            Some(other) => ("other", format!("it keeps {other}, which is another flow")),
        };
        Ok(ChannelChange { before, result, sentence, is_done: result != "other" })
    })
    .await
}
