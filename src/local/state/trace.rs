//! [`Traces`]: the ways of the latest messages, for whoever wonders what became of one.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::State;
use crate::local::time::Timestamp;

/// The ways of the latest messages.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(in super::super) struct Traces {
    steps: BTreeMap<String, Vec<Step>>,
    oldest_first: VecDeque<String>,
}

/// Something that happened to a message.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Step {
    at: Timestamp,
    what: String,
    #[serde(default, skip_serializing_if = "Value::is_null")]
    detail: Value,
}

/// Of how many messages.
const MESSAGES: usize = 1_000;

impl State {
    /// Notes what happens to a message.
    pub(in super::super) fn note(&mut self, message: &str, what: &str, detail: Value) {
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
        steps.push(Step { at: now, what: what.to_owned(), detail });
    }

    /// What happened to a message, oldest first.
    pub(in super::super) fn trace(&self, message: &str) -> Option<Value> {
        let steps = self.traces.steps.get(message)?;
        let step =
            |step: &Step| json!({ "at": step.at.to_string(), "what": step.what, "detail": step.detail });
        let waiting = self.processing.callback_of(message);
        Some(json!({
            "message": message,
            "held": waiting.is_some_and(|callback| self.is_held(callback)),
            "waiting-for": waiting.map(|callback| json!({ "callback-id": callback })),
            "steps": steps.iter().map(step).collect::<Vec<_>>(),
        }))
    }
}
