//! [`ReadKinds`]: reads which kinds of thing a detector should find.

use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, SeqAccess, Visitor};

/// Reads `"all"`, one kind or a list of kinds, all of them among those known. Each mistake keeps its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct ReadKinds(pub &'static [&'static str]);

impl ReadKinds {
    fn kind<E: de::Error>(self, name: &str) -> Result<&'static str, E> {
        let known = self.0.iter().find(|kind| **kind == name);
        known.copied().ok_or_else(|| E::unknown_variant(name, self.0))
    }
}

impl<'de> DeserializeSeed<'de> for ReadKinds {
    type Value = Vec<&'static str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ReadKinds {
    type Value = Vec<&'static str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"all\" or a list of kinds such as `[\"{}\"]`", self.0.first().unwrap_or(&""))
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Self::Value, E> {
        if name == "all" { Ok(self.0.to_vec()) } else { self.kind(name).map(|kind| vec![kind]) }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut kinds = Vec::new();
        while let Some(kind) = seq.next_element_seed(One(self))? {
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        if kinds.is_empty() {
            return Err(de::Error::custom(format!("this lists no kind; there are {}", self.0.join(", "))));
        }
        Ok(kinds)
    }
}

/// Reads one kind.
struct One(ReadKinds);

impl<'de> DeserializeSeed<'de> for One {
    type Value = &'static str;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<&'static str, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for One {
    type Value = &'static str;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a kind")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<&'static str, E> {
        self.0.kind(name)
    }
}
