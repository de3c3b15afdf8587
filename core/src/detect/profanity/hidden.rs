//! Core words with letters hidden behind signs: `f**k`, `sh_t`, `b█tch`, `d@#k`.

use super::cores::{STRONG, core_words_from, is_ending};
use super::lookalikes::{seen, set};
use super::stream::Symbol;

/// The core word that `word` is with letters hidden behind stars or other signs, or behind as many as it takes to look like swearing.
pub(super) fn hidden(word: &[Symbol]) -> Option<&'static str> {
    if !word.first()?.is_letter() || !word.iter().any(|symbol| is_hiding(*symbol)) {
        return None;
    }
    // A star may be escaped, for Markdown.
    let escaped = |at: usize| {
        word[at].c == '\\' && word.get(at + 1).is_some_and(|next| matches!(next.c, '*' | '_' | '#'))
    };
    let word: Vec<Symbol> = (0..word.len()).filter(|at| !escaped(*at)).map(|at| word[at]).collect();
    let [first, inner @ .., last] = &*word else { return None };
    let different = |(at, symbol): (usize, &Symbol)| !inner[..at].iter().any(|other| other.c == symbol.c);
    let signs = inner.len() >= 2 && inner.iter().all(|symbol| is_swearing(*symbol));
    if last.is_letter() && signs && inner.iter().enumerate().all(different) {
        return grawlix(*first, inner.len(), *last);
    }
    let initial = first.c.to_ascii_lowercase();
    core_words_from(initial).iter().find(|core| fits(&word, core)).copied()
}

/// The core word that begins with `first`, ends in `last`, and may have its other letters hidden behind `signs`: `d@#k`, or
/// `b@#$%d` with the signs that one keyboard row has, however many letters they are for.
fn grawlix(first: Symbol, signs: usize, last: Symbol) -> Option<&'static str> {
    let [first, last] = [first, last].map(|symbol| symbol.c.to_ascii_lowercase());
    let len = |len: usize| len == signs + 2 || (signs >= 4 && len > signs + 2);
    core_words_from(first).iter().find(|word| word.ends_with(last) && len(word.len())).copied()
}

/// Whether `word` is `core`, perhaps with an ending, with signs for letters.
fn fits(word: &[Symbol], core: &str) -> bool {
    let Some((head, tail)) = word.split_at_checked(core.len()) else { return false };
    let mut signs = Vec::new();
    for (symbol, c) in head.iter().zip(core.chars()) {
        let shows = symbol.is_word() || symbol.c == '@';
        match () {
            () if shows && seen(*symbol) >> (u32::from(c) - u32::from('a')) & 1 != 0 => signs.push(None),
            () if is_hiding(*symbol) => signs.push(Some(symbol.c.to_ascii_lowercase())),
            () => return false,
        }
    }
    let Some(sign) = signs.iter().flatten().next().copied() else { return false };
    let tail: String = tail.iter().map(|symbol| symbol.c.to_ascii_lowercase()).collect();
    let ends =
        is_ending(&tail) || (sign == '*' && matches!(&*tail, "*ng" | "*d" | "*r" | "*s" | "*rs" | "**g"));
    ends && signs[0].is_none()
        && signs.iter().flatten().all(|other| *other == sign)
        && is_telling(core, sign, &signs)
}

/// Whether `core` can be told with `sign` for those of its letters that are `hidden`.
fn is_telling(core: &str, sign: char, hidden: &[Option<char>]) -> bool {
    let strong = STRONG.contains(&core);
    let count = hidden.iter().flatten().count();
    let shown = hidden.len() - count;
    let vowels = core.chars().zip(hidden).all(|(c, sign)| sign.is_none() || is_vowel(c));
    let last = hidden.last().is_some_and(Option::is_some);
    // All but the ends.
    let inner = count >= 2 && shown == 2 && !last;
    match sign {
        // Of the others, some word of three letters is always some abbreviation.
        _ if core.len() < 4 => false,
        '*' if last => strong && ((count == 1 && shown >= 3) || shown == 1 || (count >= 3 && shown >= 2)),
        '*' => strong || vowels || inner,
        '#' | '~' if !last => (strong && (shown >= count || inner)) || vowels,
        '%' | '?' | '$' | '@' | '^' if !last => strong && (vowels || inner),
        '&' | '+' | '!' | '=' if !last => strong && vowels,
        '-' | '_' if !last => strong && ((vowels && shown >= 3) || inner),
        // `f.ck` and `fxck`: what else is written so holds fewer of the letters.
        '.' | '\'' | ',' | '"' | '`' | 'x' if !last => strong && vowels && shown >= 3,
        _ => false,
    }
}

/// Whether `symbol` may stand for a letter that is not to be read.
fn is_hiding(symbol: Symbol) -> bool {
    matches!(
        symbol.c,
        '*' | '#'
            | '~'
            | '%'
            | '?'
            | '$'
            | '@'
            | '^'
            | '&'
            | '+'
            | '!'
            | '='
            | '-'
            | '_'
            | '.'
            | '\''
            | ','
            | '"'
            | '`'
            | 'x'
            | 'X'
    )
}

/// Whether `symbol` is one of those that stand for swearing in comics.
fn is_swearing(symbol: Symbol) -> bool {
    matches!(symbol.c, '*' | '#' | '@' | '%' | '$' | '&' | '!' | '?' | '^')
}

fn is_vowel(c: char) -> bool {
    set("aeiou") >> (u32::from(c) - u32::from('a')) & 1 != 0
}
