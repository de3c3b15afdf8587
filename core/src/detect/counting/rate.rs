//! `rate`: finds messages that exceed a number within a time.

use serde::Deserialize;

use super::{Counter, Counting, EDITS, ID, Occasion, Subject, WITHIN, checked, most_allowed};
use crate::detect::{Detector, Example, Problem, Rulebook, Settings};
use crate::shape::{Key, Shape, Table, Words};
use crate::state::{Log, LogAnswer, LogRequest, Recording, parse_duration, show_duration};

/// Settings of `rate`.
#[derive(Debug, Deserialize)]
pub(in crate::detect) struct Rate {
    max: usize,
    within: String,
    #[serde(default)]
    of: Of,
    #[serde(default)]
    counts: Counts,
    #[serde(default)]
    edits: bool,
}

/// Whose messages are counted.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum Of {
    /// Those of the sender in the channel.
    #[default]
    Sender,
    /// Those of the sender in all channels.
    SenderAnywhere,
    /// All in the channel.
    Channel,
}

/// Which messages count.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum Counts {
    /// All of them.
    #[default]
    All,
    /// Those that were delivered.
    Delivered,
}

impl Settings for Rate {
    const NAME: &'static str = "rate";
    const SUMMARY: &'static str = "more than `max` messages within a time: floods and slow mode";
    const EXAMPLES: &'static [Example] = &[];

    #[rustfmt::skip]
    const SHAPE: Shape = Shape::Table(&Table::of("`rate`", "{ max = 8, within = \"10s\" }", &[
        Key::new("max", Shape::COUNT_FROM_1, "How many messages are not too many: the next one is found.").required(),
        WITHIN,
        Key::new("of", Shape::Words(&Words::of("subject", || &["sender", "sender-anywhere", "channel"])), "Whose messages count together: those of the `sender` in the channel, those of the sender in all channels, or all in the `channel`.").default("`\"sender\"`"),
        Key::new("counts", Shape::Words(&Words::of("kind", || &["all", "delivered"])), "Which messages count: `all`, so that whoever keeps typing stays shut out, or only those that were `delivered`, as in slow mode.").default("`\"all\"`"),
        EDITS,
    ]));

    fn build(self, _: &Rulebook) -> Result<Box<dyn Detector>, Problem> {
        let within = parse_duration(&self.within)?;
        let within = checked(self.max, within, most_allowed(within, 1, ID))?;
        let Self { max, of, counts, edits, .. } = self;
        Ok(Box::new(Counting(MessageCounter { max, within, of, counts, edits })))
    }
}

/// Counts the messages of a sender or a channel.
#[derive(Debug)]
struct MessageCounter {
    max: usize,
    /// Milliseconds.
    within: i64,
    of: Of,
    counts: Counts,
    edits: bool,
}

impl MessageCounter {
    fn log(&self, name: String) -> Log {
        match self.counts {
            Counts::All => Log::of_all(name, self.within),
            Counts::Delivered => Log::of_accepted(name, self.within),
        }
    }
}

impl Counter for MessageCounter {
    fn requests(&self, occasion: &Occasion<'_>) -> Vec<(Subject, LogRequest)> {
        if occasion.message.edited.is_some() && !self.edits {
            return Vec::new();
        }
        let (subject, is_of_channel) = match self.of {
            Of::Sender => (Subject::Sender, true),
            Of::SenderAnywhere => (Subject::Sender, false),
            Of::Channel => (Subject::Channel, false),
        };
        let max = self.max;
        let (recording, kind) = match self.counts {
            Counts::All => (Recording::Number { max }, "rate"),
            Counts::Delivered => (Recording::Accepted { max }, "accepted"),
        };
        let name = occasion.log_name(kind, self.within, is_of_channel);
        vec![(
            subject,
            LogRequest { log: self.log(name), recording, entry: occasion.entry(occasion.id().to_owned()) },
        )]
    }

    fn finds(&self, _: &Occasion<'_>, answers: &[LogAnswer]) -> bool {
        answers.iter().any(|answer| match answer {
            LogAnswer::Number(number) => *number > self.max,
            LogAnswer::Full(_) | LogAnswer::Late => true,
            LogAnswer::Window(_) | LogAnswer::Accepted => false,
        })
    }

    fn explain(&self, _: &Occasion<'_>, answers: &[LogAnswer]) -> String {
        let (max, within) = (self.max, show_duration(self.within));
        match answers.first() {
            None | Some(LogAnswer::Window(_)) => "edits do not count".to_owned(),
            Some(LogAnswer::Number(number)) => format!("message {number} in {within}, of at most {max}"),
            Some(LogAnswer::Full(_)) => {
                format!("more messages in {within} than are remembered, of at most {max}")
            }
            Some(LogAnswer::Late) => format!("{max} in {within} are delivered already"),
            Some(LogAnswer::Accepted) => format!("no more than {max} in {within} are delivered"),
        }
    }

    fn keeps(&self) -> (Subject, i64) {
        let subject = if self.of == Of::Channel { Subject::Channel } else { Subject::Sender };
        (subject, self.log(String::new()).keeps())
    }

    fn takes(&self) -> (usize, usize) {
        let log = self.log(String::new());
        let capacity = match self.counts {
            Counts::All => log.capacity(self.max),
            Counts::Delivered => log.most_accepted(self.max),
        };
        (1, log.most_bytes(capacity, ID))
    }
}
