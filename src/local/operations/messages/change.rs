//! Operations that update, redact and delete messages.

use serde::Deserialize;
use serde_json::{Value, json};

use super::super::{Call, ChannelInput, nothing, require};
use super::MessageInput;
use crate::local::refusal::{Refusal, forbidden};
use crate::local::state::{Body, Change, Status};
use crate::local::unknowns::Redaction;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Update {
    #[serde(flatten)]
    message: MessageInput,
    content: String,
    metadata: Option<String>,
    content_type: Option<String>,
}

pub(in super::super) fn update(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let Update { message: input, content, metadata, content_type } = call.input()?;
    let caller = call.caller(&input.about)?;
    caller.takes_part(input.sub_channel_id.as_deref())?;
    let message = call.state.sent(&input)?;
    caller.is(&message.sender.arn)?;
    if message.redacted {
        return Err(forbidden("MessageId: the message was redacted"));
    }
    let mut message = message.clone();
    message.body.content = Some(content);
    message.body.metadata = metadata.or(message.body.metadata);
    message.body.content_type = content_type.or(message.body.content_type);
    message.body.check(message.kind)?;
    let ChannelInput { channel_arn, .. } = &input.about;
    let processors = call.state.processors(channel_arn, message.kind)?;
    let status = if processors.is_empty() { Status::Sent } else { Status::Pending };
    if status == Status::Pending {
        // Until the flow delivers the update, others read the previous version.
        message.status = status;
        call.state.process(channel_arn, message, Change::Update, processors, &mut call.effects);
    } else {
        let now = call.state.now.max(message.created);
        (message.edited, message.updated) = (Some(now), now);
        call.state.channels.channel_mut(channel_arn)?.store(message.clone());
        call.state.notify_of_message("UPDATE", channel_arn, &message, &mut call.effects);
    }
    Ok(json!({
        "ChannelArn": channel_arn,
        "MessageId": input.message_id,
        "SubChannelId": input.sub_channel_id,
        "Status": { "Value": status },
    }))
}

pub(in super::super) fn redact(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let input: MessageInput = call.input()?;
    let caller = call.caller(&input.about)?;
    caller.takes_part(input.sub_channel_id.as_deref())?;
    let message = call.state.sent(&input)?;
    // A message for one member may be changed only by those who can see it.
    if !message.is_for(&caller.arn) {
        return Err(input.missing());
    }
    let may = caller.admin || caller.moderator || message.sender.arn == caller.arn;
    require(may, "only administrators, moderators and its sender may redact a message")?;
    let mut message = message.clone();
    message.body = match call.state.unknowns.redaction {
        Redaction::All => Body { content_type: message.body.content_type, ..Body::default() },
        Redaction::Content => Body { content: None, ..message.body },
    };
    (message.redacted, message.updated) = (true, call.state.now.max(message.created));
    let ChannelInput { channel_arn, .. } = &input.about;
    call.state.channels.channel_mut(channel_arn)?.store(message.clone());
    call.state.notify_of_message("REDACT", channel_arn, &message, &mut call.effects);
    Ok(json!({
        "ChannelArn": channel_arn,
        "MessageId": input.message_id,
        "SubChannelId": input.sub_channel_id,
    }))
}

pub(in super::super) fn delete(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let input: MessageInput = call.input()?;
    let caller = call.caller(&input.about)?;
    require(caller.admin, "only administrators may delete messages")?;
    caller.reaches(input.sub_channel_id.as_deref())?;
    // Administrators may also delete messages that they cannot see.
    let message = call.state.sent(&input)?.clone();
    let ChannelInput { channel_arn, .. } = &input.about;
    call.state.notify_of_message("DELETE", channel_arn, &message, &mut call.effects);
    call.state.channels.channel_mut(channel_arn)?.forget(&input.message_id);
    call.state.tokens.forget(&input.message_id);
    Ok(nothing())
}
