//! [`Section`]: a table for people, in Markdown.

use std::fmt;

/// A table with a name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Section {
    /// The name of its place in the page.
    pub name: &'static str,
    /// Its title, in one line.
    pub title: &'static str,
    pub head: Vec<String>,
    pub rows: Vec<Vec<String>>,
    /// The notes below it.
    pub notes: Vec<String>,
}

impl Section {
    pub(crate) fn new(name: &'static str, title: &'static str, head: &[&str]) -> Self {
        let head = head.iter().map(|&cell| cell.to_owned()).collect();
        Self { name, title, head, ..Self::default() }
    }

    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }
}

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = |at: usize| {
            let cells = self.rows.iter().chain([&self.head]).filter_map(|row| row.get(at));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0).max(3)
        };
        let widths: Vec<_> = (0..self.head.len()).map(width).collect();
        let line = |f: &mut fmt::Formatter<'_>, cells: &[String]| {
            for (at, width) in widths.iter().enumerate() {
                let cell = cells.get(at).map_or("", String::as_str);
                if at == 0 { write!(f, "| {cell:<width$} ")? } else { write!(f, "| {cell:>width$} ")? }
            }
            writeln!(f, "|")
        };
        line(f, &self.head)?;
        for (at, width) in widths.iter().enumerate() {
            let dashes = "-".repeat(width + 1);
            if at == 0 { write!(f, "|{dashes}-")? } else { write!(f, "|{dashes}:")? }
        }
        writeln!(f, "|")?;
        for row in &self.rows {
            line(f, row)?;
        }
        for note in &self.notes {
            write!(f, "\n{note}\n")?;
        }
        Ok(())
    }
}

/// A part of a whole: how many of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Share {
    pub hits: usize,
    pub of: usize,
}

impl Share {
    pub(crate) fn of(hits: impl IntoIterator<Item = bool>) -> Self {
        let mut share = Self::default();
        for hit in hits {
            share.add(hit);
        }
        share
    }

    pub(crate) fn add(&mut self, hit: bool) {
        self.hits += usize::from(hit);
        self.of += 1;
    }

    /// Returns the share in percent; `None` of nothing.
    #[expect(clippy::cast_precision_loss, reason = "a share for people to read")]
    pub(crate) fn percent(self) -> Option<f64> {
        (self.of > 0).then(|| 100.0 * self.hits as f64 / self.of as f64)
    }

    /// Formats the share in percent with `decimals` places; `-` of nothing.
    pub(crate) fn show(self, decimals: usize) -> String {
        self.percent().map_or_else(|| "-".to_owned(), |percent| format!("{percent:.decimals$}"))
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = if self.of == 0 { "-".to_owned() } else { format!("{}/{}", self.hits, self.of) };
        f.pad(&shown)
    }
}
