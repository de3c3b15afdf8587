//! The events that every contender receives: the lines of `messages.txt`, in the service's format.

use serde_json::{Value, json};

const CHANNEL: &str =
    "arn:aws:chime:us-east-1:111122223333:app-instance/694d2099-cb1e-463e-9d64-697ff5b8950e/channel/general";
const SENDER: &str =
    "arn:aws:chime:us-east-1:111122223333:app-instance/694d2099-cb1e-463e-9d64-697ff5b8950e/user/ben-77e0";

/// The texts, in the order in which they are sent. The first contains a word that every filter knows.
pub(crate) fn texts() -> impl ExactSizeIterator<Item = &'static str> + Clone {
    const TEXTS: &str = include_str!("messages.txt");
    TEXTS.lines().collect::<Vec<_>>().into_iter()
}

/// Returns the event with message `number`; after the last text comes the first again.
pub(crate) fn event(number: usize) -> Value {
    let text = texts().nth(number % texts().len());
    json!({
        "EventType": "CHANNEL_MESSAGE_EVENT",
        "CallbackId": format!("ba7c2eab-0c40-4f54-a4bb-{number:012x}"),
        "ChannelMessage": {
            "MessageId": format!("fd4de2ee50bd38b931b8710550a081d104e08f420ed9b04d2785{number:012x}"),
            "ChannelArn": CHANNEL,
            "Content": text,
            "Metadata": r#"{"clientId":"web-4.2"}"#,
            "Sender": {"Arn": SENDER, "Name": "Ben"},
            "Persistence": "PERSISTENT",
            "Type": "STANDARD",
            "CreatedTimestamp": "2026-08-14T10:02:14.246Z",
        },
    })
}
