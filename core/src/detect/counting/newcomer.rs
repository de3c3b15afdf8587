//! `newcomer`: finds the first messages of a sender.

use serde::Deserialize;

use super::{Counter, Counting, ID, Occasion, Subject};
use crate::detect::{Detector, Example, Problem, Rulebook, Settings};
use crate::shape::{Constraint, Has, Key, Shape, Table};
use crate::state::{Log, LogAnswer, LogRequest, Recording, show_duration};

/// Settings of `newcomer`.
#[derive(Debug, Deserialize)]
pub(in crate::detect) struct Newcomer {
    #[serde(default)]
    messages: usize,
    #[serde(default)]
    days: u16,
}

/// The most messages: they are kept for each sender.
const MOST_MESSAGES: i64 = 50;

/// The most days.
const MOST_DAYS: i64 = 90;

/// How long a sender is remembered after the last message, in seconds: a year.
const KEEPS: i64 = 366 * DAY / 1000;

/// A day in milliseconds.
const DAY: i64 = 24 * 60 * 60 * 1000;

impl Settings for Newcomer {
    const NAME: &'static str = "newcomer";
    const SUMMARY: &'static str = "messages of a sender who has sent few so far, or not for long";
    const EXAMPLES: &'static [Example] = &[];

    #[rustfmt::skip]
    const SHAPE: Shape = Shape::Table(&Table::of("`newcomer`", "{ messages = 5, days = 1 }", &[
        Key::new("messages", Shape::Integer { min: 1, max: MOST_MESSAGES }, "How many of the first messages of a sender are found. All messages count that the rule applies to, whatever else it looks for."),
        Key::new("days", Shape::Integer { min: 1, max: MOST_DAYS }, "For how many days after the first of these messages the sender is a newcomer. With `messages` too, until both are over."),
    ])
    .with(&[Constraint::any_of(&[Has::Key("messages"), Has::Key("days")], "`newcomer` needs `messages`, `days` or both", "")]));

    fn build(self, _: &Rulebook) -> Result<Box<dyn Detector>, Problem> {
        Ok(Box::new(Counting(First { messages: self.messages, days: self.days })))
    }
}

/// Knows the first messages of each sender.
#[derive(Debug)]
struct First {
    messages: usize,
    days: u16,
}

impl Counter for First {
    fn requests(&self, occasion: &Occasion<'_>) -> Vec<(Subject, LogRequest)> {
        let most = self.messages.max(1);
        let name = occasion.log_name("newcomer", i64::try_from(most).unwrap_or(0), false);
        // An edit is looked at as the message is, and not recorded.
        let most = if occasion.message.edited.is_some() { 0 } else { most };
        let entry = occasion.entry(occasion.own_id());
        vec![(
            Subject::Sender,
            LogRequest { log: Log::of_all(name, DAY), recording: Recording::First { most }, entry },
        )]
    }

    fn finds(&self, occasion: &Occasion<'_>, answers: &[LogAnswer]) -> bool {
        let own = occasion.own_id();
        answers.iter().any(|answer| {
            let LogAnswer::Window(entries) = answer else { return false };
            let since = entries.first().map_or(occasion.at, |first| first.at);
            let others = entries.iter().filter(|entry| entry.id != own).count();
            // If all first messages are known, an edit of one of them is later than they are.
            let is_later = occasion.message.edited.is_some() && entries.len() >= self.messages;
            let earlier = if is_later { self.messages } else { others };
            earlier < self.messages || occasion.at - since < i64::from(self.days) * DAY
        })
    }

    fn explain(&self, occasion: &Occasion<'_>, answers: &[LogAnswer]) -> String {
        let Some(LogAnswer::Window(entries)) = answers.first() else { return "unknown".to_owned() };
        let own = occasion.own_id();
        let earlier: Vec<_> = entries.iter().filter(|entry| entry.id != own).collect();
        match (earlier.first(), earlier.len()) {
            (None, _) => "the first message of this sender".to_owned(),
            (Some(first), count) => {
                let most = if count >= self.messages.max(1) { " or more" } else { "" };
                let since = show_duration((occasion.at - first.at) / 60_000 * 60_000);
                format!("{count}{most} messages of this sender before, the first {since} ago")
            }
        }
    }

    fn keeps(&self) -> (Subject, i64) {
        (Subject::Sender, KEEPS)
    }

    fn takes(&self) -> (usize, usize) {
        (1, Log::of_all(String::new(), DAY).most_bytes(self.messages.max(1), ID))
    }

    fn counts_every_message(&self) -> bool {
        true
    }
}
