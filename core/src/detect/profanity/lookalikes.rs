//! Confusables: all letters that signs, digits and groups of them resemble. `1` resembles `i` and `l`, `|_|` resembles `u`.

use super::stream::{Origin, Symbol};
use crate::text::confusables::{DRAWINGS, Degree, all_letters};
pub(super) use crate::text::confusables::{LetterSet, set};

/// The second characters of drawings, one bit for each, by their first.
const BEGINNINGS: [u128; 128] = {
    let (mut all, mut at) = ([0; 128], 0);
    while at < DRAWINGS.len() {
        let signs = DRAWINGS[at].0.as_bytes();
        all[signs[0] as usize] |= 1 << signs[1];
        at += 1;
    }
    all
};

/// Returns whether `symbols` may begin with a drawing; a cheap test before the exact one.
fn may_be_drawn(symbols: &[Symbol]) -> bool {
    let code = |symbol: &Symbol| u8::try_from(symbol.c.to_ascii_lowercase()).ok().filter(u8::is_ascii);
    let two = symbols.first_chunk().and_then(|[first, second]| code(first).zip(code(second)));
    two.is_some_and(|(first, second)| BEGINNINGS[usize::from(first)] >> second & 1 != 0)
}

/// Returns whether `symbols` begin with a drawing.
pub(super) fn is_drawn(symbols: &[Symbol]) -> bool {
    may_be_drawn(symbols) && beginning_with(symbols[0].c).any(|(signs, ..)| begins(symbols, signs))
}

/// The drawings that begin with each character, one bit for each.
static BEGINNING_WITH: [u128; 128] = {
    let (mut all, mut at) = ([0; 128], 0);
    while at < DRAWINGS.len() {
        all[DRAWINGS[at].0.as_bytes()[0] as usize] |= 1 << at;
        at += 1;
    }
    all
};

/// Returns the drawings that begin with `first`, in order.
fn beginning_with(first: char) -> impl Iterator<Item = &'static (&'static str, &'static str, Degree)> {
    let mut rest = BEGINNING_WITH.get(first.to_ascii_lowercase() as usize).copied().unwrap_or(0);
    std::iter::from_fn(move || {
        let at = rest.trailing_zeros() as usize;
        rest &= rest.wrapping_sub(1);
        DRAWINGS.get(at)
    })
}

/// The maximum number of signs in a drawing.
pub(super) const LONGEST: usize = 4;

/// The possible readings of symbols.
#[derive(Debug)]
pub(super) struct Lookalikes {
    /// The letters that each symbol may represent.
    pub single: Vec<LetterSet>,
    /// Whether each symbol may be a separator instead of a letter.
    pub separates: Vec<bool>,
    /// The letters that several symbols may represent together: position, number of symbols, letters. In order.
    pub drawn: Vec<(usize, usize, LetterSet)>,
    /// All letters that occur in any reading.
    pub all: LetterSet,
}

impl Lookalikes {
    /// Returns the possible readings of `symbols`; with `by_ear`, also those of phonetic spelling.
    pub(super) fn of(symbols: &[Symbol], by_ear: bool) -> Self {
        let single: Vec<_> =
            symbols.iter().map(|symbol| if by_ear { heard(*symbol) } else { seen(*symbol) }).collect();
        let mut drawn = Vec::new();
        for at in (0..symbols.len()).filter(|at| may_be_drawn(&symbols[*at..])) {
            let fits = |(signs, ..): &&(&str, &str, Degree)| {
                let sounds = signs.bytes().all(|b| b.is_ascii_lowercase());
                (by_ear || !sounds) && begins(&symbols[at..], signs)
            };
            let fitting = beginning_with(symbols[at].c).filter(fits);
            drawn.extend(fitting.map(|(signs, letters, _)| (at, signs.len(), set(letters))));
        }
        let all =
            single.iter().chain(drawn.iter().map(|(_, _, letters)| letters)).fold(0, |all, some| all | some);
        Self { single, separates: symbols.iter().map(|symbol| !symbol.is_word()).collect(), drawn, all }
    }
}

/// The letters of all drawings.
const DRAWN: LetterSet = {
    let (mut all, mut at) = (0, 0);
    while at < DRAWINGS.len() {
        all |= set(DRAWINGS[at].1);
        at += 1;
    }
    all
};

/// Returns a superset of [`Lookalikes::all`] for `symbols`, at a lower cost.
pub(super) fn at_most(symbols: &[Symbol], by_ear: bool) -> LetterSet {
    let single =
        symbols.iter().fold(0, |all, symbol| all | if by_ear { heard(*symbol) } else { seen(*symbol) });
    if (0..symbols.len()).any(|at| may_be_drawn(&symbols[at..])) { single | DRAWN } else { single }
}

