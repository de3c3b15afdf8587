//! [`Limits`], and what people read about a function that exceeds them or restarts itself.

use std::path::Path;
use std::time::Duration;

use super::failures::CIRCLES;

/// How long a function may take.
#[derive(Clone, Copy, Debug)]
pub(in super::super::super) struct Limits {
    /// Its timeout.
    pub timeout: Duration,
    /// How long a process may take to request its first event before a notice is written.
    pub silence: Duration,
}

impl Default for Limits {
    /// Returns the timeout that the template deploys.
    fn default() -> Self {
        Self { timeout: Duration::from_secs(30), silence: Duration::from_secs(5) }
    }
}

impl Limits {
    /// Returns the notice about a process that has not requested an event.
    pub(super) fn silent(self) -> String {
        let Self { silence, timeout } = self;
        format!(
            "has not asked for an event in {} s, so messages wait, and fail after {} s; a function asks for them at \
             http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation/next, as Lambda's runtimes do",
            silence.as_secs(),
            timeout.as_secs()
        )
    }

    /// Returns the notice about a process that received an event and did not respond.
    pub(super) fn hung(self) -> String {
        let timeout = self.timeout.as_secs();
        format!("did not answer an event within {timeout} s, so it was stopped, and is started again")
    }
}

/// Returns the notice about a file that is edited after every start.
pub(super) fn restart_loop(file: &Path) -> String {
    format!(
        "{} was saved soon after each of the last {CIRCLES} starts: if the function itself writes it, let it write to another folder, \
         or name with --watch what only you edit",
        file.display()
    )
}
