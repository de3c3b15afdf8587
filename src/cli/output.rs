//! Standard output and standard error, which may be closed or full. All commands print through this module.
//!
//! [`outln!`] and [`errln!`] print a line and never panic. A command is not interrupted when its output cannot be written: it still follows
//! a deployment to its end, and processes a queue completely. The first error is stored, and [`finish`] returns it at the end. A command
//! that only prints, over a corpus of any size, ends early once [`has_failed`] returns true.
//!
//! * If the reader has exited (`chimeflow replay … | head`), nothing is reported, and the exit code is that of the work done so far. Thus
//!   `chimeflow check … | head` has the same exit code for an invalid file as without `head`.
//! * If the disk is full, or for any other error: an error on standard error, exit code 2.
//! * If standard error cannot be written, errors are not reported.
//! * If a stream was closed from the start (`>&-`): Rust opens `/dev/null` in its place before `main`.

use std::fmt;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::sync::Mutex;

use super::printable::{escaped, plain_lines};
use super::style::ERROR;
use super::width::{WidthArg, broken};

/// The first error in writing standard output.
static FAILED: Mutex<Option<io::Error>> = Mutex::new(None);

/// Prints a line on standard output, with colours if it is a terminal.
macro_rules! outln {
    ($($text:tt)*) => { $crate::cli::output::line(format_args!($($text)*)) };
}
/// Prints a line on standard error, with colours if it is a terminal.
macro_rules! errln {
    ($($text:tt)*) => { $crate::cli::output::error_line(format_args!($($text)*)) };
}
pub(crate) use {errln, outln};

/// Prints `text` and a line end on standard output.
#[expect(clippy::disallowed_methods, reason = "all commands write their output here")]
pub(crate) fn line(text: fmt::Arguments<'_>) {
    keep(|| writeln!(anstream::stdout(), "{text}"));
}

/// Prints `text` and a line end on standard error.
#[expect(clippy::disallowed_methods, reason = "all commands write their output here")]
pub(crate) fn error_line(text: fmt::Arguments<'_>) {
    // An error cannot be reported anywhere else.
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// Prints `why` on standard error, as the error that makes the command fail. It may quote others, such as a service.
pub(crate) fn error(why: impl fmt::Display) {
    let (why, mut fitted) = (plain_lines(&why.to_string()), String::new());
    let width = if is_error_terminal() { WidthArg::of_errors() } else { usize::MAX };
    for (at, line) in why.split('\n').enumerate() {
        // The first line follows the word, and the others keep their indentation.
        let text = line.trim_start();
        let (break_before, lead) =
            if at == 0 { ("", "error: ".len()) } else { ("\n", line.len() - text.len()) };
        let margin = if at == 0 { "" } else { &line[..lead] };
        fitted.extend([break_before, margin, &broken(text, width, lead)]);
    }
    errln!("{ERROR}error:{ERROR:#} {fitted}");
}

/// Prints `text`, which ends with a line end, with colours if standard output is a terminal.
#[expect(clippy::disallowed_methods, reason = "all commands write their output here")]
pub(crate) fn raw_styled(text: &str) {
    keep(|| anstream::stdout().write_all(text.as_bytes()));
}

/// Prints `text` unchanged and immediately.
pub(crate) fn raw(text: &str) {
    keep(|| io::stdout().write_all(text.as_bytes()));
}

/// Prints the object on a line. Characters that control a terminal can only be in its strings; they are escaped.
pub(crate) fn json(object: &serde_json::Value) {
    raw(&format!("{}\n", escaped(&object.to_string())));
}

/// Prints the object over several lines, for people, as [`json`] does. It is written in one piece, because a state consists of millions of
/// values.
pub(crate) fn pretty_json(object: &serde_json::Value) {
    raw(&format!("{}\n", escaped(&format!("{object:#}"))));
}

/// Returns whether standard output is a terminal.
pub(crate) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Returns whether standard error is a terminal.
pub(crate) fn is_error_terminal() -> bool {
    io::stderr().is_terminal()
}

/// Returns whether writing has failed, so that further output would be lost.
pub(crate) fn has_failed() -> bool {
    failed().is_some()
}

/// Flushes the output.
///
/// # Errors
/// If something could not be written, unless the reader has exited.
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

/// Calls `write`, unless writing failed before, and stores its error.
fn keep(write: impl FnOnce() -> io::Result<()>) {
    let mut failed = failed();
    if failed.is_none() {
        *failed = write().err();
    }
}

fn failed() -> std::sync::MutexGuard<'static, Option<io::Error>> {
    FAILED.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
