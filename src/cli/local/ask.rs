//! Commands that send requests to a running local service.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Subcommand;
use hyper::{Method, Uri};
use serde::de::IgnoredAny;
use serde_json::{Value, json};

use super::client::{Address, message_id, request};
use super::fault::{self, Fault};
use super::hold::{self, Hold};
use crate::cli::output::{self, outln};
use crate::cli::{Exit, rules_file};
use crate::local::duration;

#[derive(Subcommand)]
pub(super) enum Command {
    /// Print the state of the service in numbers
    Health(Address),
    /// Delete the whole state
    Reset(Address),
    /// Print the whole state, for `seed`
    Export(Address),
    /// Replace the state with one that `export` wrote to a file
    Seed {
        /// The file
        file: PathBuf,
        #[command(flatten)]
        at: Address,
    },
    /// Print the service's time, or move it forward: `clock advance 2m`
    Clock {
        #[command(subcommand)]
        clock: Option<Clock>,
        #[command(flatten)]
        at: Address,
    },
    /// Inject faults: `fault add duplicate-delivery`
    Fault {
        #[command(subcommand)]
        fault: Fault,
    },
    /// Print what EventBridge, Kinesis and the on-failure destination would have received
    Events(Address),
    /// Hold messages PENDING, and deliver or deny them by hand
    Hold {
        #[command(subcommand)]
        hold: Hold,
    },
    /// List the quotas; `--quota NAME=NUMBER` changes one when the service starts
    Quotas {
        /// Print JSON
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        at: Address,
    },
    /// Show what happened to a message
    Trace {
        /// The message's id
        #[arg(value_parser = message_id)]
        message: String,
        /// Print instead the event that the function received, for `chimeflow invoke` and `chimeflow explain --event`
        #[arg(long)]
        event: bool,
        #[command(flatten)]
        at: Address,
    },
    /// Print the environment variables that point AWS clients at the service, for `eval`
    Env(Address),
}

#[derive(Subcommand)]
pub(super) enum Clock {
    /// Move the time forward
    Advance {
        /// How far, such as `90s`, `2m`, `48h`
        #[arg(value_parser = time, allow_hyphen_values = true)]
        time: String,
    },
}

pub(super) fn run(command: &Command) -> anyhow::Result<Exit> {
    let get = |at: &Address, path: &str| request(at, Method::GET, path, None);
    let answer = match command {
        Command::Health(at) => get(at, "/_local/health")?,
        Command::Reset(at) => request(at, Method::POST, "/_local/reset", None)?,
        Command::Export(at) => get(at, "/_local/state")?,
        Command::Seed { file, at } => seed(file, at)?,
        Command::Clock { clock: None, at } => get(at, "/_local/clock")?,
        Command::Clock { clock: Some(Clock::Advance { time }), at } => {
            request(at, Method::POST, "/_local/clock", Some(json!({ "advance": time }).to_string()))?
        }
        Command::Fault { fault } => fault::run(fault)?,
        Command::Hold { hold } => hold::run(hold)?,
        Command::Quotas { json, at } => {
            let quotas = get(at, "/_local/quotas")?;
            if !json {
                print_quotas(&quotas);
                return Ok(Exit::Fine);
            }
            quotas
        }
        Command::Events(at) => get(at, "/_local/events")?,
        Command::Trace { message, event, at } => {
            let trace = get(at, &format!("/_local/messages/{message}/trace"))?;
            if *event { last_event(&trace)? } else { trace }
        }
        Command::Env(at) => {
            let health = get(at, "/_local/health")?;
            print_env(&at.at, health["authority"].as_str().unwrap_or_default());
            return Ok(Exit::Fine);
        }
    };
    output::pretty_json(&answer);
    Ok(Exit::Fine)
}

/// Replaces the state of the service with that in `file`.
fn seed(file: &Path, at: &Address) -> anyhow::Result<Value> {
    let named = || file.display().to_string();
    let state = rules_file::read(file)?;
    serde_json::from_str::<IgnoredAny>(&state).context("the file is not JSON").with_context(named)?;
    // The service is reachable: from now on, errors are about the file.
    request(at, Method::GET, "/_local/clock", None)?;
    request(at, Method::PUT, "/_local/state", Some(state)).with_context(named)
}

fn time(text: &str) -> Result<String, String> {
    duration::parse(text).map(|_| text.to_owned())
}

/// Returns the last event that a function received, from the trace of a message.
fn last_event(trace: &Value) -> anyhow::Result<Value> {
    let steps = trace["steps"].as_array().into_iter().flatten();
    let event = steps.rev().map(|step| &step["detail"]["event"]).find(|event| event.is_object());
    event.cloned().context("no function got an event about this message")
}

fn print_quotas(quotas: &Value) {
    for quota in quotas["quotas"].as_array().into_iter().flatten() {
        let (value, default) = (&quota["value"], &quota["default"]);
        let note = if value == default { String::new() } else { format!(" (default {default})") };
        let text = |name: &str| quota[name].as_str().unwrap_or_default().to_owned();
        outln!("{:<30} {:>9}  {}{note}", text("name"), value.to_string(), text("is"));
    }
}

fn print_env(at: &Uri, authority: &str) {
    let endpoint = at.to_string();
    let endpoint = endpoint.trim_end_matches('/');
    for name in [
        "AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING",
        "AWS_ENDPOINT_URL_CHIME_SDK_IDENTITY",
        "AWS_ENDPOINT_URL_LAMBDA",
        "CHIMEFLOW_LOCAL",
    ] {
        outln!("export {name}={endpoint}");
    }
    // Some clients read one of the names, and some the other.
    outln!("export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1");
    outln!("export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local");
    // Only a comment, because the variable may already list other authorities that the user needs.
    outln!("# for https and wss in Node: export NODE_EXTRA_CA_CERTS={authority}");
}
