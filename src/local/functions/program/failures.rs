//! [`Failures`]: what is known about the processes of a function that failed one after the other.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::PAUSE;

/// Consecutive failed processes.
#[derive(Default)]
pub(super) struct Failures {
    /// The number of processes that did not start.
    pub count: u32,
    /// The number of processes that started, and ended before they had handled an event.
    pub crashes: u32,
    /// The reason that was written for the last one.
    pub printed: Option<String>,
    /// Whether a notice has said that no process requested an event.
    pub is_silence_said: bool,
    /// The file that was edited soon after each of the last starts, and the number of those starts.
    pub edits: Option<(PathBuf, u32)>,
}

impl Failures {
    /// Returns how long to wait before the next process is started.
    pub(super) fn wait(&self) -> Duration {
        let failures = self.count.max(self.crashes).saturating_sub(1);
        PAUSE * 2_u32.saturating_pow(failures).min(PAUSES)
    }

    /// Returns the failures after a process that was stopped because `file` was edited, `after` this time since its start.
    pub(super) fn edited(self, file: &Path, after: Duration) -> Self {
        let before = self.edits.filter(|(last, _)| last == file).map_or(0, |(_, count)| count);
        let edits = (after < SOON).then(|| (file.to_owned(), before + 1));
        Self { edits, ..Self::default() }
    }

    /// Returns whether the function itself probably writes the file that restarts it.
    pub(super) fn is_in_restart_loop(&self) -> bool {
        self.edits.as_ref().is_some_and(|(_, count)| *count == CIRCLES)
    }
}

/// The maximum number of pauses between two processes that do not start, or that end before they handled an event. The number of pauses
/// doubles each time.
const PAUSES: u32 = 16;
/// How soon after a start an edit may be the process's own.
const SOON: Duration = Duration::from_secs(3);
/// The number of such edits of one file after which the function itself probably makes them.
pub(super) const CIRCLES: u32 = 3;
