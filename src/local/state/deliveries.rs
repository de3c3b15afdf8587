//! [`Deliveries`]: messages that wait in flows, and the invocations of processors for them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{InFlight, Processing};
use crate::local::arn::Arn;
use crate::local::refusal::{Refusal, not_found};
use crate::local::time::Timestamp;

/// Messages that wait in flows, and the invocations of processors for them.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Deliveries {
    /// The messages, by the id of the callback that they wait for.
    pub(super) processing: InFlight,
    /// Unfinished invocations.
    pub(super) invocations: BTreeMap<InvocationId, Invocation>,
    /// When invocations are retried.
    pub(super) retries: BTreeSet<(Timestamp, InvocationId)>,
    /// Invocations for messages that are held manually, by the id of the callback that the message waits for.
    pub(super) held: BTreeMap<String, InvocationId>,
    pub(super) last_invocation: InvocationId,
}

pub(crate) type InvocationId = u64;

/// An unfinished invocation of a function: Lambda has it in its queue.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Invocation {
    pub function: Arn,
    /// The event that the function receives.
    pub event: String,
    /// The id of the message in the event.
    pub message: String,
    /// The id of the callback that answers the event.
    pub callback: String,
    /// How many attempts were made before.
    pub tried: u32,
    /// How many attempts were throttled.
    pub throttled: u32,
    /// When it entered the queue.
    pub queued: Timestamp,
    /// When the next attempt is due; nothing during an attempt.
    pub due: Option<Timestamp>,
}

impl fmt::Debug for Invocation {
    /// Omits the event, because it contains text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { function, message, tried, .. } = self;
        let mut debug = f.debug_struct("Invocation");
        debug.field("function", function).field("message", message).field("tried", tried);
        debug.finish_non_exhaustive()
    }
}

/// The result of an attempt to invoke a function.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum End {
    /// The function returned.
    Returned,
    /// The function failed, timed out, or exited.
    Failed {
        /// The error's type.
        error_type: String,
        /// The error's message.
        message: String,
        /// The last lines that the function wrote.
        #[serde(default, skip_serializing_if = "Output::is_empty")]
        output: Output,
    },
    /// Lambda throttled the invocation.
    Throttled,
    /// The message is held manually; the function has not received it.
    Held,
    /// The function cannot be invoked, because it does not exist or the permission is missing.
    Refused {
        /// The reason.
        reason: String,
    },
}

/// The last lines that a function wrote. A function may write the text of messages.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Output(Vec<String>);

impl Output {
    pub(crate) const fn new(lines: Vec<String>) -> Self {
        Self(lines)
    }

    const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Output {
    /// Writes the number of lines only.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Output({} lines)", self.0.len())
    }
}

/// The consequence of an attempt to invoke a function.
#[derive(Debug)]
pub(super) enum Next {
    /// Nothing, or a retry that is already scheduled.
    Nothing,
    /// Lambda discards the event for this reason, and reports it with the function's last response to the on-failure destination.
    GiveUp(Invocation, &'static str, Value),
    /// The messaging service learns that the function cannot be invoked for a message.
    CannotInvoke(Invocation, Box<Processing>, String),
}

/// The due time of the invocation for a held message, which waits until somebody releases it.
const NEVER: Timestamp = Timestamp::from_millis(i64::MAX);

/// How long after each failure Lambda retries.
const RETRIES: [Duration; 2] = [Duration::from_mins(1), Duration::from_mins(2)];
/// How long Lambda keeps an event that is throttled.
const MAX_AGE: Duration = Duration::from_hours(6);
/// The first and the longest wait of Lambda after a throttled attempt.
const THROTTLED: (Duration, Duration) = (Duration::from_secs(1), Duration::from_mins(5));

impl Deliveries {
    /// Returns the messages that wait in flows.
    pub(in super::super) fn processing(&self) -> &InFlight {
        &self.processing
    }

    /// Returns the unfinished invocations.
    pub(in super::super) fn invocations(&self) -> &BTreeMap<InvocationId, Invocation> {
        &self.invocations
    }

