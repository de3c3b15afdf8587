//! `chimeflow flow delete`.

use serde_json::json;

use super::arn::Resource;
use super::client::Messaging;
use super::{FlowArgs, show};
use crate::cli::Exit;
use crate::cli::output::{self, errln};

/// Delete a channel flow that no channel uses any more
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    named: FlowArgs,
}

/// The maximum number of channels that an error names.
const NAMED: usize = 10;

pub(super) async fn run(args: &Args) -> anyhow::Result<Exit> {
    let FlowArgs { flow, json, aws } = &args.named;
    let Resource { arn, home, .. } = flow;
    let messaging = Messaging::new(aws, home).await?;
    let channels = match messaging.channels(arn, NAMED + 1).await {
        Ok(channels) => channels,
        Err(refusal) if refusal.denied_action().is_none() && messaging.is_gone(flow).await => {
            let object = json!({ "flow": arn, "deleted": false, "there": false });
            show::done(*json, &object, &format!("{arn}: the flow does not exist, or no longer exists"));
            return Ok(Exit::Fine);
        }
        Err(refusal) => return Err(refusal.into()),
    };
    if channels.is_empty() {
        messaging.delete(flow).await?;
        let object = json!({ "flow": arn, "deleted": true, "there": false });
        show::done(*json, &object, &format!("{arn}: deleted"));
        return Ok(Exit::Fine);
    }
    if *json {
        show::done(true, &json!({ "flow": arn, "deleted": false, "there": true, "channels": channels }), "");
        return Ok(Exit::NotFine);
    }
    output::error("channels still have the flow, so it stays");
    for channel in channels.iter().take(NAMED) {
        errln!("  chimeflow flow disassociate --channel {channel} --as ADMIN_ARN");
    }
    if channels.len() > NAMED {
        errln!("  and more: chimeflow flow describe {arn}");
    }
    Ok(Exit::NotFine)
}
