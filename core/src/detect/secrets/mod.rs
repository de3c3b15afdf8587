//! `secrets`: finds keys, tokens and passwords by the formats that their issuers defined so that scanners can recognize them.
//!
//! One pass tries, at the start of each word, the formats that start with the same letter. The formats are constants, so nothing has
//! to be compiled at startup. Whatever has the format of a key must also look random ([`random`]); this applies to every kind.
//!
//! To avoid false positives, these are not found: repeated characters, sequences, repetitions and words in the format of a key; text that
//! contains `EXAMPLE` or `your`, as samples in manuals do; placeholders (`${TOKEN}`, `<password>`); the word *password* in place of a
//! password; the logins of manuals (`https://user:pass@example.com`); samples that issuers print in their documentation ([`sample`]). Other
//! samples that look random are found, because they cannot be distinguished from keys, and so are the keys that are reserved for testing
//! rules ([`random::TEST_KEY_PREFIX`]). Each reason is a [`flaw::Flaw`], which `explain` reports.

mod assigned;
mod finds;
mod flaw;
mod framed;
mod headers;
mod labelled;
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

use memchr::memmem;
use serde::Deserialize;

use self::finds::Finds;
use self::names::NAMED;
use self::shapes::SHAPES;
use super::kinds;
use super::near_misses::distinct;
use super::{Budget, Context, Detector, Example, Exhausted, Found, NearMiss, Problem, Rulebook, Settings};
use crate::order;
use crate::shape::{Shape, Words};
use crate::text::View;

/// Settings of `secrets`: the kinds to find, by issuer.
#[derive(Debug, Deserialize)]
pub(super) struct Secrets(Vec<String>);

impl Settings for Secrets {
    const NAME: &'static str = "secrets";
    const SUMMARY: &'static str = "API keys, tokens and passwords by their format, private keys, passwords in URLs; with the kind `labelled`, which `\"all\"` does not contain, also what follows a word such as `password:`";
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
        Example {
            settings: r#""all""#,
            text: "https://user:pass@example.com, https://username:password@git.acme.dev/x.git",
            finds: &[],
        },
        Example {
            settings: r#""all""#,
            text: "cache:6380,password=Zx81-pw-77,ssl=True",
            finds: &["password=Zx81-pw-77"],
        },
        Example {
            settings: r#"["labelled"]"#,
            text: "password=hunter2xyz, pw: Zx81!pw; my password is long, password: forgotten!",
            finds: &["password=hunter2xyz", "pw: Zx81!pw"],
        },
        Example { settings: r#""all""#, text: "password=hunter2xyz", finds: &[] },
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
        let is_named = self.0.iter().any(|kind| kind == labelled::KIND);
        let mut chosen = kinds::chosen(&self.0, kinds());
        chosen.retain(|kind| is_named || *kind != labelled::KIND);
        Ok(Box::new(Finder(chosen)))
    }
}

/// Finds secrets of these kinds.
struct Finder(Vec<&'static str>);

impl Detector for Finder {
    fn looks_again(&self) -> bool {
        true
    }

    fn find(&self, text: &View, cx: &mut Context<'_>, found: &mut Found) -> Result<(), Exhausted> {
        let typed = text.typed();
        let mut finds = Finds::default();
        find_all(typed.text(), &mut cx.budget, &mut finds)?;
        if self.wants_labelled() {
            labelled::find(typed.text(), &mut finds);
        }
        let mut ranges = finds.found;
        ranges.retain(|(_, kind)| self.0.contains(kind));
        // Findings may overlap, such as a key inside a URL. Of those that start at the same position, the longest is reported.
        order::by(&mut ranges, |(range, _)| (range.start, usize::MAX - range.end));
        let mut end = 0;
        for (range, kind) in ranges {
            if range.end > end {
                end = range.end;
                found.push(typed.origin(range), kind);
            }
        }
        Ok(())
    }

    fn near_misses(&self, text: &View) -> Vec<NearMiss> {
        let typed = text.typed();
        let (mut budget, mut finds) = (Budget::RULE, Finds::explaining());
        if find_all(typed.text(), &mut budget, &mut finds).is_err() {
            return Vec::new();
        }
        if self.wants_labelled() {
            labelled::find(typed.text(), &mut finds);
        }
        let (found, others): (Vec<_>, Vec<_>) =
            std::mem::take(&mut finds.found).into_iter().partition(|(_, kind)| self.0.contains(kind));
        let mut near = finds.into_near_misses();
        near.retain(|near| self.0.contains(&near.kind));
        near.extend(others.into_iter().map(|(range, kind)| {
            let why = format!("the rule looks for other kinds than `{kind}`");
            NearMiss { range, kind, why }
        }));
        let found: Vec<_> = found.into_iter().map(|(range, _)| range).collect();
        let near = distinct(near, &found).into_iter();
        near.map(|near| NearMiss { range: text.whole_graphemes(typed.origin(near.range)), ..near }).collect()
    }
}

impl Finder {
    fn wants_labelled(&self) -> bool {
        self.0.contains(&labelled::KIND)
    }
}

/// Finds the secrets in `text` by all means except a label, in any order.
fn find_all(text: &str, budget: &mut Budget, finds: &mut Finds) -> Result<(), Exhausted> {
    search::find(text, budget, finds)?;
    named::find(text, finds);
    framed::find(text, finds);
    login::in_urls(text, finds);
    settings::in_settings(text, finds);
    settings::in_mysql_options(text, finds);
    login::in_curl_options(text, finds);
    headers::find(text, finds);
    assigned::in_settings(text, finds);
    assigned::in_manifests(text, finds);
    assigned::in_package_sources(text, finds);
    Ok(())
}

/// Returns the positions of `needle` in `text`. Building a searcher costs more than seeing that a message does not contain it.
fn places<'a>(text: &'a str, needle: &'a str) -> impl Iterator<Item = usize> {
    let is_there = text.contains(needle);
    is_there.then(|| memmem::find_iter(text.as_bytes(), needle)).into_iter().flatten()
}

/// Every kind, in the order of the table.
pub(super) fn kinds() -> &'static [&'static str] {
    static KINDS: Kinds = Kinds::of_tables();
    &KINDS.names[..KINDS.count]
}

/// Kinds, each once. They are collected when the program is built: a start would take 140,000 instructions for it.
struct Kinds {
    names: [&'static str; MOST],
    count: usize,
}

/// Kinds without rows in a table.
const OTHERS: [&str; 6] =
    ["private-key", "url-password", "authorization", "curl-password", "kubernetes", labelled::KIND];

/// The number of kinds, if each had one row.
const MOST: usize = SHAPES.len() + NAMED.len() + OTHERS.len();

impl Kinds {
    const fn of_tables() -> Self {
        let (mut kinds, mut row) = (Self { names: [""; MOST], count: 0 }, 0);
        while row < MOST {
            let others = SHAPES.len() + NAMED.len();
            kinds.add(match row {
                _ if row < SHAPES.len() => SHAPES[row].kind,
                _ if row < others => NAMED[row - SHAPES.len()].kind,
                _ => OTHERS[row - others],
            });
            row += 1;
        }
        kinds
    }

    const fn add(&mut self, kind: &'static str) {
        // The rows of a kind follow each other in each table.
        let mut at = self.count;
        while at > 0 {
            at -= 1;
            if is_same(self.names[at].as_bytes(), kind.as_bytes()) {
                return;
            }
        }
        self.names[self.count] = kind;
        self.count += 1;
    }
}

const fn is_same(one: &[u8], other: &[u8]) -> bool {
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}

#[cfg(test)]
mod generated;
#[cfg(test)]
mod tests;
