//! `chimeflow local exec`: runs a service for the duration of a command.

use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitStatus;

use anyhow::Context;
use tokio::process::Command;

use super::serve::{RunningService, Service};
use crate::cli::Exit;
use crate::detect::Detectors;

/// Run a command with a local service of its own: `chimeflow local exec -- npm test`
///
/// The service listens on a free port. The command's environment points AWS clients at it; it ends with the command, and the exit code is the command's.
#[derive(clap::Args)]
pub(super) struct ExecArgs {
    #[command(flatten)]
    service: Service,

    /// The command and its arguments
    #[arg(last = true, required = true, value_name = "COMMAND")]
    command: Vec<String>,
}

pub(super) fn run(args: &ExecArgs, detectors: &Detectors) -> anyhow::Result<Exit> {
    let status = super::client::runtime()?.block_on(async {
        // Wait for signals before functions start, because functions must not outlive this process.
        let terminated = crate::signals::terminated()?;
        let free = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let mut running = args.service.start(free, detectors).await?;
        let mut child = command(&running, &args.command)?;
        let status = tokio::select! {
            status = child.wait() => status?,
            () = running.attend() => anyhow::bail!("the local service ended before the command did"),
            // The command receives an interrupt from the terminal itself, and may take time to handle it.
            () = terminated => anyhow::bail!("terminated before the command ended"),
        };
        anyhow::Ok(status)
    })?;
    exit_of(status)
}

fn command(running: &RunningService, words: &[String]) -> anyhow::Result<tokio::process::Child> {
    let (program, args) = words.split_first().context("there is no command")?;
    let endpoint = running.chime.endpoint();
    let mut command = Command::new(program);
    command.args(args).kill_on_drop(true);
    for name in
        ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING", "AWS_ENDPOINT_URL_CHIME_SDK_IDENTITY"]
    {
        command.env(name, &endpoint);
    }
    command.env("CHIMEFLOW_LOCAL", &endpoint);
    command.env("NODE_EXTRA_CA_CERTS", running.chime.authority());
    // Clients need credentials, because they sign all requests. These are example credentials; the user's own are not used here.
    command.env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE");
    command.env("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    command.env("AWS_REGION", "us-east-1").env("AWS_DEFAULT_REGION", "us-east-1");
    command.env_remove("AWS_SESSION_TOKEN").env_remove("AWS_PROFILE");
    command.spawn().with_context(|| format!("could not run `{program}`"))
}

/// Returns the command's own exit code, so that a test runner can distinguish a failed test from wrong usage.
fn exit_of(status: ExitStatus) -> anyhow::Result<Exit> {
    match status.code() {
        Some(0) => Ok(Exit::Fine),
        Some(1) => Ok(Exit::NotFine),
        Some(code) => std::process::exit(code),
        None => anyhow::bail!("the command was ended by a signal"),
    }
}
