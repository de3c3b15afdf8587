//! `regex`: finds what one or several regular expressions match, in the syntax of the `regex` crate.

use std::ops::Range;

use regex::{Regex, RegexBuilder};
use serde::Deserialize;
use toml::Spanned;

use super::words::expression;
use super::{Context, Detector, Example, Exhausted, Found, NearMiss, Problem, Rulebook, Settings};
use crate::shape::{List, Shape, Text};
use crate::text::View;

/// Settings of `regex`: the expressions, any of which may match.
#[derive(Debug, Deserialize)]
pub(super) struct Regexes(Vec<Spanned<String>>);

/// An expression. Only compiling it shows whether it is valid.
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
            let regex = compile(source.get_ref()).map_err(|problem| problem.at(source.span()))?;
            lint(&regex, &source.span(), rulebook);
            Ok(regex)
        });
        let regexes: Vec<Regex> = compiled.collect::<Result<_, Problem>>()?;
        // One warning is enough: the advice is the same for all of them.
        if let Some((_, source)) = regexes.iter().zip(&self.0).find(|(regex, _)| has_slow_boundary(regex)) {
            let message = r"`\b` is slow on text that is not all ASCII: every letter of every script counts as part of a word";
            let help = r"write `(?-u:\b)` where words are made of ASCII letters and digits".to_owned();
            rulebook.warn(Problem::new(message).at(source.span()).help(help));
        }
        Ok(Box::new(Finder(regexes)))
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

    fn near_misses(&self, text: &View) -> Vec<NearMiss> {
        let text = text.text();
        let ignores_case = |regex: &Regex| limited(regex.as_str()).case_insensitive(true).build().ok();
        let near = |regex: &Regex| {
            let range = ignores_case(regex)?.find(text)?.range();
            let why = "the case of a letter differs, which `(?i)` at the start of the expression ignores"
                .to_owned();
            (!range.is_empty()).then_some(NearMiss { range, kind: "regex", why })
        };
        self.0.iter().filter(|regex| !regex.is_match(text)).filter_map(near).collect()
    }
}

/// Compiles `source` with a size limit.
fn compile(source: &str) -> Result<Regex, Problem> {
    limited(source).build().map_err(|error| explain(&error, source))
}

/// Returns the builder of an expression. The limit is far above any sensible expression, and far below what would affect the memory and
/// cold start of a function.
fn limited(source: &str) -> RegexBuilder {
    let mut builder = RegexBuilder::new(source);
    builder.size_limit(1 << 20).dfa_size_limit(1 << 20);
    builder
}

fn has_slow_boundary(regex: &Regex) -> bool {
    regex.as_str().contains(r"\b") && !regex.as_str().contains("(?-u")
}

/// Warns about probable mistakes in `regex`.
fn lint(regex: &Regex, span: &Range<usize>, rulebook: &Rulebook) {
    let warn = |message: &str, help: &str| {
        rulebook.warn(Problem::new(message).at(span.clone()).help(help.to_owned()));
    };
    if regex.is_match("") {
        warn("this also matches the empty text", "empty matches are ignored: require at least one character");
    }
    if let Some(inner) = expression(regex.as_str()) {
        warn("the slashes belong to the expression", &format!("write it without: `'{inner}'`"));
    }
}

/// Returns the parser's error on one line. The parser writes several lines, of which only the last describes the error.
fn explain(error: &regex::Error, source: &str) -> Problem {
    if let regex::Error::CompiledTooBig(limit) = error {
        let message = format!("this compiles to more than {limit} bytes: use fewer or smaller repetitions");
        return Problem::new(message);
    }
    let text = error.to_string();
    let last = text.lines().last().unwrap_or_default().trim_start_matches("error: ");
    let is_nonlinear = last.starts_with("look-around") || last.starts_with("backreferences");
    let hint = if is_nonlinear { "; expressions run in linear time, which rules that out" } else { "" };
    let problem = Problem::new(format!("not a regular expression: {last}{hint}"));
    if is_nonlinear { problem.help(instead(source).to_owned()) } else { problem }
}

/// Returns what to write instead of the look-around or the backreference in `source`.
fn instead(source: &str) -> &'static str {
    if source.contains("(?!") || source.contains("(?<!") {
        "`allow` of `words` and `except` of `links` contain exceptions; otherwise use two rules: one for everything, one for the exceptions, \
         and `when = \"all and not fine\"`"
    } else if source.contains("(?<=") {
        "write what must come before it as a part of the expression"
    } else if source.contains("(?=") {
        "use two rules, one for each part, and `when = \"one and other\"`"
    } else {
        "`repeats` finds characters, words and phrases that occur again"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_linear_time_rules_out_names_what_to_use() {
        for (source, instead) in [
            ("wren(?!ch)", "`allow`"),
            ("(?<!x)wren", "`except`"),
            ("(?<=x)wren", "a part of the expression"),
            ("(?=.*x)wren", "`when = \"one and other\"`"),
            (r"(wren) \1", "`repeats`"),
        ] {
            let problem = compile(source).expect_err(source);
            assert!(problem.message.contains("linear time"), "{source}: {problem:?}");
            assert!(problem.help.is_some_and(|help| help.contains(instead)), "{source}");
        }
        assert_eq!(compile("a(").expect_err("unclosed").help, None);
    }

    #[test]
    fn a_match_but_for_case_is_a_near_miss() {
        for (source, text, near) in [
            ("free nitro", "FREE Nitro!", Some(0..10)),
            ("(?i)free nitro", "free nitr0", None),
            ("free", "free", None),
            ("x*", "y", None),
        ] {
            let finder = Finder(vec![compile(source).expect("an expression")]);
            let ranges: Vec<_> =
                finder.near_misses(&View::new(text)).into_iter().map(|near| near.range).collect();
            assert_eq!(ranges, Vec::from_iter(near), "{source}");
        }
    }
}
