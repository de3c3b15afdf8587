//! Strings inside JSON, with the way back to the bytes they are spelled with.

use std::ops::Range;

use serde::de::IgnoredAny;

use super::format::Format;
use super::offsets::Offsets;
use crate::message::Field;

/// The strings of `text` that somebody reads, as (pointer, range between the quotes); none when it is not JSON of that kind.
pub(super) fn json_strings(field: Field, text: &str, format: &Format) -> Vec<(String, Range<usize>)> {
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
pub(super) fn unescape(text: &str) -> (String, Offsets) {
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
