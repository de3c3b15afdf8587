//! [`Rows`]: converts records to messages.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::error::Category;
use serde_json::{Map, Value, json};

use super::Line;
use super::record::{Body, Columns, Record};
use super::time::{self, TIMES};
use crate::cli::output::errln;
use crate::cli::printable::plain;
use crate::cli::style::EDITED;
use crate::event::Event;
use crate::message::Message;
use crate::rules::{channel_arn, sender_arn};

/// The keys and columns for the text of a message, in the order in which they are tried: the first is Chimeflow's own, the others are those
/// of exports.
pub(super) const TEXTS: [&str; 4] = ["text", "content", "message", "body"];

/// Converts records to messages, and notes what it does not read.
pub(super) struct Rows {
    /// The key of the text, if the user named it.
    text: Option<String>,
    notes: Mutex<Notes>,
}

/// Notes about a corpus for the user, with the number of records that each concerns.
#[derive(Default)]
struct Notes {
    /// Unknown keys that resemble known ones, and the known key that each probably stands for.
    unread: BTreeMap<String, (u64, &'static str)>,
    /// Keys in which the text was found, other than the one that the user named and Chimeflow's own.
    texts: BTreeMap<&'static str, u64>,
    /// Records that are not messages, by the reason.
    skipped: BTreeMap<String, u64>,
    /// Lists of messages that are not read, and the line on which the first of each name begins.
    lists: BTreeMap<String, u64>,
}

/// The content of a record.
enum Content {
    Message(Box<Message>, Option<Timestamp>),
    /// No message, for this reason.
    Nothing(String),
    /// No message; a note was made.
    NotRead,
}

type Object = Map<String, Value>;

impl Rows {
    /// Creates a converter for messages whose text is at the key `text`.
    pub(super) fn new(text: Option<String>) -> Self {
        Self { text, notes: Mutex::default() }
    }

    /// Returns the message of `record`; `None` for a record of something else, such as a deletion.
    pub(super) fn read(&self, Record { number, body }: Record) -> Option<Line> {
        let found = body.and_then(|body| match body {
            Body::PassedOver(list) => {
                self.note(|notes| {
                    let first = notes.lists.entry(list).or_insert(number);
                    *first = number.min(*first);
                });
                Ok(Content::NotRead)
            }
            Body::Json(text, channel) => self.json(&text, channel.as_ref(), true),
            Body::Cells(columns, row) => self.cells(&columns, &row),
            Body::Text(text) => Ok(Content::text(text)),
        });
        match found {
            Ok(Content::Message(mut message, at)) => {
                // Without an id, each line is a separate message that was sent after the lines before it.
                if message.id.is_empty() {
                    message.id = number.to_string();
                    message.order = Some(number);
                }
                message.sent = at.map(Timestamp::as_millisecond);
                Some(Line { number, message: Ok(*message), at })
            }
            Ok(Content::NotRead) => None,
            Ok(Content::Nothing(why)) => {
                self.note(|notes| *notes.skipped.entry(why).or_default() += 1);
                None
            }
            Err(why) => Some(Line { number, message: Err(why), at: None }),
        }
    }

    /// Reads JSON: a text, a message in Chimeflow's format or that of an export, or an event of the service. A record of Kinesis may
    /// contain another.
    fn json(&self, text: &str, channel: Option<&Arc<str>>, may_contain: bool) -> Result<Content, String> {
        let object = match serde_json::from_str(text).map_err(|error| not_json(&error))? {
            Value::Object(object) => object,
            Value::String(text) => return Ok(Content::text(text)),
            _ => return Err("expected an object with `text`, or a text in quotes".to_owned()),
        };
        if may_contain && let Some(data) = kinesis_data(&object) {
            let bytes = aws_smithy_types::base64::decode(data)
                .map_err(|_| "expected the data of a Kinesis record in base64".to_owned())?;
            let text = String::from_utf8(bytes)
                .map_err(|_| "the data of this Kinesis record is not UTF-8 text".to_owned())?;
            return self.json(&text, None, false);
        }
        match (
            object.get("EventType").and_then(Value::as_str),
            object.get("Payload"),
            object.get("ChannelMessage"),
        ) {
            (Some("CREATE_CHANNEL_MESSAGE" | "UPDATE_CHANNEL_MESSAGE"), Some(Value::Object(payload)), _) => {
                service(payload, channel, object.get("EventType") != Some(&json!("CREATE_CHANNEL_MESSAGE")))
            }
            (Some("CREATE_CHANNEL_MESSAGE" | "UPDATE_CHANNEL_MESSAGE"), Some(_), _) => {
                Err("expected `Payload` to be an object with the message".to_owned())
            }
            (Some(other), Some(_), _) => Ok(Content::Nothing(other.to_owned())),
            (_, _, Some(Value::Object(message))) => service(message, channel, true),
            _ if object.contains_key("MessageId") || object.contains_key("Content") => {
                service(&object, channel, false)
            }
            _ => self.ours(&object),
        }
    }

