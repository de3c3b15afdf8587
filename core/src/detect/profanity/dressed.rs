//! Core words that are spelled in full, with any confusables for their letters and any separators between them: `|=|_|(|<`,
//! `(f)(u)(c)(k)`, `f - u - c - k`.

use std::ops::Range;

use super::around::{split, trimmed};
use super::chance::is_torn_by_chance;
use super::cores::{CORE_WORDS, OddWord, core_word, is_core, is_ending};
use super::english::{FOREIGN_HOMOGRAPHS, STRONG, holds};
use super::lookalikes::{LetterSet, Lookalikes, at_most, heard, is_drawn, may_be_by_ear, seen};
use super::reading::read;
use super::spelling::{LONG, Pattern};
use super::stream::{Origin, Symbol};

/// Patterns of the core words. Words of three letters occur everywhere under such free readings, so they are excluded.
static PATTERNS: [Pattern; LONG_CORE_WORDS] = {
    let mut patterns = [const { Pattern::new("") }; LONG_CORE_WORDS];
    let (mut at, mut count) = (0, 0);
    while at < CORE_WORDS {
        let word = core_word(at);
        if word.len() >= SHORTEST {
            patterns[count] = Pattern::new(word);
            count += 1;
        }
        at += 1;
    }
    patterns
};

/// The least number of letters of the word of a pattern.
const SHORTEST: usize = 4;

/// The number of core words that have so many.
const LONG_CORE_WORDS: usize = {
    let (mut count, mut at) = (0, 0);
    while at < CORE_WORDS {
        count += (core_word(at).len() >= SHORTEST) as usize;
        at += 1;
    }
    count
};

/// The cost of trying one pattern, in budget units per symbol.
const COST: u64 = 15;

/// Returns the core word that all of `token` spells, possibly with an ending, and the symbols of `token` that it consists of.
pub(super) fn dressed(symbols: &[Symbol], token: &Range<usize>, spent: &mut u64) -> Option<OddWord> {
    let signed = trimmed(symbols, token.clone(), |symbol| !symbol.is_word() && seen(symbol) == 0);
    let inside = &symbols[signed.clone()];
    if inside.iter().all(is_certain) && !may_be_by_ear(inside) {
        return None;
    }
    // A sign or digit at an end is a letter only if there is no word without it.
    let letters = trimmed(symbols, token.clone(), |symbol| !symbol.is_letter());
    let bare = trimmed(symbols, token.clone(), |symbol| !symbol.is_word());
    let ranges = [letters.clone(), bare, signed];
    let begins = |at: usize| {
        let is_new = at == 0 || ranges[at] != ranges[at - 1];
        is_new && may_begin(&symbols[ranges[at].clone()])
    };
    let begun = [begins(0), begins(1), begins(2)];
    if begun == [false; 3] {
        return None;
    }
    let is_plain = |word: &Range<usize>| {
        symbols[word.clone()].iter().all(is_certain) && is_core(&read(&symbols[word.clone()]))
    };
    if split(symbols, letters, |symbol| !symbol.is_word()).iter().any(is_plain) {
        // The engine finds it, and the verifier knows its other meanings.
        return None;
    }
    for (range, _) in ranges.into_iter().zip(begun).filter(|(_, begun)| *begun) {
        if let Some(core) = in_full(&symbols[range.clone()], spent)
            && !is_torn_by_chance(symbols, &range)
        {
            return Some((range, core));
        }
    }
    None
}

/// Returns whether any part of `symbols` may be what [`dressed`] finds; a cheap test before the exact one.
pub(super) fn may_be_dressed(symbols: &[Symbol]) -> bool {
    may_hold(at_most(symbols, false) | at_most(symbols, true))
}

/// Returns whether symbols that may be read as these `letters` may be what [`dressed`] finds.
pub(super) fn may_hold(letters: LetterSet) -> bool {
    PATTERNS.iter().any(|pattern| pattern.letters & !letters == 0)
}

/// Returns whether symbols that may each be read as one of `letters` may be what [`dressed`] finds.
pub(super) fn may_be_dressed_as(letters: &[LetterSet]) -> bool {
    let all = letters.iter().fold(0, |all, letters| all | letters);
    PATTERNS.iter().any(|pattern| pattern.letters & !all == 0 && are_in_order(pattern.word, letters))
}

/// Returns whether the letters of `word` are in `letters`, in this order.
fn are_in_order(word: &str, letters: &[LetterSet]) -> bool {
    let mut rest = word.as_bytes();
    for letters in letters {
        if let [next, after @ ..] = rest
            && letters >> (next - b'a') & 1 != 0
        {
            rest = after;
        }
    }
    rest.is_empty()
}

/// Returns whether the first three letters of a core word may be at the beginning of `symbols`; a cheap test before the exact one.
fn may_begin(symbols: &[Symbol]) -> bool {
    // A letter is behind the one before it, and not behind the next symbol that must be read as a letter and cannot repeat one.
    let (mut known, mut at) = (0, 0);
    let mut patterns = u64::MAX;
    for (place, begun) in BEGUN.iter().enumerate() {
        at = at.max(place);
        while let Some(symbol) = symbols.get(at) {
            if is_drawn(&symbols[at..]) {
                return true;
            }
            let like = seen(*symbol) | heard(*symbol);
            if symbol.is_word() && (place == 0 || like & known == 0) {
                break;
            }
            at += 1;
        }
        let until = symbols.len().min(at + 1);
        let like = symbols[place.min(until)..until].iter().map(|symbol| seen(*symbol) | heard(*symbol));
        let letters = like.fold(0, |all, like| all | like);
        known |= letters;
        let (mut rest, mut may_be) = (letters, 0);
        while rest != 0 {
            may_be |= begun[rest.trailing_zeros() as usize];
            rest &= rest - 1;
        }
        patterns &= may_be;
        if patterns == 0 {
            return false;
        }
    }
    true
}

/// The patterns with each letter at the first, second and third place, one bit for each.
static BEGUN: [[u64; 26]; 3] = {
    let (mut begun, mut at) = ([[0; 26]; 3], 0);
    while at < PATTERNS.len() {
        let (word, mut place) = (PATTERNS[at].word.as_bytes(), 0);
        while place < begun.len() {
            // Patterns that are further than the bits reach share one.
            begun[place][(word[place] - b'a') as usize] |= 1 << (at % 64);
            place += 1;
        }
        at += 1;
    }
    begun
};

fn in_full(symbols: &[Symbol], spent: &mut u64) -> Option<&'static str> {
    if !(SHORTEST..=LONG).contains(&symbols.len()) || !is_plausible(symbols) {
        return None;
    }
    let letters = || symbols.iter().filter(|symbol| symbol.is_letter());
    let certain = || letters().filter(|symbol| is_certain(symbol));
    let foreign = certain().count() > 0 && certain().all(|symbol| symbol.origin == Origin::Foreign);
    if !symbols.iter().all(is_certain) {
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
    let patterns = PATTERNS.iter().filter(|pattern| pattern.may_be_in(lookalikes) && counts(pattern.word));
    for pattern in patterns {
        *spent += COST * symbols.len() as u64;
        if pattern.ends(lookalikes).any(|end| is_tail(&symbols[end..])) {
            return Some(pattern.word);
        }
    }
    None
}

/// Returns whether `symbol` is a letter as written, and not a sign that resembles one: `⊂`.
fn is_certain(symbol: &Symbol) -> bool {
    symbol.is_letter() && symbol.origin != Origin::Sign
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
