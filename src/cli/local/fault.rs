//! `chimeflow local fault`: injects faults.

use clap::Subcommand;
use hyper::Method;
use serde_json::{Value, json};

use super::client::{Address, request};
use crate::local::{CloseCode, Fault as Kind, Planned, Probability};

#[derive(Subcommand)]
pub(super) enum Fault {
    /// Add a fault
    Add(Box<Add>),
    /// List the faults that are still planned
    List(Address),
    /// Remove all planned faults
    Clear {
        /// Only those of this kind
        fault: Option<String>,
        #[command(flatten)]
        at: Address,
    },
}

#[derive(clap::Args)]
pub(super) struct Add {
    /// Which: duplicate-delivery, callback-race, callback-lost, slow-callback, denied-invoke, throttled-invoke, function-error,
    /// hold, throttle, failure, unavailable, unauthorized, latency, socket-close, out-of-order
    fault: String,
    /// The operation that throttle, failure, unavailable, unauthorized and latency affect; without it, any
    #[arg(long, value_name = "NAME")]
    operation: Option<String>,
    /// The delay of slow-callback and latency, in milliseconds
    #[arg(long, value_name = "MILLISECONDS")]
    millis: Option<u64>,
    /// The user of socket-close and out-of-order, by ARN or id; without it, everybody
    #[arg(long, value_name = "USER")]
    user: Option<String>,
    /// The close code of socket-close, 1011 by default; 1006 breaks the connection without a close frame
    #[arg(long, value_name = "CODE", value_parser = code)]
    code: Option<u16>,
    /// How often it happens; 0 for always
    #[arg(long, visible_alias = "count", default_value_t = 1, allow_negative_numbers = true)]
    times: u32,
    /// How likely it is each time, more than 0 and at most 1; without it, it always happens
    #[arg(long, value_name = "PROBABILITY", value_parser = probability, allow_negative_numbers = true)]
    probability: Option<f64>,
    #[command(flatten)]
    at: Address,
}

pub(super) fn run(fault: &Fault) -> anyhow::Result<Value> {
    match fault {
        Fault::Add(add) => {
            let planned = planned(add);
            // The service knows which operations there are.
            Planned::read(&planned, |member| format!("--{member}")).map_err(anyhow::Error::msg)?;
            request(&add.at, Method::POST, "/_local/faults", Some(planned.to_string()))
        }
        Fault::List(at) => request(at, Method::GET, "/_local/faults", None),
        Fault::Clear { fault: None, at } => request(at, Method::DELETE, "/_local/faults", None),
        Fault::Clear { fault: Some(fault), at } => {
            Kind::check_name(fault).map_err(anyhow::Error::msg)?;
            request(at, Method::DELETE, &format!("/_local/faults?fault={fault}"), None)
        }
    }
}

/// Returns the fault in the service's format.
fn planned(add: &Add) -> Value {
    let Add { fault, operation, millis, user, code, times, probability, at: _ } = add;
    let mut planned = json!({ "fault": fault, "times": times });
    let options = [
        ("operation", operation.as_ref().map(|it| json!(it))),
        ("millis", millis.map(|it| json!(it))),
        ("user", user.as_ref().map(|it| json!(it))),
        ("code", code.map(|it| json!(it))),
        ("probability", probability.map(|it| json!(it))),
    ];
    for (name, value) in options {
        if let Some(value) = value {
            planned[name] = value;
        }
    }
    planned
}

fn code(text: &str) -> Result<u16, String> {
    let code = text.parse().map_err(|_| "expected a close code such as 1011".to_owned())?;
    CloseCode::try_from(code).map(|_| code)
}

fn probability(text: &str) -> Result<f64, String> {
    let value = text.parse().map_err(|_| "expected a number such as 0.2".to_owned())?;
    Probability::try_from(value).map(|_| value)
}
