//! [`Candidate`]: a word that the text spells, with its confidence.

use super::Word;
use super::rating::Type;
use super::state::Counts;
use super::table::Entry;

/// A rated word that the text spells, unless it turns out to be part of an innocent one.
#[derive(Clone, Copy)]
pub(super) struct Candidate {
    pub entry: Entry,
    pub start: u32,
    /// The index of its last character.
    pub last: u32,
    pub behind_separator: bool,
    pub before_separator: bool,
    pub counts: Counts,
}

impl Candidate {
    /// Returns the word, if the confidence is sufficient.
    pub(super) fn confirmed(&self) -> Option<Word> {
        let evasion = if self.counts.replacements >= 2 { Type::EVASIVE & Type::MILD } else { Type::NONE };
        let range = self.start as usize..self.last as usize + 1;
        (self.confidence() > 0).then_some(Word { range, rating: self.entry.rating, evasion })
    }

    /// Returns rustrict's confidence: long and severe words need less evidence, words within others and heavily obfuscated ones need
    /// more.
    fn confidence(&self) -> i32 {
        let Entry { rating, depth, holds_space } = self.entry;
        let counts = self.counts;
        let is = |kind: Type, severity: Type| rating.is(kind & severity);
        let mut confidence = log2(u32::from(depth)) + log2(self.last - self.start);
        if depth == 1 {
            confidence += 1;
        } else {
            match (self.behind_separator, self.before_separator) {
                (true, true) => {}
                (true, false) => confidence -= 1,
                (false, true) => confidence -= 2,
                (false, false) => confidence -= 4,
            }
            if !self.behind_separator && holds_space {
                confidence -= 3;
            }
        }
        let evasive = |severity| depth > 1 && is(Type::EVASIVE, severity);
        if rating.is(Type::SEVERE) {
            confidence += 3;
        } else if rating.is(Type::MODERATE_OR_HIGHER) && !evasive(Type::SEVERE) {
            confidence += 2;
        } else if rating.is(Type::MILD_OR_HIGHER) && !evasive(Type::MODERATE_OR_HIGHER) {
            confidence += 1;
        }
        let Counts { spaces, skipped, replacements, digits, .. } = counts;
        confidence -= log2(u32::from(skipped) + u32::from(spaces) + u32::from(replacements) + 1);
        confidence -= log2(u32::from(digits) + 1);
        if depth == 2 && digits > 0 {
            // h8
            confidence -= 2;
        }
        if is(Type::EVASIVE, Type::SEVERE) {
            confidence -= 3;
        } else if is(Type::EVASIVE, Type::MODERATE) {
            confidence -= 2;
        } else if is(Type::EVASIVE, Type::MILD) {
            confidence -= 1;
        }
        confidence
    }
}

/// Returns the binary logarithm, rounded down; 0 for 0.
fn log2(number: u32) -> i32 {
    i32::try_from(number.max(1).ilog2()).unwrap_or(i32::MAX)
}
