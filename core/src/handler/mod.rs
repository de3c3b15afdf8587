//! [`Handler`]: one event in, exactly one reply out, whatever happens in between.
//!
//! ```text
//! event ──parse──> Event ──judge──> Outcome ──> Reply ──send──> the service
//!            │               │                            │
//!            │ no ids        │ damage, panic, time up     │ retries, duplicates, refusals: `send`
//!            ▼               ▼                            ▼
//!          Error       what `on-error` says             Sent | Error
//! ```
//!
//! An error fails the invocation, so that Lambda delivers the event again and, in the end, keeps it in the on-failure
//! destination. Everything else gets its one reply: the sender of a message nobody answers for would wait for ever.

mod attempt;
mod error;
mod fence;
mod ports;
mod send;
mod time;

use std::sync::Arc;
use std::time::{Duration, Instant};

pub use attempt::{Attempt, Lost};
pub use error::Error;
pub use fence::fenced;
pub use ports::{Callback, Clock, Facts, NoFacts};
pub use send::Sent;

use self::send::send;
use self::time::Share;
use crate::event::{Address, Event};
use crate::outcome::{Denial, Failure, Outcome, Verdict};
use crate::pipeline::{Pipeline, Progress};
use crate::reply::Reply;
use crate::rules::OnError;

/// Answers events: with these rules, through these ports.
#[derive(Clone, Debug)]
pub struct Handler<C, F, K> {
    /// The rules.
    pub pipeline: Arc<Pipeline>,
    /// Where replies go.
    pub callback: C,
    /// Who answers what rules ask.
    pub facts: F,
    /// What time it is.
    pub clock: K,
    /// ARN of the bot that this processor itself writes as. Its messages pass untouched, or they would go round in circles.
    pub own_bot: Option<String>,
}

/// What became of an event.
#[derive(Debug)]
pub struct Handled {
    /// The message, when the event named it.
    pub about: Option<About>,
    /// What the rules said.
    pub outcome: Option<Outcome>,
    /// The rules that said it.
    pub pipeline: Arc<Pipeline>,
    /// How long judging took.
    pub judged_in: Duration,
    /// How many attempts to reply were made.
    pub attempts: u32,
    /// How the reply arrived.
    pub sent: Result<Sent, Error>,
}

/// Which message an event was about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// Where it is.
    pub address: Address,
    /// ARN of its sender. Empty when the event did not say.
    pub sender: String,
    /// Its fields that could not be read.
    pub damage: Vec<&'static str>,
}

impl<C: Callback, F: Facts, K: Clock> Handler<C, F, K> {
    /// Answers `event`, the JSON that the service sent, before `left` is over. `None` means that nobody knows how much time is
    /// left. A panic in anything that this calls is caught here.
    pub async fn handle(&self, event: &str, left: Option<Duration>) -> Handled {
        let began = self.clock.now();
        let share = Share::of(began, left);
        let handled = |sent| Handled {
            about: None,
            outcome: None,
            pipeline: self.pipeline.clone(),
            judged_in: Duration::ZERO,
            attempts: 0,
            sent,
        };
        let event = match fenced(async { Event::parse(event) }).await {
            Some(Ok(event)) => event,
            Some(Err(error)) => return handled(Err(error.into())),
            None => return handled(Err(Error::Panicked)),
        };
        let judged = fenced(async {
            let outcome = self.judge(&event, share.rules_until).await;
            (Reply::new(&event, &outcome.verdict), outcome)
        });
        let (reply, outcome) = judged.await.unwrap_or_else(|| {
            let outcome = self.unjudged(Failure::Panic);
            (Reply::new(&event, &outcome.verdict), outcome)
        });
        let judged_in = self.clock.now() - began;
        let (attempts, sent) = send(&self.callback, &self.clock, &reply, share.until).await;
        let Event { address, message, damage, .. } = event;
        let about = About { address, sender: message.sender, damage };
        Handled { about: Some(about), outcome: Some(outcome), judged_in, attempts, ..handled(sent) }
    }

    async fn judge(&self, event: &Event, until: Instant) -> Outcome {
        if self.own_bot.as_ref() == Some(&event.message.sender) {
            return Outcome { verdict: Verdict::Unchanged, trace: Vec::new(), score: 0 };
        }
        let mut run = self.pipeline.start(event.message.clone());
        if !event.damage.is_empty() {
            return run.abandon(Failure::Event);
        }
        loop {
            let now = self.clock.now();
            if now >= until && !run.is_done() {
                return run.abandon(Failure::Time);
            }
            match run.advance() {
                Progress::Ran => {}
                Progress::Asks(question) => run.answer(self.facts.answer(&question, until - now).await),
                Progress::Done => return run.finish(),
            }
        }
    }

    /// The outcome when a run was lost: what the default `on-error` says.
    fn unjudged(&self, failure: Failure) -> Outcome {
        let verdict = match self.pipeline.on_error {
            OnError::Deny => Verdict::Denied(Denial::Unjudged(failure)),
            OnError::Pass => Verdict::Unchanged,
        };
        Outcome { verdict, trace: Vec::new(), score: 0 }
    }
}
