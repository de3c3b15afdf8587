//! [`Attempt`]: how one attempt to reply ended.

/// How one attempt to reply ended.
///
/// The service's own words are read here and go no further: an error can quote what it refuses, and that is message text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// The service took the reply.
    Accepted,
    /// 429: too many requests.
    Throttled,
    /// 5xx: the service failed, perhaps after it had taken the reply.
    Failed(u16),
    /// No answer came. Perhaps the service took the reply.
    Lost(Lost),
    /// 409: another reply for the message is just being taken.
    Conflict,
    /// The message was answered before.
    Settled,
    /// The function's role does not allow the call.
    NotAllowed,
    /// The service does not accept the function's credentials.
    BadCredentials(u16),
    /// The service refuses this reply and always will.
    Refused(u16),
}

/// Why no answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// It took too long.
    Timeout,
    /// The connection could not be made, or broke.
    Connection,
    /// The answer made no sense.
    Garbled,
    /// Our own code broke down.
    Panic,
}

impl Attempt {
    /// Reads an answer of the service: its status, and the error's code and message if it is one.
    #[must_use]
    pub fn answered(status: u16, code: Option<&str>, message: Option<&str>) -> Self {
        let says = |text| message.is_some_and(|message| message.contains(text));
        match status {
            200..=299 => Self::Accepted,
            429 => Self::Throttled,
            500..=599 => Self::Failed(status),
            409 => Self::Conflict,
            401 => Self::BadCredentials(status),
            400 if says("non-pending") => Self::Settled,
            400 | 403 if code.is_some_and(is_about_credentials) => Self::BadCredentials(status),
            403 if says("is not authorized to perform") => Self::NotAllowed,
            // It does not come from the service, which always says something.
            403 if code.is_none() && message.is_none() => Self::Lost(Lost::Garbled),
            // A consumed callback is refused as "You do not have sufficient access to perform this action".
            403 => Self::Settled,
            _ => Self::Refused(status),
        }
    }

    /// Whether the service may have taken the reply although it did not say so.
    #[must_use]
    pub const fn is_ambiguous(self) -> bool {
        matches!(self, Self::Failed(_) | Self::Lost(_))
    }
}

/// Whether an error is about who signed the request and not about the request.
fn is_about_credentials(code: &str) -> bool {
    const CODES: [&str; 9] = [
        "ExpiredToken",
        "IncompleteSignature",
        "InvalidAccessKeyId",
        "InvalidClientTokenId",
        "InvalidSignature",
        "MissingAuthenticationToken",
        "RequestExpired",
        "SignatureDoesNotMatch",
        "UnrecognizedClient",
    ];
    CODES.iter().any(|known| code.starts_with(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_told_apart() {
        let pending =
            "Unable to complete processing of non-pending message for callback id: X, message id: Y";
        let iam =
            "User: arn:aws:sts::1:assumed-role/r is not authorized to perform: chime:ChannelFlowCallback";
        let cases = [
            (200, None, "", Attempt::Accepted),
            (429, Some("ThrottledClientException"), "", Attempt::Throttled),
            (500, Some("ServiceFailureException"), "", Attempt::Failed(500)),
            (503, None, "", Attempt::Failed(503)),
            (409, Some("ConflictException"), "There was a conflict", Attempt::Conflict),
            (400, Some("BadRequestException"), pending, Attempt::Settled),
            (400, Some("BadRequestException"), "Content is too long", Attempt::Refused(400)),
            (400, Some("ExpiredTokenException"), "", Attempt::BadCredentials(400)),
            (401, Some("UnauthorizedClientException"), "", Attempt::BadCredentials(401)),
            (403, Some("ForbiddenException"), "You do not have sufficient access", Attempt::Settled),
            (403, Some("ForbiddenException"), iam, Attempt::NotAllowed),
            (403, Some("AccessDeniedException"), iam, Attempt::NotAllowed),
            (403, Some("InvalidSignatureException"), "", Attempt::BadCredentials(403)),
            (404, None, "", Attempt::Refused(404)),
            (301, None, "", Attempt::Refused(301)),
        ];
        assert_eq!(Attempt::answered(403, None, None), Attempt::Lost(Lost::Garbled));
        for (status, code, message, attempt) in cases {
            assert_eq!(Attempt::answered(status, code, Some(message)), attempt, "{status} {code:?}");
        }
    }
}
