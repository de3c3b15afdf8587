//! Classifies single characters: default ignorable, combining mark, pictograph, decimal digit, or confusable with a Latin letter. No
//! other module decides this.

use decancer::{Options, Translation, cure_char};
use unicode_normalization::char::canonical_combining_class;

use super::confusables::latin;
use super::further::further;

/// Returns whether `c` has no visible form: joiners, fillers, direction marks, variation selectors, tags. Unicode calls these characters
/// default ignorable.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Returns whether `c` is invisible: default ignorable, or a control character other than white space.
///
/// Text is read as if these characters were absent, so removing one does not change which words are found.
pub(crate) fn is_unseen(c: char) -> bool {
    is_invisible(c) || c.is_control() && !c.is_whitespace()
}

/// Returns whether `c` is shown as an empty space: white space or the Braille pattern without dots.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{2800}'
}

/// Returns whether `c` controls the direction of text.
pub(crate) fn is_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The bidirectional override (right-to-left) after which text is shown backwards.
pub(super) const OVERRIDE: char = '\u{202e}';

/// The character that ends `OVERRIDE`; otherwise the end of the paragraph does.
pub(super) const OVERRIDE_END: char = '\u{202c}';

/// Returns whether `c` is a mark over, under or through a letter that does not change which letter it is.
fn is_overlay(c: char) -> bool {
    // Combining classes 200 and up are positions around a base; 1 is an overlay. Nuktas (7), kana voicing (8), viramas (9) and the fixed
    // positions of Thai and similar scripts below 200 are part of the spelling, but Hebrew and Arabic points (10-35) are optional in
    // print. Enclosing marks have class 0.
    c > '\u{2ff}'
        && (matches!(canonical_combining_class(c), 1 | 10..=35 | 200..)
            || matches!(c, '\u{488}' | '\u{489}' | '\u{20dd}'..='\u{20e4}'))
}

/// Returns whether `c` belongs to the glyph before it: it is invisible, or it is a mark that does not change which letter it is.
pub(crate) fn is_part_of_glyph(c: char) -> bool {
    is_unseen(c) || is_overlay(c) || c == TATWEEL
}

/// The character that lengthens the line between two Arabic letters.
const TATWEEL: char = '\u{640}';

/// Returns whether `c` is a letter of a script that puts no spaces between words: Chinese, Japanese, Thai and its neighbours.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9d}' | '\u{20000}'..='\u{3ffff}')
}

/// Returns whether `c` is a letter of an alphabet that many people write. For some of these, the standard library searches long tables.
pub(super) fn is_common_letter(c: char) -> bool {
    matches!(c,
        '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2c1}' | '\u{400}'..='\u{481}'
        | '\u{48a}'..='\u{52f}' | '\u{620}'..='\u{657}' | '\u{900}'..='\u{93b}' | '\u{1100}'..='\u{11ff}' | '\u{e01}'..='\u{e3a}'
        | '\u{e40}'..='\u{e46}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// Returns whether `c` is a letter or digit, as [`char::is_alphanumeric`] does.
pub(crate) fn is_alphanumeric(c: char) -> bool {
    is_common_letter(c) || c.is_alphanumeric()
}

/// Returns whether `c` is a letter or digit of a script that puts spaces between words. In other scripts, every position is a word
/// boundary.
pub(crate) fn is_spaced_letter(c: char) -> bool {
    is_alphanumeric(c) && !is_unspaced(c)
}

/// Returns whether `c` is a letter of Korean, which puts spaces between words, but none between a word and its particles.
pub(crate) fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' | '\u{ac00}'..='\u{d7a3}')
}

/// Returns whether `c` is a katakana letter, full or half width, or the prolonged sound mark.
pub(crate) fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30fe}' | '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9f}')
}

/// Returns whether `c` is a letter of hiragana.
pub(crate) fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{309d}' | '\u{309e}')
}

/// Returns whether the script of `c` puts no spaces between words, or none between a word and its particles. Such a letter next to a name
/// in ASCII letters belongs to the sentence around the name.
pub(crate) fn is_glued(c: char) -> bool {
    is_unspaced(c) || is_hangul(c)
}

