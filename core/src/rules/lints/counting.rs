//! Lints about rules that count over time.

use toml::Spanned;
use toml::de::DeTable;

use super::super::report::Diagnostic;
use super::{Entry, is_enforced};
use crate::rule::{Action, OnError};

/// Warns about a rule that counts and that no `[[test]]` covers. Such a rule cannot have `hit` and `miss` examples.
pub(super) fn untested(entry: &Entry<'_>, root: &DeTable<'_>) -> Option<Diagnostic> {
    let id = &*entry.rule.id;
    let tests = root.get("test").and_then(|tests| tests.get_ref().as_array());
    let mut tests = tests.into_iter().flatten().filter_map(|test| test.get_ref().as_table());
    let names = |test: &DeTable<'_>| {
        let by = test.get("by").map(Spanned::get_ref);
        let listed = by.and_then(|by| by.as_array()).into_iter().flatten().map(Spanned::get_ref);
        let denied = test.get("denied").map(Spanned::get_ref);
        let edits = entry.edits() && test.get("gets").is_some();
        edits || listed.chain(by).chain(denied).any(|name| name.as_str() == Some(id))
    };
    if !entry.rule.counts() || tests.any(names) {
        return None;
    }
    let message = format!("no [[test]] covers rule `{id}`");
    let help = format!(
        "a [[test]] with `after`, and with `denied = \"{id}\"` or `by = [\"{id}\"]`, shows what it finds"
    );
    Some(Diagnostic::warning(entry.span("find"), message).help(help))
}

/// Warns about a rule that would deny all messages while the store does not answer, unless the author sets `on-error`.
pub(super) fn denies_without_store(entry: &Entry<'_>) -> Option<Diagnostic> {
    let rule = entry.rule;
    let is_decided = rule.sets_on_error || rule.on_error == OnError::Pass;
    if !rule.counts() || !is_enforced(rule) || is_decided {
        return None;
    }
    let message = format!("while the store does not answer, rule `{}` denies all messages", rule.id);
    let help = "say `on-error = \"pass\"`, or `on-error = \"deny\"` if that is intended".to_owned();
    Some(Diagnostic::warning(entry.span("find"), message).help(help))
}

/// Warns about strikes that are counted but never recorded, or recorded but never counted.
pub(super) fn strikes(entry: &Entry<'_>, all: &[Entry<'_>]) -> Option<Diagnostic> {
    let finds = |entry: &Entry<'_>| entry.rule.find.iter().any(|finder| finder.name == "strikes");
    let gives = |entry: &Entry<'_>| entry.rule.strikes > 0 && is_enforced(entry.rule);
    let id = &entry.rule.id;
    if finds(entry) && !all.iter().any(gives) {
        let help = "add the key `strikes` to rules, such as `strikes = 1`".to_owned();
        let message = format!("rule `{id}` counts strikes, but no rule has the key `strikes`");
        return Some(Diagnostic::warning(entry.span("find"), message).help(help));
    }
    if gives(entry) && !all.iter().any(finds) {
        let help = "add a rule with `find = { strikes = { min = 3, within = \"1h\" } }`".to_owned();
        let message = format!("rule `{id}` has the key `strikes`, but no rule counts strikes");
        return Some(Diagnostic::warning(entry.span("strikes"), message).help(help));
    }
    None
}

/// Warns about a rule that lets senders pass only after earlier rules have counted their messages.
pub(super) fn counted_before(entry: &Entry<'_>, earlier: &[Entry<'_>]) -> Option<Diagnostic> {
    let lets_pass = entry.rule.action == Some(Action::Pass) && entry.rule.scope.from.is_some();
    let counting =
        earlier.iter().find(|other| other.rule.counts() && is_enforced(other.rule)).filter(|_| lets_pass)?;
    let message =
        format!("rule `{}` counts the messages of these senders before they pass", counting.rule.id);
    let help = format!("put `{}` above it, or their floods are denied as well", entry.rule.id);
    Some(Diagnostic::warning(entry.span("do"), message).help(help))
}
