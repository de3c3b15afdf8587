//! Dates, which are written with the digits and separators of numbers that somebody dials.

use std::ops::Range;

use super::super::checks::is_day;

/// Whether `row` of `text` begins with a date, in groups or in one piece, or with two of them from one to the other.
pub(super) fn is_dated(text: &str, row: &[Range<usize>]) -> bool {
    let gap = |at: usize| &text[row[at].end..row[at + 1].start];
    let sizes: Vec<_> = row.iter().map(ExactSizeIterator::len).collect();
    let digits = |at: usize| &text[row[at].clone()];
    let same = row.len() > 2 && matches!(gap(0), "-" | "." | "/" | " ") && gap(0) == gap(1);
    match sizes[..] {
        [8 | 10 | 12 | 14, ..] if is_stamp(digits(0)) => true,
        [4, 1 | 2, 1 | 2, ..] if same && is_year(digits(0)) => is_day_of_month(digits(2), digits(1)),
        [4, 4, ..] if is_year(digits(0)) && is_year(digits(1)) => true,
        [4, 4, 2] if same && is_year(digits(0)) => is_day_of_month(&digits(1)[2..], &digits(1)[..2]),
        [1 | 2, 1 | 2, 2] if same => is_day_and_month(digits(0), digits(1)),
        [1 | 2, 1 | 2, 4, ..] if same && is_year(digits(2)) => is_day_and_month(digits(0), digits(1)),
        // A date has three groups at most.
        _ => (1..row.len().min(4)).any(|middle| is_range(text, row, middle)),
    }
}

/// Whether the groups of `row` before `middle` are a date, and some after it the date until then: `01.05.-13.05.2026`.
fn is_range(text: &str, row: &[Range<usize>], middle: usize) -> bool {
    let gap = |at: usize| text[row[at - 1].end..row[at].start].trim_matches([' ', '.']);
    let between = |groups: Range<usize>| {
        (groups.start + 1..groups.end)
            .all(|at| matches!(&text[row[at - 1].end..row[at].start], "." | "/" | "-" | ". "))
    };
    let date = |groups: Range<usize>| {
        let digits: Vec<_> = row[groups.clone()].iter().map(|group| &text[group.clone()]).collect();
        between(groups) && is_part_of_date(&digits)
    };
    // What stands between the two does not stand in them.
    let parts = matches!(gap(middle), "-" | "/") && (1..middle).all(|at| gap(at) != gap(middle));
    parts
        && date(0..middle)
        && (middle + 1..=row.len().min(middle + 3))
            .any(|end| middle.max(end - middle) > 1 && date(middle..end))
}

/// Whether `groups` are a date, or as much of one as the other date leaves to say.
fn is_part_of_date(groups: &[&str]) -> bool {
    match groups {
        [day] => day.len() <= 2 && is_day_of_month(day, "1"),
        [day, month] => is_day_and_month(day, month),
        [year, month, day] if year.len() == 4 => is_year(year) && is_day_of_month(day, month),
        [day, month, year] => is_day_and_month(day, month) && (year.len() == 2 || is_year(year)),
        _ => false,
    }
}

/// Whether `digits` begin with the year, month and day, and go on with a time perhaps.
fn is_stamp(digits: &str) -> bool {
    is_year(&digits[..4]) && is_day_of_month(&digits[6..8], &digits[4..6])
}

/// Whether `digits` are a year that people write of.
fn is_year(digits: &str) -> bool {
    digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
}

/// Whether `one` and `other` are a day and a month, in either order.
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
    fn dates() {
        for (text, dated) in [
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
            ("030/1234-567", false),
            ("415-555-2671", false),
            ("20/2345-6789", false),
            ("2045671209", false),
        ] {
            assert_eq!(is_dated(text, &rows(text, 1)[0]), dated, "{text}");
        }
    }
}
