//! [`Taken`]: what was found so far.

use std::collections::BTreeMap;
use std::ops::Range;

/// What was found so far: a piece of text is one thing, the first that it was found to be.
///
/// Only where there is nothing to go by but the digits of a number, it is everything that they can be: what may be an account in
/// one country and a person in another is reported as both, so that a rule about either sees it.
#[derive(Debug, Default)]
pub(super) struct Taken {
    found: Vec<(Range<usize>, &'static str)>,
    /// Where pieces begin, where they end, and whether it is doubtful what they are. They do not overlap.
    pieces: BTreeMap<usize, (usize, bool)>,
}

impl Taken {
    /// Takes `ranges`, about which there is no doubt.
    pub(super) fn all(&mut self, ranges: impl IntoIterator<Item = Range<usize>>, kind: &'static str) {
        for range in ranges {
            self.one(range, kind, false);
        }
    }

    /// Takes `range` unless it, or a part of it, is something else for sure.
    pub(super) fn one(&mut self, range: Range<usize>, kind: &'static str, doubtful: bool) {
        // Pieces do not overlap: only the last that begins before this one ends can be in the way.
        match self.pieces.range(..range.end).next_back() {
            Some((start, (end, was_doubtful))) if *end > range.start => {
                if !(doubtful && *was_doubtful && (*start..*end) == range) {
                    return;
                }
            }
            _ => {
                self.pieces.insert(range.start, (range.end, doubtful));
            }
        }
        self.found.push((range, kind));
    }

    /// Everything in the order of the text.
    pub(super) fn into_ranges(mut self) -> Vec<(Range<usize>, &'static str)> {
        self.found.sort_by_key(|(range, _)| range.start);
        self.found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_is_the_first_thing_that_it_was_found_to_be() {
        let mut taken = Taken::default();
        taken.all([4..8, 7..9], "a");
        taken.one(6..9, "b", false);
        taken.one(4..8, "b", true);
        taken.one(0..4, "b", true);
        taken.one(0..4, "c", true);
        taken.one(0..3, "d", true);
        assert_eq!(taken.into_ranges(), [(0..4, "b"), (0..4, "c"), (4..8, "a")]);
    }
}
