//! [`VisibleText`]: a text without invisible characters, with a map back to the whole text.

use std::borrow::Cow;
use std::ops::Range;

use super::characters::{OVERRIDE, OVERRIDE_END, is_direction, is_unseen};

/// A text without invisible characters.
pub(super) struct VisibleText<'t> {
    text: Cow<'t, str>,
    /// The removed characters, in order.
    cuts: Vec<Cut>,
}

/// A run of removed characters.
struct Cut {
    /// Its offset in the remaining text.
    at: usize,
    /// The end of those that belong to the character before them: all that come before the first direction control.
    attached: usize,
    /// Its end in the whole text.
    end: usize,
}

impl<'t> VisibleText<'t> {
    /// Removes all invisible characters from `text`.
    pub(super) fn of(text: &'t str) -> Self {
        Self::without(text, is_unseen)
    }

    /// Removes invisible characters from `text`, but keeps the controls that show text backwards, if there is an override.
    pub(super) fn with_overrides(text: &'t str) -> Self {
        if !text.contains(OVERRIDE) {
            return Self::of(text);
        }
        Self::without(text, |c| is_unseen(c) && !matches!(c, OVERRIDE | OVERRIDE_END))
    }

    fn without(text: &'t str, is_cut: fn(char) -> bool) -> Self {
        let Some(first) = text.find(is_cut) else {
            return Self { text: Cow::Borrowed(text), cuts: Vec::new() };
        };
        let (mut visible, mut cuts) = (String::with_capacity(text.len()), Vec::<Cut>::new());
        visible.push_str(&text[..first]);
        for (at, c) in text[first..].char_indices().map(|(at, c)| (first + at, c)) {
            if !is_cut(c) {
                visible.push(c);
                continue;
            }
            let end = at + c.len_utf8();
            let attached = if is_direction(c) { at } else { end };
            match cuts.last_mut().filter(|cut| cut.at == visible.len()) {
                Some(cut) => {
                    cut.attached = if cut.attached == at { attached } else { cut.attached };
                    cut.end = end;
                }
                None => cuts.push(Cut { at: visible.len(), attached, end }),
            }
        }
        Self { text: Cow::Owned(visible), cuts }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Returns whether nothing was removed.
    pub(super) fn is_all(&self) -> bool {
        self.cuts.is_empty()
    }

    /// Returns the byte range of the whole text that the non-empty `range` corresponds to: its characters, and invisible ones within and
    /// directly after them.
    pub(super) fn origin(&self, range: Range<usize>) -> Range<usize> {
        self.start(range.start)..self.end(range.end)
    }

    fn start(&self, at: usize) -> usize {
        let after = self.cuts.partition_point(|cut| cut.at <= at);
        after.checked_sub(1).map_or(at, |index| self.cuts[index].end + at - self.cuts[index].at)
    }

    fn end(&self, at: usize) -> usize {
        let found = self.cuts.binary_search_by_key(&at, |cut| cut.at);
        found.map_or_else(|_| self.start(at), |index| self.cuts[index].attached)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_leads_back() {
        let text = "\u{feff}a\u{200b}\u{ad}b\u{200b}\u{202e}\u{200b}cd";
        let visible = VisibleText::of(text);
        assert_eq!(visible.text(), "abcd");
        let origin = |range| &text[visible.origin(range)];
        assert_eq!(origin(0..1), "a\u{200b}\u{ad}");
        assert_eq!(origin(1..2), "b\u{200b}");
        assert_eq!(origin(2..4), "cd");
        assert_eq!(origin(1..3), "b\u{200b}\u{202e}\u{200b}c");
        assert_eq!(VisibleText::with_overrides(text).text(), "ab\u{202e}cd");
        assert_eq!(VisibleText::with_overrides("a\u{202c}b").text(), "ab");
        assert!(VisibleText::of("abcd é\n").is_all());
    }
}
