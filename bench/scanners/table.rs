//! [`Section`]: a table for people, in Markdown.

use std::fmt;

/// A table with a name.
#[derive(Debug)]
pub(crate) struct Section {
    /// Its place in the page.
    pub name: &'static str,
    pub head: [&'static str; 4],
    pub rows: Vec<[String; 4]>,
    /// The notes below it.
    pub notes: Vec<String>,
}

impl fmt::Display for Section {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = self.head.map(str::to_owned);
        let width = |at: usize| {
            self.rows.iter().chain([&head]).map(|row| row[at].chars().count()).max().unwrap_or_default()
        };
        let widths = [width(0), width(1), width(2), width(3)];
        // The first column is aligned to the left, the others to the right.
        let line = |f: &mut fmt::Formatter<'_>, row: &[String; 4]| {
            write!(f, "| {:<width$} |", row[0], width = widths[0])?;
            for (cell, width) in row.iter().zip(widths).skip(1) {
                write!(f, " {cell:>width$} |")?;
            }
            writeln!(f)
        };
        line(f, &head)?;
        write!(f, "|{}|", "-".repeat(widths[0] + 2))?;
        for width in &widths[1..] {
            write!(f, "{}:|", "-".repeat(width + 1))?;
        }
        writeln!(f)?;
        self.rows.iter().try_for_each(|row| line(f, row))?;
        self.notes.iter().try_for_each(|note| writeln!(f, "\n{note}"))
    }
}
