//! Messages.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::local::arn::Arn;
use crate::local::time::Timestamp;

/// A message.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in super::super) struct Message {
    pub id: String,
    pub sender: Identity,
    pub kind: MessageType,
    pub persistence: Persistence,
    pub body: Body,
    pub target: Option<Arn>,
    pub sub_channel: Option<String>,
    pub created: Timestamp,
    pub updated: Timestamp,
    /// When the sender last changed the content.
    pub edited: Option<Timestamp>,
    pub redacted: bool,
    pub status: Status,
}

/// The content of a message: the parts that a flow may change.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(in super::super) struct Body {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_attributes: Option<BTreeMap<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub push_notification: Option<Push>,
}

impl fmt::Debug for Body {
    /// Omits the texts.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body").finish_non_exhaustive()
    }
}

/// A message's push notification.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub(in super::super) struct Push {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<String>,
}

impl fmt::Debug for Push {
    /// Omits the texts.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Push").field("type", &self.r#type).finish_non_exhaustive()
    }
}

/// A user or bot as others see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in super::super) struct Identity {
    pub arn: Arn,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub name: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(in super::super) enum MessageType {
    Standard,
    Control,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(in super::super) enum Persistence {
    Persistent,
    NonPersistent,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(in super::super) enum Status {
    Sent,
    Pending,
    Failed,
    Denied,
}

/// Where a JSON value is used, which determines how times are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Form {
    /// The body of a response: seconds since 1970.
    Answer,
    /// The payload of an event: ISO 8601.
    Event,
}

impl Form {
    pub(in super::super) fn time(self, time: Timestamp) -> Value {
        match self {
            Self::Answer => time.to_wire(),
            Self::Event => Value::from(time.to_string()),
        }
    }
}

impl MessageType {
    pub(in super::super) const fn name(self) -> &'static str {
        match self {
            Self::Standard => "STANDARD",
            Self::Control => "CONTROL",
        }
    }
}

impl Message {
    /// Returns whether `who`, as a member of the channel, may see the message.
    pub(in super::super) fn is_for(&self, who: &Arn) -> bool {
        let sender = self.sender.arn == *who;
        match self.status {
            Status::Sent => sender || self.target.as_ref().is_none_or(|target| target == who),
            Status::Pending | Status::Failed | Status::Denied => sender,
        }
    }

    /// Returns the message as the model's `ChannelMessage`.
    pub(in super::super) fn described(&self, channel: &Arn, form: Form) -> Value {
        let mut all = self.summary(form);
        all["ChannelArn"] = json!(channel);
        all["Persistence"] = json!(self.persistence);
        all["SubChannelId"] = json!(self.sub_channel);
        all
    }

    /// Returns the message as the model's `ChannelMessageSummary`.
    pub(in super::super) fn summary(&self, form: Form) -> Value {
        json!({
            "MessageId": self.id,
            "Content": self.body.content,
            "Metadata": self.body.metadata,
            "ContentType": self.body.content_type,
            "MessageAttributes": self.body.message_attributes,
            "Type": self.kind,
            "CreatedTimestamp": form.time(self.created),
            "LastUpdatedTimestamp": form.time(self.updated),
            "LastEditedTimestamp": self.edited.map(|time| form.time(time)),
            "Sender": self.sender,
            "Redacted": self.redacted,
            "Status": { "Value": self.status },
            "Target": self.target.as_ref().map(|target| json!([{ "MemberArn": target }])),
        })
    }
}
