//! Takes the encodings that real clients use off a field's text, and puts them back on for edits.
//!
//! ```text
//! field ──percent──> text ──JSON──> strings ──percent──> what somebody reads
//! ```
//!
//! Each step is optional and remembers where its bytes came from ([`Offsets`]), so that an edit rewrites only the bytes it stands
//! for. What does not decode is plain text: a rule then sees it as it is.

use std::ops::Range;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::de::IgnoredAny;

use super::offsets::Offsets;
use crate::message::Field;

/// How messages are encoded: the `[message]` table of a rules file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Format {
    /// Whether text may be percent-encoded.
    pub encoding: Encoding,
    /// JSON pointers to the strings that hold the text, for clients that send JSON as content.
    pub json: Vec<String>,
}

/// Whether text may be percent-encoded.
#[derive(Clone, Copy, Debug, Default, serde::Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// It is when it looks exactly like what `encodeURIComponent` makes; anything else is plain.
    #[default]
    Auto,
    /// It never is.
    Plain,
    /// It always is: every valid escape is decoded, whatever stands around it.
    Percent,
}

/// One encoding taken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layer {
    Percent,
    Json,
}

impl Layer {
    /// Writes `text` the way this layer spells it.
    pub(super) fn encode(self, text: &str) -> String {
        match self {
            Self::Percent => percent_encode(text),
            Self::Json => {
                let quoted = serde_json::Value::from(text).to_string();
                quoted[1..quoted.len() - 1].to_owned()
            }
        }
    }
}

/// A decoded piece of a field: the whole of it, or one string in its JSON.
#[derive(Debug)]
pub(super) struct Piece {
    /// JSON pointer of the string; empty for the whole field.
    pub pointer: String,
    /// What somebody reads.
    pub text: String,
    /// The way back to the field's own bytes, innermost step first.
    pub steps: Vec<Step>,
}

/// One layer taken off, and where its bytes came from.
#[derive(Debug)]
pub(super) struct Step {
    pub layer: Layer,
    /// Maps the decoded text to the encoded.
    pub map: Offsets,
    /// Where the encoded text begins in the text around it.
    pub start: usize,
}

impl Step {
    /// The range of the text around it that `range` of the decoded text stands for.
    pub(super) fn out(&self, range: Range<usize>) -> Range<usize> {
        let range = self.map.to_origin(range);
        self.start + range.start..self.start + range.end
    }
}

/// Decodes `raw`, the text of `field`.
pub(super) fn decode(field: Field, raw: &str, format: &Format) -> Vec<Piece> {
    let (text, outer) = match unpercent(raw, format.encoding) {
        Some((text, map)) => (text, Some(Step { layer: Layer::Percent, map, start: 0 })),
        None => (raw.to_owned(), None),
    };
    let strings = json_strings(field, &text, format);
    if strings.is_empty() {
        return vec![Piece { pointer: String::new(), text, steps: outer.into_iter().collect() }];
    }
    let inside = |(pointer, range): (String, Range<usize>)| {
        let (text, map) = unescape(&text[range.clone()]);
        let mut steps = vec![Step { layer: Layer::Json, map, start: range.start }];
        if let Some(outer) = &outer {
            steps.push(Step { layer: Layer::Percent, map: outer.map.clone(), start: 0 });
        } else if let Some((text, map)) = unpercent(&text, format.encoding) {
            steps.insert(0, Step { layer: Layer::Percent, map, start: 0 });
            return Piece { pointer, text, steps };
        }
        Piece { pointer, text, steps }
    };
    strings.into_iter().map(inside).collect()
}

// ---------------------------------------------------------------------------------------------------------------------------
// Percent-encoding

/// What `encodeURIComponent` escapes.
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

/// `text` as `encodeURIComponent` would spell it.
#[must_use]
pub fn percent_encode(text: &str) -> String {
    utf8_percent_encode(text, COMPONENT).to_string()
}

