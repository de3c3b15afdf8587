//! What goes into a search and what comes out of it.

use std::ops::Range;

use super::{Budget, Severity};
use crate::message::Message;

/// What a detector may use beside the text.
#[derive(Debug)]
pub struct Context<'a> {
    /// The message the text is of, as received.
    pub message: &'a Message,
    /// The answer to what the detector asked.
    pub answer: Option<&'a Answer>,
    /// What it may still spend on this message.
    pub budget: Budget,
}

/// Something a rule must know that only the host can find out: a count, what a remote service says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Who can answer, such as `counter`.
    pub port: &'static str,
    /// What is asked, in that port's terms.
    pub key: String,
}

/// What the host found out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Answer {
    /// A count.
    Count(u64),
    /// The host could not find out, in time or at all: the rule's `on-error` decides.
    Unavailable,
}

/// What a detector found in one text.
#[derive(Debug, Default)]
pub struct Found {
    pub(crate) spans: Vec<Find>,
    pub(crate) whole: bool,
}

/// A found piece of a [`View`](crate::text::View).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Find {
    pub range: Range<usize>,
    pub kind: &'static str,
    pub severity: Option<Severity>,
}

impl Found {
    /// Reports `range` of the text as a `kind` of thing, such as `email`. The range must be on character boundaries; an empty one
    /// is not taken.
    pub fn push(&mut self, range: Range<usize>, kind: &'static str) {
        self.add(Find { range, kind, severity: None });
    }

    /// Reports `range` of the text as [`Self::push`] does, and how grave it is.
    pub fn push_graded(&mut self, range: Range<usize>, kind: &'static str, severity: Severity) {
        self.add(Find { range, kind, severity: Some(severity) });
    }

    pub(crate) fn add(&mut self, find: Find) {
        if !find.range.is_empty() {
            self.spans.push(find);
        }
    }

    /// Reports that this is about the message as a whole, with no piece of text to point at.
    pub fn whole_message(&mut self) {
        self.whole = true;
    }

    /// Whether nothing was reported.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty() && !self.whole
    }
}
