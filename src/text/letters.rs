//! [`Letters`]: a text as the letters somebody reads in it, whatever stands for them.
//!
//! `ｆυ.с-к`, `fuuuuck` and `f u c k` are the letters f, u, c, k: lookalikes of other alphabets, digits and signs read as letters,
//! repeats run together, what stands between letters noted as a gap. Matching happens on the letters, a range of letters leads
//! back to the text. Lists are read the same way as texts, so both sides of a comparison are always folded alike.
//!
//! `1`, `|` and `!` are read as an *i* by some and as an *l* by others: a [`Reading`] settles which.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::glyphs::{Glyph, Glyphs, Origin, read};

/// How signs that may be two letters are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum Reading {
    /// `1`, `|` and `!` as *i*.
    I,
    /// `1`, `|` and `!` as *l*.
    L,
}

/// A text as the letters somebody reads in it.
#[derive(Clone, Default)]
pub struct Letters {
    /// One character a letter, repeats run together.
    text: String,
    /// The letters that `text` is made of.
    all: Vec<Letter>,
    /// Whether a sign with two readings is among them.
    ambiguous: bool,
}

/// One letter, or several of the same in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Letter {
    at: u32,
    start: u32,
    end: u32,
    /// How often it is repeated.
    pub count: u32,
    /// Whether any of them is written with a letter, not only with digits and signs.
    pub plain: bool,
    /// What stands between it and the letter before.
    pub gap: Gap,
}

impl Letter {
    /// Where it is in the text.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// What stands between two letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Nothing that is seen.
    #[default]
    None,
    /// Signs, but no white space.
    Signs,
    /// White space.
    Space,
}

impl Letters {
    /// Reads the letters of `text`.
    #[must_use]
    pub fn new(text: &str, reading: Reading) -> Self {
        Self::of(Glyphs::new(text, read(text).as_deref()), reading)
    }

    /// Reads the letters of `glyphs`.
    #[must_use]
    pub fn of(glyphs: Glyphs<'_>, reading: Reading) -> Self {
        let mut reader = Reader::new(glyphs.text().len());
        let ascii = &ASCII[reading as usize];
        glyphs.each(|glyph| {
            if let Some(role) = ascii.get(glyph.c as usize) {
                reader.read(*role, &glyph);
            } else if glyph.is_alike() && glyph.origin != Origin::Sign {
                glyph.looks().for_each(|like| reader.read(ascii[like as usize], &glyph));
            } else {
                glyph.c.to_lowercase().for_each(|c| reader.read(Role::of(c), &glyph));
            }
        });
        Self { text: reader.text, all: reader.all, ambiguous: glyphs.hold(b'1', b'|', b'!') }
    }

    /// The letters as text, repeats run together.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The letters, in order.
    #[must_use]
    pub fn all(&self) -> &[Letter] {
        &self.all
    }

    /// Whether it holds a sign that another [`Reading`] reads otherwise.
    #[must_use]
    pub fn is_ambiguous(&self) -> bool {
        self.ambiguous
    }

    /// The letters that a range of [`Self::text`] is made of. The range must be on character boundaries.
    #[must_use]
    pub fn at(&self, range: Range<usize>) -> Range<usize> {
        let index = |offset| self.all.partition_point(|letter| (letter.at as usize) < offset);
        index(range.start)..index(range.end)
    }
}

impl std::fmt::Debug for Letters {
    /// Prints how much there is, not what.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Letters").field("letters", &self.all.len()).finish_non_exhaustive()
    }
}

/// Puts letters together, character by character.
struct Reader {
    text: String,
    all: Vec<Letter>,
    /// What was read last, when nothing has been seen since.
    last: Option<char>,
    /// What has been seen since the last letter.
    gap: Gap,
}

impl Reader {
    fn new(len: usize) -> Self {
        Self { text: String::with_capacity(len), all: Vec::with_capacity(len), last: None, gap: Gap::None }
    }

