//! Numbers of phones, by the numbering plans of the world.
//!
//! What could be one is found here, by how people write numbers, and only that is held against the plans: each look at them is
//! paid for, and a text of nothing but digits has few places where a number can begin.

mod areas;
mod dates;
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
use super::neighbours;
use crate::detect::{Budget, Exhausted};

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
    let start = Start::of(text, row, at);
    if regions.is_none() && start.dialled == Dialled::Nationally {
        return Ok(None);
    }
    let mut tries = 0;
    for end in ends(text, row, at) {
        let groups = &row[at..end];
        let dialled = start.at..groups[groups.len() - 1].end;
        // In a row of numbers the other numbers are no part of this one.
        let begins = at > 0 || start.begins(text, &dialled);
        let with_extension = with_extension(text, &dialled);
        let ends = end < row.len() || with_extension.is_some() || neighbours::ends(text, &dialled);
        let amount = start.dialled == Dialled::Nationally && groups.len() == 1 && is_amount(text, &dialled);
        if !begins || !ends || amount {
            continue;
        }
        let mut range = with_extension.unwrap_or(dialled);
        if text[range.clone()].starts_with('(') && !text[range.clone()].contains(')') {
            range.start += 1;
        }
        // What stands in a longer row of groups must look like a number by itself.
        let piece = at > 0 || end < row.len();
        let plus = text[start.at..].trim_start_matches('(').starts_with('+');
        if is_something_else(text, groups, plus)
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
    /// The start of a number whose first digits are group `at` of `row`.
    fn of(text: &str, row: &Row, at: usize) -> Self {
        let group = &row[at];
        let before = text[..group.start].trim_end_matches('(');
        let plus = before.ends_with('+');
        let before = before.trim_end_matches('+');
        let before = if plus { before.strip_suffix('(').unwrap_or(before) } else { &text[..before.len()] };
        let abroad = plus || text[group.start..].starts_with("00") && group.len() > 2;
        let dialled = if abroad { Dialled::FromAnywhere } else { Dialled::Nationally };
        Self { at: before.len(), dialled }
    }

    /// Whether nothing before `range` of `text`, which begins here, belongs to the number there.
    fn begins(&self, text: &str, range: &Range<usize>) -> bool {
        let before = &text[..self.at];
        // A bracket keeps it apart from a name: `Ann(415-555-2671)`.
        if text[self.at..].starts_with('(') && before.ends_with(char::is_alphabetic) {
            return true;
        }
        if !text[range.clone()].trim_start_matches('(').starts_with('+') {
            return neighbours::begins(text, range);
        }
        // A plus begins a number, unless it adds to something that nobody could dial.
        let dialled = before
            .chars()
            .rev()
            .take(MOST_DIGITS + 8)
            .take_while(|c| matches!(c, '0'..='9' | ' ' | '-' | '.' | '(' | ')'));
        neighbours::is_apart(before) || dialled.filter(char::is_ascii_digit).count() >= FEWEST_DIGITS
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
        count >= FEWEST_DIGITS && is_apart_in_row(text, row, &(at..*end))
    };
    (at + 1..=most).rev().filter(may_end)
}

/// Whether `groups` of `row` may be a number beside the others of the row: there is a gap between them that numbers do not have in
/// the middle, or the others are as many digits in the same groups.
fn is_apart_in_row(text: &str, row: &Row, groups: &Range<usize>) -> bool {
    let alike = |other: Option<&[Range<usize>]>| {
        other.is_some_and(|other| {
            other
                .iter()
                .map(ExactSizeIterator::len)
                .eq(row[groups.clone()].iter().map(ExactSizeIterator::len))
        })
    };
    let gap = |at: usize| &text[row[at - 1].end..row[at].start];
    let inside = &text[row[groups.start].start..row[groups.end - 1].end];
    // A slash stands behind a code, `030/90 18 20`, or between all groups; elsewhere it is between two numbers.
    let is_slash = |at: usize| gap(at).trim_matches(' ') == "/";
    let first = groups.start + 1;
    if (first + 1..groups.end).any(is_slash) && !(first..groups.end).all(is_slash) {
        return false;
    }
    // Emphasis, or a name: within a number such a sign stands between all of its groups.
    let emphasis = |gap: &str| matches!(gap, "_" | "~" | "*") && !inside.contains(gap);
    let begins = groups.start == 0
        || parts(gap(groups.start))
        || emphasis(gap(groups.start))
        || is_end_of_list_number(text, row, groups.start)
        || alike(groups.start.checked_sub(groups.len()).map(|start| &row[start..groups.start]));
    let ends = groups.end == row.len()
        || parts(gap(groups.end))
        || emphasis(gap(groups.end))
        || alike(row.get(groups.end..groups.end + groups.len()));
    begins && ends
}

