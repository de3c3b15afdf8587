//! `chimeflow rules bundle`, and the checks that all commands make before they upload rules.

use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::cli::rules_file::{bundle, parse, show};
use crate::cli::{Exit, output};
use crate::detect::Detectors;
use crate::rules::{self, Report, Source};

/// Print a rules file with the lists beside it as one document
///
/// It is what `rules push` deploys: the rules file, unchanged, and after it a `[[file]]` block for each file that a list names.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The rules file
    file: PathBuf,

    /// Write it to this file
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Checked rules that may be uploaded.
pub(super) struct Bundle {
    pub text: String,
    /// Their version in a function's log.
    pub rules_version: String,
}

/// Why rules may not be uploaded.
pub(super) struct Rejection {
    /// The reason, in a line.
    pub why: String,
    /// The mistakes in the file, which have been shown already.
    pub report: Option<Report>,
}

/// The maximum size of a configuration that AppConfig stores and the function reads, in bytes.
const LARGEST: usize = 4 * 1024 * 1024;

pub(super) fn run(args: &Args, detectors: &Detectors) -> anyhow::Result<Exit> {
    let text = match checked(&args.file, detectors)? {
        Ok(Bundle { text, .. }) => text,
        Err(unfit) => {
            output::error(unfit.why);
            return Ok(Exit::NotFine);
        }
    };
    if let Some(path) = &args.output {
        std::fs::write(path, text).with_context(|| format!("could not write `{}`", path.display()))?;
    } else {
        output::raw(&text);
    }
    Ok(Exit::Fine)
}

/// Returns the file at `path` as one document, if the validator will accept it. Otherwise shows its mistakes.
pub(super) fn checked(path: &Path, detectors: &Detectors) -> anyhow::Result<Result<Bundle, Rejection>> {
    let name = path.display();
    let unfit = |report: Report| {
        show(&report);
        Err(Rejection { why: format!("{name}: {}", report.summary()), report: Some(report) })
    };
    let beside = match parse(path, detectors)? {
        Ok(file) => file,
        Err(report) => return Ok(unfit(report)),
    };
    show(&beside.warnings);
    let text = bundle(path)?;
    if text.len() > LARGEST {
        let size = text.len();
        let why = format!("{name}: with its lists {size} bytes, expected at most {LARGEST}");
        return Ok(Err(Rejection { why, report: None }));
    }
    // The validator and the function do exactly this.
    Ok(match rules::load(&Source::alone(&name.to_string(), &text), detectors) {
        Ok(pipeline) => Ok(Bundle { text, rules_version: pipeline.version }),
        Err(report) => unfit(report),
    })
}
