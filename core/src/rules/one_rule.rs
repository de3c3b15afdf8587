//! Reads one `[[rule]]`.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::DeValue;

use super::action::{Do, read_place};
use super::checks::Check;
use super::defaults::Defaults;
use super::groups::Groups;
use super::ids::Ids;
use super::report::{Diagnostic, Level};
use super::table::{Table, error};
use crate::detect::{Detectors, Reads, Rulebook};
use crate::order;
use crate::rule::{Action, Finder, Group, Rule, Scope, When};
use crate::shape::nearest;

/// What reading each rule of a file requires.
pub(super) struct RuleReader<'f> {
    pub detectors: &'f Detectors,
    pub defaults: &'f Defaults,
    pub rulebook: &'f Rulebook,
    pub people: &'f Groups,
    pub places: &'f Groups,
}

impl RuleReader<'_> {
    /// Reads the rule at index `position`, and adds its examples to `checks`.
    pub(super) fn read_rule(
        &self,
        mut table: Table<'_>,
        position: usize,
        ids: &mut Ids,
        checks: &mut Vec<Check>,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<Rule> {
        let span = table.span();
        let before = errors(problems);
        let id = table.take::<Spanned<String>>("id", problems);
        let mut rule = Rule::new(id.as_ref().map_or("", |id| id.get_ref()));
        rule.why = table.take("why", problems);
        rule.scope = Scope {
            from: read_group(&mut table, "from", "people", self.people, problems),
            channels: read_group(&mut table, "in", "places", self.places, problems),
        };
        if let Some(on) = table.take::<Vec<String>>("on", problems) {
            rule.on = on.iter().filter_map(|place| read_place(place).ok()).collect();
        }
        rule.find = self.read_find(&mut table, problems);
        rule.when = read_when(&mut table, ids, problems);
        rule.action = table.take("do", problems).map(|action: Do| action.with_mask(self.defaults.mask));
        rule.points = table.take("points", problems).unwrap_or_default();
        rule.strikes = table.take("strikes", problems).unwrap_or_default();
        rule.tags = table.take::<Vec<String>>("tag", problems).into_iter().flatten().map(Arc::from).collect();
        rule.mode = table.take("mode", problems).unwrap_or(self.defaults.mode);
        rule.severity = table.take("severity", problems);
        let on_error = table.take("on-error", problems);
        rule.sets_on_error = on_error.is_some();
        rule.on_error = on_error.or(self.defaults.on_error).unwrap_or_default();
        for (key, hit) in [("hit", true), ("miss", false)] {
            let texts: Vec<Spanned<String>> = table.take(key, problems).unwrap_or_default();
            checks.extend(texts.into_iter().map(|text| Check::example(position, hit, text)));
        }

        let id = id?;
        if table.is_sound && before == errors(problems) {
            check_edit(&rule, span, problems);
        }
        for tag in &rule.tags {
            ids.tags.insert(tag.to_string(), tag.clone());
        }
        if ids.rules.insert(id.get_ref().clone(), position).is_some() {
            let message = format!("two rules are called `{}`", id.get_ref());
            problems.push(Diagnostic::error(id.span(), message).label("the second one"));
        }
        Some(rule)
    }

    fn read_find(&self, rule: &mut Table<'_>, problems: &mut Vec<Diagnostic>) -> Vec<Finder> {
        let entries = rule.entries("find", problems).into_iter();
        let mut find: Vec<_> =
            entries.filter_map(|(key, value)| self.read_detector(&key, value, problems)).collect();
        // Detectors that count come last, so that they count only messages in which the others find something.
        order::by(&mut find, |finder| (usize::from(finder.counter().is_some()), 0));
        find
    }

    fn read_detector(
        &self,
        key: &Spanned<String>,
        value: Spanned<DeValue<'_>>,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<Finder> {
        let name = key.get_ref().as_str();
        let Some(kind) = self.detectors.get(name) else {
            let help = nearest(name, self.detectors.names());
            problems
                .push(Diagnostic::error(key.span(), format!("no detector is called `{name}`")).help(help));
            return None;
        };
        let span = value.span();
        let built = (kind.build)(value, self.rulebook);
        problems.extend(self.rulebook.take_warnings().into_iter().map(|warning| {
            Diagnostic::warning(warning.span.unwrap_or(span.clone()), warning.message).help(warning.help)
        }));
        match built {
            Ok(detector) => Some(Finder { name: kind.name, detector }),
            Err(mistakes) => {
                problems.extend(mistakes.into_iter().map(|mistake| error(mistake, &span)));
                None
            }
        }
    }
}

fn errors(problems: &[Diagnostic]) -> usize {
    problems.iter().filter(|problem| problem.level == Level::Error).count()
}

/// Reads `from` or `in`.
fn read_group(
    table: &mut Table<'_>,
    key: &str,
    what: &str,
    groups: &Groups,
    problems: &mut Vec<Diagnostic>,
) -> Option<Group> {
    let group = table.take(key, problems)?;
    Some(groups.resolve(&group, what, problems))
}

fn read_when(table: &mut Table<'_>, ids: &Ids, problems: &mut Vec<Diagnostic>) -> Option<When> {
    let source: Spanned<String> = table.take("when", problems)?;
    let mistake = match When::parse(source.get_ref(), ids) {
        Ok(when) => return Some(when),
        Err(mistake) => mistake,
    };
    // The text inside the quotes. A quote is one byte unless there are escapes or triple quotes; then the span is the whole value.
    let plain = source.span().len() == source.get_ref().len() + 2;
    let start = source.span().start + 1;
    let span = if plain { start + mistake.span.start..start + mistake.span.end } else { source.span() };
    let help = mistake.unknown.and_then(|name| ids.help(&name));
    problems.push(Diagnostic::error(span, mistake.message).help(help));
    None
}

/// Reports an error if `rule` edits its findings although its detectors count messages, or read whole fields as a custom detector may.
fn check_edit(rule: &Rule, span: Range<usize>, problems: &mut Vec<Diagnostic>) {
    let edits = matches!(
        rule.action,
        Some(Action::Mask(_) | Action::Strip | Action::Replace(_) | Action::KeepLast(..))
    );
    let finds_no_text = |detector: &Finder| detector.reads() == Reads::Fields || detector.counter().is_some();
    if edits && rule.find.iter().all(finds_no_text) {
        let message = format!("rule `{}` edits what it finds, and finds no text", rule.id);
        let help = "it may deny, pass or annotate".to_owned();
        problems.push(Diagnostic::error(span, message).help(help));
    }
}
