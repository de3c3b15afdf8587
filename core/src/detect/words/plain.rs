//! Plain matching: ignores case, width, accents and invisible characters, and nothing else.

use std::ops::Range;

use aho_corasick::AhoCorasick;

use super::ends::{Ends, is_known};
use super::word::Word;
use super::{Context, Exhausted, Matcher, Needles, Problem};
use crate::text::View;

/// A list of words that is matched on the folded text.
pub(super) struct Plain {
    automaton: AhoCorasick,
    ends: Vec<Ends>,
    words: Vec<String>,
}

impl Plain {
    pub(super) fn new(words: Vec<Word>) -> Result<Self, Problem> {
        let (words, ends): (Vec<_>, _) = words.into_iter().map(|word| (word.text, word.ends)).unzip();
        let automaton = AhoCorasick::new(&words).map_err(|error| too_large(&error))?;
        Ok(Self { automaton, ends, words })
    }
}

impl Matcher for Plain {
    fn take_needles(&mut self) -> Needles {
        Needles { folded: std::mem::take(&mut self.words), ..Needles::default() }
    }

    fn find(
        &self,
        text: &View,
        cx: &mut Context<'_>,
        ranges: &mut Vec<Range<usize>>,
    ) -> Result<(), Exhausted> {
        for folded in text.foldings() {
            for matched in self.automaton.find_overlapping_iter(folded.text()) {
                cx.budget.spend(64)?;
                let (ends, within) = (self.ends[matched.pattern().as_usize()], matched.range());
                let range = folded.origin(within.clone());
                if is_known(&range, ranges)
                    || folded.cuts(within.clone())
                    || ends.are_exceeded(text.text(), &range, folded.text(), &within)
                {
                    continue;
                }
                ranges.extend(ends.whole_word(text.text(), range));
            }
        }
        Ok(())
    }
}

/// Returns the problem that a list is too large for an automaton.
pub(super) fn too_large(error: &aho_corasick::BuildError) -> Problem {
    Problem::new(format!("the list is too large: {error}"))
}
