//! The wire format of `ChannelFlowCallback`: JSON of the protocol `restJson1`.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::reply::{Answer, Push, Reply};

/// Characters that are encoded in a segment of a path.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Request<'a> {
    callback_id: &'a str,
    channel_message: ChannelMessage<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delete_resource: Option<bool>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct ChannelMessage<'a> {
    message_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    push_notification: Option<PushNotification<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message_attributes: Option<BTreeMap<&'a str, Attribute<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sub_channel_id: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct PushNotification<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<&'a str>,
    #[serde(rename = "Type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Attribute<'a> {
    string_values: &'a [String],
}

/// Returns the path and the query of the request with `reply`.
pub(super) fn path(reply: &Reply) -> String {
    let channel = utf8_percent_encode(&reply.to.channel, ENCODED);
    format!("/channels/{channel}?operation=channel-flow-callback")
}

/// Returns the body of the request with `reply`.
pub(super) fn body(reply: &Reply) -> serde_json::Result<String> {
    let to = &reply.to;
    let mut message = ChannelMessage {
        message_id: &to.message_id,
        content: None,
        metadata: None,
        push_notification: None,
        message_attributes: None,
        sub_channel_id: to.sub_channel.as_deref(),
    };
    let mut delete_resource = None;
    match &reply.answer {
        Answer::Delete => delete_resource = Some(true),
        Answer::Deliver(delivery) => {
            message.content = delivery.content.as_deref();
            message.metadata = delivery.metadata.as_deref();
            message.push_notification = delivery.push.as_ref().map(notification);
            message.message_attributes = delivery.attributes.as_ref().map(|all| {
                all.iter().map(|(name, values)| (&**name, Attribute { string_values: values })).collect()
            });
        }
    }
    serde_json::to_string(&Request {
        callback_id: &to.callback_id,
        channel_message: message,
        delete_resource,
    })
}

fn notification(push: &Push) -> PushNotification<'_> {
    let Push { title, body, kind } = push;
    PushNotification { title: title.as_deref(), body: body.as_deref(), kind: kind.as_deref() }
}

#[cfg(test)]
mod tests;
