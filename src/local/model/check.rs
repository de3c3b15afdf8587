//! Validates values against the model: requests from clients, and responses of this service.

use std::fmt;

use serde_json::{Map, Value};

use super::{Member, Model, Operation, Shape, ShapeId, ShapeKind};

/// What is wrong with a value, each with the path to the member.
#[derive(Debug, Default)]
pub(super) struct Problems(Vec<String>);

impl Problems {
    pub(super) fn add(&mut self, at: impl fmt::Display, what: impl fmt::Display) {
        self.0.push(format!("{at}: {what}"));
    }

    pub(super) fn into_result(self) -> Result<(), String> {
        if self.0.is_empty() { Ok(()) } else { Err(self.0.join("; ")) }
    }
}

/// The position of a member in a value. It is converted to text only for an error.
#[derive(Clone, Copy)]
enum Path<'a> {
    Top,
    Member(&'a Path<'a>, &'a str),
    Item(&'a Path<'a>, usize),
    Key(&'a Path<'a>),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Top => Ok(()),
            Self::Member(Self::Top, name) => f.write_str(name),
            Self::Member(of, name) => write!(f, "{of}.{name}"),
            Self::Item(of, index) => write!(f, "{of}[{index}]"),
            Self::Key(of) => write!(f, "{of} key"),
        }
    }
}

/// The direction of a value: members that the model does not know are ignored in requests, and wrong in responses.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    In,
    Out,
}

impl Model {
    /// Validates the input of `operation`, by member name.
    ///
    /// # Errors
    /// What is wrong with it, for every invalid member.
    pub(in super::super) fn check(&self, operation: &Operation, input: &Value) -> Result<(), String> {
        let mut problems = Problems::default();
        if let Some(shape) = operation.input {
            self.check_input(shape, input, &mut problems);
        }
        problems.into_result()
    }

    pub(super) fn check_input(&self, shape: ShapeId, value: &Value, problems: &mut Problems) {
        self.check_value(shape, value, Path::Top, Direction::In, problems);
    }

    /// Validates a response of this service.
    ///
    /// # Errors
    /// Where it does not conform to the model.
    pub(in super::super) fn check_output(&self, operation: &Operation, value: &Value) -> Result<(), String> {
        let mut problems = Problems::default();
        match operation.output {
            Some(shape) => self.check_value(shape, value, Path::Top, Direction::Out, &mut problems),
            None if value.as_object().is_some_and(Map::is_empty) => {}
            None => problems.add(&operation.name, "answers nothing in the model"),
        }
        problems.into_result()
    }

    fn check_value(&self, id: ShapeId, value: &Value, at: Path<'_>, way: Direction, problems: &mut Problems) {
        let shape = &self.shapes[id];
        match (&shape.kind, value) {
            (ShapeKind::Structure(members), Value::Object(object)) => {
                self.check_members(members, object, at, way, problems);
            }
            (ShapeKind::String, Value::String(text)) => shape.check_text(text, at, problems),
            (ShapeKind::List(item), Value::Array(items)) => {
                shape.check_size(items.len(), "items", at, problems);
                for (index, value) in items.iter().enumerate() {
                    self.check_value(*item, value, Path::Item(&at, index), way, problems);
                }
            }
            (ShapeKind::Map(key, item), Value::Object(entries)) => {
                shape.check_size(entries.len(), "entries", at, problems);
                for (name, value) in entries {
                    self.shapes[*key].check_text(name, Path::Key(&at), problems);
                    self.check_value(*item, value, Path::Member(&at, name), way, problems);
                }
            }
            (ShapeKind::Integer, Value::Number(number)) => match number.as_i64() {
                Some(number) => shape.check_range(number, at, problems),
                None => problems.add(at, "expected an integer"),
            },
            (ShapeKind::Boolean, Value::Bool(_)) | (ShapeKind::Timestamp, Value::Number(_)) => {}
            (kind, _) => {
                let expected = format_args!("expected {}", kind.name());
                match at {
                    Path::Top => problems.add(&shape.name, expected),
                    at => problems.add(at, expected),
                }
            }
        }
    }

