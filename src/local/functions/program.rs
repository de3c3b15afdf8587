//! A program that speaks Lambda's Runtime API as the function: what `cargo build` made, or any runtime's bootstrap.
//!
//! ```text
//!  start ──> starting ──asks for an event──> ready ──ends, hangs, is built anew──> start, half a second later
//!               │ ends, or says that it cannot start
//!               └──> down: every invocation fails at once, with its error ──pause, longer each time, or built anew──> start
//! ```

use std::collections::VecDeque;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tokio::sync::{Notify, mpsc, watch};

use super::Returned;
use crate::local::state::End;
use crate::loopback::{Failed, Function, Launch, Line, RuntimeApi, Step, deadline_in};

/// A program, and Lambda's side of it.
#[derive(Debug)]
pub(in super::super) struct Program {
    runtime: Arc<RuntimeApi>,
    /// Says that the process has to be replaced by a new one.
    stuck: Arc<Notify>,
    /// Why the last process did not start; nothing while one starts or runs.
    down: watch::Receiver<Option<Failed>>,
}

/// What a function may take, as the template deploys it.
const TIMEOUT: Duration = Duration::from_secs(30);
/// How soon a process that ended is replaced, and how often to look whether its program was built anew.
const PAUSE: Duration = Duration::from_millis(500);
/// How many pauses there are at most between two processes that do not start: it doubles each time.
const PAUSES: u32 = 16;
/// A process that asked for an event and has lived for this long is at work, even if it got none.
const STEADY: Duration = Duration::from_secs(2);
/// How long a process may take to ask for its first event before somebody is told that it has not.
const SILENT: Duration = Duration::from_secs(5);
/// How many of its last lines are kept.
const WORDS: usize = 50;
/// How long a process may take to end after it said that it cannot start.
const FAREWELL: Duration = Duration::from_millis(500);

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
        let (standing, down) = watch::channel(None);
        let keeper = Keeper { launch, runtime: runtime.clone(), stuck: stuck.clone(), standing, lines };
        let function = keeper.launch()?;
        tokio::spawn(keeper.keep_running(function));
        Ok(Self { runtime, stuck, down })
    }

    pub(super) async fn invoke(&self, event: &str) -> Returned {
        let mut down = self.down.clone();
        let invocation = self.runtime.invoke(event, deadline_in(TIMEOUT));
        let result = tokio::select! {
            biased;
            ended = tokio::time::timeout(TIMEOUT, invocation) => ended.map_or_else(|_| Err(self.timed_out()), |ended| ended.result),
            failed = failed_start(&mut down) => Err(failed),
        };
        match result {
            Ok(payload) => Returned { end: End::Returned, payload },
            Err(failed) => Returned::failed(failed.error_type, failed.message),
        }
    }

    fn timed_out(&self) -> Failed {
        self.stuck.notify_one();
        let message = format!("Task timed out after {}.00 seconds", TIMEOUT.as_secs());
        Failed { error_type: "Sandbox.Timedout".to_owned(), message }
    }
}

/// Waits until a process does not start, and gives why.
async fn failed_start(down: &mut watch::Receiver<Option<Failed>>) -> Failed {
    if let Ok(down) = down.wait_for(Option::is_some).await
        && let Some(failed) = &*down
    {
        return failed.clone();
    }
    // Nobody keeps it running any more: the service is at its end.
    std::future::pending().await
}

/// Keeps a process running until nobody reads its lines any more.
struct Keeper {
    launch: Launch,
    runtime: Arc<RuntimeApi>,
    stuck: Arc<Notify>,
    standing: watch::Sender<Option<Failed>>,
    lines: mpsc::UnboundedSender<String>,
}

/// How a process came to its end.
enum Outcome {
    /// It ended by itself, after it had been at work.
    Ended(String),
    /// It has to make room for another.
    Replaced,
    NotStarted(Failed),
}

/// Processes that did not start, one after another.
#[derive(Default)]
struct Failures {
    count: u32,
    /// What was said about the last one.
    said: Option<String>,
}

/// What a process wrote last.
struct Words {
    last: VecDeque<Line>,
    /// Whether they are shown as they come.
    are_shown: bool,
}

/// Nobody reads lines any more.
struct Unheard;

impl Keeper {
    fn launch(&self) -> io::Result<Function> {
        self.runtime.expect_start();
        let api = ("AWS_LAMBDA_RUNTIME_API", self.runtime.address().to_string());
        Function::start(&self.launch, [api]).map_err(|error| {
            io::Error::new(error.kind(), format!("cannot start {}: {error}", self.launch.program.display()))
        })
    }

