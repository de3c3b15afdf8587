//! [`Elements`]: the messages in JSON of any layout, one after another, in constant memory.
//!
//! A top-level value is a message, with two exceptions: in an array, the elements are messages, and in an object that the service or an
//! exporter wraps around a list of messages, the elements of the list are.

use std::collections::VecDeque;
use std::io::BufRead;
use std::sync::Arc;

use super::LONGEST;
use super::record::{Body, Record};
use super::row::TEXTS;

/// The keys of lists of messages: `list-channel-messages` prints the first, Kinesis and Lambda use the second, exporters of chats the
/// third.
pub(super) const LISTS: [&str; 3] = ["ChannelMessages", "Records", "messages"];

/// The messages in JSON of any layout.
pub(super) struct Elements<R> {
    input: R,
    /// The number of the current line.
    line: u64,
    place: Place,
    /// The channel that an object names before its list of messages.
    channel: Option<Arc<str>>,
    /// Lists before the list of messages whose elements look like messages too.
    passed_over: VecDeque<Record>,
}

/// The position in the document, as far as it determines what may follow.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Outside of all values.
    Top,
    /// In an array at the top.
    Array,
    /// In the list of an object.
    List,
    /// After the list of an object.
    BehindList,
    /// After a mistake.
    Lost,
}

