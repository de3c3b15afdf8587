//! [`MappedText`]: a text derived from another, glyph by glyph, with a map back.

use std::ops::Range;

use super::glyph::Glyph;

/// A text derived from another, with a map from its bytes to those of the other.
///
/// Unlike [`Offsets`](super::Offsets), through which edits are written back, it allows reversed order: a piece then corresponds to all
/// bytes between the first and the last glyph from which it was derived.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct MappedText {
    text: String,
    /// In order; empty while every byte corresponds to the byte at the same offset.
    steps: Vec<Step>,
}

/// A piece of the text, up to the start of the next one, and the range it corresponds to.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Step {
    at: u32,
    start: u32,
    end: u32,
    /// Whether the lengths are equal and the bytes correspond one by one, rather than the piece as a whole.
    copied: bool,
}

impl MappedText {
    /// Creates a text in which every byte corresponds to the byte at the same offset.
    pub(super) fn straight(text: String) -> Self {
        Self { text, steps: Vec::new() }
    }

    /// Creates an empty text with room for `len` bytes.
    pub(super) fn with_capacity(len: usize) -> Self {
        Self { text: String::with_capacity(len), steps: Vec::new() }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Appends `piece`, which corresponds to `glyph`.
    pub(super) fn push(&mut self, piece: impl IntoIterator<Item = char>, glyph: &Glyph) {
        let at = self.text.len();
        self.text.extend(piece);
        let added = self.text.len() - at;
        let range = glyph.range();
        let narrow = |at| u32::try_from(at).unwrap_or(u32::MAX);
        let (at, start, end) = (narrow(at), narrow(range.start), narrow(range.end));
        if added == 0 {
            return;
        }
        let copied = added == 1 && range.len() == 1;
        match self.steps.last_mut() {
            Some(last) if copied && last.copied && last.end == start => last.end = end,
            _ => self.steps.push(Step { at, start, end, copied }),
        }
    }

    /// Extends the range of the last character, which must be one byte, by `glyph`.
    pub(super) fn widen(&mut self, glyph: &Glyph) {
        let Some(last) = self.steps.last_mut() else { return };
        if last.copied && last.end - last.start > 1 {
            last.end -= 1;
            let (at, start) = (self.text.len() - 1, last.end);
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            self.steps.push(Step { at, start, end: start + 1, copied: false });
        }
        if let Some(last) = self.steps.last_mut() {
            let range = glyph.range();
            last.copied = false;
            last.start = last.start.min(u32::try_from(range.start).unwrap_or(u32::MAX));
            last.end = last.end.max(u32::try_from(range.end).unwrap_or(u32::MAX));
        }
    }

    /// Returns whether `at` is inside the derived form of a single character, such as between the two letters of a ligature.
    pub(super) fn cuts(&self, at: usize) -> bool {
        let after = self.steps.partition_point(|step| (step.at as usize) < at);
        let Some(before) = after.checked_sub(1).map(|index| self.steps[index]) else { return false };
        match self.steps.get(after) {
            Some(next) if next.at as usize == at => next.start < before.end && before.start < next.end,
            Some(_) => !before.copied,
            None => !before.copied && at < self.text.len(),
        }
    }

    /// Returns the byte range of the other text that `range` of this one corresponds to.
    pub(super) fn origin(&self, range: Range<usize>) -> Range<usize> {
        if self.steps.is_empty() {
            return range;
        }
        let first = self.steps.partition_point(|step| step.at as usize <= range.start).saturating_sub(1);
        let (mut start, mut end) = (usize::MAX, 0);
        for (index, step) in self.steps.iter().enumerate().skip(first) {
            let at = step.at as usize;
            if at >= range.end && index > first {
                break;
            }
            let piece = step.start as usize..step.end as usize;
            let next = self.steps.get(index + 1).map_or(self.text.len(), |next| next.at as usize);
            let piece = if step.copied {
                piece.start + range.start.max(at) - at..piece.start + range.end.clamp(at, next) - at
            } else {
                piece
            };
            start = start.min(piece.start);
            end = end.max(piece.end);
        }
        start..end.max(start)
    }
}

impl std::fmt::Debug for MappedText {
    /// Prints the length of the text, not the text.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MappedText").field("bytes", &self.text.len()).finish_non_exhaustive()
    }
}
