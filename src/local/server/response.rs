//! Responses of both services, with the headers that AWS sends.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

use crate::local::api::Answer;

/// Returns `answer` as an HTTP response.
pub(super) fn written(answer: Answer) -> Response {
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    if let Some(error) = answer.error {
        headers.insert("x-amzn-errortype", HeaderValue::from_static(error));
    }
    headers.insert("x-amzn-requestid", request_id());
    response
}

/// Returns a request id that is unique in this process, in AWS's format.
fn request_id() -> HeaderValue {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let next = NEXT.fetch_add(1, Ordering::Relaxed);
    let id = format!("{:08x}-0000-4000-8000-{next:012x}", std::process::id());
    HeaderValue::from_str(&id).unwrap_or(HeaderValue::from_static("0"))
}