    /// Returns the invocations that are being attempted now.
    pub(in super::super) fn under_way(&self) -> impl Iterator<Item = InvocationId> {
        self.invocations.iter().filter(|(_, it)| it.due.is_none()).map(|(id, _)| *id)
    }

    /// Queues `event` for the function, and makes the message wait for its callback. Returns the invocation, whose first attempt is due
    /// now.
    pub(super) fn invoke(
        &mut self,
        processing: Processing,
        function: Arn,
        callback: String,
        event: String,
        now: Timestamp,
    ) -> InvocationId {
        self.last_invocation += 1;
        let invocation = Invocation {
            function,
            event,
            message: processing.message.id.clone(),
            callback: callback.clone(),
            tried: 0,
            throttled: 0,
            queued: now,
            due: None,
        };
        self.invocations.insert(self.last_invocation, invocation);
        self.processing.insert(callback, processing);
        self.last_invocation
    }

    /// Removes and returns the message that waited for this callback. If it was held, its function no longer receives it.
    pub(in super::super) fn called_back(&mut self, callback: &str) -> Option<Processing> {
        self.stop_holding(callback);
        self.processing.remove(callback)
    }

    /// Records the end of an attempt to invoke a function at `now`. Returns the consequence.
    pub(super) fn ended(&mut self, id: InvocationId, end: End, now: Timestamp) -> Next {
        let Some(invocation) = self.invocations.get_mut(&id) else { return Next::Nothing };
        match end {
            End::Returned => drop(self.invocations.remove(&id)),
            End::Held => {
                invocation.due = Some(NEVER);
                self.held.insert(invocation.callback.clone(), id);
            }
            End::Failed { error_type, message, output: _ } => {
                invocation.tried += 1;
                let wait = usize::try_from(invocation.tried).ok().and_then(|tried| RETRIES.get(tried - 1));
                let Some(wait) = wait else {
                    let response = json!({ "errorType": error_type, "errorMessage": message });
                    return self.give_up(id, "RetriesExhausted", response);
                };
                self.retry(id, now.plus(*wait));
            }
            End::Throttled => {
                let wait = THROTTLED.0 * 2_u32.saturating_pow(invocation.throttled.min(16));
                invocation.throttled += 1;
                if now.since(invocation.queued) >= MAX_AGE {
                    return self.give_up(id, "EventAgeExceeded", Value::Null);
                }
                self.retry(id, now.plus(wait.min(THROTTLED.1)));
            }
            End::Refused { reason } => {
                let Some(invocation) = self.invocations.remove(&id) else { return Next::Nothing };
                let Some(processing) = self.processing.remove(&invocation.callback) else {
                    return Next::Nothing;
                };
                return Next::CannotInvoke(invocation, Box::new(processing), reason);
            }
        }
        Next::Nothing
    }

    fn give_up(&mut self, id: InvocationId, condition: &'static str, response: Value) -> Next {
        let invocation = self.invocations.remove(&id);
        invocation.map_or(Next::Nothing, |invocation| Next::GiveUp(invocation, condition, response))
    }

    fn retry(&mut self, id: InvocationId, due: Timestamp) {
        if let Some(invocation) = self.invocations.get_mut(&id) {
            invocation.due = Some(due);
            self.retries.insert((due, id));
        }
    }

    /// Returns when the next retry is due.
    pub(super) fn next_retry(&self) -> Option<Timestamp> {
        self.retries.first().map(|(time, _)| *time)
    }

    /// Returns the invocations whose retry is due, and marks them as being attempted.
    pub(super) fn take_due(&mut self, now: Timestamp) -> Vec<InvocationId> {
        let mut all = Vec::new();
        while let Some((due, id)) = self.retries.first().copied().filter(|(due, _)| *due <= now) {
            self.retries.remove(&(due, id));
            if let Some(invocation) = self.invocations.get_mut(&id).filter(|it| it.due == Some(due)) {
                invocation.due = None;
                all.push(id);
            }
        }
        all
    }

