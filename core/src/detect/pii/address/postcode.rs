//! Recognises postal codes by their grammar.
//!
//! | country | grammar | source |
//! |---|---|---|
//! | US | `99999`, `99999-9999` | USPS, Publication 28 |
//! | UK | area and district, then a digit and two letters: `SW1A 2AA` | BS 7666-5, Royal Mail, "Programmers' Guide" |
//! | Canada | `A9A 9A9`, without D, F, I, O, Q, U, and not W or Z first | Canada Post |
//! | Germany, France, Spain, Italy | `99999` before the town | the sources of [`super::data`] |
//! | Netherlands | `9999 AA`, without SA, SD, SS | PostNL |
//! | Australia | `9999` after the state | Australia Post, "Address Presentation Standards" |
//! | Austria, Switzerland | `9999` before the town, and after the country code and a hyphen | Österreichische Post, Swiss Post |

use super::tokens::{Kind, Tokens};

/// The format of a postal code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// Four digits.
    Four,
    /// Five or nine digits.
    Five,
    /// Four or five digits after a country code: `D-10115`, `A-1010`.
    Prefixed,
    /// The format of the United Kingdom or Canada.
    Letters,
    /// The format of the Netherlands.
    Dutch,
}

/// Country codes that precede postal codes.
const PREFIXES: &[&str] = &[
    "a", "at", "au", "b", "be", "ch", "cz", "d", "de", "dk", "e", "es", "f", "fi", "fl", "fr", "hu", "i",
    "it", "l", "li", "lu", "nl", "no", "pl", "pt", "se", "sk", "us",
];

/// Pairs of letters that a Dutch postal code does not contain.
const NOT_DUTCH: &[&str] = &["sa", "sd", "ss"];

/// Returns the format of the postal code at `at`, and the index after it.
pub(super) fn postcode(tokens: &Tokens<'_>, at: usize) -> Option<(Format, usize)> {
    let (format, end) = match tokens.get(at)?.kind {
        Kind::Number => digits(tokens, at)?,
        Kind::Mixed => letters(tokens, at)?,
        Kind::Word if PREFIXES.contains(&tokens.word(at)) && tokens.is_glued_sign(at + 1, '-') => {
            let (format, end) = digits(tokens, at + 2).filter(|_| !tokens.is_spaced(at + 2))?;
            (if matches!(format, Format::Five | Format::Four) { Format::Prefixed } else { format }, end)
        }
        _ => return None,
    };
    // The letters must not continue a longer word or number, nor be the unit of an amount.
    let continued = tokens.get(end).is_some_and(|next| match next.kind {
        Kind::Word | Kind::Number | Kind::Mixed => !next.spaced,
        Kind::Sign('%' | '€' | '$' | '£' | '°' | '+') => true,
        Kind::Sign('.' | ',' | ':' | '-' | '/') => {
            !next.spaced
                && tokens.digits(end + 1) > 0
                && !tokens.is_spaced(end + 1)
                && tokens.digits(end + 1) < 4
        }
        _ => false,
    });
    (!continued).then_some((format, end))
}

fn digits(tokens: &Tokens<'_>, at: usize) -> Option<(Format, usize)> {
    match tokens.digits(at) {
        5 if tokens.is_glued_sign(at + 1, '-') && tokens.digits(at + 2) == 4 && !tokens.is_spaced(at + 2) => {
            Some((Format::Five, at + 3))
        }
        5 => Some((Format::Five, at + 1)),
        4 => {
            let word = tokens.word(at + 1);
            let is_dutch = word.len() == 2
                && tokens.is(at + 1, Kind::Word)
                && tokens.text_at(at + 1).bytes().all(|byte| byte.is_ascii_uppercase())
                && !NOT_DUTCH.contains(&word)
                && tokens.text_at(at).as_bytes()[0] != b'0';
            Some(if is_dutch { (Format::Dutch, at + 2) } else { (Format::Four, at + 1) })
        }
        _ => None,
    }
}

fn letters(tokens: &Tokens<'_>, at: usize) -> Option<(Format, usize)> {
    let word = tokens.word(at).as_bytes();
    // The two halves of a code, with or without a space between them.
    let split = |len: usize| -> Option<(&[u8], &[u8], usize)> {
        if word.len() > 4 {
            return Some((&word[..word.len() - len], &word[word.len() - len..], at + 1));
        }
        let next = if tokens.is_glued_sign(at + 1, '-') { at + 2 } else { at + 1 };
        tokens.is(next, Kind::Mixed).then(|| (word, tokens.word(next).as_bytes(), next + 1))
    };
    if word.len() == 6 && is_shape(word, b"9999aa") {
        return (!NOT_DUTCH.iter().any(|letters| word.ends_with(letters.as_bytes())))
            .then_some((Format::Dutch, at + 1));
    }
    let (first, second, end) = split(3)?;
    let is_uk = ["a9", "a99", "aa9", "aa99", "a9a", "aa9a", "a99a"]
        .iter()
        .any(|shape| is_shape(first, shape.as_bytes()))
        && is_shape(second, b"9aa");
    let is_letter_of_canada = |byte: &u8| !byte.is_ascii_alphabetic() || !b"dfioqu".contains(byte);
    let is_canadian = is_shape(first, b"a9a")
        && is_shape(second, b"9a9")
        && !matches!(first[0], b'w' | b'z')
        && first.iter().chain(second).all(is_letter_of_canada);
    (is_uk || is_canadian).then_some((Format::Letters, end))
}

/// Returns whether `word` has letters where `shape` has `a`, and digits where it has `9`.
fn is_shape(word: &[u8], shape: &[u8]) -> bool {
    word.len() == shape.len()
        && word.iter().zip(shape).all(|(byte, shape)| match shape {
            b'a' => byte.is_ascii_lowercase(),
            _ => byte.is_ascii_digit(),
        })
}
