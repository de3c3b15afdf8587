//! [`Why`]: why a call to AWS failed.

use std::io::{self, ErrorKind};

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_lambda::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_lambda::operation::RequestId;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;

use crate::cli::printable::plain;

/// Replaces the name of an error without one. Errors of AWS's services have names.
pub(super) const NO_CODE: &str = "no code";

/// Why a call failed. Its texts are on one line, without control characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// The service returned an error.
    Service { status: u16, code: String, message: String, request: Option<String> },
    /// The response did not come from the service but, for example, from a proxy.
    Unreadable { status: u16, what: String },
    /// There are no credentials to sign the request with.
    NoCredentials(String),
    /// There was no response, or it was late.
    NoAnswer(Silence, String),
}

/// Why there was no response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Silence {
    /// It did not arrive before the timeout.
    Late,
    /// Nothing listens at the endpoint.
    Refused,
    /// The connection was lost.
    Lost,
    /// Anything else, such as a host name that does not resolve.
    Other,
}

impl Why {
    /// Returns why a call ended in `error`.
    pub(super) fn of<E>(error: &SdkError<E, HttpResponse>) -> Self
    where
        E: ProvideErrorMetadata + std::error::Error + 'static,
    {
        match error {
            SdkError::ServiceError(error)
                if error.err().code().is_none() && error.err().message().is_none() =>
            {
                Self::unreadable(error.raw())
            }
            SdkError::ServiceError(error) => Self::Service {
                status: error.raw().status().as_u16(),
                code: plain(error.err().code().unwrap_or(NO_CODE)),
                message: plain(error.err().message().unwrap_or("the service does not say why")),
                request: error.err().meta().request_id().map(plain),
            },
            SdkError::ResponseError(error) => Self::unreadable(error.raw()),
            error => {
                let causes = causes(error);
                let last = causes.last().map(ToString::to_string).unwrap_or_default();
                if causes.iter().any(|cause| cause.is::<CredentialsError>()) {
                    // The first line is the reason; the others list all sources of credentials that were tried.
                    let first = last.lines().next().unwrap_or_default();
                    Self::NoCredentials(plain(first.trim_end_matches(". Attempted:")))
                } else {
                    Self::NoAnswer(Silence::of(error, &causes), plain(&last))
                }
            }
        }
    }

    /// Describes what arrived instead of a response of the service, without quoting it.
    fn unreadable(response: &HttpResponse) -> Self {
        let kind = response.headers().get("content-type").unwrap_or("of no type");
        let what = match response.body().bytes() {
            Some([]) => "the response has no body".to_owned(),
            Some(bytes) => format!("the body is {}, {} bytes", plain(kind), bytes.len()),
            None => format!("the body is {}", plain(kind)),
        };
        Self::Unreadable { status: response.status().as_u16(), what }
    }
}

impl Silence {
    fn of<E>(error: &SdkError<E, HttpResponse>, causes: &[&(dyn std::error::Error + 'static)]) -> Self {
        let is_late = match error {
            SdkError::TimeoutError(_) => true,
            SdkError::DispatchFailure(failure) => failure.is_timeout(),
            _ => false,
        };
        if is_late {
            return Self::Late;
        }
        let kind = causes.iter().find_map(|cause| Some(cause.downcast_ref::<io::Error>()?.kind()));
        let is_cut = |cause: &&(dyn std::error::Error + 'static)| {
            cause.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_incomplete_message)
        };
        match kind {
            Some(ErrorKind::ConnectionRefused) => Self::Refused,
            Some(
                ErrorKind::ConnectionReset
                | ErrorKind::ConnectionAborted
                | ErrorKind::BrokenPipe
                | ErrorKind::UnexpectedEof,
            ) => Self::Lost,
            _ if causes.iter().any(is_cut) => Self::Lost,
            _ => Self::Other,
        }
    }
}

/// Returns an error and its causes, outermost first.
fn causes<'e>(error: &'e (dyn std::error::Error + 'static)) -> Vec<&'e (dyn std::error::Error + 'static)> {
    std::iter::successors(Some(error), |error| error.source()).collect()
}
