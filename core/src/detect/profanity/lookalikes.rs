//! Look-alikes: the letters that signs, digits and groups of them look like, all at once. `1` is an `i` and an `l`, `|_|` is a `u`.

use super::stream::{Origin, Symbol};

/// A set of letters, a bit each.
pub(super) type LetterSet = u32;

/// The set of `letters`, in lower case.
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

/// The characters that such a drawing has at `place`, a bit each.
const fn drawn_at(place: usize) -> u128 {
    let (mut all, mut at) = (0, 0);
    while at < DRAWN.len() {
        all |= 1 << DRAWN[at].0.as_bytes()[place];
        at += 1;
    }
    all
}

/// Whether `symbols` may begin with such a drawing: what most do not is not worth a closer look.
fn may_be_drawn(symbols: &[Symbol]) -> bool {
    const FIRST: u128 = drawn_at(0);
    const SECOND: u128 = drawn_at(1);
    let has = |set: u128, symbol: Symbol| {
        u32::from(symbol.c) < 128 && set >> u32::from(symbol.c.to_ascii_lowercase()) & 1 != 0
    };
    matches!(symbols, [first, second, ..] if has(FIRST, *first) && has(SECOND, *second))
}

/// The most signs that a letter is drawn with.
pub(super) const LONGEST: usize = 4;

/// What symbols may be read as.
#[derive(Debug)]
pub(super) struct Lookalikes {
    /// The letters that each symbol may be.
    pub single: Vec<LetterSet>,
    /// Whether each symbol may be no letter, and stand between letters.
    pub separates: Vec<bool>,
    /// The letters that several symbols may be together: where, how many, which. In order.
    pub drawn: Vec<(usize, usize, LetterSet)>,
    /// All letters there may be.
    pub all: LetterSet,
}

impl Lookalikes {
    /// What `symbols` may be read as; with `by_ear`, by people who spell so too.
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

/// All letters that `symbols` may be, and some more: those of [`Lookalikes::all`] at least, for less.
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

/// The letters that `symbol` is or looks like.
pub(super) const fn seen(symbol: Symbol) -> LetterSet {
    match (symbol.origin, symbol.c.to_ascii_lowercase()) {
        (Origin::Foreign, c) => foreign(c),
        // `Ŧ`.
        (Origin::Accented, 't') => set("tf"),
        (_, c) => sign_or_letter(c),
    }
}

/// The letters that a letter of another script may be, of which `c` is one: Cyrillic's `у` is written for an `u`, its `ӏ` for an `l`,
/// Greek's `σ`, `η` and `δ` for `s`, `h` and `d`, Armenian's `ա` and `ր` for `a` and `r`.
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

/// The letters that `symbol` may be for people who spell by ear: `phuk`, `azz`, `bytch`, `cvnt`.
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

/// Whether somebody who spells by ear may have written `symbols`.
pub(super) fn may_be_by_ear(symbols: &[Symbol]) -> bool {
    symbols.iter().enumerate().any(|(at, symbol)| {
        heard(*symbol) != seen(*symbol)
            || (symbol.c.eq_ignore_ascii_case(&'p') && begins(&symbols[at..], "ph"))
    })
}