    fn check_members(
        &self,
        members: &[Member],
        object: &Map<String, Value>,
        at: Path<'_>,
        way: Direction,
        problems: &mut Problems,
    ) {
        for member in members {
            let there = Path::Member(&at, &member.name);
            match object.get(&member.name).filter(|value| way == Direction::Out || !value.is_null()) {
                Some(value) => self.check_value(member.shape, value, there, way, problems),
                None if member.required => problems.0.push(format!("{there} is required")),
                None => {}
            }
        }
        if way == Direction::Out {
            let unknown = object.keys().filter(|name| !members.iter().any(|member| member.name == **name));
            unknown.for_each(|name| problems.add(Path::Member(&at, name), "is not in the model"));
        }
    }
}

impl Shape {
    fn check_text(&self, text: &str, at: Path<'_>, problems: &mut Problems) {
        // The model counts lengths in Unicode scalar values.
        self.check_size(text.chars().count(), "characters", at, problems);
        if !self.one_of.is_empty() && !self.one_of.iter().any(|value| value == text) {
            let (last, rest) = self.one_of.split_last().expect("not empty");
            let all = if rest.is_empty() { last.clone() } else { format!("{} or {last}", rest.join(", ")) };
            problems.add(at, format_args!("expected {all}"));
        }
        if self.pattern.as_ref().is_some_and(|pattern| !pattern.matches(text)) {
            problems.add(at, format_args!("does not match the pattern of {}", self.name));
        }
    }

    fn check_size(&self, size: usize, of: &str, at: Path<'_>, problems: &mut Problems) {
        let size = i64::try_from(size).unwrap_or(i64::MAX);
        if let Some(min) = self.min.filter(|min| size < *min) {
            problems.add(at, format_args!("{size} {of} are fewer than {min}"));
        }
        if let Some(max) = self.max.filter(|max| size > *max) {
            problems.add(at, format_args!("{size} {of} are more than {max}"));
        }
    }

    fn check_range(&self, number: i64, at: Path<'_>, problems: &mut Problems) {
        if let Some(min) = self.min.filter(|min| number < *min) {
            problems.add(at, format_args!("{number} is less than {min}"));
        }
        if let Some(max) = self.max.filter(|max| number > *max) {
            problems.add(at, format_args!("{number} is more than {max}"));
        }
    }
}

impl ShapeKind {
    fn name(&self) -> &'static str {
        match self {
            Self::Structure(_) | Self::Map(..) => "an object",
            Self::List(_) => "a list",
            Self::String => "a string",
            Self::Integer => "an integer",
            Self::Boolean => "true or false",
            Self::Timestamp => "a number of seconds since 1970",
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::Service;
    use super::*;

    #[test]
    fn an_answer_that_is_not_in_the_model_is_noticed() {
        let model = Model::load();
        let check = |name: &str, value: Value| {
            let operation = model.operation(Service::Messaging, name).unwrap();
            model.check_output(operation, &value)
        };
        assert_eq!(check("DeleteChannel", json!({})), Ok(()));
        assert!(check("DeleteChannel", json!({"ChannelArn": "x"})).is_err());
        assert_eq!(check("GetChannelMessageStatus", json!({"Status": {"Value": "SENT"}})), Ok(()));
        assert_eq!(
            check("GetChannelMessageStatus", json!({"Status": {"Value": "GONE", "Why": 1}, "More": 1}))
                .unwrap_err(),
            "Status.Value: expected SENT, PENDING, FAILED or DENIED; Status.Why: is not in the model; More: is not in the model"
        );
        assert!(
            check("SendChannelMessage", json!({"MessageId": null}))
                .unwrap_err()
                .contains("MessageId: expected a string")
        );
    }
}
