//! Reads values: checks them against their shape and rewrites them into their long form.

use std::borrow::Cow;
use std::mem;
use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue, ValueDeserializer};

use super::expected::{found, one_of};
use super::nearest::{did_you_mean, nearest};
use super::{Alternative, Key, List, Long, Map, Problem, Shape, Table, Words};

impl Shape {
    /// Decodes `value` as a `T`, if it has this shape. Otherwise adds everything that is wrong with it to `problems`, with positions.
    pub fn read<T: DeserializeOwned>(
        &self,
        mut value: Spanned<DeValue<'_>>,
        problems: &mut Vec<Problem>,
    ) -> Option<T> {
        let (before, span) = (problems.len(), value.span());
        self.settle(&mut value, problems);
        if problems.len() > before {
            return None;
        }
        let decoded = T::deserialize(ValueDeserializer::from(value)).map_err(Problem::from);
        decoded
            .map_err(|problem| problems.push(Problem { span: problem.span.or(Some(span)), ..problem }))
            .ok()
    }

    /// Adds what is wrong with `value` to `problems`, and rewrites it into its long form.
    fn settle(&self, value: &mut Spanned<DeValue<'_>>, problems: &mut Vec<Problem>) {
        self.settle_as(self, value, problems);
    }

    /// Does the same as [`Self::settle`], but reports a mismatch with `outer`, of which this shape is an alternative.
    fn settle_as(&self, outer: &Self, value: &mut Spanned<DeValue<'_>>, problems: &mut Vec<Problem>) {
        let span = value.span();
        let fits = match (self, value.get_mut()) {
            (Self::Any, _) => true,
            (Self::Boolean, value) => value.is_bool(),
            (Self::Integer { min, max }, value) => {
                integer(value).is_some_and(|number| (*min..=*max).contains(&number))
            }
            (Self::Number { above, max }, value) => {
                number(value).is_some_and(|number| number.is_finite() && number > *above && number <= *max)
            }
            (Self::Text(text), DeValue::String(written)) => {
                problems.extend((text.check)(written).err().map(|problem| problem.at(span.clone())));
                true
            }
            (Self::Words(words), DeValue::String(written)) => {
                words.settle(outer, written, &span, problems);
                true
            }
            (Self::List(list), _) => return list.settle(outer, value, problems),
            (Self::Named(_, shape), _) => return shape.settle_as(outer, value, problems),
            (Self::Table(table), DeValue::Table(entries)) => {
                table.settle(&span, entries, problems);
                true
            }
            (Self::Map(map), DeValue::Table(entries)) if entries.len() >= map.least => {
                map.settle(&span, entries, problems);
                true
            }
            (Self::Alternatives(all), _) => {
                let chosen = all.iter().find(|one| one.shape.takes(value.get_ref()));
                if let Some(chosen) = chosen {
                    chosen.shape.settle_as(outer, value, problems);
                    chosen.lengthen(value);
                }
                chosen.is_some()
            }
            (Self::Json, value) => return settle_json(&span, value, problems),
            (Self::Text(_) | Self::Words(_) | Self::Table(_) | Self::Map(_), _) => false,
        };
        if !fits {
            problems.push(outer.mismatch(value.get_ref(), span));
        }
    }

    /// Returns whether the type of `value` is possible for this shape.
    fn takes(&self, value: &DeValue<'_>) -> bool {
        match self {
            Self::Any | Self::Json => true,
            Self::Boolean => value.is_bool(),
            Self::Integer { .. } => value.is_integer(),
            Self::Number { .. } => value.is_integer() || value.is_float(),
            Self::Text(_) | Self::Words(_) => value.is_str(),
            Self::List(list) => {
                value.is_array()
                    || list.or_item && list.item.takes(value)
                    || list.or_word.is_some() && value.is_str()
            }
            Self::Table(_) | Self::Map(_) => value.is_table(),
            Self::Alternatives(all) => all.iter().any(|one| one.shape.takes(value)),
            Self::Named(_, shape) => shape.takes(value),
        }
    }

    /// Returns the problem that `value` does not have this shape.
    pub(crate) fn mismatch(&self, value: &DeValue<'_>, span: Range<usize>) -> Problem {
        Problem::new(format!("expected {}, found {}", self.expected(), found(value))).at(span)
    }

    /// Returns the table that a value of this shape is or contains.
    pub(crate) fn inner_table(&self) -> Option<&'static Table> {
        match self {
            Self::Map(map) => map.value.inner_table(),
            _ => self.table(),
        }
    }

    /// Returns the table that a value of this shape may be.
    fn table(&self) -> Option<&'static Table> {
        match self {
            Self::Table(table) => Some(table),
            Self::List(list) => list.item.table(),
            Self::Alternatives(all) => all.iter().find_map(|one| one.shape.table()),
            Self::Named(_, shape) => shape.table(),
            _ => None,
        }
    }
}

impl Shape {
    /// Returns the word that may be written instead of a list of this shape.
    fn word(&self) -> Option<&'static str> {
        match self {
            Self::List(list) => list.or_word,
            Self::Alternatives(all) => all.iter().find_map(|one| one.shape.word()),
            _ => None,
        }
    }
}

