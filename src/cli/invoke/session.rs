//! [`Host`]: keeps a function running and delivers events to it, as Lambda does.

use std::time::Duration;

use anyhow::{Context, anyhow};
use serde_json::Value;
use tokio::time::timeout;

use super::delivery::{Delivery, DeliveryResult};
use crate::cli::output::errln;
use crate::loopback::{Completion, Function, Launch, Line, Loopback, Usage, deadline_in};

/// Keeps a function running and delivers events to it. A function that ends or hangs is restarted for the next event.
pub(super) struct Host {
    loopback: Loopback,
    launch: Launch,
    timeout: Duration,
    echo: bool,
    function: Option<Function>,
    /// The cost of its first start, and the resources used after the first and the latest event.
    first: Option<Start>,
    latest: Option<Usage>,
}

/// The cost of a start.
#[derive(Clone, Copy)]
struct Start {
    init: Duration,
    after_first: Option<Usage>,
}

/// The totals over all events.
#[derive(Default)]
pub(super) struct Totals {
    /// The number of messages with each fate, in the order of first occurrence.
    pub results: Vec<(&'static str, usize)>,
    /// The duration of each event.
    pub took: Vec<Duration>,
    pub usage: Cost,
}

/// The resources that the function used, if the operating system reports them.
#[derive(Clone, Copy, Default)]
pub(super) struct Cost {
    pub init: Option<Duration>,
    /// Processor time from the start until the first event was handled.
    pub cold_cpu: Option<Duration>,
    /// Processor time of all events after the first.
    pub warm_cpu: Option<Duration>,
    pub peak_memory: Option<u64>,
}

/// The timeout for a function's start, as on Lambda.
const INIT: Duration = Duration::from_secs(10);
/// How many of the last lines of a function that failed to start are shown.
const LAST_LINES: usize = 20;
/// How long to wait for the function's log lines about an event. They are already in the pipe when it responds.
const LOG: Duration = Duration::from_millis(100);

impl Host {
    pub(super) async fn new(launch: Launch, timeout: Duration, echo: bool) -> anyhow::Result<Self> {
        let loopback = Loopback::start().await.context("cannot open a port on 127.0.0.1")?;
        Ok(Self { loopback, launch, timeout, echo, function: None, first: None, latest: None })
    }

    /// Delivers `event` to the function.
    pub(super) async fn deliver(&mut self, event: &str) -> anyhow::Result<Delivery> {
        if self.function.is_none() {
            self.start().await?;
        }
        let before = self.loopback.messaging.callbacks().len();
        let ended = self.invoke(event).await;
        let callbacks = self.loopback.messaging.callbacks().split_off(before);
        let log = match &ended {
            Ok(ended) => self.record_of(&ended.request_id).await,
            Err(_) => None,
        };
        self.latest = self.function.as_mut().and_then(Function::usage).or(self.latest);
        if let Some(first) = &mut self.first {
            first.after_first = first.after_first.or(self.latest);
        }
        Ok(Delivery::new(event, ended, callbacks, log))
    }

    pub(super) fn usage(&self) -> Cost {
        let after_first = self.first.and_then(|first| first.after_first);
        Cost {
            init: self.first.map(|first| first.init),
            cold_cpu: after_first.map(|usage| usage.cpu),
            warm_cpu: self
                .latest
                .zip(after_first)
                .and_then(|(latest, first)| latest.cpu.checked_sub(first.cpu)),
            peak_memory: self.latest.map(|usage| usage.peak_memory),
        }
    }

    pub(super) async fn stop(mut self) {
        if let Some(function) = self.function.take() {
            let rest = function.stop().await;
            for line in &rest {
                self.echo(line);
            }
        }
    }

    async fn start(&mut self) -> anyhow::Result<()> {
        let program = self.launch.program.display();
        let mut function =
            self.loopback.launch(&self.launch).with_context(|| format!("cannot start {program}"))?;
        let why = tokio::select! {
            biased;
            ready = timeout(INIT, self.loopback.runtime_api.ready()) => match ready {
                Ok(Ok(())) => None,
                Ok(Err(failed)) => Some(format!("{}: {}", failed.error_type, failed.message)),
                Err(_) => Some(format!("it asked for no event within {INIT:?}")),
            },
            ended = function.ended() => Some(ended?.to_string()),
        };
        let Some(why) = why else {
            let init = function.started.elapsed();
            self.first.get_or_insert(Start { init, after_first: None });
            self.function = Some(function);
            return Ok(());
        };
        let lines = function.stop().await;
        Err(anyhow!("the function did not start ({why})\n{}", reason(&lines)))
    }

    async fn invoke(&mut self, event: &str) -> Result<Completion, String> {
        let Some(function) = &mut self.function else { return Err("the function is gone".into()) };
        let deadline = deadline_in(self.timeout);
        let why = tokio::select! {
            ended = timeout(self.timeout, self.loopback.runtime_api.invoke(event, deadline)) => match ended {
                Ok(ended) => return Ok(ended),
                Err(_) => format!("timed out after {} s", self.timeout.as_secs()),
            },
            ended = function.ended() => match ended {
                Ok(status) => format!("the function ended ({status})"),
                Err(error) => format!("the function is gone ({error})"),
            },
        };
        if let Some(function) = self.function.take() {
            let lines = function.stop().await;
            for line in &lines {
                self.echo(line);
            }
        }
        Err(why)
    }

    /// Returns the function's log line about its decision, if it writes one.
    async fn record_of(&mut self, request_id: &str) -> Option<Value> {
        loop {
            let line = timeout(LOG, self.function.as_mut()?.line()).await.ok()??;
            self.echo(&line);
            let Ok(record) = serde_json::from_str::<Value>(&line.text) else { continue };
            if record["requestId"] == request_id && record["rules"].is_array() {
                return Some(record);
            }
        }
    }

    fn echo(&self, line: &Line) {
        if self.echo {
            errln!("{}", line.text);
        }
    }
}

impl Totals {
    pub(super) fn count(&mut self, delivery: &Delivery) {
        let name = DeliveryResult::name(&delivery.result);
        match self.results.iter_mut().find(|(result, _)| *result == name) {
            Some((_, count)) => *count += 1,
            None => self.results.push((name, 1)),
        }
        self.took.extend(delivery.took);
    }
}

/// Returns the reason from the lines of a function that failed to start. Chimeflow's own function writes it as JSON.
fn reason(lines: &[Line]) -> String {
    let text = |line: &Line| {
        let record: Option<Value> = serde_json::from_str(&line.text).ok();
        let exception = record.and_then(|record| record["exception"].as_str().map(str::to_owned));
        exception.unwrap_or_else(|| line.text.clone())
    };
    lines[lines.len().saturating_sub(LAST_LINES)..].iter().map(text).collect::<Vec<_>>().join("\n")
}
