//! Standard output and standard error, which may be closed or full: the one way in which commands print.
//!
//! [`outln!`] and [`errln!`] print a line and never panic. A command is not interrupted when its output cannot be written: a deployment
//! that is under way is followed to its end, a queue worked off. The first failure is kept, and [`finish`] returns it at the end. A
//! command that does nothing but print, over a corpus of any size, ends early once [`has_failed`].
//!
//! * The reader has gone away (`chimeflow replay … | head`): quiet, and the exit code is that of what was done until then, so that
//!   `chimeflow check … | head` says of a file that is not fit what it says without `head`.
//! * The disk is full, or anything else: an error on standard error, exit code 2.
//! * Standard error cannot be written: there is nobody left to tell.
//! * A stream that was closed from the start (`>&-`): Rust opens `/dev/null` in its place before `main`.

use std::fmt;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::sync::Mutex;

use super::style::ERROR;

/// What kept standard output from being written first.
static FAILED: Mutex<Option<io::Error>> = Mutex::new(None);

/// Prints a line on standard output, with colours where there is a terminal.
macro_rules! outln {
    ($($text:tt)*) => { $crate::cli::output::line(format_args!($($text)*)) };
}
/// Prints a line on standard error, with colours where there is a terminal.
macro_rules! errln {
    ($($text:tt)*) => { $crate::cli::output::error_line(format_args!($($text)*)) };
}
pub(crate) use {errln, outln};

/// Prints `text` and a line end on standard output.
#[expect(clippy::disallowed_methods, reason = "this is the place")]
pub(crate) fn line(text: fmt::Arguments<'_>) {
    keep(|| writeln!(anstream::stdout(), "{text}"));
}

/// Prints `text` and a line end on standard error.
#[expect(clippy::disallowed_methods, reason = "this is the place")]
pub(crate) fn error_line(text: fmt::Arguments<'_>) {
    // Nobody is left to tell.
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// Prints `why` on standard error, as what keeps the command from what it is for.
pub(crate) fn error(why: impl fmt::Display) {
    errln!("{ERROR}error:{ERROR:#} {why}");
}

/// Prints `text` as it is, at once.
pub(crate) fn raw(text: &str) {
    keep(|| io::stdout().write_all(text.as_bytes()));
}

/// Prints the object on a line.
pub(crate) fn json(object: &serde_json::Value) {
    raw(&format!("{object}\n"));
}

/// Whether standard output is a terminal.
pub(crate) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Whether standard error is a terminal.
pub(crate) fn is_error_terminal() -> bool {
    io::stderr().is_terminal()
}

/// Whether something could not be written, so that nobody would have what comes next.
pub(crate) fn has_failed() -> bool {
    failed().is_some()
}

/// Writes what is still buffered.
///
/// # Errors
/// When something could not be written although somebody was there to read it.
pub(crate) fn finish() -> anyhow::Result<()> {
    keep(|| io::stdout().flush());
    match failed().take() {
        None => Ok(()),
        Some(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        Some(error) if error.kind() == ErrorKind::StorageFull => {
            anyhow::bail!("could not write the output: no space left on device")
        }
        Some(error) => anyhow::bail!("could not write the output: {error}"),
    }
}

/// Writes, unless that failed before, and keeps the failure.
fn keep(write: impl FnOnce() -> io::Result<()>) {
    let mut failed = failed();
    if failed.is_none() {
        *failed = write().err();
    }
}

fn failed() -> std::sync::MutexGuard<'static, Option<io::Error>> {
    FAILED.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
