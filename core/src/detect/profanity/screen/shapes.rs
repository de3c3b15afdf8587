//! Classes of the bytes of a text.

use super::super::lookalikes::{LetterSet, seen};
use super::super::reading::is_leet_sign;
use super::super::stream::Symbol;
use super::LETTER as FOREIGN_LETTER;

/// A letter of ASCII.
pub(super) const ASCII: u8 = 1;
/// A digit.
pub(super) const DIGIT: u8 = 2;
/// A sign that resembles a letter.
pub(super) const LEET: u8 = 4;
/// Another sign.
pub(super) const SIGN: u8 = 8;
/// A space, or a control character, which the exact pass reads as one.
pub(super) const SPACE: u8 = 16;
/// A letter that occurs in no word.
pub(super) const FOREIGN: u8 = 32;

/// Returns whether `byte` is punctuation that the exact pass strips from the end of a word.
#[inline]
pub(super) const fn is_punctuation(byte: u8) -> bool {
    matches!(byte, b'.' | b',' | b';' | b':' | b'?' | b')' | b'"' | b'\'')
}

/// Returns the class of `byte`.
#[inline]
pub(super) const fn class(byte: u8) -> u8 {
    CLASSES[byte as usize]
}

const CLASSES: [u8; 256] = {
    let mut classes = [FOREIGN; 256];
    let mut byte = 0;
    while byte < 128 {
        classes[byte as usize] = class_of(byte);
        byte += 1;
    }
    assert!(classes[FOREIGN_LETTER as usize] == FOREIGN, "the byte for foreign letters is not ASCII");
    classes
};

const fn class_of(byte: u8) -> u8 {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' => ASCII,
        b'0'..=b'9' => DIGIT,
        0..=b' ' | 0x7f => SPACE,
        _ if is_leet_sign(byte as char) => LEET,
        _ => SIGN,
    }
}

/// Returns the letters that `byte` resembles.
pub(super) fn resembles(byte: u8) -> LetterSet {
    seen(Symbol::of_ascii(byte, 0))
}
