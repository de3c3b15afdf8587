//! Numbers of phones, by the numbering plans of the world.
//!
//! What could be one is found here, by how people write numbers, and only that is held against the plans: each look at them is
//! paid for, and a text of nothing but digits has few places where a number can begin.

mod areas;
mod plan;
mod regions;
mod shape;
mod words;

use std::ops::Range;

use self::plan::Country;
pub(super) use self::regions::Regions;
use self::shape::{MOST_DIGITS, Row, is_something_else, is_usual, parts};
use self::words::Digits;
use super::context::is_named_before;
use crate::detect::{Budget, Exhausted};
use crate::text::is_glued;

/// What a look at the plan of one country costs, in bytes looked at once: measured, and rounded up.
const COST: u64 = 4_000;

/// The fewest digits that anything has that is found.
const FEWEST_DIGITS: usize = 7;

/// How many ways to end a number that begins at one place are tried.
const TRIES: usize = 4;

/// What a long number is that is no phone, if one of these words stands before it.
const OTHER: &[&str] = &[
    "order",
    "invoice",
    "ticket",
    "case",
    "ref",
    "reference",
    "account",
    "acct",
    "tracking",
    "parcel",
    "item",
    "sku",
    "serial",
    "version",
    "build",
    "id",
    "uid",
    "pin",
    "code",
    "isbn",
    "issn",
    "ean",
    "part",
    "error",
    "line",
    "port",
    "pid",
    "commit",
    "bug",
    "issue",
    "rechnung",
    "bestellung",
    "auftrag",
    "commande",
    "pedido",
    "factura",
    "numero",
];

/// The greatest numbers that machines count to, one of which could be dialled in Texas.
const LIMITS: &[&str] = &["2147483647", "2147483648", "4294967295", "4294967296"];

/// The numbers of phones in `text`, in digits or in words.
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

/// The numbers of phones in `text` that are written in digits.
fn find_digits(
    text: &str,
    regions: Option<&Regions>,
    budget: &mut Budget,
) -> Result<Vec<Range<usize>>, Exhausted> {
    let mut found = Vec::new();
    for row in shape::rows(text, FEWEST_DIGITS) {
        // Digit by digit: all of them are one number, or none is.
        let spelled = row.len() > FEWEST_DIGITS && row.iter().all(|group| group.len() == 1);
        let (mut at, last) = (0, if spelled { 1 } else { row.len() });
        while at < last {
            match number_at(text, &row, at, regions, budget)? {
                Some((next, range)) => {
                    found.push(range);
                    at = next;
                }
                None => at += 1,
            }
        }
    }
    Ok(found)
}

/// The number that begins with group `at` of `row`: the group after it, and where it is. Of several, the longest.
fn number_at(
    text: &str,
    row: &Row,
    at: usize,
    regions: Option<&Regions>,
    budget: &mut Budget,
) -> Result<Option<(usize, Range<usize>)>, Exhausted> {
    let Some(start) = Start::of(text, row, at) else { return Ok(None) };
    if regions.is_none() && start.dialled == Dialled::Nationally {
        return Ok(None);
    }
    let mut tries = 0;
    for end in ends(text, row, at) {
        let groups = &row[at..end];
        let range = start.at..groups[groups.len() - 1].end;
        let Some(range) = with_extension(text, range) else { continue };
        // What stands in a longer row of groups must look like a number by itself.
        let piece = at > 0 || end < row.len();
        if is_something_else(text, groups)
            || piece && start.dialled == Dialled::Nationally && !is_usual(groups)
        {
            continue;
        }
        tries += 1;
        if tries > TRIES {
            break;
        }
        let digits: String = groups.iter().map(|group| &text[group.clone()]).collect();
        if can_be_dialled(text, &start, &digits, groups, regions, budget)? {
            return Ok(Some((end, range)));
        }
    }
    Ok(None)
}

/// How a number is dialled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dialled {
    /// After a `+`, or after two noughts, which are dialled for it nearly everywhere.
    FromAnywhere,
    Nationally,
}

/// Where a number begins, with the signs before its first digit.
struct Start {
    at: usize,
    dialled: Dialled,
}

