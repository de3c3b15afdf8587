//! The messages before the one that is explained.

use std::path::Path;

use crate::cli::corpus::{BadLines, CorpusArg};
use crate::pipeline::Pipeline;
use crate::state::Memory;

/// Judges the messages of the corpus at `path`, which `memory` holds afterwards. Returns when the last one was sent.
pub(super) fn remember(path: &Path, pipeline: &Pipeline, memory: &mut Memory) -> anyhow::Result<Option<i64>> {
    let corpus = CorpusArg::of(path.to_owned());
    let (mut bad, mut last, mut unknown) = (BadLines::default(), None, 0_u64);
    corpus.run(
        |line| line,
        |lines| {
            for line in lines {
                match line.message {
                    Ok(message) if message.sent.is_none() || message.sender.is_empty() => unknown += 1,
                    Ok(message) => {
                        last = last.max(message.sent);
                        let _ = pipeline.run_after(message, memory);
                    }
                    Err(why) => bad.add(line.number, &why),
                }
            }
            Ok(())
        },
    )?;
    bad.into_result(&corpus)?;
    let why = "rules that count need `from` and `at` of each message";
    anyhow::ensure!(
        unknown == 0,
        "{}: {unknown} of its messages lack a sender or a time: {why}",
        corpus.name()
    );
    Ok(last)
}
