//! Finds phone numbers by the numbering plans of their countries.
//!
//! Candidates are found by their grouping, and only candidates are checked against a numbering plan. Each check is charged to the
//! budget, and even a text of only digits has few places where a number can start.

mod areas;
mod dates;
mod fiction;
#[cfg(test)]
#[cfg(feature = "libphonenumber")]
mod library;
#[cfg(test)]
mod made;
mod near_misses;
mod number;
mod pattern;
mod plan;
mod plans;
mod regions;
mod shape;
mod spoken_digits;
mod words_around;

use std::ops::Range;

pub(super) use self::near_misses::near_misses;
use self::number::Number;
use self::plan::Country;
pub(super) use self::regions::{Regions, check_country};
use self::shape::{MAX_DIGITS, Row, is_other_number, is_usual, may_split};
use self::spoken_digits::Digits;
use self::words_around::OTHER_LABELS;
use super::context::is_labelled_before;
use super::neighbours;
use crate::detect::{Budget, Exhausted};

/// The cost of checking a number against one numbering plan, in units of [`Budget`], measured and rounded up.
const COST: u64 = 2_000;

/// The minimum number of digits of a phone number.
const MIN_DIGITS: usize = 7;

/// The maximum number of end positions that are tried for each start of a number.
const MAX_TRIES: usize = 4;

/// Limits of 32-bit integers. 2147483647 is also a valid phone number in Texas.
const INTEGER_LIMITS: &[&str] = &["2147483647", "2147483648", "4294967295", "4294967296"];

/// Finds the phone numbers in `text`, in digits or in words.
pub(super) fn find(
    text: &str,
    regions: Option<&Regions>,
    budget: &mut Budget,
) -> Result<Vec<Range<usize>>, Exhausted> {
    let mut found = find_digits(text, regions, budget)?;
    if let Some(digits) = Digits::of(text) {
        let spelled = find_digits(&digits.text, regions, budget)?;
        found.extend(spelled.iter().filter_map(|range| digits.origin(range)));
    }
    Ok(found)
}

/// Finds the phone numbers in `text` that are written in digits.
fn find_digits(
    text: &str,
    regions: Option<&Regions>,
    budget: &mut Budget,
) -> Result<Vec<Range<usize>>, Exhausted> {
    let mut found = Vec::new();
    for row in shape::rows(text, MIN_DIGITS) {
        // A row of single digits is one number or none.
        let digit_by_digit = row.len() > MIN_DIGITS && row.iter().all(|group| group.len() == 1);
        let (mut at, last) = (0, if digit_by_digit { 1 } else { row.len() });
        while at < last {
            match number_at(text, &row, at, regions, budget)? {
                Some((next, range)) => {
                    found.push(range);
                    at = next;
                }
                // A phone number does not start within a date.
                None => at += dates::date_len(text, &row[at..]).unwrap_or(1),
            }
        }
    }
    Ok(found)
}

/// Returns the longest number that starts with group `at` of `row`: the index of the group after it, and its range.
fn number_at(
    text: &str,
    row: &Row,
    at: usize,
    regions: Option<&Regions>,
    budget: &mut Budget,
) -> Result<Option<(usize, Range<usize>)>, Exhausted> {
    let start = Start::of(text, row, at);
    let number = number_from(&start, text, row, at, regions, budget)?;
    if number.is_none() && start.format == Format::SpacedPlus {
        // The plus sign may be a bullet in a list.
        let start = Start { at: row[at].start, format: Format::National };
        return number_from(&start, text, row, at, regions, budget);
    }
    Ok(number)
}

