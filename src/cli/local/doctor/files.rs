//! Checks whether the files for starting a service can be used.

use std::fs::{self, File};
use std::path::Path;

use super::Check;
use crate::detect::Detectors;
use crate::local::read_data;

/// Checks whether a rules file is valid and passes its own checks.
pub(super) fn rules(path: &Path, detectors: &Detectors) -> Check {
    let shown = path.display();
    let fix = format!("chimeflow check {shown}");
    match crate::cli::rules_file::parse(path, detectors) {
        Err(error) => Check::wrong("rules", format!("{error:#}"), "look at the path in `--rules`"),
        Ok(Err(report)) => {
            let count = report.diagnostics.len();
            Check::wrong("rules", format!("{shown} makes no sense yet: {count} mistakes"), fix)
        }
        Ok(Ok(file)) => match file.verified() {
            Ok(_) => Check::fine("rules", format!("{shown} loads, and passes its own tests")),
            Err(_) => Check::wrong("rules", format!("{shown} loads, and fails its own tests"), fix),
        },
    }
}

/// Checks whether a data folder can be read and written.
pub(super) fn data(folder: &Path) -> Check {
    let shown = folder.display();
    if !folder.exists() {
        return match folder.parent().filter(|parent| parent.as_os_str().is_empty() || parent.is_dir()) {
            Some(_) => Check::fine("data folder", format!("{shown} is not there yet; the service makes it")),
            None => Check::odd(
                "data folder",
                format!("neither {shown} nor the folder it is to be in is there"),
                "look at the path in `--data`",
            ),
        };
    }
    match used(folder).map(|()| read_data(folder)) {
        Ok(Ok(())) => Check::fine("data folder", format!("{shown} can be read and written")),
        Ok(Err(error)) => Check::wrong(
            "data folder",
            error.to_string(),
            "restore that file: no service starts over a damaged one",
        ),
        Err(error) => Check::wrong(
            "data folder",
            format!("{shown} cannot be used: {error}"),
            "make it yours (`ls -l`), make room on the disk, or name another with `--data`",
        ),
    }
}

/// Reads and writes the files that the service would use.
fn used(folder: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        File::open(entry?.path())?;
    }
    let probe = folder.join(format!("doctor-{}", std::process::id()));
    fs::write(&probe, b"probe")?;
    fs::remove_file(probe)
}
