//! Adjacent words that together spell a core word by coincidence.

use std::ops::Range;

use super::around::split;
use super::english::{TORN_BY_CHANCE, holds};
use super::reading::read;
use super::stream::Symbol;

/// Returns whether `last`, the last word of what reads as one word across its spaces, is one that follows any word: *the pein is here*.
pub(super) fn follows_any_word(last: &str) -> bool {
    matches!(last, "is" | "it" | "as" | "us" | "and" | "are" | "in" | "so" | "to")
}

/// Returns whether the pieces of `range` are words that people write next to each other and mean as such.
pub(super) fn is_torn_by_chance(symbols: &[Symbol], range: &Range<usize>) -> bool {
    let pieces = split(symbols, range.clone(), |symbol| !symbol.is_word());
    let pieces: Vec<String> = pieces.into_iter().map(|piece| read(&symbols[piece])).collect();
    holds(TORN_BY_CHANCE, &pieces.join(" "))
}
