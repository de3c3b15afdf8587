//! Decodes the encodings that real clients apply to a field's text.
//!
//! ```text
//! field ──percent──> text ──JSON──> strings ──percent──> what somebody reads
//! ```
//!
//! Each step is optional and keeps an offset map ([`Offsets`]), so that an edit rewrites only the bytes that it replaces. Text that
//! cannot be decoded is treated as plain text, and rules see it unchanged.

use std::ops::Range;

use super::format::Format;
use super::json::{Json, JsonType, Value, unescape};
use super::layer::{Layer, Step};
use super::offsets::Offsets;
use super::part::Part;
use super::percent::unpercent;
use crate::message::Field;

/// Decodes the percent-encoding of all of `raw`, the text of a field. Returns the offset map if it was encoded.
pub(crate) fn whole(raw: &str, format: &Format) -> (String, Option<Offsets>) {
    unpercent(raw, format.encoding).map_or_else(|| (raw.to_owned(), None), |(text, map)| (text, Some(map)))
}

/// Decodes `raw`, the text of `field`, into its readable strings.
pub(super) fn decode(field: Field, raw: &str, format: &Format) -> Vec<Part> {
    let (text, outer) = match unpercent(raw, format.encoding) {
        Some((text, map)) => (text, Some(Step { layer: Layer::Percent, map, start: 0 })),
        None => (raw.to_owned(), None),
    };
    let Some(strings) = json_strings(field, &text, format) else {
        let steps = outer.into_iter().collect();
        return vec![Part::new(String::new(), text, true, steps)];
    };
    let inside = |JsonString { pointer, range, is_shown }: JsonString| {
        let (text, map) = unescape(&text[range.clone()]);
        let mut steps = vec![Step { layer: Layer::Json, map, start: range.start }];
        if let Some(outer) = &outer {
            steps.push(Step { layer: Layer::Percent, map: outer.map.clone(), start: 0 });
        } else if let Some((text, map)) = unpercent(&text, format.encoding) {
            steps.insert(0, Step { layer: Layer::Percent, map, start: 0 });
            return Part::new(pointer, text, is_shown, steps);
        }
        Part::new(pointer, text, is_shown, steps)
    };
    strings.into_iter().map(inside).collect()
}

/// A string in JSON that rules read.
struct JsonString {
    pointer: String,
    /// Its range between the quotes.
    range: Range<usize>,
    is_shown: bool,
}

