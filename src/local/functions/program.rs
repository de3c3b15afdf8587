//! A program that speaks Lambda's Runtime API as the function: what `cargo build` made, or any runtime's bootstrap.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::sync::{Notify, mpsc};

use super::Returned;
use crate::local::state::End;
use crate::loopback::{Function, Launch, RuntimeApi, deadline_in};

/// A program, and Lambda's side of it.
#[derive(Debug)]
pub(in super::super) struct Program {
    runtime: Arc<RuntimeApi>,
    /// Says that the process has to be replaced by a new one.
    stuck: Arc<Notify>,
}

/// What a function may take, as the template deploys it.
const TIMEOUT: Duration = Duration::from_secs(30);
/// How soon a process that ended is replaced.
const PAUSE: Duration = Duration::from_millis(500);

impl Program {
    /// Starts `launch`, and keeps it running: another process follows one that ends, and one whose program was built anew.
    /// Lines that it writes go to `lines`.
    ///
    /// # Errors
    /// When it cannot be started.
    pub(in super::super) async fn start(
        launch: Launch,
        lines: mpsc::UnboundedSender<String>,
    ) -> io::Result<Self> {
        let runtime = Arc::new(RuntimeApi::start().await?);
        let stuck = Arc::new(Notify::new());
        let api = ("AWS_LAMBDA_RUNTIME_API", runtime.address().to_string());
        let function = Function::start(&launch, [api.clone()])?;
        tokio::spawn(keep_running(function, launch, api, stuck.clone(), lines));
        Ok(Self { runtime, stuck })
    }

    pub(super) async fn invoke(&self, event: &str) -> Returned {
        let invocation = self.runtime.invoke(event, deadline_in(TIMEOUT));
        let Ok(ended) = tokio::time::timeout(TIMEOUT, invocation).await else {
            self.stuck.notify_one();
            let seconds = TIMEOUT.as_secs();
            return Returned::failed(
                "Sandbox.Timedout",
                format!("Task timed out after {seconds}.00 seconds"),
            );
        };
        match ended.result {
            Ok(payload) => Returned { end: End::Returned, payload },
            Err(failed) => Returned::failed(failed.error_type, failed.message),
        }
    }
}

/// Keeps a process running until nobody reads its lines any more.
async fn keep_running(
    mut function: Function,
    launch: Launch,
    api: (&'static str, String),
    stuck: Arc<Notify>,
    lines: mpsc::UnboundedSender<String>,
) {
    let mut built = modified(&launch.program);
    let mut look = tokio::time::interval(PAUSE);
    loop {
        let replace = tokio::select! {
            line = function.line() => match line {
                Some(line) => {
                    if lines.send(line.text).is_err() {
                        return;
                    }
                    false
                }
                None => true,
            },
            () = stuck.notified() => true,
            _ = look.tick() => modified(&launch.program) != built && modified(&launch.program).is_some(),
        };
        if !replace {
            continue;
        }
        function.stop().await;
        function = loop {
            tokio::time::sleep(PAUSE).await;
            built = modified(&launch.program);
            match Function::start(&launch, [api.clone()]) {
                Ok(function) => break function,
                // It is being built, most likely.
                Err(error) => {
                    let line = format!("cannot start {}: {error}", launch.program.display());
                    if lines.send(line).is_err() {
                        return;
                    }
                }
            }
        };
    }
}

fn modified(program: &PathBuf) -> Option<SystemTime> {
    std::fs::metadata(program).and_then(|metadata| metadata.modified()).ok()
}
