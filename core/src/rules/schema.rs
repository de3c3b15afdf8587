//! The JSON Schema of rules files and the reference of their keys, both derived from the language and the detectors.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::language::FILE;
use crate::detect::Detectors;
use crate::shape::{Shape, Table, section};

/// Returns the shape of a whole rules file, without the settings of detectors.
#[must_use]
pub fn language() -> &'static Table {
    &FILE
}

/// Returns the JSON Schema of a rules file that may use `detectors`, for completion, explanations and errors in editors.
#[must_use]
pub fn schema(detectors: &Detectors) -> Value {
    let mut definitions = Map::new();
    let mut schema = Shape::Table(&FILE).json_schema(&mut definitions);
    let mut find = Map::new();
    for detector in detectors.all() {
        let mut settings = detector.shape.json_schema(&mut definitions);
        settings["description"] = detector.summary.into();
        find.insert(detector.name.to_owned(), settings);
    }
    let any = &mut schema["properties"]["rule"]["items"]["properties"]["find"];
    any["properties"] = find.into();
    any["additionalProperties"] = false.into();
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema["title"] = json!("Chimeflow rules");
    schema["definitions"] = definitions.into();
    schema
}

/// The beginning of the reference page.
const REFERENCE: &str = "\
# Reference of the rules file

This page lists every key of a rules file: what it takes, what it means and its default. It is the output of `chimeflow schema --markdown`.
[rules.md](rules.md) explains the language by example, [detectors.md](detectors.md) shows what each detector finds.

A list of one needs no brackets: `hit = \"darn\"`. A table takes only the keys that are listed.
";

/// Returns the reference of a rules file that may use `detectors`, in Markdown.
#[must_use]
pub fn reference(detectors: &Detectors) -> String {
    let mut page = REFERENCE.to_owned();
    for key in FILE.keys {
        let heading = match (&key.shape, key.shape.inner_table()) {
            (_, None) => key.name.to_owned(),
            (Shape::List(_), _) => format!("[[{}]]", key.name),
            (Shape::Map(_), _) => format!("[{}.NAME]", key.name),
            _ => format!("[{}]", key.name),
        };
        let keys = match key.shape.inner_table() {
            Some(table) => section("", &Shape::Table(table)),
            None => format!("Takes {}: {}.", key.shape.expected(), key.help),
        };
        let _ = write!(page, "\n## {heading}\n\n{}\n\n{}", key.means, keys.trim_end());
        page.push('\n');
    }
    page.push_str("\n## find\n\nThe keys of `find` are detectors, and their values the settings of these.\n");
    for detector in detectors.all() {
        let name = detector.name;
        let keys = section(name, &detector.shape);
        let _ = write!(page, "\n### {name}\n\nTakes {}.\n", detector.shape.expected());
        if !keys.is_empty() {
            let _ = write!(page, "\n{}\n", keys.trim_end());
        }
    }
    page
}
