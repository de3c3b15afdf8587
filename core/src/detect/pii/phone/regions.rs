//! [`Regions`]: the countries in whose national format a rule finds phone numbers.

use super::plan::Country;
use super::plans::Plan;
use crate::detect::Problem;

/// Countries whose numbers are found in national format, that is, without a country code.
#[derive(Clone, Debug)]
pub(in crate::detect::pii) struct Regions(pub(super) Vec<Country>);

impl Regions {
    /// Returns the countries with these codes; `None` if there are none.
    pub(in crate::detect::pii) fn of(codes: &[String]) -> Option<Self> {
        let countries = codes.iter().filter_map(|code| Plan::of_region(code)).map(Country::new);
        (!codes.is_empty()).then(|| Self(countries.collect()))
    }
}

/// Common abbreviations of a country that are not its code, and the code.
const CALLED: [(&str, &str); 2] = [("UK", "GB"), ("EL", "GR")];

/// Returns an error that says what is wrong with `code` as a country code.
pub(in crate::detect::pii) fn check_country(code: &str) -> Result<(), Problem> {
    let is_country = code.len() == 2 && Plan::of_region(code).is_some();
    is_country.then_some(()).ok_or_else(|| {
        let says = format!("no country is called `{code}`; expected two letters such as `GB`");
        let meant = CALLED.iter().find(|(called, _)| called.eq_ignore_ascii_case(code));
        Problem::new(says).help(meant.map(|(_, code)| format!("write `{code}`")))
    })
}