/// Returns the longest number with the given start, like [`number_at`].
fn number_from(
    start: &Start,
    text: &str,
    row: &Row,
    at: usize,
    regions: Option<&Regions>,
    budget: &mut Budget,
) -> Result<Option<(usize, Range<usize>)>, Exhausted> {
    if regions.is_none() && start.format == Format::National {
        return Ok(None);
    }
    let mut tries = 0;
    for end in possible_ends(text, row, at) {
        let groups = &row[at..end];
        let dialled = start.at..groups[groups.len() - 1].end;
        // Within a row, the groups before and after the number are other numbers.
        let delimited_before = at > 0 || start.is_delimited_before(text, &dialled);
        let with_extension = with_extension(text, &dialled);
        let delimited_after =
            end < row.len() || with_extension.is_some() || neighbours::is_delimited_after(text, &dialled);
        let is_amount = start.format == Format::National && groups.len() == 1 && is_amount(text, &dialled);
        if !delimited_before || !delimited_after || is_amount {
            continue;
        }
        let mut range = with_extension.unwrap_or(dialled);
        if text[range.clone()].starts_with('(') && !text[range.clone()].contains(')') {
            range.start += 1;
        }
        // In a longer row, the groups must also have a usual grouping.
        let is_part_of_row = at > 0 || end < row.len();
        let plus = text[start.at..].trim_start_matches('(').starts_with('+');
        let is_marked = plus || words_around::follows_phone_label(&text[..start.at]);
        if is_other_number(text, groups, is_marked)
            || is_part_of_row && start.format == Format::National && !is_usual(groups)
        {
            continue;
        }
        tries += 1;
        if tries > MAX_TRIES {
            break;
        }
        let digits: String = groups.iter().map(|group| &text[group.clone()]).collect();
        if is_valid_number(text, start, &digits, groups, regions, budget)? {
            let last = groups.len() - 1;
            return Ok(Some(match with_other_end(text, &row[at + last..]) {
                Some(other) if range.end == groups[last].end => (end + 1, range.start..other),
                _ => (end, range),
            }));
        }
    }
    Ok(None)
}

/// The format that a number is dialled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    /// With a country code after `+`, or after `00`, the usual international call prefix.
    International,
    /// With a country code after `+` and a space, which may also be a sum.
    SpacedPlus,
    National,
}

/// The start of a number, which includes the characters that belong to it before its first digit.
struct Start {
    at: usize,
    format: Format,
}

impl Start {
    /// Returns the start of a number whose first digits are group `at` of `row`.
    fn of(text: &str, row: &Row, at: usize) -> Self {
        let group = &row[at];
        let before = text[..group.start].trim_end_matches('(');
        let plus = before.ends_with('+');
        let before = before.trim_end_matches('+');
        let before = if plus { before.strip_suffix('(').unwrap_or(before) } else { &text[..before.len()] };
        let is_international = plus || text[group.start..].starts_with("00") && group.len() > 2;
        if let Some(at) = (!is_international).then(|| spaced_plus(&text[..group.start])).flatten() {
            return Self { at, format: Format::SpacedPlus };
        }
        let format = if is_international { Format::International } else { Format::National };
        Self { at: before.len(), format }
    }

    /// Returns whether the text before `range`, which starts here, does not belong to the number there.
    fn is_delimited_before(&self, text: &str, range: &Range<usize>) -> bool {
        let before = &text[..self.at];
        // A bracket separates it from a name, as in `Ann(415-555-2671)`.
        if text[self.at..].starts_with('(') && before.ends_with(char::is_alphabetic) {
            return true;
        }
        if !text[range.clone()].trim_start_matches('(').starts_with('+') {
            return neighbours::is_delimited_before(text, range);
        }
        // A plus starts a number after a word boundary or after digits that may be another phone number.
        let digits_before = before
            .chars()
            .rev()
            .take(MAX_DIGITS + 8)
            .take_while(|c| matches!(c, '0'..='9' | ' ' | '-' | '.' | '(' | ')'));
        neighbours::is_word_start(before) || digits_before.filter(char::is_ascii_digit).count() >= MIN_DIGITS
    }
}

/// Returns the position of the plus sign at the end of `before` that a space follows, unless it adds to a number before it.
fn spaced_plus(before: &str) -> Option<usize> {
    let rest = before.strip_suffix("+ ")?;
    let is_sum = rest.trim_end().ends_with(|c: char| c.is_numeric() || matches!(c, ')' | ']' | '+'));
    let is_variable = || {
        let word = rest.trim_end().rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        word.len() == 1
    };
    let is_glued = !neighbours::is_word_start(rest);
    let at = rest.strip_suffix('(').unwrap_or(rest).len();
    (!is_sum && !is_glued && !is_variable()).then_some(at)
}

