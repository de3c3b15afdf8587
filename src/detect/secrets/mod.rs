//! `secrets`: keys, tokens and passwords, by the shapes that those who issue them gave them for the purpose.
//!
//! One pass tries the shapes that begin with the letter that a word begins with. They are constants, so nothing is compiled and nothing
//! is kept: all of them cost a start nothing. How random a piece is decides nothing on its own: it only tells a key from a row of `x` in
//! the shape of one.
//!
//! What is not taken for a leak: rows of `x`, what is to be filled in (`${TOKEN}`, `<password>`), the word *password* for a password, and
//! keys of AWS that say `EXAMPLE`, because its manuals are full of them. A key that is only made up is taken for one: rules are tested
//! with those.

mod framed;
mod login;
mod named;
mod pattern;
mod real;
mod search;
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
fn kinds() -> &'static [&'static str] {
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
mod tests {
    use super::pattern::Part;
    use super::shapes::INNER;
    use super::*;

    #[test]
    fn there_are_many_kinds_and_each_has_one_name() {
        let mut names = kinds().to_vec();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), kinds().len());
        assert!(names.len() >= 60, "{}", names.len());
    }

    /// A token of the shape `parts`: made up here, letter by letter, so that nobody's scanner takes it for one that somebody lost.
    fn made_up(parts: &[Part]) -> String {
        let mut token = String::new();
        for part in parts {
            match part {
                Part::Is(letters) => token.push_str(letters),
                Part::Either(all) => token.push_str(all[0]),
                Part::Run(set, least, _) => {
                    let letters = "aZ3bY7cX1dW9eV5fU2gT8hS4iR6jQ0kPlOmNnMLoKpJqIrHsGtFuEvDwCxByAz";
                    let letters =
                        letters.chars().filter(|c| u8::try_from(*c).is_ok_and(|byte| set.has(byte)));
                    token.extend(letters.cycle().skip(token.len()).take(*least));
                }
                Part::Maybe(_) | Part::Mixed => {}
                Part::Holding(letters) => {
                    let middle = token.len() - 30;
                    token.replace_range(middle..middle + letters.len(), letters);
                }
                Part::Ending(letters) => token.replace_range(token.len() - letters.len().., letters),
            }
        }
        token
    }

    fn found(text: &str) -> Vec<(String, &'static str)> {
        let (view, message) = (View::new(text), crate::message::Message::default());
        let mut found = Found::default();
        let mut cx = Context { message: &message, answer: None, budget: super::super::Budget::RULE };
        Secrets(kinds().to_vec()).find(&view, &mut cx, &mut found).unwrap();
        found.spans.into_iter().map(|find| (text[find.range].to_owned(), find.kind)).collect()
    }

    #[test]
    fn every_shape_is_found_where_people_paste_it() {
        for shape in SHAPES.iter().chain([&INNER.2]) {
            let token = made_up(shape.parts);
            for (before, after) in [
                ("", ""),
                ("my key: ", ", ok?"),
                ("KEY=", "\n"),
                ("{\"key\": \"", "\"}"),
                ("это", "."),
                ("<code>", "</code>"),
                ("**", "**"),
                ("?token=", "&x=1"),
            ] {
                let text = format!("{before}{token}{after}");
                let found = found(&text);
                assert!(
                    found.iter().any(|(found, kind)| *kind == shape.kind && token.contains(&**found)),
                    "{} in {text}: {found:?}",
                    shape.kind
                );
            }
            let glued = found(&format!("x{token}"));
            assert!(glued.iter().all(|(found, _)| *found != token), "{} glued: {glued:?}", shape.kind);
        }
    }

    #[test]
    fn what_only_looks_like_a_token_is_left_alone() {
        for text in [
            "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            "AKIAXXXXXXXXXXXXXXXX and AKIAIOSFODNN7EXAMPLE",
            "TODAYINASIAWELEARNEDABOUTITALL",
            "glpat-XXXXXXXXXXXXXXXXXXXX",
            "ghp_aZ3bY7cX1dW9eV5fU2gT8hS4iR6jQ0kPlOm",
            "sk-ant-api03-not-a-real-key",
            "s.AcceptanceTimeoutInSeconds, s.makeSomethingOfThisThing",
            "npm_config_registry, pk_live_aZ3bY7cX1dW9eV5fU2gT8hS4",
            "sha512-aZ3bY7cX1dW9eV5fU2gT8hS4iR6jQ0kPlOmNnMaZ3bY7cX1dW9eV5fU2gT8hS4iR6jQ0kPlOmNnMaZ3bY7cX1dW9e==",
            "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c",
            "743b294a-cd03-11ec-9d64-0242ac120002",
            "xoxb-your-bot-token, xoxp-1234-1234-1234-abcdefabcdefabcdef",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn a_token_is_found_through_what_nobody_sees() {
        let parts = [Part::Is("ghp_"), pattern::just(pattern::ALNUM, 36)];
        let token = made_up(&parts).replace('Z', "Z\u{200b}");
        assert_eq!(found(&token), [(token.clone(), "github")]);
    }
}
