//! [`Pattern`]: what letters must be like to be a word of a list.
//!
//! A run of letters in a word is what the text must have too, or at least three: *ass* has two s, and *as* is not *ass*, but
//! *asssss* is. A word may be spread over white space only letter by letter (`f u c k`), over signs any way (`f-u.ck`); each word
//! of a phrase on its own.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::ends::Ends;
use super::spelled;
use super::word::Word;
use crate::text::{
    Gap, Letter, Letters, Reading, View, is_foreign_word, is_part_of_glyph, stands_for_letter,
};

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
    /// The word itself, when there are signs between its letters.
    signs: Option<Box<str>>,
    /// What a word that is not all letters must look like.
    literal: Option<Box<Literal>>,
}

/// The signs at the ends of a word and, when it is to be as listed, all of it.
#[derive(Default)]
struct Literal {
    lead: String,
    trail: String,
    core: Option<String>,
}

impl Pattern {
    /// The letters of `word` in each way in which texts are read, and what else they must be.
    pub(super) fn all(word: &Word) -> impl Iterator<Item = (String, Self)> {
        let core = word.text.trim_matches(is_sign);
        let alike = Self::new(word, core, &Letters::new(&with_final_sigmas(core), Reading::I));
        let mut written = Self::new(word, core, &Letters::new(core, Reading::Written));
        let differs = written.0 != alike.0 || written.1.counts != alike.1.counts;
        if differs && core.contains(stands_for_letter) {
            // A sign is no letter here, and without it the word would be another.
            written.1.literal.get_or_insert_default().core = Some(core.to_owned());
        }
        std::iter::once(alike).chain(differs.then_some(written))
    }

    fn new(word: &Word, core: &str, letters: &Letters) -> (String, Self) {
        let counts = || letters.all().iter().map(|letter| u8::try_from(letter.count).unwrap_or(u8::MAX));
        let pattern = Self {
            ends: word.ends,
            len: u32::try_from(letters.all().len()).unwrap_or(u32::MAX),
            counts: if counts().any(|count| count > 1) { counts().collect() } else { Box::default() },
            breaks: breaks(letters),
            latin: word.text.chars().all(|c| c.is_ascii() || !c.is_alphabetic()),
            signs: core.contains(|c: char| is_sign(c) && c != ' ').then(|| core.into()),
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
        let mut whole = self.spelled(text, all, &at);
        if whole != at && self.is_as_listed(&text[covered(letters)?]) {
            whole = at.clone();
        }
        if whole.start < at.start && !self.ends.before || whole.end > at.end && !self.ends.after {
            return None;
        }
        let letters = &all[whole];
        let Range { mut start, mut end } = covered(letters)?;
        // `hell!` may read as `helll`: signs at the end that the word can do without are not part of it.
        for _ in needed(at.len() - 1)..last.count {
            let trimmed = text[start..end].strip_suffix(is_sign);
            end = trimmed.map_or(end, |trimmed| start + trimmed.len());
        }
        for _ in needed(0)..first.count {
            let trimmed = text[start..end].strip_prefix(is_sign);
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

    /// Whether `piece` is a word that is listed with signs between its letters: then these do not spell it, as in `s&m`.
    fn is_as_listed(&self, piece: &str) -> bool {
        self.signs.as_ref().is_some_and(|listed| is_folded(piece, listed))
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
        if !self.core.as_ref().is_none_or(|core| is_folded(&text[range.clone()], core)) {
            return None;
        }
        let (before, after) = (&text[..range.start], &text[range.end..]);
        let starts = before.char_indices().rev().map(|(at, _)| at);
        let start = reach(&self.lead, range.start, starts, |at| &before[at..])?;
        let ends = after.char_indices().map(|(at, c)| at + c.len_utf8());
        let end = reach(&self.trail, 0, ends, |at| &after[..at])?;
        Some((start, range.end + end))
    }
}

/// The first of `places` up to which, from `here`, a text says nothing but `signs`, whatever their width.
fn reach<'t>(
    signs: &str,
    here: usize,
    places: impl Iterator<Item = usize>,
    piece: impl Fn(usize) -> &'t str,
) -> Option<usize> {
    if signs.is_empty() {
        return Some(here);
    }
    // A sign may have something unseen beside it.
    let most = 2 * signs.chars().count();
    let mut near = places.take(most);
    near.find(|at| is_folded(piece(*at), signs))
}

/// Whether `text` is `folded` when it is folded.
fn is_folded(text: &str, folded: &str) -> bool {
    View::new(text).folded().text() == folded
}

/// What `letters` cover of the text that they are of.
fn covered(letters: &[Letter]) -> Option<Range<usize>> {
    let start = letters.iter().map(|letter| letter.range().start).min()?;
    let end = letters.iter().map(|letter| letter.range().end).max()?;
    Some(start..end)
}

/// Whether `c` is neither a letter nor a part of one: a mark, such as the one that makes が of か, belongs to the letter before it.
pub(super) fn is_sign(c: char) -> bool {
    !c.is_alphanumeric() && !is_combining_mark(c) && !is_part_of_glyph(c)
}

/// `word`, which is folded, with the small letters that Greek has at the ends of words: they pass for other Latin letters.
fn with_final_sigmas(word: &str) -> Cow<'_, str> {
    if !word.contains('σ') {
        return Cow::Borrowed(word);
    }
    let mut letters = word.chars().peekable();
    let mut written = String::with_capacity(word.len());
    while let Some(letter) = letters.next() {
        let ends = letter == 'σ' && !letters.peek().is_some_and(|next| next.is_alphabetic());
        written.push(if ends { 'ς' } else { letter });
    }
    Cow::Owned(written)
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
