//! `secrets`: keys, tokens and passwords, by the shapes that those who issue them gave them for the purpose.
//!
//! One pass tries the shapes that begin with the letter that a word begins with. They are constants, so nothing is compiled and nothing
//! is kept: all of them cost a start nothing. What has the shape of a key must also look drawn by lot ([`random`]), for every kind alike.
//!
//! What is not taken for a leak: rows, sequences, repetitions and words in the shape of a key, and whatever says `EXAMPLE` or `your`, as
//! samples in manuals do; what is to be filled in (`${TOKEN}`, `<password>`); the word *password* for a password. A sample that looks as
//! random as a key is taken for one, since nobody can tell, and so are keys that are made for trying rules ([`random::TRIAL`]).

mod framed;
mod login;
mod named;
mod pattern;
mod random;
mod real;
mod search;
mod settings;
mod shapes;

use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

use serde::de::{self, Deserialize, Deserializer, SeqAccess, Visitor};
use serde_json::Value;

use self::named::NAMED;
use self::shapes::SHAPES;
use super::kinds::ReadKinds;
use super::schemas;
use super::{Context, Detector, Example, Exhausted, Found, Problem, Rulebook, Settings};
use crate::text::View;

/// Settings of `secrets`: which kinds, by who issues them.
#[derive(Debug)]
pub(super) struct Secrets(Vec<&'static str>);

impl Settings for Secrets {
    const NAME: &'static str = "secrets";
    const SUMMARY: &'static str =
        "keys, tokens and passwords of services by their shape, private keys, passwords in addresses";
    const EXAMPLES: &'static [Example] = &[
        Example {
            settings: r#""all""#,
            text: concat!("use AKIA", "TESTKEYNOTREAL23, not AKIAXXXXXXXXXXXXXXXX"),
            finds: &[concat!("AKIA", "TESTKEYNOTREAL23")],
        },
        Example {
            settings: r#"["github", "gitlab"]"#,
            text: concat!("AKIA", "TESTKEYNOTREAL23"),
            finds: &[],
        },
        Example {
            settings: r#""all""#,
            text: "-----BEGIN RSA PRIVATE KEY-----",
            finds: &["-----BEGIN RSA PRIVATE KEY-----"],
        },
        Example {
            settings: r#""all""#,
            text: "git clone https://bob:hunter2@git.example.com/x, see https://example.com:80/",
            finds: &["https://bob:hunter2@git.example.com"],
        },
        Example { settings: r#""all""#, text: "AKIA is a prefix, so is ghp_", finds: &[] },
        Example {
            settings: r#""all""#,
            text: "AKIAIOSFODNN7EXAMPLE, https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
            finds: &[],
        },
        Example {
            settings: r#""all""#,
            text: "npm_abcdefghijklmnopqrstuvwxyz0123456789, glpat-your-token-goes-here",
            finds: &[],
        },
    ];

    fn schema() -> Value {
        schemas::kinds(kinds())
    }

    fn build(self, _: &Rulebook) -> Result<Box<dyn Detector>, Problem> {
        Ok(Box::new(self))
    }
}

/// What was found: where, and of which kind.
type Finds = Vec<(Range<usize>, &'static str)>;

impl Detector for Secrets {
    fn find(&self, text: &View, cx: &mut Context<'_>, found: &mut Found) -> Result<(), Exhausted> {
        let typed = text.typed();
        let text = typed.text();
        let mut ranges = Finds::new();
        search::find(text, &mut cx.budget, &mut ranges)?;
        named::find(text, &mut ranges);
        framed::find(text, &mut ranges);
        login::in_addresses(text, &mut ranges);
        settings::in_settings(text, &mut ranges);
        settings::for_mysql(text, &mut ranges);
        login::for_curl(text, &mut ranges);
        login::in_headers(text, &mut ranges);
        ranges.retain(|(_, kind)| self.0.contains(kind));
        // A token may have several shapes at once, such as a key inside an address: the longest is it.
        ranges.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        let mut end = 0;
        for (range, kind) in ranges {
            if range.end > end {
                end = range.end;
                found.push(typed.origin(range), kind);
            }
        }
        Ok(())
    }
}

impl<'de> Deserialize<'de> for Secrets {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Secrets;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("\"all\" or a list of kinds such as `[\"aws\", \"github\", \"private-key\"]`")
            }

            fn visit_str<E: de::Error>(self, kind: &str) -> Result<Secrets, E> {
                ReadKinds(kinds()).visit_str(kind).map(Secrets)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Secrets, A::Error> {
                ReadKinds(kinds()).visit_seq(seq).map(Secrets)
            }
        }

        deserializer.deserialize_any(Reader)
    }
}

/// Every kind, in the order of the table.
pub(super) fn kinds() -> &'static [&'static str] {
    static KINDS: OnceLock<Vec<&'static str>> = OnceLock::new();
    KINDS.get_or_init(|| {
        let mut kinds = Vec::new();
        let shapes = SHAPES.iter().map(|shape| shape.kind).chain(NAMED.iter().map(|named| named.kind));
        for kind in shapes.chain(["private-key", "url-password", "authorization", "curl-password"]) {
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        kinds
    })
}

#[cfg(test)]
mod tests;
