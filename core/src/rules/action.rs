//! Decodes `do`, `on`, `mask` and `empty`, the values of a rules file that consist of more than a word.

use crate::message::Field;
use crate::rule::{Action, Empty, Place};
use crate::shape::{Problem, did_you_mean};

/// `do` in its long form. The mask character may come from the file's defaults, so it is filled in later.
#[derive(Clone, Debug, serde::Deserialize, PartialEq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Do {
    Plainly(Word),
    Mask(char),
    Replace(String),
    KeepLast(usize),
    Annotate(Annotation),
}

/// An action without parameters.
#[derive(Clone, Copy, Debug, serde::Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Word {
    Deny,
    Pass,
    Mask,
    Strip,
}

/// The members that `annotate` adds.
#[derive(Clone, Debug, serde::Deserialize, PartialEq)]
pub(super) struct Annotation {
    metadata: serde_json::Map<String, serde_json::Value>,
}

impl Do {
    pub(super) fn with_mask(self, mask: char) -> Action {
        match self {
            Self::Plainly(Word::Deny) => Action::Deny,
            Self::Plainly(Word::Pass) => Action::Pass,
            Self::Plainly(Word::Mask) => Action::Mask(mask),
            Self::Plainly(Word::Strip) => Action::Strip,
            Self::Mask(mask) => Action::Mask(mask),
            Self::Replace(with) => Action::Replace(with),
            Self::KeepLast(keep) => Action::KeepLast(keep, mask),
            Self::Annotate(annotation) => Action::Annotate(annotation.metadata),
        }
    }
}

/// Checks that `text` is a valid mask: one printable ASCII character, so that a mask is never longer than what it hides.
pub(super) fn check_mask(text: &str) -> Result<(), Problem> {
    if matches!(text.as_bytes(), [byte] if byte.is_ascii_graphic()) {
        return Ok(());
    }
    Err(Problem::new(
        "a mask is one printable ASCII character, such as `*`: anything else could outgrow the message limit",
    ))
}

/// Parses an item of `on`.
pub(super) fn read_place(text: &str) -> Result<Place, Problem> {
    let (name, pointer) = text.split_once(':').unwrap_or((text, ""));
    let Some(field) = Field::named(name) else {
        let names = Field::ALL.map(|field| format!("`{field}`")).join(", ");
        let help = did_you_mean(name, Field::ALL.map(Field::name));
        return Err(Problem::new(format!("no field is called `{name}`, expected one of {names}")).help(help));
    };
    if text.contains(':') && field != Field::Metadata {
        return Err(Problem::new(format!("only `metadata` takes a JSON pointer, not `{name}`")));
    }
    if text.contains(':') && !pointer.starts_with('/') {
        return Err(Problem::new("a JSON pointer begins with `/`, as in `metadata:/caption`"));
    }
    Ok(Place { field, pointer: pointer.trim_end_matches('/').to_owned() })
}

/// Checks that `text` is a valid item of `on`.
pub(super) fn check_place(text: &str) -> Result<(), Problem> {
    read_place(text).map(|_| ())
}

/// Checks that `text` is a valid value of `empty`.
pub(super) fn check_empty(text: &str) -> Result<(), Problem> {
    let message = "the service refuses empty content: expected `deny` or a text to send instead";
    if text.trim().is_empty() { Err(Problem::new(message)) } else { Ok(()) }
}

/// Converts `text`, a valid value of `empty`.
pub(super) fn read_empty(text: String) -> Empty {
    if text == "deny" { Empty::Deny } else { Empty::Text(text) }
}
