//! Lints for names that do not mean what they seem to mean, or mean nothing.

use toml::Spanned;
use toml::de::DeValue;

use super::Entry;
use crate::detect::{Detectors, Severity, reported_kinds};
use crate::rules::report::Diagnostic;
use crate::shape::nearest;

/// Warns about tags with the same name as a rule, because `when` means the rule then.
pub(super) fn tags_called_like_rules(entry: &Entry<'_>, all: &[Entry<'_>]) -> Vec<Diagnostic> {
    let is_rule = |tag: &str| all.iter().any(|other| *other.rule.id == *tag);
    let tags = entry.value("tag").into_iter().flat_map(strings);
    let warn = |(tag, value): (&str, &Spanned<DeValue<'_>>)| {
        let message = format!("tag `{tag}` is called like a rule");
        let help = "in `when`, the name means the rule: give the tag another name".to_owned();
        Diagnostic::warning(value.span(), message).help(help)
    };
    tags.filter(|(tag, _)| is_rule(tag)).map(warn).collect()
}

/// Warns about points for kinds that none of the rule's detectors reports.
pub(super) fn kinds_never_reported(entry: &Entry<'_>, detectors: &Detectors) -> Vec<Diagnostic> {
    let Some(points) = entry.value("points").and_then(|points| points.get_ref().as_table()) else {
        return Vec::new();
    };
    let Some(find) = entry.value("find").and_then(|find| find.get_ref().as_table()) else {
        return Vec::new();
    };
    let mut reported = Vec::new();
    for (name, settings) in find {
        let Some(kinds) = reported_kinds(detectors, name.get_ref()) else { return Vec::new() };
        // A detector may be restricted to some kinds.
        let inner = settings.get_ref().as_table().and_then(|table| table.get("kinds"));
        let chosen: Vec<_> = strings(inner.unwrap_or(settings)).map(|(kind, _)| kind).collect();
        let is_choice = !chosen.is_empty() && chosen.iter().all(|kind| kinds.contains(kind));
        reported.extend(kinds.into_iter().filter(|kind| !is_choice || chosen.contains(kind)));
    }
    let severities = [Severity::Mild, Severity::Moderate, Severity::Severe].map(Severity::name);
    let known = |kind: &str| {
        reported.contains(&kind) || severities.contains(&kind) || ["each", "at-most"].contains(&kind)
    };
    let given = || points.iter().map(|(kind, _)| &**kind.get_ref());
    let warn = |kind: &str, span| {
        let message = format!("nothing that this rule finds is of the kind `{kind}`");
        // Suggest only kinds that have no points yet.
        let others = reported.iter().copied().filter(|kind| !given().any(|given| given == *kind));
        Diagnostic::warning(Some(span), message).help(nearest(kind, others))
    };
    let unknown = points.iter().filter(|(kind, _)| !known(kind.get_ref()));
    unknown.map(|(kind, _)| warn(kind.get_ref(), kind.span())).collect()
}

/// Returns the strings that `value` is or lists.
fn strings<'v>(value: &'v Spanned<DeValue<'v>>) -> impl Iterator<Item = (&'v str, &'v Spanned<DeValue<'v>>)> {
    let items = value.get_ref().as_array().into_iter().flatten();
    items.chain([value]).filter_map(|value| Some((value.get_ref().as_str()?, value)))
}