    #[inline]
    fn read(&mut self, role: Role, glyph: &Glyph) {
        let (letter, plain) = match role {
            Role::Letter(letter) => (letter, true),
            Role::For(letter) => (letter, false),
            Role::Space => return self.pause(Gap::Space),
            Role::Sign => return self.pause(self.gap.max(Gap::Signs)),
        };
        match self.all.last_mut() {
            // One character may read as two letters, such as a ligature: they share its range.
            Some(last) if self.last == Some(letter) => {
                last.count += 1;
                last.plain |= plain;
                (last.start, last.end) = (last.start.min(glyph.start), last.end.max(glyph.end));
            }
            _ => {
                // A text is a few kilobytes.
                let at = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
                let (start, end, gap) = (glyph.start, glyph.end, self.gap);
                self.all.push(Letter { at, start, end, count: 1, plain, gap });
                self.text.push(letter);
                (self.last, self.gap) = (Some(letter), Gap::None);
            }
        }
    }

    fn pause(&mut self, gap: Gap) {
        (self.last, self.gap) = (None, gap);
    }
}

/// What a character is among letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// A letter.
    Letter(char),
    /// A digit, or a sign that is written for a letter.
    For(char),
    /// A sign that is not.
    Sign,
    /// White space.
    Space,
}

impl Role {
    /// What `c`, which is not of ASCII, is.
    fn of(c: char) -> Self {
        match c {
            '€' => Self::For('e'),
            _ if c.is_whitespace() => Self::Space,
            _ if c.is_numeric() => Self::For(c),
            // Vowel signs and viramas are as much a part of the word as its letters.
            _ if c.is_alphabetic() || is_combining_mark(c) => Self::Letter(c),
            _ => Self::Sign,
        }
    }

    /// What `byte` is.
    const fn of_ascii(byte: u8, reading: Reading) -> Self {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => Self::Letter(byte.to_ascii_lowercase() as char),
            b' ' | b'\t'..=b'\r' => Self::Space,
            b'@' | b'4' => Self::For('a'),
            b'8' => Self::For('b'),
            b'(' => Self::For('c'),
            b'3' => Self::For('e'),
            b'9' => Self::For('g'),
            b'1' | b'|' | b'!' => match reading {
                Reading::I => Self::For('i'),
                Reading::L => Self::For('l'),
            },
            b'0' => Self::For('o'),
            b'$' | b'5' => Self::For('s'),
            b'+' | b'7' => Self::For('t'),
            b'2' => Self::For('z'),
            b'6' => Self::For('6'),
            _ => Self::Sign,
        }
    }
}

/// What every character of ASCII is, a table for each [`Reading`].
static ASCII: [[Role; 128]; 2] = [roles(Reading::I), roles(Reading::L)];

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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        Letters::new(text, Reading::I).text().to_owned()
    }

    #[test]
    fn letters_are_read_through_their_disguise() {
        for (text, letters) in [
            ("Fuck", "fuck"),
            ("fυсκ", "fuck"),
            ("ｆｕｃｋ", "fuck"),
            ("𝖋𝖚𝖈𝖐", "fuck"),
            ("🅵🆄🅲🅺", "fuck"),
            ("f\u{200b}u\u{336}ck", "fuck"),
            ("fuuuuck", "fuck"),
            ("f.u c*k", "fuck"),
            ("$h1t", "shit"),
            ("b00b5", "bobs"),
            ("crème", "creme"),
            ("नमस्ते", "नमस्ते"),
            ("笨蛋", "笨蛋"),
            ("?!*", "i"),
            ("", ""),
        ] {
            assert_eq!(read(text), letters, "{text:?}");
        }
        assert_eq!(Letters::new("he11", Reading::L).text(), "hel");
        assert!(
            Letters::new("he11", Reading::L).is_ambiguous()
                && !Letters::new("hell", Reading::L).is_ambiguous()
        );
    }

    #[test]
    fn a_letter_knows_its_place_its_count_and_the_gap_before_it() {
        let letters = Letters::new("a. bb\u{301}-c5", Reading::I);
        let all: Vec<_> = letters.all().iter().map(|l| (l.range(), l.count, l.gap, l.plain)).collect();
        assert_eq!(
            all,
            [
                (0..1, 1, Gap::None, true),
                (3..7, 2, Gap::Space, true),
                (8..9, 1, Gap::Signs, true),
                (9..10, 1, Gap::None, false),
            ]
        );
        assert_eq!(letters.at(1..3), 1..3);
    }
}
