//! Prints flows.

use serde_json::{Map, Value, json};

use super::arn::Resource;
use super::client::Flow;
use crate::cli::Exit;
use crate::cli::output::{self, outln};
pub(super) use crate::cli::printable::plain as one_line;
use crate::cli::printable::plain_lines;
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

/// The headings of [`row`].
pub(super) const HEADS: [&str; 4] = ["name", "function", "fallback", "flow"];

/// Prints that something was done: a sentence for people, with advice on lines below it, or an object for programs.
pub(super) fn done(json: bool, object: &serde_json::Value, sentence: &str) {
    if json {
        output::json(object);
    } else {
        for (number, line) in plain_lines(sentence).lines().enumerate() {
            let lead = if number == 0 { 0 } else { 2 };
            outln!("{:lead$}{}", "", fitted(line.trim_start(), lead));
        }
    }
}

/// The change to a channel.
pub(super) struct ChannelChange {
    /// Its previous flow.
    pub before: Option<String>,
    /// What was done, as a word for programs.
    pub result: &'static str,
    /// What was done, as a sentence.
    pub sentence: String,
    /// Whether the channel is now as requested.
    pub is_done: bool,
}

/// Calls `change` for each of `channels` and prints what was done, in JSON with the members of `common`. If one channel fails, the others
/// are still changed.
///
/// # Errors
/// The error of the channel, if there is only one.
pub(super) async fn each(
    channels: &[Resource],
    json: bool,
    common: &Map<String, Value>,
    change: impl AsyncFn(&Resource) -> anyhow::Result<ChannelChange>,
) -> anyhow::Result<Exit> {
    let mut all_done = true;
    for channel in channels {
        let mut object = Map::from_iter([("channel".to_owned(), json!(channel.arn))]);
        object.extend(common.clone());
        let sentence = match change(channel).await {
            Ok(ChannelChange { before, result, sentence, is_done }) => {
                all_done &= is_done;
                object.extend([("before".to_owned(), json!(before)), ("result".to_owned(), json!(result))]);
                sentence
            }
            Err(error) if channels.len() == 1 => return Err(error),
            Err(error) => {
                all_done = false;
                let why = format!("{error:#}");
                object.extend([("result".to_owned(), json!("failed")), ("error".to_owned(), json!(why))]);
                format!("failed: {why}")
            }
        };
        done(json, &Value::Object(object), &format!("{channel}: {sentence}"));
    }
    Ok(Exit::fine_if(all_done))
}
