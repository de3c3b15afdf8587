//! Prints flows.

use super::client::Flow;
use crate::cli::output::{self, outln};
pub(super) use crate::cli::printable::plain as one_line;
pub(super) use crate::cli::table::table;
use crate::cli::width::fitted;

/// Returns a flow as a row of a table.
pub(super) fn row(flow: &Flow) -> [String; 4] {
    let of = |text: fn(&super::client::Processor) -> String| {
        flow.processors.iter().map(text).collect::<Vec<_>>().join(",")
    };
    [
        one_line(&flow.name),
        of(|processor| one_line(&processor.function)),
        of(|processor| processor.fallback.name().to_owned()),
        one_line(&flow.arn),
    ]
}

/// The heads of [`row`].
pub(super) const HEADS: [&str; 4] = ["name", "function", "fallback", "flow"];

/// Prints that something was done: a sentence for people, or an object for programs.
pub(super) fn done(json: bool, object: &serde_json::Value, sentence: &str) {
    if json {
        output::json(object);
    } else {
        outln!("{}", fitted(&one_line(sentence), 0));
    }
}
