//! `[[file]]`: list files that are embedded in the rules file.
//!
//! Rules that are deployed as one document, as in AppConfig, use them.

use std::cell::Cell;
use std::ops::Range;

use toml::Spanned;

use super::report::Diagnostic;
use super::table::Table;

/// The files that are embedded in a rules file.
#[derive(Debug, Default)]
pub(super) struct Files(Vec<File>);

#[derive(Debug)]
struct File {
    name: String,
    text: String,
    span: Range<usize>,
    is_used: Cell<bool>,
}

impl Files {
    pub(super) fn read(root: &mut Table<'_>, problems: &mut Vec<Diagnostic>) -> Self {
        let mut files = Self::default();
        for mut table in root.array("file", problems) {
            let name = table.take::<Spanned<String>>("name", problems);
            let text = table.take::<String>("text", problems);
            let (Some(name), Some(text)) = (name, text) else { continue };
            if files.0.iter().any(|file| file.name == *name.get_ref()) {
                let message = format!("two files are called `{}`", name.get_ref());
                problems.push(Diagnostic::error(name.span(), message).label("the second one"));
                continue;
            }
            let span = name.span();
            files.0.push(File { name: name.into_inner(), text, span, is_used: Cell::new(false) });
        }
        files
    }

    /// Returns the text of the embedded file called `name`.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let file = self.0.iter().find(|file| file.name == name)?;
        file.is_used.set(true);
        Some(file.text.clone())
    }

    /// Returns the files that no list names, with their spans.
    pub(super) fn unused(&self) -> impl Iterator<Item = (&str, &Range<usize>)> {
        self.0.iter().filter(|file| !file.is_used.get()).map(|file| (&*file.name, &file.span))
    }
}
