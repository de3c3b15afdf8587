//! Reads the models in botocore's format.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use super::{Member, Model, Operation, Pattern, Place, Segment, Service, Shape, ShapeId, ShapeKind};

const MODELS: [(Service, &str); 2] = [
    (Service::Messaging, include_str!("chime-sdk-messaging.json")),
    (Service::Identity, include_str!("chime-sdk-identity.json")),
];

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    operations: BTreeMap<&'a str, OperationDef<'a>>,
    #[serde(borrow)]
    shapes: BTreeMap<&'a str, ShapeDef<'a>>,
}

#[derive(Deserialize)]
struct OperationDef<'a> {
    http: Http<'a>,
    #[serde(borrow)]
    input: Option<Reference<'a>>,
    #[serde(borrow)]
    output: Option<Reference<'a>>,
    #[serde(borrow, default)]
    errors: Vec<Reference<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Http<'a> {
    method: &'a str,
    request_uri: &'a str,
    response_code: Option<u16>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Reference<'a> {
    shape: &'a str,
    location: Option<&'a str>,
    location_name: Option<&'a str>,
}

#[derive(Deserialize)]
struct ShapeDef<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    #[serde(borrow, default)]
    members: BTreeMap<&'a str, Reference<'a>>,
    #[serde(borrow, default)]
    required: Vec<&'a str>,
    #[serde(borrow)]
    member: Option<Reference<'a>>,
    #[serde(borrow)]
    key: Option<Reference<'a>>,
    #[serde(borrow)]
    value: Option<Reference<'a>>,
    min: Option<i64>,
    max: Option<i64>,
    pattern: Option<String>,
    #[serde(borrow, default, rename = "enum")]
    one_of: Vec<&'a str>,
}

impl Model {
    /// Reads both models.
    pub(in super::super) fn load() -> Self {
        let mut model = Self { operations: Vec::new(), shapes: Vec::new() };
        for (service, text) in MODELS {
            let file: File<'_> = serde_json::from_str(text).expect("a test reads the models");
            model.add(service, file);
        }
        // `POST /channels?operation=search` must be tried before `POST /channels`.
        model.operations.sort_by_key(|operation| operation.query.is_none());
        model
    }

    fn add(&mut self, service: Service, file: File<'_>) {
        let first = self.shapes.len();
        let ids: HashMap<&str, ShapeId> =
            file.shapes.keys().enumerate().map(|(at, name)| (*name, first + at)).collect();
        let id = |reference: &Reference<'_>| ids[reference.shape];
        self.shapes.extend(file.shapes.iter().map(|(name, def)| shape(name, def, &ids)));
        for (name, def) in file.operations {
            let (path, query) = def.http.request_uri.split_once('?').unwrap_or((def.http.request_uri, ""));
            self.operations.push(Operation {
                name: name.to_owned(),
                service,
                status: def.http.response_code.unwrap_or(200),
                errors: def.errors.iter().map(|error| error.shape.to_owned()).collect(),
                method: def.http.method.to_owned(),
                path: path.split('/').skip(1).map(segment).collect(),
                query: query.split_once('=').map(|(name, value)| (name.to_owned(), value.to_owned())),
                input: def.input.as_ref().map(id),
                output: def.output.as_ref().map(id),
            });
        }
    }
}

fn segment(text: &str) -> Segment {
    match text.strip_prefix('{').and_then(|text| text.strip_suffix('}')) {
        Some(name) => Segment::Variable(name.to_owned()),
        None => Segment::Literal(text.to_owned()),
    }
}

fn shape(name: &str, def: &ShapeDef<'_>, ids: &HashMap<&str, ShapeId>) -> Shape {
    let inner = |reference: &Option<Reference<'_>>| {
        ids[reference.as_ref().expect("lists and maps say what they hold").shape]
    };
    let kind = match def.kind {
        "structure" => {
            ShapeKind::Structure(def.members.iter().map(|(name, it)| member(name, it, def, ids)).collect())
        }
        "list" => ShapeKind::List(inner(&def.member)),
        "map" => ShapeKind::Map(inner(&def.key), inner(&def.value)),
        "string" => ShapeKind::String,
        "integer" => ShapeKind::Integer,
        "boolean" => ShapeKind::Boolean,
        "timestamp" => ShapeKind::Timestamp,
        other => panic!("the model has a new type: {other}"),
    };
    let pattern = def.pattern.as_deref().map(|java| Pattern::new(translated(java)));
    let one_of = def.one_of.iter().map(|&value| value.to_owned()).collect();
    Shape { name: name.to_owned(), kind, min: def.min, max: def.max, pattern, one_of }
}

fn member(name: &str, it: &Reference<'_>, of: &ShapeDef<'_>, ids: &HashMap<&str, ShapeId>) -> Member {
    let place = it.location.map(|location| match location {
        "uri" => Place::Path,
        "querystring" => Place::Query,
        "header" => Place::Header,
        other => panic!("the model has a new location: {other}"),
    });
    Member {
        name: name.to_owned(),
        shape: ids[it.shape],
        required: of.required.contains(&name),
        place: place.map(|place| (place, it.location_name.unwrap_or(name).to_owned())),
    }
}

/// Returns a Java pattern in the syntax of this regex engine, anchored at both ends.
fn translated(java: &str) -> String {
    // The model means code points beyond U+FFFF, but writes four digits, where Java would need a surrogate pair.
    let java = java.replace(r"\u10000-\u10FFFF", r"\x{10000}-\x{10FFFF}");
    let mut pieces = java.split(r"\u");
    let mut pattern = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (code, rest) = piece.split_at(4);
        pattern.extend([r"\x{", code, "}", rest]);
    }
    format!("^(?:{pattern})$")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn java_patterns_are_translated() {
        assert_eq!(
            translated(r"[\u0009\u0020-\uD7FF\u10000-\u10FFFF]*"),
            r"^(?:[\x{0009}\x{0020}-\x{D7FF}\x{10000}-\x{10FFFF}]*)$"
        );
        assert_eq!(translated("a"), "^(?:a)$");
    }
}
