//! `regex`: finds what one or several regular expressions match, in the syntax of the `regex` crate.

use std::fmt;
use std::ops::Range;

use regex::{Regex, RegexBuilder};
use serde::de::{self, Deserialize, Deserializer, SeqAccess, Visitor};
use serde_json::Value;
use toml::Spanned;

use super::schemas::texts;
use super::{Context, Detector, Example, Exhausted, Found, Problem, Rulebook, Settings};
use crate::text::View;

/// Settings of `regex`: the expressions, any of which may match. One that is written alone has no place of its own.
#[derive(Debug)]
pub(super) struct Regexes(Vec<(String, Option<Range<usize>>)>);

impl Settings for Regexes {
    const NAME: &'static str = "regex";
    const SUMMARY: &'static str = "what a regular expression matches, or any of several; Rust syntax, which cannot be made to run for ever";
    const EXAMPLES: &'static [Example] = &[
        Example { settings: r"'\bgh[0-9]{4}\b'", text: "see gh1234 and gh12345", finds: &["gh1234"] },
        Example { settings: r"'(?i)viagra'", text: "cheap VIAGRA", finds: &["VIAGRA"] },
        Example { settings: r"['a+', 'b+']", text: "abba", finds: &["a", "a", "bb"] },
    ];

    fn schema() -> Value {
        texts()
    }

    fn build(self, rulebook: &Rulebook) -> Result<Box<dyn Detector>, Problem> {
        if self.0.is_empty() {
            return Err(Problem::new("`regex` lists no expression, so it finds nothing"));
        }
        let compiled = self.0.into_iter().map(|(source, span)| {
            let regex =
                compile(&source).map_err(|why| Problem { span: span.clone(), ..Problem::new(why) })?;
            lint(&regex, span.as_ref(), rulebook);
            Ok(regex)
        });
        Ok(Box::new(Finder(compiled.collect::<Result<_, Problem>>()?)))
    }
}

/// The detector: the compiled expressions.
struct Finder(Vec<Regex>);

impl Detector for Finder {
    fn find(&self, text: &View, cx: &mut Context<'_>, found: &mut Found) -> Result<(), Exhausted> {
        let text = text.text();
        for regex in &self.0 {
            // Each match takes linear time, because the search may read to the end of the text before it returns a match.
            let mut last_end = 0;
            for matched in regex.find_iter(text) {
                cx.budget.spend((text.len() - last_end) as u64)?;
                last_end = matched.end();
                found.push(matched.range(), "regex");
            }
        }
        Ok(())
    }
}

/// Compiles `source` with a size limit.
fn compile(source: &str) -> Result<Regex, String> {
    // The limit is far above any sensible expression, and far below what would affect the memory and cold start of a function.
    let builder = RegexBuilder::new(source).size_limit(1 << 20).dfa_size_limit(1 << 20).build();
    builder.map_err(|error| explain(&error))
}

/// Warns about probable mistakes in `regex`.
fn lint(regex: &Regex, span: Option<&Range<usize>>, rulebook: &Rulebook) {
    let warn = |message: &str, help: &str| {
        let help = Some(help.to_owned());
        rulebook.warn(Problem { span: span.cloned(), help, ..Problem::new(message) });
    };
    if regex.is_match("") {
        warn(
            "this matches the empty text, which every message has everywhere",
            "only what it matches beyond that is found: ask for one character at least",
        );
    }
    if regex.as_str().contains(r"\b") && !regex.as_str().contains("(?-u") {
        warn(
            r"`\b` is slow on text that is not all ASCII: every letter of every script counts as part of a word",
            r"write `(?-u:\b)` where words are made of ASCII letters and digits",
        );
    }
}

/// Returns a one-line error message. The message of the parser has several lines, of which only the last describes the error.
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
                Ok(Regexes(vec![(source.to_owned(), None)]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Regexes, A::Error> {
                let mut all = Vec::new();
                while let Some(source) = seq.next_element::<Spanned<String>>()? {
                    let span = source.span();
                    all.push((source.into_inner(), Some(span)));
                }
                Ok(Regexes(all))
            }
        }

        deserializer.deserialize_any(Reader)
    }
}
