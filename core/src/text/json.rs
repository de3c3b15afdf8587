//! [`Json`]: JSON text parsed once, with the position of every value, so that an edit rewrites only the bytes that it replaces.
//!
//! It accepts whatever a client may accept: both values of a duplicate key, lone surrogates, numbers of any size, and any nesting depth.

use std::ops::Range;

use super::offsets::Offsets;

/// A JSON text and the positions of its values.
pub(crate) struct Json<'t> {
    text: &'t str,
    /// The values, each before those that it contains.
    nodes: Vec<Node>,
}

/// A value of a [`Json`].
#[derive(Clone, Copy)]
pub(crate) struct Value<'j> {
    json: &'j Json<'j>,
    at: usize,
}

/// The type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JsonType {
    Object,
    Array,
    String,
    Number,
    Boolean,
    Null,
    /// Not JSON; only a whole document can have this type.
    Text,
}

struct Node {
    json_type: JsonType,
    range: Range<usize>,
    /// The range of its key between the quotes, if it is in an object.
    key: Option<Range<usize>>,
    /// The index of the node after this one and all that it contains.
    next: usize,
}

impl<'t> Json<'t> {
    /// Parses `text`. Returns `None` if it is not JSON.
    pub(crate) fn parse(text: &'t str) -> Option<Self> {
        let mut reader = Reader { bytes: text.as_bytes(), at: 0 };
        let mut nodes: Vec<Node> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        loop {
            let in_object = open.last().is_some_and(|at| nodes[*at].json_type == JsonType::Object);
            let key = if in_object { Some(reader.key()?) } else { None };
            let (json_type, range) = reader.value()?;
            nodes.push(Node { json_type, range, key, next: nodes.len() + 1 });
            if matches!(json_type, JsonType::Object | JsonType::Array) {
                open.push(nodes.len() - 1);
                if !matches!(reader.peek(), Some(b'}' | b']')) {
                    continue;
                }
            }
            // A value has ended, and perhaps also the values that contain it.
            loop {
                let Some(&outer) = open.last() else {
                    return reader.peek().is_none().then_some(Self { text, nodes });
                };
                let next = nodes.len();
                let node = &mut nodes[outer];
                match (reader.next()?, node.json_type) {
                    (b',', _) => break,
                    (b'}', JsonType::Object) | (b']', JsonType::Array) => {
                        (node.range.end, node.next) = (reader.at, next);
                        open.pop();
                    }
                    _ => return None,
                }
            }
        }
    }

    /// Parses `document`, or treats all of it as one [`JsonType::Text`] if it is not JSON. Returns `None` if it is blank.
    pub(crate) fn parse_or_text(document: &'t str) -> Option<Self> {
        let text = document.trim();
        if text.is_empty() {
            return None;
        }
        let start = document.len() - document.trim_start().len();
        let whole = Node { json_type: JsonType::Text, range: start..start + text.len(), key: None, next: 1 };
        Some(Self::parse(document).unwrap_or_else(|| Self { text: document, nodes: vec![whole] }))
    }

    /// Returns the root value, which contains all others.
    pub(crate) fn root(&self) -> Value<'_> {
        Value { json: self, at: 0 }
    }

    /// Calls `visit` with every value and the JSON pointer to it, in order.
    pub(crate) fn walk<'j>(&'j self, mut visit: impl FnMut(&str, Value<'j>)) {
        /// An object or an array that has not ended yet.
        struct Open {
            next: usize,
            pointer_len: usize,
            items: usize,
        }
        let (mut pointer, mut open) = (String::new(), Vec::<Open>::new());
        for (at, node) in self.nodes.iter().enumerate() {
            while open.pop_if(|outer| outer.next <= at).is_some() {}
            if let Some(outer) = open.last_mut() {
                pointer.truncate(outer.pointer_len);
                pointer.push('/');
                match &node.key {
                    Some(key) => {
                        let (key, _) = unescape(&self.text[key.clone()]);
                        pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
                    }
                    None => pointer.push_str(&outer.items.to_string()),
                }
                outer.items += 1;
            }
            visit(&pointer, Value { json: self, at });
            open.push(Open { next: node.next, pointer_len: pointer.len(), items: 0 });
        }
    }
}

impl<'j> Value<'j> {
    fn node(self) -> &'j Node {
        &self.json.nodes[self.at]
    }

    pub(crate) fn json_type(self) -> JsonType {
        self.node().json_type
    }

    pub(crate) fn range(self) -> Range<usize> {
        self.node().range.clone()
    }

    /// Returns its range between the quotes, if it is a string.
    pub(crate) fn string_range(self) -> Option<Range<usize>> {
        let Range { start, end } = self.range();
        (self.json_type() == JsonType::String).then_some(start + 1..end - 1)
    }

    /// Returns the source text of the value.
    pub(crate) fn text(self) -> &'j str {
        &self.json.text[self.range()]
    }

    /// Returns the decoded string, if it is one. A lone surrogate becomes U+FFFD.
    pub(crate) fn string(self) -> Option<String> {
        self.string_range().map(|range| unescape(&self.json.text[range]).0)
    }

    /// Returns its decoded key, if it is in an object.
    pub(crate) fn key(self) -> Option<String> {
        self.node().key.clone().map(|range| unescape(&self.json.text[range]).0)
    }

    /// Returns the members of an object or the items of an array.
    pub(crate) fn children(self) -> impl Iterator<Item = Self> {
        let end = self.node().next;
        let first = (self.at + 1 < end).then_some(Self { at: self.at + 1, ..self });
        std::iter::successors(first, move |child| {
            let at = child.node().next;
            (at < end).then_some(Self { at, ..self })
        })
    }

    /// Returns the nesting depth of arrays and objects, including the value itself; also for text that is not valid JSON.
    pub(crate) fn depth(self) -> usize {
        let (mut depth, mut deepest, mut quoted, mut escaped) = (0_usize, 0, false, false);
        for byte in self.text().bytes() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = quoted,
                b'"' => quoted = !quoted,
                b'{' | b'[' if !quoted => {
                    depth += 1;
                    deepest = deepest.max(depth);
                }
                b'}' | b']' if !quoted => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        deepest
    }
}