/// Whether the gap before group `at` of `row` ends the number of an item in a list, or a sentence: `1. `, `2) `.
fn is_end_of_list_number(text: &str, row: &Row, at: usize) -> bool {
    let gap = &text[row[at - 1].end..row[at].start];
    let open = text[..row[at - 1].end].ends_with(|c: char| c.is_ascii_digit())
        && text[..row[at - 1].start].ends_with('(');
    gap.starts_with(". ") || gap.starts_with(") ") && !open
}

/// `range` with the extension after it, if there is one.
fn with_extension(text: &str, range: &Range<usize>) -> Option<Range<usize>> {
    const MARKS: [&str; 8] = ["extension", "extn", "ext", "x", "#", "~", "durchwahl", "poste"];
    let mark = text[range.end..].trim_start_matches([' ', ',', ';']);
    let is_mark = |sign: &&&str| mark.get(..sign.len()).is_some_and(|start| start.eq_ignore_ascii_case(sign));
    let sign = MARKS.iter().find(is_mark)?;
    let inner = mark[sign.len()..].trim_start_matches(['.', ':', ' ']);
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let start = text.len() - inner.len();
    let apart = (1..=7).contains(&digits) && neighbours::ends(text, &(start..start + digits));
    apart.then(|| range.start..start + digits)
}

/// Whether the digits at `range` of `text` are an amount, or a name for mail, by the sign on one side of them. On both sides it is a
/// bracket.
fn is_amount(text: &str, range: &Range<usize>) -> bool {
    const CURRENCIES: [char; 4] = ['$', '€', '£', '¥'];
    let before = text[..range.start].chars().next_back().filter(|sign| CURRENCIES.contains(sign));
    let after = text[range.end..].chars().next().filter(|sign| CURRENCIES.contains(sign));
    let mail =
        text[range.end..].strip_prefix('@').is_some_and(|host| host.starts_with(char::is_alphanumeric));
    before != after || mail
}

/// Whether `before` ends in the name of an id or of a file, or in a part of an address of the web that does not name a phone:
/// `userId=`, `IMG_`, `https://example.com/?v=`.
fn is_key(before: &str) -> bool {
    const FILES: [&str; 12] = [
        "backup",
        "dsc",
        "file",
        "image",
        "img",
        "photo",
        "pic",
        "pxl",
        "scan",
        "screenshot",
        "vid",
        "video",
    ];
    const PHONES: [&str; 6] = ["cell", "fax", "mobile", "msisdn", "phone", "tel"];
    const LONGEST: usize = 128;
    let quotes = ['"', '\'', ' '];
    let before =
        before[before.floor_char_boundary(before.len().saturating_sub(LONGEST))..].trim_end_matches(quotes);
    let Some(sign) = before.chars().next_back() else { return false };
    let name = before.trim_end_matches(sign).trim_end_matches(quotes);
    let word = name.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_ascii_lowercase();
    let in_link = || name.rsplit(char::is_whitespace).next().is_some_and(|token| token.contains("://"));
    match sign {
        '_' | '=' if in_link() => !PHONES.iter().any(|phone| word.ends_with(phone)),
        '=' | ':' => word.ends_with("id"),
        '_' | '-' => FILES.contains(&word.as_str()),
        _ => false,
    }
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
    if whole && (is_named_before(text, start.at, OTHER) || is_key(&text[..start.at])) {
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
