//! `secrets`: finds keys, tokens and passwords by the formats that their issuers defined so that scanners can recognize them.
//!
//! One pass tries, at the start of each word, the formats that start with the same letter. The formats are constants, so nothing has
//! to be compiled at startup. Whatever has the format of a key must also look random ([`random`]); this applies to every kind.
//!
//! To avoid false positives, these are not found: repeated characters, sequences, repetitions and words in the format of a key; text
//! that contains `EXAMPLE` or `your`, as samples in manuals do; placeholders (`${TOKEN}`, `<password>`); the word *password* in
//! place of a password; samples that issuers print in their documentation ([`sample`]). Another sample that looks random is found, because
//! it cannot be distinguished from a key, and so are the keys that are reserved for testing rules ([`random::TEST_KEY_PREFIX`]).

mod assigned;
mod framed;
mod headers;
mod login;
mod named;
mod names;
mod pattern;
mod random;
mod real;
mod sample;
mod search;
mod settings;
mod shapes;

use std::collections::HashSet;
use std::ops::Range;
use std::sync::OnceLock;

use serde::Deserialize;

use self::names::NAMED;
use self::shapes::SHAPES;
use super::kinds;
use super::{Context, Detector, Example, Exhausted, Found, Problem, Rulebook, Settings};
use crate::shape::{Shape, Words};
use crate::text::View;

/// Settings of `secrets`: which kinds, by who issues them.
#[derive(Debug, Deserialize)]
pub(super) struct Secrets(Vec<String>);

impl Settings for Secrets {
    const NAME: &'static str = "secrets";
    const SUMMARY: &'static str =
        "API keys, tokens and passwords by their format, private keys, passwords in URLs";
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

    const SHAPE: Shape = Shape::List(&kinds::kinds(&Words::of("kind of secret", kinds)));

    fn build(self, _: &Rulebook) -> Result<Box<dyn Detector>, Problem> {
        Ok(Box::new(Finder(kinds::chosen(&self.0, kinds()))))
    }
}

/// The range and the kind of each finding.
type Finds = Vec<(Range<usize>, &'static str)>;

/// Finds what is of these kinds.
struct Finder(Vec<&'static str>);

impl Detector for Finder {
    fn find(&self, text: &View, cx: &mut Context<'_>, found: &mut Found) -> Result<(), Exhausted> {
        let typed = text.typed();
        let text = typed.text();
        let mut ranges = Finds::new();
        search::find(text, &mut cx.budget, &mut ranges)?;
        named::find(text, &mut ranges);
        framed::find(text, &mut ranges);
        login::in_urls(text, &mut ranges);
        settings::in_settings(text, &mut ranges);
        settings::in_mysql_options(text, &mut ranges);
        login::in_curl_options(text, &mut ranges);
        headers::find(text, &mut ranges);
        assigned::in_settings(text, &mut ranges);
        assigned::in_manifests(text, &mut ranges);
        assigned::in_package_sources(text, &mut ranges);
        ranges.retain(|(_, kind)| self.0.contains(kind));
        // Findings may overlap, such as a key inside a URL. Of those that start at the same position, the longest is reported.
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

/// Every kind, in the order of the table.
pub(super) fn kinds() -> &'static [&'static str] {
    static KINDS: OnceLock<Vec<&'static str>> = OnceLock::new();
    KINDS.get_or_init(|| {
        let (mut kinds, mut known) = (Vec::new(), HashSet::new());
        let shapes = SHAPES.iter().map(|shape| shape.kind).chain(NAMED.iter().map(|named| named.kind));
        for kind in
            shapes.chain(["private-key", "url-password", "authorization", "curl-password", "kubernetes"])
        {
            // The rows of a kind follow each other in each table.
            if kinds.last() != Some(&kind) && known.insert(kind) {
                kinds.push(kind);
            }
        }
        kinds
    })
}

#[cfg(test)]
mod generated;
#[cfg(test)]
mod tests;
