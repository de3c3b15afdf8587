//! What single characters are to a reader: the one place that decides what is invisible, what is a mark, what is a picture, which
//! digit a digit is, and whose letters pass for whose.

use decancer::{Options, Translation, cure_char};
use unicode_normalization::char::canonical_combining_class;

/// Whether `c` takes no room on the screen: joiners, fillers, direction marks, variation selectors, tags. These are the characters
/// that Unicode calls default-ignorable.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether nobody sees `c`: it takes no room on the screen, or it is a control character and no white space.
///
/// Text is read as if these characters were not there, so taking one out changes nothing that a word is found by.
#[must_use]
pub fn is_unseen(c: char) -> bool {
    is_invisible(c) || c.is_control() && !c.is_whitespace()
}

/// Whether `c` is as wide as a space and as empty: white space, and Braille without a dot.
#[must_use]
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{2800}'
}

/// Whether `c` says in which direction text runs.
#[must_use]
pub fn is_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The direction mark behind which text is shown backwards.
pub(super) const OVERRIDE: char = '\u{202e}';

/// The one that ends it. At the latest, the paragraph does.
pub(super) const OVERRIDE_END: char = '\u{202c}';

/// Whether `c` is a mark put over, under or through a letter that does not change which letter it is.
fn is_overlay(c: char) -> bool {
    // Classes 200 and up are positions around a base; 1 is an overlay. Nuktas (7), kana voicing (8), viramas (9) and the fixed
    // positions of Thai and the like below 200 are spelling, but Hebrew and Arabic points (10-35) are optional in print. Enclosing
    // marks have no class.
    c > '\u{2ff}'
        && (matches!(canonical_combining_class(c), 1 | 10..=35 | 200..)
            || matches!(c, '\u{488}' | '\u{489}' | '\u{20dd}'..='\u{20e4}'))
}

/// Whether `c` is part of the glyph before it: nobody sees it, or it is a mark that makes no other letter.
#[must_use]
pub fn is_part_of_glyph(c: char) -> bool {
    is_unseen(c) || is_overlay(c) || c == TATWEEL
}

/// Draws the line between two Arabic letters out.
const TATWEEL: char = '\u{640}';

/// Whether `c` is a letter of a script that puts no spaces between words: Chinese, Japanese, Thai and its neighbours.
#[must_use]
pub fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9d}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether `c` is a letter or digit of a script that puts spaces between words. In one that does not, every place is a boundary.
#[must_use]
pub fn is_spaced_letter(c: char) -> bool {
    c.is_alphanumeric() && !is_unspaced(c)
}

/// Whether `c` is a letter of Korean, which puts spaces between words, but none between a word and what belongs to it.
#[must_use]
pub fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' | '\u{ac00}'..='\u{d7a3}')
}

/// Whether `c` is a letter of katakana, wide or narrow, or the line that draws one out.
#[must_use]
pub fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30fe}' | '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9f}')
}

/// Whether `c` is a letter of hiragana.
#[must_use]
pub fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{309d}' | '\u{309e}')
}

/// Whether the script of `c` puts no spaces between words, or none between a word and what belongs to it: what stands beside a
/// name in letters of ASCII is the sentence around it.
#[must_use]
pub fn is_glued(c: char) -> bool {
    is_unspaced(c) || is_hangul(c)
}

/// Whether `c` is a picture: what it has in common with a letter is a coincidence of strokes.
pub(super) fn is_picture(c: char) -> bool {
    matches!(c,
        '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{245f}' | '\u{2500}'..='\u{2bff}' | '\u{1f000}'..='\u{1f0ff}'
        | '\u{1f200}'..='\u{1faff}')
}

/// Whether `c` is of an alphabet whose letters pass for Latin ones. In others a likeness is a coincidence of strokes.
fn is_alike(c: char) -> bool {
    matches!(c,
        '\u{c0}'..='\u{58f}' | '\u{13a0}'..='\u{13ff}' | '\u{1d00}'..='\u{1dbf}' | '\u{1e00}'..='\u{1fff}'
        | '\u{2100}'..='\u{218f}' | '\u{2c60}'..='\u{2dff}' | '\u{a4d0}'..='\u{a4ff}' | '\u{a640}'..='\u{a69f}'
        | '\u{a720}'..='\u{a7ff}' | '\u{ab30}'..='\u{abbf}' | '\u{10400}'..='\u{1044f}' | '\u{1f100}'..='\u{1f1ff}')
}

/// Whether `c` is one of the letters of which two make a flag.
pub(super) fn is_flag_letter(c: char) -> bool {
    matches!(c, '\u{1f1e6}'..='\u{1f1ff}')
}

/// What `c`, which is not ASCII, passes for when it stands among Latin letters: letters and digits of ASCII in lower case, ended
/// by zeros; only zeros when it passes for nothing.
pub(super) fn lookalike(c: char) -> [u8; 3] {
    let alike = is_alike(c) || !c.is_alphanumeric() && !is_picture(c);
    let mut looks = [0; 3];
    match c {
        '£' => return *b"l\0\0",
        // Read elsewhere as the letters that they stand beside in the alphabet of phonetics.
        'ɗ' | 'ɖ' => return *b"d\0\0",
        'ɳ' => return *b"n\0\0",
        _ => {}
    }
    if alike {
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
    looks
}

/// The ASCII digit for a decimal digit of another script.
pub(super) fn digit(c: char) -> Option<char> {
    let after = ZEROS.partition_point(|zero| *zero <= c);
    let zero = *ZEROS.get(after.checked_sub(1)?)?;
    char::from_digit(u32::from(c) - u32::from(zero), 10)
}

/// The zeros of the decimal digits of every script, in order: the other nine follow each.
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
