//! `chimeflow flow describe`.

use serde_json::json;

use super::FlowArgs;
use super::arn::Resource;
use super::client::Messaging;
use super::show::one_line;
use crate::cli::Exit;
use crate::cli::output::{self, outln};
use crate::cli::width::fitted;

/// Show a channel flow: its function, its fallback and the channels that use it
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    named: FlowArgs,
}

/// The column at which values begin.
const LEAD: usize = 10;

pub(super) async fn run(args: &Args) -> anyhow::Result<Exit> {
    let FlowArgs { flow: Resource { arn, home, .. }, json, aws } = &args.named;
    let messaging = Messaging::new(aws, home).await?;
    let flow = messaging.flow(arn).await?;
    let channels = messaging.channels(arn, usize::MAX).await?;
    if *json {
        let mut object = serde_json::to_value(&flow)?;
        object["channels"] = json!(channels);
        output::json(&object);
        return Ok(Exit::Fine);
    }
    outln!("name      {}", one_line(&flow.name));
    outln!("flow      {}", flow.arn);
    for processor in &flow.processors {
        outln!("function  {}", processor.function);
        let fallback = format!("{}: {}", processor.fallback.name(), processor.fallback.means());
        outln!("fallback  {}", fitted(&fallback, LEAD));
    }
    if channels.is_empty() {
        outln!("channels  none: associate one with `chimeflow flow associate`");
    }
    for (at, channel) in channels.iter().enumerate() {
        outln!("{}  {channel}", if at == 0 { "channels" } else { "        " });
    }
    Ok(Exit::Fine)
}
