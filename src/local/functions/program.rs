//! Runs a program that uses Lambda's Runtime API as the function: one that `cargo build` produced, or the bootstrap of any runtime.
//!
//! ```text
//!  start ──> starting ──requests an event──> ready ──exits, hangs, is edited──> start, after half a second or, if it handled no event, longer each time
//!               │ exits, or reports that it cannot start
//!               └──> down: every invocation fails at once, with its error ──pause, longer each time, or edited──> start
//! ```

mod failures;
mod notices;

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, mpsc, watch};

use self::failures::Failures;
pub(in super::super) use self::notices::Limits;
use self::notices::restart_loop;
use super::InvocationResult;
use super::output::{LastLines, OutputClosed, Terminal};
use super::watched::{Beside, Snapshot, WatchedFiles};
use crate::local::arn::Arn;
use crate::local::state::End;
use crate::loopback::{Failed, Function, Launch, Line, RuntimeApi, Step, deadline_in};

/// A program, and the Runtime API that it uses.
#[derive(Debug)]
pub(in super::super) struct Program {
    runtime: Arc<RuntimeApi>,
    /// Signals that the process hangs and has to be replaced.
    stuck: Arc<Notify>,
    last: LastLines,
    timeout: Duration,
    /// Why the last process did not start; nothing while one starts or runs.
    down: watch::Receiver<Option<Failed>>,
}

/// How to start a program and keep it running.
#[derive(Debug)]
pub(in super::super) struct Start {
    pub launch: Launch,
    /// Environment variables, which those in `launch` override.
    pub env: Vec<(&'static str, String)>,
    /// The additional files that restart the program.
    pub watch: Beside,
    /// The receiver of the lines that the program writes.
    pub lines: mpsc::Sender<String>,
    pub limits: Limits,
}

/// How long to wait before an exited process is restarted, and how often to check whether its files were edited.
const PAUSE: Duration = Duration::from_millis(500);
/// A process that requested an event and has run for this long counts as started, even without having received an event.
const STEADY: Duration = Duration::from_secs(2);
/// How long the lines of a process may take to arrive after it reported an error.
const LINES_TIMEOUT: Duration = Duration::from_millis(50);
/// How long a process may take to exit after it reported that it cannot start.
const EXIT_TIMEOUT: Duration = Duration::from_millis(500);

impl Program {
    /// Starts a program, and restarts it when the process exits or one of its files is edited.
    ///
    /// # Errors
    /// If it cannot be started.
    pub(in super::super) async fn start(start: Start) -> io::Result<Self> {
        let Start { launch, mut env, watch, lines, limits } = start;
        let runtime = Arc::new(RuntimeApi::start().await?);
        let address = runtime.address().to_string();
        // Clients that look for AWS on the internet nevertheless receive a response of the Runtime API, which is not a proxy.
        env.push(("HTTPS_PROXY", format!("http://{address}")));
        env.push(("AWS_LAMBDA_RUNTIME_API", address));
        let stuck = Arc::new(Notify::new());
        let (standing, down) = watch::channel(None);
        let watched = WatchedFiles::new(&launch, watch);
        let (api, hangs) = (runtime.clone(), stuck.clone());
        let last = LastLines::default();
        let written = last.clone();
        let keeper = Supervisor {
            launch,
            env,
            watched,
            runtime: api,
            stuck: hangs,
            standing,
            terminal: Terminal::new(lines),
            last: written,
            limits,
        };
        let seen = keeper.watched.look();
        let function = keeper.launch()?;
        tokio::spawn(keeper.keep_running(function, seen));
        Ok(Self { runtime, stuck, last, timeout: limits.timeout, down })
    }

