//! `chimeflow flow update`.

use serde_json::json;

use super::arn::{self, Function, Resource};
use super::client::{Fallback, Messaging, Processor};
use super::show;
use crate::cli::Exit;
use crate::cli::aws::Aws;

/// Change a channel flow: its name, its function or its fallback. What you leave out stays unchanged
///
/// Messages that are being processed finish with the flow as it was when they were sent.
#[derive(clap::Args)]
#[command(group = clap::ArgGroup::new("change").required(true).multiple(true))]
pub(super) struct Args {
    /// The flow
    #[arg(value_name = "FLOW_ARN", value_parser = arn::flow)]
    flow: Resource,

    /// Its new name
    #[arg(long, group = "change")]
    name: Option<String>,

    /// The new function that answers messages: NAME, NAME:ALIAS or an ARN
    #[arg(long, value_name = "FUNCTION", group = "change", value_parser = arn::function)]
    function: Option<Function>,

    /// What happens to a message if the service cannot invoke the function at all
    #[arg(long, value_enum, group = "change")]
    fallback: Option<Fallback>,

    /// Print JSON
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    aws: Aws,
}

pub(super) async fn run(args: &Args) -> anyhow::Result<Exit> {
    let Resource { arn, home, .. } = &args.flow;
    if let Some(function) = &args.function {
        function.is_reachable_from(home).map_err(anyhow::Error::msg)?;
    }
    let messaging = Messaging::new(&args.aws, home).await?;
    let old = messaging.flow(arn).await?;
    let [processor] = &old.processors[..] else {
        anyhow::bail!("{arn} has {} processors: this command supports flows with one", old.processors.len());
    };
    let function = args.function.as_ref().map(|function| function.arn(home));
    let new = Processor {
        name: processor.name.clone(),
        function: function.unwrap_or_else(|| processor.function.clone()),
        fallback: args.fallback.unwrap_or(processor.fallback),
    };
    let name = args.name.as_ref().unwrap_or(&old.name);
    let changed = *name != old.name || new != *processor;
    if changed {
        messaging.update(arn, name, &new).await?;
    }
    let object = json!({ "flow": arn, "name": name, "processors": [new], "changed": changed });
    let shown = show::one_line(name);
    let sentence = if changed {
        format!("{shown}: messages go to {}, and {}", new.function, new.fallback.means())
    } else {
        format!("{shown}: it was so already")
    };
    show::done(args.json, &object, &sentence);
    Ok(Exit::Fine)
}
