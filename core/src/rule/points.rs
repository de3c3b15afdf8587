//! [`Points`]: the points that a rule adds to the score.

use std::collections::BTreeMap;

use super::Span;
use crate::message::Field;

/// The points that a rule adds to the score if it finds something.
#[derive(Clone, Debug, Default, serde::Deserialize, PartialEq, Eq)]
#[serde(from = "PointsTable")]
pub struct Points {
    /// The points that are added for any finding.
    pub any: i64,
    /// The points that are added once for each kind and each severity among the findings.
    pub by_kind: BTreeMap<String, i64>,
    /// The points that are added for each finding. Only the field with the most findings counts, because a push notification often
    /// repeats the content.
    pub each: i64,
    /// The maximum number of points that the rule adds.
    pub at_most: Option<i64>,
}

/// Points as written in a rules file, where `each` and `at-most` are in the same table as the kinds.
#[derive(serde::Deserialize)]
#[serde(default, rename_all = "kebab-case")]
#[derive(Default)]
struct PointsTable {
    any: i64,
    by_kind: BTreeMap<String, i64>,
}

impl From<PointsTable> for Points {
    fn from(PointsTable { any, mut by_kind }: PointsTable) -> Self {
        let each = by_kind.remove("each").unwrap_or_default();
        let at_most = by_kind.remove("at-most");
        Self { any, by_kind, each, at_most }
    }
}

impl Points {
    /// Returns the points for the findings `spans`; a finding without a span is about the message as a whole.
    #[must_use]
    pub fn of(&self, spans: &[Span]) -> i64 {
        let is = |span: &Span, name: &str| {
            span.kind == name || span.severity.is_some_and(|severity| severity.name() == name)
        };
        let kinds = self.by_kind.iter().filter(|(kind, _)| spans.iter().any(|span| is(span, kind)));
        let each = self.each.saturating_mul(Self::count(spans));
        let sum = kinds.fold(self.any, |sum, (_, points)| sum.saturating_add(*points)).saturating_add(each);
        self.at_most.map_or(sum, |most| sum.min(most))
    }

    /// Returns the number of findings for which `each` is added.
    #[must_use]
    pub fn count(spans: &[Span]) -> i64 {
        let in_field = |field: Field| spans.iter().filter(|span| span.field == field).count();
        let most = Field::ALL.into_iter().map(in_field).max().unwrap_or_default();
        i64::try_from(most.max(1)).unwrap_or(i64::MAX)
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

    fn span(field: Field, kind: &'static str, severity: Option<Severity>) -> Span {
        Span { field, range: 0..1, detector: "test", kind, severity }
    }

    #[test]
    fn points_go_by_kind_and_by_severity() {
        let spans = [
            span(Field::Content, "profane", Some(Severity::Mild)),
            span(Field::Content, "sexual", Some(Severity::Severe)),
            span(Field::Content, "email", None),
        ];
        for (by_kind, expected) in [
            (vec![("email", 2)], 2),
            (vec![("severe", 3), ("moderate", 1)], 3),
            (vec![("mild", 1), ("profane", 2), ("phone", 9)], 3),
        ] {
            let by_kind = by_kind.into_iter().map(|(kind, points)| (kind.to_owned(), points)).collect();
            assert_eq!(Points { by_kind, ..Points::default() }.of(&spans), expected);
        }
    }

    #[test]
    fn points_are_added_for_each_finding_up_to_a_limit() {
        let [content, push] = [Field::Content, Field::PushBody].map(|field| span(field, "link", None));
        for (points, spans, expected) in [
            ("{ each = 2 }", vec![content.clone(); 3], 6),
            ("{ each = 2, at-most = 5 }", vec![content.clone(); 3], 5),
            ("{ each = 2, at-most = 5 }", vec![content.clone(); 2], 4),
            ("{ each = -1, at-most = 5 }", vec![content.clone(); 3], -3),
            ("{ each = 1, link = 3 }", vec![content.clone(); 2], 5),
            ("{ email = 1, link = 3, at-most = 2 }", vec![content.clone()], 2),
            ("{ each = 1 }", vec![content.clone(), content, push], 2),
            ("{ each = 1 }", vec![], 1),
        ] {
            let read: Points = toml::from_str(&format!("by-kind = {points}")).unwrap();
            assert_eq!(read.of(&spans), expected, "{points}");
        }
    }
}
