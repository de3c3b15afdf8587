//! Core words in spellings that the engine does not know or that the verifier rejects: a token, a row of single letters or a few adjacent
//! tokens that as a whole are such a word.

use std::ops::Range;

use super::around::split;
use super::cores::{OddWord, core_in, is_strong};
use super::dressed::{dressed, may_be_dressed};
use super::encoded::encoded;
use super::gaps::{rows, torn};
use super::glued::glued;
use super::hidden::hidden;
use super::innocent::is_innocent;
use super::marked::marked_up;
use super::reading::read;
use super::respelled::respelled;
use super::stream::{FOREIGN, Origin, Symbol};
use super::zones::{Zone, ZoneKind};

/// Returns the unusually written core words of a text, and adds the cost to `spent`.
pub(super) fn odd_words(symbols: &[Symbol], zones: &[Zone], spent: &mut u64) -> Vec<OddWord> {
    let tokens = split(symbols, 0..symbols.len(), Symbol::is_space);
    let mut zones = zones.iter().peekable();
    let mut words = Vec::new();
    let mut prose = Vec::new();
    for token in tokens {
        while zones.next_if(|zone| zone.symbols.end <= token.start).is_some() {}
        let zone = zones.peek().filter(|zone| zone.symbols.start < token.end);
        let before_zone = zone.map_or(token.start, |zone| zone.symbols.start.max(token.start));
        let letters = symbols[token.clone()].iter().any(|symbol| symbol.is_letter());
        words.extend(marked_up(symbols, &token));
        // Numbers are the only kind of zone that may be an obfuscation: `$#!+` looks like one.
        match zone.map(|zone| zone.kind) {
            None => {
                words.extend(odd_word(symbols, &token, spent));
                prose.push(token);
            }
            Some(ZoneKind::Nothing) if letters => words.extend(coded(symbols, token)),
            Some(ZoneKind::Nothing) => {
                words.extend(coded(symbols, token.clone()));
                words.extend(dressed(symbols, &token, spent));
                prose.push(token);
            }
            Some(_) => words.extend(respelled_word(symbols, &(token.start..before_zone), true, spent)),
        }
    }
    words.extend(rows(symbols, &prose, spent));
    words.extend(torn(symbols, &prose));
    words
}

fn coded(symbols: &[Symbol], token: Range<usize>) -> Option<OddWord> {
    let token = bare(symbols, token);
    encoded(&symbols[token.clone()]).map(|core| (token, core))
}

/// Returns the unusually written core word that `token`, or a piece of it, is.
pub(super) fn odd_word(symbols: &[Symbol], token: &Range<usize>, spent: &mut u64) -> Option<OddWord> {
    let bare = bare(symbols, token.clone());
    let is_letter = |symbol: &Symbol| symbol.is_letter() && symbol.origin != Origin::Sign;
    let all_letters = symbols[bare.clone()].iter().all(is_letter);
    let found = in_letters(&symbols[bare.clone()]).or_else(|| hidden(&symbols[bare.clone()]));
    if let Some(core) = found.or_else(|| encoded(&symbols[bare.clone()])) {
        return Some((bare, core));
    }
    let may_be_dressed = may_be_dressed(&symbols[token.clone()]);
    if all_letters {
        return if may_be_dressed { dressed(symbols, token, spent) } else { None };
    }
    let found = respelled_word(symbols, token, may_be_dressed, spent);
    let mut dressed = |part| if may_be_dressed { dressed(symbols, &part, spent) } else { None };
    if let Some(found) = found.or_else(|| dressed(token.clone())) {
        return Some(found);
    }
    let in_foreign = symbols[token.clone()].iter().any(|symbol| symbol.c == FOREIGN);
    split(symbols, token.clone(), joins).into_iter().filter(|piece| *piece != *token).find_map(|piece| {
        if in_foreign && let Some(core) = plain_strong(&symbols[piece.clone()]) {
            return Some((piece, core));
        }
        let hidden = hidden(&symbols[piece.clone()]).map(|core| (piece.clone(), core));
        hidden.or_else(|| dressed(piece))
    })
}

