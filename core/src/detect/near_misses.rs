//! [`NearMiss`]: a part of a text that resembles what a detector finds, and why it is not found.

use std::ops::Range;

use crate::order;

/// A part of a text that resembles what a detector finds, and why it is not found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearMiss {
    /// The part of the text.
    pub range: Range<usize>,
    /// The kind that it resembles.
    pub kind: &'static str,
    /// The reason, such as "it fails its check digit".
    pub why: String,
}

impl NearMiss {
    /// Returns the explanation as a sentence about its part of `text`.
    #[must_use]
    pub fn sentence(&self, text: &str) -> String {
        let part = text.get(self.range.clone()).unwrap_or_default();
        format!("`{part}` does not count as `{}`: {}", self.kind, self.why)
    }
}

/// The maximum number of explanations for one text.
const MAX: usize = 5;

/// Returns those of `all` that do not overlap `found`, which needs no explanation, in the order of the text. Of several that overlap, this
/// is the longest.
pub(super) fn distinct(mut all: Vec<NearMiss>, found: &[Range<usize>]) -> Vec<NearMiss> {
    all.retain(|near| !near.range.is_empty() && !found.iter().any(|range| overlap(range, &near.range)));
    order::by(&mut all, |near| (usize::MAX - near.range.len(), 0));
    let mut kept: Vec<NearMiss> = Vec::new();
    for near in all {
        if !kept.iter().any(|kept| overlap(&kept.range, &near.range)) {
            kept.push(near);
        }
    }
    kept.truncate(MAX);
    order::by(&mut kept, |near| (near.range.start, 0));
    kept
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}