/// Decodes percent-encoded text, if it is that.
fn unpercent(text: &str, encoding: Encoding) -> Option<(String, Offsets)> {
    let strict = match encoding {
        Encoding::Plain => return None,
        Encoding::Auto => true,
        Encoding::Percent => false,
    };
    if !text.contains('%') {
        return None;
    }
    let (mut out, mut map, mut rest) = (String::with_capacity(text.len()), Offsets::default(), text);
    let mut decoded = false;
    while let Some(next) = rest.chars().next() {
        if let Some((c, len)) = escaped_char(rest.as_bytes()) {
            out.push(c);
            map.swap(c.len_utf8(), len);
            rest = &rest[len..];
            decoded = true;
        } else if strict && !(next.is_ascii_alphanumeric() || "-_.!~*'()".contains(next)) {
            return None;
        } else {
            out.push(next);
            map.copy(next.len_utf8());
            rest = &rest[next.len_utf8()..];
        }
    }
    decoded.then_some((out, map))
}

/// The character that the escapes at the start of `bytes` spell, and how many bytes they take.
fn escaped_char(bytes: &[u8]) -> Option<(char, usize)> {
    let byte = |at: usize| -> Option<u8> {
        let escape = bytes.get(at * 3..at * 3 + 3)?;
        let digit = |d: u8| char::from(d).to_digit(16).and_then(|d| u8::try_from(d).ok());
        (escape[0] == b'%').then(|| Some(digit(escape[1])? << 4 | digit(escape[2])?))?
    };
    let len = match byte(0)? {
        0x00..=0x7f => 1,
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    let mut utf8 = [0; 4];
    for (at, slot) in utf8.iter_mut().enumerate().take(len) {
        *slot = byte(at)?;
    }
    let c = std::str::from_utf8(&utf8[..len]).ok()?.chars().next()?;
    Some((c, len * 3))
}

// ---------------------------------------------------------------------------------------------------------------------------
// JSON

/// The strings of `text` that somebody reads, as (pointer, range between the quotes); none when it is not JSON of that kind.
fn json_strings(field: Field, text: &str, format: &Format) -> Vec<(String, Range<usize>)> {
    let looks_like_json = text.trim_start().starts_with(['{', '[']);
    if !looks_like_json || !matches!(field, Field::Content | Field::Metadata) {
        return Vec::new();
    }
    // Parsed once to know that it is JSON, so that the scan may take its shape for granted.
    if serde_json::from_str::<IgnoredAny>(text).is_err() {
        return Vec::new();
    }
    let mut strings = Vec::new();
    Scan { text, at: 0, found: &mut strings }.value(&mut String::new());
    if field == Field::Metadata {
        return strings;
    }
    if is_lex_envelope(text) {
        return strings;
    }
    strings.retain(|(pointer, _)| format.json.contains(pointer));
    strings
}

/// Whether `text` is how the service wraps what a Lex bot says: `{"Messages":[{"Content":"…","ContentType":"…"}]}`.
///
/// Anything beside `Messages` makes it plain text: what an envelope hides from rules must be nothing.
fn is_lex_envelope(text: &str) -> bool {
    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Envelope {
        #[serde(rename = "Messages")]
        messages: Vec<serde_json::Map<String, serde_json::Value>>,
    }
    let members = ["Content", "ContentType", "ImageResponseCard"];
    serde_json::from_str::<Envelope>(text).is_ok_and(|envelope| {
        let known = |key: &String| members.contains(&key.as_str());
        !envelope.messages.is_empty()
            && envelope.messages.iter().all(|message| !message.is_empty() && message.keys().all(known))
    })
}

/// Walks valid JSON and notes every string value. Values of repeated keys are all noted: which one a client shows is its choice.
struct Scan<'a> {
    text: &'a str,
    at: usize,
    found: &'a mut Vec<(String, Range<usize>)>,
}

