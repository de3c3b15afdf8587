//! Words of other alphabets that are confusable with Latin ones: `сор`, `рот`, `тор`.

use std::ops::Range;

/// Returns whether `range` of `text`, which is confusable with a word in Latin letters, is a genuine word of its own alphabet.
///
/// It is genuine if every letter is in everyday use in that alphabet, and the text around it does not suggest Latin letters: in `you соск`
/// the second word is an obfuscation.
#[must_use]
pub(crate) fn is_foreign_word(text: &str, range: Range<usize>) -> bool {
    let word = &text[range.clone()];
    if word.is_ascii() {
        return false;
    }
    let letters = |text: &str, is: fn(char) -> bool| text.chars().filter(|c| c.is_alphabetic()).all(is);
    let around = [&text[..range.start], &text[range.end..]];
    let native = |is: fn(char) -> bool| {
        word.contains(is)
            && letters(word, is)
            && (around.iter().any(|text| text.contains(is))
                || around.iter().all(|text| letters(text, |_| false)))
    };
    [is_russian, is_ukrainian, is_greek].into_iter().any(native)
}

fn is_russian(c: char) -> bool {
    matches!(c, 'а'..='я' | 'ё' | 'А'..='Я' | 'Ё')
}

fn is_ukrainian(c: char) -> bool {
    (is_russian(c) || "іїєґўІЇЄҐЎ".contains(c)) && !"ыэёъЫЭЁЪ".contains(c)
}

fn is_greek(c: char) -> bool {
    matches!(c, '\u{386}'..='\u{3ce}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disguise_is_told_from_a_word_of_another_language() {
        for (text, word, foreign) in [
            ("сор из избы", "сор", true),
            ("сор", "сор", true),
            ("you соск", "соск", false),
            ("this is а сор, Иван", "сор", true),
            ("ѕһіт", "ѕһіт", false),
            ("сoр", "сoр", false),
            ("нос і рот", "рот", true),
            ("το τον", "τον", true),
            ("cop", "cop", false),
        ] {
            let at = text.find(word).unwrap();
            assert_eq!(is_foreign_word(text, at..at + word.len()), foreign, "{text}");
        }
    }
}
