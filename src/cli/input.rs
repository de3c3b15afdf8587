//! Standard input, which commands read where a file is named `-`.

use std::io::{Read, Stdin};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context;

/// The name of standard input in messages.
pub(crate) const STDIN: &str = "standard input";

/// Whether it was read already.
static IS_READ: AtomicBool = AtomicBool::new(false);

/// Returns whether `path` names standard input.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// Returns the name of the file at `path` for messages.
pub(crate) fn name(path: &Path) -> String {
    if is_stdin(path) { STDIN.to_owned() } else { path.display().to_string() }
}

/// Returns the name of the file at `path` without its folder, for people who do not use this machine.
pub(crate) fn short_name(path: &Path) -> String {
    path.file_name()
        .filter(|_| !is_stdin(path))
        .map_or_else(|| name(path), |name| name.to_string_lossy().into_owned())
}

/// Checks that the file to write at `path` is not one of `inputs`.
///
/// # Errors
/// If it is one: writing would destroy the input.
pub(crate) fn ensure_other(path: &Path, inputs: &[&Path]) -> anyhow::Result<()> {
    let same = |input: &&Path| {
        path.canonicalize().is_ok_and(|path| input.canonicalize().is_ok_and(|input| input == path))
    };
    anyhow::ensure!(
        !inputs.iter().any(same),
        "`{}` is read, so it cannot be written: name another file",
        path.display()
    );
    Ok(())
}

/// Returns standard input.
///
/// # Errors
/// If it was returned before: two files named `-` would each receive a part of it.
pub(crate) fn stdin() -> anyhow::Result<Stdin> {
    anyhow::ensure!(
        !IS_READ.swap(true, Ordering::Relaxed),
        "standard input can be read only once: name only one file `-`"
    );
    Ok(std::io::stdin())
}

/// Returns the bytes of the file at `path`, or of standard input.
pub(crate) fn bytes(path: &Path) -> anyhow::Result<Vec<u8>> {
    if !is_stdin(path) {
        return std::fs::read(path).with_context(|| format!("could not read `{}`", path.display()));
    }
    let mut bytes = Vec::new();
    stdin()?.read_to_end(&mut bytes).with_context(|| format!("could not read {STDIN}"))?;
    Ok(bytes)
}
