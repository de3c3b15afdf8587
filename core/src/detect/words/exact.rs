//! Exact matching: the spelling is the word, in any case of its letters. Signs and emoji are always matched so.

use std::ops::Range;

use aho_corasick::AhoCorasick;

use super::ends::Ends;
use super::plain::too_large;
use super::word::{in_upper_case, split_stars};
use super::{Context, Exhausted, Matcher, Needles, Problem};
use crate::text::{Exact as Spelling, View, is_skin_tone, is_unseen};

/// A list of words that is matched on the exact spelling of a text.
pub(super) struct Exact {
    automaton: AhoCorasick,
    words: Vec<ExactWord>,
}

/// A word as it is spelled.
#[derive(Clone, Debug)]
pub(super) struct ExactWord {
    spelling: Spelling,
    kind: Kind,
}

#[derive(Clone, Debug)]
enum Kind {
    /// A word with letters, and whether it stands for the capitals of a word with `ß` and so must be in capitals.
    Word { ends: Ends, in_capitals: bool },
    /// A sign, an emoji, or several.
    Signs {
        /// The whole, if it has skin tones, which then count.
        toned: Option<Box<str>>,
    },
}

impl ExactWord {
    /// Parses a word as written in a list. Returns the word, and its capitals if one of its letters becomes several in them.
    ///
    /// # Errors
    /// If the word is not valid; the error says what to do.
    pub(super) fn read(written: &str) -> Result<Vec<Self>, String> {
        let (word, ends) = split_stars(written)?;
        if !word.contains(char::is_alphanumeric) {
            let toned = word.contains(is_skin_tone).then(|| visible(word).into());
            return Ok(vec![Self { spelling: Spelling::new(word), kind: Kind::Signs { toned } }]);
        }
        let in_capitals = word.contains(['ß', 'ẞ']);
        let others = in_upper_case(word).into_iter().map(|other| (other, in_capitals));
        let all = std::iter::once((word.to_owned(), false)).chain(others);
        let spelled = |(word, in_capitals): (String, bool)| Self {
            spelling: Spelling::new(&word),
            kind: Kind::Word { ends, in_capitals },
        };
        Ok(all.map(spelled).collect())
    }

    /// Returns the range of `text` that the word is, if its spelling is at `at` of `spelling`.
    fn verify(&self, text: &str, spelling: &Spelling, at: Range<usize>) -> Option<Range<usize>> {
        let range = spelling.origin(at.clone())?;
        match &self.kind {
            Kind::Word { ends, in_capitals } => {
                let is_word = spelling.is(at, &self.spelling)
                    && !(*in_capitals && text[range.clone()].contains(char::is_lowercase));
                is_word.then(|| ends.whole_word(text, range))?
            }
            Kind::Signs { toned: Some(toned) } => (visible(&text[range.clone()]) == **toned).then_some(range),
            Kind::Signs { toned: None } => Some(with_repeats(text, spelling, &at, range)),
        }
    }
}

/// Returns `range`, where several signs are, with all that repeats the last of them: `:)` in `:)))`.
fn with_repeats(text: &str, spelling: &Spelling, at: &Range<usize>, range: Range<usize>) -> Range<usize> {
    let mut last = spelling.text()[at.clone()].chars().rev();
    let (Some(sign), Some(_)) = (last.next(), last.next()) else { return range };
    let more: usize = text[range.end..].chars().take_while(|c| *c == sign).map(char::len_utf8).sum();
    range.start..range.end + more
}

/// Returns the characters of `signs` that are seen.
fn visible(signs: &str) -> String {
    signs.chars().filter(|c| !is_unseen(*c)).collect()
}

impl Exact {
    pub(super) fn new(words: Vec<ExactWord>) -> Result<Self, Problem> {
        let spellings = words.iter().map(|word| word.spelling.text());
        let automaton = AhoCorasick::new(spellings).map_err(|error| too_large(&error))?;
        Ok(Self { automaton, words })
    }
}

impl Matcher for Exact {
    fn take_needles(&mut self) -> Needles {
        let exact = self.words.iter().map(|word| word.spelling.text().to_owned()).collect();
        Needles { exact, ..Needles::default() }
    }

    fn find(
        &self,
        text: &View,
        cx: &mut Context<'_>,
        ranges: &mut Vec<Range<usize>>,
    ) -> Result<(), Exhausted> {
        let spelling = text.exact();
        for matched in self.automaton.find_overlapping_iter(spelling.text()) {
            cx.budget.spend(64)?;
            let word = &self.words[matched.pattern().as_usize()];
            let within = matched.range();
            let is_known = ranges.last().is_some_and(|last| {
                spelling
                    .origin(within.clone())
                    .is_some_and(|range| last.start <= range.start && range.end <= last.end)
            });
            if !is_known {
                ranges.extend(word.verify(text.text(), spelling, within));
            }
        }
        Ok(())
    }
}
