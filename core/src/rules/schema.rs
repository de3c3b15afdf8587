//! The JSON Schema of a rules file, for editors: what they complete, explain and underline as one types.
//!
//! The part under `find` comes from the table of detectors. A test holds the rest to the loader: every key that it knows is here,
//! and every file that loads is valid.

use serde_json::{Map, Value, json};

use crate::detect::Detectors;
use crate::message::Field;

/// The JSON Schema of a rules file that may use `detectors`.
#[must_use]
pub fn schema(detectors: &Detectors) -> Value {
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Chimeflow rules",
        "type": "object",
        "required": ["version"],
        "additionalProperties": false,
        "properties": {
            "version": { "const": 1, "description": "The version of the language." },
            "defaults": defaults(),
            "message": message(),
            "file": { "type": "array", "items": file(), "description": "Files that lists name, where rules travel as one document. `chimeflow rules bundle` writes them." },
            "lists": groups("Words or domains that rules name.", &list()),
            "people": groups("Senders that rules are about.", &patterns("senders", "Patterns over ARNs, or the ends of ARNs, of users and bots.")),
            "places": groups("Channels that rules are about.", &patterns("channels", "Patterns over ARNs, or the ends of ARNs, of channels.")),
            "rule": { "type": "array", "items": rule(detectors), "description": "Rules run from top to bottom." },
            "test": { "type": "array", "items": test(), "description": "A message, and what becomes of it. Without a verdict it passes unchanged." },
        },
    })
}

fn described(description: &str, mut schema: Value) -> Value {
    schema["description"] = description.into();
    schema
}

fn text(description: &str) -> Value {
    json!({ "type": "string", "description": description })
}

fn texts(description: &str) -> Value {
    json!({ "type": "array", "items": { "type": "string" }, "description": description })
}

fn one_of(words: &[&str], description: &str) -> Value {
    json!({ "enum": words, "description": description })
}

/// An object with `properties` and no others.
fn object(description: &str, properties: &Value) -> Value {
    json!({ "type": "object", "additionalProperties": false, "properties": properties, "description": description })
}

/// Tables of the same kind, by name.
fn groups(description: &str, one: &Value) -> Value {
    json!({ "type": "object", "additionalProperties": one, "description": description })
}

fn patterns(key: &str, description: &str) -> Value {
    let mut properties = Map::new();
    properties.insert(key.to_owned(), texts(description));
    json!({ "type": "object", "additionalProperties": false, "required": [key], "properties": properties })
}

fn defaults() -> Value {
    object(
        "What rules go by unless they say otherwise.",
        &json!({
            "mode": mode(),
            "on-error": on_error(),
            "fold": one_of(&["strict", "plain"], "How far words are seen through disguises."),
            "mask": mask_character(),
        }),
    )
}

fn message() -> Value {
    object(
        "How messages are encoded.",
        &json!({
            "encoding": one_of(&["auto", "plain", "percent"], "Whether text is percent-encoded."),
            "json": texts("JSON pointers to the text, for clients that send JSON as content."),
            "empty": text("\"deny\", or the text to send when edits leave nothing of the content."),
        }),
    )
}

fn list() -> Value {
    object(
        "A named list.",
        &json!({
            "words": texts("Words and phrases; a `*` at an end stands for more letters."),
            "allow": texts("Words that are fine: what is found inside one of them does not count."),
            "domains": texts("Domains of links; `*.` stands for subdomains."),
            "file": text("A file beside this one with a word on each line."),
        }),
    )
}

fn file() -> Value {
    let mut file =
        object("", &json!({ "name": text("What a list's `file` calls it."), "text": text("What it says.") }));
    file["required"] = json!(["name", "text"]);
    file
}

