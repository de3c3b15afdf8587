//! Loads the local service: sends messages through a flow with the embedded processor, and measures when two listeners receive them.
//!
//! ```text
//!  8 senders ──HTTP, kept alive──> the service ──WebSocket──> Ann and Bob, who count
//!  └──────────────── this process ─────────┘ └ a process of its own, over the loopback interface
//! ```
//!
//! Both processes share the machine's cores, as they do on a laptop; their time and memory are measured separately. To
//! run it (`--profile quick` instead of `--release` builds faster and is nearly as fast):
//!
//! ```text
//! cargo bench --bench local-load                      1,000 messages a second for 10 seconds: how late they are
//! cargo bench --bench local-load -- 0 10              as many as possible
//! cargo bench --bench local-load -- 1000 10 10000     the same with 10,000 idle sessions
//! cargo bench --bench local-load -- memory 1000000    this number of messages; the service's memory meanwhile
//! cargo bench --bench local-load -- start target/release/chimeflow
//!                                                               from starting a program to its first responses, and its size
//! ```
//!
//! `CHIMEFLOW_UNDER='valgrind --tool=callgrind'` before any but the last runs the service under another program.
//!
//! Messages are non-persistent and 57 bytes long. On a machine that does other work as well, the rates mean little, but the processor
//! time for a message is still meaningful.
#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "this is a program that measures")]

#[path = "../client.rs"]
mod client;
mod listener;
mod load;
mod memory;
mod service;
mod start;

use std::path::Path;

use crate::load::{Load, Pace};

type Failure = Box<dyn std::error::Error + Send + Sync>;

const USAGE: &str = "expected [RATE [SECONDS [SOCKETS]]], `memory [MESSAGES]` or `start PROGRAM [TIMES]`";

fn main() -> Result<(), Failure> {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let number = |at: usize, default: u64| match args.get(at) {
        None => Ok(default),
        Some(text) => text.parse::<u64>().map_err(|_| format!("not a number: `{text}`; {USAGE}")),
    };
    match args.first().map(String::as_str) {
        Some("serve") => service::serve(),
        Some("memory") => memory::run(number(1, 1_000_000)?),
        Some("start") => start::run(Path::new(args.get(1).ok_or(USAGE)?), number(2, 20)?),
        _ => {
            let load = Load { pace: Pace::of(number(0, 1_000)?), seconds: number(1, 10)? };
            load::run(&load, number(2, 0)?)
        }
    }
}

/// Runs `what`, which loads the service, on one thread, so that it takes little from the service.
fn alone<T>(what: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(what)
}