/// Returns the possible ends (exclusive group indices) of a number that starts with group `at` of `row`, the longest first.
fn possible_ends<'t>(text: &'t str, row: &'t Row, at: usize) -> impl Iterator<Item = usize> + 't {
    let mut digits = 0;
    let within_limit = row[at..].iter().take_while(|group| {
        digits += group.len();
        digits <= MAX_DIGITS
    });
    let last_end = at + within_limit.count();
    let may_end = move |end: &usize| {
        let count: usize = row[at..*end].iter().map(ExactSizeIterator::len).sum();
        count >= MIN_DIGITS && is_separate_in_row(text, row, &(at..*end))
    };
    (at + 1..=last_end).rev().filter(may_end)
}

/// Returns whether `groups` of `row` may be a number of their own: the gaps around them do not occur within numbers, or the groups
/// before and after them have the same sizes.
fn is_separate_in_row(text: &str, row: &Row, groups: &Range<usize>) -> bool {
    let has_same_sizes = |other: Option<&[Range<usize>]>| {
        other.is_some_and(|other| {
            other
                .iter()
                .map(ExactSizeIterator::len)
                .eq(row[groups.clone()].iter().map(ExactSizeIterator::len))
        })
    };
    let gap = |at: usize| &text[row[at - 1].end..row[at].start];
    let number = &text[row[groups.start].start..row[groups.end - 1].end];
    // A slash follows the area code, as in `030/90 18 20`, or is between all groups. Otherwise it separates two numbers.
    let is_slash = |at: usize| gap(at).trim_matches(' ') == "/";
    // A country code, and a trunk prefix in brackets, may be before the area code: `+49 (0)30/901820`.
    let is_international = text[..row[groups.start].start].trim_end_matches('(').ends_with('+')
        || text[row[groups.start].clone()].starts_with("00");
    let first = groups.start + 1;
    let after_area_code = first + if is_international { 3 } else { 1 };
    let has_one = (first..groups.end).filter(|at| is_slash(*at)).count() == 1;
    let is_after_area_code = has_one && (first..after_area_code.min(groups.end)).any(is_slash);
    if (first..groups.end).any(is_slash) && !is_after_area_code && !(first..groups.end).all(is_slash) {
        return false;
    }
    // These characters may be Markdown emphasis or part of an identifier, unless they also occur within the number.
    let is_markup = |gap: &str| matches!(gap, "_" | "~" | "*") && !number.contains(gap);
    let separate_before = groups.start == 0
        || may_split(gap(groups.start))
        || is_markup(gap(groups.start))
        || is_after_list_number(text, row, groups.start)
        || has_same_sizes(groups.start.checked_sub(groups.len()).map(|start| &row[start..groups.start]));
    let separate_after = groups.end == row.len()
        || may_split(gap(groups.end))
        || is_markup(gap(groups.end))
        || has_same_sizes(row.get(groups.end..groups.end + groups.len()));
    separate_before && separate_after
}

/// Returns whether the gap before group `at` of `row` follows the number of a list item (`1. `, `2) `) or ends a sentence.
fn is_after_list_number(text: &str, row: &Row, at: usize) -> bool {
    let gap = &text[row[at - 1].end..row[at].start];
    let has_open_bracket = text[..row[at - 1].end].ends_with(|c: char| c.is_ascii_digit())
        && text[..row[at - 1].start].ends_with('(');
    gap.starts_with(". ") || gap.starts_with(") ") && !has_open_bracket
}

/// Returns the end of the digits after the first of `groups` that replace its last ones, as in `555-2671/72` for two lines.
fn with_other_end(text: &str, groups: &[Range<usize>]) -> Option<usize> {
    let [last, other] = groups else { return None };
    let is_other_end = text[last.end..other.start].trim_matches(' ') == "/"
        && (2..=last.len().min(4)).contains(&other.len())
        && neighbours::is_delimited_after(text, &(last.start..other.end));
    is_other_end.then_some(other.end)
}

