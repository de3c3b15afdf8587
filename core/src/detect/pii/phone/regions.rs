//! [`Regions`]: the countries in whose national format a rule finds phone numbers.

use rlibphonenumber::Region;
use serde::de::{self, Deserialize, Deserializer};

use super::plan::Country;

/// Countries whose numbers are found in national format, that is, without a country code.
#[derive(Clone, Debug)]
pub(in crate::detect::pii) struct Regions(pub(super) Vec<Country>);

impl<'de> Deserialize<'de> for Regions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> de::Visitor<'de> for Reader {
            type Value = Regions;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("the two letters of a country such as \"GB\", or a list of them")
            }

            fn visit_str<E: de::Error>(self, code: &str) -> Result<Regions, E> {
                country(code).map(|country| Regions(vec![country]))
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, mut seq: A) -> Result<Regions, A::Error> {
                let mut countries = Vec::new();
                while let Some(One(country)) = seq.next_element()? {
                    countries.push(country);
                }
                if countries.is_empty() {
                    return Err(de::Error::custom("this lists no country"));
                }
                Ok(Regions(countries))
            }
        }

        deserializer.deserialize_any(Reader)
    }
}

/// A country in a list.
struct One(Country);

impl<'de> Deserialize<'de> for One {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        country(&String::deserialize(deserializer)?).map(Self)
    }
}

fn country<E: de::Error>(code: &str) -> Result<Country, E> {
    Region::from_code(code)
        .map(Country::new)
        .map_err(|_| E::custom(format!("no country is called `{code}`; expected two letters such as `GB`")))
}