    pub(super) async fn invoke(&self, function: &Arn, event: &str) -> InvocationResult {
        let mut down = self.down.clone();
        let invocation = self.runtime.invoke_as(function.as_str(), event, deadline_in(self.timeout));
        let result = tokio::select! {
            biased;
            ended = tokio::time::timeout(self.timeout, invocation) => {
                ended.map_or_else(|_| Err(timed_out(self.timeout)), |ended| ended.result)
            }
            // The error of a process that did not start contains its last lines.
            failed = failed_start(&mut down) => return InvocationResult::failed(failed.error_type, failed.message),
        };
        match result {
            Ok(payload) => InvocationResult { end: End::Returned, payload },
            Err(failed) => {
                tokio::time::sleep(LINES_TIMEOUT).await;
                let output = self.last.output();
                if failed.error_type == TIMED_OUT {
                    self.stuck.notify_one();
                }
                InvocationResult::failed_after(failed.error_type, failed.message, output)
            }
        }
    }
}

/// Lambda's error type for a function that took too long.
const TIMED_OUT: &str = "Sandbox.Timedout";

fn timed_out(timeout: Duration) -> Failed {
    let message = format!("Task timed out after {:.2} seconds", timeout.as_secs_f64());
    Failed { error_type: TIMED_OUT.to_owned(), message }
}

/// Waits until a process fails to start, and returns the reason.
async fn failed_start(down: &mut watch::Receiver<Option<Failed>>) -> Failed {
    if let Ok(down) = down.wait_for(Option::is_some).await
        && let Some(failed) = &*down
    {
        return failed.clone();
    }
    // The task that restarts the process has ended, because the service is stopping.
    std::future::pending().await
}

/// Keeps a process running until the receiver of its lines is dropped.
struct Supervisor {
    launch: Launch,
    env: Vec<(&'static str, String)>,
    watched: WatchedFiles,
    runtime: Arc<RuntimeApi>,
    stuck: Arc<Notify>,
    standing: watch::Sender<Option<Failed>>,
    terminal: Terminal,
    last: LastLines,
    limits: Limits,
}

/// How a process ended.
enum Outcome {
    /// It exited by itself after it had started.
    Ended {
        how: String,
        /// Whether it had handled an event.
        was_of_use: bool,
    },
    /// It hangs, and is stopped.
    Stuck {
        /// Whether it had requested an event.
        was_ready: bool,
    },
    /// It is stopped because this file, which belongs to it, was edited.
    Edited(PathBuf),
    NotStarted(Failed),
}

impl Supervisor {
    fn launch(&self) -> io::Result<Function> {
        self.runtime.expect_start();
        Function::start(&self.launch, self.env.iter().cloned()).map_err(|error| {
            io::Error::new(error.kind(), format!("cannot start {}: {error}", self.launch.program.display()))
        })
    }

    async fn keep_running(self, mut function: Function, mut seen: Option<Snapshot>) {
        let mut failures = Failures::default();
        loop {
            let Ok(outcome) = self.live(&mut function, &mut failures, seen.as_ref()).await else { return };
            let lived = function.started.elapsed();
            function.stop().await;
            let (mut printed, lost) = match outcome {
                Outcome::Ended { how, was_of_use } => {
                    let crashes = if was_of_use { 1 } else { failures.crashes + 1 };
                    failures = Failures { crashes, ..Failures::default() };
                    let after = match failures.wait() {
                        wait if wait > PAUSE => format!(" in {} s", wait.as_secs()),
                        _ => String::new(),
                    };
                    let printed = self.terminal.print(&format!("ended ({how}), and is started again{after}"));
                    (printed, format!("the function ended ({how})"))
                }
                Outcome::Stuck { was_ready } => {
                    failures = Failures { is_silence_said: failures.is_silence_said, ..Failures::default() };
                    // If the process never requested an event, a notice has said that messages fail.
                    let printed = if was_ready { self.terminal.print(&self.limits.hung()) } else { Ok(()) };
                    (printed, "the function was stopped, for another to take its place".to_owned())
                }
                Outcome::Edited(file) => {
                    failures = failures.edited(&file, lived);
                    let mut printed =
                        self.terminal.print(&format!("{} was saved; starting again", file.display()));
                    if failures.is_in_restart_loop() {
                        printed = self.terminal.print(&restart_loop(&file));
                    }
                    (printed, "the function was stopped, because its files were edited".to_owned())
                }
                Outcome::NotStarted(failed) => {
                    let message = failed.message.clone();
                    (self.not_started(failed, &mut failures), message)
                }
            };
            self.runtime.lost(&Failed { error_type: Failed::EXITED.to_owned(), message: lost });
            function = loop {
                if printed.is_err() {
                    return;
                }
                if self.pause(failures.wait(), seen.as_ref()).await {
                    failures = Failures { edits: failures.edits, ..Failures::default() };
                }
                seen = self.watched.look();
                self.standing.send_replace(None);
                match self.launch() {
                    Ok(function) => break function,
                    Err(error) => {
                        let failed = Failed {
                            error_type: "Runtime.InvalidEntrypoint".to_owned(),
                            message: error.to_string(),
                        };
                        printed = self.not_started(failed, &mut failures);
                    }
                }
            };
        }
    }