    /// Releases a held message. Returns the invocation, which is due now, if it is unfinished.
    ///
    /// # Errors
    /// If the message is not held.
    pub(super) fn release(&mut self, message: &str) -> Result<Option<InvocationId>, Refusal> {
        let callback = self.processing.callback_of(message).map(ToOwned::to_owned);
        let id = callback.and_then(|callback| self.held.remove(&callback));
        let id = id.ok_or_else(|| not_found(format!("no message {message} is held")))?;
        Ok(self.invocations.get_mut(&id).map(|invocation| {
            invocation.due = None;
            id
        }))
    }

    fn stop_holding(&mut self, callback: &str) {
        if let Some(id) = self.held.remove(callback) {
            self.invocations.remove(&id);
        }
    }

    /// Returns whether the message that waits for this callback is held.
    pub(super) fn is_held(&self, callback: &str) -> bool {
        self.held.contains_key(callback)
    }

    /// Returns the held messages, oldest first.
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

    /// Returns the channel of a message that waits in a flow, and the callback that it waits for.
    pub(in super::super) fn waiting(&self, message: &str) -> Option<(Arn, String)> {
        let callback = self.processing.callback_of(message)?;
        Some((self.processing.get(callback)?.channel.clone(), callback.to_owned()))
    }

    /// Removes the messages of a deleted channel. Callbacks for them have no effect.
    pub(super) fn forget_channel(&mut self, channel: &Arn) {
        for callback in self.processing.forget_channel(channel) {
            self.stop_holding(&callback);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::local::state::tests::processing;

    /// Returns an invocation that was queued at 0, and the deliveries that contain it.
    fn invoked() -> (Deliveries, InvocationId) {
        let (mut deliveries, function) = (Deliveries::default(), Arn::new("f"));
        let processing = processing();
        let id = deliveries.invoke(processing, function, "token".into(), "{}".into(), Timestamp::default());
        (deliveries, id)
    }

    fn failed() -> End {
        End::Failed { error_type: "Error".into(), message: "no".into(), output: Output::default() }
    }

    fn at(seconds: u64) -> Timestamp {
        Timestamp::default().plus(Duration::from_secs(seconds))
    }

    #[test]
    fn what_fails_is_tried_after_one_and_two_minutes_and_then_given_up() {
        let (mut deliveries, id) = invoked();
        for (now, due) in [(0, 60), (60, 180)] {
            assert!(matches!(deliveries.ended(id, failed(), at(now)), Next::Nothing));
            assert_eq!(deliveries.next_retry(), Some(at(due)));
            assert!(deliveries.take_due(at(due - 1)).is_empty());
            assert_eq!(deliveries.take_due(at(due)), [id]);
        }
        let next = deliveries.ended(id, failed(), at(180));
        assert!(matches!(next, Next::GiveUp(Invocation { tried: 3, .. }, "RetriesExhausted", _)), "{next:?}");
        assert!(deliveries.invocations().is_empty() && deliveries.processing().len() == 1);
    }

    #[test]
    fn what_finds_no_room_is_tried_for_six_hours() {
        let (mut deliveries, id) = invoked();
        let (mut now, mut tries) = (0, 0);
        while matches!(deliveries.ended(id, End::Throttled, at(now)), Next::Nothing) {
            let due = deliveries.next_retry().unwrap();
            assert_eq!(deliveries.take_due(due), [id]);
            now += due.since(at(now)).as_secs();
            tries += 1;
        }
        assert!((6 * 3600..6 * 3600 + 300).contains(&now) && tries > 70, "{tries} tries in {now} s");
    }

    #[test]
    fn what_is_held_waits_for_a_hand_or_the_end_of_its_channel() {
        let (mut deliveries, id) = invoked();
        deliveries.ended(id, End::Held, at(0));
        assert!(deliveries.is_held("token") && deliveries.take_due(at(1_000_000)).is_empty());
        let mut other = deliveries.clone();
        assert_eq!(deliveries.release("m"), Ok(Some(id)));
        assert!(deliveries.release("m").is_err() && deliveries.under_way().eq([id]));
        let channel = other.waiting("m").unwrap().0;
        other.forget_channel(&channel);
        assert!(other.held().is_empty() && other.invocations().is_empty() && other.processing().len() == 0);
    }
}
