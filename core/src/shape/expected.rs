//! Describes shapes and values in words: "expected …, found …".

use toml::de::DeValue;

use super::{List, Shape, Table};

/// Messages list at most this many words.
const MANY_WORDS: usize = 8;

impl Shape {
    /// Describes a value of this shape, in words for people who do not program.
    pub(crate) fn expected(&self) -> String {
        one_of(&self.choices())
    }

    /// Describes each alternative of this shape.
    fn choices(&self) -> Vec<String> {
        match self {
            Self::Any | Self::Json => vec!["a value".to_owned()],
            Self::Boolean => vec!["`true`".to_owned(), "`false`".to_owned()],
            Self::Integer { min, max } if min == max => vec![format!("`{min}`")],
            Self::Integer { min, max } => vec![format!("a whole number{}", bounds(*min, *max))],
            Self::Number { above, max } if above.is_finite() => {
                vec![format!("a number of more than {above} and at most {max}")]
            }
            Self::Number { .. } => vec!["a number".to_owned()],
            Self::Text(text) => vec![text.what.to_owned()],
            Self::Words(words) => match (words.all)() {
                few if few.len() <= MANY_WORDS => few.iter().map(|word| format!("\"{word}\"")).collect(),
                _ => vec![format!("a {}", words.what)],
            },
            Self::List(list) => list.choices(),
            Self::Table(Table { what, such_as: "", .. }) => vec![format!("a table for {what}")],
            Self::Table(Table { such_as, .. }) => vec![format!("a table such as `{such_as}`")],
            Self::Map(map) if map.such_as.is_empty() => vec![map.what.to_owned()],
            Self::Map(map) => vec![format!("{} such as `{}`", map.what, map.such_as)],
            Self::Named(_, shape) => shape.choices(),
            Self::Alternatives(all) => all.iter().flat_map(|one| one.shape.choices()).collect(),
        }
    }
}

impl List {
    fn choices(&self) -> Vec<String> {
        let mut choices: Vec<_> = self.or_word.iter().map(|word| format!("\"{word}\"")).collect();
        if self.or_item {
            choices.extend(self.item.choices());
        }
        choices.push(format!("a list of {}", self.what));
        choices
    }
}

fn bounds(min: i64, max: i64) -> String {
    match (min, max) {
        (i64::MIN, i64::MAX) => String::new(),
        (_, i64::MAX) => format!(" of {min} or more"),
        _ => format!(" from {min} to {max}"),
    }
}

/// Joins `choices` for a sentence: `a`, `a or b`, `a, b or c`.
pub(super) fn one_of(choices: &[String]) -> String {
    match choices.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// Messages repeat texts of at most this many characters.
const LONG_TEXT: usize = 40;

/// Describes `value`, in words.
pub(super) fn found(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) if text.is_empty() => "an empty text".to_owned(),
        DeValue::String(text) if text.chars().count() <= LONG_TEXT => format!("the text {text:?}"),
        DeValue::String(_) => "a text".to_owned(),
        DeValue::Integer(number) => format!("the number `{number}`"),
        DeValue::Float(number) => format!("the number `{}`", number.as_str()),
        DeValue::Boolean(is) => format!("`{is}`"),
        DeValue::Datetime(_) => "a date".to_owned(),
        DeValue::Array(items) if items.is_empty() => "an empty list".to_owned(),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(table) if table.is_empty() => "an empty table".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}
