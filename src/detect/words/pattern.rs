//! [`Pattern`]: what letters must be like to be a word of a list.
//!
//! A run of letters in a word is what the text must have too, or at least three: *ass* has two s, and *as* is not *ass*, but
//! *asssss* is. A word may be spread over white space only letter by letter (`f u c k`), over signs any way (`f-u.ck`); each word
//! of a phrase on its own.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::ends::Ends;
use super::spelled;
use super::word::Word;
use crate::text::{Folded, Gap, Letter, Letters, Reading, is_foreign_word};

/// A word as letters.
pub(super) struct Pattern {
    ends: Ends,
    /// How many letters it is, repeats as one.
    len: u32,
    /// How often each letter is repeated; empty when each stands once.
    counts: Box<[u8]>,
    /// Which letters begin a new word of a phrase.
    breaks: Box<[u16]>,
    /// Whether it is written in Latin letters.
    latin: bool,
    /// What a word that is not all letters must look like.
    literal: Option<Box<Literal>>,
}

/// The signs at the ends of a word and, when there are digits in it, all of it.
struct Literal {
    lead: String,
    trail: String,
    core: Option<String>,
}

impl Pattern {
    /// The letters of `word`, and what else they must be.
    pub(super) fn new(word: &Word) -> (String, Self) {
        // A mark, such as the one that makes が of か, is no sign beside the word but a part of its last letter.
        let core = word.text.trim_matches(|c: char| !c.is_alphanumeric() && !is_combining_mark(c));
        let letters = Letters::new(core, Reading::I);
        let counts = || letters.all().iter().map(|letter| u8::try_from(letter.count).unwrap_or(u8::MAX));
        let pattern = Self {
            ends: word.ends,
            len: u32::try_from(letters.all().len()).unwrap_or(u32::MAX),
            counts: if counts().any(|count| count > 1) { counts().collect() } else { Box::default() },
            breaks: breaks(&letters),
            latin: word.text.chars().all(|c| c.is_ascii() || !c.is_alphabetic()),
            literal: literal(&word.text, core).map(Box::new),
        };
        (letters.text().to_owned(), pattern)
    }

    /// The letters it takes when it begins with the letter at `first`.
    pub(super) fn from(&self, first: usize) -> Range<usize> {
        first..first + self.len as usize
    }

    /// Where the word stands, if the letters at `at` in `all` the letters of `text`, which read like it, are it.
    pub(super) fn verify(&self, text: &str, all: &[Letter], at: Range<usize>) -> Option<Range<usize>> {
        // Most of what begins like a word is another: this sees it at a glance.
        let next =
            all.get(at.end).filter(|next| !next.begins && text.as_bytes()[next.range().start].is_ascii());
        if next.is_some() && !self.ends.after {
            return None;
        }
        let letters = &all[at.clone()];
        let (first, last) = (letters.first()?, letters.last()?);
        let needed = |at: usize| self.counts.get(at).map_or(1, |count| u32::from(*count));
        let repeats = |(at, letter): (usize, &Letter)| {
            // Where letters may go on, the first of them may be the same.
            let more = at == 0 && self.ends.before || at + 1 == letters.len() && self.ends.after;
            let enough = if more { needed(at) } else { needed(at).max(2) + 1 };
            letter.count == needed(at) || letter.count >= enough
        };
        if !letters.iter().enumerate().all(repeats) || !self.gaps_fit(letters) {
            return None;
        }
        // A character may read as several letters. Half of it is no letter.
        let cut = |one: usize, other: usize| {
            let (Some(one), Some(other)) = (all.get(one), all.get(other)) else { return false };
            one.range().start < other.range().end && other.range().start < one.range().end
        };
        if at.start > 0 && cut(at.start - 1, at.start) || cut(at.end - 1, at.end) {
            return None;
        }
        let whole = self.spelled(text, all, &at);
        if whole.start < at.start && !self.ends.before || whole.end > at.end && !self.ends.after {
            return None;
        }
        let letters = &all[whole];
        let mut start = letters.iter().map(|letter| letter.range().start).min()?;
        let mut end = letters.iter().map(|letter| letter.range().end).max()?;
        // `hell!` may read as `helll`: signs at the end that the word can do without are not part of it.
        for _ in needed(at.len() - 1)..last.count {
            let trimmed = text[start..end].strip_suffix(|c: char| c.is_ascii_punctuation());
            end = trimmed.map_or(end, |trimmed| start + trimmed.len());
        }
        for _ in needed(0)..first.count {
            let trimmed = text[start..end].strip_prefix(|c: char| c.is_ascii_punctuation());
            start = trimmed.map_or(start, |trimmed| end - trimmed.len());
        }
        if let Some(literal) = &self.literal {
            (start, end) = literal.around(text, start..end)?;
        } else if !mostly_letters(letters) || self.latin && is_foreign_word(text, start..end) {
            return None;
        }
        self.ends.whole_word(text, start..end)
    }

    /// The letters at which each word of it begins and ends.
    fn words(&self, len: usize) -> impl Iterator<Item = Range<usize>> {
        let starts = std::iter::once(0).chain(self.breaks.iter().map(|at| usize::from(*at)));
        let ends = self.breaks.iter().map(|at| usize::from(*at)).chain([len]);
        starts.zip(ends).map(|(start, end)| start..end)
    }

    /// Whether what stands between the letters lets them be one word, or the words of a phrase.
    fn gaps_fit(&self, letters: &[Letter]) -> bool {
        self.words(letters.len()).all(|word| {
            let Some((first, inside)) = letters[word.clone()].split_first() else { return false };
            let has = |gap: Gap| inside.iter().any(|letter| letter.gap == gap);
            (word.start == 0 || first.gap != Gap::None) && !(has(Gap::Space) && has(Gap::None))
        })
    }

    /// The letters of the longer word of which those at `at` are some, if it is spelled: `c l a s s` for its `a s s`.
    fn spelled(&self, text: &str, all: &[Letter], at: &Range<usize>) -> Range<usize> {
        let mut words = self.words(at.len()).map(|word| at.start + word.start..at.start + word.end);
        let first = words.next().unwrap_or_default();
        let last = words.last().unwrap_or_else(|| first.clone());
        spelled::whole(text, all, &first).start..spelled::whole(text, all, &last).end
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
