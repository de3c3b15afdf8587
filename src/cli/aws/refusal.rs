//! [`Refusal`]: an error of a call to AWS, with advice for the user.

use std::fmt;

use aws_sdk_lambda::error::{ProvideErrorMetadata, SdkError};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;

use super::advice;
use super::why::{Silence, Why};

/// An error of a call to AWS: which call, why, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    operation: &'static str,
    why: Why,
}

impl Refusal {
    /// Converts `error` of a call of `operation`.
    pub(crate) fn of<E>(operation: &'static str, error: &SdkError<E, HttpResponse>) -> Self
    where
        E: ProvideErrorMetadata + std::error::Error + 'static,
    {
        Self { operation, why: Why::of(error) }
    }

    /// Returns the error for a response of `operation` that lacks `what`, which the service's responses contain.
    pub(super) fn without(operation: &'static str, what: &str) -> Self {
        Self { operation, why: Why::Unreadable { status: 200, what: format!("without {what}") } }
    }

    /// Returns the HTTP status, if the service responded with an error.
    pub(crate) const fn status(&self) -> Option<u16> {
        match &self.why {
            Why::Service { status, .. } | Why::Unreadable { status: status @ 400.., .. } => Some(*status),
            _ => None,
        }
    }

    /// Returns the name of the service's error.
    pub(crate) fn code(&self) -> Option<&str> {
        match &self.why {
            Why::Service { code, .. } => Some(code),
            _ => None,
        }
    }

    /// Returns whether the call exceeded its timeout.
    pub(crate) const fn is_late(&self) -> bool {
        matches!(self.why, Why::NoAnswer(Silence::Late, _))
    }

    /// Returns whether the service rejected the credentials, or there are none.
    pub(crate) fn is_about_credentials(&self) -> bool {
        match &self.why {
            Why::Service { code, .. } => advice::is_about_credentials(code),
            Why::NoCredentials(_) => true,
            _ => false,
        }
    }

    /// Returns the service's message.
    pub(crate) fn message(&self) -> &str {
        match &self.why {
            Why::Service { message, .. } | Why::NoCredentials(message) | Why::NoAnswer(_, message) => message,
            Why::Unreadable { what, .. } => what,
        }
    }

    /// Returns the action that no IAM policy permits, if that is the reason.
    pub(crate) fn denied_action(&self) -> Option<String> {
        let (_, rest) = self.message().split_once("not authorized to perform: ")?;
        Some(rest.split([' ', ',']).next().unwrap_or_default().to_owned())
    }

    /// Returns the caller's account, if the IAM error contains it.
    pub(crate) fn account_of_caller(&self) -> Option<&str> {
        let (_, user) = self.message().split_once("User: arn:")?;
        user.split(':').nth(3).filter(|account| account.len() == 12)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.operation;
        match &self.why {
            Why::Service { status, code, message, request } => {
                write!(f, "{operation} was refused: {message} (HTTP {status}, {code}")?;
                if let Some(request) = request {
                    write!(f, ", request {request}")?;
                }
                write!(f, ")")?;
            }
            Why::Unreadable { status, what } => {
                write!(f, "{operation} got a response that is not from the service: HTTP {status}, {what}")?;
            }
            Why::NoCredentials(why) => {
                write!(f, "{operation} needs credentials, and there are none: {why}")?;
            }
            Why::NoAnswer(_, why) => write!(f, "{operation} got no answer: {why}")?,
        }
        let help = self.denied_action().map(|action| format!("grant {action} to whoever runs this command"));
        match help.or_else(|| advice::of(&self.why).map(str::to_owned)) {
            Some(help) => write!(f, "\n  help: {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Refusal {}