/// Returns whether `c` is a pictograph, whose resemblance to a letter is accidental.
pub(super) fn is_picture(c: char) -> bool {
    matches!(c,
        '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{245f}' | '\u{2500}'..='\u{2bff}' | '\u{1f000}'..='\u{1f0ff}'
        | '\u{1f200}'..='\u{1faff}')
}

/// Returns whether `c` belongs to an alphabet whose letters are used as confusables of Latin ones. In other alphabets a resemblance is
/// accidental.
fn is_alike(c: char) -> bool {
    matches!(c,
        '\u{c0}'..='\u{58f}' | '\u{13a0}'..='\u{13ff}' | '\u{1d00}'..='\u{1dbf}' | '\u{1e00}'..='\u{1fff}'
        | '\u{2100}'..='\u{218f}' | '\u{2c60}'..='\u{2dff}' | '\u{a4d0}'..='\u{a4ff}' | '\u{a640}'..='\u{a69f}'
        | '\u{a720}'..='\u{a7ff}' | '\u{ab30}'..='\u{abbf}' | '\u{10400}'..='\u{1044f}' | '\u{1f100}'..='\u{1f1ff}')
}

/// Returns whether `c` is a regional indicator; two of them make a flag.
pub(super) fn is_flag_letter(c: char) -> bool {
    matches!(c, '\u{1f1e6}'..='\u{1f1ff}')
}

/// Returns what the non-ASCII `c` is confusable with among Latin letters: lower-case ASCII letters and digits, padded with zeros; only
/// zeros if there is nothing.
pub(super) fn lookalike(c: char) -> [u8; 3] {
    let alike = is_alike(c) || !is_alphanumeric(c) && !is_picture(c);
    let mut looks = [0; 3];
    if let Some(latin) = latin(c) {
        latin.encode_utf8(&mut looks);
    } else if alike {
        match cure_char(c, Options::default()) {
            Translation::Character(like) if like.is_ascii_graphic() => {
                like.encode_utf8(&mut looks);
            }
            Translation::String(like) if like.len() <= looks.len() && like.is_ascii() => {
                looks[..like.len()].copy_from_slice(like.as_bytes());
            }
            _ => {}
        }
    }
    if looks == [0; 3]
        && let Some(letter) = further(c)
    {
        looks[0] = letter;
    }
    looks
}

/// Returns the ASCII digit for a decimal digit of another script.
pub(super) fn digit(c: char) -> Option<char> {
    let after = ZEROS.partition_point(|zero| *zero <= c);
    let zero = *ZEROS.get(after.checked_sub(1)?)?;
    char::from_digit(u32::from(c) - u32::from(zero), 10)
}

/// The zeros of the decimal digits of every script, in order; the other nine digits follow each zero.
#[rustfmt::skip]
const ZEROS: &[char] = &[
    '\u{660}', '\u{6f0}', '\u{7c0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}', '\u{be6}',
    '\u{c66}', '\u{ce6}', '\u{d66}', '\u{de6}', '\u{e50}', '\u{ed0}', '\u{f20}', '\u{1040}', '\u{1090}',
    '\u{17e0}', '\u{1810}', '\u{1946}', '\u{19d0}', '\u{1a80}', '\u{1a90}', '\u{1b50}', '\u{1bb0}',
    '\u{1c40}', '\u{1c50}', '\u{a620}', '\u{a8d0}', '\u{a900}', '\u{a9d0}', '\u{a9f0}', '\u{aa50}',
    '\u{abf0}', '\u{ff10}', '\u{104a0}', '\u{10d30}', '\u{11066}', '\u{110f0}', '\u{11136}', '\u{111d0}',
    '\u{112f0}', '\u{11450}', '\u{114d0}', '\u{11650}', '\u{116c0}', '\u{11730}', '\u{118e0}', '\u{11950}',
    '\u{11c50}', '\u{11d50}', '\u{11da0}', '\u{16a60}', '\u{16ac0}', '\u{16b50}', '\u{1d7ce}', '\u{1d7d8}',
    '\u{1d7e2}', '\u{1d7ec}', '\u{1d7f6}', '\u{1e140}', '\u{1e2f0}', '\u{1e950}', '\u{1fbf0}',
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_letters_are_letters_and_no_digits() {
        for c in ('\0'..=char::MAX).filter(|c| is_common_letter(*c)) {
            assert!(c.is_alphabetic() && !c.is_numeric(), "{c:?}");
        }
    }
}
