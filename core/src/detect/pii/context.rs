//! Words beside a number that say what it is.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

/// How far before a number the word for it stands at most, in bytes.
const BEFORE: usize = 64;

/// How far after it.
const AFTER: usize = 32;

/// Words that may stand between numbers in an answer that gives several.
const CONNECTORS: &[&str] = &["and", "or", "und", "oder", "et", "ou", "y", "o", "e", "en", "ve", "och", "i"];

/// Whether one of `words` stands close to `range` of `text`: before it, or after it with no comma or stop between.
///
/// The words are in lower case and without accents. Long ones, and those of scripts that put no spaces between words, may be part
/// of a longer word: `passport` is seen in `passportnummer`, and `sin` is not seen in `since`.
pub(super) fn is_named(text: &str, range: &Range<usize>, words: &[&str]) -> bool {
    if words.is_empty() {
        return false;
    }
    let from = text.floor_char_boundary(range.start.saturating_sub(BEFORE));
    let to = text.floor_char_boundary((range.end + AFTER).min(text.len()));
    let after = &text[range.end..to];
    let clause = after.find(['.', ',', '!', '?', ';', '\n']).unwrap_or(after.len());
    says(&text[from..range.start], words) || says(&after[..clause], words)
}

/// Whether one of `words` stands shortly before `at`.
pub(super) fn is_named_before(text: &str, at: usize, words: &[&str]) -> bool {
    let from = text.floor_char_boundary(at.saturating_sub(BEFORE / 2));
    says(&text[from..at], words)
}

fn says(text: &str, words: &[&str]) -> bool {
    let text = plain(text);
    words.iter().any(|word| {
        if word.contains([' ', '.']) {
            let begins = |at: usize| !text[..at].ends_with(char::is_alphanumeric);
            text.match_indices(word).any(|(at, _)| begins(at))
        } else if word.len() >= 6 || !word.is_ascii() {
            text.contains(word)
        } else {
            text.split(|c: char| !c.is_alphanumeric()).any(|other| other == *word)
        }
    })
}

/// `text` in lower case, its Latin letters without accents.
fn plain(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            text.to_ascii_lowercase().into()
        } else {
            text.into()
        };
    }
    let mut plain = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        if c < '\u{250}' {
            plain.extend(std::iter::once(c).nfd().filter(char::is_ascii));
        } else if !matches!(c, '\u{300}'..='\u{36f}') {
            plain.push(c);
        }
    }
    plain.into()
}

/// Whether there is nothing in `text` but `ranges`, which are in order, and words that join them: an answer to a question.
pub(super) fn are_alone(text: &str, ranges: &[Range<usize>]) -> bool {
    let ends = ranges.iter().map(|range| range.start).chain([text.len()]);
    let starts = [0].into_iter().chain(ranges.iter().map(|range| range.end));
    starts.zip(ends).all(|(start, end)| {
        let words = text[start..end].split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.into_iter().all(|word| CONNECTORS.contains(&word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_beside_a_number() {
        for (text, words, named) in [
            ("my SSN is 1", &["ssn"][..], true),
            ("D.O.B.: 1", &["d.o.b"], true),
            ("1 is my ssn", &["ssn"], true),
            ("since 1", &["sin"], false),
            ("1. My ssn is another", &["ssn"], false),
            ("Numéro de Sécurité sociale : 1", &["securite"], true),
            ("Personalausweisnummer 1", &["ausweis"], true),
            ("เลขประจำตัวประชาชน: 1", &["ประชาชน"], true),
            ("1", &["ssn"], false),
        ] {
            let at = text.find('1').unwrap();
            assert_eq!(is_named(text, &(at..at + 1), words), named, "{text:?}");
        }
    }

    #[test]
    fn a_word_too_far_away_says_nothing() {
        let text = format!("ssn{}1", " ".repeat(BEFORE));
        assert!(!is_named(&text, &(text.len() - 1..text.len()), &["ssn"]));
    }

    #[test]
    fn answers() {
        assert!(are_alone(" 12, 34.", &[1..3, 5..7]));
        assert!(are_alone("12 and 34", &[0..2, 7..9]));
        assert!(!are_alone("12 then 34", &[0..2, 8..10]));
        assert!(!are_alone("12 34 56", &[0..2, 3..5]));
    }
}
