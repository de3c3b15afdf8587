//! `max`: how many findings a text may have, for every detector that takes this setting.

use std::collections::HashSet;

use super::near_misses::distinct;
use super::{Budget, Context, Detector, Exhausted, Found, NearMiss, Needles, Reads, WordRead};
use crate::message::Message;
use crate::order;
use crate::shape::{Key, Shape};
use crate::text::View;

/// The key `max` of settings.
pub(super) const MAX: Key = Key::new(
    "max",
    Shape::COUNT,
    "How many of them each text may contain: the first ones stay, and only those after them are found.",
)
.default("0");

/// Returns a detector that finds what `detector` finds after the first `max` findings of a text.
pub(super) fn beyond(max: usize, detector: Box<dyn Detector>) -> Box<dyn Detector> {
    if max == 0 { detector } else { Box::new(AtMost { max, detector }) }
}

/// Finds what comes after the first `max` findings of a detector.
struct AtMost {
    max: usize,
    detector: Box<dyn Detector>,
}

impl Detector for AtMost {
    fn reads(&self) -> Reads {
        self.detector.reads()
    }

    fn find(&self, text: &View, cx: &mut Context<'_>, found: &mut Found) -> Result<(), Exhausted> {
        let mut all = Found::default();
        self.detector.find(text, cx, &mut all)?;
        found.whole |= all.whole;
        order::by(&mut all.spans, |find| (find.range.start, usize::MAX - find.range.end));
        let (mut count, mut subjects) = (0, HashSet::new());
        let (mut end, mut stays) = (0, true);
        for find in all.spans {
            // Findings that overlap count as one.
            if find.range.start >= end {
                let is_known = find.subject.as_ref().is_some_and(|subject| subjects.contains(subject));
                stays = is_known || count < self.max;
                if stays && !is_known {
                    count += 1;
                    subjects.extend(find.subject.clone());
                }
            }
            end = end.max(find.range.end);
            if !stays {
                found.add(find);
            }
        }
        Ok(())
    }

    fn take_needles(&mut self) -> Option<Needles> {
        self.detector.take_needles()
    }

    fn looks_again(&self) -> bool {
        self.detector.looks_again()
    }

    fn near_misses(&self, text: &View) -> Vec<NearMiss> {
        let (message, mut found) = (Message::default(), Found::default());
        let mut cx = Context { message: &message, budget: Budget::RULE };
        let first = self.detector.find(text, &mut cx, &mut found).map(|()| found.spans);
        let why = || "it is among the first findings, which `max` allows".to_owned();
        let first = first.unwrap_or_default().into_iter();
        let mut near: Vec<_> =
            first.map(|find| NearMiss { range: find.range, kind: find.kind, why: why() }).collect();
        near.extend(self.detector.near_misses(text));
        distinct(near, &[])
    }

    fn words_read(&self, text: &View) -> Vec<WordRead> {
        self.detector.words_read(text)
    }

    fn without_max(&self) -> Option<&dyn Detector> {
        Some(&*self.detector)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::{Detectors, Rulebook};

    /// Returns what the detector called `name` with `settings` finds in `text`.
    fn found(name: &str, settings: &str, text: &str) -> Vec<String> {
        let settings = toml::de::DeValue::parse(settings).unwrap();
        let build = Detectors::builtin().get(name).unwrap().build;
        let detector = build(settings, &Rulebook::default()).unwrap();
        let (message, mut found) = (Message::default(), Found::default());
        let mut cx = Context { message: &message, budget: Budget::RULE };
        detector.find(&View::new(text), &mut cx, &mut found).unwrap();
        found.spans.into_iter().map(|find| text[find.range].to_owned()).collect()
    }

    /// Every detector with this setting leaves out the first `max` findings, and reports the same findings after them as without the
    /// setting.
    #[test]
    fn the_first_findings_stay() {
        for (name, settings, pieces) in [
            ("words", "words = ['cat', 'dog']", ["cat", "d0g", "Cat", "dog", "c a t", "dog"]),
            ("profanity", "level = 'work'", ["shit", "sh1t", "fuck", "Shit", "f u c k", "shit"]),
            ("profanity", "languages = ['en', 'de']", ["shit", "Scheiße", "fuck", "shit", "Scheiße", "shit"]),
            ("links", "kinds = 'all'", ["a.com", "b.org/x", "http://c.net", "a.com", "d.com", "e.com"]),
            ("mentions", "names = ['a', 'b', 'c', 'd', 'e', 'f']", ["@a", "@b", "@c", "@d", "@e", "@f"]),
            ("emoji", "allow = []", ["🙂", "👍🏽", "🇩🇪", "🙂", "👨‍👩‍👧", "1️⃣"]),
        ] {
            for separator in [" ", ", and ", "\n"] {
                let text = pieces.join(separator);
                for max in 0..8 {
                    let found = found(name, &format!("{{ {settings}, max = {max} }}"), &text);
                    assert_eq!(found, pieces[max.min(pieces.len())..], "{name}, max = {max}: {text:?}");
                }
            }
        }
    }
}
