//! Detectors that count over time: `rate`, `duplicate`, `newcomer` and `strikes`.
//!
//! ```text
//! Occasion ──Counter::requests──> [(Subject, LogRequest)] ──pipeline, store──> [LogAnswer] ──Counter::finds──> found or not
//! ```
//!
//! They find the message as a whole. What they record are codes and times, never a text or a name.

mod compared;
mod duplicate;
mod newcomer;
mod rate;
mod sketch;
mod strikes;
#[cfg(test)]
mod tests;

use std::cell::OnceCell;

pub(crate) use self::compared::ComparedContent;
pub(super) use self::duplicate::Duplicate;
pub(super) use self::newcomer::Newcomer;
pub(super) use self::rate::Rate;
use self::sketch::Sketch;
pub(super) use self::strikes::Strikes;
use super::{Context, Detector, Exhausted, Found, Problem};
use crate::message::Message;
use crate::shape::{Key as SettingsKey, Shape};
use crate::state::{DURATION, Entry, Key, Log, LogAnswer, LogRequest, MOST_BYTES, PRIME, base64};
use crate::text::View;

/// A detector that counts messages over time: the logs it needs of a message, and how it decides by their answers.
pub trait Counter: Send + Sync {
    /// Returns the logs to record the message in or to read, each with the subject that it is about: none if the message does not
    /// count.
    fn requests(&self, occasion: &Occasion<'_>) -> Vec<(Subject, LogRequest)>;

    /// Returns whether the detector finds the message, by the answers to its requests in their order.
    fn finds(&self, occasion: &Occasion<'_>, answers: &[LogAnswer]) -> bool;

    /// Describes what was counted in a part of a sentence such as "message 4 in 10s, of at most 3".
    fn explain(&self, occasion: &Occasion<'_>, answers: &[LogAnswer]) -> String;

    /// Returns the subject of the logs, and for how many seconds after a message the store must keep them.
    fn keeps(&self) -> (Subject, i64);

    /// Returns how much of an update and of an item it takes: how many requests it makes for a message at most, and how many bytes its logs of
    /// one channel have at most.
    fn takes(&self) -> (usize, usize);

    /// Returns whether every message that the rule applies to counts, also those in which its other detectors find nothing.
    fn counts_every_message(&self) -> bool {
        false
    }

    /// Returns whether the detector compares texts.
    fn compares(&self) -> bool {
        false
    }

    /// Returns how far back the detector looks for strikes, in milliseconds; `None` if it does not.
    fn strikes_within(&self) -> Option<i64> {
        None
    }
}

/// The person or thing that a log is about. Each has its own item in the store.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The sender of the message.
    Sender,
    /// The channel of the message.
    Channel,
    /// A text or link that several senders may send, by its code.
    Content(String),
}

/// A message to be counted, with what is needed to count it.
#[derive(Debug)]
pub struct Occasion<'a> {
    /// The code of the rule.
    pub rule: u128,
    /// The message.
    pub message: &'a Message,
    /// When it was sent or edited, in milliseconds since 1970.
    pub at: i64,
    /// The key of all codes.
    pub key: &'a Key,
    /// The parts of its content that rules compare.
    pub(crate) compared: &'a ComparedContent,
    /// The codes of the message.
    pub(crate) codes: &'a Codes,
    /// The log of the strikes of a sender.
    pub strikes: &'a Log,
    /// The key of sketches.
    pub(crate) sketches: u128,
}

/// How many digits identify a message among those of the same millisecond and subject.
const ID: usize = 5;

/// How many digits identify an item: a collision would mix up two senders.
const LONG: usize = 15;

/// How many digits identify a log, a sender or a text.
const CODE: usize = 8;

/// The codes of a message, each made when it is first needed.
#[derive(Debug, Default)]
pub(crate) struct Codes {
    id: OnceCell<String>,
    sender: OnceCell<u128>,
    channel: OnceCell<u128>,
    sketch: OnceCell<String>,
    text: OnceCell<String>,
    hosts: OnceCell<Vec<String>>,
}

impl Codes {
    /// Returns the key of sketches by `key`.
    pub(crate) fn key_of_sketches(key: &Key) -> u128 {
        key.number(&["sketch"])
    }

