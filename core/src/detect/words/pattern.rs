//! [`Pattern`]: the conditions under which letters of a text are a listed word.
//!
//! A letter must be repeated as often as in the listed word, or more than twice and more often than there: *as* is not *ass*, but
//! *asssss* is. A word may be split by white space only between all of its letters (`f u c k`), and by punctuation anywhere
//! (`f-u.ck`). This applies to each word of a phrase separately.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::ends::Ends;
use super::spelled;
use super::word::Word;
use crate::text::{
    Gap, Letter, Letters, Reading, View, is_foreign_word, is_part_of_glyph, stands_for_letter,
};

/// A listed word as letters.
pub(super) struct Pattern {
    ends: Ends,
    /// The number of letters, counting repeated letters once.
    len: u32,
    /// How often each letter is repeated; empty if none is.
    counts: Box<[u8]>,
    /// The indices of the letters that start a further word of a phrase.
    word_starts: Box<[u16]>,
    /// Whether all its letters are ASCII.
    is_ascii: bool,
    /// The word itself, if it contains punctuation between its letters.
    punctuated: Option<Box<str>>,
    /// The characters that must match literally, if the word is not all letters.
    literal: Option<Box<Literal>>,
}

/// The punctuation at the ends of a word, and its core if that must match literally.
#[derive(Default)]
struct Literal {
    prefix: String,
    suffix: String,
    core: Option<String>,
}

impl Pattern {
    /// Returns the letters and the pattern of `word` for each reading of texts in which they differ.
    pub(super) fn all(word: &Word) -> impl Iterator<Item = (String, Self)> {
        let core = word.text.trim_matches(is_punctuation);
        let skeleton = Self::new(word, core, &Letters::new(&with_final_sigmas(core), Reading::I));
        let mut written = Self::new(word, core, &Letters::new(core, Reading::Written));
        let differs = written.0 != skeleton.0 || written.1.counts != skeleton.1.counts;
        if differs && core.contains(stands_for_letter) {
            // In this reading, a symbol is not a letter, so the word without it would be a different word.
            written.1.literal.get_or_insert_default().core = Some(core.to_owned());
        }
        std::iter::once(skeleton).chain(differs.then_some(written))
    }

    fn new(word: &Word, core: &str, letters: &Letters) -> (String, Self) {
        let counts = || letters.all().iter().map(|letter| u8::try_from(letter.count).unwrap_or(u8::MAX));
        let pattern = Self {
            ends: word.ends,
            len: u32::try_from(letters.all().len()).unwrap_or(u32::MAX),
            counts: if counts().any(|count| count > 1) { counts().collect() } else { Box::default() },
            word_starts: word_starts(letters),
            is_ascii: word.text.chars().all(|c| c.is_ascii() || !c.is_alphabetic()),
            punctuated: core.contains(|c: char| is_punctuation(c) && c != ' ').then(|| core.into()),
            literal: literal(&word.text, core).map(Box::new),
        };
        (letters.text().to_owned(), pattern)
    }

    /// Returns the indices of its letters if it starts at the letter at `first`.
    pub(super) fn range_from(&self, first: usize) -> Range<usize> {
        first..first + self.len as usize
    }

