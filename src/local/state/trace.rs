//! [`Traces`]: what happened to the latest messages, to find out why a message was or was not delivered.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Body, End, Status};
use crate::local::arn::Arn;
use crate::local::time::Timestamp;

/// Traces of the latest messages.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(in super::super) struct Traces {
    steps: BTreeMap<String, VecDeque<Step>>,
    oldest_first: VecDeque<String>,
}

/// A step in the trace of a message.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Step {
    at: Timestamp,
    what: TraceEvent,
}

/// An event in the life of a message. Many are recorded and few are read, so their text is produced only on request.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in super::super) enum TraceEvent {
    /// The sender received a response, and the message is waiting.
    Sent,
    /// This event, as JSON, is queued for a function.
    Queued { function: Arn, callback: String, event: String },
    /// A function called back with this verdict and body.
    Decided { denied: bool, body: Body },
    /// An attempt to invoke the function ended.
    Invoked(End),
    /// Somebody released the held message.
    HandedOn,
    /// The message was delivered to all recipients.
    Delivered,
    /// The message ended with this status, and only its sender was notified.
    Stopped(Status),
}

impl fmt::Debug for TraceEvent {
    /// Writes the name only, without texts.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The number of messages with a trace.
const MESSAGES: usize = 1_000;
/// The maximum number of steps of a trace: a message can be changed, and an invocation retried, any number of times.
const STEPS: usize = 100;

impl Traces {
    /// Adds a step to the trace of a message.
    pub(super) fn note(&mut self, now: Timestamp, message: &str, what: TraceEvent) {
        if !self.steps.contains_key(message) {
            if self.oldest_first.len() == MESSAGES
                && let Some(oldest) = self.oldest_first.pop_front()
            {
                self.steps.remove(&oldest);
            }
            self.oldest_first.push_back(message.to_owned());
        }
        let steps = self.steps.entry(message.to_owned()).or_default();
        if steps.len() == STEPS {
            steps.pop_front();
        }
        steps.push_back(Step { at: now, what });
    }

    /// Returns the trace of a message, oldest step first, if there is one.
    pub(super) fn steps(&self, message: &str) -> Option<Value> {
        let step = |step: &Step| json!({ "at": step.at.to_string(), "what": step.what.name(), "detail": step.what.detail() });
        Some(self.steps.get(message)?.iter().map(step).collect())
    }
}

impl TraceEvent {
    const fn name(&self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Queued { .. } => "queued for the function",
            Self::Decided { denied: true, .. } => "callback: deny",
            Self::Decided { denied: false, .. } => "callback: deliver",
            Self::Invoked(End::Held) => "held by hand",
            Self::Invoked(_) => "invocation ended",
            Self::HandedOn => "handed on",
            Self::Delivered => "delivered",
            Self::Stopped(_) => "stopped",
        }
    }

    fn detail(&self) -> Value {
        match self {
            Self::Sent => json!({ "status": Status::Pending }),
            Self::Queued { function, callback, event } => {
                let event: Value = serde_json::from_str(event).unwrap_or_default();
                json!({ "function": function, "callback-id": callback, "event": event })
            }
            Self::Decided { body, .. } => json!({ "message": body }),
            Self::Invoked(End::Held) | Self::HandedOn => Value::Null,
            Self::Invoked(end) => json!(end),
            Self::Delivered => json!({ "status": Status::Sent }),
            Self::Stopped(status) => json!({ "status": status }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_has_an_end() {
        let (mut traces, now) = (Traces::default(), Timestamp::default());
        for message in 0..=MESSAGES {
            traces.note(now, &message.to_string(), TraceEvent::Sent);
        }
        assert_eq!(traces.steps.len(), MESSAGES);
        assert_eq!((traces.steps("0"), traces.oldest_first.len()), (None, MESSAGES));
        for _ in 0..STEPS {
            traces.note(now, "1", TraceEvent::Invoked(End::Throttled));
        }
        let steps = traces.steps("1").unwrap();
        assert_eq!((steps.as_array().unwrap().len(), &steps[0]["what"]), (STEPS, &json!("invocation ended")));
    }
}
