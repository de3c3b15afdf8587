//! Signs as what they are: the text as it stands, beside what its signs may be read as.
//!
//! The engine takes a sign for any letter that it looks like, and only for a letter: `¡idiot!` is *iidioti* to it. So it reads a text
//! in which signs stand beside words once more without them. And a sign beside a word that is nothing but a word, `(unties)`, `@nala`,
//! is hardly a letter of it.

use std::ops::Range;

use super::around::trimmed;
use super::cores::{core_in, is_strong};
use super::lookalikes::seen;
use super::reading::read;
use super::stream::{Origin, Symbol};
use super::zones::Zone;

/// How far from a sign the words may be that are read once more: a phrase is no longer.
const NEAR: usize = 40;

/// A text with its signs as signs.
pub(super) struct Signs {
    /// Its symbols, as many as the text has.
    pub symbols: Vec<Symbol>,
    /// The parts in which words stand beside signs, in order.
    pub parts: Vec<Range<usize>>,
}

impl Signs {
    /// Reads `symbols`, unless there is no sign in them, outside of `zones`, that a word may be misread for.
    pub(super) fn of(symbols: &[Symbol], zones: &[Zone]) -> Option<Self> {
        let mut parts: Vec<Range<usize>> = Vec::new();
        let mut zones = zones.iter().peekable();
        for at in (0..symbols.len()).filter(|at| hides_a_word(symbols, *at)) {
            while zones.next_if(|zone| zone.symbols.end <= at).is_some() {}
            if zones.peek().is_some_and(|zone| zone.symbols.contains(&at)) {
                continue;
            }
            let part = at.saturating_sub(NEAR)..(at + NEAR).min(symbols.len());
            match parts.last_mut() {
                Some(last) if part.start <= last.end => last.end = part.end,
                _ => parts.push(part),
            }
        }
        let sign = |symbol: &Symbol| if is_sign(*symbol) { symbol.as_sign() } else { *symbol };
        (!parts.is_empty()).then(|| Self { symbols: symbols.iter().map(sign).collect(), parts })
    }
}

/// Whether the symbol at `at` is a sign beside a word. Those that end sentences are read well behind a word.
fn hides_a_word(symbols: &[Symbol], at: usize) -> bool {
    let is_word =
        |at: Option<usize>| at.and_then(|at| symbols.get(at)).is_some_and(|symbol| symbol.is_word());
    let ends =
        symbols[at].origin != Origin::Sign && matches!(symbols[at].c, '!' | '?' | ',' | ':' | ';' | '"');
    is_sign(symbols[at])
        && symbols[at].c != '*'
        && (is_word(Some(at + 1)) || !ends && is_word(at.checked_sub(1)))
}

/// Whether `symbol` is a sign that is no part of words.
const fn is_sign(symbol: Symbol) -> bool {
    matches!(symbol.origin, Origin::Sign)
        || symbol.c.is_ascii_punctuation() && !matches!(symbol.c, '\'' | '-' | '_' | '.')
}

/// Whether all that `span` has more than `word`, which is in it, are signs: the brackets around a word are no part of it.
pub(super) fn frames(symbols: &[Symbol], span: &Range<usize>, word: &Range<usize>) -> bool {
    let holds = span.start <= word.start && word.end <= span.end;
    holds
        && ![span.start..word.start, word.end..span.end].into_iter().flatten().any(|at| symbols[at].is_word())
}

/// Whether the only disguise of the word at `span` is a sign at its edge that is hardly a letter there: one stands on both sides, as
/// brackets do, or what it makes of the word is not exactly a word that people write so, `$hit`, `@ss`.
pub(super) fn is_only_framed(symbols: &[Symbol], span: &Range<usize>) -> bool {
    // Other signs are there for something else, as in base64.
    let word = trimmed(symbols, span.clone(), |symbol| is_sign(symbol) && seen(symbol) != 0);
    let plain = |symbol: &Symbol| symbol.c.is_ascii_alphabetic() && symbol.origin == Origin::Plain;
    if word == *span || word.len() < 2 || !symbols[word.clone()].iter().all(plain) {
        return false;
    }
    let sign = |at: Option<usize>| at.and_then(|at| symbols.get(at)).filter(|symbol| is_sign(**symbol));
    let before = sign(word.start.checked_sub(1)).map(|symbol| symbol.c);
    let after = sign(Some(word.end)).map(|symbol| symbol.c);
    let paired = before.zip(after).is_some_and(|(before, after)| closing(before) == after);
    let telling = symbols[span.clone()].iter().any(|symbol| matches!(symbol.c, '@' | '$'));
    let read = read(&symbols[span.clone()]);
    let exact = |core: &str| read == core || read.strip_suffix('s') == Some(core);
    paired || !core_in(&read).is_some_and(|core| exact(core) && (telling || is_strong(core)))
}

/// The sign that ends what `sign` begins.
const fn closing(sign: char) -> char {
    match sign {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        '<' => '>',
        '¡' => '!',
        other => other,
    }
}
