//! [`Letters`]: a text as the letters somebody reads in it, whatever stands for them.
//!
//! `ｆυ.с-к`, `fuuuuck` and `f u c k` are the letters f, u, c, k: lookalikes of other alphabets, digits and signs read as letters,
//! repeats run together, what stands between letters noted as a gap. Matching happens on the letters, a range of letters leads
//! back to the text. Lists are read the same way as texts, so both sides of a comparison are always folded alike.
//!
//! `1`, `|` and `!` are read as an *i* by some and as an *l* by others: a [`Reading`] settles which.

use std::ops::Range;

use decancer::{Options, Translation, cure_char};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::fold::{is_invisible, is_overlay};

/// How signs that may be two letters are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// `1`, `|` and `!` as *i*.
    I,
    /// `1`, `|` and `!` as *l*.
    L,
}

/// A text as the letters somebody reads in it.
#[derive(Clone, Debug, Default)]
pub struct Letters {
    /// One character a letter, repeats run together.
    text: String,
    /// The letters that `text` is made of.
    all: Vec<Letter>,
    /// Whether a sign with two readings is among them.
    ambiguous: bool,
}

/// One letter, or several of the same in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    at: usize,
    /// How often it is repeated.
    pub count: usize,
    /// Whether any of them is written with a letter, not only with digits and signs.
    pub plain: bool,
    /// What stands between it and the letter before.
    pub gap: Gap,
    /// Where it is in the text.
    pub range: Range<usize>,
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
    pub fn of(text: &str, reading: Reading) -> Self {
        let mut letters = Self { text: String::with_capacity(text.len()), ..Self::default() };
        let mut gap = Gap::None;
        for (at, c) in text.char_indices() {
            let range = at..at + c.len_utf8();
            if c.is_ascii() {
                gap = letters.read(c.to_ascii_lowercase(), gap, &range, reading);
            } else if c.is_whitespace() {
                gap = Gap::Space;
            } else if is_invisible(c) || is_overlay(c) {
                letters.extend_last(&range);
            } else {
                // Compatibility forms first: they make plain letters of most costumes. What is left may still look like one.
                for c in std::iter::once(c).nfkd().filter(|c| !is_overlay(*c)).flat_map(char::to_lowercase) {
                    match if has_lookalikes(c) {
                        cure_char(c, Options::default())
                    } else {
                        Translation::Character(c)
                    } {
                        Translation::Character(c) => gap = letters.read(c, gap, &range, reading),
                        Translation::String(several) => {
                            gap = several.chars().fold(gap, |gap, c| letters.read(c, gap, &range, reading));
                        }
                        Translation::None => {}
                    }
                }
            }
        }
        letters
    }

    /// Takes in one character; gives the gap to the next.
    fn read(&mut self, c: char, gap: Gap, range: &Range<usize>, reading: Reading) -> Gap {
        if c.is_whitespace() {
            return Gap::Space;
        }
        let (letter, plain) = match sign(c, reading) {
            Some(letter) => (letter, false),
            // Vowel signs and viramas are as much a part of the word as its letters.
            None if c.is_alphanumeric() || is_combining_mark(c) => (c, !c.is_numeric()),
            None => return gap.max(Gap::Signs),
        };
        self.ambiguous |= matches!(c, '1' | '|' | '!');
        if gap == Gap::None
            && let Some(last) = self.all.last_mut()
            && self.text[last.at..].starts_with(letter)
        {
            // One character may read as two letters, such as a ligature: they share its range.
            last.count += 1;
            last.plain |= plain;
            last.range.end = range.end;
            return Gap::None;
        }
        self.all.push(Letter { at: self.text.len(), count: 1, plain, gap, range: range.clone() });
        self.text.push(letter);
        Gap::None
    }

    /// What is not seen belongs to the letter before it.
    fn extend_last(&mut self, range: &Range<usize>) {
        if let Some(last) = self.all.last_mut().filter(|last| last.range.end == range.start) {
            last.range.end = range.end;
        }
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
        let index = |offset| self.all.partition_point(|letter| letter.at < offset);
        index(range.start)..index(range.end)
    }
}

/// The letter that `c` is written for when it is not one.
fn sign(c: char, reading: Reading) -> Option<char> {
    Some(match c {
        '@' | '4' => 'a',
        '8' => 'b',
        '(' => 'c',
        '3' | '€' => 'e',
        '9' => 'g',
        '1' | '|' | '!' => match reading {
            Reading::I => 'i',
            Reading::L => 'l',
        },
        '0' => 'o',
        '$' | '5' => 's',
        '+' | '7' => 't',
        '2' => 'z',
        _ => return None,
    })
}

/// Whether `c` is of an alphabet whose letters pass for Latin ones. In others a likeness is a coincidence of strokes.
fn has_lookalikes(c: char) -> bool {
    matches!(c,
        '\u{c0}'..='\u{58f}' | '\u{13a0}'..='\u{13ff}' | '\u{1d00}'..='\u{1dbf}' | '\u{1e00}'..='\u{1fff}'
        | '\u{2100}'..='\u{218f}' | '\u{2c60}'..='\u{2dff}' | '\u{a4d0}'..='\u{a4ff}' | '\u{a640}'..='\u{a69f}'
        | '\u{a720}'..='\u{a7ff}' | '\u{ab30}'..='\u{abbf}' | '\u{10400}'..='\u{1044f}' | '\u{1f100}'..='\u{1f1ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        Letters::of(text, Reading::I).text().to_owned()
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
        assert_eq!(Letters::of("he11", Reading::L).text(), "hel");
        assert!(
            Letters::of("he11", Reading::L).is_ambiguous() && !Letters::of("hell", Reading::L).is_ambiguous()
        );
    }

    #[test]
    fn a_letter_knows_its_place_its_count_and_the_gap_before_it() {
        let letters = Letters::of("a. bb\u{301}-c5", Reading::I);
        let all: Vec<_> = letters.all().iter().map(|l| (l.range.clone(), l.count, l.gap, l.plain)).collect();
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
