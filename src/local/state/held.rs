//! Messages that are held by hand: their functions get them when somebody says so, or somebody decides in their place.

use serde_json::{Value, json};

use super::{Effect, Happened, InvocationId, State};
use crate::local::arn::Arn;
use crate::local::refusal::{Refusal, not_found};
use crate::local::time::Timestamp;

/// When the invocation of a held message is due by itself.
const NEVER: Timestamp = Timestamp::from_millis(i64::MAX);

impl State {
    /// Keeps an invocation until somebody hands it on. Time alone does nothing to it.
    pub(super) fn hold(&mut self, id: InvocationId) {
        let Some(invocation) = self.invocations.get_mut(&id) else { return };
        invocation.due = Some(NEVER);
        self.held.insert(invocation.callback.clone(), id);
    }

    /// Hands a held message on to its function.
    ///
    /// # Errors
    /// When it is not held.
    pub(in super::super) fn hand_on(
        &mut self,
        message: &str,
        effects: &mut Vec<Effect>,
    ) -> Result<(), Refusal> {
        let callback = self.processing.callback_of(message).map(ToOwned::to_owned);
        let id = callback.and_then(|callback| self.held.remove(&callback));
        let id = id.ok_or_else(|| not_found(format!("no message {message} is held")))?;
        if let Some(invocation) = self.invocations.get_mut(&id) {
            invocation.due = None;
            self.note(message, Happened::HandedOn);
            effects.push(Effect::Invoke(id));
        }
        Ok(())
    }

    /// What a message waited for came: if it was held, its function need not get it any more.
    pub(in super::super) fn no_longer_held(&mut self, callback: &str) {
        if let Some(id) = self.held.remove(callback) {
            self.invocations.remove(&id);
        }
    }

    /// Forgets what was held in channels that are no more.
    pub(super) fn forget_held(&mut self) {
        let gone = |callback: &&String| self.processing.get(callback).is_none();
        let gone: Vec<_> = self.held.keys().filter(gone).cloned().collect();
        for callback in &gone {
            self.no_longer_held(callback);
        }
    }

    /// Whether the message that waits for this callback is held.
    pub(super) fn is_held(&self, callback: &str) -> bool {
        self.held.contains_key(callback)
    }

    /// The messages that are held, oldest first.
    pub(in super::super) fn held(&self) -> Vec<Value> {
        let mut ids: Vec<_> = self.held.iter().map(|(callback, id)| (id, callback)).collect();
        ids.sort_unstable();
        let held = ids.into_iter().filter_map(|(_, callback)| {
            let waiting = self.processing.get(callback)?;
            Some(json!({
                "message": waiting.message.id,
                "channel": waiting.channel,
                "callback-id": callback,
                "since": waiting.since.to_string(),
            }))
        });
        held.collect()
    }

    /// The channel that a message is on its way in, and the callback it waits for.
    pub(in super::super) fn waiting(&self, message: &str) -> Option<(Arn, String)> {
        let callback = self.processing.callback_of(message)?;
        Some((self.processing.get(callback)?.channel.clone(), callback.to_owned()))
    }
}
