//! [`Error`]: why no reply was sent for an event.

use crate::event::NotAnEvent;

/// Why no reply was sent for an event. It fails the invocation.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The event lacks the ids that a reply requires.
    #[error(transparent)]
    NotAnEvent(#[from] NotAnEvent),
    /// The function's role does not allow the callback.
    #[error(
        "the function's role does not allow chime:ChannelFlowCallback on {channel}: grant it in the role's policy"
    )]
    MissingPermission {
        /// ARN of the channel.
        channel: String,
    },
    /// The service does not accept the function's credentials.
    #[error(
        "the service does not accept the function's credentials (HTTP {0}): expected those of its role, in its region"
    )]
    BadCredentials(u16),
    /// The service rejects the reply, and retries will not help.
    #[error("the service refused the reply (HTTP {0})")]
    ReplyRefused(u16),
    /// Every time this reply was sent, the service was processing another one for the same message.
    #[error("the service was processing another reply for the message at each attempt")]
    Conflict,
    /// The service throttled every attempt until the deadline.
    #[error("the service throttled the reply until the time was up: the channel is over its message rate")]
    Throttled,
    /// The service failed in the last attempt before the deadline, with this HTTP status.
    #[error("the service failed until the time was up, the last time with HTTP {0}")]
    ServiceFailed(u16),
    /// No response arrived before the deadline.
    #[error("no answer from the service until the time was up")]
    NoAnswer,
    /// No response before the deadline came from the service and was readable.
    #[error(
        "no readable acknowledgement within the time: expected one of Chime SDK messaging, check the endpoint and proxies"
    )]
    UnreadableAnswer,
    /// The processor panicked before it had read the event's ids.
    #[error("the processor panicked: please report this bug")]
    Panicked,
}

impl Error {
    /// Returns the name used in logs, metric filters and failure records. It never changes.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::NotAnEvent(_) => "NotAnEvent",
            Self::MissingPermission { .. } => "MissingPermission",
            Self::BadCredentials(_) => "BadCredentials",
            Self::ReplyRefused(_) => "ReplyRefused",
            Self::Conflict => "Conflict",
            Self::Throttled => "Throttled",
            Self::ServiceFailed(_) => "ServiceFailed",
            Self::NoAnswer => "NoAnswer",
            Self::UnreadableAnswer => "UnreadableAnswer",
            Self::Panicked => "Panicked",
        }
    }
}