/// Returns `range` with the phone extension after it, if there is one.
fn with_extension(text: &str, range: &Range<usize>) -> Option<Range<usize>> {
    const LABELS: [&str; 8] = ["extension", "extn", "ext", "x", "#", "~", "durchwahl", "poste"];
    let rest = text[range.end..].trim_start_matches([' ', ',', ';']);
    let is_label =
        |label: &&&str| rest.get(..label.len()).is_some_and(|start| start.eq_ignore_ascii_case(label));
    let label = LABELS.iter().find(is_label)?;
    let inner = rest[label.len()..].trim_start_matches(['.', ':', ' ']);
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let start = text.len() - inner.len();
    let is_extension =
        (1..=7).contains(&digits) && neighbours::is_delimited_after(text, &(start..start + digits));
    is_extension.then(|| range.start..start + digits)
}

/// Returns whether the digits at `range` of `text` are an amount of money or the local part of an e-mail address. The same currency
/// sign on both sides is used like brackets and does not make an amount.
fn is_amount(text: &str, range: &Range<usize>) -> bool {
    const CURRENCIES: [char; 4] = ['$', '€', '£', '¥'];
    let before = text[..range.start].chars().next_back().filter(|c| CURRENCIES.contains(c));
    let after = text[range.end..].chars().next().filter(|c| CURRENCIES.contains(c));
    let is_local_part =
        text[range.end..].strip_prefix('@').is_some_and(|host| host.starts_with(char::is_alphanumeric));
    before != after || is_local_part
}

/// Returns whether `digits` are a sample: a repeated digit, a sequence of all digits, or the limit of an integer.
fn is_filler(digits: &str) -> bool {
    INTEGER_LIMITS.contains(&digits)
        || digits.as_bytes().windows(2).skip(1).all(|pair| pair[0] == pair[1])
        || matches!(digits, "1234567890" | "0123456789" | "12345678" | "123456789")
}

/// Returns whether `digits` are a sample, also after a trunk prefix or country code.
fn is_sample(digits: &str, format: Format) -> bool {
    if is_filler(digits) {
        return true;
    }
    if format == Format::National {
        return is_long_filler(digits.trim_start_matches('0'));
    }
    Number::international(digits.trim_start_matches("00")).is_some_and(|number| {
        let national = number.national();
        if number.has_trunk_prefix() { is_long_filler(national) } else { is_filler(national) }
    })
}

/// Returns whether `digits` are a sample of at least nine digits. Shorter ones may be numbers after a trunk prefix.
fn is_long_filler(digits: &str) -> bool {
    digits.len() >= 9 && is_filler(digits)
}

/// Returns whether `digits`, written as `groups` of `text`, are a valid number of the region or an international number.
fn is_valid_number(
    text: &str,
    start: &Start,
    digits: &str,
    groups: &[Range<usize>],
    regions: Option<&Regions>,
    budget: &mut Budget,
) -> Result<bool, Exhausted> {
    if start.format != Format::National {
        budget.spend(COST)?;
    }
    if is_sample(digits, start.format) {
        return Ok(false);
    }
    if start.format == Format::International {
        let international = digits.trim_start_matches("00");
        budget.spend(COST)?;
        if international.len() <= 16 && plan::is_international(international) {
            return Ok(true);
        }
    }
    if start.format == Format::SpacedPlus {
        budget.spend(COST)?;
        return Ok(digits.len() >= 10 && plan::is_assigned_international(digits));
    }
    let Some(Regions(countries)) = regions else { return Ok(false) };
    let one_piece = groups.len() == 1 && groups[0].start == start.at;
    let is_quantity = || words_around::has_unit_after(&text[groups[groups.len() - 1].end..]);
    if one_piece
        && (is_labelled_before(text, start.at, OTHER_LABELS)
            || words_around::is_other_label(&text[..start.at])
            || is_quantity())
    {
        return Ok(false);
    }
    let has_north_american_format = shape::has_north_american_format(text, groups);
    if !has_north_american_format && words_around::ends_in_code(&text[..start.at]) {
        return Ok(false);
    }
    if has_north_american_format
        && plan::has_north_american_structure(digits)
        && countries.iter().any(Country::is_north_american)
    {
        return Ok(true);
    }
    for country in countries.iter().filter(|country| country.may_be_valid(digits, one_piece)) {
        budget.spend(COST)?;
        if country.is_valid(digits) {
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests;
