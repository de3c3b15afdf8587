//! Where a word begins and ends, judged on the text as people see it.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use crate::text::{is_invisible, is_unspaced};

/// Where letters may go on: the stars of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Ends {
    pub before: bool,
    pub after: bool,
}

impl Ends {
    /// `range` of `text` extended to where its letters may go on; nothing if they go on where they may not.
    pub(super) fn whole_word(self, text: &str, range: Range<usize>) -> Option<Range<usize>> {
        let goes_on = |edge: Option<char>, next: Option<char>| {
            edge.is_some_and(is_spaced_letter) && next.is_some_and(is_spaced_letter)
        };
        let ends_word = |c: char| is_seen(c) && !is_spaced_letter(c);
        let seen = |c: &char| is_seen(*c);
        let word = &text[range.clone()];
        let (before, after) = (&text[..range.start], &text[range.end..]);
        let (mut start, mut end) = (range.start, range.end);
        let longer_before = goes_on(word.chars().find(seen), before.chars().rev().find(seen));
        let longer_after = goes_on(word.chars().rev().find(seen), after.chars().find(seen));
        // Before looking for the ends, which may be far: a word may be all of the text.
        if longer_before && !self.before || longer_after && !self.after {
            return None;
        }
        if longer_before {
            start =
                before.char_indices().rfind(|(_, c)| ends_word(*c)).map_or(0, |(at, c)| at + c.len_utf8());
        }
        if longer_after {
            end += after.find(ends_word).unwrap_or(after.len());
        }
        Some(start..end)
    }
}

/// Whether `range` is in the last of `found`: then it says nothing new, and its ends were looked for already.
pub(super) fn is_known(range: &Range<usize>, found: &[Range<usize>]) -> bool {
    found.last().is_some_and(|last| last.start <= range.start && range.end <= last.end)
}

fn is_seen(c: char) -> bool {
    c.is_ascii() || !is_invisible(c) && !is_combining_mark(c)
}

/// Whether `c` is a letter or digit of a script that puts spaces between words. In one that does not, every place is a boundary.
fn is_spaced_letter(c: char) -> bool {
    c.is_alphanumeric() && !is_unspaced(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_may_go_on_where_there_is_a_star() {
        let ends = |before, after| Ends { before, after };
        for (ends, found) in [
            (ends(false, false), None),
            (ends(true, false), None),
            (ends(false, true), None),
            (ends(true, true), Some("to\u{200b}mcats")),
        ] {
            let text = "a to\u{200b}mcats, b";
            let at = text.find("cat").unwrap();
            assert_eq!(ends.whole_word(text, at..at + 3).map(|range| &text[range]), found, "{ends:?}");
        }
    }

    #[test]
    fn scripts_without_spaces_have_boundaries_everywhere() {
        let text = "你是笨蛋吗";
        assert_eq!(Ends::default().whole_word(text, 6..12), Some(6..12));
    }
}
