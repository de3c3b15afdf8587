//! Runs processors on another local Lambda emulator: `cargo lambda watch`, `sam local start-lambda`, or anything else that implements the
//! Invoke API.

use std::time::Duration;

use hyper::http::uri::Authority;
use hyper::{Request, StatusCode, Uri};
use serde::de::IgnoredAny;
use serde_json::Value;

use super::{InvocationResult, name_in};
use crate::http::{self, HttpError};
use crate::local::arn::Arn;
use crate::local::state::End;

/// An endpoint that implements Lambda's Invoke API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// The host and, unless it is 80, the port.
    authority: Authority,
    /// The function's name at the endpoint; by default, the name in its ARN.
    function: Option<String>,
}

/// The maximum size of a function's response in bytes, according to Lambda.
const LARGEST: usize = 6 * 1024 * 1024;

/// The timeout of an invocation: the maximum that Lambda allows.
const TIMEOUT: Duration = Duration::from_mins(15);

impl Endpoint {
    /// Parses an endpoint such as `http://127.0.0.1:9000`, or `http://127.0.0.1:9000/my-function`.
    ///
    /// # Errors
    /// If `text` is not a valid endpoint.
    pub fn parse(text: &str) -> Result<Self, String> {
        let expected = || {
            format!(
                "`{text}`: expected an address such as http://127.0.0.1:9000, or http://127.0.0.1:9000/FUNCTION"
            )
        };
        let uri: Uri = text.parse().map_err(|_| expected())?;
        let authority = uri.authority().filter(|_| uri.scheme_str() == Some("http")).ok_or_else(expected)?;
        let function = uri.path().trim_matches('/');
        Ok(Self {
            authority: authority.clone(),
            function: Some(function.to_owned()).filter(|name| !name.is_empty()),
        })
    }

    pub(super) async fn invoke(&self, function: &Arn, event: &str) -> InvocationResult {
        let name = self.function.as_deref().unwrap_or_else(|| name_in(function));
        match tokio::time::timeout(TIMEOUT, self.post(name, event)).await {
            Ok(Ok(returned)) => returned,
            Ok(Err(error)) => InvocationResult::refused(format!("nothing responds: {error}")),
            Err(_) => InvocationResult::failed("Sandbox.Timedout", "no answer in 15 minutes"),
        }
    }

    async fn post(&self, name: &str, event: &str) -> Result<InvocationResult, HttpError> {
        let request = Request::post(format!("/2015-03-31/functions/{name}/invocations"))
            .header("content-type", "application/json")
            .header("x-amz-invocation-type", "Event");
        let response = http::send(&self.authority, request, event.to_owned()).await?;
        let (status, failed) = (response.status(), response.header("x-amz-function-error").is_some());
        let body = response.body(LARGEST).await?;
        Ok(Self::read(status, failed, &String::from_utf8_lossy(&body), name))
    }

    /// Interprets a response. Emulators differ from Lambda: some wait for the function, and report its failure in the status.
    fn read(status: StatusCode, failed: bool, body: &str, name: &str) -> InvocationResult {
        let json: Value = serde_json::from_str(body).unwrap_or_default();
        let text = |key: &str| json[key].as_str().unwrap_or_default().to_owned();
        match status.as_u16() {
            200..=299 if failed => InvocationResult::failed(text("errorType"), text("errorMessage")),
            // Lambda's response is empty, and an emulator's is what the function returned. Other web servers also respond with 200.
            200..=299 if !body.is_empty() && serde_json::from_str::<IgnoredAny>(body).is_err() => {
                InvocationResult::refused(format!(
                    "HTTP {status} for the function `{name}`, and no JSON: expected Lambda's Invoke API"
                ))
            }
            200..=299 => InvocationResult { end: End::Returned, payload: body.to_owned() },
            429 => InvocationResult { end: End::Throttled, payload: "null".to_owned() },
            500 if json["errorType"].is_string() => {
                InvocationResult::failed(text("errorType"), text("errorMessage"))
            }
            _ => InvocationResult::refused(format!("HTTP {status} for the function `{name}`")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints_are_read() {
        let read = |text| Endpoint::parse(text).map(|endpoint| (endpoint.authority, endpoint.function));
        assert_eq!(read("http://127.0.0.1:9000"), Ok((Authority::from_static("127.0.0.1:9000"), None)));
        assert_eq!(
            read("http://localhost/processor/"),
            Ok((Authority::from_static("localhost"), Some("processor".into())))
        );
        assert!(read("localhost:9000").is_err() && read("https://x").is_err() && read("").is_err());
    }

    #[test]
    fn answers_of_lambda_and_of_its_emulators_are_understood() {
        let end = |status, failed, body| {
            Endpoint::read(StatusCode::from_u16(status).unwrap(), failed, body, "f").end
        };
        assert_eq!(end(202, false, ""), End::Returned);
        assert_eq!(end(200, false, "null"), End::Returned);
        assert!(matches!(end(200, false, "<html>It works!</html>"), End::Refused { .. }));
        assert_eq!(end(429, false, ""), End::Throttled);
        let failed = InvocationResult::failed("Conflict", "no").end;
        let body = r#"{"errorType": "Conflict", "errorMessage": "no"}"#;
        assert_eq!(end(200, true, body), failed);
        assert_eq!(end(500, false, body), failed);
        assert!(matches!(end(404, false, ""), End::Refused { .. }));
        assert!(matches!(end(500, false, "oops"), End::Refused { .. }));
    }
}
