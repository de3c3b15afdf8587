//! [`Table`]: reads a TOML table key by key and notes everything that is wrong with it, not only the first thing.

use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::report::Diagnostic;
use crate::detect::{did_you_mean, nearest};

/// A TOML table being read.
pub(super) struct Table<'i> {
    /// What it is, as a person would say it: `a rule`.
    what: &'static str,
    span: Range<usize>,
    rest: DeTable<'i>,
    known: Vec<&'static str>,
}

impl<'i> Table<'i> {
    pub(super) fn new(what: &'static str, span: Range<usize>, table: DeTable<'i>) -> Self {
        Self { what, span, rest: table, known: Vec::new() }
    }

    /// `value` as a table, if it is one.
    pub(super) fn from_value(
        what: &'static str,
        value: Spanned<DeValue<'i>>,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        let span = value.span();
        match value.into_inner() {
            DeValue::Table(table) => Some(Self::new(what, span, table)),
            other => {
                let message = format!("expected a table for {what}, found {}", kind_of(&other));
                problems.push(Diagnostic::error(span, message));
                None
            }
        }
    }

    /// Where the table is.
    pub(super) fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// The text of `key`, if it is one, without taking it.
    pub(super) fn peek(&self, key: &str) -> Option<&str> {
        self.rest.get(key)?.get_ref().as_str()
    }

    /// The value of `key`, unread.
    pub(super) fn raw(&mut self, key: &'static str) -> Option<Spanned<DeValue<'i>>> {
        self.known.push(key);
        self.rest.remove(key)
    }

    /// The value of `key`, if it is there and can be read as a `T`.
    pub(super) fn take<T: DeserializeOwned>(
        &mut self,
        key: &'static str,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<T> {
        let value = self.raw(key)?;
        read(value, problems)
    }

    /// The value of `key`, which must be there.
    pub(super) fn need<T: DeserializeOwned>(
        &mut self,
        key: &'static str,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<T> {
        let Some(value) = self.raw(key) else {
            let message = format!("{} needs `{key}`", self.what);
            problems.push(Diagnostic::error(self.span.clone(), message));
            return None;
        };
        read(value, problems)
    }

    /// The value of `key` as an array of tables, each of them `what`: `[[rule]]`.
    pub(super) fn array(
        &mut self,
        key: &'static str,
        what: &'static str,
        problems: &mut Vec<Diagnostic>,
    ) -> Vec<Table<'i>> {
        let Some(value) = self.raw(key) else { return Vec::new() };
        let span = value.span();
        match value.into_inner() {
            DeValue::Array(items) => {
                items.into_iter().filter_map(|item| Table::from_value(what, item, problems)).collect()
            }
            other => {
                let message = format!("expected an array of tables, found {}", kind_of(&other));
                let help = format!("write the brackets twice: `[[{key}]]`");
                problems.push(Diagnostic::error(span, message).help(help));
                Vec::new()
            }
        }
    }

    /// Notes the keys nobody asked for.
    pub(super) fn finish(self, problems: &mut Vec<Diagnostic>) {
        for (key, _) in self.rest {
            let message = format!("{} has no key `{}`", self.what, key.get_ref());
            let help = nearest(key.get_ref(), self.known.iter().copied());
            problems.push(Diagnostic::error(key.span(), message).help(help));
        }
    }

    /// The keys and values that are left, in the order of the file.
    pub(super) fn into_entries(self) -> Vec<(Spanned<String>, Spanned<DeValue<'i>>)> {
        let own = |(key, value): (Spanned<_>, _)| {
            let (span, key): (_, std::borrow::Cow<'_, str>) = (key.span(), key.into_inner());
            (Spanned::new(span, key.into_owned()), value)
        };
        let mut entries: Vec<_> = self.rest.into_iter().map(own).collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        entries
    }
}

/// `value` as a `T`.
pub(super) fn read<T: DeserializeOwned>(
    value: Spanned<DeValue<'_>>,
    problems: &mut Vec<Diagnostic>,
) -> Option<T> {
    let span = value.span();
    match T::deserialize(ValueDeserializer::from(value)) {
        Ok(read) => Some(read),
        Err(error) => {
            problems.push(unreadable(error.span().unwrap_or(span), error.message()));
            None
        }
    }
}

/// What a value is not, in words for people who have not met a `usize`.
pub(super) fn unreadable(span: Range<usize>, message: &str) -> Diagnostic {
    let number = ["usize", "u64", "u32", "u8", "i64"].map(|name| format!("expected {name}"));
    let plain =
        number.iter().fold(message.to_owned(), |text, name| text.replace(name, "expected a whole number"));
    let plain =
        plain.replace("invalid type: map", "found a table").replace("invalid type: sequence", "found a list");
    let plain = plain.replace("invalid type: ", "found ").replace("invalid value: ", "found ");
    let plain = plain
        .replace("a sequence", "a list")
        .replace("a map", "a table")
        .replace("unknown variant", "unknown word");
    let plain = plain.replace("unknown field", "unknown key");
    let mut quoted = message.split('`').skip(1).step_by(2);
    let unknown = (message.starts_with("unknown ") || message.starts_with("no field "))
        .then(|| quoted.next())
        .flatten();
    let help = unknown.and_then(|word| did_you_mean(word, quoted));
    Diagnostic::error(span, plain).help(help)
}

fn kind_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a float",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "an array",
        DeValue::Table(_) => "a table",
    }
}
