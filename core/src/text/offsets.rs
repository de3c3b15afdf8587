//! [`Offsets`]: which bytes of one text stand for which bytes of another.
//!
//! Decoding, editing and folding all make a *derived* text out of an *origin*, mostly by copying, here and there by putting
//! something else in place. One map serves all three, so that a span found in any derived text leads back to the exact bytes
//! that somebody sent.

use std::ops::Range;

/// Maps ranges of a derived text back to ranges of its origin.
///
/// It is a list of segments in order, without gaps. A *copied* segment is the same bytes in both; a *swapped* one is some bytes
/// of the origin that something else, perhaps nothing, stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offsets {
    segments: Vec<Segment>,
    derived_len: usize,
    origin_len: usize,
}

/// A piece of a derived text and the piece of the origin it stands for.
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
    /// The map of a text that is its own origin.
    #[must_use]
    pub fn identity(len: usize) -> Self {
        let mut map = Self::default();
        map.copy(len);
        map
    }

    /// Goes on with `len` bytes that are the same in both.
    pub fn copy(&mut self, len: usize) {
        if len == 0 {
            return;
        }
        if !self.segments.last().is_some_and(|last| last.copied) {
            self.push(true);
        }
        self.derived_len += len;
        self.origin_len += len;
    }

    /// Goes on with `derived` bytes that stand for `origin` other bytes. Either may be 0.
    pub fn swap(&mut self, derived: usize, origin: usize) {
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

    /// Length of the derived text in bytes.
    #[must_use]
    pub fn derived_len(&self) -> usize {
        self.derived_len
    }

    /// Length of the origin in bytes.
    #[must_use]
    pub fn origin_len(&self) -> usize {
        self.origin_len
    }

    /// The bytes of the origin that `range` of the derived text stands for.
    ///
    /// A range that touches a swapped segment takes in all of that segment. An empty range gives an empty range, unless it lies
    /// within a swapped segment.
    #[must_use]
    pub fn to_origin(&self, range: Range<usize>) -> Range<usize> {
        debug_assert!(range.start <= range.end && range.end <= self.derived_len);
        if range.is_empty() {
            let at = self.start_of(range.start);
            return at..at;
        }
        self.start_of(range.start)..self.end_of(range.end)
    }

    /// The origin position at which the derived byte `at` begins.
    pub(super) fn start_of(&self, at: usize) -> usize {
        // The last segment that begins at or before `at`: empty segments (deletions) before it stay outside.
        let after = self.segments.partition_point(|segment| segment.derived <= at);
        match after.checked_sub(1).map(|index| self.segments[index]) {
            Some(segment) if segment.copied => segment.origin + (at - segment.derived),
            Some(segment) => segment.origin,
            None => 0,
        }
    }

    /// The origin position at which the derived text before `at` ends.
    fn end_of(&self, at: usize) -> usize {
        // The last segment that begins strictly before `at`.
        let after = self.segments.partition_point(|segment| segment.derived < at);
        match after.checked_sub(1).map(|index| self.segments[index]) {
            Some(segment) if segment.copied => segment.origin + (at - segment.derived),
            Some(_) => self.segments.get(after).map_or(self.origin_len, |next| next.origin),
            None => 0,
        }
    }

    /// Every segment, as (range in the derived text, range in the origin, whether they are the same bytes).
    pub fn segments(&self) -> impl Iterator<Item = (Range<usize>, Range<usize>, bool)> {
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

    /// `ab%20cd` decoded, then a deletion at the end.
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
        assert_eq!((map.derived_len(), map.origin_len()), (5, 11));
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
        assert_eq!((derived, origin), (map.derived_len(), map.origin_len()));
    }
}
