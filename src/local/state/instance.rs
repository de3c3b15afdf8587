//! App instances with their users, bots and endpoints.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Expiration;
use crate::local::arn::Arn;
use crate::local::time::Timestamp;

/// An app instance: the container of the users and channels of one chat application.
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
    /// How many days messages are retained; forever if `None`.
    pub retention_days: Option<i64>,
    /// Since when the retention period applies.
    pub retention_since: Option<Timestamp>,
    pub streaming: Vec<Streaming>,
}

/// A stream that receives copies of an app instance's data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in super::super) struct Streaming {
    pub data_type: DataType,
    /// The Kinesis stream's ARN.
    pub resource_arn: Arn,
}

/// The types of data that can be streamed.
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
    /// The configuration as received.
    pub configuration: Value,
}

/// A device on which a user receives push notifications.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in super::super) struct Endpoint {
    pub created: Timestamp,
    pub updated: Timestamp,
    /// The settings received at registration, under their names in the model.
    pub settings: Map<String, Value>,
}
