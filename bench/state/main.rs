//! Counts messages in many environments at the same time, and compares each decision with the correct one.
//!
//! ```text
//!  deliveries, in order ──> 16 processes with a store each ──UpdateItem──> DynamoDB
//!       └── truth, from the core alone ──compared── answers, with the times of their requests
//! ```
//!
//! Every event is delivered once to three times, and deliveries overtake each other. To run it against an emulator, or against DynamoDB
//! itself with a table that may be filled:
//!
//! ```text
//! npm install --prefix target/clients-dynamodb @dynoxide/linux-x64@1.2.1
//! cargo bench --bench state -- target/clients-dynamodb/node_modules/@dynoxide/linux-x64/dynoxide [EVENTS [PROCESSES]]
//! cargo bench --bench state -- https://dynamodb.eu-central-1.amazonaws.com [EVENTS [PROCESSES]]
//! ```
//!
//! Two things must not happen, and the program fails if they do: a message counts twice, or a decision differs from the truth although
//! everything that it depends on was recorded before it was asked for.
#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "this is a program that measures")]

mod environment;
mod events;
mod same;
mod table;
mod truth;

use std::process::ExitCode;

use self::environment::Answer;
use self::events::Event;

type Failure = Box<dyn std::error::Error + Send + Sync>;

const USAGE: &str = "expected the program dynoxide or the URL of an endpoint, then [EVENTS [PROCESSES]]";

fn main() -> Result<ExitCode, Failure> {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let number = |at: usize, default: usize| match args.get(at) {
        None => Ok(default),
        Some(text) => text.parse().map_err(|_| format!("no number: `{text}`; {USAGE}")),
    };
    let target = args.first().ok_or(USAGE)?;
    match &**target {
        "environment" => return environment::run().map(|()| ExitCode::SUCCESS),
        "same" => return same::run().map(|()| ExitCode::SUCCESS),
        _ => {}
    }
    let table = table::Table::open(target)?;
    println!("{}", table.own(&["same"])?);

    let events = events::make(number(1, 100_000)?);
    let deliveries = events::deliver(&events);
    let processes = number(2, 16)?;
    let began = std::time::Instant::now();
    let answers = environment::deliver_all(&table, processes, &events, &deliveries)?;
    let took = began.elapsed();
    let comparison = truth::compare(&events, &deliveries, &answers);
    println!("{} events, {} deliveries, {processes} processes", events.len(), deliveries.len());
    println!("{comparison}");
    for (is_slowed, rules) in [(false, "flood"), (true, "flood and slow mode")] {
        let delivered = deliveries.iter().zip(&answers);
        let of: Vec<_> = delivered.filter(|(event, _)| events[**event].is_slowed() == is_slowed).collect();
        let updates = of.iter().map(|(_, answer)| answer.updates).sum();
        println!("requests a delivery, {rules}: {:.3}", per(updates, of.len()));
    }
    println!("deliveries a second: {:.0}", per(deliveries.len(), 1) / took.as_secs_f64());
    Ok(if comparison.is_right() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

#[expect(clippy::cast_precision_loss, reason = "for people")]
fn per(many: usize, each: usize) -> f64 {
    many as f64 / each as f64
}