    /// Reads an object in Chimeflow's format or that of an exporter.
    fn ours(&self, object: &Object) -> Result<Content, String> {
        let get = |key: &str| match object.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(_) => Err(format!("expected `{key}` to be a string")),
        };
        let at = TIMES.iter().find_map(|key| time::read(object.get(*key)?));
        let text = match &self.text {
            Some(key) => get(key)?.ok_or_else(|| format!("expected a key `{key}` with the text")),
            None => self.text(get),
        };
        let found = self.message(text?, at, object.keys().map(String::as_str), get)?;
        let Content::Message(message, at) = found else { return Ok(found) };
        let attributes =
            object.get("attributes").filter(|it| !it.is_null()).map_or(Ok(BTreeMap::new()), attributes)?;
        Ok(Content::Message(Box::new(Message { attributes, ..*message }), at))
    }

    fn cells(&self, columns: &Columns, row: &csv::StringRecord) -> Result<Content, String> {
        if columns.names.is_empty() {
            let number: usize = columns.text.parse().unwrap_or(1);
            let text = row
                .get(number - 1)
                .ok_or_else(|| format!("expected {number} columns, found {}", row.len()))?;
            return Ok(Content::text(text.to_owned()));
        }
        let cell = |name: &str| {
            let at = columns.names.iter().position(|it| it == name)?;
            row.get(at).filter(|cell| !cell.is_empty())
        };
        let text =
            cell(&columns.text).ok_or_else(|| format!("expected a text in column `{}`", columns.text))?;
        let at = TIMES.iter().find_map(|key| time::read(&cell(key)?.into()));
        let names = columns.names.iter().map(String::as_str).filter(|name| *name != columns.text);
        self.message(text.to_owned(), at, names, |name| Ok(cell(name).map(str::to_owned)))
    }

    /// Returns the text of an object if the user named no key for it.
    fn text(&self, get: impl Fn(&str) -> Result<Option<String>, String>) -> Result<String, String> {
        for key in TEXTS {
            if let Some(text) = get(key)? {
                if key != TEXTS[0] {
                    self.note(|notes| *notes.texts.entry(key).or_default() += 1);
                }
                return Ok(text);
            }
        }
        Err("expected an object with `text`; --column names another key".to_owned())
    }

