//! [`Stop`]: whether to stop before everything is done, and why.

use std::sync::{Arc, Mutex, PoisonError};

use crate::signals;

/// Whether to stop before everything is done, and why.
#[derive(Clone, Default)]
pub(super) struct Stop(Arc<Mutex<Option<String>>>);

impl Stop {
    /// Requests a stop on Ctrl-C and SIGTERM: messages in progress are finished first. A second signal ends the process at once.
    pub(super) fn on_signals() -> Self {
        let stop = Self::default();
        let asked = stop.clone();
        tokio::spawn(async move {
            for last in [false, true] {
                if signals::interrupted().await.is_err() {
                    return;
                }
                if last {
                    std::process::exit(130);
                }
                asked.ask("interrupted: what is being answered is finished, the rest is back in the queue");
            }
        });
        stop
    }

    /// Requests a stop. Only the first reason is kept.
    pub(super) fn ask(&self, why: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_with(|| why.to_owned());
    }

    pub(super) fn is_asked(&self) -> bool {
        self.reason().is_some()
    }

    pub(super) fn reason(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
