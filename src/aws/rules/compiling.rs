//! [`CompileTask`]: rules that are being compiled and checked in the background.
//!
//! A separate thread is used because a long word list takes seconds with the small share of a processor that a small function has, and
//! cannot be interrupted: an invocation must not time out because of it. Lambda freezes the thread with the function, and it continues
//! during the next message. The thread also isolates messages from panics and deep stacks.

use std::panic::catch_unwind;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot;

use super::extension::Document;
use super::load::Loader;
use crate::aws::SystemClock;
use crate::handler::Clock;
use crate::pipeline::Pipeline;
use crate::rules::Report;

/// Rules that are being compiled and checked.
#[derive(Debug)]
pub(super) struct CompileTask {
    /// The name of the configuration version.
    pub version: String,
    compiled: oneshot::Receiver<CompileResult>,
}

/// The result of compiling.
#[derive(Debug)]
pub(super) struct CompileResult {
    pub result: Result<Pipeline, Refusal>,
    pub took: Duration,
}

/// Why rules are not used.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refusal {
    /// Contains only positions and no text, because rules may quote messages and this is logged.
    #[error("{}; run `chimeflow rules status` with the file for details", .0.summary())]
    Report(Box<Report>),
    #[error("a detector panicked while they were checked")]
    Panicked,
    #[error("no thread could be started to compile them: {0}")]
    NoThread(std::io::Error),
}

/// The stack size in bytes, the same as that of the main thread.
const STACK: usize = 8 * 1024 * 1024;

impl CompileTask {
    pub(super) fn start(document: Document, loader: Arc<Loader>) -> Result<Self, Refusal> {
        let (sender, compiled) = oneshot::channel();
        let version = document.name();
        let work = move || {
            let began = SystemClock.now();
            let result = compile(&document, &loader);
            // The receiver is dropped when the function ends.
            let _ = sender.send(CompileResult { result, took: SystemClock.now() - began });
        };
        let thread = std::thread::Builder::new().name("rules".to_owned()).stack_size(STACK).spawn(work);
        thread.map_err(Refusal::NoThread)?;
        Ok(Self { version, compiled })
    }

    /// Waits for the result. May be cancelled and called again.
    pub(super) async fn done(&mut self) -> CompileResult {
        let lost = CompileResult { result: Err(Refusal::Panicked), took: Duration::ZERO };
        (&mut self.compiled).await.unwrap_or(lost)
    }
}

/// Loads and checks the rules in `document`, and catches panics.
pub(super) fn compile(document: &Document, loader: &Loader) -> Result<Pipeline, Refusal> {
    let load = std::panic::AssertUnwindSafe(|| loader.document(document));
    match catch_unwind(load) {
        Ok(Ok(pipeline)) => Ok(pipeline),
        Ok(Err(report)) => Err(Refusal::Report(Box::new(report))),
        Err(_) => Err(Refusal::Panicked),
    }
}
