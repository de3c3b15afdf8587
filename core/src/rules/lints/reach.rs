//! Lints for rules that messages do not reach, or reach too late.

use toml::de::DeValue;

use super::{Entry, is_enforced};
use crate::rule::{Action, Rule, Scope};
use crate::rules::report::Diagnostic;

/// Warns about a rule that no message reaches.
pub(super) fn never_fires(entry: &Entry<'_>, earlier: &[Entry<'_>]) -> Option<Diagnostic> {
    let Entry { rule, .. } = entry;
    let warn = |key: &str, why: String| {
        let message = format!("rule `{}` can never fire", rule.id);
        Some(Diagnostic::warning(entry.span(key), message).help(why))
    };
    let Scope { from, channels } = &rule.scope;
    for (key, group) in [("from", from), ("in", channels)] {
        if group.as_ref().is_some_and(|group| group.except && group.lists_everybody()) {
            return warn(key, format!("`{key}` matches nobody: it excludes everybody"));
        }
    }
    if !is_enforced(rule) {
        return None;
    }
    let enders = earlier.iter().enumerate().filter(|(_, other)| ends(other.rule));
    for (_, other) in enders.clone().filter(|(_, other)| other.rule.when.is_none()) {
        if !other.rule.scope.covers(&rule.scope) {
            continue;
        }
        if other.rule.find.is_empty() {
            return warn("id", format!("`{}` ends every message that this rule is about", other.rule.id));
        }
        let places = rule.on.iter().all(|place| other.rule.on.contains(place));
        let finds = entry.value("find").zip(other.value("find"));
        if places && finds.is_some_and(|(this, that)| same(this.get_ref(), that.get_ref())) {
            return warn("id", format!("`{}` finds the same and ends the message", other.rule.id));
        }
    }
    let needed = rule.when.as_ref()?.needs();
    let (_, other) = enders.clone().find(|(position, _)| needed.contains(position))?;
    let why = format!("it waits for `{}`, which ends the message when it finds something", other.rule.id);
    warn("when", why)
}

/// Returns whether `rule` ends the run when it finds something.
fn ends(rule: &Rule) -> bool {
    is_enforced(rule) && matches!(rule.action, Some(Action::Deny | Action::Pass))
}

/// Returns whether two values are equal, regardless of layout.
fn same(one: &DeValue<'_>, other: &DeValue<'_>) -> bool {
    match (one, other) {
        (DeValue::String(one), DeValue::String(other)) => one == other,
        (DeValue::Integer(one), DeValue::Integer(other)) => {
            (one.radix(), one.as_str()) == (other.radix(), other.as_str())
        }
        (DeValue::Float(one), DeValue::Float(other)) => one.as_str() == other.as_str(),
        (DeValue::Boolean(one), DeValue::Boolean(other)) => one == other,
        (DeValue::Datetime(one), DeValue::Datetime(other)) => one == other,
        (DeValue::Array(one), DeValue::Array(other)) => {
            let mut pairs = one.iter().zip(other.iter());
            one.len() == other.len() && pairs.all(|(one, other)| same(one.get_ref(), other.get_ref()))
        }
        (DeValue::Table(one), DeValue::Table(other)) => {
            let equals = |key: &str, value: &DeValue<'_>| {
                other.get(key).is_some_and(|other| same(value, other.get_ref()))
            };
            one.len() == other.len() && one.iter().all(|(key, value)| equals(key.get_ref(), value.get_ref()))
        }
        _ => false,
    }
}

/// Warns about a rule that denies, and so should see the message as sent, but comes after one that edits it.
pub(super) fn too_late(entry: &Entry<'_>, earlier: &[Entry<'_>]) -> Option<Diagnostic> {
    let Entry { rule, .. } = entry;
    if rule.action != Some(Action::Deny) || rule.find.is_empty() || !is_enforced(rule) {
        return None;
    }
    let edits_before = |(position, other): &(usize, &Entry<'_>)| {
        let exclude = |when: &crate::rule::When| when.excludes(*position, other.rule);
        other.edits()
            && is_enforced(other.rule)
            && other.rule.on.iter().any(|place| rule.on.contains(place))
            && !other.rule.scope.is_apart_from(&rule.scope)
            && !rule.when.as_ref().is_some_and(exclude)
    };
    let (_, other) = earlier.iter().enumerate().find(edits_before)?;
    let message = format!("rule `{}` sees the text only as `{}` left it", rule.id, other.rule.id);
    let help =
        "an edit may hide what should be denied: put rules that deny before rules that edit".to_owned();
    Some(Diagnostic::warning(entry.span("id"), message).help(help))
}
