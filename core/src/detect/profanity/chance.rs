//! Adjacent words that together spell a core word by coincidence.

use std::ops::Range;

use super::around::split;
use super::reading::read;
use super::stream::Symbol;

/// Returns whether the pieces of `range` are words that people write next to each other and mean as such.
pub(super) fn is_torn_by_chance(symbols: &[Symbol], range: &Range<usize>) -> bool {
    let pieces = split(symbols, range.clone(), |symbol| !symbol.is_word());
    let pieces: Vec<String> = pieces.into_iter().map(|piece| read(&symbols[piece])).collect();
    TORN_BY_CHANCE.iter().any(|words| *words == pieces)
}

/// Adjacent words that together spell a core word.
const TORN_BY_CHANCE: &[&[&str]] = &[
    &["ar", "se"],
    &["b", "itch"],
    &["boo", "b"],
    &["dil", "do"],
    &["p", "rick"],
    &["pen", "is"],
    &["pr", "ick"],
    &["s", "hit"],
    &["t", "its"],
    &["tit", "s"],
    &["who", "re"],
];
