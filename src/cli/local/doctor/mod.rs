//! `chimeflow local doctor`: checks for common problems in order, and says how to solve them.
//!
//! ```text
//!  service ── does one run, is it Chimeflow's ──> trust ── can clients verify its certificate
//!                                           └──> probe ── does a message pass a flow, through the function
//!  environment, clients ── do AWS clients go there      files ── are the rules valid, can the data folder be used
//! ```
//!
//! Every result is a [`Check`]. A check that depends on a failed one is skipped, and says so.

mod clients;
mod environment;
mod files;
mod probe;
mod service;
mod trust;

use std::path::PathBuf;

use anstyle::{AnsiColor, Style};
use serde_json::json;

use super::client::{Address, runtime};
use crate::cli::output::outln;
use crate::cli::{Exit, style};
use crate::detect::Detectors;

/// Look for common problems between AWS clients, the local service and the function, and say how to fix them
///
/// Creates an app instance with a flow, sends a message through it, and deletes the app instance again.
#[derive(clap::Args)]
#[command(after_help = "Exit codes: 0 all is well, 1 something is wrong, 2 usage.")]
pub(super) struct DoctorArgs {
    #[command(flatten)]
    at: Address,
    /// A rules file to check
    #[arg(long, value_name = "FILE")]
    rules: Option<PathBuf>,
    /// A data folder to check
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// The result of a check.
struct Check {
    /// What was checked.
    about: &'static str,
    status: Status,
    message: String,
    /// How to solve the problem.
    advice: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Status {
    Fine,
    /// Unusual, but not necessarily a problem.
    Odd,
    Wrong,
    /// Not checked, because another problem has to be solved first.
    Skipped,
}

pub(super) fn run(args: &DoctorArgs, detectors: &Detectors) -> anyhow::Result<Exit> {
    let mut checks = runtime()?.block_on(of_service(args));
    #[expect(clippy::disallowed_methods, reason = "the environment is what this command examines")]
    let env = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    checks.extend(environment::checks(&args.at.at, env));
    checks.push(runtime()?.block_on(clients::check(env("PATH").as_deref())));
    checks.extend(args.rules.as_deref().map(|path| files::rules(path, detectors)));
    checks.extend(args.data.as_deref().map(files::data));
    let wrong = checks.iter().any(|check| check.status == Status::Wrong);
    if args.json {
        outln!(
            "{:#}",
            json!({ "fine": !wrong, "checks": checks.iter().map(Check::json).collect::<Vec<_>>() })
        );
    } else {
        show(&checks);
    }
    Ok(Exit::fine_if(!wrong))
}

/// Returns the checks of a running service.
async fn of_service(args: &DoctorArgs) -> Vec<Check> {
    let (health, mut checks) = service::checks(&args.at.at).await;
    let Some(health) = health else {
        checks.push(Check::skipped("certificate"));
        checks.push(Check::skipped("message"));
        return checks;
    };
    checks.push(trust::check(&args.at.at, health["authority"].as_str().unwrap_or_default()).await);
    checks.push(probe::check(&args.at.at, &health).await);
    checks
}

impl Check {
    fn fine(about: &'static str, message: impl Into<String>) -> Self {
        Self { about, status: Status::Fine, message: message.into(), advice: None }
    }

    fn odd(about: &'static str, message: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { about, status: Status::Odd, message: message.into(), advice: Some(advice.into()) }
    }

    fn wrong(about: &'static str, message: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { about, status: Status::Wrong, message: message.into(), advice: Some(advice.into()) }
    }

    fn skipped(about: &'static str) -> Self {
        Self {
            about,
            status: Status::Skipped,
            message: "not looked at without a service".to_owned(),
            advice: None,
        }
    }

    fn json(&self) -> serde_json::Value {
        let Self { about, status, message, advice } = self;
        json!({ "about": about, "is": status.word(), "says": message, "do": advice })
    }
}

impl Status {
    const fn word(self) -> &'static str {
        match self {
            Self::Fine => "fine",
            Self::Odd => "odd",
            Self::Wrong => "wrong",
            Self::Skipped => "skipped",
        }
    }

    const fn style(self) -> Style {
        match self {
            Self::Fine => style::GOOD,
            Self::Odd => AnsiColor::Yellow.on_default(),
            Self::Wrong => style::ERROR,
            Self::Skipped => style::QUIET,
        }
    }
}

fn show(checks: &[Check]) {
    for Check { about, status, message, advice } in checks {
        let style = status.style();
        outln!("{style}{:<7}{style:#}  {about:<12}  {message}", status.word());
        if let Some(advice) = advice {
            outln!("{:23}-> {advice}", "");
        }
    }
}
