//! Shapes that settings share, as JSON Schema.

use serde_json::{Value, json};

/// A text or several.
pub(super) fn texts() -> Value {
    json!({ "oneOf": [{ "type": "string" }, { "type": "array", "minItems": 1, "items": { "type": "string" } }] })
}

/// `"all"`, one of `kinds` or several.
pub(super) fn kinds(kinds: &[&str]) -> Value {
    let mut one = vec!["all"];
    one.extend(kinds);
    json!({ "oneOf": [{ "enum": one }, { "type": "array", "minItems": 1, "items": { "enum": kinds } }] })
}

/// A whole number that is not negative.
pub(super) fn count() -> Value {
    json!({ "type": "integer", "minimum": 0 })
}

/// A table with these keys, each of them optional, and no others.
pub(super) fn table<const N: usize>(keys: [(&str, Value); N]) -> Value {
    let keys: serde_json::Map<_, _> = keys.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    json!({ "type": "object", "additionalProperties": false, "properties": keys })
}
