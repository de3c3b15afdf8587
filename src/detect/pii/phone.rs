//! Numbers of phones, by the numbering plans of the world.
//!
//! The plans take 20 ms and 13 MB to read, so nobody reads them before there is a text with a number that could
//! be one: international with a `+`, or as people write it in the rule's own countries.

use std::ops::Range;

use rlibphonenumber::Region;
use rlibphonenumber::phonenumber_matcher::PHONE_MATCHER_FACTORY;
use serde::de::{self, Deserialize, Deserializer};

use crate::detect::{Budget, Exhausted};

/// Countries whose way of writing numbers is understood without the code of the country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Regions(Vec<Region>);

/// What looking at one candidate by the plan of one country costs, in bytes looked at once: measured, and rounded up.
const COST: u64 = 10_000;

/// The numbers of phones in `text`.
pub(super) fn find(
    text: &str,
    regions: Option<&Regions>,
    budget: &mut Budget,
) -> Result<Vec<Range<usize>>, Exhausted> {
    let candidates = candidates(text, regions.is_some());
    if candidates == 0 {
        return Ok(Vec::new());
    }
    // The finder's own limit (`max_tries`) counts below zero and panics: ours is taken beforehand.
    budget.spend(candidates * COST * regions.map_or(1, |regions| regions.0.len() as u64))?;
    let matcher = PHONE_MATCHER_FACTORY.matcher_builder(text);
    let matcher = match regions {
        Some(Regions(regions)) => matcher.regions(regions.iter().copied()),
        None => matcher,
    };
    Ok(matcher.build().map(|found| found.start..found.end()).collect())
}

/// How many pieces of `text` have enough digits for a number, counted generously.
fn candidates(text: &str, national: bool) -> u64 {
    let inside = |c: char| {
        c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '/' | '(' | ')' | '+' | '~' | 'x' | ';')
    };
    let could_be = |piece: &&str| {
        let digits = piece.bytes().filter(u8::is_ascii_digit).count();
        digits >= 6 && (national || piece.contains('+'))
    };
    text.split(|c| !inside(c)).filter(could_be).map(|piece| 1 + piece.len() as u64 / 8).sum()
}

impl<'de> Deserialize<'de> for Regions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> de::Visitor<'de> for Reader {
            type Value = Regions;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("the two letters of a country such as \"GB\", or a list of them")
            }

            fn visit_str<E: de::Error>(self, code: &str) -> Result<Regions, E> {
                region(code).map(|region| Regions(vec![region]))
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, mut seq: A) -> Result<Regions, A::Error> {
                let mut regions = Vec::new();
                while let Some(One(region)) = seq.next_element()? {
                    regions.push(region);
                }
                Ok(Regions(regions))
            }
        }

        deserializer.deserialize_any(Reader)
    }
}

/// One country of a list.
struct One(Region);

impl<'de> Deserialize<'de> for One {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        region(&String::deserialize(deserializer)?).map(Self)
    }
}

fn region<E: de::Error>(code: &str) -> Result<Region, E> {
    Region::from_code(code)
        .map_err(|_| E::custom(format!("no country is called `{code}`; expected two letters such as `GB`")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'t>(text: &'t str, code: Option<&str>) -> Vec<&'t str> {
        let regions = code.map(|code| Regions(vec![Region::from_code(code).unwrap()]));
        let ranges = find(text, regions.as_ref(), &mut Budget::of(10_000_000)).unwrap();
        ranges.into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn international_numbers_need_no_country() {
        assert_eq!(found("Ruf +49 30 1234567 an, oder 030 1234567", None), ["+49 30 1234567"]);
        assert_eq!(found("2026-11-20 10:30, 12345678901234567890, 3.14159265", None), [""; 0]);
    }

    #[test]
    fn national_numbers_need_one() {
        assert_eq!(found("Ruf 030 1234567 an", Some("DE")), ["030 1234567"]);
        assert_eq!(found("Ruf 1234567 an", Some("GB")), [""; 0]);
    }

    #[test]
    fn a_text_of_nothing_but_numbers_uses_the_budget_up() {
        let text = "+1 415 555 0132 ".repeat(250);
        assert_eq!(find(&text, None, &mut Budget::of(1_000_000)), Err(Exhausted));
    }
}
