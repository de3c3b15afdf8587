//! [`Event`]: the event that the service sends to a processor, parsed so that nothing in it can prevent a reply.
//!
//! The service documents the format of its event only loosely and promises no model. So every field is read on its own: a field that is
//! missing, new or malformed never affects the others. Three ids suffice for a reply.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::message::Message;

/// A message event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The destination of the reply.
    pub address: Address,
    /// The message.
    pub message: Message,
    /// The kind of the push notification, `DEFAULT` or `VOIP`.
    pub push_type: Option<String>,
    /// The names of the malformed fields of the message. A message with any of them cannot be judged.
    pub damage: Vec<&'static str>,
}

/// The ids by which the service matches a reply to a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The token of this delivery. The service accepts one reply for it.
    pub callback_id: String,
    /// ARN of the channel.
    pub channel: String,
    /// ID of the message.
    pub message_id: String,
    /// ID of the sub-channel, in an elastic channel.
    pub sub_channel: Option<String>,
}

/// An event for which no reply is possible.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the event cannot be answered: it has no readable {}", .missing.join(", "))]
pub struct NotAnEvent {
    /// The names of the missing fields that a reply requires.
    pub missing: Vec<&'static str>,
}

impl Event {
    /// Parses an event.
    ///
    /// # Errors
    /// If `json` does not contain the three ids that a reply requires.
    pub fn parse(json: &str) -> Result<Self, NotAnEvent> {
        let event = Fields::read(json);
        let message = event.object("ChannelMessage");
        let ids = [
            ("CallbackId", event.id("CallbackId")),
            ("ChannelMessage.ChannelArn", message.id("ChannelArn")),
            ("ChannelMessage.MessageId", message.id("MessageId")),
        ];
        let [Some(callback_id), Some(channel), Some(message_id)] = ids.each_ref().map(|(_, id)| id.clone())
        else {
            let missing = ids.iter().filter(|(_, id)| id.is_none()).map(|(name, _)| *name);
            return Err(NotAnEvent { missing: missing.collect() });
        };

        let mut reader = Reader::default();
        let (sender, push) = (message.object("Sender"), message.object("PushNotification"));
        if message.has("PushNotification") && push.0.is_empty() {
            reader.damage.push("PushNotification");
        }
        // The documentation of elastic channels writes this key in lower camel case, that of the callback in upper camel case.
        let sub_channel = match reader.text("SubChannelId", &message, "SubChannelId") {
            None => reader.text("SubChannelId", &message, "subChannelId"),
            some => some,
        };
        Ok(Self {
            message: Message {
                channel: channel.clone(),
                sender: reader.required("Sender.Arn", &sender, "Arn"),
                content: reader.required("Content", &message, "Content"),
                metadata: reader.text("Metadata", &message, "Metadata"),
                push_title: reader.text("PushNotification.Title", &push, "Title"),
                push_body: reader.text("PushNotification.Body", &push, "Body"),
                attributes: attributes(&message),
                id: message_id.clone(),
                sent: message.time("CreatedTimestamp"),
                order: None,
                edited: message.time("LastEditedTimestamp"),
            },
            push_type: push.id("Type"),
            address: Address { callback_id, channel, message_id, sub_channel },
            damage: reader.damage,
        })
    }
}

/// The fields of a JSON object, not yet decoded; none if the JSON is not an object.
#[derive(Default)]
struct Fields<'j>(BTreeMap<String, &'j RawValue>);

impl<'j> Fields<'j> {
    fn read(json: &'j str) -> Self {
        Self(serde_json::from_str(json).unwrap_or_default())
    }

    /// Returns the field called `name`; `null` counts as absent.
    fn get(&self, name: &str) -> Option<&'j RawValue> {
        self.0.get(name).copied().filter(|value| value.get() != "null")
    }

    fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    fn object(&self, name: &str) -> Self {
        self.get(name).map(|value| Self::read(value.get())).unwrap_or_default()
    }

    /// Returns a time in milliseconds since 1970. Accepts both RFC 3339, in which the service writes times, and a number of seconds
    /// since 1970, which its other interfaces use.
    fn time(&self, name: &str) -> Option<i64> {
        let value = self.get(name)?;
        if let Some(text) = read::<String>(value) {
            return text.parse::<Timestamp>().ok().map(Timestamp::as_millisecond);
        }
        let seconds: f64 = read(value)?;
        Timestamp::from_duration(SignedDuration::try_from_secs_f64(seconds).ok()?)
            .ok()
            .map(Timestamp::as_millisecond)
    }

    /// Returns a non-empty string.
    fn id(&self, name: &str) -> Option<String> {
        self.get(name).and_then(read::<String>).filter(|id| !id.is_empty())
    }
}

/// Reads texts, and records which of them are malformed.
#[derive(Default)]
struct Reader {
    damage: Vec<&'static str>,
}

impl Reader {
    /// Returns the text `key` of `fields`, which `damage` calls `name`.
    fn text(&mut self, name: &'static str, fields: &Fields<'_>, key: &str) -> Option<String> {
        let value = fields.get(key)?;
        let text = read(value);
        if text.is_none() {
            self.damage.push(name);
        }
        text
    }

    /// Reads a text like [`Self::text`]; its absence counts as malformed.
    fn required(&mut self, name: &'static str, fields: &Fields<'_>, key: &str) -> String {
        if !fields.has(key) {
            self.damage.push(name);
        }
        self.text(name, fields, key).unwrap_or_default()
    }
}

