//! Strict matching: on the letters somebody reads, whatever stands for them.
//!
//! A run of letters in a word is what the text must have too, or at least three: *ass* has two s, and *as* is not *ass*, but
//! *asssss* is. A word may be spread over white space only letter by letter (`f u c k`), over signs any way (`f-u.ck`).

use std::ops::Range;

use aho_corasick::AhoCorasick;

use super::ends::{Ends, is_known};
use super::plain::too_large;
use super::starred::Starred;
use super::{Context, Exhausted, Matcher, Problem, Word};
use crate::text::{Folded, Gap, Letter, Letters, Reading, View};

/// A list matched on the letters of a text.
pub(super) struct Strict {
    automaton: AhoCorasick,
    patterns: Vec<Pattern>,
    starred: Starred,
    needles: Vec<String>,
}

/// A word as letters.
struct Pattern {
    ends: Ends,
    /// How often each letter is repeated; empty when each stands once.
    counts: Box<[u8]>,
    /// Which letters begin a new word of a phrase.
    breaks: Box<[u16]>,
    /// Whether it stands for the word spread letter by letter, repeats and all.
    spread: bool,
    /// What a word that is not all letters must look like.
    literal: Option<Box<Literal>>,
}

/// The signs at the ends of a word and, when there are digits in it, all of it.
struct Literal {
    lead: String,
    trail: String,
    core: Option<String>,
}

impl Strict {
    pub(super) fn new(words: Vec<Word>) -> Result<Self, Problem> {
        let mut texts = Vec::with_capacity(words.len());
        let mut patterns = Vec::with_capacity(words.len());
        for word in &words {
            let core = word.text.trim_matches(|c: char| !c.is_alphanumeric());
            let letters = Letters::new(core, Reading::I);
            let counts = || letters.all().iter().map(|letter| u8::try_from(letter.count).unwrap_or(u8::MAX));
            let pattern = |spread: bool| {
                let repeats = !spread && counts().any(|count| count > 1);
                Pattern {
                    ends: word.ends,
                    counts: if repeats { counts().collect() } else { Box::default() },
                    breaks: if spread { Box::default() } else { breaks(&letters) },
                    spread,
                    literal: literal(&word.text, core).map(Box::new),
                }
            };
            texts.push(letters.text().to_owned());
            patterns.push(pattern(false));
            if counts().any(|count| count > 1) && breaks(&letters).is_empty() {
                let one_by_one = letters.text().chars().zip(counts());
                texts.push(one_by_one.flat_map(|(c, count)| std::iter::repeat_n(c, count.into())).collect());
                patterns.push(pattern(true));
            }
        }
        let automaton = AhoCorasick::new(&texts).map_err(|error| too_large(&error))?;
        Ok(Self { automaton, patterns, starred: Starred::new(words), needles: texts })
    }

    fn search(
        &self,
        text: &View,
        letters: &Letters,
        cx: &mut Context<'_>,
        ranges: &mut Vec<Range<usize>>,
    ) -> Result<(), Exhausted> {
        for matched in self.automaton.find_overlapping_iter(letters.text()) {
            cx.budget.spend(64)?;
            let pattern = &self.patterns[matched.pattern().as_usize()];
            let found = pattern.verify(text.text(), &letters.all()[letters.at(matched.range())]);
            let found = found.filter(|range| !is_known(range, ranges));
            ranges.extend(found.and_then(|range| pattern.ends.whole_word(text.text(), range)));
        }
        Ok(())
    }
}

impl Matcher for Strict {
    fn take_needles(&mut self) -> Vec<String> {
        std::mem::take(&mut self.needles)
    }

    fn find(
        &self,
        text: &View,
        cx: &mut Context<'_>,
        ranges: &mut Vec<Range<usize>>,
    ) -> Result<(), Exhausted> {
        for letters in text.readings() {
            self.search(text, letters, cx, ranges)?;
        }
        self.starred.find(text, cx, ranges)
    }
}

impl Pattern {
    /// Where the word stands, without what its stars stand for, if `letters` of `text`, which read like it, are it.
    fn verify(&self, text: &str, letters: &[Letter]) -> Option<Range<usize>> {
        let (first, last) = (letters.first()?, letters.last()?);
        let needed = |at: usize| self.counts.get(at).map_or(1, |count| u32::from(*count));
        let repeats =
            |(at, letter): (usize, &Letter)| letter.count == needed(at) || letter.count > needed(at).max(2);
        if !letters.iter().enumerate().all(repeats) || !self.gaps_fit(letters) {
            return None;
        }
        let (mut start, mut end) = (first.range().start, last.range().end);
        // `hell!` may read as `helll`: signs at the end that the word can do without are not part of it.
        for _ in needed(letters.len() - 1)..last.count {
            let trimmed = text[start..end].strip_suffix(|c: char| c.is_ascii_punctuation());
            end = trimmed.map_or(end, |trimmed| start + trimmed.len());
        }
        for _ in needed(0)..first.count {
            let trimmed = text[start..end].strip_prefix(|c: char| c.is_ascii_punctuation());
            start = trimmed.map_or(start, |trimmed| end - trimmed.len());
        }
        if let Some(literal) = &self.literal {
            (start, end) = literal.around(text, start..end)?;
        } else if !mostly_letters(letters) {
            return None;
        }
        Some(start..end)
    }

    /// Whether what stands between the letters lets them be one word.
    fn gaps_fit(&self, letters: &[Letter]) -> bool {
        let inside = || letters.iter().enumerate().skip(1);
        let breaks = |at: usize| self.breaks.iter().any(|b| usize::from(*b) == at);
        if self.spread || inside().any(|(at, letter)| letter.gap == Gap::Space && !breaks(at)) {
            return inside().all(|(_, letter)| letter.gap != Gap::None) && self.breaks.is_empty();
        }
        inside().all(|(at, letter)| !breaks(at) || letter.gap != Gap::None)
    }
}

impl Literal {
    /// The range of the word with its signs, if it is `range` of `text`.
    fn around(&self, text: &str, range: Range<usize>) -> Option<(usize, usize)> {
        let same = |core: &String| Folded::new(&text[range.clone()]).text() == core;
        if !self.core.as_ref().is_none_or(same) {
            return None;
        }
        let before = text[..range.start].strip_suffix(&*self.lead)?;
        text[range.end..].starts_with(&*self.trail).then_some((before.len(), range.end + self.trail.len()))
    }
}

/// Whether enough of a word is written in letters: a number is not a word.
fn mostly_letters(letters: &[Letter]) -> bool {
    let count =
        |of: &dyn Fn(&&Letter) -> bool| letters.iter().filter(of).map(|letter| letter.count).sum::<u32>();
    count(&|letter| letter.plain) * 3 >= count(&|_| true)
}

/// The letters of a phrase before which there is a space.
fn breaks(letters: &Letters) -> Box<[u16]> {
    let spaced =
        |(at, letter): (usize, &Letter)| (letter.gap == Gap::Space).then(|| u16::try_from(at).ok())?;
    letters.all().iter().enumerate().skip(1).filter_map(spaced).collect()
}

fn literal(word: &str, core: &str) -> Option<Literal> {
    let (lead, trail) = word.split_once(core)?;
    let digits = core.chars().any(char::is_numeric);
    let core = digits.then(|| core.to_owned());
    let signs = !lead.is_empty() || !trail.is_empty();
    (signs || digits).then(|| Literal { lead: lead.to_owned(), trail: trail.to_owned(), core })
}
