//! `secrets`: keys, tokens and passwords, by the shapes that those who issue them gave them for the purpose.
//!
//! One pass looks for the few letters that each shape cannot be without; only the shapes whose letters are there are compiled and
//! matched. How random a piece is decides nothing on its own: it only tells a key from a row of `x` in the shape of one.

mod shapes;

use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;
use regex::bytes::Regex;
use serde::de::{self, Deserialize, Deserializer, SeqAccess, Visitor};
use serde_json::Value;

use self::shapes::{SHAPES, Shape};
use super::kinds::ReadKinds;
use super::schemas;
use super::typed::Typed;
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

impl Detector for Secrets {
    fn find(&self, text: &View, cx: &mut Context<'_>, found: &mut Found) -> Result<(), Exhausted> {
        let typed = Typed::of(text.text());
        let text = typed.text();
        let mut ranges: Vec<(Range<usize>, &'static str)> = Vec::new();
        for at in candidates(text) {
            let shape = &SHAPES[at];
            if !self.0.contains(&shape.kind) {
                continue;
            }
            cx.budget.spend(text.len() as u64 * 8)?;
            let matches = regex(at).find_iter(text.as_bytes()).map(|matched| matched.range());
            ranges
                .extend(matches.filter(|range| shape.is_real(text, range)).map(|range| (range, shape.kind)));
        }
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

/// The shapes that `text` has the letters for, in order.
fn candidates(text: &str) -> Vec<usize> {
    let keywords = keywords();
    let mut shapes: Vec<usize> = keywords
        .automaton
        .find_overlapping_iter(text)
        .flat_map(|matched| &keywords.shapes[matched.pattern().as_usize()])
        .copied()
        .collect();
    if has_long_token(text) {
        shapes.extend(&keywords.unnamed);
    }
    shapes.sort_unstable();
    shapes.dedup();
    shapes
}

/// Whether there is a piece without white space that is long enough for a token without letters of its own.
fn has_long_token(text: &str) -> bool {
    text.len() >= 34 && text.split_ascii_whitespace().any(|piece| piece.len() >= 34)
}

/// The letters that shapes cannot be without.
struct Keywords {
    automaton: AhoCorasick,
    /// For each of them, the shapes.
    shapes: Vec<Vec<usize>>,
    /// The shapes that have none.
    unnamed: Vec<usize>,
}

fn keywords() -> &'static Keywords {
    static KEYWORDS: OnceLock<Keywords> = OnceLock::new();
    KEYWORDS.get_or_init(|| {
        let (mut words, mut shapes, mut unnamed) = (Vec::<&str>::new(), Vec::<Vec<usize>>::new(), Vec::new());
        for (index, shape) in SHAPES.iter().enumerate() {
            for keyword in shape.keywords {
                if let Some(known) = words.iter().position(|word| word == keyword) {
                    shapes[known].push(index);
                } else {
                    words.push(keyword);
                    shapes.push(vec![index]);
                }
            }
            if shape.keywords.is_empty() {
                unnamed.push(index);
            }
        }
        let automaton = AhoCorasick::new(words).expect("a few hundred short words fit an automaton");
        Keywords { automaton, shapes, unnamed }
    })
}

/// The expression of the shape at `at`, compiled when it is first needed.
fn regex(at: usize) -> &'static Regex {
    static COMPILED: [OnceLock<Regex>; SHAPES.len()] = [const { OnceLock::new() }; SHAPES.len()];
    // ASCII classes: keys are ASCII, and Unicode classes take a hundred times the time and memory to compile.
    COMPILED[at].get_or_init(|| {
        Regex::new(&format!("(?-u){}", SHAPES[at].regex))
            .expect("the shapes are regular expressions (tested)")
    })
}

impl Shape {
    /// Whether what `range` of `text` matched is more than a shape.
    fn is_real(&self, text: &str, range: &Range<usize>) -> bool {
        let Some(token) = text.get(range.clone()) else { return false };
        let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let (mut before, mut after) = (text[..range.start].chars(), text[range.end..].chars());
        let inside = token.starts_with(|c: char| c.is_ascii_alphanumeric())
            && before.next_back().is_some_and(|c| c.is_ascii_alphanumeric())
            || !token.ends_with('-') && after.next().is_some_and(word);
        // A frame without a key in it, a row of one letter, and what is to be filled in.
        let empty = text[range.end..].starts_with("-----END ");
        let drawn = self.entropy > 0.0 && ["xxxxxxxx", "XXXXXXXX"].iter().any(|row| token.contains(row));
        let open = ["${", "{{", "<%", "$(", "\"username:password"].iter().any(|sign| token.contains(sign));
        let documented = self.kind == "aws" && token.contains("EXAMPLE");
        !(inside || empty || drawn || open || documented) && entropy(token) >= self.entropy
    }
}

/// How much each character of `token` tells, in bits.
fn entropy(token: &str) -> f64 {
    let mut counts = [0_u32; 256];
    for byte in token.bytes() {
        counts[usize::from(byte)] += 1;
    }
    let len = f64::from(u32::try_from(token.len()).unwrap_or(u32::MAX));
    let bits = |count: &u32| -f64::from(*count) / len * (f64::from(*count) / len).log2();
    counts.iter().filter(|count| **count > 0).map(bits).sum()
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
        let mut kinds: Vec<_> = SHAPES.iter().map(|shape| shape.kind).collect();
        kinds.dedup();
        kinds
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_compiles_and_its_kinds_stand_together() {
        let mut names = kinds().to_vec();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), kinds().len());
        assert!(names.len() >= 60, "{}", names.len());
        for (at, shape) in SHAPES.iter().enumerate() {
            assert!(!regex(at).is_match(b""), "{}", shape.kind);
        }
    }

    /// A token of `kind`: made up here, letter by letter, so that nobody's scanner takes it for one that somebody lost.
    fn made_up(prefix: &str, len: usize) -> String {
        let letters = "aZ3bY7cX1dW9eV5fU2gT8hS4iR6jQ0kPlOmNn";
        prefix.chars().chain(letters.chars().cycle().take(len)).collect()
    }

    fn found(text: &str) -> Vec<(String, &'static str)> {
        let (view, message) = (View::new(text), crate::message::Message::default());
        let mut found = Found::default();
        let mut cx = Context { message: &message, answer: None, budget: super::super::Budget::RULE };
        Secrets(kinds().to_vec()).find(&view, &mut cx, &mut found).unwrap();
        found.spans.into_iter().map(|find| (text[find.range].to_owned(), find.kind)).collect()
    }

    #[test]
    fn tokens_are_found_by_who_issues_them() {
        for (kind, prefix, len) in [
            ("github", "ghp_", 36),
            ("gitlab", "glpat-", 20),
            ("stripe", "sk_live_", 24),
            ("npm", "npm_", 36),
            ("google", "AIza", 35),
            ("shopify", "shpat_", 32),
            ("groq", "gsk_", 52),
            ("docker", "dckr_pat_", 27),
        ] {
            let token = made_up(prefix, len);
            assert_eq!(found(&format!("my key: {token}, ok?")), [(token.clone(), kind)]);
            assert_eq!(found(&format!("x{token}")), []);
            assert_eq!(found(&format!("{prefix}{}", "x".repeat(len))), [], "{kind}");
            assert_eq!(found(prefix), []);
        }
    }

    #[test]
    fn a_private_key_is_all_of_it() {
        let key =
            "-----BEGIN OPENSSH PRIVATE KEY-----\nYmFzZTY0\nYmFzZTY0\n-----END OPENSSH PRIVATE KEY-----";
        assert_eq!(found(&format!("here {key} bye")), [(key.to_owned(), "private-key")]);
        assert_eq!(found("-----BEGIN OPENSSH PRIVATE KEY----------END OPENSSH PRIVATE KEY-----"), []);
        assert_eq!(found("-----BEGIN PUBLIC KEY-----"), []);
    }

    #[test]
    fn a_token_is_found_through_what_nobody_sees() {
        let token = made_up("ghp_", 36).replace('Z', "Z\u{200b}");
        assert_eq!(found(&token), [(token.clone(), "github")]);
    }
}
