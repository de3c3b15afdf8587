//! `check --watch`: checks again whenever a file is saved.
//!
//! The files are looked at a few times a second, as `chimeflow local` does. This works on every file system and with every editor,
//! including editors that replace a file instead of writing to it.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::{Args, check_all};
use crate::cli::output::{self, errln};
use crate::cli::{Exit, input, style};
use crate::detect::Detectors;

/// How often the files are looked at.
const LOOK: Duration = Duration::from_millis(300);

/// The time at which a file was last written, and its size; `None` if it does not exist.
type Stamp = Option<(SystemTime, u64)>;

/// Checks the files until the process is interrupted or the output is closed.
pub(super) fn run(args: &Args, detectors: &Detectors) -> anyhow::Result<Exit> {
    anyhow::ensure!(
        !args.files.iter().any(|path| input::is_stdin(path)),
        "standard input cannot be watched: name a file"
    );
    loop {
        // Stamps are taken before reading, so that a file that is saved in between is read again.
        let before = stamps(args.files.iter());
        let (finding, files) = check_all(args, detectors);
        if output::has_failed() {
            return Ok(finding);
        }
        let seen: Vec<_> = stamps(files.iter())
            .into_iter()
            .map(|(path, stamp)| match before.iter().find(|(it, _)| *it == path) {
                Some((_, stamp)) => (path, *stamp),
                None => (path, stamp),
            })
            .collect();
        errln!("{}watching {}{:#}", style::QUIET, names(&files), style::QUIET);
        let saved = loop {
            std::thread::sleep(LOOK);
            if let Some((path, _)) = seen.iter().find(|(path, stamp)| has_changed(path, *stamp)) {
                break path;
            }
        };
        errln!("\n{}{} was saved{:#}", style::QUIET, saved.display(), style::QUIET);
    }
}

fn stamps<'p>(files: impl Iterator<Item = &'p PathBuf>) -> Vec<(PathBuf, Stamp)> {
    files.map(|path| (path.clone(), stamp(path))).collect()
}

/// Returns whether the file exists and differs from the stamp `seen`. While an editor replaces it, it does not exist.
fn has_changed(path: &Path, seen: Stamp) -> bool {
    let now = stamp(path);
    now.is_some() && now != seen
}

fn stamp(path: &Path) -> Stamp {
    let metadata = std::fs::metadata(path).ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}

fn names(files: &[PathBuf]) -> String {
    let names: Vec<_> = files.iter().map(|path| path.display().to_string()).collect();
    if names.len() > 4 {
        return format!("{} and {} more", names[..3].join(", "), names.len() - 3);
    }
    names.join(", ")
}
