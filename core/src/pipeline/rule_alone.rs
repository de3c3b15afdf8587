//! Runs a rule on its own, as `hit` and `miss` examples do.

use std::ops::Range;

use super::fenced;
use super::search::find_twice;
use crate::detect::{Budget, Context, Find, NearMiss, WordRead};
use crate::message::Message;
use crate::outcome::Failure;
use crate::rule::{Finder, Rule};
use crate::text::View;

impl Rule {
    /// Returns what the rule's detectors find in `text`, regardless of the rule's fields, senders and channels.
    ///
    /// # Errors
    /// If the rule cannot judge the text; the reasons are the same as for a message.
    pub fn finds(&self, text: &str) -> Result<Vec<(String, &'static str)>, Failure> {
        let (view, message) = (View::new(text), Message { content: text.to_owned(), ..Message::default() });
        let mut all = Vec::new();
        for detector in &self.find {
            let mut cx = Context { message: &message, budget: Budget::RULE };
            if detector.counter().is_some() {
                return Err(Failure::Unanswered);
            }
            let found = find_twice(&**detector, &view, &mut cx)?;
            if found.is_empty() {
                return Ok(Vec::new());
            }
            let piece = |find: Find| (text[view.whole_graphemes(find.range)].to_owned(), find.kind);
            all.extend(found.spans.into_iter().map(piece));
            all.extend(found.whole.then(|| (text.to_owned(), "message")));
        }
        Ok(all)
    }

    /// Returns the parts of `text` that resemble what the rule's detectors look for, each with the reason why it is not found.
    #[must_use]
    pub fn near_misses(&self, text: &str) -> Vec<NearMiss> {
        let view = View::new(text);
        let each = |detector: &Finder| fenced(|| detector.near_misses(&view)).unwrap_or_default();
        self.find.iter().flat_map(each).collect()
    }

    /// Returns the word as which a detector of the rule reads the part of `text` at `range`, if that is written differently.
    #[must_use]
    pub fn word_read(&self, text: &str, range: &Range<usize>) -> Option<String> {
        let view = View::new(text);
        let each = |detector: &Finder| fenced(|| detector.words_read(&view)).unwrap_or_default();
        let overlaps = |read: &WordRead| read.range.start < range.end && range.start < read.range.end;
        let read = self.find.iter().flat_map(each).find(overlaps)?;
        let written: String = text.get(read.range)?.split_whitespace().collect();
        (written.to_lowercase() != read.word).then_some(read.word)
    }
}
