//! Reads a rules file: TOML in, a [`RulesFile`] or every mistake in it out.

use std::collections::BTreeMap;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::action::{Do, MaskChar};
use super::checks::{Check, read_test};
use super::report::{Diagnostic, Report, did_you_mean};
use super::rule::{Empty, Mode, OnError, Place, Rule};
use super::table::{Table, listed, unreadable};
use crate::detect::{Detector, Detectors};
use crate::message::Field;
use crate::pipeline::Pipeline;
use crate::text::Format;

/// A rules file that loaded, and the checks it makes of itself.
#[derive(Debug)]
pub struct RulesFile {
    /// Its rules, ready to run.
    pub pipeline: Pipeline,
    /// Its `hit`, `miss` and `[[test]]` entries, in the order of the file.
    pub checks: Vec<Check>,
    /// What does not keep it from loading and is probably a mistake.
    pub warnings: Report,
}

/// Reads `source`, the text of the rules file `name`, without running its checks.
///
/// # Errors
/// Everything that keeps the file from making sense.
pub fn parse(name: &str, source: &str, detectors: &Detectors) -> Result<RulesFile, Report> {
    let (root, syntax) = DeTable::parse_recoverable(source);
    if !syntax.is_empty() {
        // What a damaged file would have said is guesswork: only the damage is reported.
        let damage = |error: &toml::de::Error| Diagnostic::error(error.span(), error.message());
        return Err(Report::new(name, source, syntax.iter().map(damage).collect()));
    }
    let mut reader = Reader { detectors, problems: Vec::new(), defaults: Defaults::default() };
    let (mut pipeline, checks) = reader.root(root);
    if !reader.problems.is_empty() {
        return Err(Report::new(name, source, reader.problems));
    }
    pipeline.version = version_of(source);
    Ok(RulesFile { pipeline, checks, warnings: Report::new(name, source, Vec::new()) })
}

/// The `[defaults]` table.
#[derive(Debug)]
struct Defaults {
    mode: Mode,
    on_error: OnError,
    mask: char,
}

impl Default for Defaults {
    fn default() -> Self {
        Self { mode: Mode::default(), on_error: OnError::default(), mask: '*' }
    }
}

struct Reader<'d> {
    detectors: &'d Detectors,
    problems: Vec<Diagnostic>,
    defaults: Defaults,
}

