//! Prints flows: aligned for people, separated by tabs for programs that read them from a pipe.

use super::client::Flow;
use crate::cli::output::{self, outln};
use crate::cli::style;

/// Prints `rows` under `heads`. If the output is no terminal, prints no heads, and a tab between columns.
pub(super) fn table<const N: usize>(heads: [&str; N], rows: &[[String; N]]) {
    if !output::is_terminal() {
        for row in rows {
            outln!("{}", row.join("\t"));
        }
        return;
    }
    let width = |column: usize| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells.chain([heads[column].len()]).max().unwrap_or_default()
    };
    let line = |cells: [&str; N]| {
        let cells = cells.iter().enumerate().map(|(column, cell)| format!("{cell:0$}", width(column)));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    outln!("{}{}{:#}", style::QUIET, line(heads), style::QUIET);
    for row in rows {
        outln!("{}", line(row.each_ref().map(String::as_str)));
    }
}

/// Returns a name without line ends and tabs, which names of flows and channels may contain.
pub(super) fn one_line(name: &str) -> String {
    name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Returns a flow as a row of a table.
pub(super) fn row(flow: &Flow) -> [String; 4] {
    let of = |text: fn(&super::client::Processor) -> String| {
        flow.processors.iter().map(text).collect::<Vec<_>>().join(",")
    };
    [
        one_line(&flow.name),
        of(|processor| processor.function.clone()),
        of(|processor| processor.fallback.name().to_owned()),
        flow.arn.clone(),
    ]
}

/// The heads of [`row`].
pub(super) const HEADS: [&str; 4] = ["name", "function", "fallback", "flow"];

/// Prints that something was done: a sentence for people, or an object for programs.
pub(super) fn done(json: bool, object: &serde_json::Value, sentence: &str) {
    if json {
        output::json(object);
    } else {
        outln!("{sentence}");
    }
}