impl Start {
    /// The start of a number with group `at` of `row`; nothing if none can begin there.
    fn of(text: &str, row: &Row, at: usize) -> Option<Self> {
        let group = &row[at];
        if at > 0 && !parts(&text[row[at - 1].end..group.start]) && !text[..group.start].ends_with(['(', '+'])
        {
            return None;
        }
        let before = text[..group.start].trim_end_matches('(');
        let plus = before.ends_with('+');
        let before = before.trim_end_matches('+');
        let before = if plus { before.strip_suffix('(').unwrap_or(before) } else { &text[..before.len()] };
        let glued = |c: char| {
            c.is_alphanumeric() && !is_glued(c)
                || matches!(c, '_' | '$' | '€' | '£' | '¥' | '%' | '@' | '=' | '&')
        };
        let (last, second) = (before.chars().next_back(), before.chars().rev().nth(1));
        let goes_on =
            matches!(last, Some('.' | ',' | ':' | '-' | '/')) && second.is_some_and(|c| c.is_ascii_digit());
        if last.is_some_and(glued) || goes_on {
            return None;
        }
        let abroad = plus || text[group.start..].starts_with("00") && group.len() > 2;
        let dialled = if abroad { Dialled::FromAnywhere } else { Dialled::Nationally };
        Some(Self { at: before.len(), dialled })
    }
}

/// The groups of `row` that a number that begins with group `at` may end before, the farthest first.
fn ends<'t>(text: &'t str, row: &'t Row, at: usize) -> impl Iterator<Item = usize> + 't {
    let mut digits = 0;
    let fits = row[at..].iter().take_while(|group| {
        digits += group.len();
        digits <= MOST_DIGITS
    });
    let most = at + fits.count();
    let may_end = move |end: &usize| {
        let count: usize = row[at..*end].iter().map(ExactSizeIterator::len).sum();
        let apart = row.get(*end).is_none_or(|next| parts(&text[row[end - 1].end..next.start]));
        count >= FEWEST_DIGITS && apart
    };
    (at + 1..=most).rev().filter(may_end)
}

/// `range` with the extension after it; nothing if the number goes on into a word or another number.
fn with_extension(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let rest = &text[range.end..];
    let mark = rest.trim_start_matches([' ', ',', ';']);
    let marks = ["extension", "extn", "ext", "x", "#", "~", "durchwahl", "poste"];
    let is_mark = |sign: &&&str| mark.get(..sign.len()).is_some_and(|start| start.eq_ignore_ascii_case(sign));
    if let Some(sign) = marks.iter().find(is_mark) {
        let inner = mark[sign.len()..].trim_start_matches(['.', ':', ' ']);
        let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
        let end = text.len() - inner.len() + digits;
        if (1..=7).contains(&digits) && !text[end..].starts_with(|c: char| c.is_alphanumeric()) {
            return Some(range.start..end);
        }
    }
    let mut after = rest.chars();
    let (first, second) = (after.next(), after.next());
    let word = |c: char| c.is_alphanumeric() && !is_glued(c) || matches!(c, '_' | '%' | '€' | '@');
    let goes_on =
        matches!(first, Some('.' | ',' | ':' | '-' | '/')) && second.is_some_and(|c| c.is_ascii_digit());
    (!first.is_some_and(word) && !goes_on).then_some(range)
}

/// Whether `digits`, written as `groups` of `text`, are a number in use.
fn can_be_dialled(
    text: &str,
    start: &Start,
    digits: &str,
    groups: &[Range<usize>],
    regions: Option<&Regions>,
    budget: &mut Budget,
) -> Result<bool, Exhausted> {
    // One digit over and over is drawn, and so is a row of them all.
    let drawn =
        LIMITS.contains(&digits) || digits.as_bytes().windows(2).skip(1).all(|pair| pair[0] == pair[1]);
    if drawn || matches!(digits, "1234567890" | "0123456789" | "12345678" | "123456789") {
        return Ok(false);
    }
    if start.dialled == Dialled::FromAnywhere {
        let international = digits.trim_start_matches("00");
        budget.spend(COST)?;
        if international.len() <= 16 && plan::is_international(international) {
            return Ok(true);
        }
    }
    let Some(Regions(countries)) = regions else { return Ok(false) };
    let whole = groups.len() == 1 && groups[0].start == start.at;
    if whole && is_named_before(text, start.at, OTHER) {
        return Ok(false);
    }
    if shape::is_north_american(text, groups)
        && plan::is_like_north_american(digits)
        && countries.iter().any(Country::is_north_american)
    {
        return Ok(true);
    }
    for country in countries.iter().filter(|country| country.could_be(digits, whole)) {
        budget.spend(COST)?;
        if country.dials(digits) {
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests;
