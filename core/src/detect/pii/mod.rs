//! `pii`: finds personal data, and verifies checksums where the format defines one.

mod address;
mod birth_date;
mod card;
mod checks;
mod context;
mod crypto;
mod email;
mod examples;
mod iban;
mod ids;
mod ip;
mod line_ends;
mod mac;
#[cfg(test)]
mod made;
mod near_misses;
mod neighbours;
mod other_numbers;
mod phone;
#[cfg(test)]
pub(super) mod random;
mod spelled_email;
mod taken;
pub(super) mod version;

use std::ops::Range;
use std::sync::OnceLock;

use serde::Deserialize;

use self::line_ends::Joined;
use self::phone::{Regions, check_country};
use self::taken::Taken;
use super::kinds::{all_kinds, chosen, kinds};
use super::refang::Refanged;
use super::{Budget, Context, Detector, Example, Exhausted, Found, NearMiss, Problem, Rulebook, Settings};
use crate::shape::{Alternative, Constraint, Has, Key, List, Shape, Table, Text, Words};
use crate::text::View;

/// Settings of `pii`: the kinds to find, and the countries whose phone numbers are found without a country code.
#[derive(Debug, Deserialize)]
pub(super) struct Pii {
    #[serde(default = "all_kinds")]
    kinds: Vec<String>,
    #[serde(default)]
    region: Vec<String>,
}

const KINDS: Shape = Shape::List(&kinds(&Words::of("kind of personal data", names)));

/// The code of a country, such as `GB`.
const COUNTRY: Shape = Shape::Text(&Text {
    what: "the two letters of a country such as \"GB\"",
    check: check_country,
    pattern: "^[A-Za-z]{2}$",
    never: &[],
});

/// Finds personal data.
#[derive(Debug)]
struct Finder {
    kinds: Vec<&'static str>,
    /// The selected kinds that are identification numbers, such as social security numbers.
    ids: ids::Kinds,
    region: Option<Regions>,
}

/// The kinds that [`ids`] does not find, the commonest first, each with what is verified about it.
const COMMON: &[(&str, &str)] = &[
    ("email", "e-mail address whose top-level domain exists, also written with `(at)`, `[dot]`"),
    ("phone", "phone number, valid in its country's numbering plan; in national format only with a `region`"),
    ("card", "payment card number: issuer, length, check digit (Luhn)"),
    ("iban", "IBAN: country, length, check digits (mod 97)"),
    ("ip", "IPv4 or IPv6 address or network"),
    ("mac", "MAC address"),
    (
        "address",
        "street address with what belongs to it, from the unit to the country, as the postal services of the United States, the United Kingdom, Germany, France, Spain, Italy, the Netherlands, Australia and Canada write it, and as people do; independent of `region`",
    ),
    ("birth-date", "date with a label that marks it as a date of birth"),
    ("crypto", "cryptocurrency wallet address with a valid checksum"),
];

/// Returns the name and the description of every kind.
fn every_kind() -> Vec<(&'static str, &'static str)> {
    let ids = ids::all().filter(|id| !id.what.is_empty()).map(|id| (id.kind, id.what));
    COMMON.iter().copied().chain(ids).collect()
}

/// Returns the name of every kind.
fn names() -> &'static [&'static str] {
    static NAMES: OnceLock<Vec<&'static str>> = OnceLock::new();
    NAMES.get_or_init(|| every_kind().into_iter().map(|(name, _)| name).collect())
}

impl Settings for Pii {
    const NAME: &'static str = "pii";
    const SUMMARY: &'static str = "personal data: e-mail, IP, MAC and street addresses, phone numbers, payment cards, IBANs, dates of birth, wallets and identification numbers; check digits are verified";
    const EXAMPLES: &'static [Example] = examples::EXAMPLES;

    fn kinds() -> Vec<(&'static str, &'static str)> {
        every_kind()
    }

    #[rustfmt::skip]
    const SHAPE: Shape = Shape::Alternatives(&[
        Alternative::under("kinds", KINDS),
        Alternative::of(Shape::Table(&Table::of("`pii`", "{ kinds = [\"phone\"], region = \"GB\" }", &[
            Key::new("kinds", KINDS, "What is found.").default("`\"all\"`"),
            Key::new("region", Shape::List(&List::of("them", COUNTRY)), "Where phone numbers without the code of a country are dialled."),
        ])
        .with(&[Constraint {
            when: &[Has::Key("region"), Has::Key("kinds")],
            needs: &[Has::Item("kinds", &["phone", "all"])],
            says: "`region` needs the kind `phone`",
            help: "",
        }]))),
    ]);