/// Why there is no element.
enum Stop {
    Io(std::io::Error),
    Malformed(&'static str),
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

/// The bytes of a value, up to a maximum length.
#[derive(Default)]
struct BoundedValue {
    bytes: Vec<u8>,
    length: usize,
}

impl BoundedValue {
    /// Returns one that discards everything.
    fn full() -> Self {
        Self { length: LONGEST, bytes: Vec::new() }
    }

    fn push(&mut self, byte: u8) {
        self.length += 1;
        if self.length <= LONGEST {
            self.bytes.push(byte);
        }
    }

    fn body(self, channel: Option<Arc<str>>) -> Result<Body, String> {
        if self.length > LONGEST {
            return Err(format!("the value is longer than {LONGEST} bytes"));
        }
        let text = String::from_utf8(self.bytes).map_err(|_| "the value is not UTF-8 text".to_owned());
        text.map(|text| Body::Json(text, channel))
    }
}

impl<R: BufRead> Elements<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, line: 1, place: Place::Top, channel: None, passed_over: VecDeque::new() }
    }

    /// Returns the next element. After a syntax error there is none, because the elements after it cannot be distinguished.
    pub(super) fn next(&mut self) -> std::io::Result<Option<Record>> {
        match self.element() {
            Ok(record) => Ok(record),
            Err(Stop::Io(error)) => Err(error),
            Err(Stop::Malformed(why)) => {
                self.place = Place::Lost;
                let body = Err(format!("{why}; nothing after this is read"));
                Ok(Some(Record { number: self.line, body }))
            }
        }
    }

    fn element(&mut self) -> Result<Option<Record>, Stop> {
        loop {
            if let Some(record) = self.passed_over.pop_front() {
                return Ok(Some(record));
            }
            let next = self.after_space()?;
            match (self.place, next) {
                (Place::Lost, _) | (Place::Top, None) => return Ok(None),
                (_, None) => return Err(Stop::Malformed("the file ends within a list of messages")),
                (Place::Top, Some(b'[')) => {
                    self.bump()?;
                    self.place = Place::Array;
                }
                (Place::Top, Some(b'{')) => {
                    if let Some(record) = self.object()? {
                        return Ok(Some(record));
                    }
                }
                (Place::Array, Some(b']')) => {
                    self.bump()?;
                    self.place = Place::Top;
                }
                (Place::List, Some(b']')) => {
                    self.bump()?;
                    self.place = Place::BehindList;
                }
                (Place::BehindList, Some(b'}')) => {
                    self.bump()?;
                    (self.place, self.channel) = (Place::Top, None);
                }
                (Place::Array | Place::List | Place::BehindList, Some(b',')) => {
                    self.bump()?;
                }
                (Place::BehindList, Some(_)) => {
                    let key = self.key()?;
                    if let Some(list) = self.member(&key, &mut BoundedValue::full())? {
                        return Ok(Some(list));
                    }
                }
                (Place::Top | Place::Array | Place::List, Some(_)) => {
                    let (number, mut kept) = (self.line, BoundedValue::default());
                    self.value(&mut kept)?;
                    return Ok(Some(Record { number, body: kept.body(self.channel.clone()) }));
                }
            }
        }
    }

    /// Reads an object at the top. Returns `None` at the beginning of its list of messages.
    fn object(&mut self) -> Result<Option<Record>, Stop> {
        let (number, mut kept) = (self.line, BoundedValue::default());
        kept.push(self.bump()?);
        let mut lists = Vec::new();
        loop {
            match self.after_space()? {
                Some(b'}') => {
                    kept.push(self.bump()?);
                    return Ok(Some(Record { number, body: kept.body(None) }));
                }
                Some(b',') => kept.push(self.bump()?),
                Some(b'"') => {}
                None => return Err(Stop::Malformed("the file ends within an object")),
                Some(_) => return Err(Stop::Malformed("expected a key in quotes, or `}`")),
            }
            if self.after_space()? != Some(b'"') {
                continue;
            }
            let key = self.key()?;
            let next = self.after_space()?;
            if next == Some(b'[') && LISTS.iter().any(|list| key.trim_matches('"') == *list) {
                self.bump()?;
                self.place = Place::List;
                self.passed_over = lists.into();
                return Ok(None);
            }
            key.bytes().for_each(|byte| kept.push(byte));
            kept.push(b':');
            let mut value = BoundedValue::default();
            lists.extend(self.member(&key, &mut value)?);
            if key == "\"ChannelArn\"" {
                self.channel = serde_json::from_slice::<String>(&value.bytes).ok().map(Arc::from);
            }
            kept.length += value.length - value.bytes.len();
            value.bytes.into_iter().for_each(|byte| kept.push(byte));
        }
    }

    /// Reads a key and the colon after it. Returns the key in its quotes.
    fn key(&mut self) -> Result<String, Stop> {
        let mut key = BoundedValue::default();
        if self.after_space()? != Some(b'"') {
            return Err(Stop::Malformed("expected a key in quotes, or `}`"));
        }
        self.string(&mut key)?;
        if self.after_space()? != Some(b':') {
            return Err(Stop::Malformed("expected `:` behind a key"));
        }
        self.bump()?;
        Ok(String::from_utf8_lossy(&key.bytes).into_owned())
    }

    /// Reads the value of `key` into `kept`. Returns a record of the list if the value is a list whose elements look like messages.
    fn member(&mut self, key: &str, kept: &mut BoundedValue) -> Result<Option<Record>, Stop> {
        let next = self.after_space()?;
        let number = self.line;
        if next != Some(b'[') {
            return self.value(kept).map(|()| None);
        }
        kept.push(self.bump()?);
        let mut first = BoundedValue::default();
        if !matches!(self.after_space()?, None | Some(b']')) {
            self.value(&mut first)?;
        }
        first.bytes.iter().for_each(|byte| kept.push(*byte));
        kept.length += first.length - first.bytes.len();
        self.rest(1, kept)?;
        let name = key.trim_matches('"').to_owned();
        Ok(looks_like_a_message(&first.bytes).then_some(Record { number, body: Ok(Body::PassedOver(name)) }))
    }

    /// Reads a value into `kept`.
    fn value(&mut self, kept: &mut BoundedValue) -> Result<(), Stop> {
        self.rest(0, kept)
    }

    /// Reads the rest of a value into `kept`; `depth` is its nesting depth.
    fn rest(&mut self, mut depth: usize, kept: &mut BoundedValue) -> Result<(), Stop> {
        loop {
            match self.peek()? {
                None if depth > 0 => return Err(Stop::Malformed("the file ends within a value")),
                Some(b'"') => self.string(kept)?,
                Some(b'{' | b'[') => {
                    depth += 1;
                    kept.push(self.bump()?);
                }
                Some(b'}' | b']') if depth > 0 => {
                    depth -= 1;
                    kept.push(self.bump()?);
                }
                Some(_) if depth > 0 => kept.push(self.bump()?),
                _ => self.scalar(kept)?,
            }
            if depth == 0 {
                return Ok(());
            }
        }
    }

    fn scalar(&mut self, kept: &mut BoundedValue) -> Result<(), Stop> {
        let before = kept.length;
        while let Some(byte) = self.peek()? {
            if byte.is_ascii_whitespace() || b",:]}[{\"".contains(&byte) {
                break;
            }
            kept.push(self.bump()?);
        }
        if kept.length == before { Err(Stop::Malformed("expected a value")) } else { Ok(()) }
    }

    fn string(&mut self, kept: &mut BoundedValue) -> Result<(), Stop> {
        kept.push(self.bump()?);
        loop {
            match self.peek()? {
                None => return Err(Stop::Malformed("the file ends within a string")),
                Some(b'"') => {
                    kept.push(self.bump()?);
                    return Ok(());
                }
                Some(b'\\') => {
                    kept.push(self.bump()?);
                    if self.peek()?.is_some() {
                        kept.push(self.bump()?);
                    }
                }
                Some(_) => kept.push(self.bump()?),
            }
        }
    }

    /// Returns the next byte that is not white space, without consuming it.
    fn after_space(&mut self) -> Result<Option<u8>, Stop> {
        while let Some(byte) = self.peek()? {
            if !byte.is_ascii_whitespace() {
                return Ok(Some(byte));
            }
            self.bump()?;
        }
        Ok(None)
    }

    fn peek(&mut self) -> Result<Option<u8>, Stop> {
        Ok(self.input.fill_buf()?.first().copied())
    }

    /// Consumes the next byte.
    fn bump(&mut self) -> Result<u8, Stop> {
        let byte = self.peek()?.ok_or(Stop::Malformed("the file ends too early"))?;
        self.input.consume(1);
        self.line += u64::from(byte == b'\n');
        Ok(byte)
    }
}

