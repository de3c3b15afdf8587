//! Finds international bank account numbers (IBANs, ISO 13616-1:2020), by the lengths and structures in SWIFT's IBAN registry.

use std::ops::Range;

use iban::{Iban, IbanLike, ParseIbanError};

use super::neighbours::{Candidate, delimited, is_word_start};
use crate::detect::{Budget, Exhausted};

/// The length of the shortest IBAN.
const MIN_LEN: usize = 15;

/// The length of the longest IBAN.
const MAX_LEN: usize = 34;

/// Countries that the `iban` crate lacks: country code, length of the bank code (letters or digits), and number of digits after it.
/// Pakistan is in the IBAN registry, and Honduras in its newer releases. The others are not in the registry, but banks use and verify their numbers.
const OTHER_COUNTRIES: &[(&str, usize, usize)] = &[
    ("AO", 0, 21),
    ("BF", 2, 22),
    ("BJ", 2, 22),
    ("CF", 0, 23),
    ("CG", 0, 23),
    ("CI", 2, 22),
    ("CM", 0, 23),
    ("CV", 0, 21),
    ("DZ", 0, 22),
    ("GA", 0, 23),
    ("GQ", 0, 23),
    ("GW", 2, 19),
    ("HN", 4, 20),
    ("IR", 0, 22),
    ("KM", 0, 23),
    ("MA", 0, 24),
    ("MG", 0, 23),
    ("ML", 2, 22),
    ("MZ", 0, 21),
    ("NE", 2, 22),
    ("PK", 4, 16),
    ("SN", 2, 22),
    ("TD", 0, 23),
    ("TG", 2, 22),
];

/// The cost of checking one number, in units of [`Budget`].
const COST: u64 = 200;

/// Finds the IBANs in `text`, in one piece or in groups.
pub(super) fn find(text: &str, budget: &mut Budget) -> Result<Vec<Range<usize>>, Exhausted> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(start) = (at..text.len()).find(|at| is_start(&text.as_bytes()[*at..])) {
        let account = iban_at(text, start, budget)?;
        let delimited = account.as_ref().filter(|account| account.is_delimited());
        at = delimited.map_or(start + 1, |account| account.range.end);
        found.extend(account);
    }
    Ok(delimited(text, found).into_iter().map(|account| account.range).collect())
}

/// Returns whether `text` starts like an IBAN: two letters and two digits, in one piece or with separators.
fn is_start(text: &[u8]) -> bool {
    let mut characters = text.iter().take(8).filter(|byte| !is_gap(**byte));
    let mut next = |is: fn(&u8) -> bool| characters.next().is_some_and(is);
    text.first().is_some_and(u8::is_ascii_alphabetic)
        && next(u8::is_ascii_alphabetic)
        && next(u8::is_ascii_alphabetic)
        && next(u8::is_ascii_digit)
        && next(u8::is_ascii_digit)
}

/// Returns the IBAN that starts at `start`: of several, the longest that is delimited.
fn iban_at(text: &str, start: usize, budget: &mut Budget) -> Result<Option<Candidate<()>>, Exhausted> {
    let (mut number, mut best) = (String::with_capacity(MAX_LEN), None);
    let mut at = start;
    while let Some(byte) = text.as_bytes().get(at) {
        if !byte.is_ascii_alphanumeric() {
            let gap = text[at..].bytes().take_while(|byte| is_gap(*byte)).count();
            if !(1..=3).contains(&gap) {
                break;
            }
            at += gap;
            continue;
        }
        number.push(char::from(byte.to_ascii_uppercase()));
        at += 1;
        if number.len() > MAX_LEN {
            break;
        }
        // Another IBAN may follow without a separator.
        let may_end =
            !text[at..].starts_with(|c: char| c.is_ascii_alphanumeric()) || is_start(&text.as_bytes()[at..]);
        if may_end && number.len() >= MIN_LEN {
            budget.spend(COST)?;
            if is_iban(&number) {
                let account = Candidate::of(text, start..at, ());
                if account.is_delimited()
                    || best.as_ref().is_none_or(|best: &Candidate<()>| !best.is_delimited())
                {
                    best = Some(account);
                }
            }
        }
    }
    Ok(best)
}

