//! App instances and who is in them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Expiration;
use crate::local::arn::Arn;
use crate::local::time::Timestamp;

/// An app instance: a chat application with its users.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(in super::super) struct AppInstance {
    pub name: String,
    pub metadata: Option<String>,
    pub created: Timestamp,
    pub updated: Timestamp,
    pub users: BTreeMap<Arn, User>,
    pub bots: BTreeMap<Arn, Bot>,
    /// Users and bots that are administrators, and since when.
    pub admins: BTreeMap<Arn, Timestamp>,
    /// How many days messages are kept.
    pub retention_days: Option<i64>,
    /// Since when older ones are deleted.
    pub retention_since: Option<Timestamp>,
    pub streaming: Vec<Streaming>,
}

/// Where a copy of what happens goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in super::super) struct Streaming {
    pub data_type: DataType,
    /// The Kinesis stream.
    pub resource_arn: Arn,
}

/// What happens that can be streamed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in super::super) enum DataType {
    Channel,
    ChannelMessage,
}

/// A user of an app instance.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(in super::super) struct User {
    pub name: String,
    pub metadata: Option<String>,
    pub created: Timestamp,
    pub updated: Timestamp,
    pub expiration: Option<Expiration>,
    pub endpoints: BTreeMap<String, Endpoint>,
}

/// A bot of an app instance.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in super::super) struct Bot {
    pub name: String,
    pub metadata: Option<String>,
    pub created: Timestamp,
    pub updated: Timestamp,
    /// As it was given.
    pub configuration: Value,
}

/// A device that a user gets push notifications on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in super::super) struct Endpoint {
    pub created: Timestamp,
    pub updated: Timestamp,
    /// What was given when it was registered, under the names of the model.
    pub settings: Map<String, Value>,
}
