//! Groups of digits in a row, and what they look like: a number that somebody dials, or a date, a price, a version.

use std::ops::Range;

use super::dates::is_dated;

/// The most digits that anything has that is dialled: fifteen, and what is dialled before them to leave a country.
pub(super) const MOST_DIGITS: usize = 18;

/// Groups of digits with nothing but separators between them.
pub(super) type Row = Vec<Range<usize>>;

/// The rows in `text` that have at least `fewest` digits.
pub(super) fn rows(text: &str, fewest: usize) -> Vec<Row> {
    let (mut rows, mut row): (Vec<Row>, Row) = (Vec::new(), Vec::new());
    for group in groups(text) {
        if row.last().is_some_and(|last| !separates(&text[last.end..group.start])) {
            rows.push(std::mem::take(&mut row));
        }
        row.push(group);
    }
    rows.push(row);
    rows.retain(|row| row.iter().map(ExactSizeIterator::len).sum::<usize>() >= fewest);
    rows
}

/// The runs of digits in `text`.
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

/// Whether people put `gap` between groups of a number that they dial.
fn separates(gap: &str) -> bool {
    let signs = gap.bytes().filter(|byte| *byte != b' ').count();
    let known = |byte| matches!(byte, b' ' | b'-' | b'.' | b'/' | b'(' | b')' | b'_' | b'~' | b'*');
    gap.len() <= 5 && signs <= 3 && gap.bytes().all(known)
}

/// Whether a number may begin or end at `gap`, which stands between two groups: not in the middle of what belongs together.
pub(super) fn parts(gap: &str) -> bool {
    gap.contains([' ', '/']) && !gap.contains(['-', '.', '_', '~', '*', ')'])
}

/// Whether people group the digits of a number like `groups`: none but the first is of one digit, and the last is one of the longest
/// or all are of two.
pub(super) fn is_usual(groups: &[Range<usize>]) -> bool {
    let sizes: Vec<_> = groups.iter().map(ExactSizeIterator::len).collect();
    let (last, longest) = (sizes[sizes.len() - 1], sizes.iter().copied().max().unwrap_or_default());
    sizes[1..].iter().all(|size| *size > 1)
        && (sizes.len() == 1 || last == longest || last >= 4 || last == 2 && sizes.len() > 3)
        && sizes[0] < 7
        || sizes.len() == 1
}

/// Whether `groups` of `text` are written as numbers of North America are: `(415) 555-2671`, `415-555-2671`, `415.555.2671`.
pub(super) fn is_north_american(text: &str, groups: &[Range<usize>]) -> bool {
    let sizes: Vec<_> = groups.iter().map(ExactSizeIterator::len).collect();
    let signs = &text[groups[0].start..groups[groups.len() - 1].end];
    matches!(sizes[..], [3, 3, 4] | [1, 3, 3, 4]) && signs.contains(['-', '.', ')'])
}

/// Whether `row` of `text` is something else that is written with digits and separators. With a plus before it, stops in it
/// stand for nothing else.
pub(super) fn is_something_else(text: &str, row: &[Range<usize>], plus: bool) -> bool {
    let gap = |at: usize| &text[row[at].end..row[at + 1].start];
    let sizes: Vec<_> = row.iter().map(ExactSizeIterator::len).collect();
    let value = |at: usize| text[row[at].clone()].parse::<u32>().unwrap_or(u32::MAX);
    let all = |sign: &str| (0..row.len() - 1).all(|at| gap(at) == sign);
    let address = sizes.len() == 4
        && all(".")
        && (0..4).all(|at| value(at) < 256)
        && sizes.iter().all(|size| *size <= 3);
    let amount = row.len() > 1 && all(".") && sizes[0] <= 3 && sizes[1..].iter().all(|size| *size == 3);
    let fraction = row.len() == 2 && all(".") && !text[row[0].clone()].starts_with('0');
    // Registries of domains write the code of the country, a stop, and the rest in one piece (EPP, RFC 5733).
    let registered = match sizes[..] {
        [1, 10] => matches!(value(0), 1 | 7),
        [2 | 3, rest] => rest >= 8,
        _ => row.len() > 2,
    };
    let dotted = plus && all(".") && registered;
    // A stop beside a single digit is of a version or of an amount.
    let version = (0..row.len() - 1)
        .any(|at| gap(at).contains('.') && (sizes[at] == 1 || sizes[at + 1] == 1))
        && sizes.iter().any(|size| *size > 1);
    let inside = &text[row[0].start..row[row.len() - 1].end];
    let open = inside.matches('(').count() > inside.matches(')').count();
    is_dated(text, row) || address || (amount || fraction || version) && !dotted || open
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_something_else() {
        for (text, other) in [
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
            assert_eq!(is_something_else(text, &rows(text, 1)[0], false), other, "{text}");
        }
    }

    #[test]
    fn rows_of_groups() {
        assert_eq!(rows("call 415-555 (26) 71, or 12", 1).iter().map(Vec::len).collect::<Vec<_>>(), [4, 1]);
    }
}
