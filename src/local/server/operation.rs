//! The HTTP API of both services.

use std::sync::Arc;
use std::time::SystemTime;

use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;

use super::elsewhere;
use super::response::written;
use crate::local::api::{self, Answer};
use crate::local::auth::{Keys, Signed};
use crate::local::query::query;
use crate::local::service::Service;

/// The largest request body that is read, in bytes: some hundred times what any operation takes.
const BODY: usize = 4 * 1024 * 1024;

/// Responds to a request for an operation.
pub(super) async fn answer(
    State(service): State<Arc<Service>>,
    State(keys): State<Option<Arc<Keys>>>,
    request: Request,
) -> Response {
    let (head, body) = request.into_parts();
    if let Some(response) = elsewhere::of_xml(&head.headers) {
        return response;
    }
    let Ok(body) = to_bytes(body, BODY).await else {
        let why = format!("the body is longer than {BODY} bytes, or broke off");
        return written(Answer {
            status: 413,
            error: Some("RequestEntityTooLargeException"),
            body: serde_json::json!({ "Code": "BadRequest", "Message": why }).to_string(),
        });
    };
    let bearer = bearer(&head.headers);
    if let Some(keys) = keys
        && let Err(refusal) =
            keys.check(&signed(&head, &headers(&head.headers), &body), bearer.as_deref(), now())
    {
        return written(api::unsigned(&refusal));
    }
    let request = api::Request {
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: query(head.uri.query().unwrap_or_default()),
        bearer,
        body: body.into(),
    };
    let answer = service.answer(&request).await;
    match elsewhere::service(&head.headers) {
        Some(other) if answer.error == Some(api::UNKNOWN_OPERATION) => elsewhere::answer(Some(&other)),
        _ => written(answer),
    }
}

/// Returns the parts of a request that its signature covers.
pub(super) fn signed<'r>(head: &'r Parts, headers: &'r [(String, String)], body: &'r [u8]) -> Signed<'r> {
    let query = head.uri.query().unwrap_or_default();
    Signed { method: head.method.as_str(), path: head.uri.path(), query, headers, body }
}

/// Returns the names and values of headers.
pub(super) fn headers(headers: &HeaderMap) -> Vec<(String, String)> {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect()
}

/// Returns the machine's time. Signatures depend on it, whatever time the service emulates.
#[expect(clippy::disallowed_methods, reason = "signatures have an age")]
pub(super) fn now() -> SystemTime {
    SystemTime::now()
}

fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = headers.get("x-amz-chime-bearer")?;
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_decoded() {
        assert_eq!(
            query("a=b%2Fc&d=e+f&g&=&"),
            [
                ("a".to_owned(), "b/c".to_owned()),
                ("d".to_owned(), "e f".to_owned()),
                ("g".to_owned(), String::new()),
                (String::new(), String::new()),
            ]
        );
        assert_eq!(query(""), []);
    }
}
