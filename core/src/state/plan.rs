//! [`Plan`]: records a message in all logs of one item, with one request unless other messages are recorded at the same time.

use std::collections::BTreeSet;

use super::log::stale;
use super::{Entry, Guard, Item, LogRequest, Memory, Update, Updated, Way};

/// The requests that record a message in logs of one item.
#[derive(Clone, Debug)]
pub struct Plan {
    key: String,
    expires: i64,
    requests: Vec<Pending>,
    tries: usize,
    /// Buckets that were over long ago.
    stale: Vec<String>,
}

/// A request of a plan.
#[derive(Clone, Debug)]
struct Pending {
    request: LogRequest,
    /// The message as a member of a set.
    member: String,
    /// The attributes that it is recorded in or that are looked at: the current bucket, the one before it and, if later messages matter,
    /// the one after it; or the first messages of all.
    attributes: Vec<String>,
    state: State,
}

/// How a request stands.
#[derive(Clone, Debug, PartialEq, Eq)]
enum State {
    /// The next update is to record it.
    Recording {
        /// How many accepted messages the current bucket, the one before and the one after it hold, as far as is known.
        seen: [usize; 3],
    },
    /// The answer of the next update says whether it is to be recorded.
    Looking,
    /// It is answered.
    Answered(LogAnswer),
}

/// How to continue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Carry out [`Plan::update`] and call [`Plan::next`] again.
    Again,
    /// Stop: here is an answer for each request.
    Done(Vec<LogAnswer>),
}

/// The answer of a log to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogAnswer {
    /// The messages in its window, in the order of their times. If it is recorded, it is the last of them.
    Window(Vec<Entry>),
    /// The number of messages in its window, including itself.
    Number(usize),
    /// There are more messages than the rule allows, and so many that not all are recorded. These are some of them.
    Full(Vec<Entry>),
    /// It was recorded as accepted.
    Accepted,
    /// It was not accepted, because too many others are.
    Late,
}

/// How often a plan tries again because other messages were accepted at the same time.
const MOST_TRIES: usize = 5;

/// How many buckets that are over may stay in an item, because their logs have no later message that removes them.
const MOST_STALE: usize = 16;

impl Plan {
    /// Returns a plan that records `requests` in the item with `key`, which the store may remove at `expires`, in seconds since 1970.
    #[must_use]
    pub fn new(key: String, expires: i64, requests: Vec<LogRequest>) -> Self {
        let requests = requests.into_iter().map(Pending::new).collect();
        Self { key, expires, requests, tries: 0, stale: Vec::new() }
    }

    /// Returns the update to carry out now.
    #[must_use]
    pub fn update(&self) -> Update {
        let mut update = Update::of(&self.key, self.expires);
        for pending in &self.requests {
            let Some(guard) = pending.guard() else { continue };
            let LogRequest { log, way, entry } = &pending.request;
            update.adds.push((pending.attributes[0].clone(), pending.member.clone()));
            update.guards.push(guard);
            if !matches!(way, Way::First { .. }) {
                update.removes.extend(log.over(entry.at));
            }
        }
        // A message with two links has two members in one log.
        update.removes.sort_unstable();
        update.removes.dedup();
        update
    }

    /// Carries out everything in `memory` at `now`, in seconds since 1970, as its updates would one after the other. Returns an answer for
    /// each request.
    pub fn carry_out(&mut self, memory: &mut Memory, now: i64) -> Vec<LogAnswer> {
        let (expires, item) = memory.item(&self.key, now);
        *expires = self.expires.max(*expires);
        // All answers are about the item as it was before. Nobody else changes it in between.
        let decided: Vec<_> = self.requests.iter_mut().map(|pending| pending.decide(item)).collect();
        let size = item.len();
        for (pending, _) in self.requests.iter().zip(&decided).filter(|(_, (is_recorded, _))| *is_recorded) {
            add(item, &pending.attributes[0], &pending.member);
        }
        // What is over changes no answer, so it is enough to look for it when an item grows.
        if item.len() / MOST_STALE > size / MOST_STALE {
            let at = self.requests.iter().map(|pending| pending.request.entry.at).max().unwrap_or(0);
            for attribute in stale(item, at).cloned().collect::<Vec<_>>() {
                item.remove(&attribute);
            }
        }
        decided.into_iter().map(|(_, answer)| answer).collect()
    }

