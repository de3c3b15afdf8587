//! [`Source`]: where rules come from.

use super::lists::ReadFile;

/// Where rules come from.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// What the file is called.
    pub name: &'a str,
    /// What it says.
    pub text: &'a str,
    /// Reads the files it names.
    pub read_file: ReadFile<'a>,
}

impl<'a> Source<'a> {
    /// Rules that stand alone: a file that they name is an error.
    #[must_use]
    pub fn alone(name: &'a str, text: &'a str) -> Self {
        Self { name, text, read_file: &|_| Err("these rules have no files beside them".to_owned()) }
    }
}

impl std::fmt::Debug for Source<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Source").field("name", &self.name).finish_non_exhaustive()
    }
}
