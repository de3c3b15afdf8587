//! `ChannelFlowCallback`: receives the verdict of a processor.

use serde::Deserialize;
use serde_json::{Value, json};

use super::Call;
use crate::local::arn::Arn;
use crate::local::refusal::{Refusal, bad_request, forbidden};
use crate::local::state::{Body, CALLBACK_WITHIN};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Decision {
    channel_arn: Arn,
    callback_id: String,
    #[serde(default)]
    delete_resource: bool,
    channel_message: Edited,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Edited {
    message_id: String,
    #[serde(flatten)]
    body: Body,
}

pub(super) fn call_back(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let Decision { channel_arn, callback_id, delete_resource, channel_message: edited } = call.input()?;
    let state = &mut *call.state;
    let waiting = state.deliveries.processing().get(&callback_id);
    let waiting = waiting.filter(|it| it.channel == channel_arn && it.message.id == edited.message_id);
    // Only one callback is accepted. AWS returns this error for a second one, and also for a message that never existed.
    let waiting = waiting.ok_or_else(|| state.unknowns.second_callback.refusal(&callback_id))?;
    if state.now.since(waiting.since) > CALLBACK_WITHIN {
        return Err(forbidden("the message waited for more than 48 hours"));
    }
    let mut decided = waiting.clone();
    if !delete_resource {
        decided.message.body.edit(edited.body);
        decided.message.body.check(decided.message.kind)?;
        if decided.message.body.content.is_none() {
            return Err(bad_request("ChannelMessage.Content: a message cannot be without content"));
        }
    }
    state.deliveries.called_back(&callback_id);
    state.decided(decided, delete_resource, &mut call.effects);
    Ok(json!({ "ChannelArn": channel_arn, "CallbackId": callback_id }))
}

impl Body {
    /// Applies a processor's edits. Fields that it omitted are unchanged.
    fn edit(&mut self, edited: Self) {
        fn take<T>(old: &mut Option<T>, new: Option<T>) {
            if new.is_some() {
                *old = new;
            }
        }
        take(&mut self.content, edited.content);
        take(&mut self.metadata, edited.metadata);
        take(&mut self.content_type, edited.content_type);
        take(&mut self.message_attributes, edited.message_attributes);
        take(&mut self.push_notification, edited.push_notification);
    }
}
