//! JSON as the services write it: without null members.

use std::fmt;

use serde::{Serialize, Serializer};
use serde_json::Value;

/// Serializes a value without its null members. Nulls in lists remain, because they hold a position.
#[derive(Clone, Copy)]
pub(super) struct WithoutNulls<'v>(pub &'v Value);

impl Serialize for WithoutNulls<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Object(object) => {
                let there = object.iter().filter(|(_, value)| !value.is_null());
                serializer.collect_map(there.map(|(name, value)| (name, Self(value))))
            }
            Value::Array(items) => serializer.collect_seq(items.iter().map(Self)),
            value => value.serialize(serializer),
        }
    }
}

impl fmt::Display for WithoutNulls<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}

/// Removes null members.
pub(super) fn drop_nulls(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.retain(|_, value| !value.is_null());
            object.values_mut().for_each(drop_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_nulls),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nulls_are_left_out() {
        let mut value =
            json!({ "a": null, "b": [{ "c": null, "d": 1 }, null], "e": { "f": null }, "g": "\u{1f600}\"" });
        let written = WithoutNulls(&value).to_string();
        drop_nulls(&mut value);
        assert_eq!(value, json!({ "b": [{ "d": 1 }, null], "e": {}, "g": "\u{1f600}\"" }));
        assert_eq!(written, value.to_string());
    }
}
