//! [`Seen`]: a text without the characters that nobody sees, with the way back to the whole of it.

use std::borrow::Cow;
use std::ops::Range;

use super::characters::{OVERRIDE, OVERRIDE_END, is_direction, is_unseen};

/// A text without the characters that nobody sees.
pub(super) struct Seen<'t> {
    text: Cow<'t, str>,
    /// What was taken out, in order.
    cuts: Vec<Cut>,
}

/// Characters in a row that were taken out.
struct Cut {
    /// Where they stood, in what is left.
    at: usize,
    /// The end of those that count as part of the character before them: all up to the first that says in which direction text runs.
    attached: usize,
    /// Where they end in the whole text.
    end: usize,
}

impl<'t> Seen<'t> {
    /// `text` without any of them.
    pub(super) fn of(text: &'t str) -> Self {
        Self::without(text, is_unseen)
    }

    /// `text` without them, but with those that say where text is shown backwards, if any does.
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
        let (mut seen, mut cuts) = (String::with_capacity(text.len()), Vec::<Cut>::new());
        seen.push_str(&text[..first]);
        for (at, c) in text[first..].char_indices().map(|(at, c)| (first + at, c)) {
            if !is_cut(c) {
                seen.push(c);
                continue;
            }
            let end = at + c.len_utf8();
            let attached = if is_direction(c) { at } else { end };
            match cuts.last_mut().filter(|cut| cut.at == seen.len()) {
                Some(cut) => {
                    cut.attached = if cut.attached == at { attached } else { cut.attached };
                    cut.end = end;
                }
                None => cuts.push(Cut { at: seen.len(), attached, end }),
            }
        }
        Self { text: Cow::Owned(seen), cuts }
    }

    /// What is left.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Whether nothing was taken out.
    pub(super) fn is_all(&self) -> bool {
        self.cuts.is_empty()
    }

    /// The bytes of the whole text that `range`, which is not empty, stands for: those of its characters, and what nobody sees
    /// inside and right behind.
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
        let seen = Seen::of(text);
        assert_eq!(seen.text(), "abcd");
        let origin = |range| &text[seen.origin(range)];
        assert_eq!(origin(0..1), "a\u{200b}\u{ad}");
        assert_eq!(origin(1..2), "b\u{200b}");
        assert_eq!(origin(2..4), "cd");
        assert_eq!(origin(1..3), "b\u{200b}\u{202e}\u{200b}c");
        assert_eq!(Seen::with_overrides(text).text(), "ab\u{202e}cd");
        assert_eq!(Seen::with_overrides("a\u{202c}b").text(), "ab");
        assert!(Seen::of("abcd é\n").is_all());
    }
}
