//! [`Points`]: the points that a rule adds to the score.

use std::collections::BTreeMap;

use super::Span;

/// The points that a rule adds to the score if it finds something.
#[derive(Clone, Debug, Default, serde::Deserialize, PartialEq, Eq)]
#[serde(default, rename_all = "kebab-case")]
pub struct Points {
    /// Added for any finding.
    pub any: i64,
    /// Added once for each kind and each severity among the findings.
    pub by_kind: BTreeMap<String, i64>,
}

impl Points {
    /// Returns the points for the findings `spans`.
    #[must_use]
    pub fn of(&self, spans: &[Span]) -> i64 {
        let is = |span: &Span, name: &str| {
            span.kind == name || span.severity.is_some_and(|severity| severity.name() == name)
        };
        let each = self.by_kind.iter().filter(|(kind, _)| spans.iter().any(|span| is(span, kind)));
        each.fold(self.any, |sum, (_, points)| sum.saturating_add(*points))
    }

    /// Returns whether it never adds anything.
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
