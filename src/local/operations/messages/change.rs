//! Messages that were sent are edited, redacted and deleted.

use serde::Deserialize;
use serde_json::{Value, json};

use super::super::{Call, Operation, nothing, require};
use super::no_message;
use crate::local::arn::Arn;
use crate::local::model::Service;
use crate::local::refusal::{Refusal, forbidden};
use crate::local::state::{Body, Status, What};
use crate::local::unknowns::Redaction;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in super::super) struct UpdateChannelMessage {
    channel_arn: Arn,
    chime_bearer: Arn,
    message_id: String,
    content: String,
    metadata: Option<String>,
    content_type: Option<String>,
    sub_channel_id: Option<String>,
}

impl Operation for UpdateChannelMessage {
    const NAME: &'static str = "UpdateChannelMessage";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let caller = call.state.caller(&self.chime_bearer, &self.channel_arn)?;
        caller.takes_part(self.sub_channel_id.as_deref())?;
        let message = call.state.sent(&self.channel_arn, &self.message_id, self.sub_channel_id.as_deref())?;
        caller.is(&message.sender.arn)?;
        if message.redacted {
            return Err(forbidden("MessageId: the message was redacted"));
        }
        let mut message = message.clone();
        message.body.content = Some(self.content);
        message.body.metadata = self.metadata.or(message.body.metadata);
        message.body.content_type = self.content_type.or(message.body.content_type);
        message.body.check(message.kind)?;
        let processors = call.state.processors(&self.channel_arn, message.kind)?;
        let pending = !processors.is_empty();
        if pending {
            // What was sent stays what others read until the flow lets the new text out.
            message.status = Status::Pending;
            call.state.process(&self.channel_arn, message, What::Update, processors, &mut call.effects);
        } else {
            let now = call.state.now.max(message.created);
            (message.edited, message.updated) = (Some(now), now);
            call.state.channel_mut(&self.channel_arn)?.store(message.clone());
            call.state.tell_of_message("UPDATE", &self.channel_arn, &message, &mut call.effects);
        }
        Ok(json!({
            "ChannelArn": self.channel_arn,
            "MessageId": self.message_id,
            "SubChannelId": self.sub_channel_id,
            "Status": { "Value": if pending { Status::Pending } else { Status::Sent } },
        }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in super::super) struct RedactChannelMessage {
    channel_arn: Arn,
    chime_bearer: Arn,
    message_id: String,
    sub_channel_id: Option<String>,
}

impl Operation for RedactChannelMessage {
    const NAME: &'static str = "RedactChannelMessage";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let caller = call.state.caller(&self.chime_bearer, &self.channel_arn)?;
        caller.takes_part(self.sub_channel_id.as_deref())?;
        let message = call.state.sent(&self.channel_arn, &self.message_id, self.sub_channel_id.as_deref())?;
        // Only who can see a message that is for one member may do something to it.
        if !message.is_for(&caller.arn) {
            return Err(no_message(&self.message_id));
        }
        let may = caller.admin || caller.moderator || message.sender.arn == caller.arn;
        require(may, "only administrators, moderators and its sender may redact a message")?;
        let mut message = message.clone();
        message.body = match call.state.unknowns.redaction {
            Redaction::All => Body { content_type: message.body.content_type, ..Body::default() },
            Redaction::Content => Body { content: None, ..message.body },
        };
        (message.redacted, message.updated) = (true, call.state.now.max(message.created));
        call.state.channel_mut(&self.channel_arn)?.store(message.clone());
        call.state.tell_of_message("REDACT", &self.channel_arn, &message, &mut call.effects);
        Ok(json!({
            "ChannelArn": self.channel_arn,
            "MessageId": self.message_id,
            "SubChannelId": self.sub_channel_id,
        }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in super::super) struct DeleteChannelMessage {
    channel_arn: Arn,
    chime_bearer: Arn,
    message_id: String,
    sub_channel_id: Option<String>,
}

impl Operation for DeleteChannelMessage {
    const NAME: &'static str = "DeleteChannelMessage";
    const SERVICE: Service = Service::Messaging;

    fn run(self, call: &mut Call<'_>) -> Result<Value, Refusal> {
        let caller = call.state.caller(&self.chime_bearer, &self.channel_arn)?;
        require(caller.admin, "only administrators may delete messages")?;
        caller.reaches(self.sub_channel_id.as_deref())?;
        // They may delete what they cannot see, too.
        let message = call.state.sent(&self.channel_arn, &self.message_id, self.sub_channel_id.as_deref())?;
        let message = message.clone();
        call.state.tell_of_message("DELETE", &self.channel_arn, &message, &mut call.effects);
        call.state.channel_mut(&self.channel_arn)?.forget(&self.message_id);
        Ok(nothing())
    }
}
