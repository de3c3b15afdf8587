//! `chimeflow schema`: the JSON Schema of the rules file.

use chimeflow::detect::Detectors;
use chimeflow::rules::schema;

use crate::Finding;

/// Print the JSON Schema of rules files, for editors
///
/// An editor with a TOML language server completes and checks a rules file that begins with `#:schema ./rules.schema.json`, when what this
/// prints is in that file beside it.
#[derive(clap::Args)]
pub(crate) struct Args {}

#[expect(clippy::unnecessary_wraps, reason = "every command may fail, this one does not")]
pub(crate) fn run(_: &Args) -> anyhow::Result<Finding> {
    println!("{:#}", schema(&Detectors::builtin()));
    Ok(Finding::Fine)
}
