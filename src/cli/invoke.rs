//! `chimeflow invoke`: delivers events to the real function, and shows how it replies.

mod delivery;
mod report;
mod session;
mod text;

use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, bail};

use self::delivery::Delivery;
use self::session::{Host, Totals};
use crate::cli::{Exit, output};
use crate::loopback::Launch;

/// Deliver events to the real function, and show its callbacks
///
/// Starts the function in a process of its own, as Lambda would, passes each event to it over the Lambda Runtime API, and receives the
/// callbacks that it sends with the AWS SDK over TLS. Everything stays on this machine; no AWS account is needed.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Files with one event each; `-` reads one from standard input
    #[arg(required = true, value_name = "EVENT.json")]
    events: Vec<PathBuf>,
    /// Rules to run, instead of those built into the function
    #[arg(long, value_name = "FILE")]
    rules: Option<PathBuf>,
    /// Another function: a `bootstrap` that uses the Lambda Runtime API
    #[arg(long, value_name = "PATH")]
    processor: Option<PathBuf>,
    /// An environment variable for the function; may be given more than once
    #[arg(long, value_name = "NAME=VALUE", value_parser = variable)]
    env: Vec<(String, String)>,
    /// How many seconds the function has for an event
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=900))]
    timeout: u64,
    /// Print JSON Lines: one object for each event, then a summary
    #[arg(long)]
    json: bool,
    /// Print on standard error everything that the function writes
    #[arg(long)]
    log: bool,
}

const EXAMPLES: &str = "\
Examples:
  chimeflow invoke events/*.json                         every sample, with the built-in rules
  chimeflow invoke --rules my.toml events/profane.json   your rules
  chimeflow invoke --processor ./bootstrap event.json    a function built by `cargo lambda build`
  chimeflow invoke --json event.json | jq .delivered     for programs

Exit codes: 0 every event was answered, 1 at least one was not, 2 usage or unreadable input.";

pub(crate) fn run(args: &Args) -> anyhow::Result<Exit> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        tokio::select! {
            finding = invoke(args) => finding,
            // Returning, instead of being killed, also ends the function and removes temporary files.
            interrupted = tokio::signal::ctrl_c() => interrupted.map(|()| Exit::NotFine).map_err(Into::into),
        }
    })
}

async fn invoke(args: &Args) -> anyhow::Result<Exit> {
    let events = args.events.iter().map(|path| Ok((name_of(path), read(path)?)));
    let events: Vec<_> = events.collect::<anyhow::Result<_>>()?;
    let timeout = Duration::from_secs(args.timeout);
    let mut host = Host::new(launch(args)?, timeout, args.log).await?;
    let mut all_answered = true;
    let mut totals = Totals::default();
    for (at, (name, event)) in events.iter().enumerate() {
        let delivery: Delivery = match host.deliver(event).await {
            Ok(delivery) => delivery,
            Err(no_start) => {
                output::error(format_args!("{no_start:#}"));
                return Ok(Exit::NotFine);
            }
        };
        all_answered &= delivery.result.is_answered();
        totals.count(&delivery);
        if args.json {
            output::json(&report::json(name, &delivery));
        } else {
            if at > 0 {
                output::outln!("");
            }
            report::event(name, &delivery);
        }
    }
    totals.usage = host.usage();
    if args.json {
        output::json(&report::json_summary(&totals));
    } else {
        let ours_unoptimised = args.processor.is_none() && cfg!(debug_assertions);
        report::summary(&totals, ours_unoptimised);
    }
    host.stop().await;
    Ok(Exit::fine_if(all_answered))
}

fn launch(args: &Args) -> anyhow::Result<Launch> {
    let mut env = args.env.clone();
    if let Some(rules) = &args.rules {
        let rules = rules.canonicalize().with_context(|| format!("cannot read {}", rules.display()))?;
        env.push(("CHIMEFLOW_RULES".into(), format!("file:{}", rules.display())));
    }
    Ok(match &args.processor {
        Some(program) => {
            let program =
                program.canonicalize().with_context(|| format!("cannot run {}", program.display()))?;
            Launch { program, args: Vec::new(), env }
        }
        // `cargo run` builds only one binary, so this program itself acts as the function.
        None => Launch { program: std::env::current_exe()?, args: vec!["function".into()], env },
    })
}

fn name_of(path: &Path) -> String {
    path.display().to_string()
}

fn read(path: &Path) -> anyhow::Result<String> {
    let mut text = String::new();
    if path == Path::new("-") {
        std::io::stdin().read_to_string(&mut text).context("cannot read standard input")?;
    } else {
        text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    }
    // Lambda delivers only JSON, so anything else in the file is a mistake.
    if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(&text) {
        bail!("{} is not JSON: {error}", path.display());
    }
    Ok(text)
}

fn variable(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("expected NAME=VALUE".to_owned()),
    }
}
