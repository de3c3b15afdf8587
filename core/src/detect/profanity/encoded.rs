//! Core words encoded as hexadecimal or base64.

use super::cores::core_in;
use super::stream::Symbol;

/// Returns the core word that all of `symbols` encode.
pub(super) fn encoded(symbols: &[Symbol]) -> Option<&'static str> {
    // Codes contain words of fewer than four letters by coincidence.
    if !(6..=40).contains(&symbols.len()) {
        return None;
    }
    let text = hexadecimal(symbols).or_else(|| base64(symbols))?;
    let letters = text.len() >= 4 && text.iter().all(u8::is_ascii_alphabetic);
    let word = String::from_utf8(text).ok().filter(|_| letters)?;
    core_in(&word.to_ascii_lowercase())
}

fn hexadecimal(symbols: &[Symbol]) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = symbols
        .iter()
        .map(|symbol| symbol.c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect();
    digits
        .filter(|digits| digits.len() % 2 == 0)
        .map(|digits| digits.chunks(2).map(|two| two[0] << 4 | two[1]).collect())
}

/// Returns the letters that all of `symbols` encode.
fn base64(symbols: &[Symbol]) -> Option<Vec<u8>> {
    let end = symbols.iter().rposition(|symbol| symbol.c != '=')? + 1;
    let mut bytes = Vec::new();
    for four in symbols[..end].chunks(4) {
        let mut bits = 0_u32;
        for symbol in four {
            bits = bits << 6 | sixth(symbol.c)?;
        }
        let missing = 4 - four.len();
        bits <<= 6 * missing;
        let [_, letters @ ..] = bits.to_be_bytes();
        let letters = &letters[..3_usize.saturating_sub(missing)];
        if !letters.iter().all(u8::is_ascii_alphabetic) {
            return None;
        }
        bytes.extend(letters);
    }
    Some(bytes)
}

pub(super) fn sixth(c: char) -> Option<u32> {
    let from = |first: char, base: u32| Some(u32::from(c) - u32::from(first) + base);
    match c {
        'A'..='Z' => from('A', 0),
        'a'..='z' => from('a', 26),
        '0'..='9' => from('0', 52),
        '+' | '-' => Some(62),
        '/' | '_' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::stream::Stream;
    use super::*;

    #[test]
    fn a_word_is_read_from_its_code() {
        for (text, core) in [
            ("6675636b", Some("fuck")),
            ("ZnVjaw==", Some("fuck")),
            ("ZnVjaw", Some("fuck")),
            ("c2hpdA==", Some("shit")),
            ("aGVsbG8=", None),
            ("68656c6c6f", None),
            ("ZnVja", None),
            ("hello", None),
            ("======", None),
        ] {
            assert_eq!(encoded(&Stream::new(text).symbols), core, "{text}");
        }
    }
}
