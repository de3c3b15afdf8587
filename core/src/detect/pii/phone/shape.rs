//! Splits text into rows of digit groups, and distinguishes phone numbers from dates, amounts and versions by their grouping.

use std::ops::Range;

use super::dates::{starts_with_date, starts_with_opening_hours};

/// The maximum number of digits of a dialled number: 15 (ITU-T E.164), and an international call prefix of three.
pub(super) const MAX_DIGITS: usize = 18;

/// Groups of digits with only separators between them.
pub(super) type Row = Vec<Range<usize>>;

/// Returns the rows in `text` that have at least `min_digits` digits.
pub(super) fn rows(text: &str, min_digits: usize) -> Vec<Row> {
    let (mut rows, mut row): (Vec<Row>, Row) = (Vec::new(), Vec::new());
    for group in groups(text) {
        if row.last().is_some_and(|last| !is_separator(&text[last.end..group.start])) {
            rows.push(std::mem::take(&mut row));
        }
        row.push(group);
    }
    rows.push(row);
    rows.retain(|row| row.iter().map(ExactSizeIterator::len).sum::<usize>() >= min_digits);
    rows
}

/// Returns the runs of digits in `text`.
fn groups(text: &str) -> Vec<Range<usize>> {
    let (mut groups, mut start) = (Vec::new(), None);
    for (at, byte) in text.bytes().chain([0]).enumerate() {
        match (byte.is_ascii_digit(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                groups.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    groups
}

/// Returns whether `gap` may separate the digit groups of a phone number.
fn is_separator(gap: &str) -> bool {
    let signs = gap.bytes().filter(|byte| *byte != b' ').count();
    let is_allowed = |byte| matches!(byte, b' ' | b'-' | b'.' | b'/' | b'(' | b')' | b'_' | b'~' | b'*');
    gap.len() <= 5 && signs <= 3 && gap.bytes().all(is_allowed)
}

/// Returns whether one number may end and another start at `gap`: it contains a space or slash, and no separator that binds more tightly.
pub(super) fn may_split(gap: &str) -> bool {
    gap.contains([' ', '/']) && !gap.contains(['-', '.', '_', '~', '*', ')'])
}

/// Returns whether `groups` are a usual grouping of a phone number. One group is. Of several, only the first may have a single
/// digit, and it has fewer than seven; the last is one of the longest, has at least four digits, has as many as the others after
/// the first, or has two after three or more groups.
pub(super) fn is_usual(groups: &[Range<usize>]) -> bool {
    let sizes: Vec<_> = groups.iter().map(ExactSizeIterator::len).collect();
    let (last, longest) = (sizes[sizes.len() - 1], sizes.iter().copied().max().unwrap_or_default());
    sizes[1..].iter().all(|size| *size > 1)
        && (sizes.len() == 1
            || last == longest
            || last >= 4
            || last == 3 && sizes.len() > 2 && sizes[1..].iter().all(|size| *size == 3)
            || last == 2 && sizes.len() > 3)
        && sizes[0] < 7
        || sizes.len() == 1
}

/// Returns whether `groups` of `text` have the North American format: `(415) 555-2671`, `415-555-2671`, `415.555.2671`.
pub(super) fn has_north_american_format(text: &str, groups: &[Range<usize>]) -> bool {
    let sizes: Vec<_> = groups.iter().map(ExactSizeIterator::len).collect();
    let signs = &text[groups[0].start..groups[groups.len() - 1].end];
    matches!(sizes[..], [3, 3, 4] | [1, 3, 3, 4]) && signs.contains(['-', '.', ')'])
}

/// Returns whether `row` of `text` is a date, an IP address, an amount, a decimal fraction or a version rather than a phone number.
///
/// If a plus sign or a label is before it (`is_marked`), dots may separate the groups of a phone number.
pub(super) fn is_other_number(text: &str, row: &[Range<usize>], is_marked: bool) -> bool {
    let gap = |at: usize| &text[row[at].end..row[at + 1].start];
    let sizes: Vec<_> = row.iter().map(ExactSizeIterator::len).collect();
    let value = |at: usize| text[row[at].clone()].parse::<u32>().unwrap_or(u32::MAX);
    let all_gaps_are = |separator: &str| (0..row.len() - 1).all(|at| gap(at) == separator);
    let ip_address = sizes.len() == 4
        && all_gaps_are(".")
        && (0..4).all(|at| value(at) < 256)
        && sizes.iter().all(|size| *size <= 3);
    let amount =
        row.len() > 1 && all_gaps_are(".") && sizes[0] <= 3 && sizes[1..].iter().all(|size| *size == 3);
    let fraction = row.len() == 2 && all_gaps_are(".") && !text[row[0].clone()].starts_with('0');
    // Domain registries write the country code, a dot, and the rest in one piece (EPP, RFC 5733).
    let has_epp_groups = match sizes[..] {
        [1, 10] => matches!(value(0), 1 | 7),
        [2 | 3, rest] => rest >= 8,
        _ => row.len() > 2,
    };
    let dotted = is_marked && all_gaps_are(".") && has_epp_groups;
    // A dot next to a single digit indicates a version or an amount.
    let version = (0..row.len() - 1)
        .any(|at| gap(at).contains('.') && (sizes[at] == 1 || sizes[at + 1] == 1))
        && sizes.iter().any(|size| *size > 1);
    let row_text = &text[row[0].start..row[row.len() - 1].end];
    let has_open_bracket = row_text.matches('(').count() > row_text.matches(')').count();
    // After a plus sign or a label, digits in one piece are not a timestamp.
    starts_with_date(text, row) && !(is_marked && row.len() == 1)
        || starts_with_opening_hours(text, row)
        || (ip_address || amount || fraction || version) && !dotted
        || has_open_bracket
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recognizes_other_numbers() {
        for (text, expected) in [
            ("2026-11-20", true),
            ("2026-11-20 10", true),
            ("20/11/2026", true),
            ("11.20.26", true),
            ("192.168.100.200", true),
            ("1.234.567.890", true),
            ("3.14159265", true),
            ("1979-2011 100", true),
            ("0.8.15 (20100403", true),
            ("0.2 1.8 426404", true),
            ("415.555.2671", false),
            ("06 12 34 56 78", false),
            ("03.93.92.16.85", false),
            ("030.1234567", false),
        ] {
            assert_eq!(is_other_number(text, &rows(text, 1)[0], false), expected, "{text}");
        }
    }

    #[test]
    fn separators_join_groups_into_rows() {
        assert_eq!(rows("call 415-555 (26) 71, or 12", 1).iter().map(Vec::len).collect::<Vec<_>>(), [4, 1]);
    }
}
