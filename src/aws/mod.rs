//! The Lambda function: the only part that talks to AWS, reads the environment and writes a log.
//!
//! ```text
//! init:    Settings ──> rules, loaded and warmed ┐
//!                  └──> Messaging, connected     ┴──> Handler ──> Lambda's Runtime API
//! invoke:  event ──> Handler ──> ChannelFlowCallback, one line in the log
//! ```

mod clock;
mod function;
mod log;
mod messaging;
mod panics;
mod returned;
mod settings;
mod warm;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

pub use self::clock::SystemClock;
use self::function::Function;
use self::log::Log;
pub use self::messaging::Messaging;
pub use self::returned::Returned;
use self::settings::{Rules, Settings};
use crate::detect::Detectors;
use crate::handler::{Handler, NoFacts, fenced};
use crate::pipeline::Pipeline;
use crate::rules::{self, Source};

/// Runs the function until its environment ends it. Rules may use `detectors`.
///
/// To run detectors of your own, make a binary with a `main` that calls this with `Detectors::builtin().with::<Mine>()`.
#[must_use]
pub fn run(detectors: Detectors) -> ExitCode {
    let log = Log::from_env();
    panics::report_to(log.clone());
    // One thread: a function has about one core, and a message takes a fraction of a millisecond of it.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let ended = match runtime {
        Ok(runtime) => runtime.block_on(serve(detectors, log.clone())),
        Err(error) => Err(StartError::Runtime(error)),
    };
    let Err(error) = ended else { return ExitCode::SUCCESS };
    log.cannot_start(error.name(), &error.to_string());
    ExitCode::FAILURE
}

async fn serve(detectors: Detectors, log: Log) -> Result<(), StartError> {
    let settings = Settings::from_env()?;
    let Settings { rules, own_bot } = settings;
    let callback = Messaging::new().await;
    // Loading rules is work and connecting is mostly waiting, so the connection is under way meanwhile. Both are on the main thread:
    // long word lists are many small allocations, and glibc's arenas for other threads grow by a system call every few pages.
    let loading = async {
        tokio::task::yield_now().await;
        let pipeline = load(&rules, &detectors)?;
        warm::rules(&pipeline);
        Ok::<_, StartError>(pipeline)
    };
    let (pipeline, ()) = tokio::join!(fenced(loading), callback.connect());
    let pipeline = pipeline.ok_or(StartError::Panicked)??;
    let handler =
        Handler { pipeline: Arc::new(pipeline), callback, facts: NoFacts, clock: SystemClock, own_bot };
    Function::new(handler, log).serve().await.map_err(StartError::Lambda)
}

/// Loads the rules from where the settings say they are.
fn load(from: &Rules, detectors: &Detectors) -> Result<Pipeline, StartError> {
    let Rules::File(path) = from else {
        // Its checks were run when it was built, as every file in `rules/` is held to them by a test.
        return Ok(rules::parse(&Source::alone("embedded", rules::DEFAULT), detectors)?.pipeline);
    };
    let name = path.display().to_string();
    let text =
        std::fs::read_to_string(path).map_err(|error| StartError::RulesFile { path: name.clone(), error })?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let read_file =
        |name: &str| std::fs::read_to_string(folder.join(name)).map_err(|error| error.to_string());
    Ok(rules::load(&Source { name: &name, text: &text, read_file: &read_file }, detectors)?)
}

/// Why the function cannot start.
#[derive(Debug, thiserror::Error)]
enum StartError {
    #[error(transparent)]
    Settings(#[from] settings::Problem),
    #[error("cannot read the rules file {path}: {error}")]
    RulesFile { path: String, error: std::io::Error },
    #[error("the rules do not load\n{0}")]
    Rules(#[from] rules::Report),
    #[error("the rules cannot be loaded: a detector broke down")]
    Panicked,
    #[error("cannot set up the asynchronous runtime: {0}")]
    Runtime(std::io::Error),
    #[error("lost the Lambda Runtime API: {0}")]
    Lambda(lambda_runtime::Error),
}

impl StartError {
    fn name(&self) -> &'static str {
        match self {
            Self::Settings(_) => "InvalidSettings",
            Self::RulesFile { .. } => "UnreadableRules",
            Self::Rules(_) => "InvalidRules",
            Self::Panicked => "Panicked",
            Self::Runtime(_) => "NoRuntime",
            Self::Lambda(_) => "LostRuntimeApi",
        }
    }
}
