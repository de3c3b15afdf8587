//! [`Table`]: a table of a rules file, read key by key, so that everything that is wrong with it is told and not only the first thing.

use std::borrow::Cow;
use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::report::Diagnostic;
use crate::shape::{self, Key, Problem, Shape};

/// A table being read.
pub(super) struct Table<'i> {
    declared: &'static shape::Table,
    span: Range<usize>,
    rest: DeTable<'i>,
    /// Whether its keys are those that it may have, together.
    pub is_sound: bool,
}

/// A key and its value.
pub(super) type Entry<'i> = (Spanned<String>, Spanned<DeValue<'i>>);

impl<'i> Table<'i> {
    /// `table`, which is `declared` so. Notes which keys are unknown, are missing and do not go together.
    pub(super) fn new(
        declared: &'static shape::Table,
        span: Range<usize>,
        table: DeTable<'i>,
        problems: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut found = Vec::new();
        declared.check_keys(&span, &table, &mut found);
        let is_sound = found.is_empty();
        problems.extend(found.into_iter().map(|problem| error(problem, &span)));
        Self { declared, span, rest: table, is_sound }
    }

    /// Where the table is.
    pub(super) fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// The text of `key`, if it is one, without taking it.
    pub(super) fn peek(&self, key: &str) -> Option<&str> {
        self.rest.get(key)?.get_ref().as_str()
    }

    /// The value of `key`, if it is there and is what it is declared to be.
    pub(super) fn take<T: DeserializeOwned>(
        &mut self,
        key: &str,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<T> {
        let (value, key) = (self.rest.remove(key)?, self.declared.key(key)?);
        let (mut found, span) = (Vec::new(), value.span());
        let read = key.read(value, &mut found);
        problems.extend(found.into_iter().map(|problem| error(problem, &span)));
        read
    }

    /// The table under `key`.
    pub(super) fn table(&mut self, key: &str, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let (key, value) = self.open(key, problems)?;
        Self::inside(key, value, problems)
    }

    /// The tables under `key`, each of them `[[key]]`.
    pub(super) fn array(&mut self, key: &str, problems: &mut Vec<Diagnostic>) -> Vec<Self> {
        let Some((key, value)) = self.open(key, problems) else { return Vec::new() };
        let DeValue::Array(items) = value.into_inner() else { return Vec::new() };
        items.into_iter().filter_map(|item| Self::inside(key, item, problems)).collect()
    }

    /// The tables under `key` by their names, each of them `[key.name]`.
    pub(super) fn named(
        &mut self,
        key: &str,
        problems: &mut Vec<Diagnostic>,
    ) -> Vec<(Spanned<String>, Self)> {
        let Some((key, value)) = self.open(key, problems) else { return Vec::new() };
        let tables = in_order(value).into_iter();
        tables.filter_map(|(name, value)| Some((name, Self::inside(key, value, problems)?))).collect()
    }

    /// What stands in the table under `key`, with values as they are written.
    pub(super) fn entries(&mut self, key: &str, problems: &mut Vec<Diagnostic>) -> Vec<Entry<'i>> {
        self.open(key, problems).map_or_else(Vec::new, |(_, value)| in_order(value))
    }

    /// The value of `key`, if it is of the type it is declared to be: what is inside it is read on its own.
    fn open(
        &mut self,
        key: &str,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<(&'static Key, Spanned<DeValue<'i>>)> {
        let (value, key) = (self.rest.remove(key)?, self.declared.key(key)?);
        match key.check_type(&value) {
            Ok(()) => Some((key, value)),
            Err(problem) => {
                problems.push(error(problem, &value.span()));
                None
            }
        }
    }

    /// `value`, which is or is in the value of `key`, as a table.
    fn inside(
        key: &'static Key,
        value: Spanned<DeValue<'i>>,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        let (declared, span) = (key.shape.inner_table()?, value.span());
        match value.into_inner() {
            DeValue::Table(table) => Some(Self::new(declared, span, table, problems)),
            other => {
                problems.push(error(Shape::Table(declared).mismatch(&other, span.clone()), &span));
                None
            }
        }
    }
}

/// The keys and values of the table that `value` is, in the order of the file.
fn in_order(value: Spanned<DeValue<'_>>) -> Vec<Entry<'_>> {
    let DeValue::Table(table) = value.into_inner() else { return Vec::new() };
    let own = |(key, value): (Spanned<Cow<'_, str>>, _)| {
        (Spanned::new(key.span(), key.into_inner().into_owned()), value)
    };
    let mut entries: Vec<_> = table.into_iter().map(own).collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

/// `problem`, of the value at `span`, for a report.
pub(super) fn error(problem: Problem, span: &Range<usize>) -> Diagnostic {
    let place = problem.span.unwrap_or_else(|| span.clone());
    Diagnostic::error(place, problem.message).help(problem.help)
}
