//! [`Failed`]: an event on which the function failed, as stored in the queue.
//!
//! Lambda's destinations wrap it in a record with the reason; its dead-letter queues contain the bare event. A message's text is stored
//! only in the event itself, which is passed to the function byte for byte.

use std::time::Duration;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::event::Event;

/// An event on which the function failed. It has no `Debug`, because it contains text.
pub(super) struct Failed {
    /// The event, as the service created it.
    pub event: String,
    pub callback: String,
    pub message: String,
    pub channel: String,
    /// The ARN of the function that failed, with its alias.
    pub function: Option<String>,
    /// The type of the function's error, or the reason why Lambda gave up.
    pub why: String,
    /// When the message was sent, or edited.
    pub since: Option<Timestamp>,
    /// When the record was created.
    pub recorded: Option<Timestamp>,
}

/// How long the service accepts a callback.
const ANSWERABLE: Duration = Duration::from_hours(48);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Record<'r> {
    timestamp: Option<String>,
    request_context: Option<Context>,
    #[serde(borrow)]
    request_payload: Option<&'r RawValue>,
    #[serde(borrow)]
    response_payload: Option<&'r RawValue>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Context {
    function_arn: Option<String>,
    condition: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Response {
    error_type: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Times {
    created_timestamp: Option<String>,
    last_edited_timestamp: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct TimedBody {
    channel_message: Times,
}

impl Failed {
    /// Parses the body of a message in the queue, which entered it at `queued`.
    ///
    /// # Errors
    /// If it contains no event that can be answered. The error names what is missing, and quotes nothing.
    pub(super) fn read(body: &str, queued: Option<Timestamp>) -> Result<Self, String> {
        let record: Record<'_> =
            serde_json::from_str(body).map_err(|_| "it is not a record that Lambda writes".to_owned())?;
        let event = record.request_payload.map_or(body, RawValue::get);
        let address = Event::parse(event).map_err(|error| error.to_string())?.address;
        let context = record.request_context.unwrap_or_default();
        let response: Response =
            record.response_payload.and_then(|it| serde_json::from_str(it.get()).ok()).unwrap_or_default();
        let times =
            serde_json::from_str::<TimedBody>(event).map(|timed| timed.channel_message).unwrap_or_default();
        let time = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<Timestamp>().ok());
        let why = response.error_type.or(context.condition).unwrap_or_else(|| "unknown".to_owned());
        Ok(Self {
            event: event.to_owned(),
            callback: address.callback_id,
            message: address.message_id,
            channel: address.channel,
            function: context.function_arn,
            why: name(&why),
            since: time(&times.last_edited_timestamp).max(time(&times.created_timestamp)).or(queued),
            recorded: time(&record.timestamp).max(queued),
        })
    }

    /// Returns how long the message has been waiting at `now`. If the clocks differ, the record's time counts as well, because a record
    /// is never from the future.
    pub(super) fn age(&self, now: Timestamp) -> Option<Duration> {
        let now = self.recorded.map_or(now, |recorded| recorded.max(now));
        Duration::try_from(now.duration_since(self.since?)).ok()
    }

    /// Returns whether the service no longer accepts a callback.
    pub(super) fn is_expired(&self, now: Timestamp) -> bool {
        self.age(now).is_some_and(|age| age > ANSWERABLE)
    }
}

/// Returns the name of an error in a printable form, on one line.
pub(super) fn name(text: &str) -> String {
    let fits = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | ':');
    let name: String = text.chars().filter(fits).take(48).collect();
    if name.is_empty() { "unknown".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const SENT: &str = "2026-08-14T10:11:12.345Z";

    fn event() -> serde_json::Value {
        json!({
            "EventType": "CHANNEL_MESSAGE_EVENT", "CallbackId": "call", "ChannelMessage": {
                "MessageId": "m", "ChannelArn": "c", "Content": "a  secret", "CreatedTimestamp": SENT,
                "Sender": { "Arn": "s" } } })
    }

    fn record(change: &serde_json::Value) -> String {
        let mut record = json!({
            "version": "1.0", "timestamp": "2026-08-14T10:14:12.345Z",
            "requestContext": { "functionArn": "arn:f:live", "condition": "RetriesExhausted", "approximateInvokeCount": 3 },
            "requestPayload": event(), "responsePayload": { "errorType": "Throttled", "errorMessage": "no" } });
        for (key, value) in change.as_object().into_iter().flatten() {
            record[key] = value.clone();
        }
        record.to_string()
    }

    fn read(body: &str) -> Failed {
        Failed::read(body, None).map_err(|why| panic!("{why}")).unwrap()
    }

    #[test]
    fn records_say_why_and_keep_the_event_as_it_is() {
        let failed = read(&record(&json!({})));
        assert_eq!(
            (failed.why.as_str(), failed.callback.as_str(), failed.message.as_str()),
            ("Throttled", "call", "m")
        );
        assert_eq!(failed.function.as_deref(), Some("arn:f:live"));
        assert_eq!(failed.event, event().to_string());
        assert_eq!(read(&record(&json!({ "responsePayload": null }))).why, "RetriesExhausted");
        assert_eq!(read(&record(&json!({ "responsePayload": "oops" }))).why, "RetriesExhausted");
        assert_eq!(
            read(&record(&json!({ "responsePayload": { "errorType": "a\n\u{1b}[31mb" } }))).why,
            "a31mb"
        );
    }

    #[test]
    fn a_dead_letter_is_the_bare_event() {
        let failed = read(&event().to_string());
        assert_eq!((failed.why.as_str(), failed.function), ("unknown", None));
        assert_eq!(failed.since, SENT.parse().ok());
    }

    #[test]
    fn what_cannot_be_answered_is_told_without_quoting_it() {
        for body in [
            "",
            "a secret",
            "[]",
            "{}",
            "{\"requestPayload\": 1}",
            "{\"requestPayload\": {\"CallbackId\": \"x\"}}",
        ] {
            let why = Failed::read(body, None).err().unwrap();
            assert!(!why.is_empty() && !why.contains("secret"), "{body}: {why}");
        }
    }

    #[test]
    fn a_message_can_be_answered_for_48_hours() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let failed = read(&record(&json!({})));
        assert!(!failed.is_expired(at("2026-08-16T10:11:12Z")));
        assert!(failed.is_expired(at("2026-08-16T10:11:13Z")));
        // A record from after `now` shows that the clock is slow.
        let late = read(&record(&json!({ "timestamp": "2026-08-16T11:00:00Z" })));
        assert!(late.is_expired(at("2026-08-14T10:12:00Z")));
        // An edit restarts the time.
        let mut edited = event();
        edited["ChannelMessage"]["LastEditedTimestamp"] = json!("2026-08-16T10:00:00Z");
        assert!(!read(&edited.to_string()).is_expired(at("2026-08-17T10:00:00Z")));
        // If the time is unknown, the service decides.
        let mut unknown = event();
        unknown["ChannelMessage"]["CreatedTimestamp"] = json!("yesterday");
        assert!(!read(&unknown.to_string()).is_expired(at("2030-01-01T00:00:00Z")));
    }
}