    fn build(self, _: &Rulebook) -> Result<Box<dyn Detector>, Problem> {
        Ok(Box::new(Finder::new(&self)))
    }
}

impl Detector for Finder {
    fn looks_again(&self) -> bool {
        true
    }

    fn find(&self, text: &View, cx: &mut Context<'_>, found: &mut Found) -> Result<(), Exhausted> {
        let typed = text.typed();
        let mut taken = Taken::default();
        if self.wants("email") {
            let refanged = Refanged::of(typed.text());
            let refanged_text = refanged.as_ref().map_or(typed.text(), |refanged| &refanged.text);
            let origin = |range| refanged.as_ref().map_or(Range::clone(&range), |r| r.origin(range));
            taken.add_certain(email::find(refanged_text).into_iter().map(origin), "email");
            taken.add_certain(spelled_email::find(typed.text()), "email");
        }
        let joined = Joined::of(typed.text());
        let text = joined.as_ref().map_or(typed.text(), |joined| &joined.text);
        let origin = |range| joined.as_ref().map_or(Range::clone(&range), |joined| joined.origin(range));
        for (range, kind, uncertain) in self.find_numbers(text, &mut cx.budget)? {
            if kind == "address" {
                // A postcode is part of an address.
                taken.add_around(origin(range), kind, |kind| {
                    !COMMON.iter().any(|(common, _)| *common == kind)
                });
            } else {
                taken.add(origin(range), kind, uncertain);
            }
        }
        for (range, kind) in taken.into_ranges() {
            found.push(typed.origin(range), kind);
        }
        Ok(())
    }

    fn near_misses(&self, text: &View) -> Vec<NearMiss> {
        let typed = text.typed();
        let near = near_misses::of(self, typed.text()).into_iter();
        near.map(|near| NearMiss { range: text.whole_graphemes(typed.origin(near.range)), ..near }).collect()
    }
}

/// A span, its kind, and whether its kind is uncertain.
type Located = (Range<usize>, &'static str, bool);

impl Finder {
    fn new(settings: &Pii) -> Self {
        let kinds = chosen(&settings.kinds, names());
        Self { ids: ids::Kinds::of(&kinds), kinds, region: Regions::of(&settings.region) }
    }

    fn wants(&self, kind: &str) -> bool {
        self.kinds.contains(&kind)
    }

    /// Finds every kind that can contain digits. The kinds that are least likely to be mistaken for another come first.
    fn find_numbers(&self, text: &str, budget: &mut Budget) -> Result<Vec<Located>, Exhausted> {
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let mut found = Vec::new();
        let mut add = |kind, ranges: Vec<Range<usize>>, uncertain| {
            found.extend(ranges.into_iter().map(|range| (range, kind, uncertain)));
        };
        if self.wants("mac") {
            add("mac", mac::find(text), false);
        }
        if digits >= 1 && self.wants("ip") {
            add("ip", ip::find(text), false);
        }
        if digits >= 8 && self.wants("card") {
            add("card", card::find(text), false);
        }
        if digits >= 2 && self.wants("iban") {
            add("iban", iban::find(text, budget)?, false);
        }
        if digits >= 1 && self.wants("crypto") {
            add("crypto", crypto::find(text), false);
        }
        if digits >= 3 && self.wants("birth-date") {
            add("birth-date", birth_date::find(text), false);
        }
        if digits >= ids::MIN_DIGITS && !self.ids.is_empty() {
            for id in self.ids.find(text, budget)? {
                let is_named = || {
                    other_numbers::is_named(text, id.range.start)
                        || other_numbers::is_named_after(text, id.range.end)
                };
                if !id.is_labelled() && is_named() {
                    continue;
                }
                add(id.kind, vec![id.range.clone()], id.is_uncertain());
            }
        }
        if digits >= 1 && self.wants("address") {
            add("address", address::find(text, budget)?, false);
        }
        // Phone numbers come last because many other numbers are also valid phone numbers in some country.
        if self.wants("phone") {
            let mut phones = phone::find(text, self.region.as_ref(), budget)?;
            phones.retain(|phone| {
                let has_country_code = text[phone.clone()].trim_start_matches('(').starts_with('+');
                let is_named = || {
                    other_numbers::is_named(text, phone.start)
                        || other_numbers::is_named_after(text, phone.end)
                };
                has_country_code || !is_named()
            });
            add("phone", phones, true);
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests;
