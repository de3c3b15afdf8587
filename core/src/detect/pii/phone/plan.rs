//! Validates phone numbers by the numbering plan of their country.
//!
//! The North American plan consists of three rules, which are implemented here. The others are in the `rlibphonenumber` crate, which
//! loads them for the first number that may need them; that costs about 15 milliseconds and 7 MB, once.

use std::sync::OnceLock;

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat, PhoneNumberType, Region};

use super::areas::AREA_CODES;

/// Supported countries of the North American Numbering Plan (country code 1), in which the same rules apply.
const NORTH_AMERICA: [Region; 2] = [Region::US, Region::CA];

/// Countries in which people omit the trunk prefix 0 even if they write the number in one piece: from every number in the first, from
/// mobile numbers in the others.
const OMITS_TRUNK_PREFIX: [Region; 3] = [Region::TR, Region::IN, Region::CN];

/// A country, with cached properties of its numbers.
#[derive(Clone, Debug)]
pub(super) struct Country {
    region: Region,
    /// Computed on first use, because it needs the library.
    conventions: OnceLock<Conventions>,
}

/// How the national numbers of a country are written.
#[derive(Clone, Debug)]
struct Conventions {
    /// Whether national numbers start with the trunk prefix 0.
    trunk_prefix: bool,
    /// The first digit of mobile numbers, after the trunk prefix.
    mobile: Option<char>,
    /// The first two digits of freephone and other service numbers that are dialled without the trunk prefix, such as `1800`.
    services: Vec<String>,
}

/// Returns whether `digits` after a `+` are an international number.
pub(super) fn is_international(digits: &str) -> bool {
    if let Some(national) = digits.strip_prefix('1') {
        return is_north_american(national);
    }
    // The library removes a trunk prefix, as in `+44 (0)20`.
    let parsed = PHONE_NUMBER_UTIL.parse(format!("+{digits}"), None);
    // A `+` and a country code show that a phone number is meant, so its range may be unassigned.
    let possible = digits.len() >= 10 && !digits.contains("0000");
    parsed.is_ok_and(|number| {
        possible && PHONE_NUMBER_UTIL.is_possible_number(&number)
            || PHONE_NUMBER_UTIL.is_valid_number(&number)
    })
}

/// Returns whether `digits` are an international number in a range that is in use.
pub(super) fn is_assigned_international(digits: &str) -> bool {
    if let Some(national) = digits.strip_prefix('1') {
        return is_north_american(national);
    }
    PHONE_NUMBER_UTIL
        .parse(format!("+{digits}"), None)
        .is_ok_and(|number| PHONE_NUMBER_UTIL.is_valid_number(&number))
}

impl Country {
    pub(super) fn new(region: Region) -> Self {
        Self { region, conventions: OnceLock::new() }
    }

    /// Returns whether `digits` may be a national number of this country, by a cheap check before [`Self::is_valid`]. `one_piece` is
    /// whether they are written without separators.
    pub(super) fn may_be_valid(&self, digits: &str, one_piece: bool) -> bool {
        if self.is_north_american() {
            return digits.starts_with("011")
                || is_north_american(digits.strip_prefix('1').unwrap_or(digits));
        }
        let Conventions { trunk_prefix, mobile, services } = self.conventions();
        // People omit the trunk prefix only from mobile numbers, which they then rarely write in one piece.
        !trunk_prefix
            || digits.starts_with('0')
            || self.region == OMITS_TRUNK_PREFIX[0]
            || mobile.is_some_and(|first| digits.starts_with(first))
                && (!one_piece || OMITS_TRUNK_PREFIX.contains(&self.region))
            || services.iter().any(|service| digits.starts_with(service))
    }

    /// Returns whether `digits` are a national number of this country, or an international number after its call prefix.
    pub(super) fn is_valid(&self, digits: &str) -> bool {
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
            && (!self.conventions().trunk_prefix
                || digits.starts_with('0')
                || self.region == OMITS_TRUNK_PREFIX[0]
                || mobile()
                || is_service(&number) && first_written_digit(&number) != Some('0'))
    }

    /// Returns whether the country is part of the North American Numbering Plan.
    pub(super) fn is_north_american(&self) -> bool {
        NORTH_AMERICA.contains(&self.region)
    }

