//! Reads a rules file: TOML in, a [`RulesFile`] or every mistake in it out.

use toml::Spanned;
use toml::de::DeTable;

use super::action::MaskChar;
use super::checks::{Check, read_test};
use super::damage::damage;
use super::defaults::Defaults;
use super::files::Files;
use super::groups::Groups;
use super::ids::Ids;
use super::lints::lint;
use super::lists::{ReadLists, read_lists};
use super::one_rule::Shared;
use super::report::{Diagnostic, Level, Report};
use super::rules_file::RulesFile;
use super::source::Source;
use super::table::Table;
use crate::detect::{Detectors, Rulebook};
use crate::pipeline::Pipeline;
use crate::rule::Empty;
use crate::text::Format;

/// Reads a rules file without running its checks.
///
/// # Errors
/// Everything that keeps the file from making sense.
pub fn parse(source: &Source<'_>, detectors: &Detectors) -> Result<RulesFile, Report> {
    // A byte order mark says nothing, and takes no column.
    let text = source.text.strip_prefix('\u{feff}').unwrap_or(source.text);
    let source = &Source { text, ..*source };
    let report = |diagnostics| Report::new(source.name, source.text, diagnostics);
    let (root, syntax) = DeTable::parse_recoverable(source.text);
    if !syntax.is_empty() {
        // What a damaged file would have said is guesswork: only the damage is reported.
        return Err(report(syntax.iter().map(|error| damage(error, source.text)).collect()));
    }
    let mut problems = Vec::new();
    let table = Table::new("a rules file", 0..0, root.get_ref().clone());
    let (mut pipeline, checks, files) = read_root(table, source, detectors, &mut problems);
    if problems.iter().any(|problem| problem.level == Level::Error) {
        // What is merely odd can wait until the file makes sense.
        problems.retain(|problem| problem.level == Level::Error);
        return Err(report(problems));
    }
    problems.extend(lint(root.get_ref(), &pipeline.rules, detectors));
    let warnings = report(problems);
    pipeline.version = version_of(&[source.text, &files]);
    Ok(RulesFile { pipeline, checks, warnings })
}

/// Reads the whole file; gives the text of the files it names as well.
fn read_root(
    mut root: Table<'_>,
    source: &Source<'_>,
    detectors: &Detectors,
    problems: &mut Vec<Diagnostic>,
) -> (Pipeline, Vec<Check>, String) {
    read_version(&mut root, problems);
    let defaults = read_defaults(&mut root, problems);
    let (format, empty) = read_message(&mut root, problems);
    let inside = Files::read(&mut root, problems);
    let read_file = |name: &str| inside.get(name).map_or_else(|| (source.read_file)(name), Ok);
    let ReadLists { lists, spans: list_spans, files } = read_lists(&mut root, &read_file, problems);
    let people = Groups::read(&mut root, "people", "senders", problems);
    let places = Groups::read(&mut root, "places", "channels", problems);
    let rulebook = Rulebook::new(lists, defaults.fold);

    let shared =
        Shared { detectors, defaults: &defaults, rulebook: &rulebook, people: &people, places: &places };
    let (mut ids, mut rules, mut checks) = (Ids::default(), Vec::new(), Vec::new());
    let tables = root.array("rule", "a rule", problems);
    ids.all = tables.iter().filter_map(|table| table.peek("id").map(str::to_owned)).collect();
    for table in tables {
        rules.extend(shared.read_rule(table, rules.len(), &mut ids, &mut checks, problems));
    }
    for table in root.array("test", "a test", problems) {
        checks.extend(read_test(table, &ids, problems));
    }
    root.finish(problems);
    checks.sort_by_key(|check: &Check| check.span.start);

    let unused = |what: &str, name: &str, span: &std::ops::Range<usize>| {
        Diagnostic::warning(span.clone(), format!("{what} `{name}` is never used"))
    };
    let unused_lists = rulebook.lists.unused();
    let lists = list_spans.iter().filter(|(name, _)| unused_lists.contains(name));
    problems.extend(lists.map(|(name, span)| unused("list", name, span)));
    problems.extend(inside.unused().map(|(name, span)| unused("file", name, span)));
    problems.extend(people.unused().map(|(name, span)| unused("people", name, &span)));
    problems.extend(places.unused().map(|(name, span)| unused("places", name, &span)));

    let Defaults { mask, on_error, says_on_error, .. } = defaults;
    let pipeline =
        Pipeline { rules, format, empty, mask, on_error, says_on_error, ..Pipeline::default() }.sieved();
    (pipeline, checks, files)
}

fn read_version(root: &mut Table<'_>, problems: &mut Vec<Diagnostic>) {
    match root.raw("version") {
        None => {
            let help = "begin the file with `version = 1`".to_owned();
            problems.push(Diagnostic::error(0..0, "the file does not say its `version`").help(help));
        }
        Some(value) => {
            let version: Option<Spanned<i64>> = super::table::read(value, problems);
            if let Some(version) = version.filter(|version| *version.get_ref() != 1) {
                let message = format!("version {} is not one this program reads", version.get_ref());
                let help = "it reads version 1; a newer program may read this file".to_owned();
                problems.push(Diagnostic::error(version.span(), message).help(help));
            }
        }
    }
}

fn read_defaults(root: &mut Table<'_>, problems: &mut Vec<Diagnostic>) -> Defaults {
    let mut defaults = Defaults::default();
    let table = root.raw("defaults").and_then(|v| Table::from_value("[defaults]", v, problems));
    let Some(mut table) = table else { return defaults };
    defaults.mode = table.take("mode", problems).unwrap_or(defaults.mode);
    let on_error = table.take("on-error", problems);
    defaults.says_on_error = on_error.is_some();
    defaults.on_error = on_error.unwrap_or(defaults.on_error);
    defaults.mask = table.take("mask", problems).map_or(defaults.mask, |MaskChar(mask)| mask);
    defaults.fold = table.take("fold", problems).unwrap_or(defaults.fold);
    table.finish(problems);
    defaults
}

fn read_message(root: &mut Table<'_>, problems: &mut Vec<Diagnostic>) -> (Format, Empty) {
    let table = root.raw("message").and_then(|v| Table::from_value("[message]", v, problems));
    let Some(mut table) = table else { return <(Format, Empty)>::default() };
    let pointers: Vec<Spanned<String>> = table.take("json", problems).unwrap_or_default();
    for pointer in pointers.iter().filter(|pointer| !pointer.get_ref().starts_with('/')) {
        problems.push(Diagnostic::error(pointer.span(), "a JSON pointer begins with `/`, as in `/text`"));
    }
    let json = pointers.into_iter().map(Spanned::into_inner).collect();
    let encoding = table.take("encoding", problems).unwrap_or_default();
    let empty = table.take("empty", problems).unwrap_or_default();
    table.finish(problems);
    (Format { encoding, json }, empty)
}

/// A short name for what `texts` say: the same rules have the same name everywhere. FNV-1a, which is enough to tell versions apart
/// and is four lines.
fn version_of(texts: &[&str]) -> String {
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let hash = texts.iter().flat_map(|text| text.bytes()).fold(0xcbf2_9ce4_8422_2325, mix);
    format!("{:012x}", hash >> 16)
}
