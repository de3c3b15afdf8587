//! Plain matching: through case, width, accents and invisible characters, and no further.

use std::ops::Range;

use aho_corasick::AhoCorasick;

use super::ends::{Ends, is_known};
use super::word::Word;
use super::{Context, Exhausted, Matcher, Problem};
use crate::text::{Letters, Reading, View};

/// A list matched on the folded text.
pub(super) struct Plain {
    automaton: AhoCorasick,
    ends: Vec<Ends>,
    needles: Vec<String>,
}

impl Plain {
    pub(super) fn new(words: Vec<Word>) -> Result<Self, Problem> {
        let automaton =
            AhoCorasick::new(words.iter().map(|word| &word.text)).map_err(|error| too_large(&error))?;
        let letters = |word: &Word| Letters::new(&word.text, Reading::I).text().to_owned();
        let needles = words.iter().map(letters).collect();
        Ok(Self { automaton, needles, ends: words.into_iter().map(|word| word.ends).collect() })
    }
}

impl Matcher for Plain {
    fn take_needles(&mut self) -> Vec<String> {
        std::mem::take(&mut self.needles)
    }

    fn find(
        &self,
        text: &View,
        cx: &mut Context<'_>,
        ranges: &mut Vec<Range<usize>>,
    ) -> Result<(), Exhausted> {
        let folded = text.folded();
        for matched in self.automaton.find_overlapping_iter(folded.text()) {
            cx.budget.spend(64)?;
            let ends = self.ends[matched.pattern().as_usize()];
            let range = folded.unfolded(matched.range());
            let there = || !folded.cuts(matched.range()) && !ends.are_passed(folded.text(), &matched.range());
            if !is_known(&range, ranges) && there() {
                ranges.extend(ends.whole_word(text.text(), range));
            }
        }
        Ok(())
    }
}

pub(super) fn too_large(error: &aho_corasick::BuildError) -> Problem {
    Problem::new(format!("the list is too large: {error}"))
}
