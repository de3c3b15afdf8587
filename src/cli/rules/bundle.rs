//! `chimeflow rules bundle`, and the checks that all commands make before they upload rules.

use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::cli::rules_file::{bundle, parse, show};
use crate::cli::{Finding, output};
use crate::detect::Detectors;
use crate::rules::{self, Source};

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

/// The largest configuration in bytes that AppConfig stores and the function reads.
const LARGEST: usize = 4 * 1024 * 1024;

pub(super) fn run(args: &Args, detectors: &Detectors) -> anyhow::Result<Finding> {
    let Some(Bundle { text, .. }) = checked(&args.file, detectors)? else { return Ok(Finding::NotFine) };
    if let Some(path) = &args.output {
        std::fs::write(path, text).with_context(|| format!("could not write `{}`", path.display()))?;
    } else {
        output::raw(&text);
    }
    Ok(Finding::Fine)
}

/// Returns the file at `path` as one document, if it will pass the validator. Otherwise shows what is wrong.
pub(super) fn checked(path: &Path, detectors: &Detectors) -> anyhow::Result<Option<Bundle>> {
    let name = path.display();
    let beside = match parse(path, detectors)? {
        Ok(file) => file,
        Err(report) => {
            show(&report);
            refused(&format!("{name}: {}", report.summary()));
            return Ok(None);
        }
    };
    show(&beside.warnings);
    let text = bundle(path)?;
    if text.len() > LARGEST {
        let size = text.len();
        refused(&format!("{name}: with its lists {size} bytes, expected at most {LARGEST}"));
        return Ok(None);
    }
    // The validator and the function do exactly this.
    match rules::load(&Source::alone(&name.to_string(), &text), detectors) {
        Ok(pipeline) => Ok(Some(Bundle { text, rules_version: pipeline.version })),
        Err(report) => {
            show(&report);
            refused(&format!("{name}: {}", report.summary()));
            Ok(None)
        }
    }
}

fn refused(why: &str) {
    output::error(format_args!("{why}: nothing was sent"));
}
