//! Words that the engine rates wrongly, and words that are no swearing.

use super::cores::holds_strong;
use super::english::{FACTUAL, FACTUAL_BEGINNINGS, INNOCENT, SHORT, holds};
use super::short;
use super::stream::{SIGN, Symbol};

/// Returns whether `word`, in any case, is factual and not swearing.
pub(super) fn is_factual(word: &str) -> bool {
    let word = word.to_ascii_lowercase().replace(['\'', '’'], "");
    let begins = || FACTUAL_BEGINNINGS.iter().any(|beginning| word.starts_with(beginning));
    holds(FACTUAL, &word) || begins() && !holds_strong(&word)
}

/// Returns whether to ignore the engine's rating of the lower-case `word`.
pub(super) fn is_innocent(word: &str) -> bool {
    let first = word.chars().next();
    let letters = word.chars().filter(char::is_ascii_alphabetic).count();
    holds(INNOCENT, word)
        || (letters <= short::LONGEST && !holds(SHORT, word) && !word.contains('*'))
        || (word.chars().all(|c| Some(c) == first))
}

/// Returns the lower-case letters before an apostrophe and *s* at the end of `word`: *cocker* in `cocker's`.
pub(super) fn before_an_apostrophe(word: &[Symbol]) -> Option<String> {
    let [stem @ .., apostrophe, last] = word else { return None };
    let ends = matches!(apostrophe.c, '\'' | SIGN) && last.c.eq_ignore_ascii_case(&'s');
    let letter = |symbol: &Symbol| symbol.is_letter().then(|| symbol.c.to_ascii_lowercase());
    stem.iter().map(letter).collect::<Option<String>>().filter(|stem| ends && stem.len() >= 2)
}
