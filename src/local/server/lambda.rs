//! Lambda's Invoke API, for `aws lambda invoke --endpoint-url`.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::json;

use crate::local::arn::Arn;
use crate::local::functions::Functions;
use crate::local::state::End;

pub(super) async fn invoke(
    State(functions): State<Arc<Functions>>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Ok(event) = String::from_utf8(body.into()) else {
        return written(
            400,
            json!({ "Type": "User", "Message": "the payload is not UTF-8" }).to_string(),
            false,
        );
    };
    let function = if name.starts_with("arn:") {
        name
    } else {
        format!("arn:aws:lambda:us-east-1:111122223333:function:{name}")
    };
    let function = Arn::new(&function);
    if headers.get("x-amz-invocation-type").is_some_and(|kind| kind == "Event") {
        tokio::spawn(async move { functions.invoke(&function, &event).await });
        return written(202, String::new(), false);
    }
    let returned = functions.invoke(&function, &event).await;
    match returned.end {
        End::Returned => written(200, returned.payload, false),
        End::Failed { error_type, message } => {
            written(200, json!({ "errorType": error_type, "errorMessage": message }).to_string(), true)
        }
        End::Throttled => {
            written(429, json!({ "Type": "User", "Message": "Rate Exceeded." }).to_string(), false)
        }
        End::Refused { reason } => {
            written(404, json!({ "Type": "User", "Message": reason }).to_string(), false)
        }
    }
}

fn written(status: u16, body: String, failed: bool) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert("x-amz-executed-version", HeaderValue::from_static("$LATEST"));
    if failed {
        headers.insert("x-amz-function-error", HeaderValue::from_static("Unhandled"));
    }
    response
}