    fn conventions(&self) -> &Conventions {
        let compute = || {
            let example =
                |kind| PHONE_NUMBER_UTIL.get_example_number_for_type_and_region(self.region, kind).ok();
            let digits_of = |number: &PhoneNumber| number.national_number.to_string();
            let service = |kind| {
                let number = example(kind).filter(|number| first_written_digit(number) != Some('0'))?;
                digits_of(&number).get(..2).map(ToOwned::to_owned)
            };
            let fixed = PHONE_NUMBER_UTIL.get_example_number(self.region);
            // In Italy the leading zero is part of the number, and also dialled from abroad.
            Conventions {
                trunk_prefix: fixed.is_ok_and(|number| {
                    first_written_digit(&number) == Some('0') && !number.italian_leading_zero()
                }),
                mobile: example(PhoneNumberType::Mobile).and_then(|number| digits_of(&number).chars().next()),
                services: SERVICES.into_iter().filter_map(service).collect(),
            }
        };
        self.conventions.get_or_init(compute)
    }
}

/// The kinds of service numbers that anybody may dial.
const SERVICES: [PhoneNumberType; 4] = [
    PhoneNumberType::TollFree,
    PhoneNumberType::SharedCost,
    PhoneNumberType::PremiumRate,
    PhoneNumberType::UAN,
];

/// Returns whether `number` is one of [`SERVICES`].
fn is_service(number: &PhoneNumber) -> bool {
    SERVICES.contains(&PHONE_NUMBER_UTIL.get_number_type(number))
}

/// Returns the first digit of `number` as people write it in its country.
fn first_written_digit(number: &PhoneNumber) -> Option<char> {
    PHONE_NUMBER_UTIL.format(number, PhoneNumberFormat::National).chars().find(char::is_ascii_digit)
}

/// Returns whether `digits` have the structure of a North American number, whether or not the area code is assigned. This suffices
/// for digits in the format that only North American numbers have.
pub(super) fn has_north_american_structure(digits: &str) -> bool {
    let national = digits.strip_prefix('1').unwrap_or(digits).as_bytes();
    national.len() == 10 && national[0] >= b'2' && national[3] >= b'2' && national[1..3] != *b"11"
}

/// Returns the area code of the ten digits of a North American number if it is not assigned.
pub(super) fn unassigned_area(digits: &str) -> Option<&str> {
    let national = digits.strip_prefix('1').filter(|rest| rest.len() == 10).unwrap_or(digits);
    let area = national.get(..3).filter(|_| national.len() == 10)?;
    let is_assigned = area.parse().is_ok_and(|area| AREA_CODES.binary_search(&area).is_ok());
    (!is_assigned).then_some(area)
}

/// Returns whether `digits` are an assigned area code of three digits and a number of seven digits, whose first three are neither below
/// 200 nor a service code such as 911.
fn is_north_american(digits: &str) -> bool {
    if digits.len() != 10 {
        return false;
    }
    let (area, line) = digits.as_bytes().split_at(3);
    let is_assigned = digits[..3].parse().is_ok_and(|area| AREA_CODES.binary_search(&area).is_ok());
    is_assigned && line[0] >= b'2' && line[1..3] != *b"11" && digits.bytes().any(|digit| digit != area[0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn validates_international_numbers() {
        for digits in ["14155552671", "442079460958", "49301234567", "81312345678"] {
            assert!(is_international(digits), "{digits}");
        }
        for digits in ["11155552671", "19115552671", "14151152671", "1415555267", "44207", "999301234567"] {
            assert!(!is_international(digits), "{digits}");
        }
    }

    #[test]
    fn validates_national_numbers() {
        for (digits, region, expected) in [
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
            ("1800975711", Region::AU, true),
            ("1300975711", Region::AU, true),
            ("1850123456", Region::IE, true),
            ("1800123456", Region::IN, true),
            ("8001234567", Region::SA, true),
            ("1800123456", Region::GB, false),
        ] {
            let country = Country::new(region);
            assert_eq!(
                country.may_be_valid(digits, true) && country.is_valid(digits),
                expected,
                "{digits} {region:?}"
            );
        }
    }
}
