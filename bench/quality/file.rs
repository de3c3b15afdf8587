//! [`File`]: a file of labelled texts.

use std::path::{Path, PathBuf};

use crate::Failure;
use crate::row::{Row, Subject};

/// A file of labelled texts.
#[derive(Debug)]
pub(crate) struct File {
    /// Its path in the folder.
    pub name: String,
    pub subject: Subject,
    pub rows: Vec<Row>,
}

impl File {
    /// Returns every JSON Lines file in `folder` and its subfolders, by name; of each at most `most` rows, spread evenly.
    pub(crate) fn all(folder: &Path, most: usize) -> Result<Vec<Self>, Failure> {
        let mut paths = Vec::new();
        walk(folder, &mut paths)?;
        if paths.is_empty() {
            return Err(format!("expected files called *.jsonl in `{}`", folder.display()).into());
        }
        paths.sort();
        let name = |path: &Path| path.strip_prefix(folder).unwrap_or(path).to_string_lossy().into_owned();
        paths.iter().map(|path| Self::read(path, name(path), most)).collect()
    }

    fn read(path: &Path, name: String, most: usize) -> Result<Self, Failure> {
        let text = std::fs::read_to_string(path)?;
        let lines: Vec<_> = text.lines().filter(|line| !line.trim().is_empty()).collect();
        let step = lines.len().div_ceil(most.max(1)).max(1);
        let read = |(at, line): (usize, &&str)| {
            serde_json::from_str(line).map_err(|error| format!("{name}, line {}: {error}", at + 1))
        };
        let rows: Vec<Row> = lines.iter().enumerate().step_by(step).map(read).collect::<Result<_, _>>()?;
        Ok(Self { subject: Subject::of(&rows), name, rows })
    }

    /// Returns its name for people.
    pub(crate) fn title(&self) -> &str {
        let name = self.name.rsplit('/').next().unwrap_or(&self.name);
        name.strip_suffix(".jsonl").unwrap_or(name)
    }
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("`{}`: {error}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, paths)?;
        } else if path.extension().is_some_and(|extension| extension == "jsonl") {
            paths.push(path);
        }
    }
    Ok(())
}
