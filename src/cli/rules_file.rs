//! Reads rules files, and the lists beside them, from disk.

use std::cell::Cell;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::cli::output::{self, errln};
use crate::detect::Detectors;
use crate::pipeline::Pipeline;
use crate::rules::{self, Report, RulesFile, Source};

/// The name of Chimeflow's default rules.
const EMBEDDED: &str = "embedded";

/// Which rules a command works with.
#[derive(clap::Args)]
pub(crate) struct RulesArg {
    /// The rules file; without it, the rules that come with Chimeflow
    #[arg(long, value_name = "FILE")]
    rules: Option<PathBuf>,
}

impl RulesArg {
    /// Loads the rules. They are used even if their own checks fail, for inspection.
    pub(crate) fn load(&self, detectors: &Detectors) -> anyhow::Result<Pipeline> {
        match &self.rules {
            Some(path) => load(path, detectors),
            None => usable(rules::parse(&Source::alone(EMBEDDED, rules::DEFAULT), detectors)),
        }
    }
}

/// Loads the rules in the file at `path`. Returns an error if their own checks fail.
pub(crate) fn load_fit(path: &Path, detectors: &Detectors) -> anyhow::Result<Pipeline> {
    parse(path, detectors)?.and_then(RulesFile::verified).map_err(|report| {
        show(&report);
        anyhow::anyhow!("the rules in `{}` are not valid: {}", report.name, report.summary())
    })
}

/// Loads the rules in the file at `path` for inspection: their own checks may fail.
pub(crate) fn load(path: &Path, detectors: &Detectors) -> anyhow::Result<Pipeline> {
    usable(parse(path, detectors)?)
}

fn usable(parsed: Result<RulesFile, Report>) -> anyhow::Result<Pipeline> {
    parsed.map(|file| file.pipeline).map_err(|report| {
        show(&report);
        anyhow::anyhow!("the rules in `{}` do not load", report.name)
    })
}

/// Returns the rules file at `path` and the lists beside it as one document.
pub(crate) fn bundle(path: &Path) -> anyhow::Result<String> {
    with_files(path, rules::bundle)
}

/// Parses the rules file at `path`. The outer error says that the file cannot be read, the inner one that it is invalid.
pub(crate) fn parse(path: &Path, detectors: &Detectors) -> anyhow::Result<Result<RulesFile, Report>> {
    with_files(path, |source| rules::parse(source, detectors))
}

/// Parses the rules file at `path` as [`parse`] does. Also returns its size in bytes, including the lists beside it.
pub(crate) fn parse_and_measure(
    path: &Path,
    detectors: &Detectors,
) -> anyhow::Result<(Result<RulesFile, Report>, usize)> {
    with_files(path, |source| {
        let bytes = Cell::new(source.text.len());
        let read_file = |name: &str| {
            let text = (source.read_file)(name)?;
            bytes.set(bytes.get() + text.len());
            Ok(text)
        };
        let parsed = rules::parse(&Source { read_file: &read_file, ..*source }, detectors);
        (parsed, bytes.get())
    })
}

/// Applies `work` to the file at `path`, which may refer to files beside it.
fn with_files<T>(path: &Path, work: impl FnOnce(&Source<'_>) -> T) -> anyhow::Result<T> {
    let text = read(path)?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let read_file = |name: &str| {
        let bytes = std::fs::read(folder.join(name)).map_err(|error| error.to_string())?;
        decode(bytes).map_err(|why| format!("it is {why}"))
    };
    let name = path.display().to_string();
    Ok(work(&Source { name: &name, text: &text, read_file: &read_file }))
}

/// Returns the text of the file at `path`.
pub(crate) fn read(path: &Path) -> anyhow::Result<String> {
    let bytes = std::fs::read(path).with_context(|| format!("could not read `{}`", path.display()))?;
    decode(bytes).map_err(|why| anyhow::anyhow!("`{}` is {why}", path.display()))
}

/// Returns `bytes` as UTF-8 text. The error says which encoding they have instead, and what to do.
fn decode(bytes: Vec<u8>) -> Result<String, String> {
    // In UTF-16, one of two bytes is zero wherever the text is in Latin letters.
    if matches!(*bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, 1..=255, ..] | [1..=255, 0, ..]) {
        return Err("UTF-16 text: save it as UTF-8".to_owned());
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = String::from_utf8_lossy(valid).matches('\n').count() + 1;
        format!("not UTF-8 text in line {line}: save it as UTF-8")
    })
}

/// Prints what is wrong with a rules file, on standard error.
pub(crate) fn show(report: &Report) {
    if !report.diagnostics.is_empty() {
        errln!("{}\n", report.render(output::is_error_terminal()));
    }
}
