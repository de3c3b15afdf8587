//! `chimeflow schema`: prints the JSON Schema of rules files, and the reference of their keys.

use crate::cli::Exit;
use crate::cli::output::outln;
use crate::detect::Detectors;
use crate::rules::{reference, schema};

/// Print the JSON Schema of rules files, for editors
///
/// Save the output as `rules.schema.json` in the folder of a rules file that begins with `#:schema ./rules.schema.json`: an editor with a TOML
/// language server then completes and checks the rules file.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Print the reference page of the documentation instead: every key, what it takes and what it means
    #[arg(long)]
    markdown: bool,
}

#[expect(clippy::unnecessary_wraps, reason = "every command may fail, this one does not")]
pub(crate) fn run(args: &Args, detectors: &Detectors) -> anyhow::Result<Exit> {
    if args.markdown {
        outln!("{}", reference(detectors).trim_end());
    } else {
        outln!("{:#}", schema(detectors));
    }
    Ok(Exit::Fine)
}