    /// Monitors a process until it ends. After a process that did not start, the lines of the next are shown only once it has started.
    async fn live(
        &self,
        function: &mut Function,
        failures: &mut Failures,
        seen: Option<&Snapshot>,
    ) -> Result<Outcome, OutputClosed> {
        let (handed, answered) = (self.runtime.handed(), self.runtime.answered());
        let mut look = tokio::time::interval(PAUSE);
        // Whether lines are shown at once.
        let mut are_shown = failures.count == 0;
        let mut held_back = BTreeSet::new();
        self.last.clear();
        let (mut is_ready, mut failure) = (false, None);
        let status = loop {
            tokio::select! {
                biased;
                ready = self.runtime.ready(), if !is_ready => match ready {
                    Ok(()) => (is_ready, failures.is_silence_said) = (true, false),
                    Err(failed) => {
                        failure = Some(failed);
                        break tokio::time::timeout(EXIT_TIMEOUT, function.ended()).await.ok();
                    }
                },
                () = self.stuck.notified() => return Ok(Outcome::Stuck { was_ready: is_ready }),
                _ = look.tick() => {
                    if let Some(file) = self.edited(seen) {
                        return Ok(Outcome::Edited(file));
                    }
                    if !is_ready && !failures.is_silence_said && function.started.elapsed() > self.limits.silence {
                        failures.is_silence_said = true;
                        self.terminal.print(&self.limits.silent())?;
                    }
                }
                host = self.runtime.held_back() => if held_back.insert(host.clone()) {
                    self.terminal.print(&format!(
                        "was kept from {host}; if it is to reach the internet, start the service with --env HTTPS_PROXY="
                    ))?;
                },
                step = function.next() => match step {
                    Step::Line(line) => self.show_line(line, are_shown)?,
                    Step::Ended(status) => break Some(status),
                },
            }
            let is_at_work =
                is_ready && (self.runtime.handed() > handed || function.started.elapsed() > STEADY);
            if is_at_work && !are_shown {
                self.terminal.print("started")?;
                self.last.all().iter().try_for_each(|line| self.terminal.print(&line.text))?;
                are_shown = true;
            }
        };
        let how = match status {
            Some(Ok(status)) => {
                for line in function.rest().await {
                    self.show_line(line, are_shown)?;
                }
                status.to_string()
            }
            Some(Err(error)) => error.to_string(),
            None => "it went on all the same".to_owned(),
        };
        if self.runtime.handed() > handed || (is_ready && function.started.elapsed() > STEADY) {
            let was_of_use = self.runtime.answered() > answered;
            // A reader of the trace should see that these lines are the last.
            self.last.add(Line { is_error: true, text: format!("(ended: {how})") });
            return Ok(Outcome::Ended { how, was_of_use });
        }
        // The last lines may contain the reason.
        if failure.is_none() && !is_ready {
            failure =
                tokio::time::timeout(Duration::ZERO, self.runtime.ready()).await.ok().and_then(Result::err);
        }
        Ok(Outcome::NotStarted(Failed::start(failure, &how, &self.last.all())))
    }

    fn show_line(&self, line: Line, is_shown: bool) -> Result<(), OutputClosed> {
        if is_shown {
            self.terminal.print(&line.text)?;
        }
        self.last.add(line);
        Ok(())
    }

    fn not_started(&self, failed: Failed, failures: &mut Failures) -> Result<(), OutputClosed> {
        failures.count += 1;
        let reason = failed.message.lines().next().unwrap_or_default().to_owned();
        // The same reason is written only once, however often the start is retried.
        let printed = if failures.printed.as_ref() == Some(&reason) {
            Ok(())
        } else if failures.count == 1 && failed.error_type == Failed::EXITED {
            // The process's lines were already shown.
            self.terminal.print(&format!("did not start: {reason}"))
        } else {
            self.terminal.print(&format!("did not start: {}: {}", failed.error_type, failed.message))
        };
        if failures.count == 1 {
            self.terminal.print("it is started again now and then, and as soon as its files are edited")?;
        }
        failures.printed = Some(reason);
        self.standing.send_replace(Some(failed));
        printed
    }

    /// Waits before a process is restarted, longer after each failure. Returns whether its files were edited meanwhile.
    async fn pause(&self, wait: Duration, seen: Option<&Snapshot>) -> bool {
        let end = tokio::time::Instant::now() + wait;
        while tokio::time::Instant::now() < end {
            tokio::time::sleep(PAUSE).await;
            if self.edited(seen).is_some() {
                return true;
            }
        }
        false
    }

    /// Returns a file of the function that was edited since it was looked at.
    fn edited(&self, seen: Option<&Snapshot>) -> Option<PathBuf> {
        let now = self.watched.look()?;
        // A file that was missing when the process was started is there now.
        let Some(seen) = seen else { return Some(self.launch.program.clone()) };
        now.difference(seen).map(Path::to_owned)
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests;
