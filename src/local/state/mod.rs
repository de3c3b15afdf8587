//! [`State`]: all that the service knows, and the only ways to change it.

mod channel;
mod elastic;
mod flow;
mod held;
mod instance;
mod message;
mod on_its_way;
mod passing;
mod people;
mod processing;
mod quotas;
mod telling;
mod tokens;
mod trace;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub(super) use self::channel::{
    Ban, Channel, Elastic, Expiration, ExpirationCriterion, Membership, MembershipKind, Mode, Moderator,
    Privacy,
};
pub(super) use self::flow::{Fallback, Flow, Processor};
pub(super) use self::instance::{AppInstance, Bot, DataType, Endpoint, Person, Streaming, User};
pub(super) use self::message::{Body, Form, Identity, Kind, Message, Persistence, Push, Status};
pub(super) use self::on_its_way::OnItsWay;
pub(super) use self::people::Places;
pub(super) use self::processing::{CALLBACK_WITHIN, Processing, What};
pub(super) use self::processing::{End, Invocation, InvocationId};
pub use self::quotas::Quota;
pub(super) use self::quotas::{Quotas, at_most};
pub(super) use self::tokens::Tokens;
use self::trace::{Happened, Traces};
use super::arn::Arn;
use super::ids::Ids;
use super::time::Timestamp;
use super::unknowns::Unknowns;

/// All that the service knows.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct State {
    /// The time of the command that is being carried out.
    pub now: Timestamp,
    pub ids: Ids,
    pub instances: BTreeMap<Arn, AppInstance>,
    pub channels: BTreeMap<Arn, Channel>,
    pub flows: BTreeMap<Arn, Flow>,
    /// The tags of whatever has some.
    pub tags: BTreeMap<Arn, BTreeMap<String, String>>,
    /// Messages that a flow has not let go yet, by the callback id they wait for.
    pub processing: OnItsWay,
    /// Invocations of functions that are not over.
    pub invocations: BTreeMap<InvocationId, Invocation>,
    /// When invocations are tried again.
    retries: BTreeSet<(Timestamp, InvocationId)>,
    /// When channels and users expire; see [`State::note_expiration`].
    expirations: BTreeSet<(Timestamp, Arn)>,
    /// When messages that are too old are looked for.
    next_sweep: Timestamp,
    /// The channels that people are something to.
    places: BTreeMap<Arn, Places>,
    pub tokens: Tokens,
    pub quotas: Quotas,
    #[serde(default)]
    pub unknowns: Unknowns,
    /// The invocations of messages that are held by hand, by the callback that the message waits for.
    #[serde(default)]
    held: BTreeMap<String, InvocationId>,
    /// What `EventBridge` and Kinesis would have got, newest last.
    pub records: VecDeque<Value>,
    traces: Traces,
    last_invocation: InvocationId,
}

/// What has to happen outside because of a command, in this order.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Effect {
    /// People's sessions get an event.
    Tell { to: Vec<Arn>, event: Event },
    /// An invocation is due.
    Invoke(InvocationId),
    /// Sessions of somebody end.
    Close { who: Arn },
}

/// What a session is told.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Event {
    /// Such as `CREATE_CHANNEL_MESSAGE`.
    pub name: String,
    /// `STANDARD`, `CONTROL` or `SYSTEM`.
    pub message_type: &'static str,
    pub payload: Value,
}

/// How many records are kept for whoever asks.
const RECORDS: usize = 10_000;

impl State {
    pub(super) fn new(seed: u64) -> Self {
        Self { ids: Ids::new(seed), ..Self::default() }
    }

    /// Keeps what `EventBridge` or Kinesis would have got.
    pub(super) fn record(&mut self, record: Value) {
        if self.records.len() == RECORDS {
            self.records.pop_front();
        }
        self.records.push_back(record);
    }

    /// The user, bot or other participant called `arn`, when there is one.
    pub(super) fn person(&self, arn: &Arn) -> Option<&dyn Person> {
        self.instances.get(&arn.instance()?)?.person(arn)
    }

    /// How others see `arn`: its name too, when it has one.
    pub(super) fn identity(&self, arn: &Arn) -> Identity {
        Identity { arn: arn.clone(), name: self.person(arn).map(|person| person.name().to_owned()) }
    }
}
