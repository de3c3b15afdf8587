//! The flow engine: passes a message through the processors of its channel's flow.
//!
//! ```text
//! Send ──> PENDING ──callback──> next processor, or SENT ────────> event to members
//!             │ ├────callback with DeleteResource ──> DENIED ─────> event to the sender; nothing is stored
//!             │ └────the function cannot be invoked ──> a record for EventBridge, and
//!             │            CONTINUE: as if it had called back    ABORT: FAILED, event to the sender
//!             └────the function fails or times out: Lambda retries after 1 and 2 minutes, then gives up: still PENDING
//! ```
//!
//! Functions are invoked asynchronously, so the service never learns that one failed: only its callback decides. A callback is accepted
//! once, and only within 48 hours.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::deliveries::Next;
use super::{
    Effect, End, Event, Fallback, Form, Invocation, InvocationId, Message, Persistence, Processor, State,
    Status, TraceEvent,
};
use crate::local::arn::Arn;
use crate::local::json::WithoutNulls;
use crate::local::refusal::Refusal;
use crate::local::time::Timestamp;

/// A message that waits in a flow.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in super::super) struct Processing {
    pub channel: Arn,
    /// The message as processors have changed it so far.
    pub message: Message,
    pub what: Change,
    /// The flow's processors at the time the message was sent. Later changes to the flow do not affect the message.
    pub processors: Vec<Processor>,
    /// The index of the processor that has the message.
    pub step: usize,
    /// Since when that processor has it.
    pub since: Timestamp,
}

/// What to do with the stored message after it has passed the flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in super::super) enum Change {
    Create,
    Update,
}

/// How long a processor may take to call back.
pub(in super::super) const CALLBACK_WITHIN: Duration = Duration::from_hours(48);

impl State {
    /// Starts passing a message through the flow of its channel.
    pub(in super::super) fn process(
        &mut self,
        channel: &Arn,
        message: Message,
        what: Change,
        processors: Vec<Processor>,
        effects: &mut Vec<Effect>,
    ) {
        let processing =
            Processing { channel: channel.clone(), message, what, processors, step: 0, since: self.now };
        effects.push(processing.notification(Status::Pending, vec![processing.message.sender.arn.clone()]));
        self.note(&processing.message.id, TraceEvent::Sent);
        self.pass_on(processing, effects);
    }

    /// Passes a message to its next processor, or delivers it if there is none left.
    fn pass_on(&mut self, mut processing: Processing, effects: &mut Vec<Effect>) {
        let Some(processor) = processing.processors.get(processing.step) else {
            return self.deliver(processing, effects);
        };
        processing.since = self.now;
        let (callback, function) = (self.ids.long(), processor.function().clone());
        let event = processing.event(&callback);
        let queued = TraceEvent::Queued {
            function: function.clone(),
            callback: callback.clone(),
            event: event.clone(),
        };
        self.note(&processing.message.id, queued);
        let id = self.deliveries.invoke(processing, function, callback, event, self.now);
        effects.push(Effect::Invoke(id));
    }

    /// Applies the verdict of the processor that has the message: denies the message, or continues with it as in `processing`.
    pub(in super::super) fn decided(
        &mut self,
        processing: Processing,
        denied: bool,
        effects: &mut Vec<Effect>,
    ) {
        let decided = TraceEvent::Decided { denied, body: processing.message.body.clone() };
        self.note(&processing.message.id, decided);
        if denied {
            return self.stop(processing, Status::Denied, effects);
        }
        let step = processing.step + 1;
        self.pass_on(Processing { step, ..processing }, effects);
    }

    /// Handles the end of an attempt to invoke a function.
    pub(in super::super) fn invocation_ended(
        &mut self,
        id: InvocationId,
        end: End,
        effects: &mut Vec<Effect>,
    ) {
        let Some(message) = self.deliveries.invocations().get(&id).map(|it| it.message.clone()) else {
            return;
        };
        self.note(&message, TraceEvent::Invoked(end.clone()));
        match self.deliveries.ended(id, end, self.now) {
            Next::Nothing => {}
            Next::GiveUp(invocation, condition, response) => {
                self.records.push(discarded(&invocation, condition, &response, self.now));
            }
            Next::CannotInvoke(invocation, processing, reason) => {
                self.records.push(failure(&processing, &invocation, &reason, self.now));
                match processing.processors[processing.step].fallback_action {
                    Fallback::Continue => self.decided(*processing, false, effects),
                    Fallback::Abort => self.stop(*processing, Status::Failed, effects),
                }
            }
        }
    }

    /// Releases a held message, so that its function receives it.
    ///
    /// # Errors
    /// If the message is not held.
    pub(in super::super) fn release(
        &mut self,
        message: &str,
        effects: &mut Vec<Effect>,
    ) -> Result<(), Refusal> {
        if let Some(id) = self.deliveries.release(message)? {
            self.note(message, TraceEvent::HandedOn);
            effects.push(Effect::Invoke(id));
        }
        Ok(())
    }

