//! `json`: values in the JSON of metadata, attributes or content.

mod fits;
mod pointer;
#[cfg(test)]
mod tests;

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::json;

use self::fits::Test;
use self::pointer::Pointer;
use super::{Context, Detector, Example, Exhausted, Found, Problem, Reads, Rulebook, Settings};
use crate::text::View;
use crate::text::json::Json as Document;

/// Settings of `json`: what must be where. All of it must be.
#[derive(Debug)]
pub(super) struct Json {
    tests: Vec<(Pointer, Test)>,
}

impl Settings for Json {
    const NAME: &'static str = "json";
    const SUMMARY: &'static str = "JSON in metadata, attributes or content in which the values at pointers are as said, all of them; `*` in a pointer is every member and every item";
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

    fn schema() -> serde_json::Value {
        let scalar = json!({ "type": ["string", "number", "boolean"] });
        let types = ["object", "array", "string", "number", "integer", "boolean", "null", "text"];
        let value = |inner: serde_json::Value| {
            json!({ "oneOf": [
                scalar,
                { "type": "array", "minItems": 1, "items": scalar },
                { "type": "object", "minProperties": 1, "additionalProperties": false, "properties": {
                    "present": { "type": "boolean" },
                    "type": { "oneOf": [{ "enum": types }, { "type": "array", "minItems": 1, "items": { "enum": types } }] },
                    "min": { "type": "number" },
                    "max": { "type": "number" },
                    "keys-other-than": { "type": "array", "items": { "type": "string" } },
                    "deeper-than": { "type": "integer", "minimum": 0 },
                    "not": inner,
                } },
            ] })
        };
        let test = value(value(json!({})));
        json!({ "type": "object", "minProperties": 1, "additionalProperties": false, "patternProperties": { "^(/.*)?$": test } })
    }

    fn build(self, _: &Rulebook) -> Result<Box<dyn Detector>, Problem> {
        if self.tests.is_empty() {
            return Err(Problem::new(
                "expected a pointer and what is there, such as `\"/type\" = \"image\"`",
            ));
        }
        match self.tests.iter().find_map(|(_, test)| test.nonsense()) {
            Some(nonsense) => Err(Problem::new(nonsense)),
            None => Ok(Box::new(self)),
        }
    }
}

impl Detector for Json {
    fn reads(&self) -> Reads {
        Reads::Fields
    }

    fn find(&self, text: &View, cx: &mut Context<'_>, found: &mut Found) -> Result<(), Exhausted> {
        let document = Document::parse_or_text(text.text());
        let root = document.as_ref().map(Document::root);
        let mut values = Vec::new();
        for (pointer, test) in &self.tests {
            let places = pointer.follow(root, &mut cx.budget)?;
            let before = values.len();
            values.extend(places.into_iter().filter(|value| test.fits(*value)));
            if values.len() == before {
                return Ok(());
            }
        }
        // Where a value is missing there is nothing to point at but the whole.
        let values: Vec<_> = values.into_iter().filter_map(|value| value.or(root)).collect();
        if values.is_empty() {
            found.whole_message();
        }
        let mut ranges: Vec<_> = values.iter().map(|value| value.range()).collect();
        ranges.sort_by_key(|range| (range.start, range.end));
        ranges.dedup();
        for range in ranges {
            found.push(range, "json");
        }
        Ok(())
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Json;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("JSON pointers and what is there, such as `{ \"/type\" = \"image\" }`")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
                let mut tests = Vec::new();
                while let Some(pointer) = map.next_key::<String>()? {
                    let pointer = Pointer::read(&pointer).ok_or_else(|| {
                        de::Error::custom(
                            "a JSON pointer begins with `/`, as in `\"/type\"`; `\"\"` is all of it",
                        )
                    })?;
                    tests.push((pointer, map.next_value()?));
                }
                Ok(Json { tests })
            }
        }

        deserializer.deserialize_map(Reader)
    }
}