impl Reader<'_> {
    fn root(&mut self, root: Spanned<DeTable<'_>>) -> (Pipeline, Vec<Check>) {
        let mut root = Table::new("a rules file", 0..0, root.into_inner());
        self.version(&mut root);
        self.defaults = self.defaults(&mut root);
        let (format, empty) = self.message(&mut root);
        let mut checks = Vec::new();
        let mut rules = Vec::new();
        let mut ids = BTreeMap::new();
        for table in root.array("rule", "a rule", &mut self.problems) {
            rules.extend(self.rule(table, rules.len(), &mut ids, &mut checks));
        }
        for table in root.array("test", "a test", &mut self.problems) {
            checks.extend(read_test(table, &ids, &mut self.problems));
        }
        root.finish(&mut self.problems);
        checks.sort_by_key(|check| check.span.start);
        (Pipeline { rules, format, empty, on_error: self.defaults.on_error, version: String::new() }, checks)
    }

    fn version(&mut self, root: &mut Table<'_>) {
        let Some(version) = root.need::<Spanned<i64>>("version", &mut self.problems) else {
            if let Some(missing) = self.problems.last_mut().filter(|problem| problem.help.is_none()) {
                missing.help = Some("begin the file with `version = 1`".to_owned());
            }
            return;
        };
        if *version.get_ref() != 1 {
            let message = format!("version {} is not one this program reads", version.get_ref());
            let help = "it reads version 1; a newer program may read this file".to_owned();
            self.problems.push(Diagnostic::error(version.span(), message).help(help));
        }
    }

    fn defaults(&mut self, root: &mut Table<'_>) -> Defaults {
        let mut defaults = Defaults::default();
        let problems = &mut self.problems;
        let table = root.raw("defaults").and_then(|v| Table::from_value("[defaults]", v, problems));
        let Some(mut table) = table else { return defaults };
        defaults.mode = table.take("mode", problems).unwrap_or(defaults.mode);
        defaults.on_error = table.take("on-error", problems).unwrap_or(defaults.on_error);
        defaults.mask = table.take("mask", problems).map_or(defaults.mask, |MaskChar(mask)| mask);
        table.finish(problems);
        defaults
    }

    fn message(&mut self, root: &mut Table<'_>) -> (Format, Empty) {
        let problems = &mut self.problems;
        let table = root.raw("message").and_then(|v| Table::from_value("[message]", v, problems));
        let Some(mut table) = table else { return Default::default() };
        let pointers: Vec<Spanned<String>> = table.take("json", problems).unwrap_or_default();
        for pointer in pointers.iter().filter(|pointer| !pointer.get_ref().starts_with('/')) {
            let message = "a JSON pointer begins with `/`, as in `/text`";
            problems.push(Diagnostic::error(pointer.span(), message));
        }
        let json = pointers.into_iter().map(Spanned::into_inner).collect();
        let encoding = table.take("encoding", problems).unwrap_or_default();
        let empty = table.take("empty", problems).unwrap_or_default();
        table.finish(problems);
        (Format { encoding, json }, empty)
    }

    fn rule(
        &mut self,
        mut table: Table<'_>,
        index: usize,
        ids: &mut BTreeMap<String, usize>,
        checks: &mut Vec<Check>,
    ) -> Option<Rule> {
        let id = table.need::<Spanned<String>>("id", &mut self.problems);
        let why = table.take("why", &mut self.problems);
        let find = self.find(&mut table);
        let problems = &mut self.problems;
        let on = table.take::<Spanned<Vec<Place>>>("on", problems);
        let action: Option<Do> = table.take("do", problems);
        let mode = table.take("mode", problems).unwrap_or(self.defaults.mode);
        let on_error = table.take("on-error", problems).unwrap_or(self.defaults.on_error);
        for (key, hit) in [("hit", true), ("miss", false)] {
            let texts: Vec<Spanned<String>> = table.take(key, problems).unwrap_or_default();
            checks.extend(texts.into_iter().map(|text| Check::example(index, hit, text)));
        }
        let span = table.span();
        table.finish(problems);

        if let Some(on) = on.as_ref().filter(|on| on.get_ref().is_empty()) {
            problems.push(Diagnostic::error(on.span(), "`on` names no field, so the rule looks nowhere"));
        }
        let id = id?;
        check_id(&id, problems);
        if ids.insert(id.get_ref().clone(), index).is_some() {
            let message = format!("two rules are called `{}`", id.get_ref());
            problems.push(Diagnostic::error(id.span(), message).label("the second one"));
        }
        if action.is_none() && find.is_some() {
            let message = format!("rule `{}` does nothing: it has no `do`", id.get_ref());
            problems.push(Diagnostic::error(span, message));
        }
        Some(Rule {
            id: Arc::from(id.into_inner()),
            why,
            on: on.map_or_else(|| Field::SHOWN.map(Place::all_of).to_vec(), Spanned::into_inner),
            find: find?,
            action: action.map(|action| action.with_mask(self.defaults.mask)),
            mode,
            on_error,
        })
    }

    /// Builds the detectors of `find`.
    fn find(&mut self, rule: &mut Table<'_>) -> Option<Vec<Box<dyn Detector>>> {
        let Some(value) = rule.raw("find") else {
            self.problems.push(Diagnostic::error(rule.span(), "a rule needs `find`"));
            return None;
        };
        let table = Table::from_value("`find`", value, &mut self.problems)?;
        let span = table.span();
        let entries = table.into_entries();
        if entries.is_empty() {
            let help = format!("the detectors are {}", listed(&self.detectors.names()));
            self.problems.push(Diagnostic::error(span, "`find` finds nothing").help(help));
            return None;
        }
        let built: Vec<_> = entries.into_iter().map(|(key, value)| self.detector(&key, value)).collect();
        built.into_iter().collect()
    }

    fn detector(&mut self, key: &Spanned<String>, value: Spanned<DeValue<'_>>) -> Option<Box<dyn Detector>> {
        let name = key.get_ref().as_str();
        let Some(kind) = self.detectors.get(name) else {
            let names = self.detectors.names();
            let known = format!("the detectors are {}", listed(&names));
            let help = did_you_mean(name, names.iter().copied()).unwrap_or(known);
            self.problems
                .push(Diagnostic::error(key.span(), format!("no detector is called `{name}`")).help(help));
            return None;
        };
        let span = value.span();
        match (kind.build)(ValueDeserializer::from(value)) {
            Ok(detector) => Some(detector),
            Err(problem) => {
                self.problems.push(unreadable(problem.span.unwrap_or(span), &problem.message));
                None
            }
        }
    }
}

/// An id can be written without quotes in `when`, and be a metric's dimension.
fn check_id(id: &Spanned<String>, problems: &mut Vec<Diagnostic>) {
    let fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let text = id.get_ref();
    if text.is_empty() || !text.chars().all(fine) || !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        let message = format!(
            "`{text}` cannot be an id: expected letters, digits, `-` and `_`, beginning with a letter"
        );
        problems.push(Diagnostic::error(id.span(), message));
    } else if ["and", "or", "not", "score"].contains(&text.as_str()) {
        problems.push(Diagnostic::error(id.span(), format!("`{text}` means something else in `when`")));
    }
}

/// A short name for what `source` says: the same text has the same name everywhere. FNV-1a, which is enough to tell versions apart
/// and is four lines.
fn version_of(source: &str) -> String {
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let hash = source.bytes().fold(0xcbf2_9ce4_8422_2325, mix);
    format!("{:012x}", hash >> 16)
}
