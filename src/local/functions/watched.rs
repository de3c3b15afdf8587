//! [`WatchedFiles`]: the files of a function, which is restarted when one of them changes.
//!
//! The files are looked at twice a second, as `check --watch` does. This works on every file system and with every editor.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::loopback::Launch;

/// The additional files that restart programs.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Beside {
    /// Files, and folders with everything in them.
    pub paths: Vec<PathBuf>,
    /// A folder that is ignored, because the service itself writes to it.
    pub except: Option<PathBuf>,
}

/// Files, and folders with everything in them but one folder.
#[derive(Debug)]
pub(super) struct WatchedFiles {
    paths: Vec<PathBuf>,
    except: Option<PathBuf>,
}

/// The state of the files when they were looked at: when each was last written, and its size.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Snapshot(BTreeMap<PathBuf, (SystemTime, u64)>);

/// Folders that are ignored, in addition to hidden ones, because runtimes, installers and compilers write to them.
const PASSED_OVER: [&str; 3] = ["__pycache__", "node_modules", "target"];

impl WatchedFiles {
    /// Returns the files of a function: its program, those of its arguments that are files, and the additional files `beside`.
    pub(super) fn new(launch: &Launch, beside: Beside) -> Self {
        let args = launch.args.iter().map(PathBuf::from).filter(|arg| arg.is_file());
        let paths = [launch.program.clone()].into_iter().chain(args).chain(beside.paths).collect();
        Self { paths, except: beside.except.and_then(|folder| fs::canonicalize(folder).ok()) }
    }

    /// Looks at the files. Returns `None` while a named file is missing, because something is about to replace it.
    pub(super) fn look(&self) -> Option<Snapshot> {
        let mut files = BTreeMap::new();
        for path in &self.paths {
            // A file that cannot be read is ignored.
            let metadata = fs::metadata(path).ok()?;
            if metadata.is_dir() {
                self.look_into(path, &mut files);
            } else {
                note(path.clone(), &metadata, &mut files);
            }
        }
        Some(Snapshot(files))
    }

    fn look_into(&self, folder: &Path, files: &mut BTreeMap<PathBuf, (SystemTime, u64)>) {
        if self.except.is_some() && fs::canonicalize(folder).ok() == self.except {
            return;
        }
        let Ok(entries) = fs::read_dir(folder) else { return };
        for entry in entries.flatten() {
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_dir() && !is_passed_over(&entry.file_name()) {
                self.look_into(&entry.path(), files);
            } else if !kind.is_dir()
                // A link to a folder is not followed, because it may lead in circles.
                && let Ok(metadata) = fs::metadata(entry.path())
                && metadata.is_file()
            {
                note(entry.path(), &metadata, files);
            }
        }
    }
}

impl Snapshot {
    /// Returns a file in which two looks differ.
    pub(super) fn difference<'a>(&'a self, other: &'a Self) -> Option<&'a Path> {
        let of = |one: &'a Self, other: &'a Self| {
            one.0.iter().find(|(path, stamp)| other.0.get(*path) != Some(stamp)).map(|(path, _)| &**path)
        };
        of(self, other).or_else(|| of(other, self))
    }
}

fn is_passed_over(folder: &OsStr) -> bool {
    PASSED_OVER.iter().any(|name| folder == *name) || folder.as_encoded_bytes().starts_with(b".")
}

fn note(path: PathBuf, metadata: &Metadata, files: &mut BTreeMap<PathBuf, (SystemTime, u64)>) {
    if let Ok(modified) = metadata.modified() {
        files.insert(path, (modified, metadata.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_change_of_a_file_is_seen_and_what_runtimes_write_is_not() {
        let root = std::env::temp_dir().join(format!("chimeflow-watched-{}", std::process::id()));
        let write = |path: &str, text: &str| {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("app.py", "a");
        write("lib/words.py", "a");
        let program = root.join("app.py");
        write("data/journal.jsonl", "");
        let beside = Beside { paths: vec![root.clone()], except: Some(root.join("data")) };
        let watched = WatchedFiles::new(&Launch { program, ..Launch::default() }, beside);
        let changed = |change: &dyn Fn()| {
            let before = watched.look().unwrap();
            change();
            let after = watched.look().unwrap();
            after.difference(&before).map(|path| path.strip_prefix(&root).unwrap().display().to_string())
        };
        assert_eq!(changed(&|| ()), None);
        assert_eq!(changed(&|| write("app.py", "ab")).as_deref(), Some("app.py"));
        assert_eq!(changed(&|| write("lib/words.py", "ab")).as_deref(), Some("lib/words.py"));
        assert_eq!(changed(&|| write("lib/new.py", "")).as_deref(), Some("lib/new.py"));
        assert_eq!(
            changed(&|| fs::remove_file(root.join("lib/new.py")).unwrap()).as_deref(),
            Some("lib/new.py")
        );
        for ignored in [
            "data/journal.jsonl",
            "data/snapshot.json",
            "__pycache__/app.pyc",
            "lib/node_modules/a.js",
            ".git/index",
            "target/debug/a",
        ] {
            assert_eq!(changed(&|| write(ignored, "ab")), None, "{ignored}");
        }
        fs::remove_file(root.join("app.py")).unwrap();
        assert!(watched.look().is_none());
        fs::remove_dir_all(root).unwrap();
    }
}
