//! `docs/logs.md`, read as a schema.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// The tables of the page.
pub(super) struct Page {
    /// By path, such as `rules[].id`.
    keys: BTreeMap<String, Key>,
    pub(super) metrics: BTreeMap<String, Metric>,
}

struct Key {
    kind: String,
    /// The lines that contain it.
    lines: String,
    always: bool,
}

/// A row of the table of metrics.
pub(super) struct Metric {
    pub unit: String,
    /// Its sets of dimensions.
    pub dimensions: BTreeSet<Vec<String>>,
}

const PAGE: &str = include_str!("../../../docs/logs.md");

/// Returns the rows of the table under `heading`, as cells.
fn rows(heading: &str) -> Vec<Vec<String>> {
    let section = PAGE.split(&format!("\n## {heading}\n")).nth(1).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| row.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}

/// Returns the name in a cell.
fn name(cell: &str) -> String {
    cell.trim_matches('`').to_owned()
}

impl Page {
    pub(super) fn read() -> Self {
        let key = |row: Vec<String>| {
            let [key, kind, lines, when, is] = &*row else { panic!("{row:?}") };
            assert!(!is.is_empty());
            (name(key), Key { kind: kind.clone(), lines: lines.clone(), always: when.is_empty() })
        };
        let metric = |row: Vec<String>| {
            let [metric, unit, dimensions, _] = &*row else { panic!("{row:?}") };
            let sets = dimensions.split("; ").map(|set| set.split('+').map(str::to_owned).collect());
            (name(metric), Metric { unit: unit.clone(), dimensions: sets.collect() })
        };
        Self {
            keys: rows("Keys").into_iter().map(key).collect(),
            metrics: rows("Metrics").into_iter().map(metric).collect(),
        }
    }

    /// Compares `line` with the page, and adds the paths of its keys to `seen`.
    pub(super) fn check(&self, line: &Value, seen: &mut BTreeSet<String>) {
        let which = match line["message"].as_str().unwrap() {
            "message unchanged" | "message edited" | "message denied" | "event not answered" => "decision",
            other if other.contains("rules") => "rules",
            other => other,
        };
        let mut paths = BTreeMap::new();
        walk("", line, &mut paths);
        for (path, values) in &paths {
            if self.metrics.contains_key(path) {
                assert!(values.iter().all(|value| value.is_number()), "{path} is a number: {line}");
            } else {
                let key = self.keys.get(path).unwrap_or_else(|| panic!("`{path}` is not documented: {line}"));
                assert!(is_on(key, which), "`{path}` is not documented for a line of {which}: {line}");
                assert!(
                    values.iter().all(|value| kind(value) == key.kind),
                    "{path} is a {}: {line}",
                    key.kind
                );
            }
            seen.insert(path.clone());
        }
        for (path, key) in self.keys.iter().filter(|(_, key)| key.always && is_on(key, which)) {
            // Every element of a list has the keys that are always present.
            let expected = path.split_once("[].").map_or(1, |(list, _)| line[list].as_array().unwrap().len());
            assert_eq!(
                paths.get(path).map_or(0, Vec::len),
                expected,
                "`{path}` is always there ({}): {line}",
                key.kind
            );
        }
        let level = line["level"].as_str().unwrap();
        assert!(["INFO", "WARN", "ERROR", "FATAL"].contains(&level), "{line}");
        let time = line["timestamp"].as_str().unwrap();
        assert!(time.len() == 24 && time.ends_with('Z') && time.parse::<jiff::Timestamp>().is_ok(), "{line}");
    }

    /// Returns every name on the page: paths of keys, and metrics.
    pub(super) fn names(&self) -> BTreeSet<String> {
        self.keys.keys().chain(self.metrics.keys()).cloned().collect()
    }
}

fn is_on(key: &Key, which: &str) -> bool {
    key.lines == "all" || key.lines.split(", ").any(|line| line == which)
}

/// Collects the values in `value` by path, except inside `kinds` and `_aws`, which have other formats.
fn walk<'v>(path: &str, value: &'v Value, paths: &mut BTreeMap<String, Vec<&'v Value>>) {
    for (key, value) in value.as_object().into_iter().flatten() {
        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        paths.entry(path.clone()).or_default().push(value);
        match &*path {
            "_aws" | "rules[].kinds" => {}
            _ => {
                walk(&path, value, paths);
                for element in value.as_array().into_iter().flatten() {
                    walk(&format!("{path}[]"), element, paths);
                }
            }
        }
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    }
}

/// Returns the queries of the page: names and texts.
fn queries() -> Vec<(&'static str, &'static str)> {
    let section = PAGE.split("\n## Queries\n").nth(1).unwrap();
    let query = |part: &'static str| {
        let (name, rest) = part.split_once('\n').unwrap();
        let text = rest.split("```logs-insights\n").nth(1).unwrap();
        (name, text.split("```").next().unwrap())
    };
    section.split("\n### ").skip(1).map(query).collect()
}

/// The words of a query of Logs Insights that are not fields.
const WORDS: &str = "fields filter stats sort limit by as and or like asc desc count sum min max bin ispresent 1h \
                     @timestamp @message";

/// Returns `text` without the parts between two of `mark`.
fn without(text: &str, mark: char) -> String {
    text.split(mark).step_by(2).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_field_that_a_query_names_is_a_key() {
    let names = Page::read().names();
    let queries = queries();
    assert!(queries.len() >= 8);
    for (name, query) in queries {
        // Neither quoted texts nor names that the query itself defines.
        let plain = without(&without(query, '/'), '"');
        let of_name = |c: char| c.is_ascii_alphanumeric() || "._@".contains(c);
        let words: Vec<_> = plain.split(|c| !of_name(c)).filter(|word| !word.is_empty()).collect();
        let given: Vec<_> = words.windows(2).filter(|pair| pair[0] == "as").map(|pair| pair[1]).collect();
        let mut fields = 0;
        for word in words {
            let number = word.chars().all(|c| c.is_ascii_digit());
            if number || WORDS.split(' ').any(|own| own == word) || given.contains(&word) {
                continue;
            }
            // Insights writes `rules.0.id` for the first rule's.
            let path = word.replace(".0.", "[].").replace(".1.", "[].");
            assert!(names.contains(&path), "`{name}` asks for `{word}`, which is never printed");
            fields += 1;
        }
        assert!(fields > 0, "`{name}` asks for something");
    }
}
