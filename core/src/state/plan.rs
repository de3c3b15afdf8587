//! [`Plan`]: records a message in all logs of one item, with one request unless other messages are recorded at the same time.

use std::ops::Bound;

use super::log::stale;
use super::{Entry, Guard, Item, LogRequest, Members, Memory, Recording, Update, Updated, add};

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
    names: Names,
    state: State,
}

/// What a request is called in an item, in one text, because a message has many requests.
#[derive(Clone, Debug)]
struct Names {
    text: String,
    /// Where the member ends that stands for the message, and then each attribute.
    ends: [usize; 4],
}

impl Names {
    fn of(LogRequest { log, recording, entry }: &LogRequest) -> Self {
        let mut text = String::with_capacity(16 + entry.id.len() + 3 * (log.name.len() + 16));
        entry.push_member(&mut text);
        let mut ends = [text.len(); 4];
        if let Recording::First { .. } = recording {
            log.push_first(&mut text);
            ends[1..].fill(text.len());
            return Self { text, ends };
        }
        let looks_ahead = matches!(recording, Recording::Accepted { .. });
        for (end, bucket) in
            ends[1..].iter_mut().zip(log.around(entry.at)).take(if looks_ahead { 3 } else { 2 })
        {
            log.push_attribute(&mut text, bucket);
            *end = text.len();
        }
        ends[3] = text.len();
        Self { text, ends }
    }

    /// Returns the message as a member of a set.
    fn member(&self) -> &str {
        &self.text[..self.ends[0]]
    }

    /// Returns the attributes that the message is recorded in or that are looked at: the current bucket, the one before it and, if later
    /// messages matter, the one after it; or the first messages of all. Others are empty.
    fn attributes(&self) -> [&str; 3] {
        [0, 1, 2].map(|at| &self.text[self.ends[at]..self.ends[at + 1]])
    }

    fn current(&self) -> &str {
        self.attributes()[0]
    }

    /// Returns what of `item` the attributes hold.
    fn sets<'i>(&self, item: &'i Item) -> Sets<'i> {
        self.attributes().map(|attribute| if attribute.is_empty() { None } else { item.get(attribute) })
    }
}

