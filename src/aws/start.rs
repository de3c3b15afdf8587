//! [`StartError`]: why the function cannot start, and reporting it to Lambda.
#![expect(
    clippy::disallowed_methods,
    reason = "where the Runtime API is stands in the environment, which may be what is wrong"
)]

use std::time::Duration;

use hyper::Request;
use serde_json::json;

use super::rules::LoadError;
use super::settings;
use crate::http;

/// Why the function cannot start.
#[derive(Debug, thiserror::Error)]
pub(super) enum StartError {
    #[error(transparent)]
    Settings(#[from] settings::Problem),
    #[error(transparent)]
    Rules(#[from] LoadError),
    #[error("the rules cannot be loaded: a detector broke down")]
    Panicked,
    #[error("cannot set up the asynchronous runtime: {0}")]
    Runtime(std::io::Error),
    #[error("lost the Lambda Runtime API: {0}")]
    Lambda(lambda_runtime::Error),
}

/// The timeout for reporting the error to Lambda.
const LIMIT: Duration = Duration::from_secs(1);

/// How many bytes of a report are sent to Lambda.
const TOLD: usize = 16 * 1024;

impl StartError {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Settings(_) => "InvalidSettings",
            Self::Rules(error) => error.name(),
            Self::Panicked => "Panicked",
            Self::Runtime(_) => "NoRuntime",
            Self::Lambda(_) => "LostRuntimeApi",
        }
    }

    /// Reports the error to Lambda, which shows it to whoever invokes the function or views it in the console.
    pub(super) async fn report(&self) {
        // The error of a function that started is not a start error.
        if matches!(self, Self::Lambda(_)) {
            return;
        }
        let to = std::env::var("AWS_LAMBDA_RUNTIME_API").ok().and_then(|to| to.parse().ok());
        let Some(to) = to else { return };
        let mut message = self.to_string();
        message.truncate(message.floor_char_boundary(TOLD));
        let body = json!({ "errorType": self.name(), "errorMessage": message, "stackTrace": [] });
        let request = Request::post("/2018-06-01/runtime/init/error")
            .header("lambda-runtime-function-error-type", self.name())
            .header("content-type", "application/json");
        // The log contains the error, too, so a failure is ignored.
        let _ = tokio::time::timeout(LIMIT, http::send(&to, request, body.to_string())).await;
    }
}
