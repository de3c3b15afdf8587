//! Explains why rows of digits that may be meant as phone numbers are not found.

use std::ops::Range;

use super::regions::Regions;
use super::shape::{self, MAX_DIGITS, Row, is_other_number};
use super::words_around::{OTHER_LABELS, ends_in_code, follows_phone_label, has_unit_after, is_other_label};
use super::{Country, Format, MIN_DIGITS, Start, is_sample, plan};
use crate::detect::pii::context::is_labelled_before;
use crate::detect::pii::neighbours::is_delimited;
use crate::detect::pii::other_numbers::is_named;

/// Returns the rows of digits in `text` that may be meant as phone numbers but are not, each with the reason.
pub(in crate::detect::pii) fn near_misses(
    text: &str,
    regions: Option<&Regions>,
) -> Vec<(Range<usize>, String)> {
    let near = |row: &Row| {
        let digits: String = row.iter().map(|group| &text[group.clone()]).collect();
        let start = Start::of(text, row, 0);
        let range = start.at..row[row.len() - 1].end;
        (digits.len() <= MAX_DIGITS)
            .then(|| (range.clone(), why(text, row, &start, &digits, &range, regions)))
    };
    shape::rows(text, MIN_DIGITS).iter().filter_map(near).collect()
}

fn why(
    text: &str,
    row: &Row,
    start: &Start,
    digits: &str,
    range: &Range<usize>,
    regions: Option<&Regions>,
) -> String {
    let plus = text[start.at..].trim_start_matches('(').starts_with('+');
    if is_sample(digits, start.format) {
        return "it is a sample number".to_owned();
    }
    if is_other_number(text, row, plus || follows_phone_label(&text[..start.at])) {
        return "it has the format of a date, a version or an amount".to_owned();
    }
    if !plus && !is_delimited(text, range) {
        return "it is part of a longer number or word".to_owned();
    }
    let before = &text[..start.at];
    let named = row.len() == 1
        && (is_labelled_before(text, start.at, OTHER_LABELS)
            || is_other_label(before)
            || has_unit_after(&text[range.end..]));
    if !plus && (named || ends_in_code(before) || is_named(text, start.at)) {
        return "the words next to it name another number".to_owned();
    }
    let Some(Regions(countries)) = regions else {
        return if start.format == Format::National {
            "without a country code it is found only with a `region`".to_owned()
        } else {
            NO_SUCH_NUMBER.to_owned()
        };
    };
    let is_american =
        if plus { digits.starts_with('1') } else { countries.iter().any(Country::is_north_american) };
    let area = if is_american { plan::unassigned_area(digits) } else { None };
    area.map_or_else(|| NO_SUCH_NUMBER.to_owned(), |area| format!("area code {area} is not assigned"))
}

const NO_SUCH_NUMBER: &str = "the numbering plan has no such number";
