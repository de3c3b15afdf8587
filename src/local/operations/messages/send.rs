//! `SendChannelMessage`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::super::{Call, Caller, ChannelInput, require};
use crate::local::arn::Arn;
use crate::local::refusal::{Refusal, bad_request, forbidden};
use crate::local::state::{
    Body, Change, Channel, MembershipKind, Message, MessageType, Persistence, Push, State, Status,
};
use crate::local::time::Timestamp;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Send {
    #[serde(flatten)]
    about: ChannelInput,
    r#type: MessageType,
    persistence: Persistence,
    content: String,
    metadata: Option<String>,
    content_type: Option<String>,
    message_attributes: Option<BTreeMap<String, Value>>,
    push_notification: Option<Push>,
    sub_channel_id: Option<String>,
    #[serde(default)]
    target: Vec<Target>,
}

/// The only member who receives a message.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Target {
    member_arn: Option<Arn>,
}

pub(in super::super) fn send(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let input: Send = call.input()?;
    let (caller, target) = input.check(call.state)?;
    let body = Body {
        content: Some(input.content),
        metadata: input.metadata,
        content_type: input.content_type,
        message_attributes: input.message_attributes,
        push_notification: input.push_notification,
    };
    body.check(input.r#type)?;
    let (id, now) = (call.state.ids.long(), call.state.now);
    let ChannelInput { channel_arn, .. } = &input.about;
    let processors = call.state.processors(channel_arn, input.r#type)?;
    let status = if processors.is_empty() { Status::Sent } else { Status::Pending };
    let channel = call.state.channels.channel_mut(channel_arn)?;
    let created = channel.next_time(now);
    let message = Message {
        id: id.clone(),
        sender: caller.identity,
        kind: input.r#type,
        persistence: input.persistence,
        body,
        target,
        sub_channel: input.sub_channel_id.clone(),
        created,
        updated: created,
        edited: None,
        redacted: false,
        status,
    };
    if input.persistence == Persistence::Persistent {
        channel.store(message.clone());
    }
    if status == Status::Pending {
        call.state.process(channel_arn, message, Change::Create, processors, &mut call.effects);
    } else {
        channel.note_last_message(&message);
        call.state.notify_of_message("CREATE", channel_arn, &message, &mut call.effects);
    }
    Ok(json!({
        "ChannelArn": channel_arn,
        "MessageId": id,
        "SubChannelId": input.sub_channel_id,
        "Status": { "Value": status },
    }))
}

impl Send {
    /// Returns the sender, and the only recipient if there is one.
    fn check(&self, state: &State) -> Result<(Caller, Option<Arn>), Refusal> {
        let caller = state.caller(&self.about.chime_bearer, &self.about.channel_arn)?;
        caller.is_in_the_channel()?;
        require(caller.member != Some(MembershipKind::Hidden), "a hidden member cannot send")?;
        caller.reaches(self.sub_channel_id.as_deref())?;
        if caller.sub_channel != self.sub_channel_id {
            return Err(forbidden("SubChannelId: the sender is not in that sub-channel"));
        }
        let target = self.target.first().and_then(|target| target.member_arn.clone());
        if let Some(target) = &target {
            let member = state.channels.channel(&self.about.channel_arn)?.members.get(target);
            if member.is_none_or(|member| member.sub_channel != self.sub_channel_id) {
                return Err(bad_request(format!("Target: {target} is not a member of the channel")));
            }
        }
        Ok((caller, target))
    }
}

impl Channel {
    /// Returns the time at which a message sent `now` counts as sent: later than that of every stored message.
    fn next_time(&self, now: Timestamp) -> Timestamp {
        let last = self.messages.last_key_value().map_or(Timestamp::default(), |(time, _)| *time);
        now.max(Timestamp::from_millis(last.millis() + 1))
    }
}
