//! `chimeflow completions` and `chimeflow man`: files that a package installs with the program.

use std::path::PathBuf;

use anyhow::Context;
use clap::CommandFactory;
use clap_complete::Shell;

use crate::cli::output::outln;
use crate::cli::{Exit, Program};

/// Print the completions of a shell
///
/// For bash: `chimeflow completions bash > ~/.local/share/bash-completion/completions/chimeflow`. For zsh, write them to a file `_chimeflow` in a
/// folder of `$fpath`; for fish, to `~/.config/fish/completions/chimeflow.fish`.
#[derive(clap::Args)]
pub(crate) struct Args {
    shell: Shell,
}

#[expect(clippy::unnecessary_wraps, reason = "every command may fail, this one does not")]
pub(crate) fn run(args: &Args) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Program::command(), "chimeflow", &mut script);
    outln!("{}", String::from_utf8_lossy(&script).trim_end());
    Ok(Exit::Fine)
}

/// Write the manual pages to a folder, one for each command
#[derive(clap::Args)]
pub(crate) struct ManArgs {
    /// The folder, which must exist; `man -l FOLDER/chimeflow.1` shows the first page
    folder: PathBuf,
}

pub(crate) fn write_manual(args: &ManArgs) -> anyhow::Result<Exit> {
    let folder = &args.folder;
    clap_mangen::generate_to(Program::command(), folder)
        .with_context(|| format!("could not write manual pages to `{}`", folder.display()))?;
    outln!("wrote the manual pages to {}", folder.display());
    Ok(Exit::Fine)
}
