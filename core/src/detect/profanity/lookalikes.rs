//! Confusables: all letters that signs, digits and groups of them resemble. `1` resembles `i` and `l`, `|_|` resembles `u`.

use super::stream::{Origin, Symbol};

/// A set of letters, one bit for each.
pub(super) type LetterSet = u32;

/// Returns the set of the lower-case `letters`.
pub(super) const fn set(letters: &str) -> LetterSet {
    let (bytes, mut at, mut set) = (letters.as_bytes(), 0, 0);
    while at < bytes.len() {
        set |= 1 << (bytes[at] - b'a');
        at += 1;
    }
    set
}

/// Letters drawn with several signs.
const DRAWN: &[(&str, LetterSet)] = &[
    ("|=", set("f")),
    ("|#", set("f")),
    ("ph", set("f")),
    ("|_|", set("u")),
    ("(_)", set("u")),
    ("[_]", set("u")),
    ("{_}", set("u")),
    ("\\_/", set("u")),
    ("\\_\\", set("u")),
    ("/_/", set("u")),
    ("1_1", set("u")),
    ("l_l", set("u")),
    ("\\/", set("uv")),
    ("|<", set("k")),
    ("|{", set("k")),
    ("|(", set("k")),
    ("1<", set("k")),
    ("/<", set("k")),
    ("]<", set("k")),
    ("|-|", set("h")),
    ("/-/", set("h")),
    ("[-]", set("h")),
    ("]-[", set("h")),
    ("}{", set("h")),
    (")-(", set("h")),
    ("(-)", set("h")),
    ("1-1", set("h")),
    ("/\\", set("a")),
    ("/-\\", set("a")),
    ("|)", set("d")),
    ("|]", set("d")),
    ("|}", set("d")),
    ("|>", set("dp")),
    ("[)", set("d")),
    ("c|", set("d")),
    ("(|", set("d")),
    ("[]", set("o")),
    ("()", set("o")),
    ("{}", set("o")),
    ("<>", set("o")),
    ("|\\|", set("n")),
    ("/\\/", set("n")),
    ("[\\]", set("n")),
    ("|\\/|", set("m")),
    ("/\\/\\", set("m")),
    ("/v\\", set("m")),
    ("[v]", set("m")),
    ("nn", set("m")),
    ("\\/\\/", set("w")),
    ("vv", set("w")),
    ("\\^/", set("w")),
    ("|3", set("b")),
    ("13", set("b")),
    ("|8", set("b")),
    ("]3", set("b")),
    ("|2", set("r")),
    ("|?", set("r")),
    ("|*", set("p")),
    ("|o", set("p")),
    ("|_", set("l")),
    ("1_", set("l")),
    ("[_", set("l")),
    ("_|", set("j")),
    ("_/", set("j")),
    ("-|-", set("t")),
    ("']['", set("t")),
    ("][", set("i")),
    ("`/", set("y")),
    ("><", set("x")),
    ("ks", set("x")),
    ("(,", set("g")),
    ("(_+", set("g")),
];

/// Returns the characters that drawings have at `place`, one bit for each.
const fn drawn_at(place: usize) -> u128 {
    let (mut all, mut at) = (0, 0);
    while at < DRAWN.len() {
        all |= 1 << DRAWN[at].0.as_bytes()[place];
        at += 1;
    }
    all
}

/// Returns whether `symbols` may begin with a drawing; a cheap test before the exact one.
fn may_be_drawn(symbols: &[Symbol]) -> bool {
    const FIRST: u128 = drawn_at(0);
    const SECOND: u128 = drawn_at(1);
    let has = |set: u128, symbol: Symbol| {
        u32::from(symbol.c) < 128 && set >> u32::from(symbol.c.to_ascii_lowercase()) & 1 != 0
    };
    matches!(symbols, [first, second, ..] if has(FIRST, *first) && has(SECOND, *second))
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
            let fits = |(signs, _): &&(&str, LetterSet)| {
                let sounds = signs.bytes().all(|b| b.is_ascii_lowercase());
                (by_ear || !sounds) && begins(&symbols[at..], signs)
            };
            drawn.extend(DRAWN.iter().filter(fits).map(|(signs, letters)| (at, signs.len(), *letters)));
        }
        let all =
            single.iter().chain(drawn.iter().map(|(_, _, letters)| letters)).fold(0, |all, some| all | some);
        Self { single, separates: symbols.iter().map(|symbol| !symbol.is_word()).collect(), drawn, all }
    }
}

/// Returns a superset of [`Lookalikes::all`] for `symbols`, at a lower cost.
pub(super) fn at_most(symbols: &[Symbol], by_ear: bool) -> LetterSet {
    let drawn = DRAWN.iter().fold(0, |all, (_, letters)| all | letters);
    let single =
        symbols.iter().fold(0, |all, symbol| all | if by_ear { heard(*symbol) } else { seen(*symbol) });
    if (0..symbols.len()).any(|at| may_be_drawn(&symbols[at..])) { single | drawn } else { single }
}

fn begins(symbols: &[Symbol], signs: &str) -> bool {
    signs.len() <= symbols.len()
        && signs.chars().zip(symbols).all(|(sign, symbol)| symbol.c.eq_ignore_ascii_case(&sign))
}

/// Returns the letters that `symbol` is or resembles.
pub(super) const fn seen(symbol: Symbol) -> LetterSet {
    match (symbol.origin, symbol.c.to_ascii_lowercase()) {
        (Origin::Foreign, c) => foreign(c),
        // `Ŧ`.
        (Origin::Accented, 't') => set("tf"),
        (_, c) => sign_or_letter(c),
    }
}

/// Returns the letters that a letter of another script may represent, given its Latin confusable `c`: Cyrillic `у` is used for `u`, `ӏ`
/// for `l`, Greek `σ`, `η` and `δ` for `s`, `h` and `d`, Armenian `ա` and `ր` for `a` and `r`.
const fn foreign(c: char) -> LetterSet {
    match c {
        'y' => set("yu"),
        'o' => set("os"),
        'i' | 'l' => set("il"),
        'w' => set("wa"),
        'n' => set("nrh"),
        '6' => set("bgd"),
        _ => sign_or_letter(c),
    }
}

const fn sign_or_letter(c: char) -> LetterSet {
    match c {
        c @ 'a'..='z' => 1 << (c as u32 - 'a' as u32),
        '0' | '%' => set("o"),
        '1' | '!' | '|' => set("il"),
        '2' => set("z"),
        '3' => set("e"),
        '4' | '@' | '^' => set("a"),
        '5' | '$' => set("s"),
        '6' => set("bg"),
        '7' | '+' => set("t"),
        '8' => set("b"),
        '9' => set("gq"),
        '(' | '[' | '{' | '<' => set("c"),
        '#' => set("h"),
        _ => 0,
    }
}

/// Returns the letters that `symbol` may represent in phonetic spelling: `phuk`, `azz`, `bytch`, `cvnt`.
const fn heard(symbol: Symbol) -> LetterSet {
    match symbol.c.to_ascii_lowercase() {
        'v' => set("vu"),
        'z' => set("zs"),
        'k' => set("kc"),
        'q' => set("qkc"),
        'y' => set("yi"),
        _ => seen(symbol),
    }
}

/// Returns whether `symbols` may be phonetic spelling.
pub(super) fn may_be_by_ear(symbols: &[Symbol]) -> bool {
    symbols.iter().enumerate().any(|(at, symbol)| {
        heard(*symbol) != seen(*symbol)
            || (symbol.c.eq_ignore_ascii_case(&'p') && begins(&symbols[at..], "ph"))
    })
}
