//! The folded view: text as a word list sees it, with the way back to the text.
//!
//! Folding takes away what people use to dress a word up and what makes no difference to its reading: case, compatibility forms
//! (`ｆｕｌｌ width`, `𝖒𝖆𝖙𝖍𝖘`), accents and marks put over letters, and characters that nobody sees. What tells letters of a
//! script apart stays: vowel signs of Indic and Southeast Asian scripts are not decoration.

use std::ops::Range;

use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class};

use super::offsets::Offsets;

/// A text folded for matching.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded {
    text: String,
    offsets: Offsets,
}

impl Folded {
    /// Folds `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let (mut folded, mut offsets) = (String::with_capacity(text.len()), Offsets::default());
        for c in text.chars() {
            let before = folded.len();
            if c.is_whitespace() {
                // A run of white space is one space, so that a phrase is found however it is broken.
                if !folded.ends_with(' ') {
                    folded.push(' ');
                }
            } else if c.is_ascii() {
                folded.push(c.to_ascii_lowercase());
            } else {
                folded.extend(fold_char(c));
            }
            // One byte for one byte is as good as copied. Anything longer is a segment of its own, so that no range can begin
            // inside a character.
            match (folded.len() - before, c.len_utf8()) {
                (1, 1) => offsets.copy(1),
                (derived, origin) => offsets.swap(derived, origin),
            }
        }
        Self { text: folded, offsets }
    }

    /// The folded text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the unfolded text that `range` of the folded text stands for.
    #[must_use]
    pub fn unfolded(&self, range: Range<usize>) -> Range<usize> {
        self.offsets.to_origin(range)
    }
}

/// Folds one character: to nothing, one or several.
fn fold_char(c: char) -> impl Iterator<Item = char> {
    std::iter::once(c)
        .filter(|c| !is_invisible(*c))
        .nfkd()
        .filter(|c| !is_overlay(*c) && !is_invisible(*c))
        .flat_map(char::to_lowercase)
}

/// Whether `c` is a mark put over, under or through a letter that does not change which letter it is.
pub(super) fn is_overlay(c: char) -> bool {
    // Classes 200 and up are positions around a base; 1 is an overlay. Nuktas (7), kana voicing (8), viramas (9) and the fixed
    // positions of Hebrew, Arabic and Thai below 200 are spelling, but Hebrew and Arabic points (10-35) are optional in print.
    c > '\u{2ff}' && matches!(canonical_combining_class(c), 1 | 10..=35 | 200..)
}

/// Whether `c` takes no room on the screen: joiners, fillers, direction marks, variation selectors, tags.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
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
            ("Straße", "straße"),
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
