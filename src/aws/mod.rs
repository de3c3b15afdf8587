//! The Lambda function: the only part that calls AWS, reads the environment and writes a log.
//!
//! ```text
//! init:    Settings ──> rules, loaded and warmed ┐
//!                  ├──> Messaging, connected     ┼──> Handler ──> Lambda's Runtime API
//!                  └──> StateStore, connected    ┘
//! invoke:  event ──> Handler ──> ChannelFlowCallback, one line in the log ──> are there other rules?
//! ```
//!
//! With `CHIMEFLOW_ROLE=validator`, the same binary is a different function: the validator that AppConfig invokes before it deploys rules.

mod clock;
pub(crate) mod connections;
mod credentials;
mod function;
mod log;
mod messaging;
mod metrics;
mod panics;
pub(crate) mod returned;
mod rules;
mod sdk;
mod settings;
mod signer;
mod start;
#[doc(hidden)]
pub mod state;
mod validator;
mod warm;

use std::process::ExitCode;
use std::sync::Arc;

pub(crate) use self::clock::SystemClock;
use self::function::Function;
use self::log::Log;
pub(crate) use self::messaging::Messaging;
use self::rules::{LiveRules, Loader};
use self::sdk::Sdk;
use self::settings::{Role, Settings};
use self::start::StartError;
use self::state::StateStore;
use crate::detect::Detectors;
use crate::handler::fenced;

/// Runs the function until its execution environment ends. Rules may use `detectors`.
///
/// To use your own detectors, write a binary whose `main` calls this with `Detectors::builtin().with::<Mine>()`.
#[must_use]
pub fn run(detectors: Detectors) -> ExitCode {
    let log = Log::from_env();
    panics::report_to(log.clone());
    // One thread, because a function has about one core and a message takes a fraction of a millisecond.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let ended = match &runtime {
        Ok(runtime) => runtime.block_on(serve(detectors, log.clone())),
        Err(error) => Err(StartError::Runtime(std::io::Error::new(error.kind(), error.to_string()))),
    };
    let Err(error) = ended else { return ExitCode::SUCCESS };
    log.cannot_start(error.name(), &error.to_string());
    if let Ok(runtime) = &runtime {
        runtime.block_on(error.report());
    }
    ExitCode::FAILURE
}

async fn serve(detectors: Detectors, log: Log) -> Result<(), StartError> {
    let Settings { role, rules, on_error, own_bot, state } = Settings::from_env()?;
    if role == Role::Validator {
        return validator::serve(detectors, state.is_some(), log).await.map_err(StartError::Lambda);
    }
    let sdk = Sdk::from_env().await;
    let callback = Messaging::with(&sdk.config, sdk.http.clone()).await;
    let store = state.map(|setting| Arc::new(StateStore::new(setting, &sdk, Some(log.clone()))));
    let connecting = async {
        if let Some(store) = &store {
            store.connect().await;
        }
    };
    // Loading rules is computation and connecting is mostly waiting, so they run concurrently. Both run on the main thread: long word lists
    // consist of many small allocations, and glibc's arenas for other threads grow by a system call every few pages.
    let loading = async {
        tokio::task::yield_now().await;
        let key = store.as_ref().map(|store| store.key()).unwrap_or_default();
        let loader = Loader { detectors, has_store: store.is_some() };
        LiveRules::load(rules, on_error, key, loader, &log).await
    };
    let (rules, (), ()) = tokio::join!(fenced(loading), callback.connect(), connecting);
    let rules = rules.ok_or(StartError::Panicked)??;
    Box::pin(Function::new(callback, store.clone(), rules, own_bot, log).serve())
        .await
        .map_err(StartError::Lambda)
}
