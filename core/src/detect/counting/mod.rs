//! Detectors that count over time: `rate`, `duplicate`, `newcomer` and `strikes`.
//!
//! ```text
//! Occasion ──Counter::requests──> [(Subject, LogRequest)] ──pipeline, store──> [LogAnswer] ──Counter::finds──> found or not
//! ```
//!
//! They find the message as a whole. What they record are codes and times, never a text or a name.

mod duplicate;
mod newcomer;
mod rate;
mod sent;
mod sketch;
mod strikes;
#[cfg(test)]
mod tests;

pub(super) use self::duplicate::Duplicate;
pub(super) use self::newcomer::Newcomer;
pub(super) use self::rate::Rate;
pub(crate) use self::sent::Sent;
pub(super) use self::strikes::Strikes;
use super::{Context, Detector, Exhausted, Found, Problem};
use crate::message::Message;
use crate::shape::{Key as SettingsKey, Shape};
use crate::state::{DURATION, Entry, Key, Log, LogAnswer, LogRequest};
use crate::text::View;

/// What a detector asks of a message, and how it decides by the answers.
pub trait Counter: Send + Sync {
    /// Returns what is to be recorded or looked at for the message, each with whom or what it concerns. Nothing if the message does not
    /// count.
    fn requests(&self, occasion: &Occasion<'_>) -> Vec<(Subject, LogRequest)>;

    /// Returns whether the answers to the requests, in their order, are what this detector looks for.
    fn finds(&self, occasion: &Occasion<'_>, answers: &[LogAnswer]) -> bool;

    /// Returns whom or what the logs concern, and for how many seconds after a message they are needed.
    fn keeps(&self) -> (Subject, i64);

    /// Returns whether every message that the rule applies to counts, also those in which its other detectors find nothing.
    fn counts_every_message(&self) -> bool {
        false
    }

    /// Returns whether it compares texts.
    fn compares(&self) -> bool {
        false
    }

    /// Returns how far back it looks for strikes, in milliseconds.
    fn strikes_within(&self) -> Option<i64> {
        None
    }
}

/// Whom or what a log concerns. Each has an item of its own in the store.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The sender of the message.
    Sender,
    /// The channel of the message.
    Channel,
    /// What several senders may send: the code of a text or of a link.
    Content(String),
}

/// A message that is to be counted.
#[derive(Debug)]
pub struct Occasion<'a> {
    /// The id of the rule.
    pub rule: &'a str,
    /// The message.
    pub message: &'a Message,
    /// When it was sent or edited, in milliseconds since 1970.
    pub at: i64,
    /// The key of all codes.
    pub key: &'a Key,
    /// The text of the message.
    pub(crate) sent: &'a Sent,
    /// The log of the strikes of a sender.
    pub strikes: &'a Log,
}

/// How many digits identify a message among those of the same millisecond and subject.
const ID: usize = 5;

/// How many digits identify an item: a collision would mix up two senders.
const LONG: usize = 15;

/// How many digits identify a log, a sender or a text.
const CODE: usize = 8;

impl Occasion<'_> {
    /// Returns the code of the message; that of an edit is another than that of the message as it was sent.
    pub(crate) fn id(&self) -> String {
        match self.message.edited {
            Some(edited) => self.key.code(&["edit", &self.message.id, &edited.to_string()], ID),
            None => self.key.code(&["message", &self.message.id], ID),
        }
    }

    fn entry(&self, id: String) -> Entry {
        Entry { at: self.at, id }
    }

    /// Returns the name of the log of this rule that `parts` describe.
    fn log_name(&self, parts: &[&str]) -> String {
        let parts: Vec<_> = ["log", self.rule].iter().chain(parts).copied().collect();
        self.key.code(&parts, CODE)
    }
}

/// Returns the key of the item of `subject` for the message.
pub(crate) fn item_key(subject: &Subject, message: &Message, key: &Key) -> String {
    match subject {
        Subject::Sender => format!("s#{}", key.code(&["sender", &message.sender], LONG)),
        Subject::Channel => format!("c#{}", key.code(&["channel", &message.channel], LONG)),
        Subject::Content(code) => format!("t#{code}"),
    }
}

/// A detector that counts.
struct Counting<C>(C);

impl<C: Counter> Detector for Counting<C> {
    fn find(&self, _: &View, _: &mut Context<'_>, _: &mut Found) -> Result<(), Exhausted> {
        Ok(())
    }

    fn counter(&self) -> Option<&dyn Counter> {
        Some(&self.0)
    }
}

/// The time that is counted over.
const WITHIN: SettingsKey = SettingsKey::new(
    "within",
    DURATION,
    "The time that it counts over, up to the message: `10s`, `5m`, `2h`, `7d`.",
)
.required();

/// Whether edits count.
const EDITS: SettingsKey = SettingsKey::new(
    "edits",
    Shape::Boolean,
    "Whether an edit of a message counts as another message. If not, edits are not looked at.",
)
.default("`false`");

/// The most entries that a rule may need in a bucket: an item of the store stays small, and so does its price.
const MOST: usize = 2000;

/// Returns `within` if a log of `max` messages in it is not too large.
fn checked(max: usize, within: i64) -> Result<i64, Problem> {
    let log = Log::of_all(String::new(), within);
    if log.capacity(max) <= MOST {
        return Ok(within);
    }
    let message = format!("{max} messages in this time are too many to remember");
    Err(Problem::new(message).help("count fewer, or over a longer time".to_owned()))
}
