//! The truth about each message, and how far the answers are from it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::time::Instant;

use chimeflow_core::state::{Entry, LogAnswer, Memory, Next};

use crate::events::{FLOOD, FLOOD_WITHIN, SLOW_WITHIN};
use crate::{Answer, Event};

/// What is right and wrong with the answers.
#[derive(Debug, Default)]
pub(crate) struct Judged {
    answers: usize,
    bypassed: usize,
    /// Messages over the limit, of all.
    floods: usize,
    /// Answers that count what is not there, or count it twice.
    over_counts: usize,
    /// Answers that leave out what was recorded before they were asked for.
    under_counts: usize,
    /// Decisions that are not the true ones, because deliveries overtook each other.
    disordered: usize,
    /// Decisions that are not the true ones for no such reason.
    wrong: usize,
    /// Messages accepted by slow mode although another one was, too near.
    accepted_twice: usize,
    /// Deliveries that slow mode refuses although it accepted the message before.
    taken_back: usize,
}

/// What is known of a sender's messages.
#[derive(Default)]
struct Sender {
    /// Every message, and when an environment first knew that it is recorded.
    messages: BTreeMap<Entry, Option<Instant>>,
    /// When each was first asked about.
    asked: BTreeMap<Entry, Instant>,
    accepted: BTreeMap<Entry, Instant>,
}

pub(crate) fn judge(events: &[Event], deliveries: &[usize], answers: &[Answer]) -> Judged {
    let truth = alone(events);
    let mut senders = HashMap::<usize, Sender>::new();
    for (event, answer) in delivered(events, deliveries, answers) {
        let sender = senders.entry(event.sender).or_default();
        let asked = sender.asked.entry(event.entry.clone()).or_insert(answer.asked);
        *asked = answer.asked.min(*asked);
        let known = sender.messages.entry(event.entry.clone()).or_default();
        if answer.window.is_some() && !answer.is_bypassed {
            *known = Some(known.map_or(answer.given, |known| known.min(answer.given)));
        }
        if answer.is_accepted && !answer.is_bypassed {
            let accepted = sender.accepted.entry(event.entry.clone()).or_insert(answer.given);
            *accepted = answer.given.min(*accepted);
        }
    }
    let mut judged = Judged { floods: truth.iter().filter(|over| **over).count(), ..Judged::default() };
    for ((event, answer), number) in delivered(events, deliveries, answers).zip(deliveries) {
        judged.answers += 1;
        if answer.is_bypassed {
            judged.bypassed += 1;
            continue;
        }
        if let Some(sender) = senders.get(&event.sender) {
            judged.take(sender, &event.entry, answer, truth[*number]);
        }
    }
    for sender in senders.values() {
        let times: Vec<_> = sender.accepted.keys().map(|entry| entry.at).collect();
        judged.accepted_twice += times.windows(2).filter(|pair| pair[1] - pair[0] < SLOW_WITHIN).count();
    }
    judged
}

fn delivered<'a>(
    events: &'a [Event],
    deliveries: &'a [usize],
    answers: &'a [Answer],
) -> impl Iterator<Item = (&'a Event, &'a Answer)> {
    deliveries.iter().map(|number| &events[*number]).zip(answers)
}

/// Returns whether each event is over the limit, if all arrive once, in order, at one environment.
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

impl Judged {
    pub(crate) fn is_right(&self) -> bool {
        self.over_counts + self.under_counts + self.wrong + self.accepted_twice + self.taken_back == 0
    }

    /// Takes an answer about `entry`, of which the truth is whether it `is_over` the limit.
    fn take(&mut self, sender: &Sender, entry: &Entry, answer: &Answer, is_over: bool) {
        let in_window = |other: &Entry| entry.at - FLOOD_WITHIN < other.at && other <= entry;
        let window: BTreeSet<&Entry> = sender.messages.keys().filter(|other| in_window(other)).collect();
        // Not recorded when this was asked about, although some other environment may just be recording it.
        let is_late = |other: &Entry| {
            other != entry
                && sender
                    .messages
                    .get(other)
                    .is_none_or(|known| known.is_none_or(|known| known > answer.asked))
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
                sender.asked.iter().any(|(other, asked)| other > entry && *asked < answer.given)
            } else {
                window.iter().any(|other| is_late(other))
            };
            let kind = if overtaken { &mut self.disordered } else { &mut self.wrong };
            *kind += 1;
        }
        if !answer.is_accepted {
            let before = sender.accepted.get(entry).is_some_and(|given| *given < answer.asked);
            self.taken_back += usize::from(before);
        }
    }
}

impl fmt::Display for Judged {
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
