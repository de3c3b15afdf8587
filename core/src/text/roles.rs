//! The role of a single character among letters, for each reading.

use unicode_normalization::char::is_combining_mark;

use super::characters::{is_common_letter, is_unspaced};
use super::confusables::{Degree, likeliest, sign};

/// How to read ambiguous signs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(usize)]
pub(crate) enum Reading {
    /// `1`, `|` and `!` as *i*.
    #[default]
    I,
    /// `1`, `|` and `!` as *l*.
    L,
    /// Signs as themselves; they only separate letters.
    Signs,
    /// Several signs together as the letter that they draw: `|-|` as *h*.
    Drawn,
    /// Everything as written: letters as those of their own script in lower case, digits as digits, signs as signs.
    Written,
}

impl Reading {
    /// Returns whether a sign may be a letter.
    pub(super) const fn reads_signs(self) -> bool {
        !matches!(self, Self::Signs | Self::Written)
    }
}

/// The role of a character among letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A letter.
    Letter(char),
    /// A letter of a script that puts no spaces between words.
    Unspaced(char),
    /// A digit, and the letter that it may replace.
    Digit(char),
    /// A sign that replaces a letter.
    For(char),
    /// Any other sign.
    Sign,
    /// White space.
    Space,
}

impl Role {
    /// Returns the role of `c`, which must not be ASCII.
    pub(super) fn of(c: char, reading: Reading) -> Self {
        if let Some(letter) = sign(c) {
            return if reading.reads_signs() { Self::For(letter) } else { Self::Sign };
        }
        let is_common = is_common_letter(c);
        match c {
            _ if c.is_whitespace() => Self::Space,
            _ if !is_common && c.is_numeric() => Self::Digit(c),
            // Vowel signs and viramas belong to the word like its letters.
            _ if is_common || c.is_alphabetic() || is_combining_mark(c) => {
                if is_unspaced(c) {
                    Self::Unspaced(c)
                } else {
                    Self::Letter(c)
                }
            }
            _ => Self::Sign,
        }
    }

    /// Returns the role of `byte`.
    const fn of_ascii(byte: u8, reading: Reading) -> Self {
        let letter = likeliest(Degree::Common, matches!(reading, Reading::L))[byte as usize];
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => Self::Letter(byte.to_ascii_lowercase() as char),
            b' ' | b'\t'..=b'\r' => Self::Space,
            b'0'..=b'9' if matches!(reading, Reading::Written) || letter == 0 => Self::Digit(byte as char),
            b'0'..=b'9' => Self::Digit(letter as char),
            _ if letter != 0 && reading.reads_signs() => Self::For(letter as char),
            _ => Self::Sign,
        }
    }
}

/// The role of every ASCII character, one table for each [`Reading`].
pub(super) static ASCII: [[Role; 128]; 5] = [
    roles(Reading::I),
    roles(Reading::L),
    roles(Reading::Signs),
    roles(Reading::Drawn),
    roles(Reading::Written),
];

/// Returns whether `c` is a sign that may be read as a letter.
pub(crate) fn stands_for_letter(c: char) -> bool {
    let role = ASCII[Reading::I as usize].get(c as usize).copied();
    matches!(role.unwrap_or_else(|| Role::of(c, Reading::I)), Role::For(_))
}

const fn roles(reading: Reading) -> [Role; 128] {
    let mut roles = [Role::Sign; 128];
    let mut byte = 0;
    while byte < roles.len() {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "there is no `try_from` in a constant; it is below 128"
        )]
        let ascii = byte as u8;
        roles[byte] = Role::of_ascii(ascii, reading);
        byte += 1;
    }
    roles
}
