//! [`CorpusCounts`]: judges the messages of a corpus with rules that count over time.
//!
//! ```text
//! workers:   message ──Started::of──> Started: judged, or judged up to the first rule that counts ┐
//! in order:                                                                  Counted::finish ◄────┘──> Outcome
//! ```

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use crate::cli::output::errln;
use crate::message::Message;
use crate::outcome::Outcome;
use crate::pipeline::{Begun, Pipeline};
use crate::state::Memory;

/// A message whose judging has begun.
pub(super) enum Started<'p> {
    /// A rule counts the message. The rest is done in the order of the lines.
    Counts(Box<PendingCount<'p>>),
    /// The outcome, and how long judging took.
    Done(Box<(Outcome, Duration)>),
}

/// A message that has been judged up to the first rule that counts.
pub(super) struct PendingCount<'p> {
    begun: Begun<'p>,
    /// When it was sent, in seconds since 1970, if it can be counted.
    at: Option<i64>,
    took: Duration,
}

/// What rules counted in a corpus so far.
#[derive(Default)]
pub(super) struct CorpusCounts {
    memory: Memory,
    /// The number of messages that were counted.
    known: u64,
    /// The number of messages that could not be counted.
    unknown: u64,
}

/// Whether messages are judged on more than one core.
static HAS_CORES: LazyLock<bool> =
    LazyLock::new(|| std::thread::available_parallelism().is_ok_and(|cores| cores.get() > 1));

/// The number of messages after which expired items are removed from memory.
const TIDY: u64 = 50_000;

/// The number of seconds by which lines may be out of order.
const DISORDER: i64 = 3_600;

#[expect(clippy::disallowed_methods, reason = "measuring is part of what this is for")]
impl<'p> Started<'p> {
    /// Judges `message` up to the first rule that counts.
    pub(super) fn of(pipeline: &'p Pipeline, mut message: Message) -> Self {
        let start = Instant::now();
        if message.sender.is_empty() {
            // Messages of nobody cannot be counted either.
            (message.sent, message.edited) = (None, None);
        }
        let at = message.time().map(|at| at / 1000);
        let begun = pipeline.begin(message);
        if pipeline.needs_store() {
            let begun = if *HAS_CORES { begun.ahead() } else { begun };
            return Self::Counts(Box::new(PendingCount { begun, at, took: start.elapsed() }));
        }
        let outcome = begun.finish(&mut Memory::default());
        Self::Done(Box::new((outcome, start.elapsed())))
    }
}

#[expect(clippy::disallowed_methods, reason = "measuring is part of what this is for")]
impl CorpusCounts {
    /// Judges the rest of a message after those before it. Also returns how long judging took.
    pub(super) fn finish(&mut self, started: Started<'_>) -> (Outcome, Duration) {
        let PendingCount { begun, at, took } = match started {
            Started::Done(done) => return *done,
            Started::Counts(counting) => *counting,
        };
        let start = Instant::now();
        let outcome = if let Some(at) = at {
            self.known += 1;
            if self.known.is_multiple_of(TIDY) {
                self.memory.remove_expired(at - DISORDER);
            }
            begun.finish(&mut self.memory)
        } else {
            self.unknown += 1;
            begun.finish(&mut Memory::default())
        };
        (outcome, took + start.elapsed())
    }

    /// Prints on standard error how many messages could not be counted.
    pub(super) fn print_uncounted(&self) {
        let Self { unknown, .. } = self;
        if *unknown > 0 {
            let (messages, them) = match unknown {
                1 => ("1 message has".to_owned(), "it"),
                _ => (format!("{unknown} messages have"), "them"),
            };
            errln!(
                "{messages} no sender (`from`) or no time since 1970 (`at`): rules that count could not judge {them}, and their `on-error` decided"
            );
        }
    }
}
