//! The folded view: text as a word list sees it, with the way back to the text.
//!
//! Folding takes away what people use to dress a word up and what makes no difference to its reading: what [`Glyphs`] take away,
//! case, and how much white space there is. What tells letters of a script apart stays: vowel signs of Indic and Southeast Asian
//! scripts are not decoration.

use std::ops::Range;

use super::glyphs::{Glyphs, read};
use super::traced::Traced;

/// A text folded for matching.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded(Traced);

impl Folded {
    /// Folds `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self::of(Glyphs::new(text, read(text).as_deref()))
    }

    /// Folds the text of `glyphs`.
    #[must_use]
    pub fn of(glyphs: Glyphs<'_>) -> Self {
        let text = glyphs.text();
        if glyphs.is_plain() && !text.as_bytes().windows(2).any(|two| two.iter().all(|b| is_space(*b))) {
            let folded =
                text.bytes().map(|b| if is_space(b) { ' ' } else { char::from(b.to_ascii_lowercase()) });
            return Self(Traced::straight(folded.collect()));
        }
        let mut folded = Traced::with_capacity(text.len());
        glyphs.each(|glyph| match glyph.c {
            c if c.is_ascii() && !c.is_ascii_whitespace() && c != '\u{b}' => {
                folded.push([c.to_ascii_lowercase()], &glyph);
            }
            // A run of white space is one space, so that a phrase is found however it is broken.
            c if c.is_whitespace() => {
                if folded.text().ends_with(' ') {
                    folded.widen(&glyph);
                } else {
                    folded.push([' '], &glyph);
                }
            }
            c => folded.push(c.to_lowercase(), &glyph),
        });
        Self(folded)
    }

    /// The folded text.
    #[must_use]
    pub fn text(&self) -> &str {
        self.0.text()
    }

    /// The bytes of the unfolded text that `range` of the folded text, which is not empty, stands for.
    #[must_use]
    pub fn unfolded(&self, range: Range<usize>) -> Range<usize> {
        self.0.origin(range)
    }

    /// Whether `range` of the folded text begins or ends inside what one character was folded to.
    #[must_use]
    pub fn cuts(&self, range: Range<usize>) -> bool {
        self.0.cuts(range.start) || self.0.cuts(range.end)
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}
#[cfg(test)]
mod tests {
    use super::*;

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
            ("नमस्ते", "नमस्ते"),
            ("น้ำ", "น\u{e49}\u{e4d}\u{e32}"),
            ("a \n\u{3000}b", "a b"),
            ("", ""),
        ] {
            assert_eq!(Folded::new(text).text(), folded, "{text:?}");
        }
    }

    #[test]
    fn a_folded_range_leads_back() {
        let text = "a Ｆu\u{200b}ｃk b";
        let folded = Folded::new(text);
        let at = folded.text().find("fuck").unwrap();
        assert_eq!(&text[folded.unfolded(at..at + 4)], "Ｆu\u{200b}ｃk");
    }
}
