//! The flow engine: the way of a message through the functions of its channel's flow.
//!
//! ```text
//! Send ──> PENDING ──callback──> next function, or SENT ──────────> event to members
//!             │ ├────callback with DeleteResource ──> DENIED ─────> event to the sender; nothing is stored
//!             │ └────the function cannot be invoked ──> a record for EventBridge, and
//!             │            CONTINUE: as if it had called back    ABORT: FAILED, event to the sender
//!             └────the function fails or times out: Lambda tries again after 1 and 2 minutes, then gives up: still PENDING
//! ```
//!
//! Functions are invoked asynchronously, so the service never learns that one failed: only its callback decides. A callback is
//! taken once, and within 48 hours.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Effect, Event, Fallback, Form, Happened, Message, Persistence, Processor, State, Status};
use crate::local::arn::Arn;
use crate::local::json::WithoutNulls;
use crate::local::time::Timestamp;

/// A message that a flow has not let go yet.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in super::super) struct Processing {
    pub channel: Arn,
    /// As functions have left it so far.
    pub message: Message,
    pub what: What,
    /// The flow's functions when the message was sent: a flow that changes does not change what is on its way.
    pub processors: Vec<Processor>,
    /// Which of them has it.
    pub step: usize,
    /// Since when.
    pub since: Timestamp,
}

/// What happens to the message once it is through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in super::super) enum What {
    Create,
    Update,
}

/// Names an invocation.
pub(crate) type InvocationId = u64;

/// An invocation of a function that is not over: Lambda has it in its queue.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Invocation {
    /// The function.
    pub function: Arn,
    /// What it gets.
    pub event: String,
    /// The message that the event is about.
    pub message: String,
    /// The token of the event's callback.
    pub callback: String,
    /// How often it was tried before.
    pub tried: u32,
    /// How often it was throttled.
    pub throttled: u32,
    /// When it entered the queue.
    pub queued: Timestamp,
    /// When it is tried, unless it is being tried.
    pub due: Option<Timestamp>,
}

impl fmt::Debug for Invocation {
    /// Leaves out the event, which holds a text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { function, message, tried, .. } = self;
        let mut debug = f.debug_struct("Invocation");
        debug.field("function", function).field("message", message).field("tried", tried);
        debug.finish_non_exhaustive()
    }
}

/// How an attempt at an invocation ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum End {
    /// The function returned.
    Returned,
    /// The function failed, timed out, or exited.
    Failed {
        /// The name of the error.
        error_type: String,
        /// What it says.
        message: String,
    },
    /// Lambda had no room for it.
    Throttled,
    /// Somebody holds the message by hand: the function did not get it yet.
    Held,
    /// The function cannot be invoked: there is none, or nobody may.
    Refused {
        /// Why not.
        reason: String,
    },
}

/// How long a function has to call back.
pub(in super::super) const CALLBACK_WITHIN: Duration = Duration::from_hours(48);

/// How long after a failure Lambda tries again, each time.
const RETRIES: [Duration; 2] = [Duration::from_mins(1), Duration::from_mins(2)];
/// How long Lambda keeps an event that finds no room.
const MAX_AGE: Duration = Duration::from_hours(6);
/// How long Lambda waits after a throttled attempt: at first, and at most.
const THROTTLED: (Duration, Duration) = (Duration::from_secs(1), Duration::from_mins(5));

impl State {
    /// Lets a message enter the flow of its channel.
    pub(in super::super) fn process(
        &mut self,
        channel: &Arn,
        message: Message,
        what: What,
        processors: Vec<Processor>,
        effects: &mut Vec<Effect>,
    ) {
        let processing =
            Processing { channel: channel.clone(), message, what, processors, step: 0, since: self.now };
        effects.push(processing.told(Status::Pending, vec![processing.message.sender.arn.clone()]));
        self.note(&processing.message.id, Happened::Sent);
        self.hand_over(processing, effects);
    }

    /// Hands a message to the function whose turn it is, or lets it out when there is none.
    fn hand_over(&mut self, mut processing: Processing, effects: &mut Vec<Effect>) {
        let Some(processor) = processing.processors.get(processing.step) else {
            return self.let_out(processing, effects);
        };
        processing.since = self.now;
        let (callback, function) = (self.ids.long(), processor.function().clone());
        let event = processing.event(&callback);
        let queued =
            Happened::Queued { function: function.clone(), callback: callback.clone(), event: event.clone() };
        self.note(&processing.message.id, queued);
        self.last_invocation += 1;
        let id = self.last_invocation;
        let invocation = Invocation {
            function,
            event,
            message: processing.message.id.clone(),
            callback: callback.clone(),
            tried: 0,
            throttled: 0,
            queued: self.now,
            due: None,
        };
        self.invocations.insert(id, invocation);
        self.processing.insert(callback, processing);
        effects.push(Effect::Invoke(id));
    }

    /// Takes the decision of the function that has the message: it is denied, or goes on as `processing` has it.
    pub(in super::super) fn decided(
        &mut self,
        processing: Processing,
        denied: bool,
        effects: &mut Vec<Effect>,
    ) {
        let decided = Happened::Decided { denied, body: processing.message.body.clone() };
        self.note(&processing.message.id, decided);
        if denied {
            return self.stop(processing, Status::Denied, effects);
        }
        let step = processing.step + 1;
        self.hand_over(Processing { step, ..processing }, effects);
    }