impl Words {
    fn settle(&self, outer: &Shape, written: &str, span: &Range<usize>, problems: &mut Vec<Problem>) {
        let all = (self.all)();
        if all.contains(&written) {
            return;
        }
        let keys = outer.table().map_or(&[][..], |table| table.keys);
        let mut problem = outer.mismatch(&DeValue::String(Cow::Borrowed(written)), span.clone());
        let are_listed = problem.message.contains(&format!("\"{}\"", all[0]));
        if !are_listed {
            problem.message = format!("no {} is called `{written}`", self.what);
        }
        let meant = (self.meant)(written).filter(|meant| all.contains(meant));
        let known = all.iter().copied().chain(outer.word());
        problem.help = if let Some(meant) = meant {
            Some(format!("did you mean `{meant}`?"))
        } else if let Some(key) = keys.iter().find(|key| key.name == written) {
            Some(format!("`{written}` takes {}: write `{{ {written} = … }}`", key.shape.expected()))
        } else if are_listed {
            did_you_mean(written, known)
        } else {
            nearest(written, known)
        };
        problems.push(problem);
    }
}

impl List {
    fn settle(&self, outer: &Shape, value: &mut Spanned<DeValue<'_>>, problems: &mut Vec<Problem>) {
        let is_word = self.or_word.is_some_and(|word| value.get_ref().as_str() == Some(word));
        let is_item = !is_word && self.or_item && self.item.takes(value.get_ref());
        let span = value.span();
        match value.get_mut() {
            DeValue::Array(items) if items.len() >= self.least => {
                items.iter_mut().for_each(|item| self.item.settle(item, problems));
            }
            _ if is_word || is_item => {
                if is_item {
                    self.item.settle_as(outer, value, problems);
                }
                enlist(value);
            }
            found => problems.push(outer.mismatch(found, span)),
        }
    }
}

impl Table {
    /// Adds problems for unknown keys, missing keys and violated constraints.
    pub(crate) fn check_keys(&self, span: &Range<usize>, entries: &DeTable<'_>, problems: &mut Vec<Problem>) {
        let before = problems.len();
        for key in entries.keys().filter(|key| self.key(key.get_ref()).is_none()) {
            problems.push(self.unknown_key(key.get_ref(), key.span(), entries));
        }
        for key in self.keys.iter().filter(|key| key.is_required && !entries.contains_key(key.name)) {
            let problem = Problem::new(format!("{} needs `{}`", self.what, key.name)).at(span.clone());
            problems.push(problem.help(key.advice()));
        }
        // A misspelled key should not also be reported as missing.
        if problems.len() > before {
            return;
        }
        if self.is_choice && entries.len() != 1 {
            let keys: Vec<_> = self.keys.iter().map(|key| format!("`{}`", key.name)).collect();
            let message = format!("expected one of {}, found {}", one_of(&keys), counted(entries));
            problems.push(Problem::new(message).at(span.clone()));
        }
        for constraint in self.constraints.iter().filter(|constraint| !constraint.holds(entries)) {
            problems.push(constraint.problem(span, entries, &self.subject(entries)));
        }
    }

    fn settle(&self, span: &Range<usize>, entries: &mut DeTable<'_>, problems: &mut Vec<Problem>) {
        self.check_keys(span, entries, problems);
        for (key, value) in entries.iter_mut() {
            if let Some(key) = self.key(key.get_ref()) {
                key.settle(value, problems);
            }
        }
    }

    /// Returns the name of this table for messages: ``rule `spam` ``, or `the rule`.
    fn subject(&self, entries: &DeTable<'_>) -> String {
        let noun = self.what.trim_start_matches("a ");
        match entries.get("id").and_then(|id| id.get_ref().as_str()) {
            Some(id) => format!("{noun} `{id}`"),
            None => format!("the {noun}"),
        }
    }

    fn unknown_key(&self, name: &str, span: Range<usize>, entries: &DeTable<'_>) -> Problem {
        // Arrays of tables may be repeated.
        let comes_again = |key: &&Key| matches!(key.shape, Shape::List(list) if !list.or_item);
        let may_come = |key: &&Key| !entries.contains_key(key.name) || comes_again(key);
        let missing = || self.keys.iter().filter(may_come).map(|key| key.name);
        let inside = |key: &&Key| key.shape.table().is_some_and(|table| table.key(name).is_some());
        let help = did_you_mean(name, missing())
            .or_else(|| Some(format!("`{name}` belongs inside `{}`", self.keys.iter().find(inside)?.name)))
            .or_else(|| nearest(name, missing().collect::<Vec<_>>()));
        Problem::new(format!("{} has no key `{name}`", self.what)).at(span).help(help)
    }
}

impl Key {
    /// Checks that `value` has the type that this key takes, without checking its content.
    pub(crate) fn check_type(&self, value: &Spanned<DeValue<'_>>) -> Result<(), Problem> {
        let is_too_small = match (&self.shape, value.get_ref()) {
            (Shape::Map(map), DeValue::Table(entries)) => entries.len() < map.least,
            _ => false,
        };
        if self.shape.takes(value.get_ref()) && !is_too_small {
            return Ok(());
        }
        Err(self.shape.mismatch(value.get_ref(), value.span()).help(self.advice()))
    }

