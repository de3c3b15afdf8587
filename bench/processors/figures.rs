//! Figures for people: medians and ranges.

use std::fmt;
use std::time::Duration;

/// The median of several measurements, and the range that contains half of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Middle {
    pub median: f64,
    quarter: f64,
    three_quarters: f64,
}

impl Middle {
    /// Returns the middle of `values`, which must not be empty.
    pub(crate) fn of(values: impl IntoIterator<Item = f64>) -> Self {
        let sorted = sorted(values);
        let at = |percent| percentile(&sorted, percent);
        Self { median: at(50), quarter: at(25), three_quarters: at(75) }
    }
}

impl fmt::Display for Middle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { median, quarter, three_quarters } = *self;
        let digits = if median < 10.0 { 2 } else { 1 };
        if median >= 100.0 {
            return write!(f, "{median:.0} ({quarter:.0}–{three_quarters:.0})");
        }
        write!(f, "{median:.digits$} ({quarter:.digits$}–{three_quarters:.digits$})")
    }
}

/// Returns `values` in ascending order.
pub(crate) fn sorted(values: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    values
}

/// Returns the value that `percent` of `sorted` do not exceed.
pub(crate) fn percentile(sorted: &[f64], percent: usize) -> f64 {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted[rank - 1]
}

pub(crate) fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Formats a value with about three digits.
pub(crate) fn short(value: f64) -> String {
    match value {
        ..10.0 => format!("{value:.2}"),
        ..100.0 => format!("{value:.1}"),
        _ => format!("{value:.0}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_is_shown_with_what_half_of_the_values_are_within() {
        let check =
            |values: &[f64], shown: &str| assert_eq!(Middle::of(values.iter().copied()).to_string(), shown);
        check(&[3.0, 1.0, 2.0, 4.0, 100.0], "3.00 (2.00–4.00)");
        check(&[7.0], "7.00 (7.00–7.00)");
        check(&[12.34, 10.0, 50.0, 40.0], "12.3 (10.0–40.0)");
        check(&[120.4, 130.6], "120 (120–131)");
    }

    #[test]
    fn percentiles_are_values_that_were_measured() {
        let values = sorted((1..=200).rev().map(f64::from));
        let at = |percent| short(percentile(&values, percent));
        assert_eq!([at(1), at(50), at(99), at(100)], ["2.00", "100", "198", "200"]);
        assert_eq!(short(percentile(&[1.5], 1)), "1.50");
    }
}
