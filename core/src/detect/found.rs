//! The input of a detector and its findings.

use std::ops::Range;

use super::{Budget, Severity};
use crate::message::Message;

/// What a detector may use besides the text.
#[derive(Debug)]
pub struct Context<'a> {
    /// The message that contains the text, as received.
    pub message: &'a Message,
    /// What is left of the budget for this message.
    pub budget: Budget,
}

/// The findings of a detector in one text.
#[derive(Debug, Default)]
pub struct Found {
    pub(crate) spans: Vec<Find>,
    pub(crate) whole: bool,
}

/// A finding: a span of a [`View`](crate::text::View) and its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Find {
    pub range: Range<usize>,
    pub kind: &'static str,
    pub severity: Option<Severity>,
    /// What the finding is about, such as the name in a mention: with `max`, findings with the same subject count once.
    pub subject: Option<String>,
}

/// The word as which a detector reads a finding, such as `shit` for `sh!t`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordRead {
    /// The finding.
    pub range: Range<usize>,
    /// The word, in lower case.
    pub word: String,
}

impl Found {
    /// Reports `range` of the text as a finding of `kind`, such as `email`. The range must be on character boundaries. An empty range is
    /// ignored.
    pub fn push(&mut self, range: Range<usize>, kind: &'static str) {
        self.add(Find { range, kind, severity: None, subject: None });
    }

    /// Reports `range` of the text as [`Self::push`] does, with its severity.
    pub(crate) fn push_graded(&mut self, range: Range<usize>, kind: &'static str, severity: Severity) {
        self.add(Find { range, kind, severity: Some(severity), subject: None });
    }

    /// Reports `range` of the text as [`Self::push`] does, as one of possibly several findings about `subject`.
    pub(crate) fn push_about(&mut self, range: Range<usize>, kind: &'static str, subject: String) {
        self.add(Find { range, kind, severity: None, subject: Some(subject) });
    }

    pub(crate) fn add(&mut self, find: Find) {
        if !find.range.is_empty() {
            self.spans.push(find);
        }
    }

    /// Reports a finding about the message as a whole, without a span.
    pub fn whole_message(&mut self) {
        self.whole = true;
    }

    /// Returns whether nothing was reported.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty() && !self.whole
    }
}
