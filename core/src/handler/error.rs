//! [`Error`]: why an event was not answered.

use crate::event::NotAnEvent;

/// Why an event was not answered. It fails the invocation.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The event does not say what it is about.
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
    /// The service refuses the reply, and trying again will not help.
    #[error("the service refused the reply (HTTP {0})")]
    ReplyRefused(u16),
    /// Another reply for the same message was being taken whenever this one was sent.
    #[error("the service was processing another reply for the message at each attempt")]
    Conflict,
    /// The service was throttling until the time was up.
    #[error("the service throttled the reply until the time was up: the channel is over its message rate")]
    Throttled,
    /// The service failed until the time was up.
    #[error("the service failed until the time was up, the last time with HTTP {0}")]
    ServiceFailed(u16),
    /// No answer came until the time was up.
    #[error("no answer from the service until the time was up")]
    NoAnswer,
    /// What answered until the time was up was not the service, or could not be read.
    #[error(
        "no readable acknowledgement within the time: expected one of Chime SDK messaging, check the endpoint and proxies"
    )]
    UnreadableAnswer,
    /// The processor broke down before it knew what the event is about.
    #[error("the processor panicked: please report this bug")]
    Panicked,
}

impl Error {
    /// The name that logs, metric filters and failure records use. It never changes.
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
