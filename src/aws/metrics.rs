//! Metrics: defines each of them, and writes their values for `CloudWatch`.
//!
//! ```text
//! Handled ──event──> Measures of the event, and of each rule that found something ──emf──> lines of the log
//! ```
//!
//! `CloudWatch` extracts metrics from the log: a member `_aws` in a line says which of its members are metrics, and which are their
//! dimensions (the embedded metric format). So nothing has to be sent, and no message is delayed.
//!
//! Metrics cost money by the number of values of their dimensions, and lines by their length. Therefore an event has a single line for all
//! its metrics, which is the decision's own if that is written. Only two things have additional lines: rules that found something, because
//! a line can contain only one rule, and the start of an execution environment. `docs/logs.md` contains the calculation.

mod emf;
mod event;

pub(super) use self::emf::Measures;
pub(super) use self::event::{Refresh, RuleMeasures, outcome, verdict};
use crate::handler::Handled;

/// A metric.
#[derive(Debug)]
pub(super) struct Metric {
    pub name: &'static str,
    pub unit: Unit,
    /// The sets of members of the line that are the metric's dimensions. The value counts once for each set.
    pub dimensions: &'static [&'static [&'static str]],
}

/// The unit of a metric.
#[derive(Clone, Copy, Debug, serde::Serialize)]
pub(super) enum Unit {
    Count,
    Milliseconds,
    Seconds,
}

const SERVICE: &[&[&str]] = &[&["service"]];

macro_rules! metrics {
    ($($constant:ident: $name:literal $unit:ident $dimensions:expr, $is:literal;)*) => {
        $(pub(super) static $constant: Metric =
            Metric { name: $name, unit: Unit::$unit, dimensions: $dimensions };)*
        /// Every metric and its description, in the order of the documentation.
        #[cfg(test)]
        static ALL: &[(&Metric, &str)] = &[$((&$constant, $is)),*];
    };
}

metrics! {
    MESSAGES: "Messages" Count &[&["service"], &["service", "verdict"]],
        "events by outcome: `unchanged`, `edited`, `denied`, or `none` for one that was not answered";
    RULE_HITS: "RuleHits" Count &[&["service", "rule", "mode"]],
        "messages a rule found something in, `enforce` or `shadow`; the first 100 rules of the file by name, the rest as `other`";
    FINDINGS: "Findings" Count &[&["service", "detector"]],
        "pieces of text found, by what found them, rules in shadow included";
    RULE_FAILURES: "RuleFailures" Count &[&["service"], &["service", "rule"]],
        "messages a rule could not judge: its budget was used up, time was up, it got no answer or it broke down";
    CALLBACKS: "Callbacks" Count &[&["service", "outcome"]],
        "replies, by how they ended: `accepted`, `duplicate`, or the name of the error";
    CALLBACK_ACCEPTED: "CallbackAccepted" Count SERVICE,
        "replies that the service took";
    CALLBACK_DUPLICATES: "CallbackDuplicates" Count SERVICE,
        "replies to messages that had been answered before";
    CALLBACK_REFUSED: "CallbackRefused" Count SERVICE,
        "replies that the service refuses and always will: a permission, credentials, the reply itself";
    CALLBACK_FAILED: "CallbackFailed" Count SERVICE,
        "replies that the function gave up on: until the time was up, the service throttled, failed, was processing another reply, or gave no readable answer";
    CALLBACK_RETRIES: "CallbackRetries" Count SERVICE,
        "attempts to reply beyond the first";
    INVALID_EVENTS: "InvalidEvents" Count SERVICE,
        "events that cannot be answered, because they do not name the ids that it takes";
    COLD_START: "ColdStart" Count SERVICE,
        "first events of an environment; also by `function_name` when `POWERTOOLS_METRICS_FUNCTION_NAME` is set";
    DURATION: "Duration" Milliseconds SERVICE,
        "time from the event to the answer to the last attempt to reply";
    RULES_DURATION: "RulesDuration" Milliseconds SERVICE,
        "the share of it that reading and judging took";
    RULES_AGE: "RulesAge" Seconds SERVICE,
        "time since the source confirmed the rules in use; only when they come from AppConfig";
    RULES_REFRESH_FAILURES: "RulesRefreshFailures" Count SERVICE,
        "how often the source could not be read, or its rules were not valid";
    STATE_BYPASSED: "StateBypassed" Count SERVICE,
        "updates of state that the table did not answer, so that the environment's own memory did";
}

/// [`COLD_START`] with the function's name as an additional dimension.
static COLD_START_BY_FUNCTION: Metric =
    Metric { dimensions: &[&["service"], &["service", "function_name"]], ..COLD_START };

/// [`RULE_FAILURES`] for a failure outside of any rule.
static BREAKDOWNS: Metric = Metric { dimensions: SERVICE, ..RULE_FAILURES };

/// The settings of metrics.
#[derive(Debug)]
pub(super) struct Metrics {
    /// `POWERTOOLS_METRICS_NAMESPACE`.
    pub namespace: String,
    /// `POWERTOOLS_METRICS_FUNCTION_NAME`.
    pub function_name: Option<String>,
}

impl Metrics {
    /// Returns the metrics of an event that `took` this long; `now` is in milliseconds since 1970.
    pub(super) fn event(
        &self,
        now: i64,
        handled: &Handled,
        took: std::time::Duration,
        refresh: Option<Refresh>,
    ) -> Measures<'_> {
        event::of(Measures::new(&self.namespace, now), handled, took, refresh)
    }

    /// Returns the metrics of each rule that found something or failed.
    pub(super) fn rules<'a>(
        &'a self,
        now: i64,
        handled: &'a Handled,
    ) -> impl Iterator<Item = RuleMeasures<'a>> {
        event::of_rules(move || Measures::new(&self.namespace, now), handled)
    }

    /// Returns the metric of state that is bypassed.
    pub(super) fn bypass(&self, now: i64) -> Measures<'_> {
        Measures::new(&self.namespace, now).count(&STATE_BYPASSED, 1)
    }

    /// Returns the metric of an execution environment's first event.
    pub(super) fn cold_start(&self, now: i64) -> Measures<'_> {
        let metric = if self.function_name.is_some() { &COLD_START_BY_FUNCTION } else { &COLD_START };
        Measures::new(&self.namespace, now).count(metric, 1)
    }
}

#[cfg(test)]
mod tests;
