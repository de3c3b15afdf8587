//! The folded projection: text normalized for matching word lists, with a map back to the original.
//!
//! Folding removes decoration that people add to a word and everything that does not change how it is read: what [`Glyphs`] remove, case,
//! and the amount of white space. It keeps marks that distinguish letters of a script: vowel signs of Indic and Southeast Asian scripts are
//! not decoration.

use std::ops::Range;

use super::glyphs::{Glyphs, read};
use super::mapped::MappedText;

/// A text folded for matching.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded(MappedText);

impl Folded {
    /// Folds `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self::of(Glyphs::new(text, read(text).as_deref()))
    }

    /// Folds the text of `glyphs`.
    pub(crate) fn of(glyphs: Glyphs<'_>) -> Self {
        let text = glyphs.text();
        if glyphs.is_plain() && !text.as_bytes().windows(2).any(|two| two.iter().all(|b| is_space(*b))) {
            let folded =
                text.bytes().map(|b| if is_space(b) { ' ' } else { char::from(b.to_ascii_lowercase()) });
            return Self(MappedText::straight(folded.collect()));
        }
        let mut folded = MappedText::with_capacity(text.len());
        glyphs.each(|glyph| match glyph.c {
            c if c.is_ascii() && !c.is_ascii_whitespace() && c != '\u{b}' => {
                folded.push([c.to_ascii_lowercase()], &glyph);
            }
            // A run of white space becomes one space, so that a phrase is found however its lines are broken.
            c if c.is_whitespace() => {
                if folded.text().ends_with(' ') {
                    folded.widen(&glyph);
                } else {
                    folded.push([' '], &glyph);
                }
            }
            c => folded.push(fold_case(c), &glyph),
        });
        Self(folded)
    }

    /// Returns the folded text.
    #[must_use]
    pub fn text(&self) -> &str {
        self.0.text()
    }

    /// Returns the byte range of the unfolded text that the non-empty `range` of the folded text corresponds to.
    #[must_use]
    pub fn origin(&self, range: Range<usize>) -> Range<usize> {
        self.0.origin(range)
    }

    /// Returns whether `range` of the folded text begins or ends inside the folding of a single character.
    pub(crate) fn cuts(&self, range: Range<usize>) -> bool {
        self.0.cuts(range.start) || self.0.cuts(range.end)
    }
}

/// Applies case folding to `c`, which must already be decomposed (no compatibility form, no ligature). Apostrophes and hyphens become those
/// of a keyboard.
pub(super) fn fold_case(c: char) -> impl Iterator<Item = char> {
    // Greek has two small sigmas for one capital.
    keyed(c).to_lowercase().map(|c| if c == 'ς' { 'σ' } else { c })
}

/// Returns the apostrophe or hyphen of a keyboard if `c` is what phones and word processors write for it.
pub(super) const fn keyed(c: char) -> char {
    match c {
        '\u{2019}' | '\u{2bc}' => '\'',
        '\u{2010}' | '\u{2011}' => '-',
        c => c,
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::View;

    #[test]
    fn folding_takes_the_dress_off_and_leaves_the_letters() {
        for (text, folded) in [
            ("Fuck", "fuck"),
            ("ｆｕｌｌ", "full"),
            ("𝖘𝖍𝖎𝖙", "shit"),
            ("crème brûlée", "creme brulee"),
            ("f\u{200b}u\u{ad}ck", "fuck"),
            ("z\u{336}a\u{35c}lgo", "zalgo"),
            ("ﬁne", "fine"),
            ("Straße", "strasse"),
            ("ПРИВЕТ", "привет"),
            ("Μαλάκας ΜΑΛΑΚΑΣ", "μαλακασ μαλακασ"),
            ("नमस्ते", "नमस्ते"),
            ("น้ำ", "น\u{e49}\u{e4d}\u{e32}"),
            ("a \n\u{3000}b", "a b"),
            ("", ""),
        ] {
            assert_eq!(Folded::new(text).text(), folded, "{text:?}");
        }
    }

    /// Case makes no difference for any letter. `Word::read` handles the few exceptions in lists.
    #[test]
    fn apostrophes_and_hyphens_are_those_of_a_keyboard() {
        for (text, folded) in
            [("Don’t", "don't"), ("mother‑in‐law", "mother-in-law"), ("‘quoted’", "‘quoted'")]
        {
            assert_eq!(Folded::new(text).text(), folded);
        }
    }

    #[test]
    fn capitals_fold_as_small_letters_do() {
        let folded = |text: &str| View::new(text).folded().text().to_owned();
        // An iota subscript becomes a separate letter in capitals.
        let has_iota_below = |c: char| c.to_uppercase().count() > 1 && c.to_uppercase().last() == Some('Ι');
        for c in ('\0'..=char::MAX).filter(|c| c.is_alphabetic() && !has_iota_below(*c) && *c != '\u{345}') {
            let (upper, lower) = (c.to_uppercase().to_string(), c.to_lowercase().to_string());
            assert_eq!(
                [folded(&upper), folded(&lower)],
                [folded(&c.to_string()), folded(&c.to_string())],
                "{c:?}"
            );
        }
    }

    #[test]
    fn a_folded_range_leads_back() {
        let text = "a Ｆu\u{200b}ｃk b";
        let folded = Folded::new(text);
        let at = folded.text().find("fuck").unwrap();
        assert_eq!(&text[folded.origin(at..at + 4)], "Ｆu\u{200b}ｃk");
    }
}
