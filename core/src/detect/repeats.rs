//! `repeats`: finds characters, words and phrases that are repeated too often.

use std::ops::Range;

use serde::Deserialize;
use unicode_segmentation::UnicodeSegmentation;

use super::repeated_phrases;
use super::{Context, Detector, Example, Exhausted, Found, Problem, Rulebook, Settings};
use crate::shape::{Alternative, Constraint, Has, Key, Shape, Table, Words};
use crate::text::{View, is_unseen};

/// Settings of `repeats`: the allowed number of repetitions in a row.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct Repeats {
    chars: Option<usize>,
    words: Option<usize>,
    phrases: Option<usize>,
    /// The short form.
    short: Option<Short>,
}

/// What the short form finds, with the number of repetitions that suits ordinary text.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Short {
    Phrases,
}

/// How often ordinary text repeats a phrase: refrains are repeated three times, and spam more often.
const PHRASES: usize = 3;

impl Settings for Repeats {
    const NAME: &'static str = "repeats";
    const SUMMARY: &'static str = "the same character more than `chars` times in a row, the same word more than `words` times, the same words more than `phrases` times (finds the excess)";
    const EXAMPLES: &'static [Example] = &[
        Example { settings: "{ chars = 3 }", text: "soooooo good!!! 1000", finds: &["ooo"] },
        Example { settings: "{ chars = 2 }", text: "aAaA 😂😂😂😂", finds: &["aA", "😂😂"] },
        Example { settings: "{ words = 2 }", text: "spam Spam, SPAM spam and eggs", finds: &["SPAM spam"] },
        Example { settings: "{ chars = 3, words = 2 }", text: "no no, nooo", finds: &[] },
        Example {
            settings: "\"phrases\"",
            text: "Join my guild! join my guild 🎉 JOIN my guild... join my guild",
            finds: &["join my guild"],
        },
        Example {
            settings: "{ phrases = 1 }",
            text: "bye bye, see you, see you, and now to work",
            finds: &["see you"],
        },
        Example { settings: "\"phrases\"", text: "no no no no no, ha ha ha ha, 1 2 1 2 1 2 1 2", finds: &[] },
    ];

    #[rustfmt::skip]
    const SHAPE: Shape = Shape::Alternatives(&[
        Alternative::under("short", Shape::Words(&Words::of("word", || &["phrases"]))),
        Alternative::of(Shape::Table(&Table::of("`repeats`", "{ chars = 5 }", &[
            Key::new("chars", Shape::COUNT_FROM_1, "How often the same character may be repeated in a row."),
            Key::new("words", Shape::COUNT_FROM_1, "How often the same word may be repeated in a row."),
            Key::new("phrases", Shape::COUNT_FROM_1, "How often the same two or more words may be repeated in a row, with anything but words between them; `\"phrases\"` alone means 3."),
        ])
        .with(&[Constraint::any_of(
            &[Has::Key("chars"), Has::Key("words"), Has::Key("phrases")], "`repeats` needs `chars`, `words` or `phrases`", "",
        )]))),
    ]);

    fn build(self, _: &Rulebook) -> Result<Box<dyn Detector>, Problem> {
        Ok(Box::new(self))
    }
}

impl Detector for Repeats {
    fn find(&self, text: &View, cx: &mut Context<'_>, found: &mut Found) -> Result<(), Exhausted> {
        if let Some(max) = self.phrases.or(self.short.map(|Short::Phrases| PHRASES)) {
            for range in repeated_phrases::excess(text, max, &mut cx.budget)? {
                found.push(range, "repeated-phrases");
            }
        }
        let text = text.text();
        if let Some(max) = self.chars.filter(|max| may_repeat(text, *max)) {
            let chars = text.grapheme_indices(true).filter(|(_, c)| !c.trim().is_empty());
            report_excess(chars, max, true, |range| found.push(range, "repeated-chars"));
        }
        if let Some(max) = self.words {
            report_excess(text.unicode_word_indices(), max, false, |range| {
                found.push(range, "repeated-words");
            });
        }
        Ok(())
    }
}

/// Returns whether `text` may contain more than `max` equal characters in a row: it has such a run of ASCII characters, or it has
/// non-ASCII or invisible characters. This cheap check rules out most texts.
fn may_repeat(text: &str, max: usize) -> bool {
    let is_repeated = |run: &[u8]| run.windows(2).all(|pair| pair[0].eq_ignore_ascii_case(&pair[1]));
    text.bytes().any(|byte| !byte.is_ascii() || is_unseen(byte.into()))
        || text.as_bytes().windows(max + 1).any(is_repeated)
}

/// Reports the excess of each run of pieces that are equal except for case: the part after the first `max` pieces. If `adjacent`, only
/// pieces with nothing visible between them form a run.
fn report_excess<'t>(
    pieces: impl Iterator<Item = (usize, &'t str)>,
    max: usize,
    adjacent: bool,
    mut report: impl FnMut(Range<usize>),
) {
    let (mut last, mut end, mut count, mut start) = ("", 0, 0, None);
    for (at, piece) in pieces {
        // Invisible characters do not end a run.
        if adjacent && piece.chars().all(is_unseen) {
            end += if at == end { piece.len() } else { 0 };
            continue;
        }
        if (!adjacent || at == end) && is_same(last, piece) {
            count += 1;
        } else {
            if let Some(start) = start.take() {
                report(start..end);
            }
            count = 1;
        }
        last = piece;
        if count > max {
            start = start.or(Some(at));
        }
        end = at + piece.len();
    }
    if let Some(start) = start {
        report(start..end);
    }
}

/// Returns whether two pieces are equal except for case and invisible characters at their ends.
fn is_same(one: &str, other: &str) -> bool {
    let [one, other] = [one, other].map(|piece| piece.trim_end_matches(is_unseen));
    one.eq_ignore_ascii_case(other) || !one.is_ascii() && one.to_lowercase() == other.to_lowercase()
}
