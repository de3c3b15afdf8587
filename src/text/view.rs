//! [`View`]: a text as detectors see it.

use std::cell::OnceCell;
use std::ops::Range;

use unicode_segmentation::GraphemeCursor;

use super::fold::Folded;
use super::letters::{Letters, Reading};

/// A text as detectors see it: decoded, as edited by earlier rules, and folded when somebody asks.
#[derive(Clone, Debug, Default)]
pub struct View {
    text: String,
    folded: OnceCell<Folded>,
    letters: OnceCell<Letters>,
}

impl View {
    /// A view of `text`.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text folded for matching. Made on first use.
    #[must_use]
    pub fn folded(&self) -> &Folded {
        self.folded.get_or_init(|| Folded::new(&self.text))
    }

    /// The letters that somebody reads in the text. Made on first use.
    #[must_use]
    pub fn letters(&self) -> &Letters {
        self.letters.get_or_init(|| Letters::of(&self.text, Reading::I))
    }

    /// `range` extended to grapheme boundaries: half of an emoji or of an accented letter is never edited.
    #[must_use]
    pub fn whole_graphemes(&self, range: Range<usize>) -> Range<usize> {
        let boundary = |at: usize| {
            // The cursor answers for any text that is all there, which this one is.
            at == 0
                || GraphemeCursor::new(at, self.text.len(), true).is_boundary(&self.text, 0).unwrap_or(true)
        };
        if range.is_empty() || (boundary(range.start) && boundary(range.end)) {
            return range;
        }
        let start = (0..=range.start).rev().find(|at| self.text.is_char_boundary(*at) && boundary(*at));
        let end = (range.end..=self.text.len()).find(|at| self.text.is_char_boundary(*at) && boundary(*at));
        start.unwrap_or(0)..end.unwrap_or(self.text.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_grow_to_whole_graphemes() {
        let view = View::new("a👨‍👩‍👧b e\u{301}\u{302}!");
        let family = 1..1 + "👨‍👩‍👧".len();
        assert_eq!(view.whole_graphemes(1..5), family);
        assert_eq!(view.whole_graphemes(0..1), 0..1);
        let e = view.text().find('e').unwrap();
        assert_eq!(view.whole_graphemes(e..e + 1), e..e + 5);
        assert_eq!(view.whole_graphemes(3..3), 3..3);
    }
}
