//! What single characters are among letters, reading by reading.

use unicode_normalization::char::is_combining_mark;

use super::characters::is_unspaced;

/// How signs that may be several things are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(usize)]
pub enum Reading {
    /// `1`, `|` and `!` as *i*.
    #[default]
    I,
    /// `1`, `|` and `!` as *l*.
    L,
    /// Signs as what they are, so that they only keep letters apart.
    Signs,
    /// Several signs together as the letter they draw: `|-|` as *h*.
    Drawn,
    /// Everything as it stands: letters as those of their own script without their case, digits as digits, signs as signs.
    Written,
}

impl Reading {
    /// Whether a sign may be a letter.
    pub(super) const fn reads_signs(self) -> bool {
        !matches!(self, Self::Signs | Self::Written)
    }
}

/// What a character is among letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A letter.
    Letter(char),
    /// A letter of a script without spaces between words.
    Unspaced(char),
    /// A digit, and the letter it is written for.
    Digit(char),
    /// A sign that is written for a letter.
    For(char),
    /// A sign that is not.
    Sign,
    /// White space.
    Space,
}

impl Role {
    /// What `c`, which is not of ASCII, is.
    pub(super) fn of(c: char, reading: Reading) -> Self {
        match c {
            '€' | '¢' | '©' | '£' | '¥' | '§' | '®' | '†' | '¡' if !reading.reads_signs() => {
                Self::Sign
            }
            '€' => Self::For('e'),
            '¢' | '©' => Self::For('c'),
            '£' => Self::For('l'),
            '¥' => Self::For('y'),
            '§' => Self::For('s'),
            '®' => Self::For('r'),
            '†' => Self::For('t'),
            '¡' => Self::For('i'),
            _ if c.is_whitespace() => Self::Space,
            _ if c.is_numeric() => Self::Digit(c),
            // Vowel signs and viramas are as much a part of the word as its letters.
            _ if c.is_alphabetic() || is_combining_mark(c) => {
                if is_unspaced(c) {
                    Self::Unspaced(c)
                } else {
                    Self::Letter(c)
                }
            }
            _ => Self::Sign,
        }
    }

    /// What `byte` is.
    const fn of_ascii(byte: u8, reading: Reading) -> Self {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => Self::Letter(byte.to_ascii_lowercase() as char),
            b' ' | b'\t'..=b'\r' => Self::Space,
            b'0'..=b'9' if matches!(reading, Reading::Written) => Self::Digit(byte as char),
            b'0' => Self::Digit('o'),
            b'1' if matches!(reading, Reading::L) => Self::Digit('l'),
            b'1' => Self::Digit('i'),
            b'2' => Self::Digit('z'),
            b'3' => Self::Digit('e'),
            b'4' => Self::Digit('a'),
            b'5' => Self::Digit('s'),
            b'6' => Self::Digit('6'),
            b'7' => Self::Digit('t'),
            b'8' => Self::Digit('b'),
            b'9' => Self::Digit('g'),
            _ if !reading.reads_signs() => Self::Sign,
            b'@' => Self::For('a'),
            b'(' => Self::For('c'),
            b'|' | b'!' if matches!(reading, Reading::L) => Self::For('l'),
            b'|' | b'!' => Self::For('i'),
            b'$' => Self::For('s'),
            b'+' => Self::For('t'),
            _ => Self::Sign,
        }
    }
}

/// What every character of ASCII is, a table for each [`Reading`].
pub(super) static ASCII: [[Role; 128]; 5] = [
    roles(Reading::I),
    roles(Reading::L),
    roles(Reading::Signs),
    roles(Reading::Drawn),
    roles(Reading::Written),
];

/// Whether `c` is a sign that is read as a letter where one fits.
#[must_use]
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
