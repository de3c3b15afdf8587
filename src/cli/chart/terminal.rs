//! Draws charts in a terminal. Every tone has its own character, so that a chart without colours contains the same information.

use std::fmt::Write as _;

use anstyle::Style;

use super::{Bar, Chart, Tone};
use crate::cli::style;
use crate::cli::width::columns;

/// The minimum width of a bar, in columns.
const MIN_BAR: usize = 8;

impl Tone {
    const fn sign(self) -> (&'static str, Style) {
        match self {
            Self::Plain => ("█", Style::new()),
            Self::Unchanged => ("░", style::GOOD),
            Self::Edited => ("▒", style::EDITED),
            Self::Denied => ("█", style::ERROR),
        }
    }
}

impl Chart {
    /// Returns the chart in lines of at most `width` columns, or nothing if it has no rows.
    pub(crate) fn lines(&self, width: usize) -> String {
        if self.rows.is_empty() {
            return String::new();
        }
        let numbers: Vec<usize> = (0..self.heads.len()).map(|at| self.width_of_number(at)).collect();
        let taken: usize = numbers.iter().map(|number| number + 2).sum::<usize>() + 2;
        let widest =
            self.rows.iter().map(|row| columns(&row.label)).chain([columns(self.label)]).max().unwrap_or(0);
        let label = widest.min(width.saturating_sub(taken + MIN_BAR).max(MIN_BAR));
        let bar = width.saturating_sub(taken + label);
        let mut text = format!("\n{}\n", self.title);
        let mut head = cut(self.label, label);
        for (name, number) in self.heads.iter().zip(&numbers) {
            let _ = write!(head, "  {name:>number$}");
        }
        let legend: Vec<_> =
            self.tones().iter().map(|tone| format!("{} {}", tone.sign().0, tone.name())).collect();
        let legend = if legend.is_empty() { String::new() } else { format!("  {}", legend.join("  ")) };
        let legend = if columns(&legend) <= bar + 2 { legend } else { String::new() };
        let _ = writeln!(text, "{}{head}{legend}{:#}", style::QUIET, style::QUIET);
        for row in &self.rows {
            let mut line = cut(&row.label, label);
            for (number, width) in row.numbers.iter().zip(&numbers) {
                let _ = write!(line, "  {number:>width$}");
            }
            let _ = writeln!(text, "{}", format!("{line}  {}", drawn(row, self.longest(), bar)).trim_end());
        }
        text
    }

    fn width_of_number(&self, at: usize) -> usize {
        let numbers =
            self.rows.iter().filter_map(|row| row.numbers.get(at)).map(|number| number.to_string().len());
        numbers.chain([self.heads[at].len()]).max().unwrap_or(0)
    }
}

/// Returns `text` in exactly `width` columns.
fn cut(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return format!("{text}{}", " ".repeat(width - columns(text)));
    }
    let mut short = String::new();
    for c in text.chars() {
        if columns(&short) + columns(c.encode_utf8(&mut [0; 4])) + 1 > width {
            break;
        }
        short.push(c);
    }
    let rest = width.saturating_sub(columns(&short) + 1);
    format!("{short}…{}", " ".repeat(rest))
}

/// Returns the bar of `row` in at most `width` columns, which the longest bar fills. A piece that is not empty has at least one column.
fn drawn(row: &Bar, longest: u64, width: usize) -> String {
    let mut bar = String::new();
    let mut left = width;
    for (tone, length) in &row.pieces {
        let share = u128::from(*length) * width as u128 / u128::from(longest.max(1));
        let least = usize::from(*length > 0);
        let cells = usize::try_from(share).unwrap_or(width).max(least).min(left);
        left -= cells;
        let (sign, style) = tone.sign();
        if cells > 0 {
            let _ = write!(bar, "{style}{}{style:#}", sign.repeat(cells));
        }
    }
    bar
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_is_never_wider_than_asked() {
        let row = |label: &str, edited, denied| Bar {
            label: label.to_owned(),
            numbers: vec![edited + denied, edited],
            pieces: vec![(Tone::Edited, edited), (Tone::Denied, denied)],
        };
        let chart = Chart {
            title: "T".to_owned(),
            label: "rule",
            heads: vec!["messages", "edited"],
            rows: vec![
                row("a", 10, 0),
                row("漢字の長い名前の規則の一つである", 1, 9_999),
                row("", 0, 0),
                row(&"x".repeat(64), 3, 1),
            ],
            note: String::new(),
        };
        for width in 20..120 {
            let lines = anstream::adapter::strip_str(&chart.lines(width)).to_string();
            for line in lines.lines() {
                assert!(columns(line) <= width.max(34), "{width}: {} {line}", columns(line));
            }
        }
        let wide = anstream::adapter::strip_str(&chart.lines(110)).to_string();
        assert!(wide.contains("▒ edited  █ denied") && wide.contains("▒█"), "{wide}");
    }
}
