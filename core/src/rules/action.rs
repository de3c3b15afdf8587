//! Reads `do`, `on` and `empty`: the values of a rules file that are more than a word.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};

use crate::message::Field;
use crate::rule::{Action, Empty, Place};

/// `do` as written. The mask character may be the file's default, so it is filled in later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Do {
    Ready(Action),
    Mask,
    KeepLast(usize),
}

impl Do {
    pub(super) fn with_mask(self, mask: char) -> Action {
        match self {
            Self::Ready(action) => action,
            Self::Mask => Action::Mask(mask),
            Self::KeepLast(keep) => Action::KeepLast(keep, mask),
        }
    }
}

impl<'de> Deserialize<'de> for Do {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        const KEYS: &[&str] = &["mask", "replace", "keep-last", "annotate"];

        impl<'de> Visitor<'de> for Reader {
            type Value = Do;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("`deny`, `pass`, `mask`, `strip`, `{ replace = \"…\" }`, `{ keep-last = … }` or `{ annotate = … }`")
            }

            fn visit_str<E: de::Error>(self, word: &str) -> Result<Do, E> {
                match word {
                    "deny" => Ok(Do::Ready(Action::Deny)),
                    "pass" => Ok(Do::Ready(Action::Pass)),
                    "mask" => Ok(Do::Mask),
                    "strip" => Ok(Do::Ready(Action::Strip)),
                    "replace" => Err(E::custom("say what to put there: `{ replace = \"…\" }`")),
                    "keep-last" => Err(E::custom("say how many to keep: `{ keep-last = 4 }`")),
                    _ => Err(E::custom(format!(
                        "unknown word `{word}`, expected `deny`, `pass`, `mask`, `strip`, or a table with `replace`, `keep-last` or `annotate`"
                    ))),
                }
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Do, A::Error> {
                let Some(key) = map.next_key::<String>()? else {
                    return Err(de::Error::custom("an action is missing: `{ replace = \"…\" }`"));
                };
                let action = match key.as_str() {
                    "mask" => Do::Ready(Action::Mask(map.next_value::<MaskChar>()?.0)),
                    "replace" => Do::Ready(Action::Replace(map.next_value()?)),
                    "keep-last" => Do::KeepLast(map.next_value()?),
                    "annotate" => Do::Ready(Action::Annotate(map.next_value::<Annotation>()?.metadata)),
                    _ => return Err(de::Error::unknown_field(&key, KEYS)),
                };
                match map.next_key::<String>()? {
                    None => Ok(action),
                    Some(more) => {
                        Err(de::Error::custom(format!("a rule does one thing: `{key}` or `{more}`")))
                    }
                }
            }
        }

        deserializer.deserialize_any(Reader)
    }
}

/// What `annotate` puts where.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Annotation {
    metadata: serde_json::Map<String, serde_json::Value>,
}

/// The character that masks: printable ASCII, so that a mask never takes more room than what it hides.
#[derive(Clone, Copy, Debug)]
pub(super) struct MaskChar(pub char);

impl<'de> Deserialize<'de> for MaskChar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) if c.is_ascii_graphic() => Ok(Self(c)),
            _ => Err(de::Error::custom(
                "a mask is one printable ASCII character, such as `*`: anything else could outgrow the message limit",
            )),
        }
    }
}

/// Reads one entry of `on`. The error says what is wrong with it.
pub(super) fn read_place(text: &str) -> Result<Place, String> {
    let (name, pointer) = text.split_once(':').unwrap_or((text, ""));
    let Some(field) = Field::named(name) else {
        let names = Field::ALL.map(|field| format!("`{field}`")).join(", ");
        return Err(format!("no field is called `{name}`, expected one of {names}"));
    };
    if text.contains(':') && field != Field::Metadata {
        return Err(format!("only `metadata` takes a JSON pointer, not `{name}`"));
    }
    if !pointer.is_empty() && !pointer.starts_with('/') || text.ends_with(':') {
        return Err("a JSON pointer begins with `/`, as in `metadata:/caption`".to_owned());
    }
    Ok(Place { field, pointer: pointer.trim_end_matches('/').to_owned() })
}

impl<'de> Deserialize<'de> for Empty {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match text.as_str() {
            "deny" => Ok(Self::Deny),
            blank if blank.trim().is_empty() => Err(de::Error::custom(
                "the service refuses empty content: expected `deny` or a text to send instead",
            )),
            _ => Ok(Self::Text(text)),
        }
    }
}
