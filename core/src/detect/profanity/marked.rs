//! Core words with markup between their letters: `` `f`uck ``, `[f](https://example.com)uck`, `f:smile:uck`.

use std::ops::Range;

use super::cores::{OddWord, core_in};
use super::stream::Symbol;

/// The most symbols of the name of an emoji: `:face_with_raised_eyebrow:`.
const LONGEST_NAME: usize = 40;

/// Returns the core word that the letters of `token` spell without the markup between them.
pub(super) fn marked_up(symbols: &[Symbol], token: &Range<usize>) -> Option<OddWord> {
    let inside = &symbols[token.clone()];
    if !inside.iter().any(|symbol| matches!(symbol.c, '`' | ':' | ']')) {
        return None;
    }
    let (mut word, mut at, mut end, mut parted) = (String::new(), 0, 0, false);
    while let Some(symbol) = inside.get(at) {
        if symbol.is_letter() {
            parted |= at > end && !word.is_empty();
            word.push(symbol.c.to_ascii_lowercase());
            at += 1;
            end = at;
        } else if let Some(len) = markup(&inside[at..]) {
            at += len;
        } else if matches!(symbol.c, '.' | ',' | '!' | '?' | '"')
            && (word.is_empty() || inside.len() - at <= 3)
        {
            at += 1;
        } else {
            return None;
        }
    }
    let core = core_in(&word).filter(|core| parted && core.len() >= 4)?;
    Some((token.clone(), core))
}

/// Returns the number of symbols of the markup at the beginning of `rest`.
fn markup(rest: &[Symbol]) -> Option<usize> {
    match rest.first()?.c {
        '`' | '*' | '_' | '~' | '|' | '[' => Some(1),
        ']' if rest.get(1)?.c == '(' => Some(rest.iter().position(|symbol| symbol.c == ')')? + 1),
        ':' => {
            let is_name = |symbol: &&Symbol| symbol.is_word() || matches!(symbol.c, '_' | '-' | '+');
            let name = rest[1..].iter().take(LONGEST_NAME).take_while(is_name).count();
            (name >= 2 && rest.get(name + 1)?.c == ':').then_some(name + 2)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::stream::Stream;
    use super::*;

    #[test]
    fn letters_are_read_across_markup() {
        for (text, core) in [
            ("`f`uck", Some("fuck")),
            ("fu`c`k!", Some("fuck")),
            ("[f](https://example.com)uck", Some("fuck")),
            ("f[uc](x)ker", Some("fuck")),
            ("b:smile:itch", Some("bitch")),
            ("s:+1:h:heart_eyes:it", Some("shit")),
            ("`fuck`", None),
            ("[fuck](x)", None),
            ("a:b:c", None),
            ("`as`s", None),
            ("key:value:rest", None),
            ("10:30:45", None),
        ] {
            let symbols = Stream::new(text).symbols;
            assert_eq!(marked_up(&symbols, &(0..symbols.len())).map(|(_, core)| core), core, "{text}");
        }
    }
}
