//! Generates requests from the model, for tests: valid ones, and one for every way in which they can be invalid.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};

use super::{Member, Model, Operation, Place, Segment, Shape, ShapeId, ShapeKind};
use crate::local::api::Request;

/// An input that differs from a given one in one place.
#[derive(Clone, Debug)]
pub(in super::super) struct Variant {
    /// The path to the difference, as the service writes it.
    pub at: String,
    /// A word that describes the difference.
    pub what: &'static str,
    pub input: Value,
}

/// Returns alternatives to a value of this shape: the path to the difference, a word that describes it, and the value.
type Alternatives<'m> = &'m dyn Fn(&'m Shape, &Value) -> Vec<(String, &'static str, Value)>;

impl Model {
    /// Returns the request that a client sends for `input`.
    pub(in super::super) fn request(&self, operation: &Operation, input: &Value) -> Request {
        let mut request = Request { method: operation.method.clone(), ..Request::default() };
        request.query.extend(operation.query.clone());
        let mut body = Map::new();
        let members = self.members(operation);
        for (name, value) in input.as_object().expect("an input is an object") {
            let member = members.iter().find(|member| member.name == *name);
            match member.and_then(|member| member.place.as_ref()) {
                // The path is filled in below.
                Some((Place::Path, _)) => {}
                Some((Place::Query, wire)) => request.query.push((wire.clone(), text(value))),
                Some((Place::Header, _)) => request.bearer = Some(text(value)),
                None => drop(body.insert(name.clone(), value.clone())),
            }
        }
        let variable = |wire: &str| {
            let member = members.iter().find(|member| {
                member.place.as_ref().is_some_and(|place| *place == (Place::Path, wire.to_owned()))
            });
            let value = member.and_then(|member| input.get(&member.name));
            utf8_percent_encode(&value.map(text).unwrap_or_default(), NON_ALPHANUMERIC).to_string()
        };
        for segment in &operation.path {
            request.path.push('/');
            match segment {
                Segment::Literal(literal) => request.path.push_str(literal),
                Segment::Variable(wire) => request.path.push_str(&variable(wire)),
            }
        }
        if !body.is_empty() {
            request.body = Value::from(body).to_string().into_bytes();
        }
        request
    }

    /// Adds a token to `input` if it has none, as SDKs do.
    pub(in super::super) fn fill_tokens(&self, operation: &Operation, input: &mut Value, token: &str) {
        for member in self.members(operation).iter().filter(|member| member.name == "ClientRequestToken") {
            if input.get(&member.name).is_none() {
                input[&member.name] = json!(token);
            }
        }
    }

    /// Returns every variant of `input` that is invalid in one place. Members that are absent are generated first.
    pub(in super::super) fn wrongs(&self, operation: &Operation, input: &Value) -> Vec<Variant> {
        let mut all = self.variants(operation, input, &|shape, value| shape.wrong(value));
        for member in self.members(operation) {
            // Without the variable, the path would be a different one.
            let in_path = member.place.as_ref().is_some_and(|(place, _)| *place == Place::Path);
            if member.required && !in_path {
                all.push(Variant {
                    at: member.name.clone(),
                    what: "absent",
                    input: without(input, &member.name),
                });
            }
        }
        all
    }

    /// Returns variants with the extreme values that the model allows, one at a time.
    pub(in super::super) fn outermost(&self, operation: &Operation, input: &Value) -> Vec<Variant> {
        self.variants(operation, input, &|shape, value| shape.outermost(value))
    }