/// Returns whether this is a message of the service or of an exporter.
fn looks_like_a_message(json: &[u8]) -> bool {
    let is_key = |key: &str| key == "Content" || TEXTS.contains(&key);
    serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(json)
        .is_ok_and(|object| object.iter().any(|(key, value)| is_key(key) && value.is_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The elements of `json`: line, text, channel.
    fn elements(json: &str) -> Vec<String> {
        let mut elements = Elements::new(json.as_bytes());
        let mut all = Vec::new();
        while let Some(Record { number, body }) = elements.next().unwrap() {
            all.push(match body {
                Ok(Body::Json(text, channel)) => {
                    format!("{number} {text}{}", channel.as_deref().unwrap_or(""))
                }
                Ok(Body::PassedOver(list)) => format!("{number} -{list}"),
                Ok(_) => "another body".to_owned(),
                Err(why) => format!("{number} !{}", why.split(';').next().unwrap()),
            });
        }
        all
    }

    #[test]
    fn elements_are_found_in_every_layout() {
        let rows: [(&str, &[&str]); 17] = [
            ("", &[]),
            ("[]\n", &[]),
            ("[\n{\"a\": \"]}\\\"\"}, \"x\",\n\n 3]", &["2 {\"a\": \"]}\\\"\"}", "2 \"x\"", "4 3"]),
            ("{\"a\":1}{\"a\": [2]}\n{}", &["1 {\"a\":1}", "1 {\"a\":[2]}", "2 {}"]),
            (
                "{\n \"ChannelArn\": \"c\",\n \"ChannelMessages\": [{\"Content\": 1}], \"b\": {\"c\": [1]}}\n{\"d\":1}",
                &["3 {\"Content\": 1}c", "4 {\"d\":1}"],
            ),
            ("{\"Records\": [], \"x\": null}", &[]),
            ("{\"Records\": 1}", &["1 {\"Records\":1}"]),
            ("{\"a\": {\"Records\": [1]}}", &["1 {\"a\":{\"Records\": [1]}}"]),
            ("[{\"a\": 1}", &["1 {\"a\": 1}", "1 !the file ends within a list of messages"]),
            ("[{\"a\": 1\n", &["2 !the file ends within a value"]),
            ("{\"a\" 1}", &["1 !expected `:` behind a key"]),
            ("[}", &["1 !expected a value"]),
            (
                "{\"messages\": [1], \"a\": {\"b\": [{\"text\": \"\"}]},\n \"old\": [{\"text\": \"x\"}, 2],\n\"Records\": [{\"content\": \"\"}]}\n{}",
                &["1 1", "2 -old", "3 -Records", "4 {}"],
            ),
            ("{\"pinned\": [{\"body\": \"x\"}], \"Records\": [1]}", &["1 -pinned", "1 1"]),
            ("{\"messages\": [], \"who\": [{\"id\": 1}], \"ids\": [1, [2]], \"none\": [], \"x\": [[]]}", &[]),
            ("{\"a\": [{\"text\": \"x\"}], \"b\": [ ]}", &["1 {\"a\":[{\"text\": \"x\"}],\"b\":[]}"]),
            ("{\"messages\": [1], 2}", &["1 1", "1 !expected a key in quotes, or `}`"]),
        ];
        for (json, expected) in rows {
            assert_eq!(elements(json), expected, "{json}");
        }
    }

    #[test]
    fn long_values_are_skipped() {
        let json = format!("[\"{}\", 1, {{\"a\": \"{0}\"}}, 2]", "x".repeat(LONGEST));
        let short: Vec<_> =
            elements(&json).into_iter().map(|it| it.chars().take(24).collect::<String>()).collect();
        assert_eq!(short, ["1 !the value is longer t", "1 1", "1 !the value is longer t", "1 2"]);
    }
}
