//! `regex`: one regular expression or several, in Rust's syntax.

use std::fmt;
use std::ops::Range;

use serde::de::{self, Deserialize, Deserializer, SeqAccess, Visitor};

use toml::Spanned;

use super::{Context, Detector, Example, Exhausted, Found, Problem, Rulebook, Settings};
use crate::text::View;

/// Settings of `regex`: the expressions, any of which may match.
#[derive(Debug)]
pub(super) struct Regexes(Vec<Spanned<Pattern>>);

/// A regular expression that compiled.
#[derive(Debug)]
struct Pattern(regex::Regex);

impl Settings for Regexes {
    const NAME: &'static str = "regex";
    const SUMMARY: &'static str = "what a regular expression matches, or any of several; Rust syntax, which cannot be made to run for ever";
    const EXAMPLES: &'static [Example] = &[
        Example { settings: r"'\bgh[0-9]{4}\b'", text: "see gh1234 and gh12345", finds: &["gh1234"] },
        Example { settings: r"'(?i)viagra'", text: "cheap VIAGRA", finds: &["VIAGRA"] },
        Example { settings: r"['a+', 'b+']", text: "abba", finds: &["a", "a", "bb"] },
    ];

    fn build(self, rulebook: &Rulebook) -> Result<Box<dyn Detector>, Problem> {
        if self.0.is_empty() {
            return Err(Problem::new("`regex` lists no expression, so it finds nothing"));
        }
        for pattern in &self.0 {
            pattern.get_ref().lint(pattern.span(), rulebook);
        }
        Ok(Box::new(Finder(self.0.into_iter().map(|pattern| pattern.into_inner().0).collect())))
    }
}

/// The expressions, ready to run.
struct Finder(Vec<regex::Regex>);

impl Detector for Finder {
    fn find(&self, text: &View, cx: &mut Context<'_>, found: &mut Found) -> Result<(), Exhausted> {
        let text = text.text();
        for regex in &self.0 {
            // Linear in the text, but each match may scan to the end before it settles.
            let mut from = 0;
            for matched in regex.find_iter(text) {
                cx.budget.spend((text.len() - from) as u64)?;
                from = matched.end();
                found.push(matched.range(), "regex");
            }
        }
        Ok(())
    }
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let source = String::deserialize(deserializer)?;
        // Far above any sensible expression, far below what a function's memory and cold start can bear.
        let regex = regex::RegexBuilder::new(&source).size_limit(1 << 20).dfa_size_limit(1 << 20).build();
        let regex = regex.map_err(|error| de::Error::custom(explain(&error)))?;
        Ok(Self(regex))
    }
}

impl Pattern {
    /// Warns of what is probably a mistake. `span` is empty when it is the only expression.
    fn lint(&self, span: Range<usize>, rulebook: &Rulebook) {
        let span = Some(span).filter(|span| !span.is_empty());
        let warn = |message: &str, help: &str| {
            rulebook.warn(Problem {
                message: message.to_owned(),
                span: span.clone(),
                help: Some(help.to_owned()),
            });
        };
        if self.0.is_match("") {
            warn(
                "this matches the empty text, which every message has everywhere",
                "only what it matches beyond that is found: ask for one character at least",
            );
        }
        let source = self.0.as_str();
        if source.contains(r"\b") && !source.contains("(?-u") {
            warn(
                r"`\b` is slow on text that is not all ASCII: every letter of every script counts as part of a word",
                r"write `(?-u:\b)` where words are made of ASCII letters and digits",
            );
        }
    }
}

/// What is wrong with an expression. The parser's own words come with a drawing over several lines; its last line says it all.
fn explain(error: &regex::Error) -> String {
    match error {
        regex::Error::CompiledTooBig(limit) => {
            format!("this compiles to more than {limit} bytes: use fewer or smaller repetitions")
        }
        other => {
            let text = other.to_string();
            let last = text.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
            let hint = if last.starts_with("look-around") || last.starts_with("backreferences") {
                "; expressions run in linear time, which rules that out"
            } else {
                ""
            };
            format!("not a regular expression: {last}{hint}")
        }
    }
}

impl<'de> Deserialize<'de> for Regexes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Regexes;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a regular expression or a list of them, in 'single quotes'")
            }

            fn visit_str<E: de::Error>(self, source: &str) -> Result<Regexes, E> {
                let pattern = Pattern::deserialize(de::value::StrDeserializer::new(source))?;
                Ok(Regexes(vec![Spanned::new(0..0, pattern)]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Regexes, A::Error> {
                let mut all = Vec::new();
                while let Some(pattern) = seq.next_element()? {
                    all.push(pattern);
                }
                Ok(Regexes(all))
            }
        }

        deserializer.deserialize_any(Reader)
    }
}
