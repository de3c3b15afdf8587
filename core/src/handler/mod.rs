//! [`Handler`]: sends exactly one reply for each event, whatever fails in between.
//!
//! ```text
//! event ──parse──> Event ──judge──> Outcome ──> Reply ──send──> the service
//!            │               │                            │
//!            │ no ids        │ damage, panic, time over   │ retries, duplicates, rejections: `send`
//!            ▼               ▼                            ▼
//!          Error       what `on-error` says             Sent | Error
//! ```
//!
//! An error fails the invocation, so that Lambda delivers the event again and finally keeps it in the on-failure destination. Every other
//! event gets one reply, because a message without a reply stays pending forever.

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
pub use ports::{Callback, Clock, NoStore, Store};
pub use send::Sent;

use self::send::send;
use self::time::Deadlines;
use crate::event::{Address, Event};
use crate::outcome::{Denial, Failure, Outcome, Verdict};
use crate::pipeline::{Pipeline, Progress};
use crate::reply::Reply;
use crate::rules::OnError;

/// Judges events and sends replies, with these rules and these connections to the outside.
#[derive(Clone, Debug)]
pub struct Handler<C, S, K> {
    /// The rules.
    pub pipeline: Arc<Pipeline>,
    /// Sends replies.
    pub callback: C,
    /// Stores what rules count.
    pub store: S,
    /// The clock.
    pub clock: K,
    /// ARN of the bot that this processor itself sends messages as. Its messages pass unchanged, to avoid a loop.
    pub own_bot: Option<String>,
}

/// The result of handling an event.
#[derive(Debug)]
pub struct Handled {
    /// The message that the event is about, if the event contains its ids.
    pub about: Option<EventMessage>,
    /// The outcome of the rules, if they ran.
    pub outcome: Option<Outcome>,
    /// The rules that were used.
    pub pipeline: Arc<Pipeline>,
    /// The time that judging took.
    pub judged_in: Duration,
    /// The number of attempts to send the reply.
    pub attempts: u32,
    /// The result of sending the reply.
    pub sent: Result<Sent, Error>,
}

/// The message that an event is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventMessage {
    /// Its address.
    pub address: Address,
    /// ARN of its sender. Empty if the event does not contain it.
    pub sender: String,
    /// The names of its malformed fields.
    pub damage: Vec<&'static str>,
}

impl<C: Callback, S: Store, K: Clock> Handler<C, S, K> {
    /// Handles `event`, the JSON that the service sent, and replies before the remaining time `left` is over. `None` means that the
    /// remaining time is unknown. Panics in anything that this calls are caught.
    pub async fn handle(&self, event: &str, left: Option<Duration>) -> Handled {
        let began = self.clock.now();
        let deadlines = Deadlines::of(began, left);
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
            let outcome = self.judge(&event, deadlines.rules_until).await;
            (Reply::new(&event, &outcome.verdict), outcome)
        });
        let (reply, outcome) = judged.await.unwrap_or_else(|| {
            let outcome = self.unjudged(Failure::Panic);
            (Reply::new(&event, &outcome.verdict), outcome)
        });
        let judged_in = self.clock.now() - began;
        let (attempts, sent) = send(&self.callback, &self.clock, &reply, deadlines.until).await;
        let Event { address, message, damage, .. } = event;
        let about = EventMessage { address, sender: message.sender, damage };
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
                Progress::Asks(update) => {
                    // The store gets half of the remaining time. If it does not answer, the other half suffices to judge without it.
                    let limit = until.saturating_duration_since(now) / 2;
                    run.answer(self.store.update(&update, limit).await);
                }
                Progress::Done => return run.finish(),
            }
        }
    }

    /// Returns the outcome for a run that did not finish: that of the default `on-error`.
    fn unjudged(&self, failure: Failure) -> Outcome {
        let verdict = match self.pipeline.on_error {
            OnError::Deny => Verdict::Denied(Denial::Unjudged(failure)),
            OnError::Pass => Verdict::Unchanged,
        };
        Outcome { verdict, trace: Vec::new(), score: 0 }
    }
}
