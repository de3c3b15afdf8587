//! `chimeflow flow create`.

use serde_json::json;

use super::arn::{self, Function, Resource};
use super::client::{Fallback, Messaging, Processor};
use super::show;
use crate::cli::Finding;
use crate::cli::aws::Aws;

/// Create a channel flow; no channel uses it until `flow associate`
#[derive(clap::Args)]
pub(super) struct Args {
    /// The app instance
    #[arg(long, value_name = "ARN", value_parser = arn::instance)]
    app_instance: Resource,

    /// The function that answers messages: NAME, NAME:ALIAS or an ARN
    #[arg(long, value_name = "FUNCTION", value_parser = arn::function)]
    function: Function,

    /// The flow's name; by default the function's
    #[arg(long)]
    name: Option<String>,

    /// What happens to a message if the service cannot invoke the function at all
    #[arg(long, value_enum, default_value_t = Fallback::Abort)]
    fallback: Fallback,

    /// Print JSON
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    aws: Aws,
}

pub(super) async fn run(args: &Args) -> anyhow::Result<Finding> {
    let Resource { arn: instance, home, .. } = &args.app_instance;
    args.function.is_reachable_from(home).map_err(anyhow::Error::msg)?;
    let messaging = Messaging::new(&args.aws, home).await?;
    let name = args.name.as_ref().unwrap_or(&args.function.name);
    let processor = Processor::new(args.function.arn(home), args.fallback);
    let flow = messaging.create(instance, name, &processor).await?;
    show::done(args.json, &json!({ "flow": flow }), &flow);
    Ok(Finding::Fine)
}
