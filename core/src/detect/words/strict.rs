//! Strict matching: on the letters somebody reads, whatever stands for them.

use std::ops::Range;

use aho_corasick::AhoCorasick;

use super::anchored::Anchored;
use super::ends::is_known;
use super::pattern::{Pattern, is_sign};
use super::plain::too_large;
use super::starred::Starred;
use super::word::Word;
use super::{Context, Exhausted, Matcher, Needles, Problem};
use crate::text::{Letters, Reading, View};

/// A list matched on the letters of a text.
pub(super) struct Strict {
    /// Words that must begin where a word may begin.
    whole: (Anchored, Vec<Pattern>),
    /// Words before which letters may stand.
    inner: Option<(AhoCorasick, Vec<Pattern>)>,
    starred: Starred,
    needles: Vec<String>,
}

impl Strict {
    pub(super) fn new(words: Vec<Word>) -> Result<Self, Problem> {
        let (inner, whole): (Vec<_>, Vec<_>) = words.iter().partition(|word| word.ends.before);
        let (mut needles, whole): (Vec<_>, _) = whole.into_iter().flat_map(Pattern::all).unzip();
        let (inner_needles, inner): (Vec<_>, Vec<_>) = inner.into_iter().flat_map(Pattern::all).unzip();
        let whole = (Anchored::new(&needles).map_err(|error| too_large(&error))?, whole);
        let everywhere = (!inner.is_empty()).then(|| AhoCorasick::new(&inner_needles)).transpose();
        let inner = everywhere.map_err(|error| too_large(&error))?.map(|automaton| (automaton, inner));
        needles.extend(inner_needles);
        Ok(Self { whole, inner, starred: Starred::new(words), needles })
    }

    fn search(
        &self,
        text: &View,
        letters: &Letters,
        cx: &mut Context<'_>,
        ranges: &mut Vec<Range<usize>>,
    ) -> Result<(), Exhausted> {
        let (automaton, patterns) = &self.whole;
        let all = letters.all();
        for (first, letter) in all.iter().enumerate().filter(|(_, letter)| letter.begins) {
            let mut verified = 0;
            let seen = automaton.each_at(letters.text(), letters.place(*letter), |word| {
                let pattern = &patterns[word.as_usize()];
                verified += 64;
                ranges.extend(pattern.verify(text.text(), all, pattern.from(first)));
            });
            cx.budget.spend(seen as u64 + verified)?;
        }
        let Some((automaton, patterns)) = &self.inner else { return Ok(()) };
        for matched in automaton.find_overlapping_iter(letters.text()) {
            cx.budget.spend(64)?;
            let (pattern, at) = (&patterns[matched.pattern().as_usize()], letters.at(matched.range()));
            let covered = match &all[at.clone()] {
                [first, .., last] => first.range().start..last.range().end,
                [one] => one.range(),
                [] => continue,
            };
            if !is_known(&covered, ranges) {
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
            written.sort_unstable_by_key(|range| range.start);
            ranges.retain(|range| !is_signs_around_one_of(&written, text.text(), range));
            ranges.append(&mut written);
        }
        self.starred.find(text, cx, ranges)
    }
}

/// Whether `range` of `text` is one of `written`, which are in order, with nothing but signs beside it: they may be read as more
/// letters of a word that does without them.
fn is_signs_around_one_of(written: &[Range<usize>], text: &str, range: &Range<usize>) -> bool {
    let first = written.partition_point(|one| one.start < range.start);
    let Some(one) = written.get(first).filter(|one| one.end <= range.end) else { return false };
    let around = [&text[range.start..one.start], &text[one.end..range.end]];
    *one != *range && around.iter().all(|piece| piece.chars().all(is_sign))
}