    /// Continues with what the store did with the last update.
    pub fn next(&mut self, updated: &Updated) -> Next {
        self.tries += 1;
        let (Updated::Applied(item) | Updated::Refused(item)) = updated;
        let at = self.requests.iter().map(|pending| pending.request.entry.at).max().unwrap_or(0);
        self.stale = stale(item, at).cloned().collect();
        for pending in &mut self.requests {
            match (&pending.state, updated) {
                (State::Answered(_), _) => {}
                (State::Recording { .. }, Updated::Applied(_)) => {
                    pending.state = State::Answered(pending.answer(item));
                }
                _ => pending.state = pending.state_of(item, self.tries < MOST_TRIES),
            }
        }
        let answers = self.requests.iter().map(|pending| match &pending.state {
            State::Answered(answer) => Some(answer.clone()),
            _ => None,
        });
        answers.collect::<Option<_>>().map_or(Next::Again, Next::Done)
    }

    /// Returns updates that remove the messages that were accepted.
    pub fn take_backs(&self) -> impl Iterator<Item = Update> {
        let accepted = |pending: &&Pending| pending.state == State::Answered(LogAnswer::Accepted);
        let update = |pending: &Pending| {
            let taken = (pending.attributes[0].clone(), pending.member.clone());
            Update { deletes: vec![taken], ..Update::of(&self.key, self.expires) }
        };
        self.requests.iter().filter(accepted).map(update)
    }

    /// Returns an update that removes buckets of other logs that have been over for long, if there are many.
    #[must_use]
    pub fn cleanup(&self) -> Option<Update> {
        let removes: Vec<_> = self.stale.iter().take(3 * MOST_STALE).cloned().collect();
        (removes.len() > MOST_STALE).then(|| Update { removes, ..Update::of(&self.key, self.expires) })
    }
}

impl Pending {
    fn new(request: LogRequest) -> Self {
        let LogRequest { log, way, entry } = &request;
        let (attributes, state) = match way {
            Way::Every { .. } | Way::Number { .. } => {
                (log.window(entry.at).to_vec(), State::Recording { seen: [0; 3] })
            }
            Way::Accepted { .. } => (log.around(entry.at).to_vec(), State::Recording { seen: [0; 3] }),
            Way::First { .. } => (vec![log.first()], State::Looking),
            Way::Look => (log.window(entry.at).to_vec(), State::Looking),
        };
        Self { member: entry.member(), attributes, state, request }
    }

    /// Returns the condition under which it is recorded by the next update; `None` if it is not to be.
    fn guard(&self) -> Option<Guard> {
        let State::Recording { seen } = &self.state else { return None };
        let (current, log) = (&self.attributes[0], &self.request.log);
        match self.request.way {
            Way::Every { max } | Way::Number { max } => {
                Some(Guard::fewer(current.clone(), log.capacity(max), &self.member))
            }
            Way::Accepted { .. } => {
                let sizes = self.attributes.iter().cloned().zip(*seen).collect();
                Some(Guard::Same { sizes, member: self.member.clone() })
            }
            Way::First { most } => Some(Guard::fewer(current.clone(), most, &self.member)),
            Way::Look => None,
        }
    }

    /// Returns whether it is to be recorded in `item`, which nobody else changes, and the answer.
    fn decide(&mut self, item: &Item) -> (bool, LogAnswer) {
        match self.state_of(item, true) {
            State::Answered(answer) => (false, answer),
            State::Recording { .. } | State::Looking => {
                let answer = self.answer(item);
                if answer == LogAnswer::Accepted {
                    self.state = State::Answered(LogAnswer::Accepted);
                }
                (true, answer)
            }
        }
    }

