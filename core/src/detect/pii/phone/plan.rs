//! Whether a number can be dialled, by the numbering plan of its country.
//!
//! North America's plan is three rules and is judged here; the others are read from a library on the first number that may be one
//! of theirs, which costs some fifteen milliseconds and seven megabytes, once.

use std::sync::OnceLock;

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat, PhoneNumberType, Region};

use super::areas::AREAS;

/// Countries that share the code 1, of which a number says by itself whose it is: the rules are the same in all of them.
const NORTH_AMERICA: [Region; 2] = [Region::US, Region::CA];

/// Countries where people leave the first nought of a number out even if they write it in one piece: of every number in the first,
/// of those of mobiles in the others.
const CASUAL: [Region; 3] = [Region::TR, Region::IN, Region::CN];

/// A country, and what is known of its numbers without looking at its plan.
#[derive(Clone, Debug)]
pub(super) struct Country {
    region: Region,
    /// Known once it was asked for, for it is asked of the library.
    habits: OnceLock<Habits>,
}

/// How people of a country write numbers.
#[derive(Clone, Copy, Debug)]
struct Habits {
    /// Whether a nought is dialled before a number of the same country.
    nought: bool,
    /// What numbers of mobiles begin with, after that nought.
    mobile: Option<char>,
}

/// Whether `digits` can be dialled from anywhere after a `+`.
pub(super) fn is_international(digits: &str) -> bool {
    if let Some(national) = digits.strip_prefix('1') {
        return is_north_american(national);
    }
    // The nought that is dialled only inside of the country, as in `+44 (0)20`, is known to the library.
    let parsed = PHONE_NUMBER_UTIL.parse(format!("+{digits}"), None);
    // Who writes a `+` and the code of a country means a number: it may be of a range that nobody was given yet.
    let possible = digits.len() >= 10 && !digits.contains("0000");
    parsed.is_ok_and(|number| {
        possible && PHONE_NUMBER_UTIL.is_possible_number(&number)
            || PHONE_NUMBER_UTIL.is_valid_number(&number)
    })
}

impl Country {
    pub(super) fn new(region: Region) -> Self {
        Self { region, habits: OnceLock::new() }
    }

    /// Whether `digits` look as if they could be dialled inside of this country: what it costs next to nothing to see. `whole` is
    /// whether they were written in one piece.
    pub(super) fn could_be(&self, digits: &str, whole: bool) -> bool {
        if self.is_north_american() {
            return digits.starts_with("011")
                || is_north_american(digits.strip_prefix('1').unwrap_or(digits));
        }
        let Habits { nought, mobile } = self.habits();
        // Only of mobiles do people leave the nought out, and then they seldom write them in one piece.
        !nought
            || digits.starts_with('0')
            || self.region == CASUAL[0]
            || mobile.is_some_and(|first| digits.starts_with(first))
                && (!whole || CASUAL.contains(&self.region))
    }

    /// Whether `digits` can be dialled inside of this country.
    pub(super) fn dials(&self, digits: &str) -> bool {
        if self.is_north_american() {
            return digits.strip_prefix("011").map_or_else(
                || is_north_american(digits.strip_prefix('1').unwrap_or(digits)),
                is_international,
            );
        }
        let Ok(number) = PHONE_NUMBER_UTIL.parse(digits, Some(self.region)) else { return false };
        let mobile = || {
            let kind = PHONE_NUMBER_UTIL.get_number_type(&number);
            matches!(kind, PhoneNumberType::Mobile | PhoneNumberType::FixedLineOrMobile)
        };
        PHONE_NUMBER_UTIL.is_valid_number(&number)
            && (!self.habits().nought || digits.starts_with('0') || self.region == CASUAL[0] || mobile())
    }

    /// Whether its numbers are those of the United States.
    pub(super) fn is_north_american(&self) -> bool {
        NORTH_AMERICA.contains(&self.region)
    }

    fn habits(&self) -> Habits {
        let look = || {
            let national = |number: &PhoneNumber| {
                let written = PHONE_NUMBER_UTIL.format(number, PhoneNumberFormat::National);
                written.chars().find(char::is_ascii_digit)
            };
            let fixed = PHONE_NUMBER_UTIL.get_example_number(self.region);
            let mobile = PHONE_NUMBER_UTIL
                .get_example_number_for_type_and_region(self.region, PhoneNumberType::Mobile);
            let first = |number: PhoneNumber| number.national_number.to_string().chars().next();
            // In Italy the nought is part of the number, and dialled from everywhere.
            let own = |number: &PhoneNumber| number.italian_leading_zero();
            Habits {
                nought: fixed.is_ok_and(|number| national(&number) == Some('0') && !own(&number)),
                mobile: mobile.ok().and_then(first),
            }
        };
        *self.habits.get_or_init(look)
    }
}

/// Whether `digits` could be dialled in North America if their area were given to somebody: enough for those who write the number as
/// only such numbers are written.
pub(super) fn is_like_north_american(digits: &str) -> bool {
    let national = digits.strip_prefix('1').unwrap_or(digits).as_bytes();
    national.len() == 10 && national[0] >= b'2' && national[3] >= b'2' && national[1..3] != *b"11"
}

/// Three digits for the area, seven for the line, of which the first three are neither below 200 nor a short number such as 911.
fn is_north_american(digits: &str) -> bool {
    if digits.len() != 10 {
        return false;
    }
    let (area, line) = digits.as_bytes().split_at(3);
    let known = digits[..3].parse().is_ok_and(|area| AREAS.binary_search(&area).is_ok());
    known && line[0] >= b'2' && line[1..3] != *b"11" && digits.bytes().any(|digit| digit != area[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_can_be_dialled() {
        for digits in ["14155552671", "442079460958", "49301234567", "81312345678"] {
            assert!(is_international(digits), "{digits}");
        }
        for digits in ["11155552671", "19115552671", "14151152671", "1415555267", "44207", "999301234567"] {
            assert!(!is_international(digits), "{digits}");
        }
    }

    #[test]
    fn numbers_that_can_be_dialled_inside_of_a_country() {
        for (digits, region, good) in [
            ("4155552671", Region::US, true),
            ("14155552671", Region::CA, true),
            ("011442079460958", Region::US, true),
            ("1234567890", Region::US, false),
            ("02079460958", Region::GB, true),
            ("2079460958", Region::GB, false),
            ("07911123456", Region::GB, true),
            ("0612345678", Region::FR, true),
            ("912345678", Region::ES, true),
            ("5321234567", Region::TR, true),
            ("4321234567", Region::TR, true),
            ("0612345678", Region::IT, true),
            ("1763600000", Region::DE, false),
        ] {
            let country = Country::new(region);
            assert_eq!(country.could_be(digits, true) && country.dials(digits), good, "{digits} {region:?}");
        }
    }
}
