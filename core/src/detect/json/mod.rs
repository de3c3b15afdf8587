//! `json`: finds values in the JSON of metadata, attributes or content.

mod fits;
mod pointer;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use self::fits::{TEST, Test};
use self::pointer::Pointer;
use super::{Context, Detector, Example, Exhausted, Found, Problem, Reads, Rulebook, Settings};
use crate::order;
use crate::shape::{Map, Shape, Text};
use crate::text::View;
use crate::text::json::Json as Document;

/// Settings of `json`: the conditions by pointer. All must hold.
#[derive(Debug, Deserialize)]
pub(super) struct Json(BTreeMap<Spanned<String>, Test>);

const POINTER: Text = Text { what: "a JSON pointer", check: check_pointer, pattern: "^(/|$)", never: &[] };

fn check_pointer(text: &str) -> Result<(), Problem> {
    let problem =
        || Problem::new("a JSON pointer begins with `/`, as in `\"/type\"`; `\"\"` is the whole document");
    Pointer::read(text).map(|_| ()).ok_or_else(problem)
}

impl Settings for Json {
    const NAME: &'static str = "json";
    const SUMMARY: &'static str = "JSON in metadata, attributes or content in which the values at all of the given pointers meet their conditions; `*` in a pointer is every member and every item";
    const EXAMPLES: &'static [Example] = &[
        Example {
            settings: r#"{ "/type" = "image" }"#,
            text: r#"{"type": "image", "alt": "image"}"#,
            finds: &[r#""image""#],
        },
        Example {
            settings: r#"{ "/type" = ["image", "video"], "/size" = { min = 1000 } }"#,
            text: r#"{"type":"video","size":2048}"#,
            finds: &[r#""video""#, "2048"],
        },
        Example {
            settings: r#"{ "/type" = ["image", "video"], "/size" = { min = 1000 } }"#,
            text: r#"{"type":"video","size":"2048"}"#,
            finds: &[],
        },
        Example {
            settings: r#"{ "/clientId" = { present = false } }"#,
            text: r#"{"clientID":"6f0c"}"#,
            finds: &[r#"{"clientID":"6f0c"}"#],
        },
        Example {
            settings: r#"{ "/clientId" = { present = false } }"#,
            text: r#"{"clientId":null}"#,
            finds: &[],
        },
        Example {
            settings: r#"{ "/n" = { not = { type = "integer", min = 1, max = 9 } } }"#,
            text: r#"{"n":"7"}"#,
            finds: &[r#""7""#],
        },
        Example {
            settings: r#"{ "" = { keys-other-than = ["clientId", "presence"] } }"#,
            text: r#"{"clientId":"6f0c","admin":true}"#,
            finds: &[r#"{"clientId":"6f0c","admin":true}"#],
        },
        Example {
            settings: r#"{ "/files/*/type" = { not = ["image/png", "image/jpeg"] } }"#,
            text: r#"{"files":[{"type":"image/png"},{"type":"text/html"}]}"#,
            finds: &[r#""text/html""#],
        },
        Example {
            settings: r#"{ "/files/*/type" = { not = "image/png" } }"#,
            text: r#"{"files":[]}"#,
            finds: &[],
        },
        Example { settings: r#"{ "" = { deeper-than = 2 } }"#, text: "[[[]]]", finds: &["[[[]]]"] },
        Example { settings: r#"{ "" = { type = ["object", "array"] } }"#, text: "plain {text}", finds: &[] },
        Example {
            settings: r#"{ "" = { not = { type = "object" } } }"#,
            text: "plain text",
            finds: &["plain text"],
        },
    ];

    const SHAPE: Shape = Shape::Map(&Map {
        what: "a table of JSON pointers and conditions,",
        such_as: "{ \"/type\" = \"image\" }",
        names: &POINTER,
        value: Shape::Named("json-value", &TEST),
        least: 1,
        ..Map::of("", Shape::Any)
    });

    fn build(self, _: &Rulebook) -> Result<Box<dyn Detector>, Problem> {
        let mut tests = Vec::with_capacity(self.0.len());
        for (pointer, test) in self.0 {
            if let Some(nonsense) = test.nonsense() {
                return Err(Problem::new(nonsense).at(pointer.span()));
            }
            tests.extend(Pointer::read(pointer.get_ref()).map(|pointer| (pointer, test)));
        }
        Ok(Box::new(Finder(tests)))
    }
}

/// The conditions by pointer. All must hold.
struct Finder(Vec<(Pointer, Test)>);

impl Detector for Finder {
    fn reads(&self) -> Reads {
        Reads::Fields
    }

    fn find(&self, text: &View, cx: &mut Context<'_>, found: &mut Found) -> Result<(), Exhausted> {
        let document = Document::parse_or_text(text.text());
        let root = document.as_ref().map(Document::root);
        let mut values = Vec::new();
        for (pointer, test) in &self.0 {
            let places = pointer.follow(root, &mut cx.budget)?;
            let before = values.len();
            values.extend(places.into_iter().filter(|value| test.fits(*value)));
            if values.len() == before {
                return Ok(());
            }
        }
        // A missing value has no range, so the whole document is reported instead.
        let values: Vec<_> = values.into_iter().filter_map(|value| value.or(root)).collect();
        if values.is_empty() {
            found.whole_message();
        }
        let mut ranges: Vec<_> = values.iter().map(|value| value.range()).collect();
        order::by(&mut ranges, |range| (range.start, range.end));
        ranges.dedup();
        for range in ranges {
            found.push(range, "json");
        }
        Ok(())
    }
}