    /// Delivers a message that has passed all processors to its recipients.
    fn deliver(&mut self, mut processing: Processing, effects: &mut Vec<Effect>) {
        let now = self.now.max(processing.message.created);
        let Some(channel) = self.channels.get_mut(&processing.channel) else { return };
        let message = &mut processing.message;
        message.status = Status::Sent;
        message.updated = now;
        if processing.what == Change::Create {
            channel.note_last_message(message);
        } else {
            message.edited = Some(now);
        }
        // Meanwhile, the message may have exceeded its retention period.
        let stored = channel.message(&message.id).is_some();
        if message.persistence == Persistence::Persistent && stored {
            channel.store(message.clone());
        }
        self.note(&processing.message.id, TraceEvent::Delivered);
        self.notify_of_message(processing.what.name(), &processing.channel, &processing.message, effects);
    }

    /// Ends the processing of a message without delivery, and notifies only its sender.
    fn stop(&mut self, mut processing: Processing, status: Status, effects: &mut Vec<Effect>) {
        let now = self.now.max(processing.message.created);
        let Some(channel) = self.channels.get_mut(&processing.channel) else { return };
        if processing.what == Change::Create {
            match status {
                Status::Denied => drop(channel.forget(&processing.message.id)),
                _ => {
                    if let Some(stored) = channel.message_mut(&processing.message.id) {
                        (stored.status, stored.updated) = (status, now);
                    }
                }
            }
        }
        processing.message.status = status;
        processing.message.updated = now;
        let sender = processing.message.sender.arn.clone();
        self.note(&processing.message.id, TraceEvent::Stopped(status));
        effects.push(processing.notification(status, vec![sender]));
    }
}

impl Change {
    const fn name(self) -> &'static str {
        match self {
            Self::Create => "CREATE",
            Self::Update => "UPDATE",
        }
    }
}

impl Processing {
    /// Returns the effect that notifies `to` of the message's status.
    fn notification(&self, status: Status, to: Vec<Arn>) -> Effect {
        let prefix = match status {
            Status::Sent => "",
            Status::Pending => "PENDING_",
            Status::Failed => "FAILED_",
            Status::Denied => "DENIED_",
        };
        let event = Event {
            name: format!("{prefix}{}_CHANNEL_MESSAGE", self.what.name()),
            message_type: self.message.kind.name(),
            payload: self.message.described(&self.channel, Form::Event),
        };
        Effect::Notify { to, event }
    }

    /// Returns the event that the function receives, as JSON. It omits fields that AWS does not send (`Target`, `ContentType`).
    fn event(&self, callback: &str) -> String {
        let Message { id, sender, kind, persistence, body, .. } = &self.message;
        let event = json!({
            "EventType": "CHANNEL_MESSAGE_EVENT",
            "CallbackId": callback,
            "ChannelMessage": {
                "MessageId": id,
                "ChannelArn": self.channel,
                "Content": body.content,
                "Metadata": body.metadata,
                "Sender": sender,
                "Persistence": persistence,
                "Type": kind,
                "CreatedTimestamp": self.message.created.to_string(),
                "LastEditedTimestamp": (self.what == Change::Update).then(|| self.since.to_string()),
                "PushNotification": body.push_notification,
                "SubChannelId": self.message.sub_channel,
            },
        });
        WithoutNulls(&event).to_string()
    }
}

/// Returns the record that the on-failure destination receives when Lambda discards an event.
fn discarded(invocation: &Invocation, condition: &str, response: &Value, now: Timestamp) -> Value {
    json!({
        "version": "1.0",
        "timestamp": now.to_string(),
        "requestContext": {
            "functionArn": invocation.function,
            "condition": condition,
            "approximateInvokeCount": invocation.tried,
        },
        "requestPayload": serde_json::from_str::<Value>(&invocation.event).unwrap_or_default(),
        "responseContext": { "statusCode": 200, "functionError": "Unhandled" },
        "responsePayload": response,
    })
}

/// Returns the event that `EventBridge` receives if a function cannot be invoked.
fn failure(processing: &Processing, invocation: &Invocation, reason: &str, now: Timestamp) -> Value {
    let (region, account) = processing.channel.home().unwrap_or_default();
    json!({
        "version": "0",
        "id": invocation.callback,
        "detail-type": "Chime ChannelFlow Processing Status",
        "source": "aws.chime",
        "account": account,
        "region": region,
        "time": now.to_string(),
        "resources": [],
        "detail": {
            "eventType": "ProcessorInvocationFailure",
            "appInstanceArn": processing.channel.instance(),
            "channelArn": processing.channel,
            "messageId": processing.message.id,
            "processorResourceArn": invocation.function,
            "failureReason": reason,
        },
    })
}
