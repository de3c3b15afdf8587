//! [`Test`]: the conditions on a value.

use crate::shape::{Alternative, Constraint, Has, Key, List, Shape, Table, Words};
use crate::text::json::{JsonType, Value};

/// The conditions on a value: all that are set must hold.
#[derive(Clone, Debug, Default, serde::Deserialize, PartialEq)]
#[serde(default, rename_all = "kebab-case")]
pub(super) struct Test {
    /// It is one of these.
    among: Option<Vec<Scalar>>,
    /// Whether the value exists.
    present: Option<bool>,
    /// It has one of these types.
    r#type: Option<Vec<Type>>,
    /// It is a number, and at least this.
    min: Option<f64>,
    /// It is a number, and at most this.
    max: Option<f64>,
    /// It is an object with a key that is not one of these.
    keys_other_than: Option<Vec<String>>,
    /// It is nested deeper than this.
    deeper_than: Option<usize>,
    /// It does not satisfy this condition, or it is missing.
    not: Option<Box<Test>>,
}

#[rustfmt::skip]
pub(super) static TEST: Shape = Shape::Alternatives(&[
    Alternative::under("among", Shape::List(&List::of("values", SCALAR))),
    Alternative::of(Shape::Table(&Table::of("a value of `json`", "{ min = 1 }", &[
        Key::new("present", Shape::Boolean, "The value is there, or with `false` is not."),
        Key::new("type", Shape::List(&List::of("types", TYPE)), "The value is of one of these types; `text` is a value that is not JSON."),
        Key::new("min", Shape::NUMBER, "The value is a number, and at least this."),
        Key::new("max", Shape::NUMBER, "The value is a number, and at most this."),
        Key::new("keys-other-than", Shape::List(&List::any("keys", Shape::TEXT)), "The value is an object with a key that is none of these."),
        Key::new("deeper-than", Shape::COUNT, "The value has objects and arrays inside each other to more than this depth."),
        Key::new("not", Shape::Named("json-value", &TEST), "The value is anything but this, or not there."),
    ])
    .with(&[
        Constraint::any_of(
            &[
                Has::Key("present"), Has::Key("type"), Has::Key("min"), Has::Key("max"), Has::Key("keys-other-than"), Has::Key("deeper-than"),
                Has::Key("not"),
            ],
            "expected `present`, `type`, `min`, `max`, `keys-other-than`, `deeper-than` or `not`",
            "",
        ),
        Constraint {
            when: &[Has::False("present")],
            needs: &[Has::OneKey],
            says: "a missing value satisfies no other condition",
            help: "write `{ present = false }` alone",
        },
    ]))),
]);

/// A text, a number or a Boolean.
const SCALAR: Shape = Shape::Alternatives(&[
    Alternative::of(Shape::TEXT),
    Alternative::of(Shape::NUMBER),
    Alternative::of(Shape::Boolean),
]);

const TYPE: Shape = Shape::Words(&Words::of("type", || {
    &["object", "array", "string", "number", "integer", "boolean", "null", "text"]
}));

/// A value as written in a rules file.
#[derive(Clone, Debug, serde::Deserialize, PartialEq)]
#[serde(untagged)]
pub(super) enum Scalar {
    Text(String),
    Whole(i64),
    Number(f64),
    Boolean(bool),
}

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
    /// Returns why no value can satisfy the conditions.
    pub(super) fn nonsense(&self) -> Option<&'static str> {
        if self.min.zip(self.max).is_some_and(|(min, max)| min > max) {
            return Some("no number is at least `min` and at most `max`");
        }
        self.not.as_ref().and_then(|test| test.nonsense())
    }

    /// Returns whether `value`, or the absence of a value, satisfies the conditions.
    pub(super) fn fits(&self, value: Option<Value<'_>>) -> bool {
        if self.present.is_some_and(|present| present != value.is_some()) {
            return false;
        }
        if self.not.as_ref().is_some_and(|test| test.fits(value)) {
            return false;
        }
        let Some(value) = value else {
            // Only `not` and `present` can hold for a missing value.
            let rest = Self { present: None, not: None, ..self.clone() };
            return rest == Self::default();
        };
        let number = || number(value);
        let other_key =
            |keys: &Vec<String>| value.children().filter_map(Value::key).any(|key| !keys.contains(&key));
        self.among.as_ref().is_none_or(|scalars| scalars.iter().any(|scalar| scalar.is(value)))
            && self.r#type.as_ref().is_none_or(|types| types.iter().any(|one| one.is_of(value)))
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
            // A double cannot distinguish the largest integers, and ids may be such numbers.
            Self::Whole(whole) => match value.text().parse::<i128>() {
                Ok(number) => value.json_type() == JsonType::Number && number == i128::from(*whole),
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
            Self::Object => value.json_type() == JsonType::Object,
            Self::Array => value.json_type() == JsonType::Array,
            Self::String => value.json_type() == JsonType::String,
            Self::Number => value.json_type() == JsonType::Number,
            Self::Integer => number(value).is_some_and(|number| number.fract() == 0.0),
            Self::Boolean => value.json_type() == JsonType::Boolean,
            Self::Null => value.json_type() == JsonType::Null,
            Self::Text => value.json_type() == JsonType::Text,
        }
    }
}

/// Returns the number `value`; infinite if it exceeds the range of a double.
fn number(value: Value<'_>) -> Option<f64> {
    (value.json_type() == JsonType::Number).then(|| value.text().parse().ok())?
}
