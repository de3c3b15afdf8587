//! The data folder, whose files other users of the machine cannot read.

use std::io;
use std::path::{Path, PathBuf};

use crate::loopback::Certificate;
use crate::private::{self, FolderPrivacy};

/// The files and folders that the service stores in the data folder.
const CONTENTS: [&str; 7] = [
    "faults.json",
    "faults.json.new",
    "journal.jsonl",
    "lock",
    "snapshot.json",
    "snapshot.json.new",
    CERTIFICATE,
];
const CERTIFICATE: &str = "tls";

/// Returns the path of the certificate's folder.
pub(super) fn of_certificate(folder: &Path) -> PathBuf {
    folder.join(CERTIFICATE)
}

/// Makes sure that the data folder exists and is private. Returns a notice if a person should know something about it.
///
/// # Errors
/// If it cannot be created, or something in it belongs to another user.
pub(super) fn prepare(folder: &Path) -> io::Result<Option<String>> {
    let named = |error: io::Error| named(folder, &error);
    let data = private::folder(folder, &CONTENTS).map_err(named)?;
    let below = of_certificate(folder);
    let certificate = private::folder(&below, &Certificate::FILES).map_err(named)?;
    Ok(notice(folder, &data).or_else(|| notice(&below, &certificate)))
}

/// Adds the name of the folder to errors of the operating system, which do not name it.
pub(super) fn placed(folder: &Path, error: io::Error) -> io::Error {
    if error.raw_os_error().is_some() { named(folder, &error) } else { error }
}

fn named(folder: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("the data folder {}: {error}", folder.display()))
}

fn notice(folder: &Path, made: &FolderPrivacy) -> Option<String> {
    let folder = folder.display();
    match made {
        FolderPrivacy::Private => None,
        FolderPrivacy::Tightened => Some(format!(
            "others on this machine could read {folder}: it is for your user only now (0700, and files 0600)"
        )),
        FolderPrivacy::Listed(why) => Some(format!(
            "{folder} stays readable by others on this machine, because {why}; the files of the service in it are only for your user (0600)"
        )),
        FolderPrivacy::Open(why) => {
            Some(format!("others on this machine can read the files in {folder}: {why}"))
        }
    }
}
