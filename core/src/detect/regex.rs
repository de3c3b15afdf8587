//! `regex`: finds what one or several regular expressions match, in the syntax of the `regex` crate.

use std::ops::Range;

use regex::{Regex, RegexBuilder};
use serde::Deserialize;
use toml::Spanned;

use super::words::expression;
use super::{Context, Detector, Example, Exhausted, Found, Problem, Rulebook, Settings};
use crate::shape::{List, Shape, Text};
use crate::text::View;

/// Settings of `regex`: the expressions, any of which may match.
#[derive(Debug, Deserialize)]
pub(super) struct Regexes(Vec<Spanned<String>>);

/// An expression. Whether it is one is seen when it is compiled.
const EXPRESSION: Shape = Shape::Text(&Text { what: "a regular expression", ..Text::ANY });

impl Settings for Regexes {
    const NAME: &'static str = "regex";
    const SUMMARY: &'static str =
        "what one or several regular expressions match, in Rust syntax, which always runs in linear time";
    const EXAMPLES: &'static [Example] = &[
        Example { settings: r"'\bgh[0-9]{4}\b'", text: "see gh1234 and gh12345", finds: &["gh1234"] },
        Example { settings: r"'(?i)viagra'", text: "cheap VIAGRA", finds: &["VIAGRA"] },
        Example { settings: r"['a+', 'b+']", text: "abba", finds: &["a", "a", "bb"] },
    ];

    const SHAPE: Shape = Shape::List(&List::of("them, in 'single quotes'", EXPRESSION));

    fn build(self, rulebook: &Rulebook) -> Result<Box<dyn Detector>, Problem> {
        let compiled = self.0.iter().map(|source| {
            let regex = compile(source.get_ref()).map_err(|why| Problem::new(why).at(source.span()))?;
            lint(&regex, &source.span(), rulebook);
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
fn lint(regex: &Regex, span: &Range<usize>, rulebook: &Rulebook) {
    let warn = |message: &str, help: &str| {
        rulebook.warn(Problem::new(message).at(span.clone()).help(help.to_owned()));
    };
    if regex.is_match("") {
        warn(
            "this matches the empty text, which every message has everywhere",
            "only what it matches beyond that is found: ask for one character at least",
        );
    }
    if let Some(inner) = expression(regex.as_str()) {
        warn("the slashes belong to the expression", &format!("write it without: `'{inner}'`"));
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
