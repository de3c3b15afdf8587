//! Text written upside down: `ʞɔnɟ`. It is read from the last letter to the first, with each letter turned upright.

use super::glyph::Glyph;

/// Turned letters and the upright letters they represent. Those in the second half are letters in both orientations.
const UPRIGHT: &[(char, char)] = &[
    ('ɐ', 'a'),
    ('ɔ', 'c'),
    ('ǝ', 'e'),
    ('ɟ', 'f'),
    ('ƃ', 'g'),
    ('ɥ', 'h'),
    ('ᴉ', 'i'),
    ('ɾ', 'j'),
    ('ʞ', 'k'),
    ('ɯ', 'm'),
    ('ɹ', 'r'),
    ('ʇ', 't'),
    ('ʌ', 'v'),
    ('ʍ', 'w'),
    ('ʎ', 'y'),
    // Letters in both orientations.
    ('q', 'b'),
    ('p', 'd'),
    ('b', 'q'),
    ('d', 'p'),
    ('n', 'u'),
    ('u', 'n'),
    ('i', 'i'),
    ('l', 'l'),
    ('o', 'o'),
    ('s', 's'),
    ('x', 'x'),
    ('z', 'z'),
];

/// Returns `glyphs` with upside-down words turned upright, if there are any.
pub(super) fn turned(glyphs: &[Glyph]) -> Option<Vec<Glyph>> {
    if !glyphs.iter().any(|glyph| is_turned(glyph.c)) {
        return None;
    }
    let mut turned = glyphs.to_vec();
    turn_words(&mut turned).then_some(turned)
}

/// Returns whether `c` is a letter only when upside down, or a phonetic letter.
fn is_turned(c: char) -> bool {
    // The first test is cheap and rejects nearly every letter.
    matches!(c, '\u{183}' | '\u{1dd}' | '\u{250}'..='\u{2af}' | '\u{1d09}')
        && UPRIGHT.iter().any(|(t, _)| *t == c)
}

/// Turns upside-down words of `glyphs` upright. Returns whether there are any.
fn turn_words(glyphs: &mut [Glyph]) -> bool {
    let mut any = false;
    for word in glyphs.split_mut(|glyph| glyph.c.is_whitespace()) {
        let letters = || word.iter().filter(|glyph| glyph.c.is_alphabetic());
        let turned = letters().filter(|glyph| is_turned(glyph.c)).count();
        // A few phonetic letters among others are themselves, or confusable with upright letters.
        if turned * 3 < letters().count().max(1) || !letters().all(|glyph| upright(glyph.c).is_some()) {
            continue;
        }
        for glyph in &mut *word {
            if let Some(c) = upright(glyph.c) {
                *glyph = glyph.as_letter(c);
            }
        }
        word.reverse();
        any = true;
    }
    any
}

fn upright(c: char) -> Option<char> {
    UPRIGHT.iter().find(|(turned, _)| *turned == c).map(|(_, upright)| *upright)
}

#[cfg(test)]
mod tests {
    use crate::text::Folded;

    #[test]
    fn words_are_read_the_right_way_up() {
        for (text, read) in [
            ("ʞɔnɟ noʎ", "fuck you"),
            ("ʇıɥs!", "!shit"),
            ("ssɐ", "ass"),
            ("ˈɹʌnɪŋ", "ˈɹʌnɪŋ"),
            ("fʌck pod", "fʌck pod"),
        ] {
            assert_eq!(Folded::new(text).text(), read, "{text:?}");
        }
    }
}
