//! Commands that talk to a local service that runs.

use std::path::PathBuf;

use clap::Subcommand;
use hyper::{Method, Uri};
use serde_json::{Value, json};

use super::client::{ask, runtime};
use crate::{Finding, rules_file};

#[derive(Subcommand)]
pub(super) enum Command {
    /// How the service is, in numbers
    Health(At),
    /// Forget everything
    Reset(At),
    /// Print all that the service knows, for `seed`
    Export(At),
    /// Know what `export` wrote to a file, and nothing else
    Seed {
        /// The file
        file: PathBuf,
        #[command(flatten)]
        at: At,
    },
    /// Tell the service's time, or push it forward: `clock advance 2m`
    Clock {
        #[command(subcommand)]
        clock: Option<Clock>,
        #[command(flatten)]
        at: At,
    },
    /// Make something go wrong: `fault add duplicate-delivery`
    Fault {
        #[command(subcommand)]
        fault: Fault,
    },
    /// What EventBridge, Kinesis and the on-failure destination would have got
    Events(At),
    /// What happened to a message
    Trace {
        /// The message's id
        message: String,
        #[command(flatten)]
        at: At,
    },
    /// Print what points AWS clients at the service, for `eval`
    Env(At),
}

/// Which service.
#[derive(clap::Args)]
pub(super) struct At {
    /// Where the service listens
    #[arg(long, value_name = "URL", env = "CHIMEFLOW_LOCAL", default_value = "http://127.0.0.1:8200")]
    at: Uri,
}

#[derive(Subcommand)]
pub(super) enum Clock {
    /// Push the time forward
    Advance {
        /// How far, such as `90s`, `2m`, `48h`
        time: String,
    },
}

#[derive(Subcommand)]
pub(super) enum Fault {
    /// Plan one
    Add {
        /// Which: duplicate-delivery, callback-race, callback-lost, slow-callback, denied-invoke, throttled-invoke,
        /// function-error, throttle, failure, unavailable, unauthorized
        fault: String,
        /// The operation that throttle, failure, unavailable and unauthorized are about; any without it
        #[arg(long, value_name = "NAME")]
        operation: Option<String>,
        /// How long a slow callback takes, in milliseconds
        #[arg(long, value_name = "MILLISECONDS")]
        millis: Option<u64>,
        /// How often it happens; 0 for always
        #[arg(long, default_value_t = 1)]
        times: u32,
        #[command(flatten)]
        at: At,
    },
    /// Those that are still to happen
    List(At),
    /// Plan none any more
    Clear(At),
}

pub(super) fn run(command: &Command) -> anyhow::Result<Finding> {
    let get = |at: &At, path: &str| asked(at, Method::GET, path, None);
    let answer = match command {
        Command::Health(at) => get(at, "/_local/health")?,
        Command::Reset(at) => asked(at, Method::POST, "/_local/reset", None)?,
        Command::Export(at) => get(at, "/_local/state")?,
        Command::Seed { file, at } => asked(at, Method::PUT, "/_local/state", Some(rules_file::read(file)?))?,
        Command::Clock { clock: None, at } => get(at, "/_local/clock")?,
        Command::Clock { clock: Some(Clock::Advance { time }), at } => {
            asked(at, Method::POST, "/_local/clock", Some(json!({ "advance": time }).to_string()))?
        }
        Command::Fault { fault } => plan(fault)?,
        Command::Events(at) => get(at, "/_local/events")?,
        Command::Trace { message, at } => get(at, &format!("/_local/messages/{message}/trace"))?,
        Command::Env(at) => {
            get(at, "/_local/health")?;
            print_env(&at.at);
            return Ok(Finding::Fine);
        }
    };
    println!("{answer:#}");
    Ok(Finding::Fine)
}

fn plan(fault: &Fault) -> anyhow::Result<Value> {
    match fault {
        Fault::Add { fault, operation, millis, times, at } => {
            let mut planned = json!({ "fault": fault, "times": times });
            if let Some(operation) = operation {
                planned["operation"] = json!(operation);
            }
            if let Some(millis) = millis {
                planned["millis"] = json!(millis);
            }
            asked(at, Method::POST, "/_local/faults", Some(planned.to_string()))
        }
        Fault::List(at) => asked(at, Method::GET, "/_local/faults", None),
        Fault::Clear(at) => asked(at, Method::DELETE, "/_local/faults", None),
    }
}

fn asked(at: &At, method: Method, path: &str, body: Option<String>) -> anyhow::Result<Value> {
    runtime()?.block_on(ask(&at.at, method, path, body))
}

fn print_env(at: &Uri) {
    let endpoint = at.to_string();
    let endpoint = endpoint.trim_end_matches('/');
    for name in [
        "AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING",
        "AWS_ENDPOINT_URL_CHIME_SDK_IDENTITY",
        "AWS_ENDPOINT_URL_LAMBDA",
        "CHIMEFLOW_LOCAL",
    ] {
        println!("export {name}={endpoint}");
    }
    // Half of the clients read the one name, half the other.
    println!("export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1");
    println!("export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local");
}
