//! Ranges in characters, which labels speak of, and in bytes, which spans do.

use std::ops::Range;

/// The bytes of `text` that the characters in `chars` are.
pub(crate) fn bytes(text: &str, chars: &Range<usize>) -> Range<usize> {
    let at = |char: usize| text.char_indices().nth(char).map_or(text.len(), |(at, _)| at);
    at(chars.start)..at(chars.end)
}

/// The characters of `text` that the bytes in `range` are.
pub(crate) fn chars(text: &str, range: &Range<usize>) -> Range<usize> {
    let start = text[..range.start].chars().count();
    start..start + text[range.clone()].chars().count()
}

/// Whether two ranges share anything.
pub(crate) fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
