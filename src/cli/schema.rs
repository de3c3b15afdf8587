//! `chimeflow schema`: the JSON Schema of the rules file.

use crate::cli::Finding;
use crate::cli::output::outln;
use crate::detect::Detectors;
use crate::rules::schema;

/// Print the JSON Schema of rules files, for editors
///
/// An editor with a TOML language server completes and checks a rules file that begins with `#:schema ./rules.schema.json`, when what this
/// prints is in that file beside it.
#[derive(clap::Args)]
pub(crate) struct Args {}

#[expect(clippy::unnecessary_wraps, reason = "every command may fail, this one does not")]
pub(crate) fn run(_: &Args, detectors: &Detectors) -> anyhow::Result<Finding> {
    outln!("{:#}", schema(detectors));
    Ok(Finding::Fine)
}