    async fn keep_running(self, mut function: Function) {
        let (mut failures, mut built) = (Failures::default(), modified(&self.launch.program));
        loop {
            let Ok(outcome) = self.live(&mut function, &failures, built).await else { return };
            function.stop().await;
            let (mut said, lost) = match outcome {
                Outcome::Ended(how) => {
                    failures = Failures::default();
                    let said = self.say(&format!("ended ({how}), and is started again"));
                    (said, format!("the function ended ({how})"))
                }
                Outcome::Replaced => {
                    failures = Failures::default();
                    (Ok(()), "the function was stopped, for another to take its place".to_owned())
                }
                Outcome::NotStarted(failed) => {
                    let message = failed.message.clone();
                    (self.not_started(failed, &mut failures), message)
                }
            };
            self.runtime.lost(&Failed { error_type: Failed::EXITED.to_owned(), message: lost });
            function = loop {
                if said.is_err() {
                    return;
                }
                if self.pause(failures.count, built).await {
                    failures = Failures::default();
                }
                built = modified(&self.launch.program);
                self.standing.send_replace(None);
                match self.launch() {
                    Ok(function) => break function,
                    Err(error) => {
                        let failed = Failed {
                            error_type: "Runtime.InvalidEntrypoint".to_owned(),
                            message: error.to_string(),
                        };
                        said = self.not_started(failed, &mut failures);
                    }
                }
            };
        }
    }

    /// Follows a process to its end. While processes do not start, the lines of the next are shown only once it is at work.
    async fn live(
        &self,
        function: &mut Function,
        failures: &Failures,
        built: Option<SystemTime>,
    ) -> Result<Outcome, Unheard> {
        let handed = self.runtime.handed();
        let mut look = tokio::time::interval(PAUSE);
        let mut words = Words { last: VecDeque::new(), are_shown: failures.count == 0 };
        let (mut is_ready, mut is_said_silent, mut told) = (false, false, None);
        let status = loop {
            tokio::select! {
                biased;
                ready = self.runtime.ready(), if !is_ready => match ready {
                    Ok(()) => is_ready = true,
                    Err(failed) => {
                        told = Some(failed);
                        break tokio::time::timeout(FAREWELL, function.ended()).await.ok();
                    }
                },
                () = self.stuck.notified() => return Ok(Outcome::Replaced),
                _ = look.tick() => {
                    let now = modified(&self.launch.program);
                    if now.is_some() && now != built {
                        return Ok(Outcome::Replaced);
                    }
                    if !is_ready && !is_said_silent && function.started.elapsed() > SILENT {
                        is_said_silent = true;
                        self.say(&format!(
                            "has not asked for an event in {} s, so messages wait; a function asks for them at \
                             http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation/next, as Lambda's runtimes do",
                            SILENT.as_secs()
                        ))?;
                    }
                }
                step = function.next() => match step {
                    Step::Line(line) => self.hear(line, &mut words)?,
                    Step::Ended(status) => break Some(status),
                },
            }
            let is_at_work =
                is_ready && (self.runtime.handed() > handed || function.started.elapsed() > STEADY);
            if is_at_work && !words.are_shown {
                self.say("started")?;
                words.last.iter().try_for_each(|line| self.say(&line.text))?;
                words.are_shown = true;
            }
        };
        let how = match status {
            Some(Ok(status)) => {
                for line in function.rest().await {
                    self.hear(line, &mut words)?;
                }
                status.to_string()
            }
            Some(Err(error)) => error.to_string(),
            None => "it went on all the same".to_owned(),
        };
        if self.runtime.handed() > handed || (is_ready && function.started.elapsed() > STEADY) {
            return Ok(Outcome::Ended(how));
        }
        // It may have said why in its last moment.
        if told.is_none() && !is_ready {
            told =
                tokio::time::timeout(Duration::ZERO, self.runtime.ready()).await.ok().and_then(Result::err);
        }
        Ok(Outcome::NotStarted(Failed::start(told, &how, words.last.make_contiguous())))
    }

    fn hear(&self, line: Line, words: &mut Words) -> Result<(), Unheard> {
        if words.are_shown {
            self.say(&line.text)?;
        }
        words.last.push_back(line);
        if words.last.len() > WORDS {
            words.last.pop_front();
        }
        Ok(())
    }

    fn not_started(&self, failed: Failed, failures: &mut Failures) -> Result<(), Unheard> {
        failures.count += 1;
        let reason = failed.message.lines().next().unwrap_or_default().to_owned();
        // The same reason is said once, however often it is tried.
        let said = if failures.said.as_ref() == Some(&reason) {
            Ok(())
        } else if failures.count == 1 && failed.error_type == Failed::EXITED {
            // What it wrote was shown when it came.
            self.say(&format!("did not start: {reason}"))
        } else {
            self.say(&format!("did not start: {}: {}", failed.error_type, failed.message))
        };
        if failures.count == 1 {
            self.say("it is started again now and then, and as soon as it is built anew")?;
        }
        failures.said = Some(reason);
        self.standing.send_replace(Some(failed));
        said
    }

    /// Waits before a process is started again, the longer the more did not start. Gives whether the program was built anew meanwhile.
    async fn pause(&self, failures: u32, built: Option<SystemTime>) -> bool {
        let pauses = 2_u32.saturating_pow(failures.saturating_sub(1)).min(PAUSES);
        for _ in 0..pauses {
            tokio::time::sleep(PAUSE).await;
            let now = modified(&self.launch.program);
            if now.is_some() && now != built {
                return true;
            }
        }
        false
    }

    fn say(&self, text: &str) -> Result<(), Unheard> {
        text.lines().try_for_each(|line| self.lines.send(line.to_owned())).map_err(|_| Unheard)
    }
}

fn modified(program: &Path) -> Option<SystemTime> {
    std::fs::metadata(program).and_then(|metadata| metadata.modified()).ok()
}
