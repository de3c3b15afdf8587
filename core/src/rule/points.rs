//! [`Points`]: what a rule adds to the score.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};

use super::Span;

/// What a rule that found something adds to the score.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Points {
    /// Whatever it found.
    pub any: i64,
    /// For each kind of thing among what it found, and each severity, once.
    pub by_kind: BTreeMap<String, i64>,
}

impl Points {
    /// The points for having found `spans`.
    #[must_use]
    pub fn of(&self, spans: &[Span]) -> i64 {
        let is = |span: &Span, name: &str| {
            span.kind == name || span.severity.is_some_and(|severity| severity.name() == name)
        };
        let each = self.by_kind.iter().filter(|(kind, _)| spans.iter().any(|span| is(span, kind)));
        each.fold(self.any, |sum, (_, points)| sum.saturating_add(*points))
    }

    /// Whether it adds nothing, ever.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// More than this in one rule is a slip of the key, and keeps sums far from overflow.
const MOST: u64 = 1_000_000;

fn within_reason<E: de::Error>(points: i64) -> Result<i64, E> {
    if points.unsigned_abs() > MOST {
        return Err(E::custom(format!("expected at most {MOST} points")));
    }
    Ok(points)
}

impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Points;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "a whole number of points, or a table of them by kind or severity such as `{ email = 2, phone = 1 }`",
                )
            }

            fn visit_i64<E: de::Error>(self, any: i64) -> Result<Points, E> {
                Ok(Points { any: within_reason(any)?, by_kind: BTreeMap::new() })
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Points, A::Error> {
                let mut points = Points::default();
                while let Some(kind) = map.next_key()? {
                    points.by_kind.insert(kind, within_reason(map.next_value()?)?);
                }
                Ok(points)
            }
        }

        deserializer.deserialize_any(Reader)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::Severity;
    use crate::message::Field;

    #[test]
    fn points_go_by_kind_and_by_severity() {
        let span =
            |kind, severity| Span { field: Field::Content, range: 0..1, detector: "test", kind, severity };
        let spans = [
            span("profane", Some(Severity::Mild)),
            span("sexual", Some(Severity::Severe)),
            span("email", None),
        ];
        for (by_kind, expected) in [
            (vec![("email", 2)], 2),
            (vec![("severe", 3), ("moderate", 1)], 3),
            (vec![("mild", 1), ("profane", 2), ("phone", 9)], 3),
        ] {
            let by_kind = by_kind.into_iter().map(|(kind, points)| (kind.to_owned(), points)).collect();
            assert_eq!(Points { any: 0, by_kind }.of(&spans), expected);
        }
    }
}
