//! [`Refusal`]: an error of a call to AWS, with advice for the user.

use std::fmt;

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_lambda::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_lambda::operation::RequestId;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;

/// An error of a call to AWS: which call, why, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    operation: &'static str,
    why: Why,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Why {
    /// The service returned an error.
    Service { status: u16, code: String, message: String, request: Option<String> },
    /// There are no credentials to sign the request with.
    NoCredentials(String),
    /// There was no response, or not in time.
    NoAnswer(String),
}

impl Refusal {
    /// Converts `error` of a call of `operation`.
    pub(crate) fn of<E>(operation: &'static str, error: &SdkError<E, HttpResponse>) -> Self
    where
        E: ProvideErrorMetadata + std::error::Error + 'static,
    {
        let why = match error {
            SdkError::ServiceError(said) => Why::Service {
                status: said.raw().status().as_u16(),
                code: said.err().code().unwrap_or("no code").to_owned(),
                message: said.err().message().unwrap_or("the service does not say why").to_owned(),
                request: said.err().meta().request_id().map(str::to_owned),
            },
            error => {
                let causes = causes(error);
                let text = |cause: &&(dyn std::error::Error + 'static)| cause.to_string();
                let last = causes.last().map(text).unwrap_or_default();
                if causes.iter().any(|cause| cause.is::<CredentialsError>()) {
                    // The first line is the reason; the others list all sources of credentials that were tried.
                    Why::NoCredentials(
                        last.lines().next().unwrap_or_default().trim_end_matches(". Attempted:").to_owned(),
                    )
                } else {
                    Why::NoAnswer(last)
                }
            }
        };
        Self { operation, why }
    }

    /// Returns the HTTP status, if the service responded.
    pub(crate) const fn status(&self) -> Option<u16> {
        match &self.why {
            Why::Service { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// Returns whether the service rejected the credentials.
    pub(crate) fn is_about_credentials(&self) -> bool {
        matches!(&self.why, Why::Service { code, .. } if is_about_credentials(code))
    }

    /// Returns the service's message.
    pub(crate) fn message(&self) -> &str {
        match &self.why {
            Why::Service { message, .. } | Why::NoCredentials(message) | Why::NoAnswer(message) => message,
        }
    }

    /// Returns the action that no IAM policy permits, if that is the reason.
    pub(crate) fn denied_action(&self) -> Option<String> {
        let (_, rest) = self.message().split_once("not authorized to perform: ")?;
        Some(rest.split([' ', ',']).next().unwrap_or_default().to_owned())
    }

    /// Returns the caller's account, if an IAM error contains it.
    pub(crate) fn account_of_caller(&self) -> Option<&str> {
        let (_, user) = self.message().split_once("User: arn:")?;
        user.split(':').nth(3).filter(|account| account.len() == 12)
    }

    fn help(&self) -> Option<String> {
        let (status, code) = match &self.why {
            Why::Service { status, code, .. } => (*status, code.as_str()),
            Why::NoCredentials(_) => {
                return Some(
                    "sign in (such as with `aws sso login`) and name the profile with --profile or AWS_PROFILE"
                        .to_owned(),
                );
            }
            Why::NoAnswer(_) => {
                return Some(
                    "look at --endpoint-url and AWS_ENDPOINT_URL; on this machine `chimeflow local` has to run"
                        .to_owned(),
                );
            }
        };
        if let Some(action) = self.denied_action() {
            return Some(format!("grant {action} to whoever runs this command"));
        }
        let help = match (status, code) {
            (_, code) if code.starts_with("ResourceLimitExceeded") => {
                "a quota is used up: remove what is not needed, or ask AWS for more in Service Quotas"
            }
            (401, _) => "look who you are with `aws sts get-caller-identity`, and sign in again",
            (_, code) if is_about_credentials(code) => {
                "look who you are with `aws sts get-caller-identity`, and sign in again"
            }
            (429, _) => "the service throttles: run this again in a minute",
            (500..=599, _) => "the service fails: run this again in a minute",
            (403, "ForbiddenException" | "Forbidden") => {
                "the service does not tell what is not there from what may not be seen: look at the ARNs, and at whom you act as"
            }
            _ => return None,
        };
        Some(help.to_owned())
    }
}

fn is_about_credentials(code: &str) -> bool {
    [
        "ExpiredToken",
        "UnrecognizedClient",
        "InvalidClientTokenId",
        "InvalidSignature",
        "SignatureDoesNotMatch",
    ]
    .iter()
    .any(|known| code.starts_with(known))
}

/// Returns an error and its causes, outermost first.
fn causes<'e>(error: &'e (dyn std::error::Error + 'static)) -> Vec<&'e (dyn std::error::Error + 'static)> {
    std::iter::successors(Some(error), |error| error.source()).collect()
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.why {
            Why::Service { status, code, message, request } => {
                write!(f, "{} was refused: {message} (HTTP {status}, {code}", self.operation)?;
                if let Some(request) = request {
                    write!(f, ", request {request}")?;
                }
                write!(f, ")")?;
            }
            Why::NoCredentials(why) => {
                write!(f, "{} needs credentials, and there are none: {why}", self.operation)?;
            }
            Why::NoAnswer(why) => write!(f, "{} got no answer: {why}", self.operation)?,
        }
        match self.help() {
            Some(help) => write!(f, "\n  help: {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Refusal {}
