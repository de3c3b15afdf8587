//! Strict matching: compares the letters that a reader perceives, including confusable characters.

use std::ops::Range;

use aho_corasick::AhoCorasick;

use super::anchored::Anchored;
use super::ends::is_known;
use super::pattern::{Pattern, is_punctuation};
use super::plain::too_large;
use super::starred::Starred;
use super::word::Word;
use super::{Context, Exhausted, Matcher, Needles, Problem};
use crate::order;
use crate::text::{Letters, Reading, View};

/// A list of words that is matched on the readings of a text.
pub(super) struct Strict {
    /// Words that match only at the start of a word.
    at_word_start: (Anchored, Vec<Pattern>),
    /// Words that may follow other letters.
    anywhere: Option<(AhoCorasick, Vec<Pattern>)>,
    starred: Starred,
    needles: Vec<String>,
}

impl Strict {
    pub(super) fn new(words: Vec<Word>) -> Result<Self, Problem> {
        let (anywhere, at_word_start): (Vec<_>, Vec<_>) = words.iter().partition(|word| word.ends.before);
        let (mut needles, at_word_start): (Vec<_>, _) =
            at_word_start.into_iter().flat_map(Pattern::all).unzip();
        let (more_needles, anywhere): (Vec<_>, Vec<_>) = anywhere.into_iter().flat_map(Pattern::all).unzip();
        let at_word_start = (Anchored::new(&needles).map_err(|error| too_large(&error))?, at_word_start);
        let automaton = (!anywhere.is_empty()).then(|| AhoCorasick::new(&more_needles)).transpose();
        let anywhere = automaton.map_err(|error| too_large(&error))?.map(|automaton| (automaton, anywhere));
        needles.extend(more_needles);
        Ok(Self { at_word_start, anywhere, starred: Starred::new(words), needles })
    }

    /// Finds the words of the list, other than those with asterisks, in one reading of `text`.
    fn search(
        &self,
        text: &View,
        letters: &Letters,
        cx: &mut Context<'_>,
        ranges: &mut Vec<Range<usize>>,
    ) -> Result<(), Exhausted> {
        let (automaton, patterns) = &self.at_word_start;
        let all = letters.all();
        for (first, letter) in all.iter().enumerate().filter(|(_, letter)| letter.begins) {
            let mut verified = 0;
            let examined = automaton.each_at(letters.text(), letter.place(), |word| {
                let pattern = &patterns[word.as_usize()];
                verified += 64;
                ranges.extend(pattern.verify(text.text(), all, pattern.range_from(first)));
            });
            cx.budget.spend(examined as u64 + verified)?;
        }
        let Some((automaton, patterns)) = &self.anywhere else { return Ok(()) };
        for matched in automaton.find_overlapping_iter(letters.text()) {
            cx.budget.spend(64)?;
            let (pattern, at) = (&patterns[matched.pattern().as_usize()], letters.at(matched.range()));
            if !at.is_empty() && !is_known(&letters.covered(at.clone()), ranges) {
                ranges.extend(pattern.verify(text.text(), all, at));
            }
        }
        Ok(())
    }
}

impl Matcher for Strict {
    fn take_needles(&mut self) -> Needles {
        Needles { letters: std::mem::take(&mut self.needles), ..Needles::default() }
    }

    fn find(
        &self,
        text: &View,
        cx: &mut Context<'_>,
        ranges: &mut Vec<Range<usize>>,
    ) -> Result<(), Exhausted> {
        let mut written = Vec::new();
        for letters in text.readings() {
            let as_written = letters.reading() == Reading::Written;
            self.search(text, letters, cx, if as_written { &mut written } else { ranges })?;
        }
        if !written.is_empty() {
            order::by(&mut written, |range| (range.start, 0));
            ranges.retain(|range| !is_punctuation_around_one_of(&written, text.text(), range));
            ranges.append(&mut written);
        }
        self.starred.find(text, cx, ranges)
    }
}

/// Returns whether `range` of `text` is one of `written`, which are sorted, with punctuation around it. In another reading, the punctuation
/// may stand for letters of the word.
fn is_punctuation_around_one_of(written: &[Range<usize>], text: &str, range: &Range<usize>) -> bool {
    let first = written.partition_point(|one| one.start < range.start);
    let Some(one) = written.get(first).filter(|one| one.end <= range.end) else { return false };
    let around = [&text[range.start..one.start], &text[one.end..range.end]];
    *one != *range && around.iter().all(|piece| piece.chars().all(is_punctuation))
}
