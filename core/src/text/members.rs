//! Puts members into a JSON object without touching the rest of it.

use serde_json::value::RawValue;
use serde_json::{Map, Value};

/// Members to put into the metadata.
pub(super) type Annotations = Map<String, Value>;

/// `object`, JSON text, with `members` put in: values replaced where a key is there already, others added at the end. Empty text
/// counts as an empty object; `None` when it is no object.
pub(super) fn with_members(object: &str, members: &Annotations) -> Option<String> {
    if object.trim().is_empty() {
        return serde_json::to_string(members).ok();
    }
    let known: std::collections::BTreeMap<String, &RawValue> = serde_json::from_str(object).ok()?;
    let mut swaps = Vec::new();
    let mut added = String::new();
    for (key, value) in members {
        let value = value.to_string();
        if let Some(old) = known.get(key) {
            let start = old.get().as_ptr() as usize - object.as_ptr() as usize;
            swaps.push((start..start + old.get().len(), value));
        } else {
            added.push_str(if known.is_empty() && added.is_empty() { "" } else { "," });
            added.push_str(&Value::from(key.as_str()).to_string());
            added.push(':');
            added.push_str(&value);
        }
    }
    swaps.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    let mut out = object.to_owned();
    let end = object.rfind('}')?;
    out.insert_str(end, &added);
    for (range, value) in swaps {
        out.replace_range(range, &value);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_added_and_the_rest_stays_as_it_is() {
        let members = serde_json::json!({ "flag": "pii", "n": 2 });
        let members = members.as_object().unwrap();
        for (object, expected) in [
            ("", Some(r#"{"flag":"pii","n":2}"#)),
            ("{}", Some(r#"{"flag":"pii","n":2}"#)),
            (r#"{ "a" : 1e3 }"#, Some(r#"{ "a" : 1e3 ,"flag":"pii","n":2}"#)),
            (r#"{"n":[1,2], "flag" :"x","a":{}}"#, Some(r#"{"n":2, "flag" :"pii","a":{}}"#)),
            ("[1]", None),
            ("text", None),
            (r#"{"a":1"#, None),
        ] {
            assert_eq!(with_members(object, members).as_deref(), expected, "{object}");
        }
    }
}
