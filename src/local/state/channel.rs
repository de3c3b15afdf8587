//! Channels, memberships, and the grants of moderators and bans.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Form, Identity, Message, Persistence};
use crate::local::arn::Arn;
use crate::local::time::Timestamp;

/// A channel.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in super::super) struct Channel {
    pub name: String,
    pub mode: Mode,
    pub privacy: Privacy,
    pub metadata: Option<String>,
    pub created_by: Identity,
    pub created: Timestamp,
    pub updated: Timestamp,
    pub last_message: Option<Timestamp>,
    pub flow: Option<Arn>,
    pub elastic: Option<Elastic>,
    /// The number of members of each sub-channel of an elastic channel, by the sub-channel's id.
    pub sub_channels: BTreeMap<String, usize>,
    pub expiration: Option<Expiration>,
    pub members: BTreeMap<Arn, Membership>,
    pub moderators: BTreeMap<Arn, Grant>,
    pub bans: BTreeMap<Arn, Grant>,
    /// The stored messages, oldest first.
    pub messages: BTreeMap<MessageKey, Message>,
    /// The key of each stored message, by its id.
    pub message_keys: BTreeMap<String, MessageKey>,
}

/// The time at which a message was sent. It is unique in a channel, so it defines the order of messages.
pub(in super::super) type MessageKey = Timestamp;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(in super::super) enum Mode {
    /// Members may add other members.
    Unrestricted,
    /// Only administrators and moderators may add members.
    #[default]
    Restricted,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(in super::super) enum Privacy {
    #[default]
    Public,
    Private,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(in super::super) enum MembershipKind {
    #[default]
    Default,
    /// Receives messages but is not visible to other members.
    Hidden,
}

/// A membership in a channel.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in super::super) struct Membership {
    pub kind: MembershipKind,
    pub invited_by: Identity,
    pub created: Timestamp,
    pub updated: Timestamp,
    pub read_marker: Option<Timestamp>,
    /// The preferences as received.
    pub preferences: Option<Value>,
    pub sub_channel: Option<String>,
}

/// Who made a user a moderator or banned a user, and when.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in super::super) struct Grant {
    pub created_by: Identity,
    pub created: Timestamp,
}

/// How an elastic channel is divided into sub-channels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in super::super) struct Elastic {
    pub maximum_sub_channels: i64,
    pub minimum_membership_percentage: i64,
    pub target_memberships_per_sub_channel: i64,
}

/// When a channel or user expires.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in super::super) struct Expiration {
    pub expiration_days: i64,
    pub expiration_criterion: ExpirationCriterion,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(in super::super) enum ExpirationCriterion {
    CreatedTimestamp,
    LastMessageTimestamp,
}

impl Membership {
    /// Returns a membership that begins at `now`, in no sub-channel.
    pub(in super::super) fn new(kind: MembershipKind, invited_by: Identity, now: Timestamp) -> Self {
        Self {
            kind,
            invited_by,
            created: now,
            updated: now,
            read_marker: None,
            preferences: None,
            sub_channel: None,
        }
    }

    /// Returns the membership as the model's `ChannelMembership`.
    pub(in super::super) fn described(&self, channel: &Arn, who: &Identity, form: Form) -> Value {
        json!({
            "ChannelArn": channel,
            "Member": who,
            "Type": self.kind,
            "InvitedBy": self.invited_by,
            "CreatedTimestamp": form.time(self.created),
            "LastUpdatedTimestamp": form.time(self.updated),
            "SubChannelId": self.sub_channel,
        })
    }
}

impl Channel {
    /// Returns a channel without members or messages, with default settings.
    pub(in super::super) fn new(name: impl Into<String>, created_by: Identity, now: Timestamp) -> Self {
        Self {
            name: name.into(),
            mode: Mode::default(),
            privacy: Privacy::default(),
            metadata: None,
            created_by,
            created: now,
            updated: now,
            last_message: None,
            flow: None,
            elastic: None,
            sub_channels: BTreeMap::new(),
            expiration: None,
            members: BTreeMap::new(),
            moderators: BTreeMap::new(),
            bans: BTreeMap::new(),
            messages: BTreeMap::new(),
            message_keys: BTreeMap::new(),
        }
    }

    /// Returns whether the channel has the sub-channel called `sub_channel`; `true` for `None`.
    pub(in super::super) fn has(&self, sub_channel: Option<&str>) -> bool {
        sub_channel.is_none_or(|id| self.sub_channels.contains_key(id))
    }

    pub(in super::super) fn message(&self, id: &str) -> Option<&Message> {
        self.messages.get(self.message_keys.get(id)?)
    }

    pub(in super::super) fn message_mut(&mut self, id: &str) -> Option<&mut Message> {
        self.messages.get_mut(self.message_keys.get(id)?)
    }

    pub(in super::super) fn store(&mut self, message: Message) {
        self.message_keys.insert(message.id.clone(), message.created);
        self.messages.insert(message.created, message);
    }

    /// Updates the time of the channel's last message, if `message` is persistent.
    pub(in super::super) fn note_last_message(&mut self, message: &Message) {
        if message.persistence == Persistence::Persistent {
            self.last_message = self.last_message.max(Some(message.created));
        }
    }

    /// Removes a message and returns it.
    pub(in super::super) fn forget(&mut self, id: &str) -> Option<Message> {
        let key = self.message_keys.remove(id)?;
        self.messages.remove(&key)
    }

    /// Returns the channel as the model's `ChannelSummary`.
    pub(in super::super) fn summary(&self, arn: &Arn, form: Form) -> Value {
        json!({
            "ChannelArn": arn,
            "Name": self.name,
            "Mode": self.mode,
            "Privacy": self.privacy,
            "Metadata": self.metadata,
            "LastMessageTimestamp": self.last_message.map(|time| form.time(time)),
        })
    }

    /// Returns the channel as the model's `Channel`, as those who run the channel see it.
    pub(in super::super) fn described(&self, arn: &Arn, form: Form) -> Value {
        json!({
            "ChannelArn": arn,
            "Name": self.name,
            "Mode": self.mode,
            "Privacy": self.privacy,
            "Metadata": self.metadata,
            "CreatedBy": self.created_by,
            "CreatedTimestamp": form.time(self.created),
            "LastMessageTimestamp": self.last_message.map(|time| form.time(time)),
            "LastUpdatedTimestamp": form.time(self.updated),
            "ChannelFlowArn": self.flow,
            "ElasticChannelConfiguration": self.elastic,
            "ExpirationSettings": self.expiration,
        })
    }

    /// Returns the channel as members see it: without the configuration of its sub-channels.
    pub(in super::super) fn described_to_members(&self, arn: &Arn, form: Form) -> Value {
        let mut channel = self.described(arn, form);
        channel["ElasticChannelConfiguration"] = Value::Null;
        channel
    }
}
