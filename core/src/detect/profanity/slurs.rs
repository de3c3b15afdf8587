//! Mild slurs that the engine does not know, for strict rules.

use super::around::split;
use super::cores::OddWord;
use super::engine::Type;
use super::stream::Symbol;

/// Returns their rating.
pub(super) fn rating() -> Type {
    Type::OFFENSIVE & Type::MILD
}

const SLURS: &[&str] = &[
    "heeb",
    "heebs",
    "hillbillies",
    "hillbilly",
    "muzzie",
    "muzzies",
    "negro",
    "negroes",
    "negros",
    "peckerwood",
    "peckerwoods",
    "redneck",
    "rednecks",
    "teabagger",
    "teabaggers",
    "wop",
    "wops",
];

/// Returns the slurs in a text that are written plainly.
pub(super) fn slurs(symbols: &[Symbol]) -> Vec<OddWord> {
    let words = split(symbols, 0..symbols.len(), |symbol| !symbol.is_word());
    let slur = |range: &std::ops::Range<usize>| {
        let letters = || symbols[range.clone()].iter().map(|symbol| symbol.c.to_ascii_lowercase());
        SLURS.iter().find(|slur| slur.len() == range.len() && slur.chars().eq(letters())).copied()
    };
    words.into_iter().filter_map(|range| slur(&range).map(|slur| (range, slur))).collect()
}

/// Returns whether `word` is one of them.
pub(super) fn is_slur(word: &str) -> bool {
    SLURS.contains(&word)
}
