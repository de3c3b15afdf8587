//! `chimeflow rules`: manages rules in AppConfig, where they change without a deployment of the function.
//!
//! ```text
//!  FILE and its lists ──bundle──> one document ──checked as the validator will──> hosted version ──> deployment ──> followed
//!  APPLICATION/ENVIRONMENT/PROFILE ──target: names to ids──┘        └──differences: what changes──┘
//! ```
//!
//! Each subcommand has a file; `appconfig` makes the calls.

mod appconfig;
mod bundle;
mod differences;
mod follow;
mod history;
mod pull;
mod push;
mod rollback;
mod status;
mod step;
mod target;

use clap::Subcommand;

use crate::cli::Exit;
use crate::detect::Detectors;

/// Change the rules of running functions through AWS AppConfig
///
/// A function with `CHIMEFLOW_RULES=appconfig:APPLICATION/ENVIRONMENT/PROFILE` uses the rules that are deployed there within a minute,
/// without being deployed itself. Rules whose own checks fail are refused three times: here, by the validator, and by the function itself.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  chimeflow rules push rules.toml --to chimeflow/live/rules
  chimeflow rules status chimeflow/live/rules rules.toml
  chimeflow rules rollback chimeflow/live/rules

Exit codes: 0 fine, 1 the rules are invalid, not in use or different, 2 usage, or AWS refused.";

#[derive(Subcommand)]
enum Command {
    Push(push::Args),
    Status(status::Args),
    Pull(pull::Args),
    Rollback(rollback::Args),
    Bundle(bundle::Args),
}

pub(crate) fn run(args: &Args, detectors: &Detectors) -> anyhow::Result<Exit> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        match &args.command {
            Command::Push(args) => push::run(args, detectors).await,
            Command::Status(args) => status::run(args, detectors).await,
            Command::Pull(args) => pull::run(args).await,
            Command::Rollback(args) => rollback::run(args).await,
            Command::Bundle(args) => bundle::run(args, detectors),
        }
    })
}
