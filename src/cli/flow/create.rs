//! `chimeflow flow create`.

use serde_json::json;

use super::arn::{self, Function, Resource};
use super::client::{Fallback, Flow, Messaging, Processor};
use super::make::make;
use super::show;
use crate::cli::Exit;
use crate::cli::aws::{Aws, Refusal};
use crate::cli::output::{self, errln};

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

pub(super) async fn run(args: &Args) -> anyhow::Result<Exit> {
    let Resource { home, .. } = &args.app_instance;
    args.function.is_reachable_from(home).map_err(anyhow::Error::msg)?;
    let messaging = Messaging::new(&args.aws, home).await?;
    let name = args.name.as_ref().unwrap_or(&args.function.name);
    let processor = Processor::new(args.function.arn(home), args.fallback);
    if let Some(there) = look(&messaging, &args.app_instance.arn, name).await? {
        let is_same = there.processors == [processor.clone()];
        let shown = show::one_line(name);
        let object = json!({ "flow": there.arn, "created": false, "processors": there.processors });
        if is_same {
            show::done(args.json, &object, &there.arn);
            errln!("{shown} is there already");
            return Ok(Exit::Fine);
        }
        if args.json {
            show::done(true, &object, "");
        }
        let [_, function, fallback, _] = show::row(&there);
        output::error(format_args!(
            "{shown} is there already, with {function} and {fallback}: `chimeflow flow update {}`, or another --name",
            there.arn
        ));
        return Ok(Exit::NotFine);
    }
    let flow = make(&messaging, &args.app_instance, name, &processor).await?;
    show::done(args.json, &json!({ "flow": flow, "created": true, "processors": [processor] }), &flow);
    Ok(Exit::Fine)
}

/// Returns the flow with this name, if there is one. Without the permission to list flows, returns none: creating one may still be
/// permitted.
async fn look(messaging: &Messaging, instance: &str, name: &str) -> Result<Option<Flow>, Refusal> {
    match messaging.flows(instance).await {
        Ok(flows) => Ok(flows.into_iter().find(|flow| flow.name == name)),
        Err(refusal) if refusal.denied_action().is_some() => Ok(None),
        Err(refusal) => Err(refusal),
    }
}