    fn message<'k>(
        &self,
        content: String,
        at: Option<Timestamp>,
        keys: impl Iterator<Item = &'k str>,
        get: impl Fn(&str) -> Result<Option<String>, String>,
    ) -> Result<Content, String> {
        for key in keys {
            if let Some(meant) = meant(key)
                && get(meant)?.is_none()
            {
                self.note(|notes| notes.unread.entry(key.to_owned()).or_insert((0, meant)).0 += 1);
            }
        }
        let message = Message {
            content,
            sender: sender_arn(&get("from")?.unwrap_or_default()),
            channel: channel_arn(&get("in")?.unwrap_or_default()),
            metadata: get("metadata")?,
            push_title: get("push-title")?,
            push_body: get("push-body")?,
            id: get("id").ok().flatten().unwrap_or_default(),
            ..Message::default()
        };
        Ok(Content::Message(Box::new(message), at))
    }

    fn note(&self, note: impl FnOnce(&mut Notes)) {
        note(&mut self.notes.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Prints the notes on standard error.
    pub(super) fn print_notes(&self) {
        let notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        for (key, count) in &notes.texts {
            errln!(
                "read the text of {count} {} from `{key}`",
                if *count == 1 { "message" } else { "messages" }
            );
        }
        for (why, count) in &notes.skipped {
            let records = if *count == 1 { "1 record".to_owned() } else { format!("{count} records") };
            errln!("skipped {records} without a new text: {why}");
        }
        for (list, line) in &notes.lists {
            let list = plain(list);
            errln!(
                "{EDITED}warning:{EDITED:#} the list `{list}` on line {line} is not read, because another has the messages: \
                 make a file of it to read it, too"
            );
        }
        for (key, (count, meant)) in &notes.unread {
            let lines = if *count == 1 { "1 line has".to_owned() } else { format!("{count} lines have") };
            errln!("{EDITED}warning:{EDITED:#} {lines} `{key}`, which is not read: did you mean `{meant}`?");
        }
    }
}

impl Content {
    fn text(content: String) -> Self {
        Self::Message(Box::new(Message { content, ..Message::default() }), None)
    }
}

/// Reads message attributes: lists of texts by name.
fn attributes(value: &Value) -> Result<BTreeMap<String, Vec<String>>, String> {
    BTreeMap::deserialize(value)
        .map_err(|_| "expected `attributes` to be an object with a list of texts for each name".to_owned())
}

/// Returns what is wrong with a value. The parser's own message is not used, because it may quote the value, which contains message text.
fn not_json(error: &serde_json::Error) -> String {
    match error.classify() {
        Category::Eof => "the line is cut off: expected a JSON object".to_owned(),
        _ => format!("not JSON from column {} on: expected an object with `text`", error.column()),
    }
}

/// Returns the data of a Kinesis record, as Lambda delivers it or as `get-records` prints it.
fn kinesis_data(object: &Object) -> Option<&str> {
    let of_lambda = object.get("kinesis").and_then(|kinesis| kinesis.get("data"));
    let of_kinesis = || object.get("Data").filter(|_| object.contains_key("SequenceNumber"));
    of_lambda.or_else(of_kinesis)?.as_str()
}

/// Replaces an id that a record lacks.
const UNKNOWN: &str = "unknown";

/// Reads a message in the service's format. The messages that a processor receives have the same members, so the same reader reads them.
fn service(message: &Object, channel: Option<&Arc<str>>, may_be_edit: bool) -> Result<Content, String> {
    if message.get("Content").is_none_or(|content| content.is_null() || content == "") {
        let is_redacted = message.get("Redacted").and_then(Value::as_bool) == Some(true);
        return Ok(Content::Nothing(if is_redacted { "redacted" } else { "no content" }.to_owned()));
    }
    let mut message = message.clone();
    let mut default = |key: &str, value: Value| {
        message.entry(key).or_insert(value);
    };
    default("MessageId", UNKNOWN.into());
    default("ChannelArn", channel.map_or(UNKNOWN, |channel| channel).into());
    default("Sender", json!({ "Arn": UNKNOWN }));
    let at = message.get("CreatedTimestamp").and_then(time::read);
    let event = json!({ "CallbackId": UNKNOWN, "ChannelMessage": message }).to_string();
    let Event { mut message, damage, .. } = Event::parse(&event).map_err(|error| error.to_string())?;
    if !damage.is_empty() {
        return Err(format!("expected a message of the service; it has no readable {}", damage.join(", ")));
    }
    for name in [&mut message.channel, &mut message.sender, &mut message.id] {
        if name == UNKNOWN {
            name.clear();
        }
    }
    message.edited = message.edited.filter(|_| may_be_edit);
    Ok(Content::Message(Box::new(message), at))
}

/// Returns the known key that an unknown one probably stands for.
fn meant(key: &str) -> Option<&'static str> {
    let plain: String = key.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let meant = match &*plain {
        "sender" | "senderarn" | "user" | "userarn" | "userid" | "author" | "authorid" | "from" => "from",
        "channel" | "channelarn" | "channelid" | "room" | "roomid" | "in" => "in",
        "metadata" | "meta" => "metadata",
        "pushtitle" | "notificationtitle" => "push-title",
        "pushbody" | "notificationbody" => "push-body",
        _ => return None,
    };
    (key != meant).then_some(meant)
}
