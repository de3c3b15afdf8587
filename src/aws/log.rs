//! [`Log`]: one JSON object a line on stdout, for `CloudWatch` Logs.
//!
//! Lambda goes by `timestamp` and `level`, people by the names that Powertools uses. Ids, counts and times are all there is: the
//! line of a denied message is the only record that the message ever was, and still it must not repeat it.
#![expect(clippy::disallowed_methods, reason = "the log says when, and reads its settings")]

mod decision;
mod rules;

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use lambda_runtime::Context;
use serde::Serialize;

use self::decision::Decision;
use crate::handler::Handled;

/// Writes lines.
#[derive(Clone, Debug)]
pub(super) struct Log(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    least: Level,
    service: Option<String>,
    function: Option<String>,
    cold: AtomicBool,
}

/// How much a line matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "UPPERCASE")]
enum Level {
    Info,
    Warn,
    Error,
}

#[derive(Serialize)]
struct Line<'a, T> {
    timestamp: String,
    level: Level,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    service: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    function_name: Option<&'a str>,
    #[serde(flatten)]
    rest: T,
}

impl Log {
    pub(super) fn from_env() -> Self {
        let env = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        let level = |name| env(name).map_or(Level::Info, |name| Level::named(&name));
        let least = level("AWS_LAMBDA_LOG_LEVEL").max(level("POWERTOOLS_LOG_LEVEL"));
        Self(Arc::new(Inner {
            least,
            service: env("POWERTOOLS_SERVICE_NAME"),
            function: env("AWS_LAMBDA_FUNCTION_NAME"),
            cold: AtomicBool::new(true),
        }))
    }

    /// Writes what became of an event, and that it `took` so long.
    pub(super) fn decision(&self, context: &Context, handled: &Handled, took: Duration) {
        let cold_start = self.0.cold.swap(false, Ordering::Relaxed);
        let level = match &handled.sent {
            Err(_) => Level::Error,
            Ok(_) if decision::any_rule_failed(handled) => Level::Warn,
            Ok(_) => Level::Info,
        };
        let decision = Decision::new(context, handled, cold_start, took);
        self.write(level, decision.title(), decision);
    }

    /// Writes that something panicked, and where.
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
        if level < self.0.least {
            return;
        }
        let service = self.0.service.as_deref();
        let function_name = self.0.function.as_deref();
        let timestamp = format!("{:.3}", Timestamp::now());
        let line = Line { timestamp, level, message, service, function_name, rest };
        let Ok(mut line) = serde_json::to_vec(&line) else { return };
        line.push(b'\n');
        // A log that cannot be written is no reason to fail. One write a line, so that lines do not mix.
        let _ = std::io::stdout().lock().write_all(&line);
    }
}

impl Level {
    /// The least level that passes a filter called `name`. What Lambda and Powertools call finer than INFO is not written at all.
    fn named(name: &str) -> Self {
        match name.to_ascii_uppercase().as_str() {
            "WARN" | "WARNING" => Self::Warn,
            "ERROR" | "CRITICAL" | "FATAL" => Self::Error,
            _ => Self::Info,
        }
    }
}
