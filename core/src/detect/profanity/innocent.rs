//! Words that the engine rates wrongly, and words that are no swearing.

use super::cores::holds_strong;
use super::english::{FACTUAL, FACTUAL_BEGINNINGS, INNOCENT, SHORT, holds};

/// Returns whether `word`, in any case, is factual and not swearing.
pub(super) fn is_factual(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    let begins = || FACTUAL_BEGINNINGS.iter().any(|beginning| word.starts_with(beginning));
    holds(FACTUAL, &word) || begins() && !holds_strong(&word)
}

/// Returns whether to ignore the engine's rating of the lower-case `word`.
pub(super) fn is_innocent(word: &str) -> bool {
    let first = word.chars().next();
    let letters = word.chars().filter(char::is_ascii_alphabetic).count();
    holds(INNOCENT, word)
        || (letters <= 3 && !holds(SHORT, word) && !word.contains('*'))
        || (word.chars().all(|c| Some(c) == first))
}