/// Returns the message attributes that have the format of the model; others are ignored. The service does not promise to deliver
/// attributes at all, and a reply without them leaves them unchanged.
fn attributes(message: &Fields<'_>) -> BTreeMap<String, Vec<String>> {
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Attribute {
        string_values: Vec<String>,
    }
    let attributes = message.object("MessageAttributes").0;
    let values = |(name, value): (String, &RawValue)| Some((name, read::<Attribute>(value)?.string_values));
    attributes.into_iter().filter_map(values).collect()
}

fn read<'j, T: Deserialize<'j>>(value: &'j RawValue) -> Option<T> {
    serde_json::from_str(value.get()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(message: &str) -> Event {
        Event::parse(&format!(
            r#"{{"EventType":"NEW_KIND","CallbackId":"cb","ChannelMessage":{{"MessageId":"m","ChannelArn":"c",{message}}}}}"#
        ))
        .unwrap()
    }

    #[test]
    fn every_field_is_read() {
        let event = event(
            r#""Content":"hi","Metadata":"{}","Sender":{"Arn":"a","Name":"A"},"Persistence":"PERSISTENT","Type":"STANDARD",
               "PushNotification":{"Title":"t","Body":"b","Type":"VOIP"},"MessageAttributes":{"k":{"StringValues":["v"]}},
               "SubChannelId":"s","CreatedTimestamp":17,"LastEditedTimestamp":{},"New":[]"#,
        );
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(event.damage, [""; 0]);
        assert_eq!(event.push_type, text("VOIP"));
        assert_eq!(
            event.address,
            Address {
                callback_id: "cb".into(),
                channel: "c".into(),
                message_id: "m".into(),
                sub_channel: text("s")
            }
        );
        let Message {
            channel,
            sender,
            content,
            metadata,
            push_title,
            push_body,
            attributes,
            id,
            sent,
            edited,
            order,
        } = event.message;
        assert_eq!((&*id, sent, edited, order), ("m", Some(17_000), None, None));
        assert_eq!([channel, sender, content], ["c", "a", "hi"]);
        assert_eq!([metadata, push_title, push_body], [text("{}"), text("t"), text("b")]);
        assert_eq!(attributes, BTreeMap::from([("k".to_owned(), vec!["v".to_owned()])]));
    }

    #[test]
    fn fields_that_are_not_what_they_should_be_are_damage_and_cost_no_other() {
        let sound = r#""Sender":{"Arn":"a"},"Content":"hi""#;
        let cases: &[(&str, &[&str])] = &[
            (r#""Content":7,"Sender":{"Arn":"a"}"#, &["Content"]),
            (r#""Content":null,"Sender":{"Arn":"a"}"#, &["Content"]),
            (r#""Content":"\ud800","Sender":{"Arn":"a"}"#, &["Content"]),
            (r#""Sender":{"Arn":"a"}"#, &["Content"]),
            (r#""Content":"hi""#, &["Sender.Arn"]),
            (r#""Content":"hi","Sender":"me""#, &["Sender.Arn"]),
            (&format!(r#"{sound},"Metadata":{{}}"#), &["Metadata"]),
            (&format!(r#"{sound},"Metadata":null"#), &[]),
            (&format!(r#"{sound},"PushNotification":"hi""#), &["PushNotification"]),
            (&format!(r#"{sound},"PushNotification":{{"Body":[]}}"#), &["PushNotification.Body"]),
            (&format!(r#"{sound},"SubChannelId":7"#), &["SubChannelId"]),
            (&format!(r#"{sound},"MessageAttributes":[1]"#), &[]),
            (&format!(r#"{sound},"Sender":{{"Arn":"a"}}"#), &[]),
        ];
        for (fields, damage) in cases {
            assert_eq!(event(fields).damage, *damage, "{fields}");
        }
    }

    #[test]
    fn the_sub_channel_is_found_in_either_casing() {
        let sub_channel =
            |key| event(&format!(r#""Content":"hi","Sender":{{"Arn":"a"}},"{key}":"s""#)).address.sub_channel;
        assert_eq!(sub_channel("SubChannelId").as_deref(), Some("s"));
        assert_eq!(sub_channel("subChannelId").as_deref(), Some("s"));
    }

    #[test]
    fn what_cannot_be_answered_says_what_is_missing() {
        let all = ["CallbackId", "ChannelMessage.ChannelArn", "ChannelMessage.MessageId"];
        let cases: &[(&str, &[&str])] = &[
            ("{}", &all),
            ("[]", &all),
            ("7", &all),
            (r#""text""#, &all),
            ("null", &all),
            (r#"{"CallbackId":"cb","ChannelMessage":"text"}"#, &all[1..]),
            (r#"{"CallbackId":"","ChannelMessage":{"ChannelArn":"c","MessageId":"m"}}"#, &all[..1]),
            (r#"{"CallbackId":"cb","ChannelMessage":{"ChannelArn":"c","MessageId":5}}"#, &all[2..]),
        ];
        for (json, missing) in cases {
            assert_eq!(Event::parse(json).unwrap_err().missing, *missing, "{json}");
        }
        assert_eq!(
            Event::parse(r#"{"CallbackId":"cb","ChannelMessage":{"MessageId":"m"}}"#)
                .unwrap_err()
                .to_string(),
            "the event cannot be answered: it has no readable ChannelMessage.ChannelArn"
        );
    }
}
