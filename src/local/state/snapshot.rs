//! [`Snapshot`]: the state in its stored form, one object with a member for each part of the state.
//!
//! Data folders and exports of earlier versions must remain readable. A member therefore keeps its name and format even if another type
//! owns it in the program, and a new member needs a default.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::channels::Places;
use super::tick::Schedule;
use super::{
    Channel, Channels, Deliveries, Directory, Flows, InFlight, Invocation, InvocationId, Quotas, Records,
    State, Tags, Tokens, Traces,
};
use crate::local::arn::Arn;
use crate::local::ids::Ids;
use crate::local::time::Timestamp;
use crate::local::unknowns::Unknowns;
use crate::state::Memory;

/// The state in its stored form.
#[derive(Serialize, Deserialize)]
struct Snapshot<'s> {
    now: Timestamp,
    #[serde(default)]
    ahead: u64,
    ids: Cow<'s, Ids>,
    instances: Cow<'s, Directory>,
    channels: Cow<'s, BTreeMap<Arn, Channel>>,
    flows: Cow<'s, Flows>,
    tags: Cow<'s, Tags>,
    processing: Cow<'s, InFlight>,
    invocations: Cow<'s, BTreeMap<InvocationId, Invocation>>,
    retries: Cow<'s, BTreeSet<(Timestamp, InvocationId)>>,
    expirations: Cow<'s, BTreeSet<(Timestamp, Arn)>>,
    next_sweep: Timestamp,
    places: Cow<'s, BTreeMap<Arn, Places>>,
    tokens: Cow<'s, Tokens>,
    quotas: Cow<'s, Quotas>,
    #[serde(default)]
    unknowns: Unknowns,
    #[serde(default, skip_serializing_if = "nothing")]
    counts: Cow<'s, Memory>,
    #[serde(default)]
    held: Cow<'s, BTreeMap<String, InvocationId>>,
    records: Cow<'s, Records>,
    traces: Cow<'s, Traces>,
    last_invocation: InvocationId,
}

fn nothing(counts: &Memory) -> bool {
    counts.is_empty()
}

impl State {
    /// Reads an exported state.
    ///
    /// # Errors
    /// If `json` is not an exported state; the error says what it is instead.
    pub(in super::super) fn read(json: Value) -> Result<Self, String> {
        let expected =
            "that is not an exported state: expected the object that `chimeflow local export` prints";
        let found = match &json {
            Value::Object(members) if !members.is_empty() => {
                return serde_json::from_value(json).map_err(|error| format!("{expected}: {error}"));
            }
            Value::Object(_) => "an empty object",
            Value::Array(_) => "a list",
            Value::Null => "null",
            Value::Bool(_) | Value::Number(_) | Value::String(_) => "a single value",
        };
        Err(format!("{expected}, found {found}"))
    }
}

impl Serialize for State {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let snapshot = Snapshot {
            now: self.now,
            ahead: self.ahead,
            ids: Cow::Borrowed(&self.ids),
            instances: Cow::Borrowed(&self.directory),
            channels: Cow::Borrowed(&self.channels.channels),
            flows: Cow::Borrowed(&self.flows),
            tags: Cow::Borrowed(&self.tags),
            processing: Cow::Borrowed(&self.deliveries.processing),
            invocations: Cow::Borrowed(&self.deliveries.invocations),
            retries: Cow::Borrowed(&self.deliveries.retries),
            expirations: Cow::Borrowed(&self.schedule.expirations),
            next_sweep: self.schedule.next_sweep,
            places: Cow::Borrowed(&self.channels.places),
            tokens: Cow::Borrowed(&self.tokens),
            quotas: Cow::Borrowed(&self.quotas),
            unknowns: self.unknowns,
            counts: Cow::Borrowed(&self.counts),
            held: Cow::Borrowed(&self.deliveries.held),
            records: Cow::Borrowed(&self.records),
            traces: Cow::Borrowed(&self.traces),
            last_invocation: self.deliveries.last_invocation,
        };
        snapshot.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for State {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let snapshot = Snapshot::deserialize(deserializer)?;
        Ok(Self {
            now: snapshot.now,
            ahead: snapshot.ahead,
            ids: snapshot.ids.into_owned(),
            directory: snapshot.instances.into_owned(),
            channels: Channels {
                channels: snapshot.channels.into_owned(),
                places: snapshot.places.into_owned(),
            },
            flows: snapshot.flows.into_owned(),
            tags: snapshot.tags.into_owned(),
            deliveries: Deliveries {
                processing: snapshot.processing.into_owned(),
                invocations: snapshot.invocations.into_owned(),
                retries: snapshot.retries.into_owned(),
                held: snapshot.held.into_owned(),
                last_invocation: snapshot.last_invocation,
            },
            schedule: Schedule {
                expirations: snapshot.expirations.into_owned(),
                next_sweep: snapshot.next_sweep,
            },
            tokens: snapshot.tokens.into_owned(),
            quotas: snapshot.quotas.into_owned(),
            unknowns: snapshot.unknowns,
            counts: snapshot.counts.into_owned(),
            records: snapshot.records.into_owned(),
            traces: snapshot.traces.into_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_no_state_is_named() {
        for (json, found) in [
            (json!([]), ", found a list"),
            (json!({}), ", found an empty object"),
            (json!(null), ", found null"),
            (json!(1), ", found a single value"),
            (json!({ "messages": [] }), ": missing field `now`"),
        ] {
            let why = State::read(json).map(drop).unwrap_err();
            assert!(
                why.starts_with("that is not an exported state: expected the object") && why.ends_with(found),
                "{why}"
            );
        }
    }
}
