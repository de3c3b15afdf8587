//! Words that are found only as they are written, in no disguise.

use std::ops::Range;

use super::around::{split, trimmed};
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
    let is_beside = |symbol: Symbol| !symbol.is_word() || symbol.origin == Origin::Sign;
    let words = split(symbols, 0..symbols.len(), is_beside);
    let is_hyphen = |symbol: Symbol| symbol.c == '-' && symbol.origin == Origin::Plain;
    let compounds = split(symbols, 0..symbols.len(), |symbol| is_beside(symbol) && !is_hyphen(symbol));
    let compounds = compounds.into_iter().map(|range| trimmed(symbols, range, |symbol| symbol.c == '-'));
    let compounds = compounds.filter(|range| symbols[range.clone()].iter().any(|symbol| symbol.c == '-'));
    let exact = |range: &Range<usize>| {
        let mut word = [0; LONGEST];
        let word = word.get_mut(..range.len())?;
        for (byte, symbol) in word.iter_mut().zip(&symbols[range.clone()]) {
            *byte = u8::try_from(symbol.c).ok()?.to_ascii_lowercase();
        }
        let (word, rating) = EXACT[place(word)?];
        rating.is(threshold).then_some(word)
    };
    let found =
        words.into_iter().chain(compounds).filter_map(|range| exact(&range).map(|word| (range, word)));
    found.collect()
}

/// The length of the longest of them.
const LONGEST: usize = {
    let (mut longest, mut at) = (0, 0);
    while at < EXACT.len() {
        if EXACT[at].0.len() > longest {
            longest = EXACT[at].0.len();
        }
        at += 1;
    }
    longest
};

/// The lengths of those that begin with each character of ASCII, one bit for each.
const LENGTHS: [u32; 128] = {
    let (mut lengths, mut at) = ([0; 128], 0);
    while at < EXACT.len() {
        let word = EXACT[at].0.as_bytes();
        lengths[word[0] as usize] |= 1 << word.len();
        at += 1;
    }
    lengths
};

/// The second, third and fourth characters of those that begin with each character of ASCII, one bit for each.
const NEXT: [[u128; 128]; 3] = {
    let (mut next, mut at) = ([[0; 128]; 3], 0);
    while at < EXACT.len() {
        let (word, mut place) = (EXACT[at].0.as_bytes(), 1);
        while place < word.len() && place <= next.len() {
            next[place - 1][word[0] as usize] |= 1 << word[place];
            place += 1;
        }
        at += 1;
    }
    next
};

/// Returns the place of `word` in the table.
fn place(word: &[u8]) -> Option<usize> {
    let [first, rest @ ..] = word else { return None };
    let initial = usize::from(*first);
    if word.len() > LONGEST || LENGTHS.get(initial)? >> word.len() & 1 == 0 {
        return None;
    }
    let follows = |(byte, next): (&u8, &[u128; 128])| byte.is_ascii() && next[initial] >> byte & 1 != 0;
    if !rest.iter().zip(&NEXT).all(follows) {
        return None;
    }
    EXACT.binary_search_by(|(exact, _)| exact.as_bytes().cmp(word)).ok()
}

/// Returns the rating of `word`, if it is one of them.
pub(super) fn rating(word: &[u8]) -> Option<Type> {
    place(word).map(|at| EXACT[at].1)
}
