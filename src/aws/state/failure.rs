//! [`Failure`]: why a table did not carry out an update.

use std::fmt;

/// Why a table did not carry out an update, or why that is not known. The service's text is not passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// No response arrived in time.
    Timeout,
    /// The connection could not be established, or was lost.
    Connection,
    /// Too many requests, for the table or for one of its keys.
    Throttled,
    /// 5xx: the service failed.
    Failed(u16),
    /// The response did not come from the service, or is unreadable.
    Garbled,
    /// There are no credentials, or the service does not accept them.
    BadCredentials,
    /// The function's role does not allow `dynamodb:UpdateItem` on the table.
    NotAllowed,
    /// There is no such table in this account and Region.
    NoTable,
    /// The service rejects this update and always will.
    Refused(u16),
}

impl Failure {
    /// Interprets a response that is not an item: its status, and the code of the error.
    pub(super) fn of(status: u16, code: Option<&str>) -> Self {
        let Some(code) = code else {
            return if status >= 500 { Self::Failed(status) } else { Self::Garbled };
        };
        match code {
            "ThrottlingException"
            | "ProvisionedThroughputExceededException"
            | "RequestLimitExceeded"
            | "LimitExceededException"
            // Another request updates the same item.
            | "TransactionConflictException" => Self::Throttled,
            "AccessDeniedException" => Self::NotAllowed,
            "ResourceNotFoundException" => Self::NoTable,
            "ExpiredTokenException"
            | "IncompleteSignatureException"
            | "InvalidSignatureException"
            | "MissingAuthenticationTokenException"
            | "UnrecognizedClientException" => Self::BadCredentials,
            _ if status >= 500 => Self::Failed(status),
            _ => Self::Refused(status),
        }
    }

    /// Returns its name, for logs.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Timeout => "StateTimeout",
            Self::Connection => "StateUnreachable",
            Self::Throttled => "StateThrottled",
            Self::Failed(_) | Self::Garbled => "StateFailed",
            Self::BadCredentials => "StateBadCredentials",
            Self::NotAllowed => "StateMissingPermission",
            Self::NoTable => "StateMissingTable",
            Self::Refused(_) => "StateRefused",
        }
    }

    /// Returns whether another attempt may end better.
    pub(super) const fn may_pass(self) -> bool {
        matches!(self, Self::Timeout | Self::Connection | Self::Throttled | Self::Failed(_) | Self::Garbled)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Timeout => f.write_str("no response in time"),
            Self::Connection => f.write_str("no connection"),
            Self::Throttled => f.write_str("too many requests"),
            Self::Failed(status) => write!(f, "status {status}"),
            Self::Garbled => f.write_str("an unreadable response"),
            Self::BadCredentials => f.write_str("the credentials are not accepted"),
            Self::NotAllowed => f.write_str("the role does not allow dynamodb:UpdateItem on the table"),
            Self::NoTable => f.write_str("there is no such table"),
            Self::Refused(status) => write!(f, "the update is rejected, status {status}"),
        }
    }
}
