//! Reads one `[[rule]]`.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeValue, ValueDeserializer};

use super::action::{Do, read_place};
use super::checks::Check;
use super::defaults::Defaults;
use super::groups::{Groups, Written};
use super::ids::Ids;
use super::report::{Diagnostic, Level};
use super::table::{Table, unreadable};
use crate::detect::{Detectors, Reads, Rulebook, nearest};
use crate::rule::When;
use crate::rule::{Action, Finder, Place, Rule};
use crate::rule::{Group, Scope};

/// What every rule of a file is read with.
pub(super) struct Shared<'f> {
    pub detectors: &'f Detectors,
    pub defaults: &'f Defaults,
    pub rulebook: &'f Rulebook,
    pub people: &'f Groups,
    pub places: &'f Groups,
}

impl Shared<'_> {
    /// Reads the rule at `position`, and what it claims about itself into `checks`.
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
        let id = table.need::<Spanned<String>>("id", problems);
        let mut rule = Rule::new(id.as_ref().map_or("", |id| id.get_ref()));
        rule.why = table.take("why", problems);
        rule.scope = Scope {
            from: read_group(&mut table, "from", "people", self.people, problems),
            channels: read_group(&mut table, "in", "places", self.places, problems),
        };
        if let Some(on) = read_on(&mut table, problems) {
            rule.on = on;
        }
        rule.find = self.read_find(&mut table, problems);
        rule.when = read_when(&mut table, ids, problems);
        rule.action = table.take("do", problems).map(|action: Do| action.with_mask(self.defaults.mask));
        rule.points = table.take("points", problems).unwrap_or_default();
        rule.tags = read_tags(&mut table, problems);
        rule.mode = table.take("mode", problems).unwrap_or(self.defaults.mode);
        rule.severity = table.take("severity", problems);
        let on_error = table.take("on-error", problems);
        rule.says_on_error = on_error.is_some();
        rule.on_error = on_error.unwrap_or(self.defaults.on_error);
        for (key, hit) in [("hit", true), ("miss", false)] {
            let texts: Vec<Spanned<String>> = table.take(key, problems).unwrap_or_default();
            if let Some(text) = texts.first().filter(|_| rule.find.is_empty() && before == errors(problems)) {
                let message = format!("`{key}` says what `find` finds, and this rule has none");
                problems
                    .push(Diagnostic::error(text.span(), message).help("a [[test]] can try it".to_owned()));
            }
            checks.extend(texts.into_iter().map(|text| Check::example(position, hit, text)));
        }
        table.finish(problems);

        let id = id?;
        check_id(&id, problems);
        if before == errors(problems) {
            check_sense(&rule, span, problems);
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

    /// Builds the detectors of `find`.
    fn read_find(&self, rule: &mut Table<'_>, problems: &mut Vec<Diagnostic>) -> Vec<Finder> {
        let table = rule.raw("find").and_then(|value| Table::from_value("`find`", value, problems));
        let Some(table) = table else { return Vec::new() };
        let span = table.span();
        let entries = table.into_entries();
        if entries.is_empty() {
            let help = nearest("", self.detectors.names());
            problems.push(Diagnostic::error(span, "`find` names no detector").help(help));
        }
        entries.into_iter().filter_map(|(key, value)| self.read_detector(&key, value, problems)).collect()
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
        let built = (kind.build)(ValueDeserializer::from(value), self.rulebook);
        problems.extend(self.rulebook.take_warnings().into_iter().map(|warning| {
            Diagnostic::warning(warning.span.unwrap_or(span.clone()), warning.message).help(warning.help)
        }));
        match built {
            Ok(detector) => Some(Finder { name: kind.name, detector }),
            Err(problem) => {
                let diagnostic = unreadable(problem.span.unwrap_or(span), &problem.message);
                let help = problem.help.or_else(|| diagnostic.help.clone());
                problems.push(diagnostic.help(help));
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
    key: &'static str,
    what: &str,
    groups: &Groups,
    problems: &mut Vec<Diagnostic>,
) -> Option<Group> {
    let written: Spanned<Written> = table.take(key, problems)?;
    match groups.resolve(&written, what) {
        Ok(group) => Some(group),
        Err(problem) => {
            problems.push(problem);
            None
        }
    }
}

/// Reads `on`.
fn read_on(table: &mut Table<'_>, problems: &mut Vec<Diagnostic>) -> Option<Vec<Place>> {
    let on: Spanned<Vec<Spanned<String>>> = table.take("on", problems)?;
    if on.get_ref().is_empty() {
        problems.push(Diagnostic::error(on.span(), "`on` names no field, so the rule looks nowhere"));
    }
    let place = |text: Spanned<String>| match read_place(text.get_ref()) {
        Ok(place) => Some(place),
        Err(why) => {
            problems.push(unreadable(text.span(), &why));
            None
        }
    };
    Some(on.into_inner().into_iter().filter_map(place).collect())
}

fn read_when(table: &mut Table<'_>, ids: &Ids, problems: &mut Vec<Diagnostic>) -> Option<When> {
    let source: Spanned<String> = table.take("when", problems)?;
    let mistake = match When::parse(source.get_ref(), ids) {
        Ok(when) => return Some(when),
        Err(mistake) => mistake,
    };
    // Inside the quotes, which are one byte unless there are escapes or three of them; then the whole is pointed at.
    let plain = source.span().len() == source.get_ref().len() + 2;
    let start = source.span().start + 1;
    let span = if plain { start + mistake.span.start..start + mistake.span.end } else { source.span() };
    let help = mistake.unknown.and_then(|name| ids.help(&name));
    problems.push(Diagnostic::error(span, mistake.message).help(help));
    None
}

/// Reads `tag`: one name or several.
fn read_tags(table: &mut Table<'_>, problems: &mut Vec<Diagnostic>) -> Vec<Arc<str>> {
    let tags: Vec<Spanned<String>> = match table.raw("tag") {
        None => return Vec::new(),
        Some(value) if value.get_ref().is_str() => super::table::read(value, problems).into_iter().collect(),
        Some(value) => super::table::read(value, problems).unwrap_or_default(),
    };
    for tag in &tags {
        check_id(tag, problems);
    }
    tags.into_iter().map(|tag| Arc::from(tag.into_inner())).collect()
}

/// Ids and tags can be written without quotes in `when`, and be a metric's dimension.
fn check_id(id: &Spanned<String>, problems: &mut Vec<Diagnostic>) {
    let fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let text = id.get_ref();
    if text.is_empty() || !text.chars().all(fine) || !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        let message = format!("`{text}` cannot be a name here");
        let help = "expected letters, digits, `-` and `_`, beginning with a letter".to_owned();
        problems.push(Diagnostic::error(id.span(), message).help(help));
    } else if ["and", "or", "not", "score"].contains(&text.as_str()) {
        problems.push(Diagnostic::error(id.span(), format!("`{text}` means something else in `when`")));
    }
}

/// What is wrong with a rule whose keys are all right one by one.
fn check_sense(rule: &Rule, span: Range<usize>, problems: &mut Vec<Diagnostic>) {
    let selects = rule.when.is_some() || rule.scope.from.is_some() || rule.scope.channels.is_some();
    if rule.find.is_empty() && !selects {
        let help = "say what it finds (`find`), whose messages it is about (`from`, `in`) or when it counts (`when`)";
        let message = format!("rule `{}` is about every message", rule.id);
        problems.push(Diagnostic::error(span, message).help(help.to_owned()));
    } else if rule.action.is_none() && rule.points.is_none() && rule.tags.is_empty() {
        let help = "give it `do`, `points` or a `tag`".to_owned();
        problems.push(Diagnostic::error(span, format!("rule `{}` does nothing", rule.id)).help(help));
    } else if !edits(rule) {
        // It does not matter to the rest what it finds.
    } else if rule.find.is_empty() {
        let message = format!("rule `{}` edits what it finds, and has no `find`", rule.id);
        problems.push(
            Diagnostic::error(span, message).help("without `find` it may deny, pass or annotate".to_owned()),
        );
    } else if rule.find.iter().all(|detector| detector.reads() == Reads::Fields) {
        let message = format!("rule `{}` edits what it finds, and `json` finds no text", rule.id);
        let help =
            "it may deny, pass or annotate; to edit a text in metadata, look for it `on = [\"metadata:/…\"]`";
        problems.push(Diagnostic::error(span, message).help(help.to_owned()));
    }
}

/// Whether what the rule does is to change what it found.
fn edits(rule: &Rule) -> bool {
    matches!(&rule.action, Some(Action::Mask(_) | Action::Strip | Action::Replace(_) | Action::KeepLast(..)))
}
