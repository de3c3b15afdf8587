//! Reads signs as signs: the text as written, in addition to the letters that its signs may represent.
//!
//! The engine reads a sign as every letter that it resembles, and only as a letter: it reads `¡idiot!` as *iidioti*. So it reads text in
//! which signs adjoin words a second time without them. And a sign next to a complete word, `(unties)`, `@nala`, is unlikely to be a
//! letter of it.

use std::ops::Range;

use super::around::trimmed;
use super::cores::{core_in, is_strong};
use super::grading::Word;
use super::lookalikes::seen;
use super::reading::read;
use super::short::is_short_and_severe;
use super::stream::{Origin, Symbol};
use super::zones::Zone;

/// The maximum distance of words from a sign to be read again, in symbols: no phrase is longer.
const NEAR: usize = 40;

/// The maximum length of a part of a text between stars that emphasize it, in symbols.
const EMPHASIZED: usize = 256;

/// The length of a row of stars from which on it is taken for a masked word.
const MASKED: usize = 3;

/// A text with its signs read as signs.
pub(super) struct Signs {
    /// Its symbols, as many as in the text.
    pub symbols: Vec<Symbol>,
    /// The parts in which words adjoin signs, in order.
    pub parts: Vec<Range<usize>>,
}

impl Signs {
    /// Reads `symbols`. Returns `None` if no sign outside of `zones` may cause a word to be misread.
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

/// Returns whether the symbol at `at` is a sign next to a word. Signs that end sentences do no harm after a word.
fn hides_a_word(symbols: &[Symbol], at: usize) -> bool {
    let is_word =
        |at: Option<usize>| at.and_then(|at| symbols.get(at)).is_some_and(|symbol| symbol.is_word());
    let ends =
        symbols[at].origin != Origin::Sign && matches!(symbols[at].c, '!' | '?' | ',' | ':' | ';' | '"');
    is_sign(symbols[at])
        && symbols[at].c != '*'
        && (is_word(Some(at + 1)) || !ends && is_word(at.checked_sub(1)))
}

/// Returns whether `symbol` is a sign that does not occur in words.
const fn is_sign(symbol: Symbol) -> bool {
    matches!(symbol.origin, Origin::Sign)
        || symbol.c.is_ascii_punctuation() && !matches!(symbol.c, '\'' | '-' | '_' | '.')
}

/// Returns whether `span` contains `word` and in addition only signs: brackets around a word are not part of it.
pub(super) fn frames(symbols: &[Symbol], span: &Range<usize>, word: &Range<usize>) -> bool {
    let holds = span.start <= word.start && word.end <= span.end;
    holds
        && ![span.start..word.start, word.end..span.end].into_iter().flatten().any(|at| symbols[at].is_word())
}

/// Returns whether the only obfuscation of the word at `span` is a sign at its edge that is unlikely to be a letter: signs are on both
/// sides, like brackets, or the word with the sign read as a letter is not exactly a word that people write like this, `$hit`, `@ss`.
pub(super) fn is_only_framed(symbols: &[Symbol], span: &Range<usize>) -> bool {
    // Other signs have other reasons, as in base64.
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
    let core = core_in(&read).is_some_and(|core| exact(core) && (telling || is_strong(core)));
    paired || !(core || telling && is_short_and_severe(&read))
}

/// Returns whether the only obfuscation of the word at `span` is stars at its edges that emphasize it, or a part of the text that begins
/// or ends there: `**word**`, `**word and more**`.
pub(super) fn is_emphasized(symbols: &[Symbol], span: &Range<usize>) -> bool {
    let word = trimmed(symbols, span.clone(), |symbol| symbol.c == '*');
    let is_star = |symbol: &&Symbol| symbol.c == '*';
    let before = symbols[..word.start].iter().rev().take_while(is_star).count();
    let after = symbols[word.end..].iter().take_while(is_star).count();
    if word == *span || word.is_empty() {
        return false;
    }
    match (before, after) {
        (1..=3, 0) => ends_with_stars(symbols[word.end..].iter(), before),
        (0, 1..=3) => ends_with_stars(symbols[..word.start].iter().rev(), after),
        _ => before == after && before <= 3,
    }
}

/// Returns whether the next stars among `symbols`, in the direction away from a word, are as many as `stars`, adjoin a word on this side
/// and none on the other.
fn ends_with_stars<'a>(symbols: impl Iterator<Item = &'a Symbol> + Clone, stars: usize) -> bool {
    let line = symbols.take(EMPHASIZED).take_while(|symbol| symbol.c != '\n');
    let Some(at) = line.clone().position(|symbol| symbol.c == '*') else { return false };
    let count = line.clone().skip(at).take_while(|symbol| symbol.c == '*').count();
    let inside = line.clone().take(at).last().is_some_and(|symbol| !symbol.is_space());
    let outside = line.clone().nth(at + count).is_some_and(|symbol| symbol.is_word());
    count == stars && inside && !outside
}

/// Returns whether what reads as a letter of `word` is a row of stars that hides a whole word: the stars after one letter, which the engine
/// takes for vowels, though only core words are recognizable so; or a row beside a separator, `a.b.****`.
pub(super) fn is_masked(symbols: &[Symbol], (span, core): &Word) -> bool {
    let word = &symbols[span.clone()];
    let is_star = |symbol: &Symbol| symbol.c == '*';
    let letters = word.iter().filter(|symbol| symbol.is_word()).count();
    let stars = word.iter().filter(|symbol| is_star(symbol)).count();
    let separates = |at: Option<usize>| {
        at.and_then(|at| word.get(at)).is_some_and(|symbol| matches!(symbol.c, '.' | '-' | '_' | '/' | '|'))
    };
    let mut end = 0;
    let has_masked_row = word.chunk_by(|one, next| is_star(one) == is_star(next)).any(|row| {
        let first = end;
        end += row.len();
        is_star(&row[0])
            && row.len() >= MASKED
            && (separates(first.checked_sub(1)) || separates(Some(end)) && first > 0)
    });
    has_masked_row || core.is_none() && letters == 1 && letters + stars == word.len()
}

/// Returns the sign that closes what `sign` opens.
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
