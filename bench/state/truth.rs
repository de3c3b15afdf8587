//! The correct decision about each message, and how the answers differ from it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::time::Instant;

use chimeflow_core::state::{Entry, LogAnswer, Memory, Next};

use crate::events::{FLOOD, FLOOD_WITHIN, SLOW_WITHIN};
use crate::{Answer, Event};

/// The result of comparing the answers with the truth.
#[derive(Debug, Default)]
pub(crate) struct Comparison {
    answers: usize,
    bypassed: usize,
    /// Messages over the limit.
    floods: usize,
    /// Answers that count a message that does not exist, or count one twice.
    over_counts: usize,
    /// Answers that omit a message that was recorded before the request.
    under_counts: usize,
    /// Decisions that differ from the truth because deliveries overtook each other.
    disordered: usize,
    /// Decisions that differ from the truth for another reason.
    wrong: usize,
    /// Messages that slow mode accepted although it had accepted another one shortly before.
    accepted_twice: usize,
    /// Deliveries that slow mode refuses although it accepted the message before.
    taken_back: usize,
}

/// The recorded messages of a sender.
#[derive(Default)]
struct Sender {
    /// Every message, and the time of the first answer that shows it is recorded.
    messages: BTreeMap<Entry, Option<Instant>>,
    /// The time of the first request about each message.
    requested: BTreeMap<Entry, Instant>,
    accepted: BTreeMap<Entry, Instant>,
}

pub(crate) fn compare(events: &[Event], deliveries: &[usize], answers: &[Answer]) -> Comparison {
    let truth = alone(events);
    let mut senders = HashMap::<usize, Sender>::new();
    for (event, answer) in delivered(events, deliveries, answers) {
        let sender = senders.entry(event.sender).or_default();
        let requested = sender.requested.entry(event.entry.clone()).or_insert(answer.requested);
        *requested = answer.requested.min(*requested);
        let known = sender.messages.entry(event.entry.clone()).or_default();
        if answer.window.is_some() && !answer.is_bypassed {
            *known = Some(known.map_or(answer.answered, |known| known.min(answer.answered)));
        }
        if answer.is_accepted && !answer.is_bypassed {
            let accepted = sender.accepted.entry(event.entry.clone()).or_insert(answer.answered);
            *accepted = answer.answered.min(*accepted);
        }
    }
    let mut comparison =
        Comparison { floods: truth.iter().filter(|over| **over).count(), ..Comparison::default() };
    for ((event, answer), number) in delivered(events, deliveries, answers).zip(deliveries) {
        comparison.answers += 1;
        if answer.is_bypassed {
            comparison.bypassed += 1;
            continue;
        }
        if let Some(sender) = senders.get(&event.sender) {
            comparison.take(sender, &event.entry, answer, truth[*number]);
        }
    }
    for sender in senders.values() {
        let times: Vec<_> = sender.accepted.keys().map(|entry| entry.at).collect();
        comparison.accepted_twice += times.windows(2).filter(|pair| pair[1] - pair[0] < SLOW_WITHIN).count();
    }
    comparison
}

fn delivered<'a>(
    events: &'a [Event],
    deliveries: &'a [usize],
    answers: &'a [Answer],
) -> impl Iterator<Item = (&'a Event, &'a Answer)> {
    deliveries.iter().map(|number| &events[*number]).zip(answers)
}

/// Returns whether each event is over the limit if all arrive once, in order, at one environment.
fn alone(events: &[Event]) -> Vec<bool> {
    let mut memory = Memory::default();
    let is_over = |event: &Event| {
        let mut plan = event.plan();
        loop {
            if let Next::Done(answers) = plan.next(&memory.update(&plan.update(), 0)) {
                return match answers.first() {
                    Some(LogAnswer::Window(window)) => window.len() > FLOOD,
                    _ => true,
                };
            }
        }
    };
    events.iter().map(is_over).collect()
}

impl Comparison {
    pub(crate) fn is_right(&self) -> bool {
        self.over_counts + self.under_counts + self.wrong + self.accepted_twice + self.taken_back == 0
    }

    /// Compares an answer about `entry`; `is_over` is whether it is truly over the limit.
    fn take(&mut self, sender: &Sender, entry: &Entry, answer: &Answer, is_over: bool) {
        let in_window = |other: &Entry| entry.at - FLOOD_WITHIN < other.at && other <= entry;
        let window: BTreeSet<&Entry> = sender.messages.keys().filter(|other| in_window(other)).collect();
        // Not recorded at the time of the request, although another environment may have been recording it.
        let is_late = |other: &Entry| {
            other != entry
                && sender
                    .messages
                    .get(other)
                    .is_none_or(|known| known.is_none_or(|known| known > answer.requested))
        };
        if let Some(counted) = &answer.window {
            let distinct: BTreeSet<&Entry> = counted.iter().collect();
            self.over_counts += usize::from(distinct.len() != counted.len() || !distinct.is_subset(&window));
            let left_out = window.difference(&distinct);
            self.under_counts += usize::from(left_out.copied().any(|other| !is_late(other)));
        }
        let says_over = answer.window.as_ref().is_none_or(|window| window.len() > FLOOD);
        if says_over != is_over {
            let overtaken = if says_over {
                // The log was full of later messages.
                sender
                    .requested
                    .iter()
                    .any(|(other, requested)| other > entry && *requested < answer.answered)
            } else {
                window.iter().any(|other| is_late(other))
            };
            let kind = if overtaken { &mut self.disordered } else { &mut self.wrong };
            *kind += 1;
        }
        if !answer.is_accepted {
            let before = sender.accepted.get(entry).is_some_and(|answered| *answered < answer.requested);
            self.taken_back += usize::from(before);
        }
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = [
            ("messages that are a flood", self.floods),
            ("answers", self.answers),
            ("of them from the environment's own memory, because the table was late", self.bypassed),
            ("over-counts (bar 0)", self.over_counts),
            ("counts without what was recorded before (bar 0)", self.under_counts),
            ("decisions that differ by the disorder of events", self.disordered),
            ("decisions that differ beyond it (bar 0)", self.wrong),
            ("messages that slow mode accepts too near to another (bar 0)", self.accepted_twice),
            ("messages that slow mode accepts and then refuses (bar 0)", self.taken_back),
        ];
        for (number, (name, count)) in rows.iter().enumerate() {
            write!(f, "{}{count:>9}  {name}", if number == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}
