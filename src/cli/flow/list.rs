//! `chimeflow flow list`.

use super::arn::{self, Resource};
use super::client::Messaging;
use super::show;
use crate::cli::Exit;
use crate::cli::aws::Aws;
use crate::cli::output::errln;

/// List the channel flows of an app instance
///
/// Prints a table on a terminal; elsewhere one line for each flow, with tabs between name, function, fallback and ARN.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The app instance
    #[arg(long, value_name = "ARN", value_parser = arn::instance)]
    app_instance: Resource,

    /// Print one JSON object for each flow
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    aws: Aws,
}

pub(super) async fn run(args: &Args) -> anyhow::Result<Exit> {
    let messaging = Messaging::new(&args.aws, &args.app_instance.home).await?;
    let mut flows = messaging.flows(&args.app_instance.arn).await?;
    flows.sort_by(|a, b| (&a.name, &a.arn).cmp(&(&b.name, &b.arn)));
    if args.json {
        for flow in &flows {
            show::done(true, &serde_json::to_value(flow)?, "");
        }
    } else if flows.is_empty() {
        errln!("the app instance has no channel flow: `chimeflow flow attach` makes one");
    } else {
        show::table(show::HEADS, &flows.iter().map(show::row).collect::<Vec<_>>());
    }
    Ok(Exit::Fine)
}
