//! [`ReturnValue`]: what the function returns.

use serde::Serialize;

use crate::handler::{Error, Handled};

/// The function's return value. The service ignores it; it is for callers that invoke the function synchronously, such as
/// `chimeflow redrive`.
#[derive(Debug, Serialize)]
pub(crate) struct ReturnValue {
    message_id: String,
    verdict: &'static str,
    /// Whether the message had been answered before.
    duplicate: bool,
}

impl ReturnValue {
    /// Returns the function's return value for an event.
    ///
    /// # Errors
    /// If its message was not answered.
    pub(crate) fn of(handled: Handled) -> Result<Self, Error> {
        let sent = handled.sent?;
        Ok(Self {
            message_id: handled.about.map(|about| about.address.message_id).unwrap_or_default(),
            verdict: handled.outcome.map_or("none", |outcome| outcome.verdict.name()),
            duplicate: sent.duplicate,
        })
    }
}
