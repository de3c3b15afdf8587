//! `chimeflow flow`: manages channel flows, on AWS or in a local service.
//!
//! ```text
//!  ARNs ──arn: parse──> Region, account ──client──> Chime SDK messaging ──> Flow, Channel ──show──> lines, or JSON
//!                                   └──attach──> Lambda: does the function exist, may the service invoke it
//! ```
//!
//! Each subcommand has a file. Most people need only `attach`: it checks everything first, and then makes the missing changes.

mod arn;
mod associate;
mod attach;
mod client;
mod create;
mod delete;
mod describe;
mod disassociate;
mod list;
mod make;
mod show;
mod update;

use clap::Subcommand;

pub(crate) use self::arn::{Function, Resource, channel, function, person};
pub(crate) use self::client::agree;
use crate::cli::Exit;
use crate::cli::aws::Aws;

/// Connect channels to the function with channel flows, on AWS or on this machine
///
/// A channel flow names a function; the service sends it the messages of each channel that is associated with the flow. `flow attach` does everything; the other commands are for inspection and scripts. The Region is the one in the ARNs.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  chimeflow flow attach --app-instance APP_INSTANCE_ARN --function chimeflow:live \\
                        --channel CHANNEL_ARN --as ADMIN_ARN --dry-run
  chimeflow flow list --app-instance APP_INSTANCE_ARN
  chimeflow flow disassociate --channel CHANNEL_ARN --as ADMIN_ARN

Exit codes: 0 fine, 1 something has to be fixed first, 2 usage, or AWS refused.";

#[derive(Subcommand)]
enum Command {
    Attach(attach::Args),
    Create(create::Args),
    Update(update::Args),
    List(list::Args),
    Describe(describe::Args),
    Associate(associate::Args),
    Disassociate(disassociate::Args),
    Delete(delete::Args),
}

/// The flow that a command concerns.
#[derive(clap::Args)]
struct FlowArgs {
    /// The flow
    #[arg(value_name = "FLOW_ARN", value_parser = arn::flow)]
    flow: Resource,

    /// Print JSON
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    aws: Aws,
}

pub(crate) fn run(args: &Args) -> anyhow::Result<Exit> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        match &args.command {
            Command::Attach(args) => attach::run(args).await,
            Command::Create(args) => create::run(args).await,
            Command::Update(args) => update::run(args).await,
            Command::List(args) => list::run(args).await,
            Command::Describe(args) => describe::run(args).await,
            Command::Associate(args) => associate::run(args).await,
            Command::Disassociate(args) => disassociate::run(args).await,
            Command::Delete(args) => delete::run(args).await,
        }
    })
}