    /// Reads a value like [`Shape::read`], and adds the advice of this key to problems.
    pub(crate) fn read<T: DeserializeOwned>(
        &self,
        value: Spanned<DeValue<'_>>,
        problems: &mut Vec<Problem>,
    ) -> Option<T> {
        let (before, span) = (problems.len(), value.span());
        let read = self.shape.read(value, problems);
        self.advise(&span, &mut problems[before..]);
        read
    }

    fn settle(&self, value: &mut Spanned<DeValue<'_>>, problems: &mut Vec<Problem>) {
        let before = problems.len();
        self.shape.settle(value, problems);
        self.advise(&value.span(), &mut problems[before..]);
    }

    /// Adds this key's advice to problems that concern the whole value.
    fn advise(&self, span: &Range<usize>, problems: &mut [Problem]) {
        for problem in problems.iter_mut().filter(|problem| problem.span.as_ref() == Some(span)) {
            problem.help = problem.help.take().or_else(|| self.advice());
        }
    }

    fn advice(&self) -> Option<String> {
        (!self.help.is_empty()).then(|| self.help.to_owned())
    }
}

impl Map {
    fn settle(&self, span: &Range<usize>, entries: &mut DeTable<'_>, problems: &mut Vec<Problem>) {
        for constraint in self.constraints.iter().filter(|constraint| !constraint.holds(entries)) {
            problems.push(constraint.problem(span, entries, self.what));
        }
        for (name, value) in entries.iter_mut() {
            if let Some(key) = self.keys.iter().find(|key| key.name == name.get_ref()) {
                key.settle(value, problems);
                continue;
            }
            problems.extend((self.names.check)(name.get_ref()).err().map(|problem| problem.at(name.span())));
            self.value.settle(value, problems);
        }
    }
}

impl Alternative {
    fn lengthen(&self, value: &mut Spanned<DeValue<'_>>) {
        let key = match self.long {
            Long::Itself => return,
            Long::Under(key) => key,
            Long::ListUnder(key) => {
                enlist(value);
                key
            }
        };
        let span = value.span();
        let inner = mem::replace(value.get_mut(), DeValue::Boolean(false));
        let mut table = DeTable::new();
        table.insert(Spanned::new(span.clone(), Cow::Borrowed(key)), Spanned::new(span, inner));
        *value.get_mut() = DeValue::Table(table);
    }
}

/// Replaces `value` by a list that contains it.
fn enlist(value: &mut Spanned<DeValue<'_>>) {
    let span = value.span();
    let inner = mem::replace(value.get_mut(), DeValue::Boolean(false));
    let mut list = DeArray::new();
    list.push(Spanned::new(span, inner));
    *value.get_mut() = DeValue::Array(list);
}

/// Adds problems for what JSON cannot represent in `value`.
fn settle_json(span: &Range<usize>, value: &DeValue<'_>, problems: &mut Vec<Problem>) {
    match value {
        DeValue::Datetime(_) => {
            let help = "write it as a text, in quotation marks".to_owned();
            problems.push(Problem::new("JSON has no dates").at(span.clone()).help(help));
        }
        DeValue::Integer(_) | DeValue::Float(_) if !number(value).is_some_and(f64::is_finite) => {
            problems.push(Problem::new(format!("JSON has no number `{}`", written(value))).at(span.clone()));
        }
        DeValue::Integer(_) if integer(value).is_none() => {
            problems.push(Problem::new("expected a number of 64 bits").at(span.clone()));
        }
        DeValue::Array(items) => {
            items.iter().for_each(|item| settle_json(&item.span(), item.get_ref(), problems));
        }
        DeValue::Table(table) => {
            table.values().for_each(|value| settle_json(&value.span(), value.get_ref(), problems));
        }
        _ => {}
    }
}

/// Returns the source text of a number.
fn written<'v>(value: &'v DeValue<'_>) -> &'v str {
    match value {
        DeValue::Integer(number) => number.as_str(),
        DeValue::Float(number) => number.as_str(),
        _ => "",
    }
}

/// Returns the integer `value`, if it fits into 64 bits.
pub(super) fn integer(value: &DeValue<'_>) -> Option<i64> {
    let number = value.as_integer()?;
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

fn number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Float(number) => number.as_str().parse().ok(),
        #[expect(clippy::cast_precision_loss, reason = "bounds are far from where doubles are coarse")]
        _ => integer(value).map(|number| number as f64),
    }
}

/// Lists the keys of a table for a message.
fn counted(entries: &DeTable<'_>) -> String {
    let mut keys: Vec<_> = entries.keys().collect();
    crate::order::by(&mut keys, |key| (key.span().start, 0));
    let keys: Vec<_> = keys.iter().map(|key| format!("`{}`", key.get_ref())).collect();
    if keys.is_empty() { "an empty table".to_owned() } else { keys.join(" and ") }
}