    /// An attempt at an invocation ended.
    pub(in super::super) fn invocation_ended(
        &mut self,
        id: InvocationId,
        end: End,
        effects: &mut Vec<Effect>,
    ) {
        let now = self.now;
        let Some(message) = self.invocations.get(&id).map(|invocation| invocation.message.clone()) else {
            return;
        };
        self.note(&message, Happened::Invoked(end.clone()));
        let Some(invocation) = self.invocations.get_mut(&id) else { return };
        match end {
            End::Returned => drop(self.invocations.remove(&id)),
            End::Held => self.hold(id),
            End::Failed { error_type, message } => {
                invocation.tried += 1;
                let wait = usize::try_from(invocation.tried).ok().and_then(|tried| RETRIES.get(tried - 1));
                match wait {
                    Some(wait) => self.retry(id, *wait),
                    None => self.give_up(
                        id,
                        "RetriesExhausted",
                        &json!({ "errorType": error_type, "errorMessage": message }),
                    ),
                }
            }
            End::Throttled => {
                let wait = THROTTLED.0 * 2_u32.saturating_pow(invocation.throttled.min(16));
                invocation.throttled += 1;
                if now.since(invocation.queued) >= MAX_AGE {
                    self.give_up(id, "EventAgeExceeded", &Value::Null);
                } else {
                    self.retry(id, wait.min(THROTTLED.1));
                }
            }
            End::Refused { reason } => {
                let Some(invocation) = self.invocations.remove(&id) else { return };
                let Some(processing) = self.processing.remove(&invocation.callback) else { return };
                self.record(failure(&processing, &invocation, &reason, now));
                match processing.processors[processing.step].fallback_action {
                    Fallback::Continue => self.decided(processing, false, effects),
                    Fallback::Abort => self.stop(processing, Status::Failed, effects),
                }
            }
        }
    }

    /// Lambda tries again after this long.
    fn retry(&mut self, id: InvocationId, wait: Duration) {
        let due = self.now.plus(wait);
        if let Some(invocation) = self.invocations.get_mut(&id) {
            invocation.due = Some(due);
            self.retries.insert((due, id));
        }
    }

    /// Invocations whose time has come again.
    pub(in super::super) fn invocations_due(&mut self, effects: &mut Vec<Effect>) {
        while let Some((due, id)) = self.retries.first().copied().filter(|(due, _)| *due <= self.now) {
            self.retries.remove(&(due, id));
            if let Some(invocation) = self.invocations.get_mut(&id).filter(|it| it.due == Some(due)) {
                invocation.due = None;
                effects.push(Effect::Invoke(id));
            }
        }
    }

    /// Lambda discards an event, and its on-failure destination gets it.
    fn give_up(&mut self, id: InvocationId, condition: &str, response: &Value) {
        let Some(invocation) = self.invocations.remove(&id) else { return };
        self.record(json!({
            "version": "1.0",
            "timestamp": self.now.to_string(),
            "requestContext": {
                "functionArn": invocation.function,
                "condition": condition,
                "approximateInvokeCount": invocation.tried,
            },
            "requestPayload": serde_json::from_str::<Value>(&invocation.event).unwrap_or_default(),
            "responseContext": { "statusCode": 200, "functionError": "Unhandled" },
            "responsePayload": response,
        }));
    }

    /// The message is through: everybody gets it.
    fn let_out(&mut self, mut processing: Processing, effects: &mut Vec<Effect>) {
        let now = self.now.max(processing.message.created);
        let Some(channel) = self.channels.get_mut(&processing.channel) else { return };
        let message = &mut processing.message;
        message.status = Status::Sent;
        message.updated = now;
        if processing.what == What::Create {
            channel.spoken_in(message);
        } else {
            message.edited = Some(now);
        }
        // It may have grown too old to be kept meanwhile.
        let stored = channel.message(&message.id).is_some();
        if message.persistence == Persistence::Persistent && stored {
            channel.store(message.clone());
        }
        self.note(&processing.message.id, Happened::Delivered);
        self.tell_of_message(processing.what.name(), &processing.channel, &processing.message, effects);
    }

    /// The message ends here, and only its sender learns of it.
    fn stop(&mut self, mut processing: Processing, status: Status, effects: &mut Vec<Effect>) {
        let now = self.now.max(processing.message.created);
        let Some(channel) = self.channels.get_mut(&processing.channel) else { return };
        if processing.what == What::Create {
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
        self.note(&processing.message.id, Happened::Stopped(status));
        effects.push(processing.told(status, vec![sender]));
    }
}

impl What {
    const fn name(self) -> &'static str {
        match self {
            Self::Create => "CREATE",
            Self::Update => "UPDATE",
        }
    }
}

impl Processing {
    /// Tells `to` what has become of the message.
    fn told(&self, status: Status, to: Vec<Arn>) -> Effect {
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
        Effect::Tell { to, event }
    }

    /// What the function gets, as JSON. What does not arrive on AWS (`Target`, `ContentType`) is left out here too.
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
                "LastEditedTimestamp": (self.what == What::Update).then(|| self.since.to_string()),
                "PushNotification": body.push_notification,
                "SubChannelId": self.message.sub_channel,
            },
        });
        WithoutNulls(&event).to_string()
    }
}

/// What `EventBridge` gets when a function cannot be invoked.
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
