//! `repeats`: the same over and over: characters, words.

use std::ops::Range;

use serde::Deserialize;
use serde_json::Value;
use unicode_segmentation::UnicodeSegmentation;

use super::schemas::{count, table};
use super::{Context, Detector, Example, Exhausted, Found, Problem, Rulebook, Settings};
use crate::text::{View, is_unseen};

/// Settings of `repeats`: how often in a row is fine.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(expecting = "a table such as `{ chars = 5 }`", deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Repeats {
    chars: Option<usize>,
    words: Option<usize>,
}

impl Settings for Repeats {
    const NAME: &'static str = "repeats";
    const SUMMARY: &'static str = "the same character more than `chars` times in a row, the same word more than `words` times (finds what is too much)";
    const EXAMPLES: &'static [Example] = &[
        Example { settings: "{ chars = 3 }", text: "soooooo good!!! 1000", finds: &["ooo"] },
        Example { settings: "{ chars = 2 }", text: "aAaA 😂😂😂😂", finds: &["aA", "😂😂"] },
        Example { settings: "{ words = 2 }", text: "spam Spam, SPAM spam and eggs", finds: &["SPAM spam"] },
        Example { settings: "{ chars = 3, words = 2 }", text: "no no, nooo", finds: &[] },
    ];

    fn schema() -> Value {
        table([("chars", count()), ("words", count())])
    }

    fn build(self, _: &Rulebook) -> Result<Box<dyn Detector>, Problem> {
        match (self.chars, self.words) {
            (None, None) => Err(Problem::new("`repeats` needs `chars`, `words` or both")),
            (Some(0), _) | (_, Some(0)) => {
                Err(Problem::new("everything stands at least once: expected 1 or more"))
            }
            _ => Ok(Box::new(self)),
        }
    }
}

impl Detector for Repeats {
    fn find(&self, text: &View, _: &mut Context<'_>, found: &mut Found) -> Result<(), Exhausted> {
        let text = text.text();
        if let Some(max) = self.chars.filter(|max| may_repeat(text, *max)) {
            let chars = text.grapheme_indices(true).filter(|(_, c)| !c.trim().is_empty());
            surplus(chars, max, true, |range| found.push(range, "repeated-chars"));
        }
        if let Some(max) = self.words {
            surplus(text.unicode_word_indices(), max, false, |range| found.push(range, "repeated-words"));
        }
        Ok(())
    }
}

/// Whether any character of ASCII stands more than `max` times in a row in `text`, or there is any other character, or one that nobody
/// sees: most texts need no closer look.
fn may_repeat(text: &str, max: usize) -> bool {
    let same = |run: &[u8]| run.windows(2).all(|pair| pair[0].eq_ignore_ascii_case(&pair[1]));
    text.bytes().any(|byte| !byte.is_ascii() || is_unseen(byte.into()))
        || text.as_bytes().windows(max + 1).any(same)
}

/// Reports each run of what is the same but for its case, from where it has been there `max` times. Pieces that must `touch` are
/// no run with something between them.
fn surplus<'t>(
    pieces: impl Iterator<Item = (usize, &'t str)>,
    max: usize,
    touch: bool,
    mut report: impl FnMut(Range<usize>),
) {
    let (mut last, mut end, mut times, mut start) = ("", 0, 0, None);
    for (at, piece) in pieces {
        // What nobody sees parts nothing.
        if touch && piece.chars().all(is_unseen) {
            end += if at == end { piece.len() } else { 0 };
            continue;
        }
        if (!touch || at == end) && is_same(last, piece) {
            times += 1;
        } else {
            if let Some(start) = start.take() {
                report(start..end);
            }
            times = 1;
        }
        last = piece;
        if times > max {
            start = start.or(Some(at));
        }
        end = at + piece.len();
    }
    if let Some(start) = start {
        report(start..end);
    }
}

/// Whether two pieces are the same but for their case.
fn is_same(one: &str, other: &str) -> bool {
    let [one, other] = [one, other].map(|piece| piece.trim_end_matches(is_unseen));
    one.eq_ignore_ascii_case(other) || !one.is_ascii() && one.to_lowercase() == other.to_lowercase()
}
