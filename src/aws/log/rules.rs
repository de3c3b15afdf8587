//! Log lines about rules that change while the function runs.

use std::time::Duration;

use serde::Serialize;

use super::{Level, Log};

/// The content of a log line about rules.
#[derive(Default, Serialize)]
struct Line<'a> {
    #[serde(rename = "requestId", skip_serializing_if = "Option::is_none")]
    request_id: Option<&'a str>,
    /// The rules that the line is about, or that are in use at the time.
    #[serde(skip_serializing_if = "str::is_empty")]
    rules_version: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    previous_rules_version: Option<&'a str>,
    /// How long compiling and checking took.
    #[serde(skip_serializing_if = "Option::is_none")]
    duration_ms: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exception_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exception: Option<&'a str>,
}

impl Log {
    /// Writes that other rules are in use from now on.
    pub(in crate::aws) fn rules_changed(&self, before: &str, now: &str, took: Duration) {
        let duration_ms = Some(u64::try_from(took.as_millis()).unwrap_or(u64::MAX));
        let previous_rules_version = Some(before);
        let line = Line { rules_version: now, previous_rules_version, duration_ms, ..Line::default() };
        self.write(Level::Info, "rules changed", line);
    }

    /// Writes that new rules are invalid and not used.
    pub(in crate::aws) fn rules_refused(&self, in_use: &str, name: &str, why: &str) {
        self.write(Level::Error, "rules refused", problem(in_use, name, why));
    }

    /// Writes that the source of the rules is unavailable, so that the rules in use may be outdated.
    pub(in crate::aws) fn rules_unavailable(&self, in_use: &str, name: &str, why: &str) {
        self.write(Level::Warn, "rules unavailable", problem(in_use, name, why));
    }

    /// Writes that the rules were unavailable when the function started, so that the fallback is used.
    pub(in crate::aws) fn rules_fallback(&self, in_use: &str, name: &str, why: &str) {
        self.write(Level::Error, "fallback rules in use", problem(in_use, name, why));
    }

    /// Writes that the validator accepted rules.
    pub(in crate::aws) fn rules_accepted(&self, request: &str, rules_version: &str) {
        let line = Line { request_id: Some(request), rules_version, ..Line::default() };
        self.write(Level::Info, "rules accepted", line);
    }

    /// Writes that the validator rejected rules.
    pub(in crate::aws) fn rules_rejected(&self, request: &str, name: &str, why: &str) {
        self.write(
            Level::Warn,
            "rules refused",
            Line { request_id: Some(request), ..problem("", name, why) },
        );
    }

    /// Writes that the source of the rules is available again.
    pub(in crate::aws) fn rules_available_again(&self, in_use: &str) {
        let line = Line { rules_version: in_use, ..Line::default() };
        self.write(Level::Info, "rules available again", line);
    }
}

fn problem<'a>(in_use: &'a str, name: &'a str, why: &'a str) -> Line<'a> {
    Line { rules_version: in_use, exception_name: Some(name), exception: Some(why), ..Line::default() }
}