    fn sender(&self, message: &Message, key: &Key) -> u128 {
        *self.sender.get_or_init(|| key.number(&["sender", &message.sender]))
    }

    fn channel(&self, message: &Message, key: &Key) -> u128 {
        *self.channel.get_or_init(|| key.number(&["channel", &message.channel]))
    }

    /// Returns the key of the item of `subject` for the message.
    pub(crate) fn item(&self, subject: &Subject, message: &Message, key: &Key) -> String {
        match subject {
            Subject::Sender => format!("s#{}", base64(self.sender(message, key), LONG)),
            Subject::Channel => format!("c#{}", base64(self.channel(message, key), LONG)),
            Subject::Content(code) => format!("t#{code}"),
        }
    }
}

impl Occasion<'_> {
    /// Returns the code of the message. That of an edit is another than that of the message as it was sent.
    pub(crate) fn id(&self) -> &str {
        self.codes.id.get_or_init(|| match self.message.edited {
            Some(edited) => self.key.code(&["edit", &self.message.id, &edited.to_string()], ID),
            None => self.own_id(),
        })
    }

    /// Returns the code of the message, the same for its edits.
    fn own_id(&self) -> String {
        match self.message.order {
            // Codes sort by it.
            Some(order) => {
                let digit =
                    |place: u32| char::from_digit(u32::try_from(order >> (4 * place) & 15).unwrap_or(0), 16);
                (0..5).rev().filter_map(digit).collect()
            }
            None => self.key.code(&["message", &self.message.id], ID),
        }
    }

    /// Returns the code of the sender.
    fn sender(&self) -> String {
        base64(self.codes.sender(self.message, self.key), CODE)
    }

    /// Returns the sketch of the text.
    fn sketch(&self) -> &str {
        let sketch = || Sketch::of(&self.compared.letters, self.sketches).to_text();
        self.codes.sketch.get_or_init(sketch)
    }

    /// Returns the code of the text.
    fn text(&self) -> &str {
        self.codes.text.get_or_init(|| self.key.code(&["text", &self.compared.letters], CODE))
    }

    /// Returns the code of the host of link number `link`.
    fn host(&self, link: usize) -> &str {
        let code = |host: &String| self.key.code(&["host", host], CODE);
        let codes = self.codes.hosts.get_or_init(|| self.compared.hosts.iter().map(code).collect());
        codes.get(link).map_or("", String::as_str)
    }

    fn entry(&self, id: String) -> Entry {
        Entry { at: self.at, id }
    }

    /// Returns the name of the log of this rule that counts `kind` by `number`, in this channel or in all.
    fn log_name(&self, kind: &str, number: i64, is_of_channel: bool) -> String {
        // FNV-1a. The result is as secret as the code of the rule.
        let mix = |hash: u128, byte: u8| (hash ^ u128::from(byte)).wrapping_mul(PRIME);
        let name = kind.bytes().chain(number.to_le_bytes()).fold(self.rule, mix);
        let channel = if is_of_channel { self.codes.channel(self.message, self.key) } else { 0 };
        base64(name ^ channel, CODE)
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
const MOST: usize = 4000;

/// Returns the most messages within `within` milliseconds that a rule may allow, if it has `logs` logs in an item, whose members have ids of
/// `id` digits.
fn most_allowed(within: i64, logs: usize, id: usize) -> usize {
    let log = Log::of_all(String::new(), within);
    log.largest_max(MOST.min(log.most_members(MOST_BYTES / logs.max(1), id)))
}

/// Returns `within` if a rule may allow `max` messages in it.
fn checked(max: usize, within: i64, most_allowed: usize) -> Result<i64, Problem> {
    if max <= most_allowed {
        return Ok(within);
    }
    let message = format!("{max} messages in this time are too many to remember");
    Err(Problem::new(message).help(format!("count at most {most_allowed}, or over a longer time")))
}
