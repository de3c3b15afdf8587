//! Adds members to a JSON object without changing the rest of it.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::json::{Json, JsonType};

/// Members to add to the metadata.
pub(super) type Annotations = Map<String, Value>;

/// Returns the JSON text `object` with `members` added: the value of an existing key is replaced, other members are appended. Empty text
/// counts as an empty object. Returns `None` if `object` is not a JSON object.
pub(super) fn with_members(object: &str, members: &Annotations) -> Option<String> {
    if object.trim().is_empty() {
        return serde_json::to_string(members).ok();
    }
    let json = Json::parse(object)?;
    let root = (json.root().json_type() == JsonType::Object).then_some(json.root())?;
    let known: Vec<_> = root.children().map(|child| (child.key(), child.range())).collect();
    let (mut out, mut at, mut replaced) = (String::with_capacity(object.len()), 0, Vec::new());
    for (key, range) in &known {
        let Some((key, value)) = key.as_ref().and_then(|key| members.get_key_value(key)) else { continue };
        out.push_str(&object[at..range.start]);
        out.push_str(&value.to_string());
        at = range.end;
        replaced.push(key);
    }
    let end = root.range().end - 1;
    out.push_str(&object[at..end]);
    let mut comma = if known.is_empty() { "" } else { "," };
    for (key, value) in members.iter().filter(|(key, _)| !replaced.contains(key)) {
        out.push_str(comma);
        let _ = write!(out, "{}:{value}", Value::from(key.as_str()));
        comma = ",";
    }
    out.push_str(&object[end..]);
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
            (r#"{"n":1,"\u006e":[1],"\ud800":0}"#, Some(r#"{"n":2,"\u006e":2,"\ud800":0,"flag":"pii"}"#)),
            ("[1]", None),
            ("text", None),
            (r#"{"a":1"#, None),
        ] {
            assert_eq!(with_members(object, members).as_deref(), expected, "{object}");
        }
    }
}