    fn variants<'m>(
        &'m self,
        operation: &Operation,
        input: &Value,
        others: Alternatives<'m>,
    ) -> Vec<Variant> {
        let mut all = Vec::new();
        for member in self.members(operation) {
            let value = input.get(&member.name).cloned();
            let value = value.unwrap_or_else(|| self.example(member.shape));
            for (at, what, value) in self.values(member.shape, &value, others) {
                let place = member.place.as_ref().map(|(place, _)| *place);
                // In a path, a query or a header, everything is text, and a path has no empty segments.
                let is_text = matches!(self.shapes[member.shape].kind, ShapeKind::String);
                let cannot = (what == "type" && is_text && place.is_some())
                    || (place == Some(Place::Path) && value == json!(""));
                if !cannot {
                    let mut input = input.clone();
                    input[&member.name] = value;
                    all.push(Variant { at: format!("{}{at}", member.name), what, input });
                }
            }
        }
        all
    }

    fn members(&self, operation: &Operation) -> &[Member] {
        match operation.input.map(|input| &self.shapes[input].kind) {
            Some(ShapeKind::Structure(members)) => members,
            _ => &[],
        }
    }

    /// Returns values that differ from `value` in one place, with the path to it.
    fn values<'m>(
        &'m self,
        id: ShapeId,
        value: &Value,
        others: Alternatives<'m>,
    ) -> Vec<(String, &'static str, Value)> {
        let shape = &self.shapes[id];
        let mut all = others(shape, value);
        match &shape.kind {
            ShapeKind::List(item) => {
                let inner = self.values(*item, &value[0], others);
                all.extend(inner.into_iter().map(|(at, what, it)| (format!("[0]{at}"), what, json!([it]))));
            }
            ShapeKind::Map(key, item) => {
                let (name, entry) =
                    value.as_object().and_then(|map| map.iter().next()).expect("there is one");
                let keys = others(&self.shapes[*key], &json!(name)).into_iter();
                // The key of a JSON object is always text.
                let keys = keys.filter_map(|(_, what, key)| Some((what, key.as_str()?.to_owned())));
                all.extend(keys.map(|(what, key)| (" key".to_owned(), what, json!({ key: entry }))));
                let inner = self.values(*item, entry, others);
                all.extend(
                    inner
                        .into_iter()
                        .map(|(at, what, it)| (format!(".{name}{at}"), what, json!({ name: it }))),
                );
            }
            ShapeKind::Structure(members) => {
                for member in members {
                    let inner =
                        value.get(&member.name).cloned().unwrap_or_else(|| self.example(member.shape));
                    for (at, what, inner) in self.values(member.shape, &inner, others) {
                        let mut with = value.clone();
                        with[&member.name] = inner;
                        all.push((format!(".{}{at}", member.name), what, with));
                    }
                }
            }
            ShapeKind::String | ShapeKind::Integer | ShapeKind::Boolean | ShapeKind::Timestamp => {}
        }
        all
    }

    /// Returns a valid value for a shape.
    fn example(&self, id: ShapeId) -> Value {
        let shape = &self.shapes[id];
        match &shape.kind {
            ShapeKind::Structure(members) => {
                let required = members.iter().filter(|member| member.required);
                required
                    .map(|member| (member.name.clone(), self.example(member.shape)))
                    .collect::<Map<_, _>>()
                    .into()
            }
            ShapeKind::List(item) => json!([self.example(*item)]),
            ShapeKind::Map(key, item) => json!({ text(&self.example(*key)): self.example(*item) }),
            ShapeKind::Integer => json!(shape.min.unwrap_or(1)),
            ShapeKind::Boolean => json!(true),
            ShapeKind::Timestamp => json!("2026-11-20T10:30:00Z"),
            ShapeKind::String if !shape.one_of.is_empty() => json!(shape.one_of[0]),
            ShapeKind::String => {
                let examples = [
                    "example",
                    "0123456789abcdef0123456789abcdef",
                    "arn:aws:chime:us-east-1:111122223333:app-instance/a",
                    "arn:aws:lambda:us-east-1:111122223333:function:f",
                    "arn:aws:lex:us-east-1:111122223333:bot-alias/ABCDEFGHIJ/ABCDEFGHIJ",
                ];
                json!(examples.iter().find(|text| shape.accepts(text)).expect("an example fits"))
            }
        }
    }
}

impl Shape {
    /// Returns whether the pattern accepts the text.
    fn accepts(&self, text: &str) -> bool {
        let size = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
        self.min.is_none_or(|min| size >= min)
            && self.max.is_none_or(|max| size <= max)
            && (self.one_of.is_empty() || self.one_of.iter().any(|one| one == text))
            && self.pattern.as_ref().is_none_or(|pattern| pattern.matches(text))
    }

