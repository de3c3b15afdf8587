//! Core words written in ways that rustrict does not know: half starred out, in signs, without vowels, backwards.

use std::ops::Range;

use super::reading::{is_leet_sign, letter, readings};
use super::stream::Symbol;
use super::words::{STRONG, core_in, core_words, is_ending, odd_spelling};
use super::zones::Zone;

/// The oddly written core words of a text, in order, each with the word it is.
pub(super) fn odd_words(symbols: &[Symbol], zones: &[Zone]) -> Vec<(Range<usize>, &'static str)> {
    let mut words = Vec::new();
    let mut start = 0;
    for token in symbols.split(|symbol| symbol.is_space()) {
        let at = start;
        start += token.len() + 1;
        let Some((word, core)) = odd_word(token) else { continue };
        let word = at + word.start..at + word.end;
        // Numbers are the one kind of zone that may be a disguise: `$#!+` looks like one.
        let letters = symbols[word.clone()].iter().any(|symbol| symbol.is_letter());
        let hidden = |zone: &Zone| zone.symbols.start < word.end && word.start < zone.symbols.end;
        if !letters || !zones.iter().any(hidden) {
            words.push((word, core));
        }
    }
    words
}

/// The oddly written core word that `token` is but for punctuation around it.
fn odd_word(token: &[Symbol]) -> Option<(Range<usize>, &'static str)> {
    let end = token.len() - token.iter().rev().take_while(|symbol| ".,;:?!)\"'".contains(symbol.c)).count();
    let start = token[..end].iter().take_while(|symbol| "(\"'".contains(symbol.c)).count();
    let word = &token[start..end];
    if word.len() < 3 || word.len() > 24 {
        return in_signs(token).map(|core| (0..token.len(), core));
    }
    if word.iter().all(|symbol| symbol.is_letter()) {
        let read: String = word.iter().map(|symbol| symbol.c.to_ascii_lowercase()).collect();
        return odd_spelling(&read).map(|core| (start..end, core));
    }
    let starred = starred(word).map(|core| (start..end, core));
    starred.or_else(|| in_signs(token).map(|core| (0..token.len(), core)))
}

/// The core word that `token` is, written mostly in signs and digits: `$#!+`, `8!+(h`.
fn in_signs(token: &[Symbol]) -> Option<&'static str> {
    if !(4..=16).contains(&token.len()) {
        return None;
    }
    let count = |is: fn(Symbol) -> bool| token.iter().filter(|symbol| is(**symbol)).count();
    let signs = count(|symbol| is_leet_sign(symbol.c));
    let digits = count(|symbol| symbol.c.is_ascii_digit());
    let letters = count(Symbol::is_letter);
    if signs < 2 || signs + digits <= letters || signs + digits + letters < token.len() {
        return None;
    }
    readings(token).iter().find_map(|read| core_in(read))
}

/// The core word that `word` is with letters hidden behind stars, or behind as many signs as it takes to look like swearing.
fn starred(word: &[Symbol]) -> Option<&'static str> {
    let [first, inner @ .., last] = word else { return None };
    if !first.is_letter() {
        return None;
    }
    let different = |(at, symbol): (usize, &Symbol)| !inner[..at].iter().any(|other| other.c == symbol.c);
    if last.is_letter()
        && inner.len() >= 2
        && inner.iter().all(is_sign)
        && inner.iter().enumerate().all(different)
    {
        return grawlix(*first, inner.len(), *last);
    }
    STRONG.iter().find(|strong| fits(word, strong)).copied()
}

/// The core word that begins with `first`, ends in `last`, and may have its other letters hidden behind `signs`: `d@#k`, or
/// `b@#$%d` with the signs that one keyboard row has, however many letters they are for.
fn grawlix(first: Symbol, signs: usize, last: Symbol) -> Option<&'static str> {
    core_words().find(|word| {
        let ends =
            word.starts_with(first.c.to_ascii_lowercase()) && word.ends_with(last.c.to_ascii_lowercase());
        ends && (word.len() == signs + 2 || (signs >= 4 && word.len() > signs + 2))
    })
}

/// Whether `word` is `strong`, perhaps with an ending, with stars for letters.
fn fits(word: &[Symbol], strong: &str) -> bool {
    let Some((head, tail)) = word.split_at_checked(strong.len()) else { return false };
    let is_star = |symbol: &Symbol| matches!(symbol.c, '*' | '#');
    let fits = |(symbol, c): (&Symbol, char)| is_star(symbol) || letter(symbol.c, true) == Some(c);
    // The last letter is there, or all but the first are hidden: `s*it`, `f***`.
    let ends =
        head.last().is_some_and(|last| last.is_letter()) || head[1..].iter().all(|symbol| symbol.c == '*');
    let tail: String = tail.iter().map(|symbol| symbol.c.to_ascii_lowercase()).collect();
    head.iter().any(is_star)
        && ends
        && head.iter().zip(strong.chars()).all(fits)
        && (is_ending(&tail) || matches!(&*tail, "*ng" | "*d" | "*r"))
}

fn is_sign(symbol: &Symbol) -> bool {
    matches!(symbol.c, '*' | '#' | '@' | '%' | '$' | '&' | '!' | '?')
}

#[cfg(test)]
mod tests {
    use super::super::{stream::Stream, zones::zones};
    use super::*;

    #[test]
    fn odd_spellings_are_read() {
        for (text, core) in [
            ("f**k", "fuck"),
            ("f***", "fuck"),
            ("F*ck*ng", "fuck"),
            ("s*it", "shit"),
            ("(s**t!)", "shit"),
            ("d@#k", "dick"),
            ("b@#$%d", "bastard"),
            ("$#!+", "shit"),
            ("8!+(h", "bitch"),
            ("mthrfckr", "motherfucker"),
            ("kcuf", "fuck"),
        ] {
            let stream = Stream::new(text);
            let found = odd_words(&stream.symbols, &zones(&stream.symbols));
            assert_eq!(found.iter().map(|(_, core)| *core).collect::<Vec<_>>(), [core], "{text:?}");
        }
    }

    #[test]
    fn code_and_typos_are_not() {
        for text in [
            "p ** q", "a**b", "x && y", "h@#$o", "s!=t", "tihs", "cnt += 1", "**bold**", "$100", "f(*k)",
            "*nix",
        ] {
            let stream = Stream::new(text);
            assert_eq!(odd_words(&stream.symbols, &zones(&stream.symbols)), [], "{text:?}");
        }
    }
}
