//! Collects the input of a request in one JSON object: the values in path, query, headers and body, by member name.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::check::Problems;
use super::{Member, Model, Operation, Place, ShapeKind};
use crate::local::time::Timestamp;

/// The parts of a request that may contain an operation's input.
#[derive(Debug)]
pub(in super::super) struct Parts<'r> {
    /// The variables of the path.
    pub variables: &'r HashMap<&'r str, String>,
    /// The query, decoded.
    pub query: &'r [(String, String)],
    /// The value of the bearer header, the only header that the model uses.
    pub bearer: Option<&'r str>,
    pub body: &'r [u8],
}

/// Returns the input of `operation` from `parts`, validated against all constraints.
///
/// # Errors
/// What is wrong with it, for every invalid member.
pub(in super::super) fn bind(
    model: &Model,
    operation: &Operation,
    parts: &Parts<'_>,
) -> Result<Value, String> {
    let Some(input) = operation.input else { return Ok(Value::Object(Map::new())) };
    let ShapeKind::Structure(members) = &model.shapes[input].kind else { return Ok(Value::Null) };
    let mut problems = Problems::default();
    let mut object = body(parts.body)?;
    // Members of the body that the model does not know, or that belong in another part of the request, are ignored.
    object.retain(|name, value| {
        !value.is_null() && members.iter().any(|member| member.place.is_none() && member.name == *name)
    });
    for member in members {
        let Some(text) = member.text(parts) else { continue };
        match read(&model.shapes[member.shape].kind, text) {
            Ok(value) => drop(object.insert(member.name.clone(), value)),
            Err(expected) => problems.add(&member.name, format!("expected {expected}")),
        }
    }
    let object = Value::Object(object);
    model.check_input(input, &object, &mut problems);
    problems.into_result().map(|()| object)
}

impl Member {
    /// Returns the text in the part of the request that this member belongs in.
    fn text<'r>(&self, parts: &'r Parts<'_>) -> Option<&'r str> {
        let (place, name) = self.place.as_ref()?;
        match place {
            Place::Path => parts.variables.get(&**name).map(String::as_str),
            Place::Query => parts.query.iter().find(|(key, _)| key == name).map(|(_, value)| &**value),
            Place::Header => parts.bearer,
        }
    }
}

/// Returns the members of a body.
fn body(bytes: &[u8]) -> Result<Map<String, Value>, String> {
    if bytes.is_empty() {
        return Ok(Map::new());
    }
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err("the body is not a JSON object".to_owned()),
        // The error contains the position, but no text: it may be logged, and the body contains a user's message.
        Err(error) => Err(format!("the body is not JSON: line {}, column {}", error.line(), error.column())),
    }
}

/// Converts `text` to a value of this kind; the error says what was expected.
fn read(kind: &ShapeKind, text: &str) -> Result<Value, &'static str> {
    match kind {
        ShapeKind::Integer => text.parse::<i64>().map(Value::from).map_err(|_| "an integer"),
        ShapeKind::Boolean => text.parse::<bool>().map(Value::from).map_err(|_| "`true` or `false`"),
        ShapeKind::Timestamp => Timestamp::parse(text)
            .map(Timestamp::to_wire)
            .ok_or("a date and time such as 2026-11-20T10:30:00Z"),
        _ => Ok(Value::from(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Service;
    use super::*;

    fn bound(
        name: &str,
        variables: &[(&str, &str)],
        query: &[(&str, &str)],
        body: &str,
    ) -> Result<Value, String> {
        let model = Model::load();
        let operation = model.operation(Service::Messaging, name).unwrap();
        let variables = variables.iter().map(|(k, v)| (*k, (*v).to_owned())).collect();
        let query: Vec<_> = query.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        let bearer = Some("arn:aws:chime:us-east-1:111122223333:app-instance/a/user/u");
        bind(
            &model,
            operation,
            &Parts { variables: &variables, query: &query, bearer, body: body.as_bytes() },
        )
    }

    const CHANNEL: (&str, &str) =
        ("channelArn", "arn:aws:chime:us-east-1:111122223333:app-instance/a/channel/c");

    #[test]
    fn members_come_from_where_they_travel() {
        let input = bound(
            "ListChannelMessages",
            &[CHANNEL],
            &[("max-results", "3"), ("not-before", "2026-11-20T10:00:00Z")],
            "",
        );
        let input = input.unwrap();
        assert_eq!(input["ChannelArn"], CHANNEL.1);
        assert_eq!(input["MaxResults"], 3);
        assert_eq!(input["NotBefore"], 1_795_168_800.0);
        assert!(input["ChimeBearer"].is_string());
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (query, body, wrong) in [
            (&[("max-results", "x")] as &[_], "", "MaxResults: expected an integer"),
            (&[("max-results", "51")], "", "MaxResults: 51 is more than 50"),
            (&[("sort-order", "UP")], "", "SortOrder: expected ASCENDING or DESCENDING"),
            (&[], "[", "the body is not JSON: line 1, column 1"),
            (&[], "[]", "the body is not a JSON object"),
        ] {
            assert_eq!(bound("ListChannelMessages", &[CHANNEL], query, body).unwrap_err(), wrong);
        }
        let missing = bound(
            "SendChannelMessage",
            &[CHANNEL],
            &[],
            r#"{"Content": "", "Type": null, "ChannelArn": 3, "New": 1}"#,
        );
        let missing = missing.unwrap_err();
        assert_eq!(
            missing,
            "ClientRequestToken is required; Content: 0 characters are fewer than 1; Persistence is required; Type is required"
        );
    }
}
