//! `chimeflow local`: emulates Chime SDK messaging and identity on this machine.

mod ask;
mod client;
mod doctor;
mod env_file;
mod exec;
mod fault;
mod hold;
mod programs;
mod rules;
mod serve;

use clap::Subcommand;

use crate::cli::Exit;
use crate::detect::Detectors;

/// Run Chime SDK messaging and identity on this machine, with the processor behind a channel flow
///
/// AWS clients in every language work with it unchanged: set `AWS_ENDPOINT_URL` to its address. The commands except `exec` talk to a
/// service that is running.
#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Args {
    #[command(flatten)]
    serve: serve::ServeArgs,

    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    Exec(exec::ExecArgs),
    Doctor(doctor::DoctorArgs),
    #[command(flatten)]
    Ask(ask::Command),
}

pub(crate) fn run(args: &Args, detectors: &Detectors) -> anyhow::Result<Exit> {
    match &args.command {
        None => serve::run(&args.serve, detectors),
        Some(Command::Exec(args)) => exec::run(args, detectors),
        Some(Command::Doctor(args)) => doctor::run(args, detectors),
        Some(Command::Ask(command)) => ask::run(command),
    }
}
