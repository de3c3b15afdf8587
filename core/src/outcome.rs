//! [`Outcome`]: what the pipeline decided about a message, and why.

use std::sync::Arc;

use crate::message::Field;
pub use crate::rule::Span;
use crate::rule::{Mode, Outside};
use crate::text::Edits;

/// What the pipeline decided about a message, and why. Always both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The answer.
    pub verdict: Verdict,
    /// What each rule did, in the order of the rules file. A large set of rules passes over those whose words the message does not
    /// hold: they are missing here, but for [`Pipeline::explain`](crate::pipeline::Pipeline::explain).
    pub trace: Vec<Step>,
    /// The points of the rules that act and found something.
    pub score: i64,
}

impl Outcome {
    /// The rules that found something, in order, those in shadow among them.
    pub fn hits(&self) -> impl Iterator<Item = &Step> {
        self.trace.iter().filter(|step| matches!(step.result, StepResult::Hit { .. }))
    }
}

/// What becomes of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It goes out as it came.
    Unchanged,
    /// It goes out with these fields changed.
    Edited(Edits),
    /// Nobody gets it.
    Denied(Denial),
}

impl Verdict {
    /// The name that traces and logs use.
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
    /// A rule says so.
    Rule(Arc<str>),
    /// A rule could not judge it, and its `on-error` is `deny`.
    Error(Arc<str>, Failure),
    /// The rules could not be run to their end, and the default `on-error` is `deny`.
    Unjudged(Failure),
    /// Edits left nothing that could be sent.
    Empty,
    /// Even with what was found masked, a field is over its limit.
    TooLong(Field),
}

impl Denial {
    /// The rule behind it, if one rule is.
    #[must_use]
    pub fn rule(&self) -> Option<&Arc<str>> {
        match self {
            Self::Rule(id) | Self::Error(id, _) => Some(id),
            Self::Unjudged(_) | Self::Empty | Self::TooLong(_) => None,
        }
    }

    /// The name that traces and logs use.
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
    /// Whether it acts or only watches.
    pub mode: Mode,
    /// How it went.
    pub result: StepResult,
    /// What it added to the score. In shadow, what it would have added.
    pub points: i64,
}

/// How a rule went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepResult {
    /// It found something.
    Hit {
        /// What it found. Empty when the rule is about the message as a whole.
        spans: Vec<Span>,
        /// What it did about it.
        effect: Effect,
    },
    /// It found nothing.
    Miss,
    /// It is not about this sender or this channel.
    Outside(Outside),
    /// Its `when` does not hold.
    Unmet,
    /// An earlier rule had ended the run.
    Ended {
        /// That rule.
        by: Arc<str>,
    },
    /// It could not judge the message.
    Failed(Failure),
}

impl StepResult {
    /// The name that traces and logs use.
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

/// What a rule that found something did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing: it is in shadow, has no `do`, or its edit would change nothing.
    None,
    /// It edited what it found, or the metadata.
    Edited,
    /// It denied the message.
    Denied,
    /// It let the message pass.
    Passed,
}

/// Why a rule could not judge a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Its work on this message outgrew what a rule may spend.
    #[error("used up its budget")]
    Budget,
    /// It broke down.
    #[error("panicked")]
    Panic,
    /// What it asked the host was not answered.
    #[error("got no answer to what it asked")]
    Unanswered,
    /// The time for rules was up.
    #[error("ran out of time")]
    Time,
    /// The event could not be read.
    #[error("the event is damaged")]
    Event,
}

impl Failure {
    /// The name that traces and logs use.
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
