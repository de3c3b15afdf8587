//! `chimeflow flow attach`: connects channels to a deployed function.
//!
//! ```text
//!  arguments ──agree?──> check the function, its policy, its failures ──┐
//!                        check the flows of the app instance ──plan─────┼──> Report ──any problem?──> end, nothing is changed
//!                        check each channel, as the user in --as ───────┘       └──> grant, create or update, associate
//! ```
//!
//! Everything is checked before anything is changed, and nothing that is already correct is changed: a second run changes nothing.

mod channels;
mod function;
mod plan;
mod policy;
mod report;

use self::plan::Plan;
use self::report::Report;
use super::arn::{self, Function, Resource, all_of};
use super::client::{Fallback, Messaging, Processor};
use crate::cli::Exit;
use crate::cli::aws::Aws;

/// Connect channels to a deployed function, after checking everything that this needs
///
/// First checks the function, its permissions, the app instance's flows and the channels, and changes nothing while something must be
/// fixed. Then it creates or updates the flow and associates the channels with it. Running it again changes nothing.
#[derive(clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "they are the flags of a command line")]
pub(super) struct Args {
    /// The app instance
    #[arg(long, value_name = "ARN", value_parser = arn::instance)]
    app_instance: Resource,

    /// The function that answers messages: NAME, NAME:ALIAS or an ARN
    #[arg(long, value_name = "FUNCTION", value_parser = arn::function)]
    function: Function,

    /// A channel; may be given more than once
    #[arg(long = "channel", value_name = "ARN", required = true, value_parser = arn::channel)]
    channels: Vec<Resource>,

    /// The user to act as: an administrator of the app instance, or a moderator of the channels
    #[arg(long = "as", value_name = "ARN", value_parser = arn::person)]
    bearer: Resource,

    /// The flow's name; without it, the flow that uses the function or has its name
    #[arg(long)]
    name: Option<String>,

    /// What happens to a message if the service cannot invoke the function at all; ABORT for a new flow
    #[arg(long, value_enum)]
    fallback: Option<Fallback>,

    /// Allow the service to invoke the function, if it may not yet
    #[arg(long)]
    grant: bool,

    /// Replace other flows that the channels use
    #[arg(long)]
    replace: bool,

    /// Show what would be done, and change nothing
    #[arg(long)]
    dry_run: bool,

    /// Print one JSON object
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    aws: Aws,
}

pub(super) async fn run(args: &Args) -> anyhow::Result<Exit> {
    let mut report = Report::new(args.json);
    let done = attach(args, &mut report).await;
    report.end(done.as_ref().err());
    done?;
    Ok(Exit::fine_if(!report.has_problems()))
}

/// Runs all steps.
async fn attach(args: &Args, report: &mut Report) -> anyhow::Result<()> {
    let Resource { arn: instance, home, .. } = &args.app_instance;
    args.function.is_reachable_from(home).map_err(anyhow::Error::msg)?;
    all_of(instance, &args.channels.iter().chain([&args.bearer]).collect::<Vec<_>>())?;
    let messaging = Messaging::new(&args.aws, home).await?;

    let lambda = function::Lambda::new(&args.aws, home, &args.function).await;
    let permission = lambda.look(&args.app_instance, args.grant, report).await?;
    let processor = Processor::new(args.function.arn(home), Fallback::Abort);
    let plan = Plan::make(&messaging, args, processor, report).await?;
    report.flow = plan.flow().map(str::to_owned);
    let places = channels::look(&messaging, args, &plan, report).await?;

    if report.has_problems() {
        return Ok(());
    }
    if let Some(missing) = permission {
        if args.dry_run {
            report.would("permission", function::GRANTED);
        } else if !lambda.grant(&missing, &args.app_instance, report).await? {
            return Ok(());
        }
    }
    let flow = plan.carry_out(&messaging, args, report).await?;
    report.flow.clone_from(&flow);
    for place in places {
        place.associate(&messaging, flow.as_deref(), args, report).await?;
    }
    Ok(())
}
