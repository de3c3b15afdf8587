//! [`View`]: a text as detectors see it.

use std::any::Any;
use std::cell::OnceCell;
use std::ops::Range;
use std::sync::Arc;

use unicode_segmentation::GraphemeCursor;

use super::characters::{OVERRIDE, is_unseen};
use super::exact::Exact;
use super::fold::Folded;
use super::glyph::Glyph;
use super::glyphs::{Glyphs, Order, read_upright};
use super::letters::Letters;
use super::roles::Reading;
use super::turned::turned;
use super::typed::Typed;

/// A text as detectors see it: decoded, and as edited by earlier rules. Each projection is made on first use and then cached.
#[derive(Clone, Default)]
pub struct View {
    text: String,
    order: Order,
    as_stored: OnceCell<Option<Box<View>>>,
    upright: OnceCell<Option<Vec<Glyph>>>,
    /// The projections that no detector needs for most texts.
    projections: OnceCell<Box<Projections>>,
}

/// The projections of a text, each made on first use.
#[derive(Clone, Default)]
struct Projections {
    turned: OnceCell<Option<Vec<Glyph>>>,
    folded: OnceCell<Folded>,
    turned_folded: OnceCell<Option<Folded>>,
    letters: OnceCell<Letters>,
    other_letters: OnceCell<Vec<Letters>>,
    typed: OnceCell<Typed>,
    exact: OnceCell<Exact>,
    shared: OnceCell<Arc<dyn Any + Send + Sync>>,
}

impl View {
    /// Creates a view of `text`.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Returns the text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the same text in stored order, if a bidirectional override shows it in another order. Detectors of words search both,
    /// because a later rule may remove the override.
    pub(crate) fn as_stored(&self) -> Option<&Self> {
        let read = || {
            let is_turned =
                self.order == Order::Shown && !self.text.is_ascii() && self.text.contains(OVERRIDE);
            is_turned.then(|| Box::new(Self { order: Order::Stored, ..Self::new(&*self.text) }))
        };
        self.as_stored.get_or_init(read).as_deref()
    }

    fn projections(&self) -> &Projections {
        self.projections.get_or_init(Box::default)
    }

    /// Returns the text as its reader perceives it.
    pub(crate) fn glyphs(&self) -> Glyphs<'_> {
        self.turned().unwrap_or_else(|| self.upright())
    }

    /// Returns the glyphs without turning upside-down words.
    fn upright(&self) -> Glyphs<'_> {
        Glyphs::new(&self.text, self.upright.get_or_init(|| read_upright(&self.text, self.order)).as_deref())
    }

    /// Returns the glyphs with upside-down words turned upright, if there are any.
    fn turned(&self) -> Option<Glyphs<'_>> {
        let upright = self.upright.get_or_init(|| read_upright(&self.text, self.order)).as_deref()?;
        let turned = self.projections().turned.get_or_init(|| turned(upright)).as_deref()?;
        Some(Glyphs::new(&self.text, Some(turned)))
    }

    /// Returns the text folded for matching, as written.
    #[must_use]
    pub fn folded(&self) -> &Folded {
        self.projections().folded.get_or_init(|| Folded::of(self.upright()))
    }

    /// Returns the text folded for matching: as written, and with upside-down words turned upright, if there are any.
    pub(crate) fn foldings(&self) -> impl Iterator<Item = &Folded> {
        let turned = self.projections().turned_folded.get_or_init(|| self.turned().map(Folded::of));
        std::iter::once(self.folded()).chain(turned)
    }

    /// Returns the text as a plain keyboard would have typed it.
    #[must_use]
    pub fn typed(&self) -> &Typed {
        self.projections().typed.get_or_init(|| Typed::of(self.glyphs()))
    }

    /// Returns the text as it is spelled.
    #[must_use]
    pub fn exact(&self) -> &Exact {
        self.projections().exact.get_or_init(|| Exact::new(&self.text))
    }

    /// Returns the possible readings of the letters in the text, one or several. One of them is always the text as written.
    pub fn readings(&self) -> impl Iterator<Item = &Letters> {
        let first = self.projections().letters.get_or_init(|| Letters::of(self.glyphs(), Reading::I));
        let others = || {
            let mut others = first.others(self.glyphs());
            let written = first.is_in_doubt() || self.turned().is_some();
            others.extend(written.then(|| Letters::of(self.upright(), Reading::Written)));
            others
        };
        let others = self.projections().other_letters.get_or_init(others);
        std::iter::once(first).chain(others)
    }

    /// Returns what `make` makes of this text, the same for all rules. There is one place for it: only one detector uses this.
    pub(crate) fn shared<T: Any + Send + Sync>(&self, make: impl Fn() -> T) -> Arc<T> {
        let shared = self.projections().shared.get_or_init(|| Arc::new(make()));
        Arc::clone(shared).downcast().unwrap_or_else(|_| Arc::new(make()))
    }

    /// Returns `range` extended to grapheme cluster boundaries, so that half of an emoji or of an accented letter is never edited. A
    /// range that contains only invisible characters is returned unchanged, because the letter before it was not found.
    pub(crate) fn whole_graphemes(&self, range: Range<usize>) -> Range<usize> {
        if self.text.get(range.clone()).is_some_and(|found| found.chars().all(is_unseen)) {
            return range;
        }
        let boundary = |at: usize| {
            // The cursor has the whole text, so it never lacks context.
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

impl std::fmt::Debug for View {
    /// Prints the length of the text, not the text.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("View").field("bytes", &self.text.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_turned_around_is_read_as_it_is_stored_too() {
        let view = View::new("a \u{202e}kcuf\u{202c} f\u{202e}u");
        assert_eq!(view.folded().text(), "a fuck fu");
        assert_eq!(view.as_stored().map(|stored| stored.folded().text()), Some("a kcuf fu"));
        assert!(view.as_stored().unwrap().as_stored().is_none());
        assert!(View::new("a\u{200f}b").as_stored().is_none());
    }

    #[test]
    fn ranges_grow_to_whole_graphemes() {
        let view = View::new("a👨‍👩‍👧b e\u{301}\u{302}!");
        let family = 1..1 + "👨‍👩‍👧".len();
        assert_eq!(view.whole_graphemes(1..5), family);
        assert_eq!(view.whole_graphemes(0..1), 0..1);
        let e = view.text().find('e').unwrap();
        assert_eq!(view.whole_graphemes(e..e + 1), e..e + 5);
        assert_eq!(view.whole_graphemes(3..3), 3..3);
        let joiner = view.text().find('\u{200d}').unwrap();
        assert_eq!(view.whole_graphemes(joiner..joiner + 3), joiner..joiner + 3);
    }
}
