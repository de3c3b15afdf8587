//! The metrics of an event.

use std::time::Duration;

use serde::Serialize;

use super::{
    BREAKDOWNS, CALLBACK_ACCEPTED, CALLBACK_DUPLICATES, CALLBACK_FAILED, CALLBACK_REFUSED, CALLBACK_RETRIES,
    CALLBACKS, DURATION, FINDINGS, INVALID_EVENTS, MESSAGES, Measures, RULE_FAILURES, RULE_HITS, RULES_AGE,
    RULES_DURATION, RULES_REFRESH_FAILURES,
};
use crate::handler::{Error, Handled};
use crate::outcome::{Denial, Failure, Outcome, Span, Step, StepResult, Verdict};
use crate::pipeline::Pipeline;

/// How current the rules in use are, if their source can change.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::aws) struct Refresh {
    /// The time since the source last confirmed them.
    pub age: Duration,
    /// How often the source was unavailable or its rules were invalid, since the last report.
    pub failures: u64,
}

/// Returns the verdict on the event's message, or `none` if the service did not receive it.
pub(in crate::aws) fn verdict(handled: &Handled) -> &'static str {
    match (&handled.sent, &handled.outcome) {
        (Ok(_), Some(outcome)) => outcome.verdict.name(),
        _ => "none",
    }
}

/// Returns how the callback ended; nothing if there was none to send.
pub(in crate::aws) fn outcome(handled: &Handled) -> Option<&'static str> {
    match &handled.sent {
        Ok(sent) if sent.duplicate => Some("duplicate"),
        Ok(_) => Some("accepted"),
        Err(Error::NotAnEvent(_) | Error::Panicked) => None,
        Err(error) => Some(error.name()),
    }
}

pub(super) fn of<'a>(
    measures: Measures<'a>,
    handled: &Handled,
    took: Duration,
    refresh: Option<Refresh>,
) -> Measures<'a> {
    let mut measures = measures.count(&MESSAGES, 1);
    if outcome(handled).is_some() {
        measures = measures.count(&CALLBACKS, 1);
    }
    let ended = match &handled.sent {
        Ok(sent) if sent.duplicate => Some(&CALLBACK_DUPLICATES),
        Ok(_) => Some(&CALLBACK_ACCEPTED),
        Err(Error::MissingPermission { .. } | Error::BadCredentials(_) | Error::ReplyRefused(_)) => {
            Some(&CALLBACK_REFUSED)
        }
        Err(
            Error::Throttled
            | Error::ServiceFailed(_)
            | Error::NoAnswer
            | Error::UnreadableAnswer
            | Error::Conflict,
        ) => Some(&CALLBACK_FAILED),
        Err(Error::NotAnEvent(_)) => Some(&INVALID_EVENTS),
        Err(Error::Panicked) => None,
    };
    if let Some(ended) = ended {
        measures = measures.count(ended, 1);
    }
    if handled.outcome.as_ref().is_some_and(broke_down) {
        measures = measures.count(&BREAKDOWNS, 1);
    }
    measures = measures
        .count_any(&CALLBACK_RETRIES, u64::from(handled.attempts.saturating_sub(1)))
        .time(&DURATION, took)
        .time(&RULES_DURATION, handled.judged_in);
    if let Some(refresh) = refresh {
        measures =
            measures.time(&RULES_AGE, refresh.age).count_any(&RULES_REFRESH_FAILURES, refresh.failures);
    }
    measures
}

/// The metrics of one rule and one of its detectors, as members of a log line.
#[derive(Debug, Serialize)]
pub(in crate::aws) struct RuleMeasures<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mode: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detector: Option<&'static str>,
    #[serde(flatten)]
    measures: Measures<'a>,
}

/// How many rules get metrics of their own, because each metric costs money.
const RULES: usize = 100;

pub(super) fn of_rules<'a>(
    measures: impl Fn() -> Measures<'a>,
    handled: &'a Handled,
) -> impl Iterator<Item = RuleMeasures<'a>> {
    let steps = handled.outcome.iter().flat_map(|outcome| &outcome.trace);
    steps.flat_map(move |step| of_rule(&measures, step, &handled.pipeline))
}

fn of_rule<'a>(
    measures: &impl Fn() -> Measures<'a>,
    step: &'a Step,
    pipeline: &'a Pipeline,
) -> Vec<RuleMeasures<'a>> {
    let line = |measures| {
        let rule = Some(name(step, pipeline));
        RuleMeasures { rule, mode: None, detector: None, measures }
    };
    match &step.result {
        // This is the result in a run that never began, and says nothing about the rule.
        StepResult::Failed(Failure::Event) => Vec::new(),
        StepResult::Failed(_) => vec![line(measures().count(&RULE_FAILURES, 1))],
        StepResult::Hit { spans, .. } => {
            let mut found = findings(spans).into_iter();
            let mut first = line(measures().count(&RULE_HITS, 1));
            first.mode = Some(step.mode.name());
            if let Some((detector, spans)) = found.next() {
                first.detector = Some(detector);
                first.measures = first.measures.count(&FINDINGS, spans);
            }
            // A line can contain only one detector.
            let rest = found.map(|(detector, spans)| RuleMeasures {
                rule: None,
                mode: None,
                detector: Some(detector),
                measures: measures().count(&FINDINGS, spans),
            });
            std::iter::once(first).chain(rest).collect()
        }
        StepResult::Miss | StepResult::Outside(_) | StepResult::Unmet | StepResult::Ended { .. } => {
            Vec::new()
        }
    }
}

/// Returns the number of spans by detector, in the order of each detector's first span.
fn findings(spans: &[Span]) -> Vec<(&'static str, u64)> {
    let mut found: Vec<(_, u64)> = Vec::new();
    for span in spans {
        match found.iter_mut().find(|(detector, _)| *detector == span.detector) {
            Some((_, count)) => *count += 1,
            None => found.push((span.detector, 1)),
        }
    }
    found
}

/// Returns the name for a rule's metrics: its own, or `other` if there are too many rules.
fn name<'a>(step: &'a Step, pipeline: &Pipeline) -> &'a str {
    let told_apart = pipeline.rules.iter().take(RULES).any(|rule| rule.id == step.rule);
    if told_apart { &step.rule } else { "other" }
}

/// Returns whether evaluation panicked outside of any rule.
fn broke_down(outcome: &Outcome) -> bool {
    matches!(outcome.verdict, Verdict::Denied(Denial::Unjudged(Failure::Panic)))
}
