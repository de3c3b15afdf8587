//! [`Traces`]: the ways of the latest messages, for whoever wonders what became of one.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Body, End, State, Status};
use crate::local::arn::Arn;
use crate::local::time::Timestamp;

/// The ways of the latest messages.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(in super::super) struct Traces {
    steps: BTreeMap<String, VecDeque<Step>>,
    oldest_first: VecDeque<String>,
}

/// Something that happened to a message.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Step {
    at: Timestamp,
    what: Happened,
}

/// What happened to a message. Every message leaves several and few are asked for: how it reads is worked out then.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in super::super) enum Happened {
    /// Its sender got an answer, and the message waits.
    Sent,
    /// A function is to get this event, as JSON.
    Queued { function: Arn, callback: String, event: String },
    /// A function called back, and left it like this.
    Decided { denied: bool, body: Body },
    /// An attempt at invoking the function is over.
    Invoked(End),
    /// Somebody who held it handed it on.
    HandedOn,
    /// Everybody whom it is for was told.
    Delivered,
    /// It ended like this, and only its sender was told.
    Stopped(Status),
}

impl fmt::Debug for Happened {
    /// Leaves out the texts.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Of how many messages.
const MESSAGES: usize = 1_000;
/// How much of one: it may be changed, or tried in vain, for ever.
const STEPS: usize = 100;

impl State {
    /// Notes what happens to a message.
    pub(in super::super) fn note(&mut self, message: &str, what: Happened) {
        let (traces, now) = (&mut self.traces, self.now);
        if !traces.steps.contains_key(message) {
            if traces.oldest_first.len() == MESSAGES
                && let Some(oldest) = traces.oldest_first.pop_front()
            {
                traces.steps.remove(&oldest);
            }
            traces.oldest_first.push_back(message.to_owned());
        }
        let steps = traces.steps.entry(message.to_owned()).or_default();
        if steps.len() == STEPS {
            steps.pop_front();
        }
        steps.push_back(Step { at: now, what });
    }

    /// What happened to a message, oldest first.
    pub(in super::super) fn trace(&self, message: &str) -> Option<Value> {
        let steps = self.traces.steps.get(message)?;
        let step = |step: &Step| json!({ "at": step.at.to_string(), "what": step.what.name(), "detail": step.what.detail() });
        let waiting = self.processing.callback_of(message);
        Some(json!({
            "message": message,
            "held": waiting.is_some_and(|callback| self.is_held(callback)),
            "waiting-for": waiting.map(|callback| json!({ "callback-id": callback })),
            "steps": steps.iter().map(step).collect::<Vec<_>>(),
        }))
    }
}

impl Happened {
    const fn name(&self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Queued { .. } => "queued for the function",
            Self::Decided { denied: true, .. } => "callback: denied",
            Self::Decided { denied: false, .. } => "callback: let pass",
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
        let mut state = State::default();
        for message in 0..=MESSAGES {
            state.note(&message.to_string(), Happened::Sent);
        }
        assert_eq!(state.traces.steps.len(), MESSAGES);
        assert_eq!((state.trace("0"), state.traces.oldest_first.len()), (None, MESSAGES));
        for _ in 0..STEPS {
            state.note("1", Happened::Invoked(End::Throttled));
        }
        let trace = state.trace("1").unwrap();
        let steps = trace["steps"].as_array().unwrap();
        assert_eq!((steps.len(), &steps[0]["what"]), (STEPS, &json!("invocation ended")));
    }
}
