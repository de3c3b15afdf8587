//! [`Chart`]: numbers with bars beside them, drawn in a terminal or on a page.
//!
//! ```text
//!  Timeline ──┐               ┌──terminal──> lines
//!  Costs ─────┼──> Chart ─────┤
//!  rules ─────┘               └──page──────> HTML
//! ```

mod costs;
mod page;
mod terminal;
mod timeline;

pub(crate) use self::costs::Costs;
pub(crate) use self::page::{Cell, Page, Table};
pub(crate) use self::timeline::Timeline;

/// A table with a bar for each row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chart {
    pub title: String,
    /// The heading of the labels.
    pub label: &'static str,
    /// The headings of the numbers.
    pub heads: Vec<&'static str>,
    pub rows: Vec<Bar>,
    /// What a reader needs to know besides.
    pub note: String,
}

/// A row of a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bar {
    pub label: String,
    pub numbers: Vec<u64>,
    /// The pieces of the bar, from left to right.
    pub pieces: Vec<(Tone, u64)>,
}

/// The meaning of a piece of a bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Plain,
    Unchanged,
    Edited,
    Denied,
}

impl Tone {
    const fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Unchanged => "unchanged",
            Self::Edited => "edited",
            Self::Denied => "denied",
        }
    }
}

impl Chart {
    /// Returns the length of the longest bar.
    fn longest(&self) -> u64 {
        self.rows.iter().map(Bar::length).max().unwrap_or_default()
    }

    /// Returns the tones in which it differs from other charts, for a legend.
    fn tones(&self) -> Vec<Tone> {
        let is_used = |tone: &Tone| self.rows.iter().any(|row| row.pieces.iter().any(|(it, _)| it == tone));
        [Tone::Unchanged, Tone::Edited, Tone::Denied].into_iter().filter(is_used).collect()
    }
}

impl Bar {
    fn length(&self) -> u64 {
        self.pieces.iter().map(|(_, length)| length).sum()
    }
}
