//! The messages before the one that is explained.

use std::path::Path;

use crate::cli::corpus::{BadLines, CorpusArg};
use crate::cli::output::errln;
use crate::cli::printable::plain;
use crate::message::Message;
use crate::pipeline::Pipeline;
use crate::state::Memory;

/// The last message of a history.
#[derive(Debug, Default)]
pub(super) struct Last {
    /// When it was sent, in milliseconds since 1970.
    pub(super) at: i64,
    /// Its sender.
    pub(super) from: String,
    /// Its channel.
    pub(super) channel: String,
}

/// Judges the messages of the corpus at `path`, which `memory` holds afterwards. Returns the last one, if there is any.
pub(super) fn remember(
    path: &Path,
    pipeline: &Pipeline,
    memory: &mut Memory,
) -> anyhow::Result<Option<Last>> {
    let corpus = CorpusArg::of(path.to_owned());
    let (mut bad, mut last, mut unknown) = (BadLines::default(), None::<Last>, 0_u64);
    corpus.run(
        |line| line,
        |lines| {
            for line in lines {
                match line.message {
                    Ok(message) if message.time().is_none() || message.sender.is_empty() => unknown += 1,
                    Ok(message) => {
                        let at = message.time().unwrap_or_default();
                        if last.as_ref().is_none_or(|last| last.at <= at) {
                            let (from, channel) = (message.sender.clone(), message.channel.clone());
                            last = Some(Last { at, from, channel });
                        }
                        let _ = pipeline.run_after(message, memory);
                    }
                    Err(why) => bad.add(line.number, &why),
                }
            }
            Ok(())
        },
    )?;
    bad.into_result(&corpus)?;
    let why = "rules that count need `from` and `at` of each message, a time since 1970";
    anyhow::ensure!(
        unknown == 0,
        "{}: {unknown} of its messages lack a sender or a time: {why}",
        corpus.name()
    );
    Ok(last)
}

/// Prints hints on standard error if rules count the message apart from those of the history, because its sender or channel was not given.
pub(super) fn hint(message: &Message, last: &Last, pipeline: &Pipeline) {
    if !pipeline.needs_store() {
        return;
    }
    let end = |arn: &str| plain(arn.rsplit('/').next().unwrap_or_default());
    if message.sender.is_empty() {
        let from = end(&last.from);
        errln!(
            "hint: without `--from`, no message of the history is by the same sender; the last one is by `--from {from}`"
        );
    }
    if message.channel.is_empty() && !last.channel.is_empty() {
        let channel = end(&last.channel);
        errln!(
            "hint: without `--in`, no message of the history is in the same channel; the last one is in `--in {channel}`"
        );
    }
}
