//! [`Counted`]: judges the messages of a corpus with rules that count over time.
//!
//! ```text
//! workers:   line ──Started::of──> Started, up to the first rule that counts ┐
//! in order:                                        Counted::finish ◄─────────┘──> Outcome
//! ```

use std::time::{Duration, Instant};

use crate::cli::output::errln;
use crate::message::Message;
use crate::outcome::Outcome;
use crate::pipeline::{Begun, Pipeline};
use crate::state::Memory;

/// A message that is judged up to the first rule that counts.
pub(super) struct Started<'p> {
    begun: Begun<'p>,
    /// When it was sent, in seconds since 1970, if it has a sender and can be counted.
    at: Option<i64>,
    took: Duration,
}

/// What rules counted in a corpus so far.
#[derive(Default)]
pub(super) struct Counted {
    memory: Memory,
    /// The number of messages that were counted.
    known: u64,
    /// The number of messages that could not be counted.
    unknown: u64,
}

/// After how many messages memory is freed of what is over.
const TIDY: u64 = 50_000;

#[expect(clippy::disallowed_methods, reason = "measuring is part of what this is for")]
impl<'p> Started<'p> {
    /// Begins to judge `message`.
    pub(super) fn of(pipeline: &'p Pipeline, message: Message) -> Self {
        let start = Instant::now();
        let at = message.sent.filter(|_| !message.sender.is_empty()).map(|sent| sent / 1000);
        let begun = pipeline.begin(message);
        Self { begun, at, took: start.elapsed() }
    }

    /// Judges the message to the end, as the first one of all. Also returns how long it took.
    pub(super) fn alone(self) -> (Outcome, Duration) {
        let start = Instant::now();
        let outcome = self.begun.finish(&mut Memory::default());
        (outcome, self.took + start.elapsed())
    }
}

#[expect(clippy::disallowed_methods, reason = "measuring is part of what this is for")]
impl Counted {
    /// Judges a message to the end, after those before it. Also returns how long it took.
    pub(super) fn finish(&mut self, started: Started<'_>) -> (Outcome, Duration) {
        let Some(at) = started.at else {
            self.unknown += 1;
            return started.alone();
        };
        self.known += 1;
        if self.known.is_multiple_of(TIDY) {
            // Messages may be out of order by an hour.
            self.memory.remove_expired(at - 3600);
        }
        let start = Instant::now();
        let outcome = started.begun.finish(&mut self.memory);
        (outcome, started.took + start.elapsed())
    }

    /// Tells on standard error if messages could not be counted.
    pub(super) fn tell(&self) {
        let Self { unknown, .. } = self;
        if *unknown > 0 {
            let messages =
                if *unknown == 1 { "1 message has".to_owned() } else { format!("{unknown} messages have") };
            errln!("{messages} no sender or no time: rules that count take each for the first one of all");
        }
    }
}
