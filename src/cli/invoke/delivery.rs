//! [`Delivery`]: an event, what the function did with it, and what the service would do next.

use std::time::Duration;

use serde_json::{Value, json};

use crate::event::Event;
use crate::loopback::{Callback, Completion};

/// An event, what the function did with it, and what the service would do next.
#[derive(Debug)]
pub(super) struct Delivery {
    /// The text fields, under their names in rules, as sent and as delivered.
    pub fields: Vec<ShownField>,
    pub result: DeliveryResult,
    pub callbacks: Vec<Callback>,
    /// The function's log line about its decision, if it writes one.
    pub log: Option<Value>,
    /// The time from when the function received the event until it finished.
    pub took: Option<Duration>,
}

/// A field of the message.
#[derive(Debug)]
pub(super) struct ShownField {
    pub name: &'static str,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// What happens to the message.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum DeliveryResult {
    Unchanged,
    Edited,
    Denied,
    /// It already had a reply.
    Duplicate,
    /// It has no reply and stays pending: only its sender ever sees it.
    Unanswered(String),
}

impl DeliveryResult {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::Edited => "edited",
            Self::Denied => "denied",
            Self::Duplicate => "duplicate",
            Self::Unanswered(_) => "unanswered",
        }
    }

    pub(super) fn is_answered(&self) -> bool {
        !matches!(self, Self::Unanswered(_))
    }
}

impl Delivery {
    pub(super) fn new(
        event: &str,
        ended: Result<Completion, String>,
        callbacks: Vec<Callback>,
        log: Option<Value>,
    ) -> Self {
        let taken = callbacks.iter().rev().find(|callback| callback.status == Some(200));
        let fields = fields(event, taken);
        let took = ended.as_ref().ok().map(|ended| ended.took);
        let result = match (taken, ended.map(|ended| ended.result)) {
            (Some(taken), _) if taken.body["DeleteResource"] == true => DeliveryResult::Denied,
            (Some(_), _) if fields.iter().all(|field| field.before == field.after) => {
                DeliveryResult::Unchanged
            }
            (Some(_), _) => DeliveryResult::Edited,
            (None, Ok(Ok(_))) if callbacks.is_empty() => {
                DeliveryResult::Unanswered("the function returned without a callback".into())
            }
            (None, Ok(Ok(_))) => DeliveryResult::Duplicate,
            (None, Ok(Err(failed))) => {
                DeliveryResult::Unanswered(format!("{}: {}", failed.error_type, failed.message))
            }
            (None, Err(why)) => DeliveryResult::Unanswered(why),
        };
        Self { fields, result, callbacks, log, took }
    }
}

/// Returns the texts of the event as sent and as delivered after the accepted callback `taken`: fields that it omits are unchanged.
fn fields(event: &str, taken: Option<&Callback>) -> Vec<ShownField> {
    let Ok(event) = Event::parse(event) else { return Vec::new() };
    let deleted = taken.is_none_or(|taken| taken.body["DeleteResource"] == true);
    let sent = taken.map_or(&Value::Null, |taken| &taken.body["ChannelMessage"]);
    let message = event.message;
    let attributes = Some(message.attributes).filter(|attributes| !attributes.is_empty());
    let sent_attributes = sent["MessageAttributes"].as_object().map(|attributes| {
        let value = |(name, value): (&String, &Value)| (name.clone(), value["StringValues"].clone());
        Value::from(attributes.iter().map(value).collect::<serde_json::Map<_, _>>()).to_string()
    });
    let sent_attributes = sent_attributes.map_or(Value::Null, Value::from);
    let fields = [
        ("content", Some(message.content), &sent["Content"]),
        ("push-title", message.push_title, &sent["PushNotification"]["Title"]),
        ("push-body", message.push_body, &sent["PushNotification"]["Body"]),
        ("metadata", message.metadata, &sent["Metadata"]),
        ("attributes", attributes.map(|attributes| json!(attributes).to_string()), &sent_attributes),
    ];
    let shown = |(name, before, sent): (_, Option<String>, &Value)| {
        let after = sent.as_str().map(str::to_owned).or_else(|| before.clone());
        ShownField { name, before, after: after.filter(|_| !deleted) }
    };
    fields.map(shown).into_iter().filter(|field| field.before.is_some() || field.after.is_some()).collect()
}
