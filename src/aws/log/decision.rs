//! [`Decision`]: the log line of an event.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use lambda_runtime::Context;
use serde::{Serialize, Serializer};

use super::Level;
use crate::aws::metrics::{self, Measures};
use crate::handler::{Error, Handled};
use crate::outcome::{Denial, Effect, Failure, Step, StepResult, Verdict};
use crate::pipeline::Pipeline;
use crate::rules::{Mode, RuleSeverity};

/// The log line of an event: the outcome, and the reasons for it.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) struct Decision<'a> {
    #[serde(rename = "requestId")]
    request_id: &'a str,
    function_request_id: &'a str,
    function_arn: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    xray_trace_id: Option<&'a str>,
    cold_start: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    sampling_rate: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    channel_arn: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sub_channel_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sender_arn: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<&'static str>,
    /// Fields of the event that were invalid.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    damage: &'a [&'static str],
    #[serde(skip_serializing_if = "Option::is_none")]
    denial: Option<Why<'a>>,
    #[serde(skip_serializing_if = "is_zero")]
    score: i64,
    rules: Vec<Rule<'a>>,
    rules_version: &'a str,
    rules_us: u64,
    duration_us: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    attempts: Option<u32>,
    /// How the callback ended; this is a dimension of metrics.
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    duplicate: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exception_name: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exception: Option<String>,
    #[serde(flatten)]
    measures: Option<Measures<'a>>,
}

/// Why a message was denied.
#[derive(Serialize)]
struct Why<'a> {
    reason: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
}

/// A rule that found something or failed.
#[derive(Serialize)]
struct Rule<'a> {
    id: &'a str,
    mode: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    effect: Option<&'static str>,
    /// The points that it added to the score.
    #[serde(skip_serializing_if = "is_zero")]
    points: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    severity: Option<&'static str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty", serialize_with = "names")]
    tags: &'a [Arc<str>],
    /// The detectors that found something.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    detectors: Vec<&'static str>,
    /// The number of findings of each kind.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    kinds: BTreeMap<&'static str, usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<&'static str>,
}

impl<'a> Decision<'a> {
    pub(super) fn new(context: &'a Context, handled: &'a Handled, took: Duration) -> Self {
        let about = handled.about.as_ref();
        let address = about.map(|about| &about.address);
        let sender = about.map(|about| &*about.sender).filter(|sender| !sender.is_empty());
        let outcome = handled.outcome.as_ref();
        let sent = handled.sent.as_ref();
        let trace = outcome.into_iter().flat_map(|outcome| &outcome.trace);
        let micros = |time: Duration| u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        Self {
            request_id: &context.request_id,
            function_request_id: &context.request_id,
            function_arn: &context.invoked_function_arn,
            xray_trace_id: context.xray_trace_id.as_deref(),
            cold_start: false,
            sampling_rate: None,
            message_id: address.map(|address| &*address.message_id),
            channel_arn: address.map(|address| &*address.channel),
            sub_channel_id: address.and_then(|address| address.sub_channel.as_deref()),
            sender_arn: sender,
            verdict: outcome.map(|outcome| outcome.verdict.name()),
            damage: about.map(|about| &*about.damage).unwrap_or_default(),
            denial: outcome.and_then(|outcome| match &outcome.verdict {
                Verdict::Denied(denial) => Some(Why::of(denial)),
                Verdict::Unchanged | Verdict::Edited(_) => None,
            }),
            score: outcome.map_or(0, |outcome| outcome.score),
            rules: trace.filter_map(|step| Rule::of(step, &handled.pipeline)).collect(),
            rules_version: &handled.pipeline.version,
            rules_us: micros(handled.judged_in),
            duration_us: micros(took),
            attempts: Some(handled.attempts).filter(|attempts| *attempts > 0),
            outcome: metrics::outcome(handled),
            duplicate: sent.ok().map(|sent| sent.duplicate),
            exception_name: sent.err().map(Error::name),
            exception: sent.err().map(ToString::to_string),
            measures: None,
        }
    }

    /// Returns this line with these additions: whether it is the first event of an execution environment, the sampling rate, and its
    /// metrics.
    pub(super) fn with(
        self,
        cold_start: bool,
        sampling_rate: Option<f64>,
        measures: Option<Measures<'a>>,
    ) -> Self {
        Self { cold_start, sampling_rate, measures, ..self }
    }

    pub(super) fn title(&self) -> &'static str {
        match (self.exception_name, self.verdict) {
            (Some(_), _) | (None, None) => "event not answered",
            (None, Some("edited")) => "message edited",
            (None, Some("denied")) => "message denied",
            (None, Some(_)) => "message unchanged",
        }
    }
}

/// Returns the level of an event's line.
pub(super) fn level(handled: &Handled) -> Level {
    match &handled.sent {
        Err(_) => Level::Error,
        Ok(_) if any_rule_failed(handled) => Level::Warn,
        Ok(_) => Level::Info,
    }
}

/// Returns whether a rule in enforce mode failed.
fn any_rule_failed(handled: &Handled) -> bool {
    let failed = |step: &Step| step.mode == Mode::Enforce && matches!(step.result, StepResult::Failed(_));
    let unjudged = |verdict: &Verdict| matches!(verdict, Verdict::Denied(Denial::Unjudged(_)));
    handled
        .outcome
        .as_ref()
        .is_some_and(|outcome| unjudged(&outcome.verdict) || outcome.trace.iter().any(failed))
}

impl<'a> Why<'a> {
    fn of(denial: &'a Denial) -> Self {
        let (failure, field) = match denial {
            Denial::Error(_, failure) | Denial::Unjudged(failure) => (Some(failure.name()), None),
            Denial::TooLong(field) => (None, Some(field.name())),
            Denial::Rule(_) | Denial::Empty => (None, None),
        };
        Self { reason: denial.name(), rule: denial.rule().map(|id| &**id), failure, field }
    }
}

impl<'a> Rule<'a> {
    fn of(step: &'a Step, pipeline: &'a Pipeline) -> Option<Self> {
        let written = || pipeline.rules.iter().find(|rule| rule.id == step.rule);
        let mut rule = Self {
            id: &step.rule,
            mode: step.mode.name(),
            effect: None,
            points: step.points,
            severity: None,
            tags: &[],
            detectors: Vec::new(),
            kinds: BTreeMap::new(),
            failure: None,
        };
        match &step.result {
            StepResult::Miss | StepResult::Outside(_) | StepResult::Unmet | StepResult::Ended { .. } => {
                return None;
            }
            // This is the result in a run that never began, and says nothing about the rule.
            StepResult::Failed(Failure::Event) => return None,
            StepResult::Failed(failure) => rule.failure = Some(failure.name()),
            StepResult::Hit { spans, effect } => {
                rule.effect = Some(match effect {
                    Effect::None => "none",
                    Effect::Edited => "edited",
                    Effect::Denied => "denied",
                    Effect::Passed => "passed",
                });
                for span in spans {
                    *rule.kinds.entry(span.kind).or_default() += 1;
                }
            }
        }
        // Looked up only here, because few rules appear in the log.
        if let Some(written) = written() {
            rule.severity = written.severity.map(RuleSeverity::name);
            rule.tags = &written.tags;
            rule.detectors = written.find.iter().map(|finder| finder.name).collect();
        }
        Some(rule)
    }
}

fn names<S: Serializer>(tags: &[Arc<str>], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(tags.iter().map(|tag| &**tag))
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes what it asks about by reference")]
fn is_zero(number: &i64) -> bool {
    *number == 0
}
