//! `chimeflow flow delete`.

use serde_json::json;

use super::arn::{self, Resource};
use super::client::Messaging;
use super::show;
use crate::cli::Finding;
use crate::cli::aws::Aws;
use crate::cli::output::{self, errln};

/// Delete a channel flow that no channel has any more
#[derive(clap::Args)]
pub(super) struct Args {
    /// The flow
    #[arg(value_name = "FLOW_ARN", value_parser = arn::flow)]
    flow: Resource,

    /// Print JSON
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    aws: Aws,
}

/// How many channels are named that still have the flow.
const NAMED: usize = 10;

pub(super) async fn run(args: &Args) -> anyhow::Result<Finding> {
    let Resource { arn, home, .. } = &args.flow;
    let messaging = Messaging::new(&args.aws, home).await?;
    let channels = messaging.channels(arn, NAMED + 1).await?;
    if channels.is_empty() {
        messaging.delete(arn).await?;
        show::done(args.json, &json!({ "flow": arn, "deleted": true }), &format!("{arn}: deleted"));
        return Ok(Finding::Fine);
    }
    if args.json {
        show::done(true, &json!({ "flow": arn, "deleted": false, "channels": channels }), "");
        return Ok(Finding::NotFine);
    }
    output::error("channels still have the flow, so it stays");
    for channel in channels.iter().take(NAMED) {
        errln!("  chimeflow flow disassociate --channel {channel} --as ADMIN_ARN");
    }
    if channels.len() > NAMED {
        errln!("  and more: chimeflow flow describe {arn}");
    }
    Ok(Finding::NotFine)
}
