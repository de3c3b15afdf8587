//! Converts between ranges in characters, as in labels, and in bytes, as in spans.

use std::ops::Range;

/// Returns the range in bytes of the characters `chars` of `text`.
pub(crate) fn bytes(text: &str, chars: &Range<usize>) -> Range<usize> {
    let at = |char: usize| text.char_indices().nth(char).map_or(text.len(), |(at, _)| at);
    at(chars.start)..at(chars.end)
}

/// Returns the range in characters of the bytes `range` of `text`.
pub(crate) fn chars(text: &str, range: &Range<usize>) -> Range<usize> {
    let start = text[..range.start].chars().count();
    start..start + text[range.clone()].chars().count()
}

/// Returns whether two ranges overlap.
pub(crate) fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
