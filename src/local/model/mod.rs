//! [`Model`]: the two services' models, as AWS publishes them, and what can be derived from them.
//!
//! ```text
//!  method, path, query ──route──> Operation
//!  path, query, headers, body ──bind──> one JSON object keyed by member name, every constraint checked
//!  an operation's response ──check──> members, types, ranges, enums as the model says
//! ```
//!
//! Nothing here knows what an operation does. The valid requests and responses are data (`*.json`, written by `update` from botocore), so a
//! test fails if the local service deviates from it.

mod bind;
mod check;
mod read;
#[cfg(test)]
mod requests;
mod route;

use std::sync::OnceLock;

use regex::{Regex, bytes};
use serde::{Deserialize, Serialize};

pub(super) use self::bind::{Parts, bind};
use crate::shape::did_you_mean;

/// The models of both services.
#[derive(Debug)]
pub(super) struct Model {
    operations: Vec<Operation>,
    shapes: Vec<Shape>,
}

/// One of the two services.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Service {
    Messaging,
    Identity,
}

/// An operation, as clients see it.
#[derive(Debug)]
pub(super) struct Operation {
    pub name: String,
    pub service: Service,
    /// The HTTP status of a success.
    pub status: u16,
    /// The names of the errors that it may return, such as `ForbiddenException`.
    pub errors: Vec<String>,
    method: String,
    path: Vec<Segment>,
    /// A query parameter that selects this operation, such as `operation=redact`.
    query: Option<(String, String)>,
    input: Option<ShapeId>,
    output: Option<ShapeId>,
}

/// A segment of a path, between slashes.
#[derive(Debug, PartialEq, Eq)]
enum Segment {
    Literal(String),
    Variable(String),
}

/// The index of a shape in the model.
type ShapeId = usize;

/// A type of the model, with its constraints.
#[derive(Debug)]
struct Shape {
    name: String,
    kind: ShapeKind,
    min: Option<i64>,
    max: Option<i64>,
    pattern: Option<Pattern>,
    one_of: Vec<String>,
}

#[derive(Debug)]
enum ShapeKind {
    Structure(Vec<Member>),
    List(ShapeId),
    Map(ShapeId, ShapeId),
    String,
    Integer,
    Boolean,
    Timestamp,
}

/// A member of a structure.
#[derive(Debug)]
struct Member {
    name: String,
    shape: ShapeId,
    required: bool,
    /// The part of the request that contains it, and its name there; the body if nothing.
    place: Option<(Place, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Path,
    Query,
    Header,
}

/// A pattern that a whole string must match. It is compiled on first use, because most processes never need most patterns.
#[derive(Debug)]
struct Pattern {
    source: String,
    compiled: OnceLock<Regex>,
    /// The pattern for ASCII text, where a character is a byte. The pattern of ARNs has repetitions up to a thousand, and compiles a
    /// hundred times faster this way. Patterns that name other characters have none.
    ascii: OnceLock<Option<bytes::Regex>>,
}

impl Pattern {
    fn new(source: String) -> Self {
        Self { source, compiled: OnceLock::new(), ascii: OnceLock::new() }
    }

    fn matches(&self, text: &str) -> bool {
        let of_bytes = || bytes::RegexBuilder::new(&self.source).unicode(false).build().ok();
        if text.is_ascii()
            && let Some(ascii) = self.ascii.get_or_init(of_bytes)
        {
            return ascii.is_match(text.as_bytes());
        }
        let compile = || Regex::new(&self.source).expect("a test compiles every pattern of the model");
        self.compiled.get_or_init(compile).is_match(text)
    }
}

impl Model {
    /// Returns the operation called `name` of `service`.
    pub(super) fn operation(&self, service: Service, name: &str) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.service == service && operation.name == name)
    }

    /// Checks that one of the services has an operation called `name`.
    ///
    /// # Errors
    /// If none has; the error names a similar one.
    pub(super) fn knows(&self, name: &str) -> Result<(), String> {
        let names = || self.operations.iter().map(|operation| operation.name.as_str());
        if names().any(|known| known == name) {
            return Ok(());
        }
        let expected = did_you_mean(name, names());
        let expected = expected.unwrap_or_else(|| "expected one such as `SendChannelMessage`".to_owned());
        Err(format!("no operation `{name}`: {expected}"))
    }

    /// Returns all operations of both services.
    #[cfg(test)]
    pub(super) fn operations(&self) -> &[Operation] {
        &self.operations
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_model_is_all_there() {
        let model = Model::load();
        let count =
            |service| model.operations.iter().filter(|operation| operation.service == service).count();
        assert_eq!((count(Service::Messaging), count(Service::Identity)), (51, 30));
        assert_eq!(model.operation(Service::Messaging, "DeleteChannel").unwrap().status, 204);
        assert!(model.operation(Service::Identity, "DeleteChannel").is_none());
    }

    #[test]
    fn every_pattern_compiles() {
        for shape in &Model::load().shapes {
            if let Some(pattern) = &shape.pattern {
                assert!(Regex::new(&pattern.source).is_ok(), "{}: {}", shape.name, pattern.source);
            }
        }
    }

    #[test]
    fn patterns_mean_the_same_for_bytes_and_for_characters() {
        let arn = "arn:aws:chime:us-east-1:111122223333:app-instance/a/user/";
        let long = format!("{arn}{}", "x".repeat(1024));
        let texts = [
            "",
            "a",
            "a b",
            "a\nb",
            "a_b-C9",
            "/",
            "\u{7f}",
            "\0",
            "arn:a:b:c:d:/x",
            arn,
            &long,
            &long[..1000],
        ];
        for shape in &Model::load().shapes {
            let Some(pattern) = &shape.pattern else { continue };
            let characters = Regex::new(&pattern.source).unwrap();
            for text in texts.into_iter().chain(["ä", "日本\u{1f600}"]) {
                assert_eq!(pattern.matches(text), characters.is_match(text), "{}: {text:?}", shape.name);
            }
        }
    }
}
