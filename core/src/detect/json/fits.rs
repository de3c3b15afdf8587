//! [`Test`]: what a value must be for a rule to find it.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::text::json::{Shape, Value};

/// What a value must be.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Test {
    /// One of these.
    Among(Vec<Scalar>),
    /// All of this.
    All(Table),
}

/// A value as a rules file writes it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Scalar {
    Text(String),
    Whole(i64),
    Number(f64),
    Boolean(bool),
}

/// A test as a table. What it leaves out does not matter.
#[derive(Clone, Debug, Default, serde::Deserialize, PartialEq)]
#[serde(
    default,
    deny_unknown_fields,
    rename_all = "kebab-case",
    expecting = "a value, a list of values, or a table such as `{ min = 1 }`"
)]
pub(super) struct Table {
    /// Whether there is a value at all.
    present: Option<bool>,
    /// What it is.
    r#type: Option<Types>,
    /// The least a number may be.
    min: Option<f64>,
    /// The most a number may be.
    max: Option<f64>,
    /// An object with a key that is none of these.
    keys_other_than: Option<Vec<String>>,
    /// Nested deeper than this.
    deeper_than: Option<usize>,
    /// Anything but this; also nothing at all.
    not: Option<Box<Test>>,
}

/// One type or several.
#[derive(Clone, Debug, PartialEq)]
struct Types(Vec<Type>);

#[derive(Clone, Copy, Debug, serde::Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum Type {
    Object,
    Array,
    String,
    Number,
    Integer,
    Boolean,
    Null,
    Text,
}

impl Test {
    /// Whether `value`, or that there is none, is what this says.
    pub(super) fn fits(&self, value: Option<Value<'_>>) -> bool {
        match self {
            Self::Among(scalars) => value.is_some_and(|value| scalars.iter().any(|scalar| scalar.is(value))),
            Self::All(table) => table.fits(value),
        }
    }

    /// Why nothing can be what this says.
    pub(super) fn nonsense(&self) -> Option<&'static str> {
        let Self::All(table) = self else { return None };
        if *table == Table::default() {
            return Some(
                "expected `present`, `type`, `min`, `max`, `keys-other-than`, `deeper-than` or `not`",
            );
        }
        if table.min.zip(table.max).is_some_and(|(min, max)| min > max) {
            return Some("no number is at least `min` and at most `max`");
        }
        if [table.min, table.max].iter().flatten().any(|bound| bound.is_nan()) {
            return Some("no number is at least or at most `nan`");
        }
        if table.present == Some(false) && *table != (Table { present: Some(false), ..Table::default() }) {
            return Some("what is not there is nothing else either: expected `{ present = false }` alone");
        }
        table.not.as_ref().and_then(|test| test.nonsense())
    }
}

impl Table {
    fn fits(&self, value: Option<Value<'_>>) -> bool {
        if self.present.is_some_and(|present| present != value.is_some()) {
            return false;
        }
        if self.not.as_ref().is_some_and(|test| test.fits(value)) {
            return false;
        }
        let Some(value) = value else {
            // Only `not` and `present` can be about nothing.
            let rest = Self { present: None, not: None, ..self.clone() };
            return rest == Self::default();
        };
        let number = || number(value);
        let other_key =
            |keys: &Vec<String>| value.children().filter_map(Value::key).any(|key| !keys.contains(&key));
        self.r#type.as_ref().is_none_or(|Types(types)| types.iter().any(|one| one.is_of(value)))
            && self.min.is_none_or(|min| number().is_some_and(|number| number >= min))
            && self.max.is_none_or(|max| number().is_some_and(|number| number <= max))
            && self.keys_other_than.as_ref().is_none_or(other_key)
            && self.deeper_than.is_none_or(|depth| value.depth() > depth)
    }
}

impl Scalar {
    fn is(&self, value: Value<'_>) -> bool {
        match self {
            Self::Text(text) => value.string().is_some_and(|string| string == *text),
            Self::Boolean(is) => value.text() == if *is { "true" } else { "false" },
            // A double cannot tell the largest whole numbers apart; ids are such numbers.
            Self::Whole(whole) => match value.text().parse::<i128>() {
                Ok(number) => value.shape() == Shape::Number && number == i128::from(*whole),
                #[expect(clippy::cast_precision_loss, reason = "`7.0` is 7, and spelled as a double")]
                Err(_) => number(value) == Some(*whole as f64),
            },
            Self::Number(wanted) => number(value) == Some(*wanted),
        }
    }
}

impl Type {
    fn is_of(self, value: Value<'_>) -> bool {
        match self {
            Self::Object => value.shape() == Shape::Object,
            Self::Array => value.shape() == Shape::Array,
            Self::String => value.shape() == Shape::String,
            Self::Number => value.shape() == Shape::Number,
            Self::Integer => number(value).is_some_and(|number| number.fract() == 0.0),
            Self::Boolean => value.shape() == Shape::Boolean,
            Self::Null => value.shape() == Shape::Null,
            Self::Text => value.shape() == Shape::Text,
        }
    }
}

/// The number that `value` is, if it is one; infinite where a double ends.
fn number(value: Value<'_>) -> Option<f64> {
    (value.shape() == Shape::Number).then(|| value.text().parse().ok())?
}

impl<'de> Deserialize<'de> for Test {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Test;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value, a list of values, or a table such as `{ min = 1 }`")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Test, E> {
                ScalarReader.visit_str(text).map(|scalar| Test::Among(vec![scalar]))
            }

            fn visit_i64<E: de::Error>(self, whole: i64) -> Result<Test, E> {
                ScalarReader.visit_i64(whole).map(|scalar| Test::Among(vec![scalar]))
            }

            fn visit_f64<E: de::Error>(self, number: f64) -> Result<Test, E> {
                ScalarReader.visit_f64(number).map(|scalar| Test::Among(vec![scalar]))
            }

            fn visit_bool<E: de::Error>(self, is: bool) -> Result<Test, E> {
                ScalarReader.visit_bool(is).map(|scalar| Test::Among(vec![scalar]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Test, A::Error> {
                let scalars = Vec::deserialize(de::value::SeqAccessDeserializer::new(seq))?;
                if scalars.is_empty() {
                    return Err(de::Error::custom("an empty list fits nothing"));
                }
                Ok(Test::Among(scalars))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Test, A::Error> {
                Table::deserialize(de::value::MapAccessDeserializer::new(map)).map(Test::All)
            }
        }

        deserializer.deserialize_any(Reader)
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarReader)
    }
}

/// Reads a value as a rules file writes it.
struct ScalarReader;

impl Visitor<'_> for ScalarReader {
    type Value = Scalar;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number, `true` or `false`")
    }

    fn visit_str<E>(self, text: &str) -> Result<Scalar, E> {
        Ok(Scalar::Text(text.to_owned()))
    }

    fn visit_i64<E>(self, whole: i64) -> Result<Scalar, E> {
        Ok(Scalar::Whole(whole))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Scalar, E> {
        Ok(Scalar::Number(number))
    }

    fn visit_bool<E>(self, is: bool) -> Result<Scalar, E> {
        Ok(Scalar::Boolean(is))
    }
}

impl<'de> Deserialize<'de> for Types {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Types;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a type such as \"string\", or a list of types")
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<Types, E> {
                Type::deserialize(de::value::StrDeserializer::new(name)).map(|one| Types(vec![one]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Types, A::Error> {
                Vec::deserialize(de::value::SeqAccessDeserializer::new(seq)).map(Types)
            }
        }

        deserializer.deserialize_any(Reader)
    }
}
