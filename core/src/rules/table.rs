//! [`Table`]: a table of a rules file, read key by key, so that all errors in it are reported, not only the first.

use std::borrow::Cow;
use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::report::Diagnostic;
use crate::order;
use crate::shape::{self, Key, Problem, Shape};

/// A table that is being read.
pub(super) struct Table<'i> {
    declared: &'static shape::Table,
    span: Range<usize>,
    rest: DeTable<'i>,
    /// Whether its combination of keys is valid.
    pub is_sound: bool,
}

/// A key and its value.
pub(super) type Entry<'i> = (Spanned<String>, Spanned<DeValue<'i>>);

impl<'i> Table<'i> {
    /// Creates a reader for `table`, declared as `declared`. Reports unknown keys, missing keys and violated constraints.
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

    pub(super) fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// Returns the value of `key` if it is a text, without removing it.
    pub(super) fn peek(&self, key: &str) -> Option<&str> {
        self.rest.get(key)?.get_ref().as_str()
    }

    /// Removes and decodes the value of `key`, if it exists and is valid.
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

    /// Removes the table at `key`.
    pub(super) fn table(&mut self, key: &str, problems: &mut Vec<Diagnostic>) -> Option<Self> {
        let (key, value) = self.open(key, problems)?;
        Self::inside(key, value, problems)
    }

    /// Removes the tables at `key`, each written as `[[key]]`.
    pub(super) fn array(&mut self, key: &str, problems: &mut Vec<Diagnostic>) -> Vec<Self> {
        let Some((key, value)) = self.open(key, problems) else { return Vec::new() };
        let DeValue::Array(items) = value.into_inner() else { return Vec::new() };
        items.into_iter().filter_map(|item| Self::inside(key, item, problems)).collect()
    }

    /// Removes the tables at `key`, each written as `[key.name]`, with their names.
    pub(super) fn named(
        &mut self,
        key: &str,
        problems: &mut Vec<Diagnostic>,
    ) -> Vec<(Spanned<String>, Self)> {
        let Some((key, value)) = self.open(key, problems) else { return Vec::new() };
        let tables = in_order(value).into_iter();
        tables.filter_map(|(name, value)| Some((name, Self::inside(key, value, problems)?))).collect()
    }

    /// Removes the entries of the table at `key`, with values as written.
    pub(super) fn entries(&mut self, key: &str, problems: &mut Vec<Diagnostic>) -> Vec<Entry<'i>> {
        self.open(key, problems).map_or_else(Vec::new, |(_, value)| in_order(value))
    }

    /// Removes the value of `key`, if it has the declared type; its content is read separately.
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

    /// Returns `value`, which is the value of `key` or within it, as a table.
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

/// Returns the keys and values of the table `value`, in file order.
fn in_order(value: Spanned<DeValue<'_>>) -> Vec<Entry<'_>> {
    let DeValue::Table(table) = value.into_inner() else { return Vec::new() };
    let own = |(key, value): (Spanned<Cow<'_, str>>, _)| {
        (Spanned::new(key.span(), key.into_inner().into_owned()), value)
    };
    let mut entries: Vec<_> = table.into_iter().map(own).collect();
    order::by(&mut entries, |(key, _)| (key.span().start, 0));
    entries
}

/// Converts `problem`, with the value at `span`, for a report.
pub(super) fn error(problem: Problem, span: &Range<usize>) -> Diagnostic {
    let place = problem.span.unwrap_or_else(|| span.clone());
    Diagnostic::error(place, problem.message).help(problem.help)
}