/// Returns the strings in the JSON of `text` that rules read, possibly none; `None` if all of `text` is to be read as plain text.
///
/// Rules read only strings, so edits keep the JSON valid and its structure unchanged.
fn json_strings(field: Field, text: &str, format: &Format) -> Option<Vec<JsonString>> {
    let first = text.bytes().find(|byte| !byte.is_ascii_whitespace())?;
    let may_be_opened = match field {
        Field::Metadata => true,
        // An attribute value is a string already, so a number in it is text that somebody wrote.
        Field::Attributes => matches!(first, b'{' | b'[' | b'"'),
        Field::Content => matches!(first, b'{' | b'['),
        Field::PushTitle | Field::PushBody => false,
    };
    let json = may_be_opened.then(|| Json::parse(text))??;
    let all = field != Field::Content || is_lex_envelope(&json);
    let (mut strings, mut is_opened) = (Vec::new(), all);
    json.walk(|pointer, value| {
        let is_below = |of: &String| {
            pointer.strip_prefix(&**of).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if !all && !format.json.iter().any(is_below) {
            return;
        }
        is_opened = true;
        if let Some(range) = value.string_range() {
            let is_shown = field == Field::Content && !(all && pointer.ends_with("/ContentType"));
            strings.push(JsonString { pointer: pointer.to_owned(), range, is_shown });
        }
    });
    is_opened.then_some(strings)
}

/// Returns whether `json` is the envelope in which the service wraps the text of a Lex bot:
/// `{"Messages":[{"Content":"…","ContentType":"…"}]}`.
///
/// Any other member makes it plain text, so that an envelope cannot hide text from rules.
fn is_lex_envelope(json: &Json<'_>) -> bool {
    const MEMBERS: [&str; 3] = ["Content", "ContentType", "ImageResponseCard"];
    let is_message = |message: Value<'_>| {
        let known = |member: Value<'_>| member.key().is_some_and(|key| MEMBERS.contains(&&*key));
        message.json_type() == JsonType::Object
            && message.children().next().is_some()
            && message.children().all(known)
    };
    let are_messages = |member: Value<'_>| {
        member.key().as_deref() == Some("Messages")
            && member.json_type() == JsonType::Array
            && member.children().next().is_some()
            && member.children().all(is_message)
    };
    let root = json.root();
    root.json_type() == JsonType::Object
        && root.children().next().is_some()
        && root.children().all(are_messages)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Encoding;

    fn read(field: Field, raw: &str, format: &Format) -> Vec<(String, String)> {
        let read = |part: &Part| (part.pointer().to_owned(), part.view().text().to_owned());
        decode(field, raw, format).iter().map(read).collect()
    }

    #[track_caller]
    fn check(raw: &str, expected: &[(&str, &str)]) {
        let format = Format { json: vec!["/text".into()], ..Format::default() };
        let expected: Vec<_> = expected.iter().map(|(p, t)| ((*p).to_owned(), (*t).to_owned())).collect();
        assert_eq!(read(Field::Content, raw, &format), expected);
    }

    #[test]
    fn percent_encoding_is_what_encode_uri_component_makes() {
        check("Hello%20%F0%9F%98%80", &[("", "Hello 😀")]);
        check("a%20b c", &[("", "a%20b c")]);
        check("100%", &[("", "100%")]);
        check("100%25", &[("", "100%")]);
        check("a%2", &[("", "a%2")]);
        check("%C3", &[("", "%C3")]);
        check("%ED%A0%80", &[("", "%ED%A0%80")]);
        check("caf\u{e9}%20", &[("", "caf\u{e9}%20")]);
        check("plain", &[("", "plain")]);
    }

    #[test]
    fn the_rules_file_may_settle_the_encoding() {
        let set = |encoding| Format { encoding, ..Format::default() };
        assert_eq!(read(Field::Content, "a%20b", &set(Encoding::Plain))[0].1, "a%20b");
        assert_eq!(read(Field::Content, "a b%21 5% off", &set(Encoding::Percent))[0].1, "a b! 5% off");
    }

    #[test]
    fn lex_envelopes_are_opened() {
        check(
            r#"{"Messages":[{"Content":"Hi \u00e9\n","ContentType":"PlainText"}]}"#,
            &[("/Messages/0/Content", "Hi é\n"), ("/Messages/0/ContentType", "PlainText")],
        );
        check(r#"{"Messages":[]}"#, &[("", r#"{"Messages":[]}"#)]);
        let more = r#"{"Messages":[{"Content":"Hi"}],"more":"text"}"#;
        check(more, &[("", more)]);
    }

    #[test]
    fn json_is_opened_at_the_pointers_of_the_rules_file() {
        check(r#"{"text":"a\"b","n":[1,{"text":"no"}]}"#, &[("/text", "a\"b")]);
        check(r#"{"text":"one","text":"two"}"#, &[("/text", "one"), ("/text", "two")]);
        check("%7B%22text%22%3A%22a%20b%22%7D", &[("/text", "a b")]);
        check(r#"{"text":"a%20b"}"#, &[("/text", "a b")]);
        check(r#"{"other":"a"}"#, &[("", r#"{"other":"a"}"#)]);
        check(r#"{"text":"a""#, &[("", r#"{"text":"a""#)]);
        check(r#"{"text":"\ud83d\ude00 \ud83d x"}"#, &[("/text", "😀 \u{fffd} x")]);
    }

    #[test]
    fn every_string_of_json_metadata_is_read() {
        let read = read(Field::Metadata, r#"{"a":{"b/c":["x",1,null,"y"]},"d":true}"#, &Format::default());
        let pointers: Vec<_> = read.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
        assert_eq!(pointers, [("/a/b~1c/0", "x"), ("/a/b~1c/3", "y")]);
    }
}