/// Returns a superset of the letters that the ASCII `bytes` may be read as, by eye or ear.
pub(super) fn all_resembled(bytes: &[u8]) -> LetterSet {
    let lower = |byte: &u8| usize::from(byte.to_ascii_lowercase() & 0x7f);
    let is_drawn = |two: &[u8]| BEGINNINGS[lower(&two[0])] >> lower(&two[1]) & 1 != 0;
    let single = bytes.iter().fold(0, |all, byte| all | EITHER[lower(byte)]);
    if bytes.windows(2).any(is_drawn) { single | DRAWN } else { single }
}

/// Returns the letters that the first of the ASCII `bytes`, or a drawing that begins with it, may be read as, by eye or ear.
#[inline]
pub(super) fn resembled(bytes: &[u8]) -> LetterSet {
    let lower = |byte: u8| usize::from(byte.to_ascii_lowercase() & 0x7f);
    let [first, rest @ ..] = bytes else { return 0 };
    let single = EITHER[lower(*first)];
    if rest.first().is_none_or(|second| BEGINNINGS[lower(*first)] >> lower(*second) & 1 == 0) {
        return single;
    }
    let begins = |signs: &str| {
        bytes.get(..signs.len()).is_some_and(|these| these.eq_ignore_ascii_case(signs.as_bytes()))
    };
    let drawn = beginning_with(char::from(*first)).filter(|(signs, ..)| begins(signs));
    drawn.fold(single, |all, (_, letters, _)| all | set(letters))
}

/// What characters resemble or sound like.
static EITHER: [LetterSet; 128] = {
    let (mut either, mut at) = (SEEN, 0);
    while at < either.len() {
        either[at] |= HEARD[at];
        at += 1;
    }
    either
};

fn begins(symbols: &[Symbol], signs: &str) -> bool {
    signs.len() <= symbols.len()
        && signs.chars().zip(symbols).all(|(sign, symbol)| symbol.c.eq_ignore_ascii_case(&sign))
}

/// What characters resemble by themselves, with accents, and as letters of other scripts.
static SEEN: [LetterSet; 128] = all_letters(&[Degree::Common, Degree::Leet, Degree::Drawn]);
static ACCENTED: [LetterSet; 128] =
    all_letters(&[Degree::Common, Degree::Leet, Degree::Drawn, Degree::Accented]);
static FOREIGN: [LetterSet; 128] =
    all_letters(&[Degree::Common, Degree::Leet, Degree::Drawn, Degree::Foreign]);
/// What letters sound like.
static HEARD: [LetterSet; 128] = all_letters(&[Degree::Heard]);

/// Returns the letters that `symbol` is or resembles.
pub(super) fn seen(symbol: Symbol) -> LetterSet {
    let table = match symbol.origin {
        Origin::Foreign => &FOREIGN,
        Origin::Accented => &ACCENTED,
        _ => &SEEN,
    };
    at(table, symbol)
}

/// Returns the letters that `symbol` may represent in phonetic spelling: `phuk`, `azz`, `bytch`, `cvnt`.
pub(super) fn heard(symbol: Symbol) -> LetterSet {
    let heard = at(&HEARD, symbol);
    if heard.count_ones() > 1 { heard } else { seen(symbol) }
}

/// Returns what [`heard`] returns for the lower-case letter `letter`.
pub(super) const fn heard_as(letter: u8) -> LetterSet {
    let heard = HEARD[letter as usize];
    if heard.count_ones() > 1 { heard } else { SEEN[letter as usize] }
}

fn at(table: &[LetterSet; 128], symbol: Symbol) -> LetterSet {
    table.get(symbol.c.to_ascii_lowercase() as usize).copied().unwrap_or(0)
}

/// The second letters of groups that sound or look like another letter, by their first letter.
pub(super) const LETTER_GROUPS: [LetterSet; 26] = {
    let (mut groups, mut at) = ([0; 26], 0);
    while at < DRAWINGS.len() {
        if let [first @ b'a'..=b'z', second @ b'a'..=b'z', ..] = *DRAWINGS[at].0.as_bytes() {
            groups[(first - b'a') as usize] |= 1 << (second - b'a');
        }
        at += 1;
    }
    groups
};

/// Returns whether `symbols` may be phonetic spelling.
pub(super) fn may_be_by_ear(symbols: &[Symbol]) -> bool {
    symbols.iter().enumerate().any(|(at, symbol)| {
        heard(*symbol) != seen(*symbol)
            || (symbol.c.eq_ignore_ascii_case(&'p') && begins(&symbols[at..], "ph"))
    })
}
