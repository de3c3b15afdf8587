//! [`Finder`]: one rule of Chimeflow's, and what it finds.

use std::fmt;
use std::ops::Range;

use chimeflow::detect::Detectors;
use chimeflow::message::Message;
use chimeflow::outcome::{Outcome, StepResult, Verdict};
use chimeflow::pipeline::Pipeline;
use chimeflow_core::rules::{Source, parse};

use crate::Failure;

/// A pipeline with one rule for content.
pub(crate) struct Finder(Pipeline);

/// The result of the rule for a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Finding {
    /// What was found.
    pub spans: Vec<Span>,
    /// Why the rule failed, if it did: that denies a message unless a rules file specifies otherwise.
    pub failed: Option<String>,
}

/// A finding, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub range: Range<usize>,
    pub kind: &'static str,
}

impl Finder {
    /// Returns a rule that masks what `find` finds, which is the content of a table such as `pii = ["email"]`.
    pub(crate) fn new(find: &str) -> Result<Self, Failure> {
        let rules = format!(
            "version = 1\n[message]\nencoding = 'plain'\n[[rule]]\nid = 'it'\non = ['content']\nfind = {{ {find} }}\ndo = 'mask'\n"
        );
        let rules = parse(&Source::alone("rules", &rules), &Detectors::builtin());
        Ok(Self(rules.map_err(|report| report.to_string())?.pipeline))
    }

    pub(crate) fn find(&self, text: &str) -> Finding {
        match self.run(text).trace.first().map(|step| &step.result) {
            Some(StepResult::Hit { spans, .. }) => {
                let span =
                    |span: &chimeflow::outcome::Span| Span { range: span.range.clone(), kind: span.kind };
                Finding { spans: spans.iter().map(span).collect(), failed: None }
            }
            Some(StepResult::Failed(failure)) => {
                Finding { spans: Vec::new(), failed: Some(failure.to_string()) }
            }
            _ => Finding::default(),
        }
    }

    /// Returns `text` with its findings masked.
    pub(crate) fn mask(&self, text: &str) -> String {
        match self.run(text).verdict {
            Verdict::Edited(edits) => edits.content.unwrap_or_else(|| text.to_owned()),
            _ => text.to_owned(),
        }
    }

    fn run(&self, text: &str) -> Outcome {
        self.0.run(Message { content: text.to_owned(), ..Message::default() })
    }
}

impl fmt::Debug for Finder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Finder").finish_non_exhaustive()
    }
}

impl Finding {
    /// Returns whether anything was found. A text on which the rule fails is treated as if there was.
    pub(crate) fn is_hit(&self) -> bool {
        !self.spans.is_empty() || self.failed.is_some()
    }

    /// Returns what was found in `text`, for people.
    pub(crate) fn show(&self, text: &str) -> Vec<String> {
        let span = |span: &Span| format!("{} ({})", &text[span.range.clone()], span.kind);
        let failed = self.failed.iter().map(|failure| format!("failed: {failure}"));
        self.spans.iter().map(span).chain(failed).collect()
    }
}
