//! [`Typed`]: a text as a plain keyboard would have typed it, for addresses, numbers and keys, which machines read.
//!
//! Unlike the folded projection it keeps case and letters, because a key in another case is another key. It removes invisible characters
//! and turns digits of every script, and the signs used in addresses, into their ASCII forms.

use std::ops::Range;

use super::characters::{digit, is_unseen};
use super::glyph::Glyph;
use super::glyphs::Glyphs;
use super::mapped::MappedText;

/// A text as a plain keyboard would have typed it, with a map back.
#[derive(Clone, Debug)]
pub struct Typed(MappedText);

impl Typed {
    /// Reads `text`.
    #[cfg(test)]
    pub(crate) fn new(text: &str) -> Self {
        Self::of(Glyphs::new(text, super::glyphs::read(text).as_deref()))
    }

    /// Makes the projection of `glyphs`.
    pub(crate) fn of(glyphs: Glyphs<'_>) -> Self {
        let text = glyphs.text();
        if glyphs.is_plain() {
            return Self(MappedText::straight(text.to_owned()));
        }
        let mut typed = MappedText::with_capacity(text.len());
        let mut last: Option<Glyph> = None;
        glyphs.each(|glyph| {
            let written = text[glyph.range()].trim_end_matches(is_unseen);
            // Invisible characters after an address are not part of it.
            let glyph = glyph.of_len(written.len().max(1));
            // A character that consists of several glyphs is copied once.
            if last.replace(glyph).is_none_or(|last| !glyph.is_of(&last)) {
                match written.chars().next() {
                    Some(c) if c.is_ascii() => typed.push([glyph.c], &glyph),
                    Some(c) => match digit(c).or_else(|| circled(c)).or_else(|| sign(c)) {
                        Some(ascii) => typed.push([ascii], &glyph),
                        None if is_costume(c) => typed.push([glyph.c], &glyph),
                        None => typed.push(written.chars().filter(|c| !is_unseen(*c)), &glyph),
                    },
                    None => {}
                }
            }
        });
        Self(typed)
    }

    /// Returns the text as typed.
    #[must_use]
    pub fn text(&self) -> &str {
        self.0.text()
    }

    /// Returns the byte range of the text that the non-empty `range` of the typed text corresponds to.
    #[must_use]
    pub fn origin(&self, range: Range<usize>) -> Range<usize> {
        self.0.origin(range)
    }
}

/// Returns the digit in a circle: white or black, with one line or two.
fn circled(c: char) -> Option<char> {
    const ONES: [char; 6] = ['\u{2460}', '\u{24f5}', '\u{2776}', '\u{2780}', '\u{278a}', '\u{1f102}'];
    if matches!(c, '\u{24ea}' | '\u{24ff}' | '\u{1f10b}' | '\u{1f10c}' | '\u{1f101}') {
        return Some('0');
    }
    let value = |one: &char| u32::from(c).checked_sub(u32::from(*one)).filter(|after| *after < 9);
    char::from_digit(ONES.iter().find_map(value)? + 1, 10)
}

/// Returns the ASCII sign of an address or a number that `c` is a form of. Fullwidth commas, brackets and question marks are not
/// included, because they end an address in running Chinese or Japanese text.
fn sign(c: char) -> Option<char> {
    Some(match c {
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => '-',
        '\u{2024}' | '\u{fe52}' | '\u{ff0e}' => '.',
        '\u{a789}' | '\u{fe55}' | '\u{ff1a}' | '\u{2236}' => ':',
        '\u{2044}' | '\u{2215}' | '\u{ff0f}' => '/',
        '\u{fe6b}' | '\u{ff20}' => '@',
        '\u{ff0b}' => '+',
        '\u{ff3f}' => '_',
        _ => return None,
    })
}

/// Returns whether `c` is a Latin letter in another width or weight.
fn is_costume(c: char) -> bool {
    matches!(c, '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' | '\u{1d400}'..='\u{1d7cd}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_machines_read_is_read_through_costumes() {
        for (text, typed) in [
            ("Ab1-z", "Ab1-z"),
            ("４１１１", "4111"),
            ("٤١١١ ۴۱۱۱ ४१११", "4111 4111 4111"),
            ("𝟜𝟙 𝐀𝐊𝐈𝐀", "41 AKIA"),
            ("④①⑤ ❺⓪➒ 4\u{fe0f}\u{20e3}1\u{fe0f}\u{20e3}", "415 509 41"),
            ("a\u{200b}@\u{2060}b．ｃｏ", "a@b.co"),
            ("12\u{a0}34–56", "12 34-56"),
            ("ELPAÍS. Привет 😀", "ELPAÍS. Привет 😀"),
        ] {
            assert_eq!(Typed::new(text).text(), typed, "{text:?}");
        }
    }

    #[test]
    fn what_is_typed_leads_back() {
        let text = "é ４\u{200b}１x";
        let typed = Typed::new(text);
        let at = typed.text().find("41").unwrap();
        assert_eq!(&text[typed.origin(at..at + 2)], "４\u{200b}１");
        assert_eq!(Typed::new("a\u{200b}").origin(0..1), 0..1);
    }
}