    /// Returns the range of the word in `text` if the letters at `at`, which have its skeleton, are this word. `all` are the letters of
    /// `text`.
    pub(super) fn verify(&self, text: &str, all: &[Letter], at: Range<usize>) -> Option<Range<usize>> {
        // This cheap check rules out most longer words that start like this one.
        let next =
            all.get(at.end).filter(|next| !next.begins && text.as_bytes()[next.range().start].is_ascii());
        if next.is_some() && !self.ends.after {
            return None;
        }
        let letters = &all[at.clone()];
        let (first, last) = (letters.first()?, letters.last()?);
        let expected = |at: usize| self.counts.get(at).map_or(1, |count| u32::from(*count));
        let is_repeated_enough = |(at, letter): (usize, &Letter)| {
            // At an end where letters may follow, the first of them may be the same letter.
            let may_continue = at == 0 && self.ends.before || at + 1 == letters.len() && self.ends.after;
            let enough = if may_continue { expected(at) } else { expected(at).max(2) + 1 };
            letter.count == expected(at) || letter.count >= enough
        };
        if !letters.iter().enumerate().all(is_repeated_enough) || !self.has_valid_gaps(letters) {
            return None;
        }
        // A character may stand for several letters, which must all be within the word or outside of it.
        let is_split = |one: usize, other: usize| {
            let (Some(one), Some(other)) = (all.get(one), all.get(other)) else { return false };
            one.range().start < other.range().end && other.range().start < one.range().end
        };
        if at.start > 0 && is_split(at.start - 1, at.start) || is_split(at.end - 1, at.end) {
            return None;
        }
        let mut whole = self.whole_spelled_word(text, all, &at);
        if whole != at && self.is_as_listed(&text[covered(letters)?]) {
            whole = at.clone();
        }
        if whole.start < at.start && !self.ends.before || whole.end > at.end && !self.ends.after {
            return None;
        }
        let letters = &all[whole];
        let Range { mut start, mut end } = covered(letters)?;
        // `hell!` may be read as `helll`. Punctuation at the ends that the word does not need is not part of it.
        for _ in expected(at.len() - 1)..last.count {
            let trimmed = text[start..end].strip_suffix(is_punctuation);
            end = trimmed.map_or(end, |trimmed| start + trimmed.len());
        }
        for _ in expected(0)..first.count {
            let trimmed = text[start..end].strip_prefix(is_punctuation);
            start = trimmed.map_or(start, |trimmed| end - trimmed.len());
        }
        if let Some(literal) = &self.literal {
            // In `(#`, nobody reads a letter: it is no `c#`.
            if self.len == 1 && literal.core.is_none() && !letters.iter().all(|letter| letter.plain) {
                return None;
            }
            (start, end) = literal.expand(text, start..end)?;
        } else if !has_enough_letters(letters) || self.is_ascii && is_foreign_word(text, start..end) {
            return None;
        }
        self.ends.whole_word(text, start..end)
    }

    /// Returns the range of letters of each of its words, given that it has `len` letters.
    fn words(&self, len: usize) -> impl Iterator<Item = Range<usize>> {
        let starts = std::iter::once(0).chain(self.word_starts.iter().map(|at| usize::from(*at)));
        let ends = self.word_starts.iter().map(|at| usize::from(*at)).chain([len]);
        starts.zip(ends).map(|(start, end)| start..end)
    }

    /// Returns whether the gaps between the letters are allowed within a word, and between the words of a phrase.
    fn has_valid_gaps(&self, letters: &[Letter]) -> bool {
        self.words(letters.len()).all(|word| {
            let Some((first, inside)) = letters[word.clone()].split_first() else { return false };
            let has = |gap: Gap| inside.iter().any(|letter| letter.gap == gap);
            (word.start == 0 || first.gap != Gap::None) && !(has(Gap::Space) && has(Gap::None))
        })
    }

    /// Returns whether `piece` is the word with its listed punctuation, as in `s&m`, rather than a word that is spelled letter by letter.
    fn is_as_listed(&self, piece: &str) -> bool {
        self.punctuated.as_ref().is_some_and(|listed| folds_to(piece, listed))
    }

    /// Returns the letters at `at`, extended to the whole word if it is spelled letter by letter: `c l a s s` for `a s s`.
    fn whole_spelled_word(&self, text: &str, all: &[Letter], at: &Range<usize>) -> Range<usize> {
        let mut words = self.words(at.len()).map(|word| at.start + word.start..at.start + word.end);
        let first = words.next().unwrap_or_default();
        let last = words.last().unwrap_or_else(|| first.clone());
        spelled::whole(text, all, &first).start..spelled::whole(text, all, &last).end
    }
}

