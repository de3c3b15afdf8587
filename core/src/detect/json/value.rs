//! [`Value`]: a place in a JSON document, and [`Pointer`]: the way to it.

use std::fmt;
use std::ops::Range;

use serde::de::{self, Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::detect::{Budget, Exhausted};

/// A value of a document, by its text. A value is opened when somebody looks into it, so what nobody points at costs nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Value<'d> {
    text: &'d str,
    shape: Shape,
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Object,
    Array,
    String,
    Number,
    Boolean,
    Null,
    /// No JSON at all: only a whole document can be.
    Text,
}

impl<'d> Value<'d> {
    /// All of `document`, unless that is blank.
    pub(super) fn of(document: &'d str) -> Option<Self> {
        let text = document.trim();
        let is_json = serde_json::from_str::<IgnoredAny>(text).is_ok();
        (!text.is_empty())
            .then(|| if is_json { Self::inside(text) } else { Self { text, shape: Shape::Text } })
    }

    /// A value that is known to be JSON.
    fn inside(text: &'d str) -> Self {
        let shape = match text.as_bytes().first() {
            Some(b'{') => Shape::Object,
            Some(b'[') => Shape::Array,
            Some(b'"') => Shape::String,
            Some(b't' | b'f') => Shape::Boolean,
            Some(b'n') => Shape::Null,
            _ => Shape::Number,
        };
        Self { text, shape }
    }

    pub(super) fn shape(self) -> Shape {
        self.shape
    }

    /// As it is spelled.
    pub(super) fn text(self) -> &'d str {
        self.text
    }

    /// Where in `document`, which it is of, it stands.
    pub(super) fn range(self, document: &str) -> Range<usize> {
        let start = self.text.as_ptr() as usize - document.as_ptr() as usize;
        start..start + self.text.len()
    }

    /// The string that it spells, if it is one. Half of a surrogate pair becomes U+FFFD.
    pub(super) fn string(self) -> Option<String> {
        let string = || serde_json::from_str(self.text).ok().map(|Lossy(string)| string);
        (self.shape == Shape::String).then(string)?
    }

    /// Keys and values of an object; of a key that comes twice both, because who reads it may take either.
    pub(super) fn members(self) -> Vec<(String, Self)> {
        if self.shape != Shape::Object {
            return Vec::new();
        }
        let members = serde_json::from_str(self.text).map_or(Vec::new(), |Members(members)| members);
        members.into_iter().map(|(key, value)| (key, Self::inside(value.get()))).collect()
    }

    fn items(self) -> Vec<Self> {
        if self.shape != Shape::Array {
            return Vec::new();
        }
        let items: Vec<&RawValue> = serde_json::from_str(self.text).unwrap_or_default();
        items.into_iter().map(|item| Self::inside(item.get())).collect()
    }

    /// How deep arrays and objects are nested in it, itself among them.
    pub(super) fn depth(self) -> usize {
        let (mut depth, mut deepest, mut quoted, mut escaped) = (0_usize, 0, false, false);
        for byte in self.text.bytes() {
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

/// A JSON pointer in which `*` is every member and every item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pointer(Vec<Step>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Each,
    Named(String),
}

/// What opening a value costs, in units of the budget a byte.
const OPENING: u64 = 8;

impl Pointer {
    /// Reads a pointer as it is written.
    pub(super) fn read(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self(Vec::new()));
        }
        let step = |step: &str| match step {
            "*" => Step::Each,
            name => Step::Named(name.replace("~1", "/").replace("~0", "~")),
        };
        Some(Self(text.strip_prefix('/')?.split('/').map(step).collect()))
    }

    /// Every value that the pointer leads to from `root`. Where a name is not there, that is `None`; where `*` finds no member
    /// and no item, there is nothing to miss.
    pub(super) fn follow<'d>(
        &self,
        root: Option<Value<'d>>,
        budget: &mut Budget,
    ) -> Result<Vec<Option<Value<'d>>>, Exhausted> {
        let mut places = vec![root];
        for step in &self.0 {
            let mut next = Vec::new();
            for value in places {
                budget.spend(OPENING * value.map_or(1, |value| value.text.len() as u64))?;
                step.take(value, &mut next);
            }
            places = next;
        }
        Ok(places)
    }
}

impl Step {
    fn take<'d>(&self, from: Option<Value<'d>>, into: &mut Vec<Option<Value<'d>>>) {
        let Some(from) = from else {
            return into.extend((*self != Self::Each).then_some(None));
        };
        match self {
            Self::Each => {
                into.extend(from.members().into_iter().map(|(_, value)| Some(value)));
                into.extend(from.items().into_iter().map(Some));
            }
            Self::Named(name) => {
                let before = into.len();
                let members = from.members().into_iter();
                into.extend(members.filter(|(key, _)| key == name).map(|(_, value)| Some(value)));
                let index = name.parse::<usize>().ok().filter(|index| index.to_string() == *name);
                into.extend(index.and_then(|index| from.items().get(index).copied()).map(Some));
                if into.len() == before {
                    into.push(None);
                }
            }
        }
    }
}

/// Members of an object, in order, with those whose key comes twice.
struct Members<'d>(Vec<(String, &'d RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some((Lossy(key), value)) = map.next_entry()? {
                    members.push((key, value));
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Reader)
    }
}

/// A string that may hold half of a surrogate pair, which JSON allows and Unicode does not.
struct Lossy(String);

impl<'de> Deserialize<'de> for Lossy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl Visitor<'_> for Reader {
            type Value = Lossy;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Lossy, E> {
                Ok(Lossy(text.to_owned()))
            }

            fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Lossy, E> {
                Ok(Lossy(String::from_utf8_lossy(bytes).into_owned()))
            }
        }

        deserializer.deserialize_bytes(Reader)
    }
}
