//! Core words with letters masked by signs: `f**k`, `sh_t`, `b█tch`, `d@#k`.

use std::borrow::Cow;

use super::cores::{core_words_from, is_ending};
use super::english::{STRONG, holds};
use super::lookalikes::{seen, set};
use super::stream::Symbol;

/// Returns the core word that `word` is with some letters replaced by stars or other signs, or with all inner letters replaced by various
/// signs, as swearing in comics.
pub(super) fn hidden(word: &[Symbol]) -> Option<&'static str> {
    if !word.first()?.is_letter() || !word.iter().any(|symbol| is_hiding(symbol.c)) {
        return None;
    }
    // A star may be escaped for Markdown.
    let escaped = |at: usize| {
        word[at].c == '\\' && word.get(at + 1).is_some_and(|next| matches!(next.c, '*' | '_' | '#'))
    };
    let word = if word.iter().any(|symbol| symbol.c == '\\') {
        (0..word.len()).filter(|at| !escaped(*at)).map(|at| word[at]).collect()
    } else {
        Cow::Borrowed(word)
    };
    let [first, inner @ .., last] = &*word else { return None };
    let different = |(at, symbol): (usize, &Symbol)| !inner[..at].iter().any(|other| other.c == symbol.c);
    let signs = inner.len() >= 2 && inner.iter().all(|symbol| is_swearing(*symbol));
    if last.is_letter() && signs && inner.iter().enumerate().all(different) {
        return grawlix(*first, inner.len(), *last);
    }
    let initial = first.c.to_ascii_lowercase();
    core_words_from(initial).iter().find(|core| fits(&word, core)).copied()
}

/// Returns the core word that begins with `first`, ends with `last`, and has `signs` other letters, as in `d@#k`; four or more signs may
/// also represent more letters, because a keyboard row has few signs: `b@#$%d`.
fn grawlix(first: Symbol, signs: usize, last: Symbol) -> Option<&'static str> {
    let [first, last] = [first, last].map(|symbol| symbol.c.to_ascii_lowercase());
    let len = |len: usize| len == signs + 2 || (signs >= 4 && len > signs + 2);
    core_words_from(first).iter().find(|word| word.ends_with(last) && len(word.len())).copied()
}

/// Returns whether `word` is `core`, possibly with an ending, with signs for some letters.
fn fits(word: &[Symbol], core: &str) -> bool {
    let Some((head, tail)) = word.split_at_checked(core.len()) else { return false };
    let mut signs = Vec::new();
    for (symbol, c) in head.iter().zip(core.chars()) {
        let shows = symbol.is_word() || symbol.c == '@';
        match () {
            () if shows && seen(*symbol) >> (u32::from(c) - u32::from('a')) & 1 != 0 => signs.push(None),
            () if is_hiding(symbol.c) => signs.push(Some(symbol.c.to_ascii_lowercase())),
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

/// Returns whether `core` is recognizable with `sign` for its `hidden` letters.
fn is_telling(core: &str, sign: char, hidden: &[Option<char>]) -> bool {
    let strong = holds(STRONG, core);
    let count = hidden.iter().flatten().count();
    let shown = hidden.len() - count;
    let vowels = core.chars().zip(hidden).all(|(c, sign)| sign.is_none() || is_vowel(c));
    let last = hidden.last().is_some_and(Option::is_some);
    // All letters but the first and the last.
    let inner = count >= 2 && shown == 2 && !last;
    match sign {
        // A word of three letters with one masked is always also some abbreviation.
        _ if core.len() < 4 => false,
        // What the end of an emphasis looks like, `**with sh**`, is told apart later.
        '*' => strong || !last && (vowels || inner),
        '#' | '~' if !last => (strong && (shown >= count || inner)) || vowels,
        '@' if !last && vowels && count == 1 => strong || shown >= 3,
        '%' | '?' | '$' | '@' | '^' if !last => strong && (vowels || inner),
        '&' | '+' | '!' | '=' if !last => strong && vowels,
        '-' | '_' if !last => strong && ((vowels && shown >= 3) || inner),
        // `f.ck` and `fxck`: with these signs, few letters may be hidden.
        '.' | '\'' | ',' | '"' | '`' | 'x' if !last => strong && vowels && shown >= 3,
        _ => false,
    }
}

/// Returns whether `c` may represent a masked letter.
pub(super) const fn is_hiding(c: char) -> bool {
    matches!(
        c,
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

/// Returns whether `symbol` is one of the signs that represent swearing in comics.
fn is_swearing(symbol: Symbol) -> bool {
    matches!(symbol.c, '*' | '#' | '@' | '%' | '$' | '&' | '!' | '?' | '^')
}

fn is_vowel(c: char) -> bool {
    set("aeiou") >> (u32::from(c) - u32::from('a')) & 1 != 0
}