impl Literal {
    /// Returns the range of the word with its punctuation, if the core of the word is at `range` of `text`.
    fn expand(&self, text: &str, range: Range<usize>) -> Option<(usize, usize)> {
        if !self.core.as_ref().is_none_or(|core| folds_to(&text[range.clone()], core)) {
            return None;
        }
        let (before, after) = (&text[..range.start], &text[range.end..]);
        let starts = before.char_indices().rev().map(|(at, _)| at);
        let start = extend_over(&self.prefix, range.start, starts, |at| &before[at..])?;
        let ends = after.char_indices().map(|(at, c)| at + c.len_utf8());
        let end = extend_over(&self.suffix, 0, ends, |at| &after[..at])?;
        Some((start, range.end + end))
    }
}

/// Returns the first of `positions` at which the text from `start`, as `text_to` returns it, is `punctuation` when folded.
fn extend_over<'t>(
    punctuation: &str,
    start: usize,
    positions: impl Iterator<Item = usize>,
    text_to: impl Fn(usize) -> &'t str,
) -> Option<usize> {
    if punctuation.is_empty() {
        return Some(start);
    }
    // Each character may have an invisible character next to it.
    let max = 2 * punctuation.chars().count();
    positions.take(max).find(|at| folds_to(text_to(*at), punctuation))
}

/// Returns whether `text` folds to `folded`.
fn folds_to(text: &str, folded: &str) -> bool {
    View::new(text).folded().text() == folded
}

/// Returns the range of the text that `letters` cover.
fn covered(letters: &[Letter]) -> Option<Range<usize>> {
    let start = letters.iter().map(|letter| letter.range().start).min()?;
    let end = letters.iter().map(|letter| letter.range().end).max()?;
    Some(start..end)
}

/// Returns whether `c` is neither a letter nor a digit nor part of one. A mark, such as the one that makes が of か, is part of the letter
/// before it.
pub(super) fn is_punctuation(c: char) -> bool {
    !c.is_alphanumeric() && !is_combining_mark(c) && !is_part_of_glyph(c)
}

/// Returns the folded `word` with final sigmas at the ends of its words, because these are confusable with other Latin letters than σ.
fn with_final_sigmas(word: &str) -> Cow<'_, str> {
    if !word.contains('σ') {
        return Cow::Borrowed(word);
    }
    let mut letters = word.chars().peekable();
    let mut result = String::with_capacity(word.len());
    while let Some(letter) = letters.next() {
        let is_final = letter == 'σ' && !letters.peek().is_some_and(|next| next.is_alphabetic());
        result.push(if is_final { 'ς' } else { letter });
    }
    Cow::Owned(result)
}

/// Returns whether at least a third of `letters` is written in letters, because a number is not a word.
fn has_enough_letters(letters: &[Letter]) -> bool {
    let count =
        |of: &dyn Fn(&&Letter) -> bool| letters.iter().filter(of).map(|letter| letter.count).sum::<u32>();
    count(&|letter| letter.plain) * 3 >= count(&|_| true)
}

/// Returns the indices of the letters that start a further word of a phrase, after a space.
fn word_starts(letters: &Letters) -> Box<[u16]> {
    let after_space =
        |(at, letter): (usize, &Letter)| (letter.gap == Gap::Space).then(|| u16::try_from(at).ok())?;
    letters.all().iter().enumerate().skip(1).filter_map(after_space).collect()
}

/// Returns the parts of `word` that must match literally, if there are any.
fn literal(word: &str, core: &str) -> Option<Literal> {
    let (prefix, suffix) = word.split_once(core)?;
    let has_digits = core.chars().any(char::is_numeric);
    let core = has_digits.then(|| core.to_owned());
    let has_punctuation = !prefix.is_empty() || !suffix.is_empty();
    (has_punctuation || has_digits).then(|| Literal {
        prefix: prefix.to_owned(),
        suffix: suffix.to_owned(),
        core,
    })
}
