//! Reads a rules file. Returns a [`RulesFile`] or all errors in it.

use toml::de::DeTable;

use super::action::read_empty;
use super::checks::{Check, read_test};
use super::damage::{damage, other_format};
use super::defaults::Defaults;
use super::files::Files;
use super::groups::Groups;
use super::ids::Ids;
use super::language::FILE;
use super::lints::lint;
use super::lists::{ReadLists, read_lists};
use super::one_rule::RuleReader;
use super::report::{Diagnostic, Level, Report};
use super::rules_file::RulesFile;
use super::source::Source;
use super::table::Table;
use crate::detect::{Detectors, Rulebook};
use crate::order;
use crate::pipeline::Pipeline;
use crate::rule::Empty;
use crate::text::Format;

/// Reads a rules file without running its checks.
///
/// # Errors
/// Everything that makes the file invalid.
pub fn parse(source: &Source<'_>, detectors: &Detectors) -> Result<RulesFile, Report> {
    let source = &source.without_mark();
    let root = tree(source)?;
    let (mut file, mut warnings) = read(root.clone(), source, detectors)?;
    warnings.extend(lint(&root, &file.pipeline.rules, detectors));
    file.warnings = Report::new(source.name, source.text, warnings);
    Ok(file)
}

/// Reads a rules file like [`parse`], without looking for probable mistakes.
pub(super) fn parse_without_lints(source: &Source<'_>, detectors: &Detectors) -> Result<RulesFile, Report> {
    let source = &source.without_mark();
    Ok(read(tree(source)?, source, detectors)?.0)
}

/// Returns the tables and values of a file.
fn tree<'s>(source: &Source<'s>) -> Result<DeTable<'s>, Report> {
    let (root, syntax) = DeTable::parse_recoverable(source.text);
    if syntax.is_empty() {
        return Ok(root.into_inner());
    }
    // The content of a file with syntax errors is unreliable, so only the syntax errors are reported; if the file has another format,
    // each line is one.
    let damage = match other_format(source.text) {
        Some(other) => vec![other],
        None => syntax.iter().map(|error| damage(error, source.text)).collect(),
    };
    Err(Report::new(source.name, source.text, damage))
}

/// Returns the rules file in `root`, and its probable mistakes.
fn read(
    root: DeTable<'_>,
    source: &Source<'_>,
    detectors: &Detectors,
) -> Result<(RulesFile, Vec<Diagnostic>), Report> {
    let report = |diagnostics| Report::new(source.name, source.text, diagnostics);
    let mut problems = Vec::new();
    let table = Table::new(&FILE, 0..0, root, &mut problems);
    let (mut pipeline, checks, files) = read_root(table, source, detectors, &mut problems);
    if problems.iter().any(|problem| problem.level == Level::Error) {
        // Warnings can wait until the file is valid.
        problems.retain(|problem| problem.level == Level::Error);
        return Err(report(problems));
    }
    pipeline.version = version_of(&[source.text, &files]);
    Ok((RulesFile { pipeline, checks, warnings: report(Vec::new()) }, problems))
}

/// Reads the whole file. Also returns the text of the files that it refers to.
fn read_root(
    mut root: Table<'_>,
    source: &Source<'_>,
    detectors: &Detectors,
    problems: &mut Vec<Diagnostic>,
) -> (Pipeline, Vec<Check>, String) {
    let _version: Option<i64> = root.take("version", problems);
    let defaults: Defaults = root.take("defaults", problems).unwrap_or_default();
    let (format, empty) = read_message(&mut root, problems);
    let inside = Files::read(&mut root, problems);
    let read_file = |name: &str| inside.get(name).map_or_else(|| (source.read_file)(name), Ok);
    let ReadLists { lists, spans: list_spans, files } = read_lists(&mut root, &read_file, problems);
    let people = Groups::read(&mut root, "people", "senders", problems);
    let places = Groups::read(&mut root, "places", "channels", problems);
    let rulebook = Rulebook::new(lists, defaults.fold);

    let shared =
        RuleReader { detectors, defaults: &defaults, rulebook: &rulebook, people: &people, places: &places };
    let (mut ids, mut rules, mut checks) = (Ids::default(), Vec::new(), Vec::new());
    let tables = root.array("rule", problems);
    ids.all = tables.iter().filter_map(|table| table.peek("id").map(str::to_owned)).collect();
    for table in tables {
        rules.extend(shared.read_rule(table, rules.len(), &mut ids, &mut checks, problems));
    }
    for table in root.array("test", problems) {
        checks.extend(read_test(table, &ids, problems));
    }
    order::by(&mut checks, |check: &Check| (check.span.start, 0));

    let unused = |what: &str, name: &str, span: &std::ops::Range<usize>| {
        Diagnostic::warning(span.clone(), format!("{what} `{name}` is never used"))
    };
    let unused_lists = rulebook.lists.unused();
    let lists = list_spans.iter().filter(|(name, _)| unused_lists.contains(name));
    problems.extend(lists.map(|(name, span)| unused("list", name, span)));
    problems.extend(inside.unused().map(|(name, span)| unused("file", name, span)));
    problems.extend(people.unused().map(|(name, span)| unused("people", name, &span)));
    problems.extend(places.unused().map(|(name, span)| unused("places", name, &span)));

    let (on_error, sets_on_error) = (defaults.on_error.unwrap_or_default(), defaults.on_error.is_some());
    let pipeline = Pipeline {
        rules,
        format,
        empty,
        mask: defaults.mask,
        on_error,
        sets_on_error,
        ..Pipeline::default()
    }
    .sieved();
    (pipeline, checks, files)
}

fn read_message(root: &mut Table<'_>, problems: &mut Vec<Diagnostic>) -> (Format, Empty) {
    let Some(mut table) = root.table("message", problems) else { return <(Format, Empty)>::default() };
    let json = table.take("json", problems).unwrap_or_default();
    let encoding = table.take("encoding", problems).unwrap_or_default();
    let empty = table.take("empty", problems).map(read_empty).unwrap_or_default();
    (Format { encoding, json }, empty)
}

/// Returns a short identifier of the contents `texts`: the same rules have the same identifier everywhere. It uses FNV-1a, which suffices
/// to distinguish versions and takes four lines.
fn version_of(texts: &[&str]) -> String {
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let hash = texts.iter().flat_map(|text| text.bytes()).fold(0xcbf2_9ce4_8422_2325, mix);
    format!("{:012x}", hash >> 16)
}
