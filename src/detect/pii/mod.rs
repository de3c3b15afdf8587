//! `pii`: personal data, by checksum and not only by shape wherever there is one.

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
mod mac;
mod phone;
mod spelled;
mod taken;

use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Value, json};

use self::phone::Regions;
use self::taken::Taken;
use super::kinds::ReadKinds;
use super::refang::Refanged;
use super::schemas::{kinds, table, texts};
use super::{Budget, Context, Detector, Example, Exhausted, Found, Problem, Rulebook, Settings};
use crate::text::{View, is_glued};

/// Settings of `pii`: which kinds, and where numbers without a country code are dialled.
#[derive(Debug)]
pub(super) struct Pii {
    kinds: Vec<&'static str>,
    /// Those of the kinds that are numbers of persons.
    ids: ids::Wanted,
    region: Option<Regions>,
}

/// What is found by other means than [`ids`], those that people ask for most first, and what is checked of it.
const COMMON: &[(&str, &str)] = &[
    ("email", "address of mail: its top-level domain exists; seen through `(at)`, `[dot]`"),
    ("phone", "number of a phone, by the numbering plan of its country; without a `+` only with a `region`"),
    ("card", "number of a payment card: issuer, length, check digit (Luhn)"),
    ("iban", "number of a bank account: country, length, check digits (mod 97)"),
    ("ip", "address of a machine or a network, of either kind"),
    ("mac", "address of a network card"),
    (
        "address",
        "street and number, with town and code: as in the United States, the United Kingdom, Canada, Australia, Germany, France",
    ),
    ("birth-date", "date with words beside it that say that somebody was born on it"),
    ("crypto", "address of a wallet, by its checksum"),
];

/// Every kind, and what it is.
fn every_kind() -> Vec<(&'static str, &'static str)> {
    let ids = ids::all().filter(|id| !id.what.is_empty()).map(|id| (id.kind, id.what));
    COMMON.iter().copied().chain(ids).collect()
}

/// The name of every kind.
fn names() -> &'static [&'static str] {
    static NAMES: OnceLock<Vec<&'static str>> = OnceLock::new();
    NAMES.get_or_init(|| every_kind().into_iter().map(|(name, _)| name).collect())
}

impl Settings for Pii {
    const NAME: &'static str = "pii";
    const SUMMARY: &'static str = "personal data: addresses of mail and machines, numbers of phones, cards, accounts and persons, checked by their check digits";
    const EXAMPLES: &'static [Example] = examples::EXAMPLES;

    fn kinds() -> Vec<(&'static str, &'static str)> {
        every_kind()
    }

    fn schema() -> Value {
        let every = names();
        json!({ "oneOf": [kinds(every), table([("kinds", kinds(every)), ("region", texts())])] })
    }

    fn build(self, _: &Rulebook) -> Result<Box<dyn Detector>, Problem> {
        if self.region.is_some() && !self.kinds.contains(&"phone") {
            return Err(Problem::new("`region` is about phone numbers, and `phone` is not among the kinds"));
        }
        Ok(Box::new(self))
    }
}

impl Detector for Pii {
    fn find(&self, text: &View, cx: &mut Context<'_>, found: &mut Found) -> Result<(), Exhausted> {
        let typed = text.typed();
        let mut taken = Taken::default();
        if self.wants("email") {
            let refanged = Refanged::of(typed.text());
            let clear = refanged.as_ref().map_or(typed.text(), |refanged| &refanged.text);
            let origin = |range| refanged.as_ref().map_or(Range::clone(&range), |r| r.origin(range));
            taken.all(email::find(clear).into_iter().map(origin), "email");
            taken.all(spelled::find(typed.text()), "email");
        }
        self.find_numbers(typed.text(), &mut taken, &mut cx.budget)?;
        for (range, kind) in taken.into_ranges() {
            found.push(typed.origin(range), kind);
        }
        Ok(())
    }
}

impl Pii {
    fn new(kinds: Vec<&'static str>) -> Self {
        Self { ids: ids::Wanted::of(&kinds), kinds, region: None }
    }

    fn wants(&self, kind: &str) -> bool {
        self.kinds.contains(&kind)
    }

    /// Everything that has digits in it. What is the least likely to be something else comes first.
    fn find_numbers(&self, text: &str, taken: &mut Taken, budget: &mut Budget) -> Result<(), Exhausted> {
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        if self.wants("mac") {
            taken.all(mac::find(text), "mac");
        }
        if digits >= 1 && self.wants("ip") {
            taken.all(ip::find(text), "ip");
        }
        if digits >= 8 && self.wants("card") {
            taken.all(card::find(text), "card");
        }
        if digits >= 2 && self.wants("iban") {
            taken.all(iban::find(text, budget)?, "iban");
        }
        if digits >= 1 && self.wants("crypto") {
            taken.all(crypto::find(text), "crypto");
        }
        if digits >= 3 && self.wants("birth-date") {
            taken.all(birth_date::find(text), "birth-date");
        }
        if digits >= ids::FEWEST_DIGITS && !self.ids.is_empty() {
            for sighting in self.ids.find(text, budget)? {
                taken.one(sighting.range.clone(), sighting.kind, sighting.is_doubtful());
            }
        }
        if digits >= 1 && self.wants("address") {
            taken.all(address::find(text), "address");
        }
        // Last, because much that is something else could be dialled somewhere.
        if self.wants("phone") {
            for range in phone::find(text, self.region.as_ref(), budget)? {
                taken.one(range, "phone", true);
            }
        }
        Ok(())
    }
}

/// Whether `range` of `text` is not a piece of a longer word or number.
fn stands_apart(text: &str, range: &Range<usize>) -> bool {
    let word = |c: char| c.is_alphanumeric() && !is_glued(c) || c == '_';
    // A number goes on after a sign if there is a digit behind it.
    let sign = |c: char| matches!(c, '-' | '.' | '/' | ',');
    let (mut before, mut after) = (text[..range.start].chars().rev(), text[range.end..].chars());
    let goes_on = |first: Option<char>, second: Option<char>| {
        first.is_some_and(word) || first.is_some_and(sign) && second.is_some_and(|c| c.is_ascii_digit())
    };
    !goes_on(before.next(), before.next()) && !goes_on(after.next(), after.next())
}

impl<'de> Deserialize<'de> for Pii {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        const KEYS: &[&str] = &["kinds", "region"];

        impl<'de> Visitor<'de> for Reader {
            type Value = Pii;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("\"all\", a list of kinds such as `[\"email\", \"card\"]`, or `{ kinds = …, region = \"GB\" }`")
            }

            fn visit_str<E: de::Error>(self, kind: &str) -> Result<Pii, E> {
                ReadKinds(names()).visit_str(kind).map(Pii::new)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Pii, A::Error> {
                ReadKinds(names()).visit_seq(seq).map(Pii::new)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pii, A::Error> {
                let (mut kinds, mut region) = (names().to_vec(), None);
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "kinds" => kinds = map.next_value_seed(ReadKinds(names()))?,
                        "region" => region = Some(map.next_value()?),
                        _ => return Err(de::Error::unknown_field(&key, KEYS)),
                    }
                }
                Ok(Pii { region, ..Pii::new(kinds) })
            }
        }

        deserializer.deserialize_any(Reader)
    }
}
