//! What an action puts where.

use std::ops::Range;

use crate::rule::Action;
use crate::text::is_unseen;

/// What `action` puts in the place of `finds`, pieces of `text` in order, each with its kind.
pub(super) fn swaps<'k>(
    action: &Action,
    text: &str,
    finds: impl Iterator<Item = (Range<usize>, &'k str)>,
) -> Vec<(Range<usize>, String)> {
    let strip = |(range, kind): (Range<usize>, &'k str)| {
        // A space beside what nobody sees was there for its own sake.
        let spare = *action == Action::Strip && !text[range.clone()].chars().all(is_unseen);
        (if spare { with_spare_space(text, range) } else { range }, kind)
    };
    let swap = |(range, kind): (Range<usize>, &str)| Some((range.clone(), action.edit(&text[range], kind)?));
    merge(finds.map(strip)).into_iter().filter_map(swap).collect()
}

/// Ranges in order; of those that overlap, one over all of them with the kind of the first.
fn merge<'k>(ranges: impl Iterator<Item = (Range<usize>, &'k str)>) -> Vec<(Range<usize>, &'k str)> {
    let mut merged: Vec<(Range<usize>, &str)> = Vec::new();
    for (range, kind) in ranges {
        match merged.last_mut() {
            Some((last, _)) if range.start < last.end => last.end = last.end.max(range.end),
            _ => merged.push((range, kind)),
        }
    }
    merged
}

/// `range` and one of the spaces around it, where cutting it out would leave two in a row or one at an end.
fn with_spare_space(text: &str, range: Range<usize>) -> Range<usize> {
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    match (before.filter(|c| c.is_whitespace()), after.filter(|c| c.is_whitespace())) {
        (_, Some(space)) if before.is_none_or(char::is_whitespace) => {
            range.start..range.end + space.len_utf8()
        }
        (Some(space), None) if after.is_none() => range.start - space.len_utf8()..range.end,
        _ => range,
    }
}
