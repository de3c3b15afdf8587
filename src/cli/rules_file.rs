//! Reads rules files, and the list files that they refer to, from disk.

use std::cell::{Cell, RefCell};
use std::path::{Path, PathBuf};

use crate::cli::input;
use crate::cli::not_text::not_text;
use crate::cli::output::{self, errln};
use crate::detect::Detectors;
use crate::pipeline::Pipeline;
use crate::rules::{self, Report, RulesFile, Source};

/// The name of Chimeflow's default rules.
const EMBEDDED: &str = "embedded";

/// The rules that a command uses.
#[derive(clap::Args)]
pub(crate) struct RulesArg {
    /// The rules file, or `-` for standard input; without it, the rules that come with Chimeflow
    #[arg(long, value_name = "FILE")]
    rules: Option<PathBuf>,
}

impl RulesArg {
    /// Returns the path of the rules file, if one was named.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.rules.as_deref()
    }

    /// Returns the name of the rules without their folder, for people who do not use this machine.
    pub(crate) fn short_name(&self) -> String {
        self.rules
            .as_deref()
            .map_or_else(|| "the rules that come with Chimeflow".to_owned(), input::short_name)
    }

    /// Loads the rules for inspection: they are used even if their own checks fail.
    pub(crate) fn load(&self, detectors: &Detectors) -> anyhow::Result<Pipeline> {
        match &self.rules {
            Some(path) => load(path, detectors),
            None => usable(rules::parse(&Source::alone(EMBEDDED, rules::DEFAULT), detectors)),
        }
    }
}

/// Loads the rules in the file at `path`. Returns an error if their own checks fail.
pub(crate) fn load_valid(path: &Path, detectors: &Detectors) -> anyhow::Result<Pipeline> {
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

/// Returns the rules file at `path` and its list files as one document.
pub(crate) fn bundle(path: &Path) -> anyhow::Result<String> {
    with_files(path, rules::bundle)
}

/// Parses the rules file at `path`. The outer error says that the file cannot be read, the inner one that it is invalid.
pub(crate) fn parse(path: &Path, detectors: &Detectors) -> anyhow::Result<Result<RulesFile, Report>> {
    with_files(path, |source| rules::parse(source, detectors))
}

/// A parsed rules file, with its size and its files.
pub(crate) struct Parsed {
    /// The rules, or the mistakes in them.
    pub rules: Result<RulesFile, Report>,
    /// The total size of the file and its list files, in bytes.
    pub bytes: usize,
    /// The file and its list files.
    pub files: Vec<PathBuf>,
}

/// Parses the rules file at `path` as [`parse`] does. Also returns its size and its files.
pub(crate) fn parse_and_measure(path: &Path, detectors: &Detectors) -> anyhow::Result<Parsed> {
    with_files(path, |source| {
        let (bytes, files) = (Cell::new(source.text.len()), RefCell::new(vec![path.to_owned()]));
        let read_file = |name: &str| {
            files.borrow_mut().push(folder(path).join(name));
            let text = (source.read_file)(name)?;
            bytes.set(bytes.get() + text.len());
            Ok(text)
        };
        let rules = rules::parse(&Source { read_file: &read_file, ..*source }, detectors);
        Parsed { rules, bytes: bytes.get(), files: files.take() }
    })
}

/// Applies `work` to the file at `path`, which may refer to files beside it.
fn with_files<T>(path: &Path, work: impl FnOnce(&Source<'_>) -> T) -> anyhow::Result<T> {
    let text = read(path)?;
    let read_file = |name: &str| {
        let bytes = std::fs::read(folder(path).join(name)).map_err(|error| error.to_string())?;
        decode(bytes).map_err(|why| format!("it is {why}"))
    };
    let name = input::name(path);
    Ok(work(&Source { name: &name, text: &text, read_file: &read_file }))
}

/// Returns the folder of the rules file at `path`, which its list files are relative to: the current folder for standard input.
fn folder(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}

/// Returns the text of the file at `path`, or of standard input for `-`.
pub(crate) fn read(path: &Path) -> anyhow::Result<String> {
    let bytes = input::bytes(path)?;
    decode(bytes).map_err(|why| anyhow::anyhow!("`{}` is {why}", input::name(path)))
}

/// Returns `bytes` as UTF-8 text. The error names the actual encoding, if it is known, and says what to do.
fn decode(bytes: Vec<u8>) -> Result<String, String> {
    if let Some(what) = not_text(&bytes) {
        return Err(what.to_owned());
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = String::from_utf8_lossy(valid).matches('\n').count() + 1;
        format!("not UTF-8 text in line {line}: save it as UTF-8")
    })
}

/// Prints the mistakes in a rules file on standard error.
pub(crate) fn show(report: &Report) {
    if !report.diagnostics.is_empty() {
        errln!("{}\n", report.render(output::is_error_terminal()));
    }
}
