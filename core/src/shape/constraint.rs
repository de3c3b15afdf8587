//! [`Constraint`]: what is asked of the keys of a table together.

use serde_json::{Value, json};
use toml::de::{DeTable, DeValue};

use super::read::integer;

/// When all of `when` is so, one of `needs` must be. Without `when` that is always, without `needs` it never can.
#[derive(Clone, Copy, Debug)]
pub struct Constraint {
    /// What must all be so for the constraint to matter. The mistake is shown at the first of these, or at the table.
    pub when: &'static [Has],
    /// Of what one must be so then.
    pub needs: &'static [Has],
    /// What is wrong otherwise. `{}` becomes the table: ``rule `spam` ``.
    pub says: &'static str,
    /// What to do about it.
    pub help: &'static str,
}

/// What may be so of a table. All but the last are about the value of the key that they begin with.
#[derive(Clone, Copy, Debug)]
pub enum Has {
    /// It is there.
    Key(&'static str),
    /// It is one of these words, or a table with one of them for a key.
    Choice(&'static str, &'static [&'static str]),
    /// It is a table with this key and no other.
    Only(&'static str, &'static str),
    /// It is one of these words, or a list with one of them.
    Item(&'static str, &'static [&'static str]),
    /// It is there, and neither an empty list nor 0.
    Filled(&'static str),
    /// It is `false`.
    False(&'static str),
    /// The table has no other key than one.
    OneKey,
}

impl Constraint {
    /// At least one of `needs`.
    #[must_use]
    pub const fn any_of(needs: &'static [Has], says: &'static str, help: &'static str) -> Self {
        Self { when: &[], needs, says, help }
    }

    /// Never all of `when` at once.
    #[must_use]
    pub const fn never(when: &'static [Has], says: &'static str, help: &'static str) -> Self {
        Self { when, needs: &[], says, help }
    }

    /// Whether `table` is as this asks.
    pub(super) fn holds(&self, table: &DeTable<'_>) -> bool {
        !self.when.iter().all(|has| has.is_so(table)) || self.needs.iter().any(|has| has.is_so(table))
    }

    /// The same as JSON Schema.
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
    /// The key that it is about.
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
