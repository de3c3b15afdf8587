//! [`Refusal`]: why an operation did not happen, in the words of the services' errors.

use std::borrow::Cow;

/// Why an operation did not happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    /// Which of the services' errors.
    pub kind: ErrorKind,
    /// Which rule refused, for whoever has to find out.
    pub message: Cow<'static, str>,
}

/// The errors of both services.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ErrorKind {
    /// The request makes no sense.
    BadRequest,
    /// It would be one too many.
    ResourceLimitExceeded,
    /// The request is not signed as it should be.
    UnauthorizedClient,
    /// The caller may not do that, or there is no such thing that the caller could see.
    Forbidden,
    /// There is no such thing.
    NotFound,
    /// There is one already, or something is in the way.
    Conflict,
    /// Too many requests.
    ThrottledClient,
    /// The service broke down.
    ServiceFailure,
    /// The service is not there for the moment.
    ServiceUnavailable,
}

impl ErrorKind {
    /// All of them.
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

    /// The name of the shape that the model has for it.
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

    /// The `Code` in the body of such an answer.
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

    /// The HTTP status of such an answer.
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

    /// A refusal of this kind.
    pub(super) fn because(self, message: impl Into<Cow<'static, str>>) -> Refusal {
        Refusal { kind: self, message: message.into() }
    }
}

/// The request makes no sense.
pub(super) fn bad_request(message: impl Into<Cow<'static, str>>) -> Refusal {
    ErrorKind::BadRequest.because(message)
}

/// The caller may not do that.
pub(super) fn forbidden(message: impl Into<Cow<'static, str>>) -> Refusal {
    ErrorKind::Forbidden.because(message)
}

/// There is no such thing. Operations that do not declare this answer [`ErrorKind::Forbidden`] instead.
pub(super) fn not_found(message: impl Into<Cow<'static, str>>) -> Refusal {
    ErrorKind::NotFound.because(message)
}

/// There is one already, or something is in the way.
pub(super) fn conflict(message: impl Into<Cow<'static, str>>) -> Refusal {
    ErrorKind::Conflict.because(message)
}

/// It would be one too many.
pub(super) fn limit(message: impl Into<Cow<'static, str>>) -> Refusal {
    ErrorKind::ResourceLimitExceeded.because(message)
}