/// Returns the core word that one of the words in `part` of a text spells otherwise, and that word.
fn respelled_word(symbols: &[Symbol], part: &Range<usize>, by_ear: bool, spent: &mut u64) -> Option<OddWord> {
    // Signs beside a word are no letters of it.
    let words = split(symbols, part.clone(), |symbol| !symbol.is_word() || symbol.origin == Origin::Sign);
    words.into_iter().find_map(|word| {
        if !symbols[word.clone()].iter().all(|symbol| symbol.is_letter()) {
            return None;
        }
        match in_letters(&symbols[word.clone()]) {
            Some(core) => Some((word, core)),
            None => {
                if by_ear {
                    dressed(symbols, &word, spent)
                } else {
                    None
                }
            }
        }
    })
}

/// Returns the core word that `letters`, if they are, spell otherwise or contain beside another word.
fn in_letters(letters: &[Symbol]) -> Option<&'static str> {
    if !letters.iter().all(|symbol| symbol.is_letter()) {
        return None;
    }
    let word: String = letters.iter().map(|symbol| symbol.c.to_ascii_lowercase()).collect();
    respelled(&word).or_else(|| glued(&word)).filter(|_| !is_innocent(&word))
}

/// Returns `token` without the punctuation around it.
fn bare(symbols: &[Symbol], mut token: Range<usize>) -> Range<usize> {
    let is = |at: usize, set: &str| set.contains(symbols[at].c);
    while !token.is_empty() && is(token.end - 1, ".,;:?!)\"'") {
        token.end -= 1;
    }
    while !token.is_empty() && is(token.start, "(\"'") {
        token.start += 1;
    }
    token
}

/// Returns the strong word that `piece`, next to letters of another script, after which no space is needed, is as it is written.
fn plain_strong(piece: &[Symbol]) -> Option<&'static str> {
    let plain = |symbol: &Symbol| symbol.is_letter() && symbol.origin == Origin::Plain;
    let core = if piece.iter().all(plain) { core_in(&read(piece)) } else { None };
    core.filter(|core| is_strong(core))
}

/// Returns whether `symbol` joins words to one token.
fn joins(symbol: Symbol) -> bool {
    symbol.origin == Origin::Foreign
        || symbol.c == FOREIGN
        || matches!(symbol.c, '/' | ',' | ';' | ':' | '=' | '&' | '?' | '"' | '.' | '-' | '_' | '~')
}

#[cfg(test)]
mod tests {
    use super::super::{stream::Stream, zones::zones};
    use super::*;

    fn odd(text: &str) -> Vec<&'static str> {
        let symbols = Stream::new(text).symbols;
        odd_words(&symbols, &zones(&symbols), &mut 0).into_iter().map(|(_, core)| core).collect()
    }

    #[test]
    fn odd_spellings_are_read() {
        for (text, core) in [
            ("f**k", "fuck"),
            ("f***", "fuck"),
            ("fu**", "fuck"),
            ("fu***ng", "fuck"),
            ("F*ck*ng", "fuck"),
            ("s*it", "shit"),
            ("(s**t!)", "shit"),
            ("d@#k", "dick"),
            ("b@#$%d", "bastard"),
            ("$#!+", "shit"),
            ("8!+(h", "bitch"),
            ("b█tch", "bitch"),
            ("sh💩t", "shit"),
            ("f\\*ck", "fuck"),
            ("f--k", "fuck"),
            ("b-tch", "bitch"),
            ("fxck", "fuck"),
            ("mthrfckr", "motherfucker"),
            ("kcuf", "fuck"),
            ("|=|_|(|<", "fuck"),
            ("(f)(u)(c)(k)", "fuck"),
            ("c[]ck", "cock"),
            ("phvck", "fuck"),
            ("f u c k", "fuck"),
            ("f - u - c - k", "fuck"),
            ("fu ck", "fuck"),
            ("as sh ol e", "asshole"),
            ("ZnVjaw==", "fuck"),
        ] {
            assert_eq!(odd(text), [core], "{text:?}");
        }
    }

    #[test]
    fn code_and_typos_are_not() {
        for text in [
            "p ** q",
            "a**b",
            "x && y",
            "h@#$o",
            "s!=t",
            "tihs",
            "cnt += 1",
            "**bold**",
            "$100",
            "f(*k)",
            "*nix",
            "b|u|t|t|o|n",
            "c l a s s",
            "push it",
            "pen is",
            "the s hit",
            "5#17",
            "1-800-555",
            "| - | = |",
            "*the bit*",
            "shut",
            "s-t",
            "f-k",
            "соск",
        ] {
            assert_eq!(odd(text), [] as [&str; 0], "{text:?}");
        }
    }
}