/// The members of the attributes of a request.
type Sets<'i> = [Option<&'i Members>; 3];

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
            let LogRequest { log, recording, entry } = &pending.request;
            update.adds.push((pending.names.current().to_owned(), pending.names.member().to_owned()));
            update.guards.push(guard);
            if !matches!(recording, Recording::First { .. }) {
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
            add(item, pending.names.current(), pending.names.member());
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
                    pending.state = State::Answered(pending.answer(pending.names.sets(item)));
                }
                _ => pending.state = pending.state_of(pending.names.sets(item), self.tries < MOST_TRIES),
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
            let taken = (pending.names.current().to_owned(), pending.names.member().to_owned());
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
        let state = match request.recording {
            Recording::Every { .. } | Recording::Number { .. } | Recording::Accepted { .. } => {
                State::Recording { seen: [0; 3] }
            }
            Recording::First { .. } | Recording::Nothing => State::Looking,
        };
        Self { names: Names::of(&request), state, request }
    }

    /// Returns the condition under which it is recorded by the next update; `None` if it is not to be.
    fn guard(&self) -> Option<Guard> {
        let State::Recording { seen } = &self.state else { return None };
        let (current, member, log) =
            (self.names.current().to_owned(), self.names.member(), &self.request.log);
        match self.request.recording {
            Recording::Every { max } | Recording::Number { max } => {
                Some(Guard::fewer(current, log.capacity(max), member))
            }
            Recording::Accepted { .. } => {
                let sizes = self.names.attributes().map(str::to_owned).into_iter().zip(*seen).collect();
                Some(Guard::Same { sizes, member: member.to_owned() })
            }
            Recording::First { most } => Some(Guard::fewer(current, most, member)),
            Recording::Nothing => None,
        }
    }

    /// Returns whether it is to be recorded in `item`, which nobody else changes, and the answer.
    fn decide(&mut self, item: &Item) -> (bool, LogAnswer) {
        let sets = self.names.sets(item);
        match self.state_of(sets, true) {
            State::Answered(answer) => (false, answer),
            State::Recording { .. } | State::Looking => {
                let answer = self.answer(sets);
                if answer == LogAnswer::Accepted {
                    self.state = State::Answered(LogAnswer::Accepted);
                }
                (true, answer)
            }
        }
    }

    /// Returns the answer if it was recorded when the attributes held `sets`.
    fn answer(&self, sets: Sets<'_>) -> LogAnswer {
        let LogRequest { log, recording, entry } = &self.request;
        match recording {
            Recording::Accepted { .. } => LogAnswer::Accepted,
            Recording::Every { max } | Recording::Number { max } if log.was_full(sets[1], entry.at, *max) => {
                self.full(sets)
            }
            Recording::Every { .. } => LogAnswer::Window(self.with_itself(sets)),
            Recording::Number { .. } => {
                LogAnswer::Number(self.recorded(sets).count() + usize::from(!self.is_recorded(sets)))
            }
            Recording::Nothing => LogAnswer::Window(self.recorded(sets).filter_map(Entry::parse).collect()),
            Recording::First { .. } => {
                let until = (Bound::Unbounded, Bound::Included(self.names.member()));
                let earlier = sets[0].into_iter().flat_map(|set| set.range::<str, _>(until));
                LogAnswer::Window(earlier.filter_map(|member| Entry::parse(member)).collect())
            }
        }
    }

    /// Returns the answer if there are so many messages that not all are recorded.
    fn full(&self, sets: Sets<'_>) -> LogAnswer {
        let is_asked_for = matches!(self.request.recording, Recording::Every { .. });
        LogAnswer::Full(if is_asked_for { self.with_itself(sets) } else { Vec::new() })
    }

    fn is_recorded(&self, sets: Sets<'_>) -> bool {
        sets[0].is_some_and(|set| set.contains(self.names.member()))
    }

    /// Returns the members of the window that are recorded, by time.
    fn recorded<'i>(&self, [current, before, _]: Sets<'i>) -> impl Iterator<Item = &'i str> {
        self.request.log.recorded([current, before], self.request.entry.at, self.names.member())
    }

    /// Returns the messages of the window, by time, the last of which is this one.
    fn with_itself(&self, sets: Sets<'_>) -> Vec<Entry> {
        let entry = &self.request.entry;
        let mut entries: Vec<_> = self.recorded(sets).filter_map(Entry::parse).collect();
        if entries.last() != Some(entry) {
            entries.push(entry.clone());
        }
        entries
    }

    /// Returns how it stands if the attributes hold `sets`. `may_accept` is false once it failed too often to be recorded as accepted, which
    /// happens only where many are.
    fn state_of(&self, sets: Sets<'_>, may_accept: bool) -> State {
        let LogRequest { log, recording, entry } = &self.request;
        let size = |set: Option<&Members>| set.map_or(0, Members::len);
        match recording {
            Recording::Every { max } | Recording::Number { max }
                if size(sets[0]) >= log.capacity(*max) && !self.is_recorded(sets) =>
            {
                State::Answered(self.full(sets))
            }
            // Those accepted after it count as well, or a late message would come on top of them.
            Recording::Accepted { max }
                if !self.is_recorded(sets) && (!may_accept || log.near(sets, entry) >= *max) =>
            {
                State::Answered(LogAnswer::Late)
            }
            Recording::Nothing => State::Answered(self.answer(sets)),
            Recording::First { most } if size(sets[0]) >= *most || self.is_recorded(sets) => {
                State::Answered(self.answer(sets))
            }
            Recording::Every { .. } | Recording::Number { .. } | Recording::First { .. } => {
                State::Recording { seen: [0; 3] }
            }
            Recording::Accepted { .. } => State::Recording { seen: sets.map(size) },
        }
    }
}
