//! [`Outcome`]: the verdict on a message, and the reasons for it.

use std::sync::Arc;

use crate::message::Field;
pub use crate::rule::Span;
use crate::rule::{Mode, Outside};
use crate::text::Edits;

/// The verdict on a message, and the reasons for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The verdict.
    pub verdict: Verdict,
    /// What each rule did, in the order of the rules file. In a large file, rules whose words do not occur in the message are skipped
    /// and missing here, except with [`Pipeline::explain`](crate::pipeline::Pipeline::explain).
    pub trace: Vec<Step>,
    /// The sum of the points of the rules in enforce mode that found something.
    pub score: i64,
}

impl Outcome {
    /// Returns the rules that found something, in order, including those in shadow mode.
    pub fn hits(&self) -> impl Iterator<Item = &Step> {
        self.trace.iter().filter(|step| matches!(step.result, StepResult::Hit { .. }))
    }
}

/// The decision about a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is delivered as received.
    Unchanged,
    /// It is delivered with these fields changed.
    Edited(Edits),
    /// It is not delivered.
    Denied(Denial),
}

impl Verdict {
    /// Returns the name of the verdict in traces and logs.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::Edited(_) => "edited",
            Self::Denied(_) => "denied",
        }
    }
}

/// Why a message was denied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Denial {
    /// This rule denied it.
    Rule(Arc<str>),
    /// This rule could not judge it, and its `on-error` is `deny`.
    Error(Arc<str>, Failure),
    /// The rules could not run to the end, and the default `on-error` is `deny`.
    Unjudged(Failure),
    /// Edits left nothing that can be sent.
    Empty,
    /// Even with all findings masked, a field exceeds its limit.
    TooLong(Field),
}

impl Denial {
    /// Returns the rule that caused it, if one did.
    #[must_use]
    pub fn rule(&self) -> Option<&Arc<str>> {
        match self {
            Self::Rule(id) | Self::Error(id, _) => Some(id),
            Self::Unjudged(_) | Self::Empty | Self::TooLong(_) => None,
        }
    }

    /// Returns the name of the reason in traces and logs.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Rule(_) => "rule",
            Self::Error(..) => "rule-error",
            Self::Unjudged(_) => "unjudged",
            Self::Empty => "empty",
            Self::TooLong(_) => "too-long",
        }
    }
}

/// What one rule did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The rule.
    pub rule: Arc<str>,
    /// Its mode.
    pub mode: Mode,
    /// Its result.
    pub result: StepResult,
    /// The points that it added to the score; in shadow mode, those that it would have added.
    pub points: i64,
}

/// The result of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepResult {
    /// It found something.
    Hit {
        /// Its findings. Empty if the rule applies to the message as a whole.
        spans: Vec<Span>,
        /// Its effect.
        effect: Effect,
    },
    /// It found nothing.
    Miss,
    /// The rule does not apply to this sender or channel.
    Outside(Outside),
    /// Its `when` does not hold.
    Unmet,
    /// An earlier rule ended the run.
    Ended {
        /// The rule that ended it.
        by: Arc<str>,
    },
    /// It could not judge the message.
    Failed(Failure),
}

impl StepResult {
    /// Returns the name of the result in traces and logs.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Hit { .. } => "hit",
            Self::Miss => "miss",
            Self::Outside(Outside::From) => "outside-from",
            Self::Outside(Outside::In) => "outside-in",
            Self::Unmet => "unmet",
            Self::Ended { .. } => "ended",
            Self::Failed(_) => "failed",
        }
    }
}

/// The effect of a rule that found something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// None: the rule is in shadow mode, has no `do`, or its edit would change nothing.
    None,
    /// It edited its findings or the metadata.
    Edited,
    /// It denied the message.
    Denied,
    /// It let the message pass.
    Passed,
}

/// Why a rule could not judge a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Its work on this message exceeded the budget.
    #[error("used up its budget")]
    Budget,
    /// Its code panicked.
    #[error("panicked")]
    Panic,
    /// The store did not answer its request.
    #[error("the store did not answer")]
    Unanswered,
    /// The time for rules was over.
    #[error("ran out of time")]
    Time,
    /// The event has malformed fields.
    #[error("the event is damaged")]
    Event,
}

impl Failure {
    /// Returns the name of the failure in traces and logs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Budget => "budget",
            Self::Panic => "panic",
            Self::Unanswered => "unanswered",
            Self::Time => "time",
            Self::Event => "event",
        }
    }
}
