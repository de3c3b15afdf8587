//! [`Taken`]: the spans found so far, without contradictory overlaps.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::order;

/// The spans found so far. Each part of the text has one kind: the first that was added for it.
///
/// The exception is a number whose kind is uncertain because only its digits indicate it. It keeps every kind that its digits
/// allow: a number that may be a bank account in one country and a national identifier in another is reported as both, so that
/// rules about either kind find it.
#[derive(Debug, Default)]
pub(super) struct Taken {
    found: Vec<(Range<usize>, &'static str)>,
    /// Maps the start of each occupied range to its end and to whether its kind is uncertain. The ranges do not overlap.
    occupied: BTreeMap<usize, (usize, bool)>,
}

impl Taken {
    /// Adds `ranges`, whose kind is certain.
    pub(super) fn add_certain(&mut self, ranges: impl IntoIterator<Item = Range<usize>>, kind: &'static str) {
        for range in ranges {
            self.add(range, kind, false);
        }
    }

    /// Adds `range` unless it overlaps a range that was added before. Two uncertain kinds may share exactly the same range.
    pub(super) fn add(&mut self, range: Range<usize>, kind: &'static str, uncertain: bool) {
        // Occupied ranges do not overlap, so only the last that starts before the end of `range` can overlap it.
        match self.occupied.range(..range.end).next_back() {
            Some((start, (end, was_uncertain))) if *end > range.start => {
                if !(uncertain && *was_uncertain && (*start..*end) == range) {
                    return;
                }
            }
            _ => {
                self.occupied.insert(range.start, (range.end, uncertain));
            }
        }
        self.found.push((range, kind));
    }

    /// Adds `range` like [`Self::add`], and removes the ranges inside it whose kind `is_part` of its own kind.
    pub(super) fn add_around(
        &mut self,
        range: Range<usize>,
        kind: &'static str,
        is_part: impl Fn(&'static str) -> bool,
    ) {
        let is_inside = |(found, kind): &(Range<usize>, &'static str)| {
            range.start <= found.start && found.end <= range.end && is_part(kind)
        };
        let overlaps =
            |(found, _): &(Range<usize>, &'static str)| found.start < range.end && range.start < found.end;
        if !self.found.iter().any(|found| overlaps(found) && !is_inside(found)) {
            self.found.retain(|found| !is_inside(found));
            self.occupied.retain(|start, _| !range.contains(start));
        }
        self.add(range, kind, false);
    }

    /// Returns all spans in the order of the text.
    pub(super) fn into_ranges(mut self) -> Vec<(Range<usize>, &'static str)> {
        order::by(&mut self.found, |(range, _)| (range.start, 0));
        self.found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_kind_of_a_range_wins_unless_both_are_uncertain() {
        let mut taken = Taken::default();
        taken.add_certain([4..8, 7..9], "a");
        taken.add(6..9, "b", false);
        taken.add(4..8, "b", true);
        taken.add(0..4, "b", true);
        taken.add(0..4, "c", true);
        taken.add(0..3, "d", true);
        assert_eq!(taken.into_ranges(), [(0..4, "b"), (0..4, "c"), (4..8, "a")]);
    }

    #[test]
    fn what_is_part_of_a_range_is_not_found_beside_it() {
        let mut taken = Taken::default();
        taken.add_certain([2..4, 12..14], "postcode");
        taken.add_certain(std::iter::once(15..16), "email");
        taken.add_around(0..4, "address", |kind| kind == "postcode");
        taken.add_around(10..16, "address", |kind| kind == "postcode");
        taken.add_around(3..6, "address", |kind| kind == "postcode");
        assert_eq!(taken.into_ranges(), [(0..4, "address"), (12..14, "postcode"), (15..16, "email")]);
    }
}
