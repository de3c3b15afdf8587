//! Core words that are spelled in full, with any confusables for their letters and any separators between them: `|=|_|(|<`,
//! `(f)(u)(c)(k)`, `f - u - c - k`.

use std::ops::Range;
use std::sync::LazyLock;

use super::around::trimmed;
use super::chance::is_torn_by_chance;
use super::cores::{OddWord, core_words, is_core, is_ending};
use super::english::{FOREIGN_HOMOGRAPHS, STRONG, holds};
use super::lookalikes::{Lookalikes, at_most, may_be_by_ear, seen};
use super::reading::read;
use super::spelling::{LONG, Pattern};
use super::stream::{Origin, Symbol};

/// Patterns of the core words. Words of three letters occur everywhere under such free readings, so they are excluded.
static PATTERNS: LazyLock<Vec<Pattern>> =
    LazyLock::new(|| core_words().filter(|word| word.len() >= 4).map(Pattern::new).collect());

/// The cost of trying one pattern, in budget units per symbol.
const COST: u64 = 15;

/// Returns the core word that all of `token` spells, possibly with an ending, and the symbols of `token` that it consists of.
pub(super) fn dressed(symbols: &[Symbol], token: &Range<usize>, spent: &mut u64) -> Option<OddWord> {
    let signed = trimmed(symbols, token.clone(), |symbol| !symbol.is_word() && seen(symbol) == 0);
    let inside = &symbols[signed.clone()];
    if inside.iter().all(|symbol| symbol.is_letter()) && !may_be_by_ear(inside) {
        return None;
    }
    // A sign or digit at an end is a letter only if there is no word without it.
    let letters = trimmed(symbols, token.clone(), |symbol| !symbol.is_letter());
    let bare = trimmed(symbols, token.clone(), |symbol| !symbol.is_word());
    let mut tried = None;
    if letters.clone().all(|at| symbols[at].is_letter()) && is_core(&read(&symbols[letters.clone()])) {
        // The engine finds it, and the verifier knows its other meanings.
        return None;
    }
    for range in [letters, bare, signed] {
        if tried.as_ref() != Some(&range)
            && !is_torn_by_chance(symbols, &range)
            && let Some(core) = in_full(&symbols[range.clone()], spent)
        {
            return Some((range, core));
        }
        tried = Some(range);
    }
    None
}

fn in_full(symbols: &[Symbol], spent: &mut u64) -> Option<&'static str> {
    if !(4..=LONG).contains(&symbols.len()) || !is_plausible(symbols) {
        return None;
    }
    let letters = || symbols.iter().filter(|symbol| symbol.is_letter());
    let foreign = letters().count() > 0 && letters().all(|symbol| symbol.origin == Origin::Foreign);
    if letters().count() < symbols.len() {
        let found = spelled(symbols, false, |word| !foreign || !holds(FOREIGN_HOMOGRAPHS, word), spent);
        if found.is_some() {
            return found;
        }
    }
    if !may_be_by_ear(symbols) {
        return None;
    }
    spelled(symbols, true, |word| holds(STRONG, word), spent)
}

/// Returns the end of the core word `core` at the beginning of `symbols`.
pub(super) fn end_of(core: &str, symbols: &[Symbol], spent: &mut u64) -> Option<usize> {
    let pattern = PATTERNS.iter().find(|pattern| pattern.word == core)?;
    let lookalikes = Lookalikes::of(symbols, false);
    *spent += COST * symbols.len() as u64;
    pattern.ends(&lookalikes).next()
}

fn spelled(
    symbols: &[Symbol],
    by_ear: bool,
    counts: impl Fn(&str) -> bool,
    spent: &mut u64,
) -> Option<&'static str> {
    let letters = at_most(symbols, by_ear);
    if !PATTERNS.iter().any(|pattern| pattern.letters & !letters == 0) {
        return None;
    }
    let lookalikes = &Lookalikes::of(symbols, by_ear);
    let patterns = PATTERNS.iter().filter(|pattern| counts(pattern.word) && pattern.may_be_in(lookalikes));
    for pattern in patterns {
        *spent += COST * symbols.len() as u64;
        if pattern.ends(lookalikes).any(|end| is_tail(&symbols[end..])) {
            return Some(pattern.word);
        }
    }
    None
}

/// Returns whether `symbols` are an ending of words, possibly with digits after it.
fn is_tail(symbols: &[Symbol]) -> bool {
    let digits = symbols.iter().rev().take_while(|symbol| !symbol.is_letter()).count();
    is_ending(&read(&symbols[..symbols.len() - digits]))
}

/// Returns whether `symbols` could be meant as letters: they are more than digits and one sign.
fn is_plausible(symbols: &[Symbol]) -> bool {
    let letters = symbols.iter().filter(|symbol| symbol.is_letter()).count();
    let signs = symbols.iter().filter(|symbol| !symbol.is_word() && seen(**symbol) != 0).count();
    let digits = symbols.iter().filter(|symbol| symbol.c.is_ascii_digit()).count();
    letters > 0 || (signs >= 2 && signs >= digits)
}
