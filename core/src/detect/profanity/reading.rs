//! Reads an obfuscated word: `5h1t` as `shit` or `shlt`, `f.u.c.k` as `fuck`.

use super::stream::{FOREIGN, Symbol};
use crate::text::confusables::{Degree, likeliest};

/// Returns the possible readings of `symbols`, with every sign read as the letter that it resembles, or omitted.
pub(super) fn readings(symbols: &[Symbol]) -> Vec<String> {
    if is_spelled_with_signs(symbols) {
        return vec![symbols.iter().step_by(2).filter_map(|symbol| letter(symbol.c, true)).collect()];
    }
    let mut readings = vec![read(symbols)];
    if symbols.iter().any(|symbol| letter(symbol.c, true) != letter(symbol.c, false)) {
        readings.push(symbols.iter().filter_map(|symbol| letter(symbol.c, false)).collect());
    }
    // One group of stars masks letters, and the engine reads each star as a vowel; several groups are decoration: `b**a**d`.
    let groups = symbols.split(|symbol| symbol.c != '*').filter(|group| !group.is_empty()).count();
    if groups > 1 {
        for reading in &mut readings {
            reading.retain(|c| c != '*');
        }
    }
    readings
}

/// Returns whether the same sign separates at least three letters, and so does not represent a letter: `f*u*c*k`, `f|u|c|k`.
pub(super) fn is_spelled_with_signs(symbols: &[Symbol]) -> bool {
    symbols.len() >= 5
        && symbols.len() % 2 == 1
        && is_leet_sign(symbols[1].c)
        && symbols.iter().step_by(2).all(|symbol| symbol.is_letter())
        && symbols.iter().skip(1).step_by(2).all(|symbol| symbol.c == symbols[1].c)
}

/// Returns the first of the readings.
pub(super) fn read(symbols: &[Symbol]) -> String {
    symbols.iter().filter_map(|symbol| letter(symbol.c, true)).collect()
}

/// The letters that signs and digits represent: with strokes as *i*, and as *l*.
static LEET: [[u8; 128]; 2] = [likeliest(Degree::Leet, false), likeliest(Degree::Leet, true)];

/// Returns the letter that `c` is or resembles; strokes resemble `i` or `l`. A star is returned unchanged.
pub(super) fn letter(c: char, stroke_is_i: bool) -> Option<char> {
    match c {
        '*' | FOREIGN => Some(c),
        _ if c.is_ascii_alphabetic() => Some(c.to_ascii_lowercase()),
        _ => leet(c, !stroke_is_i),
    }
}

/// Returns whether `c` is a sign, not a letter or digit, that resembles a letter.
pub(super) const fn is_leet_sign(c: char) -> bool {
    c == '*' || c.is_ascii_punctuation() && LEET[0][c as usize] != 0
}

fn leet(c: char, strokes_are_l: bool) -> Option<char> {
    let letter = LEET[usize::from(strokes_are_l)].get(c as usize).filter(|letter| **letter != 0);
    letter.map(|letter| char::from(*letter))
}

/// Returns the letter that the ASCII sign or digit `byte` resembles, with strokes as *i*; 0 if it resembles none. A star is returned
/// unchanged.
pub(super) const fn leet_letter(byte: u8) -> u8 {
    if byte == b'*' { byte } else { LEET[0][byte as usize] }
}

#[cfg(test)]
mod tests {
    use super::super::stream::Stream;
    use super::*;

    #[test]
    fn signs_read_as_the_letters_they_look_like() {
        for (text, expected) in [
            ("5h1t", &["shit", "shlt"] as &[&str]),
            ("a$$", &["ass"]),
            ("f.u.c.k", &["fuck"]),
            ("f*ck", &["f*ck"]),
            ("fu**c**k", &["fuck"]),
            ("c*l*a*s*s", &["class"]),
            ("f|u|c|k", &["fuck"]),
            ("", &[""]),
        ] {
            assert_eq!(readings(&Stream::new(text).symbols), expected, "{text:?}");
        }
    }
}
