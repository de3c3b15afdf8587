//! One request of a client: what it means before the service is asked, and how the answer is written.
//!
//! Everything here is the model's: no rule of the service is. A request that is wrong never reaches the state, and an answer that
//! the model does not know is a bug that a test finds.

use serde_json::{Value, json};

use super::model::{self, Model, Parts, Service};
use super::operations::{self, Row};
use super::refusal::{ErrorKind, Refusal, bad_request};

/// A request, as it came over the wire.
#[derive(Clone, Debug, Default)]
pub(super) struct Request {
    /// Such as `POST`.
    pub method: String,
    /// As it was sent: still percent-encoded.
    pub path: String,
    /// Decoded.
    pub query: Vec<(String, String)>,
    /// The value of `x-amz-chime-bearer`.
    pub bearer: Option<String>,
    /// All of it.
    pub body: Vec<u8>,
}

/// What is answered.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The name of the error, for `x-amzn-errortype`.
    pub error: Option<&'static str>,
    /// The body; empty where the model has none.
    pub body: String,
}

/// A request that makes sense.
#[derive(Debug)]
pub(super) struct ValidRequest<'m> {
    pub operation: &'m model::Operation,
    pub row: &'static Row,
    pub input: Value,
}

impl<'m> ValidRequest<'m> {
    /// What somebody wants who says it in the model's words: nothing has to be found out, and all of it is checked.
    ///
    /// # Errors
    /// What is wrong with the input.
    pub(super) fn of(model: &'m Model, service: Service, name: &str, input: Value) -> Result<Self, Refusal> {
        let operation = model.operation(service, name);
        let there = operation.and_then(|operation| Some((operation, operations::find(operation)?)));
        let (operation, row) =
            there.ok_or_else(|| ErrorKind::ServiceFailure.because(format!("no operation {name}")))?;
        model.check(operation, &input).map_err(bad_request)?;
        Ok(Self { operation, row, input })
    }
}

/// Finds out what `request` wants, and checks it.
///
/// # Errors
/// The answer to a request that makes no sense.
pub(super) fn understand<'m>(model: &'m Model, request: &Request) -> Result<ValidRequest<'m>, Answer> {
    let Some(route) = model.route(&request.method, &request.path, &request.query) else {
        return Err(no_route(model, request));
    };
    let operation = route.operation;
    let parts = Parts {
        variables: &route.variables,
        query: &request.query,
        bearer: request.bearer.as_deref(),
        body: &request.body,
    };
    let input =
        model::bind(model, operation, &parts).map_err(|wrong| refused(operation, bad_request(wrong)))?;
    match operations::find(operation) {
        Some(row) => Ok(ValidRequest { operation, row, input }),
        None => Err(not_built(operation)),
    }
}

/// The answer to a request for `operation`, of which this came.
pub(super) fn answered(model: &Model, operation: &model::Operation, came: Result<Value, Refusal>) -> Answer {
    match came {
        Err(refusal) => refused(operation, refusal),
        Ok(value) => {
            // A release does not look: its answers are those that the tests saw.
            debug_assert_eq!(
                model.check_output(operation, &value),
                Ok(()),
                "{} answers what the model does not know",
                operation.name
            );
            let empty = value.as_object().is_some_and(serde_json::Map::is_empty);
            let body = if empty && operation.status == 204 { String::new() } else { value.to_string() };
            Answer { status: operation.status, error: None, body }
        }
    }
}

/// How an operation says no.
pub(super) fn refused(operation: &model::Operation, refusal: Refusal) -> Answer {
    let refusal = declared(operation, refusal);
    let message = refusal.message.into_owned();
    let body = json!({ "Code": refusal.kind.code(), "Message": message }).to_string();
    Answer { status: refusal.kind.status(), error: Some(refusal.kind.shape()), body }
}

/// What an operation says instead of an error that it does not know.
pub(super) fn declared(operation: &model::Operation, refusal: Refusal) -> Refusal {
    let declared = |kind: ErrorKind| operation.errors.iter().any(|error| error == kind.shape());
    // Few operations can say that something is not there. To the others it is something that the caller may not see.
    let kind = match refusal.kind {
        ErrorKind::NotFound if !declared(ErrorKind::NotFound) => ErrorKind::Forbidden,
        ErrorKind::Conflict if !declared(ErrorKind::Conflict) => ErrorKind::BadRequest,
        ErrorKind::ResourceLimitExceeded if !declared(ErrorKind::ResourceLimitExceeded) => {
            ErrorKind::BadRequest
        }
        kind => kind,
    };
    Refusal { kind, ..refusal }
}

/// The answer to whoever did not sign a request as they should.
pub(super) fn unsigned(refusal: &Refusal) -> Answer {
    let body = json!({ "Code": refusal.kind.code(), "Message": refusal.message }).to_string();
    Answer { status: refusal.kind.status(), error: Some(refusal.kind.shape()), body }
}

/// An operation that is not built: SDKs repeat a request after 500 and 503, and after this they do not.
fn not_built(operation: &model::Operation) -> Answer {
    let message = format!("{} is not built in this local service", operation.name);
    Answer {
        status: 501,
        error: Some("NotImplementedException"),
        body: json!({ "Code": "NotImplemented", "Message": message }).to_string(),
    }
}

fn no_route(model: &Model, request: &Request) -> Answer {
    let methods = model.methods(&request.path);
    let (status, message) = if methods.is_empty() {
        (404, "no operation of Chime SDK messaging or identity has this path".to_owned())
    } else {
        let methods = methods.join(", ");
        (
            405,
            format!(
                "no operation has this path with this method and query; the path is asked with {methods}"
            ),
        )
    };
    Answer {
        status,
        error: Some("UnknownOperationException"),
        body: json!({ "Code": "UnknownOperation", "Message": message }).to_string(),
    }
}
