//! Recognizes dates, which have the same digits and separators as phone numbers.

use std::ops::Range;

use super::super::checks::is_day;

/// Returns whether the digit groups `row` of `text` start with a date or a date range, in groups or in one piece.
pub(super) fn starts_with_date(text: &str, row: &[Range<usize>]) -> bool {
    date_len(text, row).is_some()
}

/// Returns the number of groups of the date that `row` starts with, or of the first date of a range.
pub(super) fn date_len(text: &str, row: &[Range<usize>]) -> Option<usize> {
    let gap = |at: usize| &text[row[at].end..row[at + 1].start];
    let sizes: Vec<_> = row.iter().map(ExactSizeIterator::len).collect();
    let digits = |at: usize| &text[row[at].clone()];
    let same_separator = row.len() > 2 && matches!(gap(0), "-" | "." | "/" | " ") && gap(0) == gap(1);
    // After a year, a number in one piece is a serial number, as in `INV-2026-081234`.
    let is_serial = || matches!(gap(0), "-" | "/" | "_");
    match sizes[..] {
        [8 | 10 | 12 | 14, ..] if is_timestamp(digits(0)) => Some(1),
        [4, 1 | 2, 1 | 2, ..] if same_separator && is_year(digits(0)) => {
            is_day_of_month(digits(2), digits(1)).then_some(3)
        }
        [4, 4, ..] if is_year(digits(0)) && is_year(digits(1)) => Some(2),
        [4, 4] if is_year(digits(0)) && is_serial() => {
            is_day_and_month(&digits(1)[2..], &digits(1)[..2]).then_some(2)
        }
        [4, 3 | 5 | 6] if is_year(digits(0)) && is_serial() => Some(2),
        [4, 4, 2] if same_separator && is_year(digits(0)) => {
            is_day_of_month(&digits(1)[2..], &digits(1)[..2]).then_some(2)
        }
        [1 | 2, 1 | 2, 2] if same_separator => is_day_and_month(digits(0), digits(1)).then_some(3),
        // Something else follows the date, such as a time.
        [1 | 2, 1 | 2, 2, ..] if same_separator && gap(0) != " " && gap(2).starts_with(' ') => {
            is_day_and_month(digits(0), digits(1)).then_some(3)
        }
        [1 | 2, 1 | 2, 4, ..] if same_separator && is_year(digits(2)) => {
            is_day_and_month(digits(0), digits(1)).then_some(3)
        }
        // A date has at most three groups.
        _ => (1..row.len().min(4)).find(|middle| is_range(text, row, *middle)),
    }
}

/// Returns whether `row` starts with a span of hours such as `08.00-12.00`.
pub(super) fn starts_with_opening_hours(text: &str, row: &[Range<usize>]) -> bool {
    let gap = |at: usize| text[row[at].end..row[at + 1].start].trim_matches(' ');
    let below = |at: usize, end: u8| text[row[at].clone()].parse::<u8>().is_ok_and(|value| value < end);
    let is_time = |at: usize| {
        row[at].len() <= 2 && row[at + 1].len() == 2 && below(at, 25) && below(at + 1, 60) && gap(at) == "."
    };
    row.len() >= 4 && is_time(0) && gap(1) == "-" && is_time(2)
}

/// Returns whether `row` is a date range whose second date starts at group `middle`, such as `01.05.-13.05.2026`.
fn is_range(text: &str, row: &[Range<usize>], middle: usize) -> bool {
    let gap = |at: usize| text[row[at - 1].end..row[at].start].trim_matches([' ', '.']);
    let has_date_separators = |groups: Range<usize>| {
        (groups.start + 1..groups.end)
            .all(|at| matches!(&text[row[at - 1].end..row[at].start], "." | "/" | "-" | ". "))
    };
    let is_partial_date_at = |groups: Range<usize>| {
        let digits: Vec<_> = row[groups.clone()].iter().map(|group| &text[group.clone()]).collect();
        has_date_separators(groups) && is_partial_date(&digits)
    };
    // The separator between the two dates does not occur within the first.
    let is_separated = matches!(gap(middle), "-" | "/") && (1..middle).all(|at| gap(at) != gap(middle));
    is_separated
        && is_partial_date_at(0..middle)
        && (middle + 1..=row.len().min(middle + 3))
            .any(|end| middle.max(end - middle) > 1 && is_partial_date_at(middle..end))
}

/// Returns whether `groups` are a date, or the day or the day and month of one, as in the first date of a range.
fn is_partial_date(groups: &[&str]) -> bool {
    match groups {
        [day] => day.len() <= 2 && is_day_of_month(day, "1"),
        [day, month] => is_day_and_month(day, month),
        [year, month, day] if year.len() == 4 => is_year(year) && is_day_of_month(day, month),
        [day, month, year] => is_day_and_month(day, month) && (year.len() == 2 || is_year(year)),
        _ => false,
    }
}

/// Returns whether `digits` start with a year, month and day in one piece, as in a timestamp.
fn is_timestamp(digits: &str) -> bool {
    is_year(&digits[..4]) && is_day_of_month(&digits[6..8], &digits[4..6])
}

/// Returns whether `digits` are a year of the 20th or 21st century.
fn is_year(digits: &str) -> bool {
    digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
}

/// Returns whether `one` and `other` are a day and a month, in either order.
fn is_day_and_month(one: &str, other: &str) -> bool {
    is_day_of_month(one, other) || is_day_of_month(other, one)
}

fn is_day_of_month(day: &str, month: &str) -> bool {
    let values = |digits: &str| digits.bytes().map(|byte| byte - b'0').collect::<Vec<_>>();
    day.len() <= 2 && month.len() <= 2 && is_day(&values(month), &values(day))
}

#[cfg(test)]
mod tests {
    use super::super::shape::rows;
    use super::*;

    #[test]
    fn recognizes_dates() {
        for (text, expected) in [
            ("20260812-09", true),
            ("2026081209", true),
            ("20260812", true),
            ("2026-08-12 10", true),
            ("12.8.2026 10", true),
            ("2026-0812-09", true),
            ("1979-2011", true),
            ("01.05.-13.05.", true),
            ("01.05.-13.05.2026 10", true),
            ("1. - 13.05.2026", true),
            ("01.05.2026/13.05.2026", true),
            ("01/05-13/05/2026", true),
            ("2026/08/12-2026/08/15", true),
            ("06.12.34.56.78", false),
            ("01.02.03.04.05", false),
            ("13.05.26 10.30", true),
            ("2026-081234", true),
            ("2026_0812", true),
            ("2026 0812", false),
            ("030/1234-567", false),
            ("415-555-2671", false),
            ("20/2345-6789", false),
            ("2045671209", false),
        ] {
            assert_eq!(starts_with_date(text, &rows(text, 1)[0]), expected, "{text}");
        }
    }
}
