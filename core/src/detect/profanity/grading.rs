//! Grading: the kind and severity of a found word.

use std::ops::Range;

use super::cores::core_in;
use super::engine::Type;
use super::english::{SEVERE, holds};
use super::innocent::is_factual;
use crate::detect::Severity;
use crate::order;

/// A found word: its symbols, and the core word, if it was found as one.
pub(super) type Word = (Range<usize>, Option<&'static str>);

/// A word that is reported: where it is in the text, its kind and its severity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rated {
    pub bytes: Range<usize>,
    /// What it is read as.
    pub word: String,
    pub kind: &'static str,
    pub severity: Severity,
}

/// Returns the severity of `word`, in lower case and without obfuscation, given its `rating`. For core words the rating is not used,
/// because it says how likely they are meant rather than how severe they are.
pub(super) fn severity(word: &str, rating: Type) -> Severity {
    match core_in(word) {
        Some(core) if holds(SEVERE, core) => Severity::Severe,
        Some(_) => Severity::Moderate,
        None if is_factual(word) => Severity::Mild,
        None if rating.is(Type::SEVERE) => Severity::Severe,
        None if rating.is(Type::MODERATE) => Severity::Moderate,
        None => Severity::Mild,
    }
}

/// Sorts words, and merges those that overlap.
pub(super) fn merged(mut words: Vec<Word>) -> Vec<Word> {
    order::by(&mut words, |(range, _)| (range.start, range.end));
    let mut merged: Vec<Word> = Vec::new();
    for (range, core) in words {
        match merged.last_mut() {
            Some((last, known)) if range.start < last.end => {
                last.end = last.end.max(range.end);
                *known = known.or(core);
            }
            _ => merged.push((range, core)),
        }
    }
    merged
}

/// Sorts words to be reported, and joins those that overlap.
pub(super) fn joined(mut words: Vec<Rated>) -> Vec<Rated> {
    order::by(&mut words, |word| (word.bytes.start, word.bytes.end));
    let mut joined: Vec<Rated> = Vec::new();
    for word in words {
        match joined.last_mut() {
            Some(last) if word.bytes.start < last.bytes.end => {
                last.bytes.end = last.bytes.end.max(word.bytes.end);
                last.severity = last.severity.max(word.severity);
            }
            _ => joined.push(word),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slurs_are_severe_and_facts_are_mild() {
        let moderate = Type::SEXUAL & Type::MODERATE;
        for (word, rating, expected) in [
            ("niggers", moderate, Severity::Severe),
            ("fucking", Type::SEXUAL & Type::SEVERE, Severity::Moderate),
            ("penis", Type::SEXUAL & Type::SEVERE, Severity::Moderate),
            ("rectum", moderate, Severity::Mild),
            ("fellatio", moderate, Severity::Moderate),
            ("damn", Type::PROFANE & Type::MILD, Severity::Mild),
            ("kike", Type::OFFENSIVE & Type::SEVERE, Severity::Severe),
        ] {
            assert_eq!(severity(word, rating), expected, "{word}");
        }
    }

    #[test]
    fn words_that_touch_are_one() {
        let words = vec![(3..6, None), (0..4, Some("fuck")), (6..7, None)];
        assert_eq!(merged(words), [(0..6, Some("fuck")), (6..7, None)]);
    }
}
