//! Interprets a client's request before the service executes it, and writes the response.
//!
//! Everything here follows from the model; the rules of the service are elsewhere. An invalid request never reaches the state. A response
//! that does not conform to the model is a bug, which a test detects.

use serde_json::{Value, json};

use super::model::{self, Model, Parts, Service};
use super::operations::{self, Row};
use super::refusal::{ErrorKind, Refusal, bad_request};

/// A request as received.
#[derive(Clone, Debug, Default)]
pub(super) struct Request {
    /// The HTTP method, such as `POST`.
    pub method: String,
    /// The path as received, percent-encoded.
    pub path: String,
    /// The query, decoded.
    pub query: Vec<(String, String)>,
    /// The value of `x-amz-chime-bearer`.
    pub bearer: Option<String>,
    /// The complete body.
    pub body: Vec<u8>,
}

/// A response.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The name of the error, for `x-amzn-errortype`.
    pub error: Option<&'static str>,
    /// The body; empty if the model defines none.
    pub body: String,
}

/// The name of the error for a request that is no operation of the services.
pub(super) const UNKNOWN_OPERATION: &str = "UnknownOperationException";

/// A request that is valid according to the model.
#[derive(Debug)]
pub(super) struct ValidRequest<'m> {
    pub operation: &'m model::Operation,
    pub row: &'static Row,
    pub input: Value,
}

impl<'m> ValidRequest<'m> {
    /// Validates `input` for the operation called `name`, without an HTTP request.
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

/// Determines the operation of `request`, and validates its input.
///
/// # Errors
/// The response to an invalid request.
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

/// Returns the response to a request for `operation` with this result.
pub(super) fn answered(
    model: &Model,
    operation: &model::Operation,
    result: Result<Value, Refusal>,
) -> Answer {
    match result {
        Err(refusal) => refused(operation, refusal),
        Ok(value) => {
            // Release builds skip this check: the tests have seen the same responses.
            debug_assert_eq!(
                model.check_output(operation, &value),
                Ok(()),
                "{} returns a response that the model does not allow",
                operation.name
            );
            let empty = value.as_object().is_some_and(serde_json::Map::is_empty);
            let body = if empty && operation.status == 204 { String::new() } else { value.to_string() };
            Answer { status: operation.status, error: None, body }
        }
    }
}

/// Returns the response to a request that was refused.
pub(super) fn refused(operation: &model::Operation, refusal: Refusal) -> Answer {
    let refusal = declared(operation, refusal);
    let message = refusal.message.into_owned();
    let body = json!({ "Code": refusal.kind.code(), "Message": message }).to_string();
    Answer { status: refusal.kind.status(), error: Some(refusal.kind.shape()), body }
}

/// Returns the refusal with an error that the operation declares.
pub(super) fn declared(operation: &model::Operation, refusal: Refusal) -> Refusal {
    let declared = |kind: ErrorKind| operation.errors.iter().any(|error| error == kind.shape());
    // Few operations declare a not-found error. The others respond as if the caller may not see the resource.
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

/// Returns the response to a request without a valid signature.
pub(super) fn unsigned(refusal: &Refusal) -> Answer {
    let body = json!({ "Code": refusal.kind.code(), "Message": refusal.message }).to_string();
    Answer { status: refusal.kind.status(), error: Some(refusal.kind.shape()), body }
}

/// Returns the response for an operation that is not implemented. SDKs retry after 500 and 503, but not after this status.
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
        error: Some(UNKNOWN_OPERATION),
        body: json!({ "Code": "UnknownOperation", "Message": message }).to_string(),
    }
}
