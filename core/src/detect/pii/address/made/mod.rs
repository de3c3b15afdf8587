//! Generates random addresses of every country in the layouts of its postal service and in those of people, and random texts that
//! resemble addresses.

mod continental;
mod english;
mod layout;
mod near_misses;

use self::layout::Address;
pub(super) use self::near_misses::near_miss;
use crate::detect::pii::random::Random;

/// The countries that addresses are generated for. Canada has two languages.
pub(super) const COUNTRIES: &[&str] = &["US", "GB", "AU", "CA", "CA-fr", "DE", "FR", "ES", "IT", "NL"];

/// Generates an address of `country`.
pub(super) fn address(country: &str, random: &mut Random) -> Address {
    let mut address = match country {
        "US" => english::us(random),
        "GB" => english::gb(random),
        "AU" => english::au(random),
        "CA" => english::ca(random),
        "CA-fr" => continental::ca_fr(random),
        "DE" => continental::de(random),
        "FR" => continental::fr(random),
        "ES" => continental::es(random),
        "IT" => continental::it(random),
        _ => continental::nl(random),
    };
    let name = match country {
        "US" => "USA",
        "GB" => random.one_of(&["UK", "United Kingdom", "England"]),
        "AU" => "Australia",
        "CA" | "CA-fr" => "Canada",
        "DE" => random.one_of(&["Deutschland", "Germany"]),
        "FR" => "France",
        "ES" => random.one_of(&["España", "Spain"]),
        "IT" => random.one_of(&["Italia", "Italy"]),
        _ => random.one_of(&["Nederland", "The Netherlands"]),
    };
    address.country = (random.below(5) == 0).then_some(name);
    address
}