impl Scan<'_> {
    fn peek(&mut self) -> u8 {
        let bytes = self.text.as_bytes();
        while bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
        bytes.get(self.at).copied().unwrap_or(0)
    }

    /// Steps over the value at `pointer`. Its depth is bounded: the parser before refused more than 128 levels.
    fn value(&mut self, pointer: &mut String) {
        match self.peek() {
            b'"' => {
                let range = self.string();
                self.found.push((pointer.clone(), range));
            }
            open @ (b'{' | b'[') => {
                self.at += 1;
                let (parent, mut index) = (pointer.len(), 0);
                while !matches!(self.peek(), b'}' | b']' | 0) {
                    if self.peek() == b',' {
                        self.at += 1;
                        continue;
                    }
                    pointer.push('/');
                    if open == b'{' {
                        let key = self.string();
                        let (key, _) = unescape(&self.text[key]);
                        pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
                        self.peek();
                        self.at += 1; // the colon
                    } else {
                        pointer.push_str(&index.to_string());
                        index += 1;
                    }
                    self.value(pointer);
                    pointer.truncate(parent);
                }
                self.at += 1;
            }
            _ => {
                let rest = &self.text[self.at..];
                self.at += rest.find([',', '}', ']']).unwrap_or(rest.len()).max(1);
            }
        }
    }

    /// Steps over a string and gives the range between its quotes.
    fn string(&mut self) -> Range<usize> {
        self.peek();
        let start = self.at + 1;
        let bytes = self.text.as_bytes();
        self.at = start;
        while let Some(&byte) = bytes.get(self.at) {
            match byte {
                b'"' => break,
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        let end = self.at.min(bytes.len());
        self.at += 1;
        start..end
    }
}

/// Decodes the inside of a JSON string. A lone surrogate becomes U+FFFD.
fn unescape(text: &str) -> (String, Offsets) {
    let (mut out, mut map, mut rest) = (String::with_capacity(text.len()), Offsets::default(), text);
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        map.copy(at);
        let (c, len) = json_escape(&rest.as_bytes()[at..]);
        out.push(c);
        map.swap(c.len_utf8(), len);
        rest = &rest[at + len..];
    }
    out.push_str(rest);
    map.copy(rest.len());
    (out, map)
}

/// The character that the escape at the start of `bytes` spells, and how many bytes it takes.
fn json_escape(bytes: &[u8]) -> (char, usize) {
    let simple = |c| (c, 2);
    match bytes.get(1) {
        Some(b'n') => simple('\n'),
        Some(b't') => simple('\t'),
        Some(b'r') => simple('\r'),
        Some(b'b') => simple('\u{8}'),
        Some(b'f') => simple('\u{c}'),
        Some(b'u') => {
            let unit = |at: usize| -> Option<u16> {
                let digits = bytes.get(at..at + 6)?;
                let digits = std::str::from_utf8(digits).ok()?.strip_prefix("\\u")?;
                u16::from_str_radix(digits, 16).ok()
            };
            let Some(high) = unit(0) else { return (char::REPLACEMENT_CHARACTER, bytes.len().min(2)) };
            let pair = unit(6).and_then(|low| char::decode_utf16([high, low]).next()?.ok());
            match (char::from_u32(u32::from(high)), pair) {
                (Some(c), _) => (c, 6),
                (None, Some(c)) => (c, 12),
                (None, None) => (char::REPLACEMENT_CHARACTER, 6),
            }
        }
        Some(&other) => simple(char::from(other)),
        None => (char::REPLACEMENT_CHARACTER, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(field: Field, raw: &str, format: &Format) -> Vec<(String, String)> {
        decode(field, raw, format).into_iter().map(|piece| (piece.pointer, piece.text)).collect()
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

    #[test]
    fn edits_are_spelled_as_the_layer_spells() {
        assert_eq!(Layer::Percent.encode("a é*(x)"), "a%20%C3%A9*(x)");
        assert_eq!(Layer::Json.encode("a \"é\"\n"), "a \\\"é\\\"\\n");
    }
}
