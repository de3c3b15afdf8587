//! A text that is nothing but a word which spaces split into pieces: `as s`. Within a sentence, its pieces are likely to be others' words.

use std::ops::Range;

use super::around::{split, trimmed};
use super::chance::is_torn_by_chance;
use super::commonest::is_english;
use super::engine::listed;
use super::innocent::is_innocent;
use super::matcher::Matcher;
use super::reading::read;
use super::stream::{Origin, Symbol};

/// The maximum length of such a text, in symbols.
pub(super) const LONGEST: usize = 24;

/// Returns the range of the word that the text of `symbols` is, if it is one.
pub(super) fn torn(symbols: &[Symbol], matcher: &mut Matcher) -> Option<Range<usize>> {
    if symbols.len() > LONGEST {
        return None;
    }
    let ends = |symbol: Symbol| symbol.is_space() || matches!(symbol.c, '.' | '!' | '?');
    let all = trimmed(symbols, 0..symbols.len(), ends);
    let is_plain = |symbol: &Symbol| (symbol.is_letter() || symbol.c == ' ') && symbol.origin != Origin::Sign;
    if !symbols[all.clone()].iter().all(is_plain)
        || symbols.iter().any(|symbol| symbol.origin == Origin::Sign)
    {
        return None;
    }
    let word = read(&symbols[all.clone()]);
    if listed(&word).is_none() || is_innocent(&word) {
        return None;
    }
    let ranges = split(symbols, all.clone(), Symbol::is_space);
    if !(2..=3).contains(&ranges.len()) {
        return None;
    }
    let pieces: Vec<String> = ranges.iter().map(|piece| read(&symbols[piece.clone()])).collect();
    // `he ll` lacks an apostrophe.
    let is_short = |piece: &String| matches!(&**piece, "ll" | "re" | "ve");
    let is_word = |piece: &String| piece.len() > 1 && is_english(piece) || is_short(piece);
    // `a hole` is one, but nobody writes `b itch` alone.
    let by_chance = is_torn_by_chance(symbols, &all) && (pieces[0].len() > 1 || pieces[0] == "a");
    if by_chance || pieces.iter().all(is_word) || !matcher.is_profane(&word) {
        return None;
    }
    (!pieces.iter().any(|piece| matcher.is_profane(piece))).then_some(all)
}
