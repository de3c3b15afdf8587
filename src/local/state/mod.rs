//! [`State`]: everything that the service knows, and the only ways to change it.
//!
//! Each kind of data has a type that keeps it consistent: the directory, the channels, the flows, the deliveries and so on. `State` itself
//! contains the changes that affect several of them: a message passes a flow, a channel is deleted, time passes.

mod channel;
mod channels;
mod deliveries;
mod directory;
mod elastic;
mod events;
mod flow;
mod flows;
mod in_flight;
mod instance;
mod message;
mod processing;
mod quotas;
mod records;
mod snapshot;
mod tags;
mod tick;
mod tokens;
mod trace;

use serde_json::{Value, json};

pub(super) use self::channel::{
    Channel, Elastic, Expiration, ExpirationCriterion, Grant, Membership, MembershipKind, Mode, Privacy,
};
pub(super) use self::channels::{Ban, Channels, Member, Moderator, Role};
pub(super) use self::deliveries::{Deliveries, End, Invocation, InvocationId, Output};
pub(super) use self::directory::Directory;
pub(super) use self::flow::{Fallback, Flow, Processor};
pub(super) use self::flows::Flows;
pub(super) use self::in_flight::InFlight;
pub(super) use self::instance::{AppInstance, Bot, DataType, Endpoint, Streaming, User};
pub(super) use self::message::{Body, Form, Identity, Message, MessageType, Persistence, Push, Status};
pub(super) use self::processing::{CALLBACK_WITHIN, Change, Processing};
pub use self::quotas::Quota;
pub(super) use self::quotas::{Quotas, at_most};
pub(super) use self::records::Records;
pub(super) use self::tags::Tags;
use self::tick::Schedule;
pub(super) use self::tokens::Tokens;
use self::trace::{TraceEvent, Traces};
use super::arn::Arn;
use super::ids::Ids;
use super::time::Timestamp;
use super::unknowns::Unknowns;
use crate::state::Memory;

/// Everything that the service knows.
#[derive(Clone, Debug, Default)]
pub(super) struct State {
    /// The time of the command that is being executed.
    pub now: Timestamp,
    /// How far the clock is ahead of the machine's, in milliseconds.
    pub ahead: u64,
    pub ids: Ids,
    pub directory: Directory,
    pub channels: Channels,
    pub flows: Flows,
    pub tags: Tags,
    pub deliveries: Deliveries,
    pub tokens: Tokens,
    pub quotas: Quotas,
    pub unknowns: Unknowns,
    pub records: Records,
    /// What rules of the embedded processor count.
    pub counts: Memory,
    schedule: Schedule,
    traces: Traces,
}

/// An action outside the state that a command causes. Effects are carried out in order.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Effect {
    /// Send an event to the sessions of these users.
    Notify { to: Vec<Arn>, event: Event },
    /// Attempt this invocation now.
    Invoke(InvocationId),
    /// Close the sessions of a user.
    Close { who: Arn },
}

/// An event that sessions receive.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Event {
    /// The event type, such as `CREATE_CHANNEL_MESSAGE`.
    pub name: String,
    /// `STANDARD`, `CONTROL` or `SYSTEM`.
    pub message_type: &'static str,
    pub payload: Value,
}

impl State {
    pub(super) fn new(seed: u64) -> Self {
        Self { ids: Ids::new(seed), ..Self::default() }
    }

    fn note(&mut self, message: &str, what: TraceEvent) {
        self.traces.note(self.now, message, what);
    }

    /// Returns what happened to a message, and what it waits for.
    pub(super) fn trace(&self, message: &str) -> Option<Value> {
        let waiting = self.deliveries.processing().callback_of(message);
        Some(json!({
            "message": message,
            "steps": self.traces.steps(message)?,
            "held": waiting.is_some_and(|callback| self.deliveries.is_held(callback)),
            "waiting-for": waiting.map(|callback| json!({ "callback-id": callback })),
        }))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Returns a message called `m` that waits for its only processor.
    pub(in super::super) fn processing() -> Processing {
        let lambda = json!({ "ResourceArn": "f", "InvocationType": "ASYNC" });
        let processor = json!({
            "Name": "f", "ExecutionOrder": 1, "FallbackAction": "ABORT", "Configuration": { "Lambda": lambda },
        });
        let message = Message {
            id: "m".to_owned(),
            sender: Identity { arn: Arn::new("ann"), name: None },
            kind: MessageType::Standard,
            persistence: Persistence::Persistent,
            body: Body::default(),
            target: None,
            sub_channel: None,
            created: Timestamp::default(),
            updated: Timestamp::default(),
            edited: None,
            redacted: false,
            status: Status::Pending,
        };
        Processing {
            channel: Arn::new("c"),
            message,
            what: Change::Create,
            processors: vec![serde_json::from_value(processor).unwrap()],
            step: 0,
            since: Timestamp::default(),
        }
    }
}
