//! [`Offsets`]: the offset map between two texts.
//!
//! Decoding, editing and folding all make a *derived* text from an *origin*: they copy most bytes and replace some. All three use this
//! map, so that a span found in any derived text maps back to the exact bytes that were received.

use std::ops::Range;

/// Maps ranges of a derived text back to ranges of its origin.
///
/// It is a list of consecutive segments. A *copied* segment has the same bytes in both texts; in a *swapped* one, other bytes, or none,
/// replace bytes of the origin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Offsets {
    segments: Vec<Segment>,
    derived_len: usize,
    origin_len: usize,
}

/// A piece of a derived text and the piece of the origin that it corresponds to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Segment {
    /// Where it begins in the derived text.
    derived: usize,
    /// Where it begins in the origin.
    origin: usize,
    /// Whether both are the same bytes.
    copied: bool,
}

impl Offsets {
    /// Returns the map of a text that equals its origin.
    pub(crate) fn identity(len: usize) -> Self {
        let mut map = Self::default();
        map.copy(len);
        map
    }

    /// Appends `len` bytes that are the same in both.
    pub(crate) fn copy(&mut self, len: usize) {
        if len == 0 {
            return;
        }
        if !self.segments.last().is_some_and(|last| last.copied) {
            self.push(true);
        }
        self.derived_len += len;
        self.origin_len += len;
    }

    /// Appends `derived` bytes that replace `origin` other bytes. Either may be 0.
    pub(crate) fn swap(&mut self, derived: usize, origin: usize) {
        if derived == 0 && origin == 0 {
            return;
        }
        self.push(false);
        self.derived_len += derived;
        self.origin_len += origin;
    }

    fn push(&mut self, copied: bool) {
        self.segments.push(Segment { derived: self.derived_len, origin: self.origin_len, copied });
    }

    /// Returns the length of the origin in bytes.
    pub(crate) fn origin_len(&self) -> usize {
        self.origin_len
    }

    /// Returns the byte range of the origin that `range` of the derived text corresponds to.
    ///
    /// A range that touches a swapped segment includes all of that segment. An empty range maps to an empty range.
    pub(crate) fn to_origin(&self, range: Range<usize>) -> Range<usize> {
        debug_assert!(range.start <= range.end && range.end <= self.derived_len);
        if range.is_empty() {
            let at = self.start_of(range.start);
            return at..at;
        }
        self.start_of(range.start)..self.end_of(range.end)
    }

    /// Returns the origin offset at which the derived byte `at` begins.
    pub(super) fn start_of(&self, at: usize) -> usize {
        // The last segment that begins at or before `at`; empty segments (deletions) before it are excluded.
        let after = self.segments.partition_point(|segment| segment.derived <= at);
        match after.checked_sub(1).map(|index| self.segments[index]) {
            Some(segment) if segment.copied => segment.origin + (at - segment.derived),
            Some(segment) => segment.origin,
            None => 0,
        }
    }

    /// Returns the origin offset at which the derived text before `at` ends.
    fn end_of(&self, at: usize) -> usize {
        // The last segment that begins strictly before `at`.
        let after = self.segments.partition_point(|segment| segment.derived < at);
        match after.checked_sub(1).map(|index| self.segments[index]) {
            Some(segment) if segment.copied => segment.origin + (at - segment.derived),
            Some(_) => self.segments.get(after).map_or(self.origin_len, |next| next.origin),
            None => 0,
        }
    }

    /// Returns every segment as (range in the derived text, range in the origin, whether the bytes are the same).
    pub(crate) fn segments(&self) -> impl Iterator<Item = (Range<usize>, Range<usize>, bool)> {
        self.segments.iter().enumerate().map(|(index, segment)| {
            let (derived_end, origin_end) = self
                .segments
                .get(index + 1)
                .map_or((self.derived_len, self.origin_len), |next| (next.derived, next.origin));
            (segment.derived..derived_end, segment.origin..origin_end, segment.copied)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the map for decoding `ab%20cd` and then deleting at the end.
    fn example() -> Offsets {
        let mut map = Offsets::default();
        map.copy(2);
        map.swap(1, 3);
        map.copy(2);
        map.swap(0, 4);
        map
    }

    #[test]
    fn a_range_leads_back_to_the_bytes_it_stands_for() {
        let map = example();
        for (derived, origin) in
            [(0..2, 0..2), (0..3, 0..5), (2..3, 2..5), (3..5, 5..7), (1..4, 1..6), (0..5, 0..7)]
        {
            assert_eq!(map.to_origin(derived.clone()), origin, "{derived:?}");
        }
        assert_eq!((map.derived_len, map.origin_len()), (5, 11));
    }

    #[test]
    fn an_empty_range_stays_empty() {
        assert_eq!(example().to_origin(2..2), 2..2);
        assert_eq!(Offsets::identity(3).to_origin(3..3), 3..3);
        assert_eq!(Offsets::default().to_origin(0..0), 0..0);
    }

    #[test]
    fn segments_cover_both_texts_without_gaps() {
        let map = example();
        let (mut derived, mut origin) = (0, 0);
        for (d, o, copied) in map.segments() {
            assert_eq!((d.start, o.start), (derived, origin));
            assert!(!copied || d.len() == o.len());
            (derived, origin) = (d.end, o.end);
        }
        assert_eq!((derived, origin), (map.derived_len, map.origin_len()));
    }
}
