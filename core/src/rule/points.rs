//! [`Points`]: what a rule adds to the score.

use std::collections::BTreeMap;

use super::Span;

/// What a rule that found something adds to the score.
#[derive(Clone, Debug, Default, serde::Deserialize, PartialEq, Eq)]
#[serde(default, rename_all = "kebab-case")]
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