fn rule(detectors: &Detectors) -> Value {
    let find: Map<String, Value> = detectors
        .all()
        .iter()
        .map(|kind| (kind.name.to_owned(), described(kind.summary, (kind.schema)())))
        .collect();
    json!({
        "type": "object",
        "required": ["id"],
        "additionalProperties": false,
        "properties": {
            "id": { "type": "string", "pattern": "^[A-Za-z][A-Za-z0-9_-]*$", "description": "Its name in logs, traces and conditions." },
            "why": text("Why it is there, for people."),
            "from": scope("Whose messages it is about: groups of `people`, or patterns over ARNs."),
            "in": scope("Which channels it is about: groups of `places`, or patterns over ARNs."),
            "on": on(),
            "find": {
                "type": "object",
                "minProperties": 1,
                "additionalProperties": false,
                "properties": find,
                "description": "What it finds. All of the detectors must find something.",
            },
            "when": text("What earlier rules must have found: rule ids, tags, `score >= 3`, `and`, `or`, `not`."),
            "do": action(),
            "points": {
                "oneOf": [{ "type": "integer" }, { "type": "object", "additionalProperties": { "type": "integer" } }],
                "description": "What it adds to the score, or what each kind of thing, or each severity, among what it finds adds.",
            },
            "tag": { "oneOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }], "description": "Names that it shares with other rules." },
            "mode": mode(),
            "severity": one_of(&["low", "medium", "high", "critical"], "How grave what it finds is, for the log."),
            "on-error": on_error(),
            "hit": texts("Texts that it must find something in."),
            "miss": texts("Texts that it must leave alone."),
        },
    })
}

fn test() -> Value {
    let mut test = object(
        "",
        &json!({
            "say": text("The content of the message."),
            "from": text("ARN of the sender, or the end of it."),
            "in": text("ARN of the channel, or the end of it."),
            "metadata": text("Metadata of the message."),
            "push-title": text("Title of its push notification."),
            "push-body": text("Body of its push notification."),
            "encoding": one_of(&["auto", "plain", "percent"], "\"percent\" sends `say` percent-encoded."),
            "gets": text("What people get instead."),
            "gets-metadata": text("The metadata they get instead."),
            "gets-push-title": text("The push title they get instead."),
            "gets-push-body": text("The push body they get instead."),
            "denied": text("The rule that denies it."),
            "by": texts("The rules that find something, in order."),
        }),
    );
    test["required"] = json!(["say"]);
    test
}

fn on() -> Value {
    let fields = Field::ALL.map(Field::name).join("|");
    json!({
        "type": "array",
        "minItems": 1,
        "items": { "type": "string", "pattern": format!("^({fields}|metadata:/.*)$") },
        "description": "Where it looks: content and push notification unless this says otherwise. `metadata:/a/b` is a place in JSON metadata.",
    })
}

fn scope(description: &str) -> Value {
    let some = json!({ "oneOf": [{ "type": "string" }, { "type": "array", "minItems": 1, "items": { "type": "string" } }] });
    let except = json!({ "type": "object", "required": ["except"], "additionalProperties": false, "properties": { "except": some } });
    json!({ "oneOf": [{ "type": "string" }, { "type": "array", "minItems": 1, "items": { "type": "string" } }, except], "description": description })
}

fn action() -> Value {
    let with = |key: &str, schema: Value| {
        let mut properties = Map::new();
        properties.insert(key.to_owned(), schema);
        json!({ "type": "object", "required": [key], "additionalProperties": false, "properties": properties })
    };
    json!({
        "oneOf": [
            { "enum": ["deny", "pass", "mask", "strip"] },
            with("mask", mask_character()),
            with("replace", text("The text to put there. `{kind}` becomes the kind of thing that was found.")),
            with("keep-last", json!({ "type": "integer", "minimum": 0, "description": "How many letters and digits stay readable." })),
            with("annotate", with("metadata", json!({ "type": "object", "description": "Members to put into the metadata." }))),
        ],
        "description": "What becomes of what it finds.",
    })
}

fn mode() -> Value {
    one_of(&["enforce", "shadow"], "In shadow a rule runs and is counted, and changes nothing.")
}

fn on_error() -> Value {
    one_of(&["deny", "pass"], "What becomes of a message that a rule cannot judge.")
}

fn mask_character() -> Value {
    json!({ "type": "string", "pattern": "^[!-~]$", "description": "One printable ASCII character." })
}
