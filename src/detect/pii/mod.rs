//! `pii`: personal data, by checksum and not only by shape wherever there is one.

mod card;
mod checks;
mod crypto;
mod email;
mod iban;
mod ids;
mod ip;
mod phone;

use std::fmt;
use std::ops::Range;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Value, json};

use self::phone::Regions;
use super::kinds::ReadKinds;
use super::refang::Refanged;
use super::schemas::{kinds, table, texts};
use super::typed::Typed;
use super::{Context, Detector, Example, Exhausted, Found, Problem, Rulebook, Settings};
use crate::text::View;

/// Settings of `pii`: which kinds, and where numbers without a country code are dialled.
#[derive(Debug)]
pub(super) struct Pii {
    kinds: Vec<&'static str>,
    region: Option<Regions>,
}

/// Every kind, those that people ask for most first.
const KINDS: &[&str] = &[
    "email",
    "phone",
    "card",
    "iban",
    "ip",
    "mac",
    "us-ssn",
    "us-itin",
    "uk-nino",
    "uk-nhs",
    "de-tax-id",
    "fr-nir",
    "es-nif",
    "it-cf",
    "nl-bsn",
    "pl-pesel",
    "in-aadhaar",
    "in-pan",
    "br-cpf",
    "br-cnpj",
    "au-tfn",
    "ca-sin",
    "passport",
    "birth-date",
    "crypto",
    "passport",
    "birth-date",
    "crypto",
];

impl Settings for Pii {
    const NAME: &'static str = "pii";
    const SUMMARY: &'static str = "personal data: addresses of mail and machines, numbers of phones, cards, accounts and persons, checked by their check digits";
    const EXAMPLES: &'static [Example] = &[
        Example {
            settings: r#"["email"]"#,
            text: "bob@example.net, (ann@corp.co.uk). cy [at] example [dot] com; @dan, a@b",
            finds: &["bob@example.net", "ann@corp.co.uk", "cy [at] example [dot] com"],
        },
        Example {
            settings: r#"["phone"]"#,
            text: "call +44 20 7946 0958, not 10.0.0.1 on 2026-11-20",
            finds: &["+44 20 7946 0958"],
        },
        Example {
            settings: r#"{ kinds = ["phone"], region = "US" }"#,
            text: "(415) 555-2671 or room 4155",
            finds: &["(415) 555-2671"],
        },
        Example {
            settings: r#"["card"]"#,
            text: "4111 1111 1111 1111, 4111 1111 1111 1112, ４１１１\u{200b}111111111111, order 20261120103000",
            finds: &["4111 1111 1111 1111", "４１１１\u{200b}111111111111"],
        },
        Example {
            settings: r#"["iban"]"#,
            text: "GB82 WEST 1234 5698 7654 32, not GB82 WEST 1234 5698 7654 33",
            finds: &["GB82 WEST 1234 5698 7654 32"],
        },
        Example {
            settings: r#"["ip"]"#,
            text: "10.0.0.1, [2001:db8::1], 192.168.0.0/16; version 1.2.3.4, 12:34:56, std::io, 300.1.1.1",
            finds: &["10.0.0.1", "2001:db8::1", "192.168.0.0/16"],
        },
        Example {
            settings: r#"["us-ssn"]"#,
            text: "078-05-1123, 078051123, 666-05-1123; my ssn: 078051123",
            finds: &["078-05-1123", "078051123"],
        },
        Example {
            settings: r#"["uk-nino"]"#,
            text: "PR 12 36 12 C, FQ 00 00 00 C",
            finds: &["PR 12 36 12 C"],
        },
    ];

    fn schema() -> Value {
        json!({ "oneOf": [kinds(KINDS), table([("kinds", kinds(KINDS)), ("region", texts())])] })
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
        let typed = Typed::of(text.text());
        let mut taken = Taken::default();
        if self.wants("email") {
            let refanged = Refanged::of(typed.text());
            let clear = refanged.as_ref().map_or(typed.text(), |refanged| &refanged.text);
            let origin = |range| refanged.as_ref().map_or(Range::clone(&range), |r| r.origin(range));
            taken.all(email::find(clear).into_iter().map(origin).collect(), "email");
        }
        // Everything else has digits in it.
        let digits = typed.text().bytes().filter(u8::is_ascii_digit).count();
        if digits >= 1 && self.wants("ip") {
            taken.all(ip::find(typed.text()), "ip");
        }
        if digits >= 12 && self.wants("card") {
            taken.all(card::find(typed.text()), "card");
        }
        if digits >= 2 && self.wants("iban") {
            taken.all(iban::find(typed.text()), "iban");
        }
        if digits >= 1 && self.wants("crypto") {
            taken.all(crypto::find(typed.text()), "crypto");
        }
        for id in ids::IDS.iter().filter(|id| digits >= id.digits && self.wants(id.kind)) {
            cx.budget.spend(typed.text().len() as u64 * 4)?;
            taken.all(id.find(typed.text()), id.kind);
        }
        // Last, because much that is something else could be dialled somewhere.
        if digits >= 6 && self.wants("phone") {
            taken.all(phone::find(typed.text(), self.region.as_ref(), &mut cx.budget)?, "phone");
        }
        for (range, kind) in taken.0 {
            found.push(typed.origin(range), kind);
        }
        Ok(())
    }
}

impl Pii {
    fn wants(&self, kind: &str) -> bool {
        self.kinds.contains(&kind)
    }
}

/// What was found so far: a number is one thing, the first that it was found to be.
#[derive(Debug, Default)]
struct Taken(Vec<(Range<usize>, &'static str)>);

impl Taken {
    fn all(&mut self, ranges: Vec<Range<usize>>, kind: &'static str) {
        for range in ranges {
            let free = |(taken, _): &(Range<usize>, _)| taken.end <= range.start || range.end <= taken.start;
            if self.0.iter().all(free) {
                self.0.push((range, kind));
            }
        }
    }
}

/// Whether `range` of `text` is not a piece of a longer word or number.
fn stands_apart(text: &str, range: &Range<usize>) -> bool {
    let word = |c: char| c.is_alphanumeric() || c == '_';
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
                ReadKinds(KINDS).visit_str(kind).map(|kinds| Pii { kinds, region: None })
            }

            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Pii, A::Error> {
                ReadKinds(KINDS).visit_seq(seq).map(|kinds| Pii { kinds, region: None })
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pii, A::Error> {
                let mut pii = Pii { kinds: KINDS.to_vec(), region: None };
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "kinds" => pii.kinds = map.next_value_seed(ReadKinds(KINDS))?,
                        "region" => pii.region = Some(map.next_value()?),
                        _ => return Err(de::Error::unknown_field(&key, KEYS)),
                    }
                }
                Ok(pii)
            }
        }

        deserializer.deserialize_any(Reader)
    }
}
