//! [`Log`]: writes one JSON object a line on stdout, for `CloudWatch` Logs.
//!
//! Lambda reads `timestamp` and `level`; people find the names that Powertools uses. Lines contain only ids, counts and times: the line of
//! a denied message is the only record of that message, and still must not repeat its text. `docs/logs.md` lists every key of every line,
//! and a test enforces that.
//!
//! ```text
//! a decision that is written              its line, including the event's metrics
//! a decision that is not written          a line with only the event's metrics
//! a rule that found something             a line with its metrics
//! state that is bypassed                  its line, including its metric
//! an execution environment's first event  a line with its metric
//! ```
#![expect(clippy::disallowed_methods, reason = "the log says when, and reads its settings")]

mod decision;
mod rules;
mod sample;
mod settings;
mod state;

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::temporal::DateTimePrinter;
use lambda_runtime::Context;
use serde::Serialize;

use self::decision::Decision;
use self::settings::Settings;
use super::metrics::{self, Measures, Metrics, Refresh};
use crate::handler::Handled;

/// Writes log lines.
#[derive(Clone, Debug)]
pub(super) struct Log(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    settings: Settings,
    cold: AtomicBool,
}

/// The level of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "UPPERCASE")]
enum Level {
    Info,
    Warn,
    Error,
    Fatal,
}

/// A line for people.
#[derive(Serialize)]
struct Line<'a, T> {
    timestamp: &'a str,
    level: Level,
    message: &'a str,
    service: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    function_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    function_memory_size: Option<u32>,
    #[serde(flatten)]
    rest: T,
}

/// A line that contains only metrics. Lambda's filter needs a time and a level.
#[derive(Serialize)]
struct MetricsLine<'a, T> {
    timestamp: &'a str,
    level: Level,
    message: &'static str,
    service: &'a str,
    #[serde(flatten)]
    rest: T,
}

/// The metrics of an event whose decision is not written.
#[derive(Serialize)]
struct EventMetrics<'a> {
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<&'static str>,
    #[serde(flatten)]
    measures: Measures<'a>,
}

/// The metric of an execution environment's first event.
#[derive(Serialize)]
struct ColdStart<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    function_name: Option<&'a str>,
    #[serde(flatten)]
    measures: Measures<'a>,
}

impl Log {
    pub(super) fn from_env() -> Self {
        let (settings, ignored) = Settings::read(|name| std::env::var(name).ok());
        let log = Self(Arc::new(Inner { settings, cold: AtomicBool::new(true) }));
        for variable in ignored {
            log.write(Level::Warn, "variable ignored", variable);
        }
        log
    }

    /// Writes the outcome of an event that `took` this long. `refresh` describes rules whose source can change.
    pub(super) fn decision(
        &self,
        context: &Context,
        handled: &Handled,
        took: Duration,
        refresh: Option<Refresh>,
    ) {
        let settings = &self.0.settings;
        let cold_start = self.0.cold.swap(false, Ordering::Relaxed);
        let level = decision::level(handled);
        let sampling_rate = settings.sample.filter(|_| sample::may_be_left_out(handled));
        let written =
            level >= settings.least && sampling_rate.is_none_or(|rate| sample::is_in(handled, rate));

        let mut page = Page::new(self);
        let mut measures =
            settings.metrics.as_ref().map(|on| on.event(page.millis(), handled, took, refresh));
        if written {
            // One line cannot contain both verdicts: the one of the rules, and `none` because the service did not receive it.
            let inside = if handled.sent.is_ok() { measures.take() } else { None };
            let decision = Decision::new(context, handled, took).with(cold_start, sampling_rate, inside);
            page.line(level, decision.title(), decision);
        }
        if let Some(measures) = measures {
            let (verdict, outcome) = (metrics::verdict(handled), metrics::outcome(handled));
            page.metrics(EventMetrics { verdict, outcome, measures });
        }
        if let Some(metrics) = &settings.metrics {
            page.rest(metrics, handled, cold_start);
        }
        page.write();
    }

    /// Writes that something panicked at `location`.
    pub(super) fn panicked(&self, location: &str) {
        #[derive(Serialize)]
        struct Panic<'a> {
            location: &'a str,
        }
        self.write(Level::Error, "panic", Panic { location });
    }

    /// Writes why the function cannot start.
    pub(super) fn cannot_start(&self, name: &str, error: &str) {
        #[derive(Serialize)]
        struct Start<'a> {
            exception_name: &'a str,
            exception: &'a str,
        }
        self.write(Level::Error, "cannot start", Start { exception_name: name, exception: error });
    }

    fn write(&self, level: Level, message: &str, rest: impl Serialize) {
        if level >= self.0.settings.least {
            let mut page = Page::new(self);
            page.line(level, message, rest);
            page.write();
        }
    }
}

/// Formats times as `timestamp` has them.
const MILLISECONDS: DateTimePrinter = DateTimePrinter::new().precision(Some(3));

/// Lines that are written together, so that those of one event cost one system call and are not interleaved with others.
struct Page<'a> {
    settings: &'a Settings,
    now: Timestamp,
    timestamp: String,
    text: Vec<u8>,
}

impl<'a> Page<'a> {
    fn new(log: &'a Log) -> Self {
        let now = Timestamp::now();
        let mut timestamp = String::with_capacity(24);
        // This cannot fail, because it writes to a string.
        let _ = MILLISECONDS.print_timestamp(&now, &mut timestamp);
        Self { settings: &log.0.settings, now, timestamp, text: Vec::with_capacity(2048) }
    }

    fn millis(&self) -> i64 {
        self.now.as_millisecond()
    }

    fn line(&mut self, level: Level, message: &str, rest: impl Serialize) {
        let Settings { service, function, memory, .. } = self.settings;
        let (function_name, function_memory_size) = (function.as_deref(), *memory);
        let timestamp = &*self.timestamp;
        let line = Line { timestamp, level, message, service, function_name, function_memory_size, rest };
        add(&mut self.text, &line);
    }

    fn metrics(&mut self, rest: impl Serialize) {
        let Settings { service, metrics_level, .. } = self.settings;
        let (timestamp, level) = (&*self.timestamp, *metrics_level);
        add(&mut self.text, &MetricsLine { timestamp, level, message: "metrics", service, rest });
    }

    /// Adds the metrics that have lines of their own.
    fn rest(&mut self, metrics: &Metrics, handled: &Handled, cold_start: bool) {
        let now = self.millis();
        for rule in metrics.rules(now, handled) {
            self.metrics(rule);
        }
        if cold_start {
            let function_name = metrics.function_name.as_deref();
            self.metrics(ColdStart { function_name, measures: metrics.cold_start(now) });
        }
    }

    fn write(self) {
        // The function must not fail because the log cannot be written.
        let _ = std::io::stdout().lock().write_all(&self.text);
    }
}

fn add(text: &mut Vec<u8>, line: &impl Serialize) {
    let before = text.len();
    match serde_json::to_writer(&mut *text, line) {
        Ok(()) => text.push(b'\n'),
        Err(_) => text.truncate(before),
    }
}