    /// Returns the answer if it was recorded when the item was `item`.
    fn answer(&self, item: &Item) -> LogAnswer {
        let LogRequest { log, way, entry } = &self.request;
        match way {
            Way::Accepted { .. } => LogAnswer::Accepted,
            Way::Every { max } | Way::Number { max }
                if log.was_full(item, &self.attributes[1], entry.at, *max) =>
            {
                self.full(item)
            }
            Way::Every { .. } => LogAnswer::Window(self.with_itself(item)),
            Way::Number { .. } => {
                LogAnswer::Number(self.recorded(item).count() + usize::from(!self.is_recorded(item)))
            }
            Way::Look => LogAnswer::Window(self.recorded(item).filter_map(Entry::parse).collect()),
            Way::First { .. } => {
                let first = item.get(&self.attributes[0]).into_iter();
                let earlier = first.flat_map(|set| set.range(..=self.member.clone()));
                LogAnswer::Window(earlier.filter_map(|member| Entry::parse(member)).collect())
            }
        }
    }

    /// Returns the answer if there are so many messages that not all are recorded.
    fn full(&self, item: &Item) -> LogAnswer {
        let is_asked_for = matches!(self.request.way, Way::Every { .. });
        LogAnswer::Full(if is_asked_for { self.with_itself(item) } else { Vec::new() })
    }

    fn is_recorded(&self, item: &Item) -> bool {
        item.get(&self.attributes[0]).is_some_and(|set| set.contains(&self.member))
    }

    /// Returns the members of the window that are recorded, by time.
    fn recorded<'i>(&self, item: &'i Item) -> impl Iterator<Item = &'i str> {
        let window = [&*self.attributes[0], &*self.attributes[1]];
        self.request.log.recorded(item, window, self.request.entry.at, &self.member)
    }

    /// Returns the messages of the window, by time, the last of which is this one.
    fn with_itself(&self, item: &Item) -> Vec<Entry> {
        let entry = &self.request.entry;
        let mut entries: Vec<_> = self.recorded(item).filter_map(Entry::parse).collect();
        if entries.last() != Some(entry) {
            entries.push(entry.clone());
        }
        entries
    }

    /// Returns how it stands if the item is `item`. `may_accept` is false once it failed too often to be recorded as accepted, which
    /// happens only where many are.
    fn state_of(&self, item: &Item, may_accept: bool) -> State {
        let LogRequest { log, way, entry } = &self.request;
        let size = |attribute: &String| item.get(attribute).map_or(0, BTreeSet::len);
        let current = &self.attributes[0];
        let is_recorded = self.is_recorded(item);
        match way {
            Way::Every { max } | Way::Number { max }
                if !is_recorded && size(current) >= log.capacity(*max) =>
            {
                State::Answered(self.full(item))
            }
            // Those accepted after it count as well, or a late message would come on top of them.
            Way::Accepted { max }
                if !is_recorded && (!may_accept || log.near(item, &self.attributes, entry) >= *max) =>
            {
                State::Answered(LogAnswer::Late)
            }
            Way::Look => State::Answered(self.answer(item)),
            Way::First { most } if is_recorded || size(current) >= *most => {
                State::Answered(self.answer(item))
            }
            Way::Every { .. } | Way::Number { .. } | Way::First { .. } => State::Recording { seen: [0; 3] },
            Way::Accepted { .. } => {
                let mut seen = [0; 3];
                for (seen, attribute) in seen.iter_mut().zip(&self.attributes) {
                    *seen = size(attribute);
                }
                State::Recording { seen }
            }
        }
    }
}

/// Adds `member` to an attribute of `item`.
fn add(item: &mut Item, attribute: &str, member: &str) {
    if let Some(set) = item.get_mut(attribute) {
        set.insert(member.to_owned());
    } else {
        item.insert(attribute.to_owned(), BTreeSet::from([member.to_owned()]));
    }
}