/// Returns the parts of `text` that have the format of an IBAN of their country, except for the check digits.
pub(super) fn near_misses(text: &str) -> Vec<(Range<usize>, String)> {
    let starts =
        (0..text.len()).filter(|at| is_start(&text.as_bytes()[*at..]) && is_word_start(&text[..*at]));
    starts
        .filter_map(|start| Some((start..near_miss_end(text, start)?, WRONG_CHECK_DIGITS.to_owned())))
        .collect()
}

const WRONG_CHECK_DIGITS: &str = "it fails its check digits (mod 97)";

/// Returns where the text at `start` ends that would be an IBAN with other check digits.
fn near_miss_end(text: &str, start: usize) -> Option<usize> {
    let mut number = String::with_capacity(MAX_LEN);
    for (at, byte) in text[start..].bytes().enumerate() {
        if is_gap(byte) {
            continue;
        }
        if !byte.is_ascii_alphanumeric() || number.len() == MAX_LEN {
            return None;
        }
        number.push(char::from(byte.to_ascii_uppercase()));
        let ends = !text[start + at + 1..].starts_with(|c: char| c.is_ascii_alphanumeric());
        let with_check = |check: u8| format!("{}{check:02}{}", &number[..2], &number[4..]);
        if ends && number.len() >= MIN_LEN && (2..99).any(|check| is_iban(&with_check(check))) {
            return Some(start + at + 1);
        }
    }
    None
}

/// Returns whether `number` has the country code, the length and the check digits of an IBAN.
pub(super) fn is_iban(number: &str) -> bool {
    match number.parse::<Iban>() {
        Ok(_) => true,
        Err(ParseIbanError::UnknownCountry(checked)) => {
            OTHER_COUNTRIES.iter().any(|(country, bank, digits)| {
                checked.country_code() == *country
                    && checked.electronic_str().len() == 4 + bank + digits
                    && checked.electronic_str()[4 + bank..].bytes().all(|byte| byte.is_ascii_digit())
            })
        }
        Err(_) => false,
    }
}

/// Returns whether `byte` may separate the groups of a number.
fn is_gap(byte: u8) -> bool {
    matches!(byte, b' ' | b'-' | b'.' | b'/' | b'_' | b'\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_ibans() {
        for (text, found) in [
            ("GB82WEST12345698765432", &["GB82WEST12345698765432"][..]),
            ("gb82 west 1234 5698 7654 32 and more", &["gb82 west 1234 5698 7654 32"]),
            ("IBAN:DE89-3704-0044-0532-0130-00.", &["DE89-3704-0044-0532-0130-00"]),
            ("GB82 WEST 1234\n5698 7654 32", &["GB82 WEST 1234\n5698 7654 32"]),
            ("g b 8 2 w e s t 1 2 3 4 5 6 9 8 7 6 5 4 3 2", &["g b 8 2 w e s t 1 2 3 4 5 6 9 8 7 6 5 4 3 2"]),
            ("NO93 8601 1117 947", &["NO93 8601 1117 947"]),
            ("GB82WEST12345698765433 XX82WEST12345698765432 aGB82WEST12345698765432", &[]),
            ("GB82 WEST 1234 5698 7654 32GB82 WEST 1234 5698 7654 32", &["GB82 WEST 1234 5698 7654 32"; 2]),
            ("HN88 CABF 0000 0000 0002 5000 5469", &["HN88 CABF 0000 0000 0002 5000 5469"]),
            (
                "DZ580002100001113000000570,SN08SN0100152000048500003035",
                &["DZ580002100001113000000570", "SN08SN0100152000048500003035"],
            ),
            ("MA64011519000001205000534922 HN88CABF0000000000025000546X", &[]),
            ("PK36 SCBL 0000 0011 2345 6702", &["PK36 SCBL 0000 0011 2345 6702"]),
            ("ab12", &[]),
        ] {
            let ranges = find(text, &mut Budget::of(100_000)).unwrap();
            assert_eq!(ranges.into_iter().map(|range| &text[range]).collect::<Vec<_>>(), found, "{text:?}");
        }
    }
}
