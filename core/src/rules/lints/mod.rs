//! Lints: what is allowed in a rules file but probably a mistake.

mod counted;
mod counting;
mod ladders;
mod names;
mod reach;
#[cfg(test)]
mod tests;
mod texts;

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::report::Diagnostic;
use crate::detect::Detectors;
use crate::rule::{Action, Mode, Rule};

/// A rule and its source table.
#[derive(Clone, Copy, Debug)]
struct Entry<'f> {
    rule: &'f Rule,
    table: &'f DeTable<'f>,
}

impl<'f> Entry<'f> {
    fn value(&self, key: &str) -> Option<&'f Spanned<DeValue<'f>>> {
        self.table.get(key)
    }

    /// Returns the span of the value of `key`, or else of the id.
    fn span(&self, key: &str) -> Range<usize> {
        let value = self.value(key).or_else(|| self.value("id"));
        value.map(Spanned::span).unwrap_or_default()
    }

    fn edits(&self) -> bool {
        matches!(
            self.rule.action,
            Some(Action::Mask(_) | Action::Strip | Action::Replace(_) | Action::KeepLast(..))
        )
    }
}

/// Returns the probable mistakes in a file that loads. `root` is the file, `rules` are the rules read from it.
pub(super) fn lint(root: &DeTable<'_>, rules: &[Rule], detectors: &Detectors) -> Vec<Diagnostic> {
    let tables = root.get("rule").and_then(|rules| rules.get_ref().as_array());
    let tables = tables.into_iter().flatten().filter_map(|table| table.get_ref().as_table());
    let entries: Vec<_> = rules.iter().zip(tables).map(|(rule, table)| Entry { rule, table }).collect();
    let mut warnings = texts::outside_folder(root);
    for (position, entry) in entries.iter().enumerate() {
        let earlier = &entries[..position];
        warnings.extend(reach::never_fires(entry, earlier));
        warnings.extend(reach::too_late(entry, earlier));
        warnings.extend(without_examples(entry));
        warnings.extend(counting::untested(entry, root));
        warnings.extend(counting::denies_without_store(entry));
        warnings.extend(counting::strikes(entry, &entries));
        warnings.extend(counting::counted_before(entry, earlier));
        warnings.extend(counted::texts_of_links(entry));
        warnings.extend(counted::allows_nothing(entry, root));
        warnings.extend(counted::delivers(entry));
        warnings.extend(counted::out_of_reach(entry, &entries));
        warnings.extend(ladders::strikes_for_strikes(entry, &entries));
        warnings.extend(ladders::hidden(entry, &entries));
        warnings.extend(may_exceed_limit(entry));
        warnings.extend(names::tags_called_like_rules(entry, &entries));
        warnings.extend(names::kinds_never_reported(entry, detectors));
        warnings.extend(texts::backspaces(entry));
        warnings.extend(texts::placeholders(entry));
    }
    warnings
}

/// Warns about a rule without examples of what it finds. Rules that count can have none.
fn without_examples(entry: &Entry<'_>) -> Option<Diagnostic> {
    let is_empty =
        |hits: &Spanned<DeValue<'_>>| hits.get_ref().as_array().is_some_and(|hits| hits.is_empty());
    let has_hits = entry.value("hit").is_some_and(|hits| !is_empty(hits));
    if entry.rule.find.is_empty() || has_hits || entry.rule.counts() {
        return None;
    }
    let message = format!("rule `{}` does not show what it finds", entry.rule.id);
    let help = "add examples: `hit = [\"…\"]`, and near misses: `miss = [\"…\"]`".to_owned();
    Some(Diagnostic::warning(entry.span("find"), message).help(help))
}

/// Replacements longer than this many bytes can make a message that is full of findings exceed its limit.
const LONG: usize = 40;

/// Warns about a replacement that can make a message exceed its limit.
fn may_exceed_limit(entry: &Entry<'_>) -> Option<Diagnostic> {
    let Some(Action::Replace(with)) = &entry.rule.action else { return None };
    let long = with.len() > LONG;
    let message = format!("the replacement takes {} bytes, so an edit can outgrow 4,096", with.len());
    let help = "what was found is masked instead when that happens".to_owned();
    long.then(|| Diagnostic::warning(entry.span("do"), message).help(help))
}

/// Returns whether the rule is in enforce mode.
fn is_enforced(rule: &Rule) -> bool {
    rule.mode == Mode::Enforce
}