    /// Returns invalid values to replace `value`, one for each constraint.
    fn wrong(&self, value: &Value) -> Vec<(String, &'static str, Value)> {
        let size = |size: i64| usize::try_from(size).unwrap_or_default();
        let mut wrong = Vec::new();
        let mut add = |what, value| wrong.push((String::new(), what, value));
        match &self.kind {
            ShapeKind::String => {
                add("type", json!(7));
                if let Some(min) = self.min.filter(|min| *min > 0) {
                    add("short", json!("x".repeat(size(min - 1))));
                }
                if let Some(max) = self.max {
                    add("long", json!("x".repeat(size(max + 1))));
                }
                if !self.one_of.is_empty() {
                    add("enum", json!("NO_SUCH_THING"));
                }
                let long_enough = |piece: &str| piece.repeat(size(self.min.unwrap_or(1)).max(1));
                let pieces = ["!", "a b", "\n", "\u{1}", " "].map(long_enough);
                // `[\s\S]*` accepts everything.
                let against =
                    self.pattern.as_ref().and_then(|it| pieces.iter().find(|text| !it.matches(text)));
                if let Some(text) = against {
                    add("pattern", json!(text));
                }
            }
            ShapeKind::Integer => {
                add("type", json!("many"));
                add("type", json!(1.5));
                self.min.into_iter().for_each(|min| add("below", json!(min - 1)));
                self.max.into_iter().for_each(|max| add("above", json!(max + 1)));
            }
            ShapeKind::Boolean => add("type", json!("maybe")),
            ShapeKind::Timestamp => add("type", json!("yesterday")),
            ShapeKind::Map(..) => add("type", json!([])),
            ShapeKind::List(_) => {
                add("type", json!({}));
                if self.min.is_some_and(|min| min > 0) {
                    add("few", json!([]));
                }
                if let Some(max) = self.max {
                    add("many", json!(vec![value[0].clone(); size(max) + 1]));
                }
            }
            ShapeKind::Structure(members) => {
                add("type", json!([1]));
                for member in members.iter().filter(|member| member.required) {
                    wrong.push((format!(".{}", member.name), "absent", without(value, &member.name)));
                }
            }
        }
        wrong
    }

    /// Returns the extreme valid values to replace `value`.
    fn outermost(&self, value: &Value) -> Vec<(String, &'static str, Value)> {
        let sizes = [("least", self.min.unwrap_or(0)), ("most", self.max.unwrap_or(self.min.unwrap_or(1)))];
        let sizes = sizes.map(|(what, size)| (what, usize::try_from(size).unwrap_or_default()));
        let all: Vec<(&str, Value)> = match &self.kind {
            ShapeKind::String => {
                let long = sizes.map(|(what, size)| (what, "x".repeat(size)));
                let all = long.into_iter().chain(self.one_of.iter().map(|one| ("enum", one.clone())));
                all.filter(|(_, text)| self.accepts(text)).map(|(what, text)| (what, json!(text))).collect()
            }
            ShapeKind::Integer => {
                let limits = [("least", self.min), ("most", self.max)];
                limits.into_iter().filter_map(|(what, limit)| Some((what, json!(limit?)))).collect()
            }
            ShapeKind::List(_) => {
                sizes.map(|(what, size)| (what, json!(vec![value[0].clone(); size]))).into()
            }
            ShapeKind::Boolean => [true, false].map(|it| ("either", json!(it))).into(),
            ShapeKind::Structure(_) | ShapeKind::Map(..) | ShapeKind::Timestamp => Vec::new(),
        };
        all.into_iter().map(|(what, value)| (String::new(), what, value)).collect()
    }
}

/// Returns an object without one of its members.
fn without(object: &Value, name: &str) -> Value {
    let mut object = object.clone();
    object.as_object_mut().expect("it is an object").remove(name);
    object
}

/// Returns a value in the format of paths, queries and headers.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
