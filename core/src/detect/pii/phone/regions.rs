//! [`Regions`]: the countries in whose national format a rule finds phone numbers.

use rlibphonenumber::Region;

use super::plan::Country;
use crate::detect::Problem;

/// Countries whose numbers are found in national format, that is, without a country code.
#[derive(Clone, Debug)]
pub(in crate::detect::pii) struct Regions(pub(super) Vec<Country>);

impl Regions {
    /// The countries with these codes, if there are any.
    pub(in crate::detect::pii) fn of(codes: &[String]) -> Option<Self> {
        let countries = codes.iter().filter_map(|code| Region::from_code(code).ok()).map(Country::new);
        (!codes.is_empty()).then(|| Self(countries.collect()))
    }
}

/// What is wrong with `code` as that of a country, if anything is.
pub(in crate::detect::pii) fn check_country(code: &str) -> Result<(), Problem> {
    match Region::from_code(code) {
        Ok(Region::World) | Err(_) => {
            Err(Problem::new(format!("no country is called `{code}`; expected two letters such as `GB`")))
        }
        Ok(_) => Ok(()),
    }
}
