//! Validates phone numbers by the numbering plan of their country.
//!
//! The North American plan consists of three rules, which are implemented here. The others are in [`super::plans`].

use super::areas::AREA_CODES;
use super::number::Number;
use super::pattern::Pattern;
use super::plans::{Kind, Lengths, Plan};

/// Supported countries of the North American Numbering Plan (country code 1), in which the same rules apply.
const NORTH_AMERICA: [&str; 2] = ["US", "CA"];

/// Countries in which people omit the trunk prefix 0 even from mobile numbers that they write in one piece.
const OMITS_FROM_MOBILE: [&str; 3] = ["CN", "IN", "TR"];

/// Countries in which people omit the trunk prefix 0 from every number.
const OMITS_FROM_ALL: [&str; 2] = ["AR", "TR"];

/// A country and how its national numbers are written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Country {
    plan: &'static Plan,
    /// Whether national numbers start with the trunk prefix 0.
    trunk_prefix: bool,
    /// The digits that mobile numbers start with, after the trunk prefix.
    mobile: &'static str,
}

/// Returns whether `digits` after a `+` are an international number.
pub(super) fn is_international(digits: &str) -> bool {
    if let Some(national) = digits.strip_prefix('1') {
        return is_north_american(national);
    }
    // A `+` and a country code show that a phone number is meant, so its range may be unassigned.
    let possible = digits.len() >= 10 && !digits.contains("0000");
    Number::international(digits).is_some_and(|number| possible && number.is_possible() || number.is_valid())
}

/// Returns whether `digits` are an international number in a range that is in use.
pub(super) fn is_assigned_international(digits: &str) -> bool {
    if let Some(national) = digits.strip_prefix('1') {
        return is_north_american(national);
    }
    Number::international(digits).is_some_and(|number| number.is_valid())
}

impl Country {
    /// Returns the country of `plan`.
    pub(super) fn new(plan: &'static Plan) -> Self {
        let (trunk, mobile) = plan.row("written").split_once(' ').unwrap_or_default();
        Self { plan, trunk_prefix: trunk == "0", mobile }
    }

    /// Returns whether `digits` may be a national number of this country, by a cheap check before [`Self::is_valid`]. `one_piece` is
    /// whether they are written without separators.
    pub(super) fn may_be_valid(&self, digits: &str, one_piece: bool) -> bool {
        if self.is_north_american() {
            return digits.starts_with("011")
                || is_north_american(digits.strip_prefix('1').unwrap_or(digits));
        }
        let region = &self.plan.region;
        let may_omit =
            OMITS_FROM_ALL.contains(region) || digits.starts_with(|first| self.mobile.contains(first));
        // People rarely write numbers without the trunk prefix in one piece.
        !self.trunk_prefix
            || digits.starts_with('0')
            || may_omit && (!one_piece || OMITS_FROM_MOBILE.contains(region))
            || self.is_bare(digits)
    }

    /// Returns whether `digits` are a national number of this country, or an international number after its call prefix.
    pub(super) fn is_valid(&self, digits: &str) -> bool {
        if self.is_north_american() {
            return digits.strip_prefix("011").map_or_else(
                || is_north_american(digits.strip_prefix('1').unwrap_or(digits)),
                is_international,
            );
        }
        let Some(number) = Number::dialled(digits, self.plan) else { return false };
        let kind = number.kind();
        number.is_valid()
            && (!self.trunk_prefix
                || digits.starts_with('0')
                || OMITS_FROM_ALL.contains(&self.plan.region)
                || kind == Some(Kind::Mobile)
                || kind == Some(Kind::Service) && self.is_bare(digits))
    }

    /// Returns whether `digits` start like numbers that are dialled without the trunk prefix.
    fn is_bare(&self, digits: &str) -> bool {
        let is_one = |(lengths, starts): &(Lengths, Pattern)| {
            lengths.contain(digits.len()) && starts.match_start(digits).is_some()
        };
        self.plan.rules().bare.iter().any(is_one)
    }

    /// Returns whether the country is part of the North American Numbering Plan.
    pub(super) fn is_north_american(&self) -> bool {
        NORTH_AMERICA.contains(&self.plan.region)
    }
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
            ("4155552671", "US", true),
            ("14155552671", "CA", true),
            ("011442079460958", "US", true),
            ("1234567890", "US", false),
            ("02079460958", "GB", true),
            ("2079460958", "GB", false),
            ("07911123456", "GB", true),
            ("0612345678", "FR", true),
            ("912345678", "ES", true),
            ("5321234567", "TR", true),
            ("4321234567", "TR", true),
            ("0612345678", "IT", true),
            ("1763600000", "DE", false),
            ("1800975711", "AU", true),
            ("1300975711", "AU", true),
            ("1850123456", "IE", true),
            ("1800123456", "IN", true),
            ("6000812345", "IN", true),
            ("7823451267", "IN", true),
            ("9823451267", "IN", true),
            ("1167229697", "AR", false),
            ("8001234567", "SA", true),
            ("1800123456", "GB", false),
        ] {
            let country = Country::new(Plan::of_region(region).unwrap());
            assert_eq!(
                country.may_be_valid(digits, true) && country.is_valid(digits),
                expected,
                "{digits} {region}"
            );
        }
    }
    /// Libphonenumber's example numbers begin with one digit, people's mobile numbers with several.
    #[test]
    fn mobile_numbers_without_the_trunk_prefix_are_national_whatever_they_start_with() {
        for (digits, region) in
            [("9823451267", "IN"), ("753123456", "FR"), ("1167229697", "AR"), ("91167229697", "AR")]
        {
            let country = Country::new(Plan::of_region(region).unwrap());
            assert!(country.may_be_valid(digits, false) && country.is_valid(digits), "{digits} {region}");
        }
    }
}
