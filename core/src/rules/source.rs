//! [`Source`]: the source of a rules file.

use super::lists::ReadFile;

/// The source of a rules file.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The name of the file.
    pub name: &'a str,
    /// Its text.
    pub text: &'a str,
    /// Reads the files that it names.
    pub read_file: ReadFile<'a>,
}

impl<'a> Source<'a> {
    /// Creates a source without other files: naming one is an error.
    #[must_use]
    pub fn alone(name: &'a str, text: &'a str) -> Self {
        Self { name, text, read_file: &|_| Err("these rules have no files beside them".to_owned()) }
    }

    /// Returns the source without a byte order mark, which has no meaning and must not count as a column.
    pub(super) fn without_mark(self) -> Self {
        Self { text: self.text.strip_prefix('\u{feff}').unwrap_or(self.text), ..self }
    }
}

impl std::fmt::Debug for Source<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Source").field("name", &self.name).finish_non_exhaustive()
    }
}
