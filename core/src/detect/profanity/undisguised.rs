//! Words that are found only as they are written, in no disguise.

use std::ops::Range;

use super::around::split;
use super::cores::OddWord;
use super::engine::Type;
use super::english::EXACT;
use super::stream::{Origin, Symbol};

/// Returns the words of a text that are written plainly and have a rating in `threshold`.
pub(super) fn exact_words(symbols: &[Symbol], threshold: Type) -> Vec<OddWord> {
    if !EXACT.iter().any(|(_, rating)| rating.is(threshold)) {
        return Vec::new();
    }
    // Signs beside a word are no letters of it.
    let words = split(symbols, 0..symbols.len(), |symbol| !symbol.is_word() || symbol.origin == Origin::Sign);
    let exact = |range: &Range<usize>| {
        let letters = || symbols[range.clone()].iter().map(|symbol| symbol.c.to_ascii_lowercase());
        let is_it = |word: &str| word.len() == range.len() && word.chars().eq(letters());
        EXACT.iter().find(|(word, rating)| rating.is(threshold) && is_it(word)).map(|(word, _)| *word)
    };
    words.into_iter().filter_map(|range| exact(&range).map(|word| (range, word))).collect()
}

/// Returns the rating of `word`, if it is one of them.
pub(super) fn rating(word: &str) -> Option<Type> {
    EXACT.binary_search_by_key(&word, |(exact, _)| exact).ok().map(|at| EXACT[at].1)
}
