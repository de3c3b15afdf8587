//! [`Constraint`]: a condition on several keys of a table together.

use std::ops::Range;

use serde_json::{Value, json};
use toml::de::{DeTable, DeValue};

use super::Problem;
use super::read::integer;

/// A condition on a table: if all of `when` hold, at least one of `needs` must hold. Empty `when` always holds; empty `needs` never holds.
#[derive(Clone, Copy, Debug)]
pub struct Constraint {
    /// The conditions of the constraint. Errors are reported at the first of these keys, or at the table.
    pub when: &'static [Has],
    /// The alternatives, of which at least one must hold.
    pub needs: &'static [Has],
    /// The error message. `{}` is replaced by the table: ``rule `spam` ``.
    pub says: &'static str,
    /// What the author should do about it.
    pub help: &'static str,
}

/// A property of a table. All but the last concern the value of the key that is their first field.
#[derive(Clone, Copy, Debug)]
pub enum Has {
    /// The key exists.
    Key(&'static str),
    /// The value is one of these words, or a table with one of them as a key.
    Choice(&'static str, &'static [&'static str]),
    /// The value is a table with only this key.
    Only(&'static str, &'static str),
    /// The value is one of these words, or a list that contains one.
    Item(&'static str, &'static [&'static str]),
    /// The key exists, and its value is neither an empty list nor 0.
    Filled(&'static str),
    /// The value is `false`.
    False(&'static str),
    /// The table has exactly one key.
    OneKey,
}

impl Constraint {
    /// Requires at least one of `needs`.
    #[must_use]
    pub const fn any_of(needs: &'static [Has], says: &'static str, help: &'static str) -> Self {
        Self { when: &[], needs, says, help }
    }

    /// Forbids that all of `when` hold.
    #[must_use]
    pub const fn never(when: &'static [Has], says: &'static str, help: &'static str) -> Self {
        Self { when, needs: &[], says, help }
    }

    /// Returns whether `table` satisfies the constraint.
    pub(super) fn holds(&self, table: &DeTable<'_>) -> bool {
        !self.when.iter().all(|has| has.is_so(table)) || self.needs.iter().any(|has| has.is_so(table))
    }

    /// Returns the problem that `table`, which is at `span` and called `subject`, violates the constraint.
    pub(super) fn problem(&self, span: &Range<usize>, table: &DeTable<'_>, subject: &str) -> Problem {
        let first = self.when.first().and_then(|has| table.get(has.key()?));
        let place = first.map_or(span.clone(), toml::Spanned::span);
        let problem = Problem::new(self.says.replace("{}", subject)).at(place);
        problem.help((!self.help.is_empty()).then(|| self.help.to_owned()))
    }

    pub(super) fn json_schema(&self) -> Value {
        let all = |has: &[Has]| has.iter().map(Has::json_schema).collect::<Vec<_>>();
        match (self.when, self.needs) {
            ([], needs) => json!({ "anyOf": all(needs) }),
            (when, []) => json!({ "not": { "allOf": all(when) } }),
            (when, needs) => json!({ "if": { "allOf": all(when) }, "then": { "anyOf": all(needs) } }),
        }
    }
}

impl Has {
    /// Returns the key that the condition concerns.
    pub(super) fn key(&self) -> Option<&'static str> {
        match self {
            Self::Key(key)
            | Self::Choice(key, _)
            | Self::Only(key, _)
            | Self::Item(key, _)
            | Self::Filled(key)
            | Self::False(key) => Some(key),
            Self::OneKey => None,
        }
    }

    fn is_so(&self, table: &DeTable<'_>) -> bool {
        let value = self.key().and_then(|key| table.get(key)).map(toml::Spanned::get_ref);
        match (self, value) {
            (Self::OneKey, _) => table.len() == 1,
            (_, None) => false,
            (Self::Key(_), Some(_)) => true,
            (Self::Choice(_, words), Some(DeValue::Table(inner))) => {
                words.iter().any(|word| inner.contains_key(*word))
            }
            (Self::Only(_, only), Some(value)) => {
                value.as_table().is_some_and(|inner| inner.len() == 1 && inner.contains_key(*only))
            }
            (Self::Item(_, words), Some(DeValue::Array(items))) => {
                items.iter().any(|item| is_among(item.get_ref(), words))
            }
            (Self::Choice(_, words) | Self::Item(_, words), Some(value)) => is_among(value, words),
            (Self::Filled(_), Some(DeValue::Array(items))) => !items.is_empty(),
            (Self::Filled(_), Some(value)) => integer(value) != Some(0),
            (Self::False(_), Some(value)) => value.as_bool() == Some(false),
        }
    }

    fn json_schema(&self) -> Value {
        let value = match self {
            Self::OneKey => return json!({ "maxProperties": 1 }),
            Self::Key(key) => return json!({ "required": [key] }),
            Self::Choice(_, words) => {
                let keys: Vec<_> = words.iter().map(|word| json!({ "required": [word] })).collect();
                json!({ "anyOf": [{ "enum": words }, { "type": "object", "anyOf": keys }] })
            }
            Self::Only(_, only) => json!({ "type": "object", "required": [only], "maxProperties": 1 }),
            Self::Item(_, words) => {
                let word = json!({ "enum": words });
                json!({ "anyOf": [word, { "type": "array", "contains": word }] })
            }
            Self::Filled(_) => {
                json!({ "not": { "anyOf": [{ "const": 0 }, { "type": "array", "maxItems": 0 }] } })
            }
            Self::False(_) => json!({ "const": false }),
        };
        let key = self.key().unwrap_or_default();
        json!({ "required": [key], "properties": { key: value } })
    }
}

fn is_among(value: &DeValue<'_>, words: &[&str]) -> bool {
    value.as_str().is_some_and(|text| words.contains(&text))
}
