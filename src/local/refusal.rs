//! [`Refusal`]: why an operation was not executed, as one of the services' errors.

use std::borrow::Cow;

/// Why an operation was not executed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    /// The type of the error.
    pub kind: ErrorKind,
    /// The rule that was violated, for troubleshooting.
    pub message: Cow<'static, str>,
}

/// The error types of both services.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ErrorKind {
    /// The request is invalid.
    BadRequest,
    /// A quota would be exceeded.
    ResourceLimitExceeded,
    /// The request has no valid signature.
    UnauthorizedClient,
    /// The caller lacks permission, or the resource does not exist or is not visible to the caller.
    Forbidden,
    /// The resource does not exist.
    NotFound,
    /// The resource already exists, or its current state does not permit the request.
    Conflict,
    /// Too many requests.
    ThrottledClient,
    /// The service has an internal error.
    ServiceFailure,
    /// The service is temporarily unavailable.
    ServiceUnavailable,
}

impl ErrorKind {
    /// All error types.
    #[cfg(test)]
    pub(super) const ALL: [Self; 9] = [
        Self::BadRequest,
        Self::ResourceLimitExceeded,
        Self::UnauthorizedClient,
        Self::Forbidden,
        Self::NotFound,
        Self::Conflict,
        Self::ThrottledClient,
        Self::ServiceFailure,
        Self::ServiceUnavailable,
    ];

    /// Returns the name of the error's shape in the model.
    #[must_use]
    pub(super) const fn shape(self) -> &'static str {
        match self {
            Self::BadRequest => "BadRequestException",
            Self::ResourceLimitExceeded => "ResourceLimitExceededException",
            Self::UnauthorizedClient => "UnauthorizedClientException",
            Self::Forbidden => "ForbiddenException",
            Self::NotFound => "NotFoundException",
            Self::Conflict => "ConflictException",
            Self::ThrottledClient => "ThrottledClientException",
            Self::ServiceFailure => "ServiceFailureException",
            Self::ServiceUnavailable => "ServiceUnavailableException",
        }
    }

    /// Returns the `Code` in the response body.
    #[must_use]
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::BadRequest => "BadRequest",
            Self::ResourceLimitExceeded => "ResourceLimitExceeded",
            Self::UnauthorizedClient => "Unauthorized",
            Self::Forbidden => "Forbidden",
            Self::NotFound => "NotFound",
            Self::Conflict => "Conflict",
            Self::ThrottledClient => "Throttled",
            Self::ServiceFailure => "ServiceFailure",
            Self::ServiceUnavailable => "ServiceUnavailable",
        }
    }

    /// Returns the HTTP status of the response.
    #[must_use]
    pub(super) const fn status(self) -> u16 {
        match self {
            Self::BadRequest | Self::ResourceLimitExceeded => 400,
            Self::UnauthorizedClient => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Conflict => 409,
            Self::ThrottledClient => 429,
            Self::ServiceFailure => 500,
            Self::ServiceUnavailable => 503,
        }
    }

    /// Returns a refusal of this type.
    pub(super) fn because(self, message: impl Into<Cow<'static, str>>) -> Refusal {
        Refusal { kind: self, message: message.into() }
    }
}

/// Returns a refusal because the request is invalid.
pub(super) fn bad_request(message: impl Into<Cow<'static, str>>) -> Refusal {
    ErrorKind::BadRequest.because(message)
}

/// Returns a refusal because the caller lacks permission.
pub(super) fn forbidden(message: impl Into<Cow<'static, str>>) -> Refusal {
    ErrorKind::Forbidden.because(message)
}

/// Returns a refusal because the resource does not exist. Operations that do not declare this error return [`ErrorKind::Forbidden`]
/// instead.
pub(super) fn not_found(message: impl Into<Cow<'static, str>>) -> Refusal {
    ErrorKind::NotFound.because(message)
}

/// Returns a refusal because the resource already exists, or its current state does not permit the request.
pub(super) fn conflict(message: impl Into<Cow<'static, str>>) -> Refusal {
    ErrorKind::Conflict.because(message)
}

/// Returns a refusal because a quota would be exceeded.
pub(super) fn limit(message: impl Into<Cow<'static, str>>) -> Refusal {
    ErrorKind::ResourceLimitExceeded.because(message)
}
