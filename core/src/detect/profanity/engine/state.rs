//! [`State`]: a word in progress.

use super::layout::{LEADS, OTHER, branch};
use super::table::{Node, Sounds};

/// The progress of one reading of the text within one word, or within all words with the same beginning.
#[derive(Clone, Copy, Debug)]
pub(super) struct State {
    /// The current node, and in the lowest bit whether the word began after a separator. States with the same key are merged.
    pub key: u32,
    /// The flags of the node in the table.
    flags: u32,
    /// Where the word began.
    pub start: u32,
    /// The code that leads to the node.
    letter: u8,
    /// The code that was read last.
    last: u8,
    pub counts: Counts,
}

/// How many characters were replaced, skipped or repeated so far.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counts {
    pub spaces: u8,
    pub skipped: u8,
    pub replacements: u8,
    /// Replacements of digits, most of which are numbers.
    pub digits: u8,
    pub repetitions: u8,
}

/// A character at its position.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub code: u8,
    /// Its position.
    pub at: u32,
    /// Its readings: all that it has, or one of them.
    pub readings: &'a [u8],
    /// The branches of all its readings.
    pub branches: u32,
    /// The code in lower case.
    lower: u8,
    /// The least of its readings.
    least: u8,
    /// Whether it may represent a space.
    is_spacing: bool,
    /// Whether it is a separator that an innocent word may contain.
    is_within_words: bool,
    /// Whether words may continue after it as if it were absent.
    pub is_separator: bool,
}

impl<'a> Place<'a> {
    #[inline]
    pub(super) fn new(code: u8, at: u32, readings: &'a [u8], is_separator: bool) -> Self {
        let Sounds { branches, least } = match readings {
            [only] => Sounds { branches: branch(*only), least: *only },
            _ => Sounds::of(code),
        };
        let (lower, is_spacing) = (code.to_ascii_lowercase(), is_spacing(code));
        let is_within_words = is_within_words(code);
        Self { code, at, readings, branches, lower, least, is_spacing, is_within_words, is_separator }
    }

    #[inline]
    fn may_be(&self, code: u8) -> bool {
        let branch = branch(code);
        // The other branches are for one code each.
        self.branches & branch != 0 && (branch != OTHER || self.readings.contains(&code))
    }
}

impl State {
    /// Creates the state before the first letter of a word.
    #[inline]
    pub(super) const fn seed(start: u32, behind_separator: bool) -> Self {
        let Node { id, flags } = Node::ROOT;
        let key = id << 1 | behind_separator as u32;
        Self { key, flags, start, letter: 0, last: 0, counts: Counts::NONE }
    }

    #[inline]
    pub(super) const fn node(&self) -> Node {
        Node { id: self.key >> 1, flags: self.flags }
    }

    pub(super) const fn began_behind_separator(&self) -> bool {
        self.key & 1 != 0
    }

    /// Returns how much the word differs from the text: the less, the more likely it is to be found.
    pub(super) const fn rank(&self) -> u8 {
        let Counts { spaces, skipped, replacements, .. } = self.counts;
        if self.flags & LEADS == 0 && !self.counts.are_none() {
            // An innocent word that is not spelled exactly matters only if another way merges with this one.
            return u8::MAX;
        }
        spaces.saturating_add(skipped).saturating_add(replacements)
    }

    /// Returns the state after `place`, read as `c`, which is the next letter and leads to `child`.
    #[inline]
    pub(super) fn advancing(&self, place: Place<'_>, c: u8, child: Node) -> Self {
        let mut counts = self.counts;
        if c != place.code && c != place.lower {
            counts.replacements = counts.replacements.saturating_add(1);
            counts.digits = counts.digits.saturating_add(u8::from(place.code.is_ascii_digit()));
        }
        let key = child.id << 1 | self.key & 1;
        Self { key, flags: child.flags, start: self.start, letter: c, last: c, counts }
    }

    /// Returns the state after `place` if it does not advance the word: it is skipped, or repeats a letter.
    #[inline]
    pub(super) fn passing(&self, place: Place<'_>) -> Option<Self> {
        if place.is_separator {
            return (self.start != place.at).then(|| self.passing_separator(place));
        }
        if place.branches & (branch(self.last) | branch(self.letter)) == 0 || self.start == place.at {
            return None;
        }
        let (is_last, is_letter) = (place.may_be(self.last), place.may_be(self.letter));
        // Use the best of all readings that repeat a letter: one that does not equal the last reading costs nothing.
        let (least, repeated) = match (is_last, is_letter) {
            (false, false) => return None,
            (true, false) => (self.last, 1),
            (false, true) => (self.letter, 0),
            (true, true) => (self.last.min(self.letter), u8::from(self.last == self.letter)),
        };
        let repetitions = self.counts.repetitions.saturating_add(repeated);
        Some(Self { last: least, counts: Counts { repetitions, ..self.counts }, ..*self })
    }

    /// Returns the state after a separator. If it may also be read as letters, the cheapest reading counts.
    #[inline]
    fn passing_separator(&self, place: Place<'_>) -> Self {
        let mut counts = self.counts;
        let only = u8::from(place.readings.len() == 1);
        if place.is_spacing && self.letter != b' ' {
            counts.spaces = counts.spaces.saturating_add(only);
        } else if place.may_be(self.last) {
            counts.repetitions = counts.repetitions.saturating_add(only);
        } else if !place.is_within_words {
            counts.skipped = counts.skipped.saturating_add(1);
        }
        Self { last: place.least, counts, ..*self }
    }

    /// Returns the best of two ways to the same node.
    #[inline]
    pub(super) fn or(&self, other: &Self) -> Self {
        let (a, b) = (self.counts, other.counts);
        Self {
            start: self.start.min(other.start),
            last: self.last.min(other.last),
            counts: Counts {
                spaces: a.spaces.min(b.spaces),
                skipped: a.skipped.min(b.skipped),
                replacements: a.replacements.min(b.replacements),
                digits: a.digits.min(b.digits),
                repetitions: a.repetitions.min(b.repetitions),
            },
            ..*self
        }
    }
}

impl Counts {
    pub(super) const NONE: Self = Self { spaces: 0, skipped: 0, replacements: 0, digits: 0, repetitions: 0 };

    /// Returns whether the word is spelled exactly.
    #[inline]
    pub(super) const fn are_none(self) -> bool {
        self.spaces == 0 && self.skipped == 0 && self.replacements == 0 && self.repetitions == 0
    }
}

/// Returns whether `code` may represent a space: an ellipsis, a comma, a parenthesis.
#[inline]
const fn is_spacing(code: u8) -> bool {
    matches!(code, b' ' | b'.' | b',' | b':' | b';' | b'(' | b')' | b'_' | b'-')
}

/// Returns whether `code` does not separate words, so that an innocent word may contain it: `didn't`, `half-right`.
#[inline]
const fn is_within_words(code: u8) -> bool {
    matches!(code, b'-' | b'\'' | b'\n')
}
