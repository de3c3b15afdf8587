//! [`Attempt`]: the result of one attempt to reply.

use crate::event::Address;
use crate::reply::Reply;

/// The result of one attempt to reply.
///
/// The service's error text is interpreted here and not passed on: an error can quote what it rejects, which is message text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// The service accepted the reply.
    Accepted,
    /// 429: too many requests.
    Throttled,
    /// 5xx: the service failed, perhaps after it had accepted the reply.
    Failed(u16),
    /// No response arrived. The service may have accepted the reply.
    Lost(Lost),
    /// 409: the service is processing another reply for the message.
    Conflict,
    /// The message already has a reply.
    Settled,
    /// The function's role does not allow the callback.
    NotAllowed,
    /// The service does not accept the function's credentials.
    BadCredentials(u16),
    /// The service rejects this reply and always will.
    Refused(u16),
}

/// Why no response arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// The time limit passed.
    Timeout,
    /// The connection could not be established, or was lost.
    Connection,
    /// The response did not come from the service, or is unreadable.
    Garbled,
    /// This program's code panicked.
    Panic,
}

impl Attempt {
    /// Interprets an acknowledgement of `reply`, given the callback id and the channel in it. Both are optional in the service's model,
    /// but an acknowledgement that contains neither, or others, does not belong to this reply: any web server responds with 200.
    #[must_use]
    pub fn acknowledged(reply: &Reply, callback_id: Option<&str>, channel: Option<&str>) -> Self {
        let Address { callback_id: sent, channel: to, .. } = &reply.to;
        let names_other = callback_id.is_some_and(|id| id != sent) || channel.is_some_and(|arn| arn != to);
        if names_other || callback_id.or(channel).is_none() {
            return Self::Lost(Lost::Garbled);
        }
        Self::Accepted
    }

    /// Interprets a response that is not an acknowledgement: its status, and the code and message of the error, if it has any.
    #[must_use]
    pub fn refused(status: u16, code: Option<&str>, message: Option<&str>) -> Self {
        let contains = |text| message.is_some_and(|message| message.contains(text));
        match status {
            // The status is a success, but the SDK reports an error: the body was unreadable.
            200..=299 => Self::Lost(Lost::Garbled),
            429 => Self::Throttled,
            500..=599 => Self::Failed(status),
            401 => Self::BadCredentials(status),
            // Errors of the service always have a code or a message, so this comes from something else.
            _ if code.is_none() && message.is_none() => Self::Lost(Lost::Garbled),
            409 => Self::Conflict,
            400 if contains("non-pending") => Self::Settled,
            400 | 403 if code.is_some_and(is_about_credentials) => Self::BadCredentials(status),
            403 if contains("is not authorized to perform") => Self::NotAllowed,
            403 if code.is_some_and(|code| code.starts_with("AccessDenied")) => Self::NotAllowed,
            // The service rejects a callback for a message that already has a reply as "You do not have sufficient access to
            // perform this action". A gateway or firewall in front of it says only "Forbidden", which does not show whether
            // there is a reply.
            403 if code.is_some_and(|code| code.contains("Forbidden")) && contains(" ") => Self::Settled,
            403 => Self::Lost(Lost::Garbled),
            _ => Self::Refused(status),
        }
    }

    /// Returns whether the service may have accepted the reply although it did not confirm it.
    pub(super) const fn is_ambiguous(self) -> bool {
        matches!(self, Self::Failed(_) | Self::Lost(_))
    }
}

/// Returns whether an error concerns the signature of the request rather than its content.
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
    use crate::reply::Answer;

    #[test]
    fn answers_are_told_apart() {
        let pending =
            "Unable to complete processing of non-pending message for callback id: X, message id: Y";
        let iam =
            "User: arn:aws:sts::1:assumed-role/r is not authorized to perform: chime:ChannelFlowCallback";
        let cases = [
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
            (403, Some("AccessDeniedException"), "", Attempt::NotAllowed),
            (403, None, "Forbidden", Attempt::Lost(Lost::Garbled)),
            (403, Some("ForbiddenException"), "Forbidden", Attempt::Lost(Lost::Garbled)),
            (403, None, "You do not have sufficient access", Attempt::Lost(Lost::Garbled)),
            (404, None, "", Attempt::Refused(404)),
            (301, None, "", Attempt::Refused(301)),
        ];
        // A response of a server between us and the service, or of another server.
        for status in [200, 204, 301, 400, 403, 404, 409, 413] {
            assert_eq!(Attempt::refused(status, None, None), Attempt::Lost(Lost::Garbled), "{status}");
        }
        assert_eq!(Attempt::refused(502, None, None), Attempt::Failed(502));
        for (status, code, message, attempt) in cases {
            assert_eq!(Attempt::refused(status, code, Some(message)), attempt, "{status} {code:?}");
        }
    }

    #[test]
    fn an_acknowledgement_is_of_this_reply() {
        let to = Address {
            callback_id: "callback".into(),
            channel: "channel".into(),
            message_id: "message".into(),
            sub_channel: None,
        };
        let reply = Reply { to, answer: Answer::Delete };
        let cases = [
            (Some("callback"), Some("channel"), true),
            (Some("callback"), None, true),
            (None, Some("channel"), true),
            (None, None, false),
            (Some("another"), Some("channel"), false),
            (Some("callback"), Some("another"), false),
            (Some(""), None, false),
            (Some("message"), None, false),
        ];
        for (callback_id, channel, is_one) in cases {
            let attempt = Attempt::acknowledged(&reply, callback_id, channel);
            assert_eq!(attempt == Attempt::Accepted, is_one, "{callback_id:?} {channel:?}");
            assert!(is_one || attempt == Attempt::Lost(Lost::Garbled));
        }
    }
}