/// Parses JSON byte by byte.
struct Reader<'t> {
    bytes: &'t [u8],
    at: usize,
}

impl Reader<'_> {
    /// Returns the next byte that is not white space, without consuming it.
    fn peek(&mut self) -> Option<u8> {
        while matches!(self.bytes.get(self.at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
        self.bytes.get(self.at).copied()
    }

    /// Consumes the next byte that is not white space.
    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    /// Consumes a key and its colon. Returns the range of the key between the quotes.
    fn key(&mut self) -> Option<Range<usize>> {
        let Range { start, end } = (self.next()? == b'"').then(|| self.string())??;
        (self.next()? == b':').then_some(start + 1..end - 1)
    }

    /// Consumes a value; of an object or an array only the opening bracket.
    fn value(&mut self) -> Option<(JsonType, Range<usize>)> {
        let first = self.next()?;
        let start = self.at - 1;
        let json_type = match first {
            b'{' => JsonType::Object,
            b'[' => JsonType::Array,
            b'"' => return Some((JsonType::String, self.string()?)),
            b't' => self.rest_of_word(b"rue", JsonType::Boolean)?,
            b'f' => self.rest_of_word(b"alse", JsonType::Boolean)?,
            b'n' => self.rest_of_word(b"ull", JsonType::Null)?,
            _ => {
                self.at = start;
                self.number()?;
                JsonType::Number
            }
        };
        Some((json_type, start..self.at))
    }

    fn rest_of_word(&mut self, rest: &[u8], json_type: JsonType) -> Option<JsonType> {
        self.bytes[self.at..].starts_with(rest).then_some(())?;
        self.at += rest.len();
        Some(json_type)
    }

    /// Consumes the rest of a string after its opening quote. Returns the range of the whole string.
    fn string(&mut self) -> Option<Range<usize>> {
        let start = self.at - 1;
        loop {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            match byte {
                b'"' => return Some(start..self.at),
                b'\\' => self.escape()?,
                0..0x20 => return None,
                _ => {}
            }
        }
    }

    fn escape(&mut self) -> Option<()> {
        let escaped = *self.bytes.get(self.at)?;
        self.at += 1;
        match escaped {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => {}
            b'u' => {
                let digits = self.bytes.get(self.at..self.at + 4)?;
                digits.iter().all(u8::is_ascii_hexdigit).then_some(())?;
                self.at += 4;
            }
            _ => return None,
        }
        Some(())
    }

    fn number(&mut self) -> Option<()> {
        self.skip(b"-");
        if !self.skip(b"0") {
            self.digits()?;
        }
        if self.skip(b".") {
            self.digits()?;
        }
        if self.skip(b"eE") {
            self.skip(b"+-");
            self.digits()?;
        }
        Some(())
    }

    /// Consumes one of `bytes`, if it is next.
    fn skip(&mut self, bytes: &[u8]) -> bool {
        let is_next = self.bytes.get(self.at).is_some_and(|byte| bytes.contains(byte));
        self.at += usize::from(is_next);
        is_next
    }

    /// Consumes one or more digits.
    fn digits(&mut self) -> Option<()> {
        let count = self.bytes[self.at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += count;
        (count > 0).then_some(())
    }
}

/// Decodes the content of a JSON string. A lone surrogate becomes U+FFFD.
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

/// Returns the character that the escape at the start of `bytes` represents, and the length of the escape in bytes.
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
    use proptest::prelude::*;
    use serde::de::IgnoredAny;

    use super::*;

    #[test]
    fn values_are_where_they_stand() {
        let text = r#" {"a" : [1, {"b~/":"x\u0041"}, [ ] ],"a":-0.5e+3, "\ud800":null} "#;
        let json = Json::parse(text).unwrap();
        let mut places = Vec::new();
        json.walk(|pointer, value| places.push((pointer.to_owned(), value.text())));
        let expected = [
            ("", text.trim()),
            ("/a", r#"[1, {"b~/":"x\u0041"}, [ ] ]"#),
            ("/a/0", "1"),
            ("/a/1", r#"{"b~/":"x\u0041"}"#),
            ("/a/1/b~0~1", r#""x\u0041""#),
            ("/a/2", "[ ]"),
            ("/a", "-0.5e+3"),
            ("/\u{fffd}", "null"),
        ];
        assert_eq!(places, expected.map(|(pointer, text)| (pointer.to_owned(), text)));
        let keys: Vec<_> = json.root().children().filter_map(Value::key).collect();
        assert_eq!(keys, ["a", "a", "\u{fffd}"]);
        assert_eq!(json.root().depth(), 3);
    }

    #[test]
    fn depth_is_no_limit() {
        let deep = format!("{}{}", "[".repeat(4000), "]".repeat(4000));
        assert_eq!(Json::parse(&deep).unwrap().root().depth(), 4000);
        assert!(Json::parse(&deep[1..]).is_none());
    }

    proptest! {
        #[test]
        fn what_serde_takes_for_json_is_json_and_nothing_else(
            text in r#"([\[\]{},:"\\ \n]|"a":|\\u0|\\ud8|00|[01]|-|\.|[eE+]|true|fal|se|null|[a-f]|\t|\x0c|é){0,16}"#,
        ) {
            prop_assert_eq!(Json::parse(&text).is_some(), serde_json::from_str::<IgnoredAny>(&text).is_ok());
        }
    }
}
