//! [`InFlight`]: the messages that wait in flows.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Processing;
use crate::local::arn::Arn;

/// The messages that wait in flows, indexed by the callback that they wait for and by channel and id. A message waits for at most one
/// callback.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(in super::super) struct InFlight {
    by_callback: BTreeMap<String, Processing>,
    /// The callback that each message waits for, by channel and message id.
    by_message: BTreeMap<Arn, BTreeMap<String, String>>,
}

impl InFlight {
    /// Returns the message that waits for this callback.
    pub(in super::super) fn get(&self, callback: &str) -> Option<&Processing> {
        self.by_callback.get(callback)
    }

    /// Returns a message of a channel as processors have changed it so far, if it waits in a flow.
    pub(in super::super) fn of_message(&self, channel: &Arn, message: &str) -> Option<&Processing> {
        self.get(self.by_message.get(channel)?.get(message)?)
    }

    pub(in super::super) fn len(&self) -> usize {
        self.by_callback.len()
    }

    /// Returns the callback that a message waits for, whichever its channel.
    pub(in super::super) fn callback_of(&self, message: &str) -> Option<&str> {
        self.by_message.values().find_map(|messages| messages.get(message)).map(String::as_str)
    }

    pub(in super::super) fn insert(&mut self, callback: String, processing: Processing) {
        let messages = self.by_message.entry(processing.channel.clone()).or_default();
        messages.insert(processing.message.id.clone(), callback.clone());
        self.by_callback.insert(callback, processing);
    }

    pub(in super::super) fn remove(&mut self, callback: &str) -> Option<Processing> {
        let processing = self.by_callback.remove(callback)?;
        if let Some(messages) = self.by_message.get_mut(&processing.channel) {
            messages.remove(&processing.message.id);
            if messages.is_empty() {
                self.by_message.remove(&processing.channel);
            }
        }
        Some(processing)
    }

    /// Removes the messages of a deleted channel. Returns the callbacks that they waited for.
    pub(super) fn forget_channel(&mut self, channel: &Arn) -> Vec<String> {
        let callbacks: Vec<_> = self.by_message.remove(channel).unwrap_or_default().into_values().collect();
        for callback in &callbacks {
            self.by_callback.remove(callback);
        }
        callbacks
    }
}
