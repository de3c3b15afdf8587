//! [`Stop`]: whether to stop before everything is done, and why.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::signals;

/// Whether to stop before everything is done, and why.
#[derive(Clone, Default)]
pub(super) struct Stop(Arc<Mutex<Reasons>>);

/// The reasons to stop.
#[derive(Clone, Debug, Default)]
pub(super) struct Reasons {
    /// Why the run stops.
    pub run: Option<String>,
    /// Why the records of a function are skipped, by the function's name.
    pub functions: BTreeMap<String, String>,
}

impl Stop {
    /// Requests a stop on Ctrl-C and SIGTERM: messages in progress are finished first. A second signal ends the process at once.
    pub(super) fn on_signals() -> Self {
        let stop = Self::default();
        let (stopped, Ok(mut interrupts)) = (stop.clone(), signals::Interrupts::listen()) else {
            return stop;
        };
        tokio::spawn(async move {
            for last in [false, true] {
                if interrupts.next().await.is_err() {
                    return;
                }
                if last {
                    std::process::exit(130);
                }
                stopped.ask("interrupted: replies in progress are finished, the rest stays in the queue");
            }
        });
        stop
    }

    /// Requests a stop. Only the first reason is kept.
    pub(super) fn ask(&self, why: &str) {
        self.reasons().run.get_or_insert_with(|| why.to_owned());
    }

    /// Requests that the remaining records of `function` are skipped. Only the first reason is kept.
    pub(super) fn ask_of(&self, function: &str, why: &str) {
        self.reasons().functions.entry(function.to_owned()).or_insert_with(|| why.to_owned());
    }

    pub(super) fn is_asked(&self) -> bool {
        self.reasons().run.is_some()
    }

    /// Returns whether the remaining records of `function` are skipped.
    pub(super) fn is_asked_of(&self, function: &str) -> bool {
        let reasons = self.reasons();
        reasons.run.is_some() || reasons.functions.contains_key(function)
    }

    /// Returns the reasons.
    pub(super) fn reasons(&self) -> MutexGuard<'_, Reasons> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
