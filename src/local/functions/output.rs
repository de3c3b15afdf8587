//! The output of functions: [`Terminal`] shows it to people, [`LastLines`] keeps the last lines for the trace of a message on which the
//! function failed.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TrySendError;

use crate::local::state::Output;
use crate::loopback::Line;

/// The last lines of a process. The task that keeps the process running adds to them; invocations read them.
#[derive(Clone, Debug, Default)]
pub(super) struct LastLines(Arc<Mutex<VecDeque<Line>>>);

/// The number of lines that are kept.
const KEPT: usize = 50;
/// The number of lines in the trace of a message.
const TRACED: usize = 10;
/// The maximum length of a line in the trace, in characters.
const LONGEST: usize = 500;

impl LastLines {
    /// Removes the lines of an earlier process.
    pub(super) fn clear(&self) {
        self.lock().clear();
    }

    pub(super) fn add(&self, line: Line) {
        let mut lines = self.lock();
        lines.push_back(line);
        if lines.len() > KEPT {
            lines.pop_front();
        }
    }

    /// Returns the lines, oldest first.
    pub(super) fn all(&self) -> Vec<Line> {
        self.lock().iter().cloned().collect()
    }

    /// Returns the last lines, for a trace. AWS's runtime for Python separates the lines of an error by carriage returns.
    pub(super) fn output(&self) -> Output {
        let lines = self.lock();
        let lines =
            lines.iter().flat_map(|line| line.text.split('\r')).filter(|line| !line.trim().is_empty());
        let lines: Vec<String> = lines.map(|line| line.chars().take(LONGEST).collect()).collect();
        Output::new(lines[lines.len().saturating_sub(TRACED)..].to_vec())
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Line>> {
        // A std mutex, because it is never held across an await.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Passes lines on to be shown. Lines that a program writes faster than they are shown are dropped and counted.
#[derive(Debug)]
pub(super) struct Terminal {
    lines: mpsc::Sender<String>,
    /// The number of lines that were dropped since one was passed on.
    left_out: AtomicUsize,
}

/// Lines are no longer shown.
pub(super) struct OutputClosed;

impl Terminal {
    pub(super) fn new(lines: mpsc::Sender<String>) -> Self {
        Self { lines, left_out: AtomicUsize::default() }
    }

    /// Passes on the lines of `text`.
    pub(super) fn print(&self, text: &str) -> Result<(), OutputClosed> {
        text.lines().try_for_each(|line| self.pass_on(line.to_owned()))
    }

    fn pass_on(&self, line: String) -> Result<(), OutputClosed> {
        let mut left_out = self.left_out.swap(0, Ordering::Relaxed);
        let passed = if left_out > 0 {
            self.lines.try_send(format!("({left_out} lines were left out)")).inspect(|()| left_out = 0)
        } else {
            Ok(())
        };
        match passed.and_then(|()| self.lines.try_send(line)) {
            Ok(()) => Ok(()),
            Err(TrySendError::Closed(_)) => Err(OutputClosed),
            Err(TrySendError::Full(_)) => {
                self.left_out.fetch_add(left_out + 1, Ordering::Relaxed);
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trace_gets_the_last_lines_and_no_more() {
        let lines = LastLines::default();
        let add = |text: String| lines.add(Line { is_error: false, text });
        let traced = || serde_json::to_value(lines.output()).unwrap();
        assert_eq!(traced(), serde_json::json!([]));
        (0..2 * KEPT).for_each(|number| add(number.to_string()));
        assert_eq!(lines.all().len(), KEPT);
        assert_eq!(
            traced().as_array().map(|lines| (lines.len(), lines[TRACED - 1].clone())),
            Some((TRACED, "99".into()))
        );
        add(format!("[ERROR] a\r  \rTraceback\r{}", "ä".repeat(2 * LONGEST)));
        let last = traced().as_array().unwrap()[TRACED - 3..].to_vec();
        assert_eq!(last, ["[ERROR] a".to_owned(), "Traceback".to_owned(), "ä".repeat(LONGEST)]);
        // It may contain text of messages.
        assert_eq!(format!("{:?}", lines.output()), "Output(10 lines)");
        lines.clear();
        assert_eq!(traced(), serde_json::json!([]));
    }
}
