//! [`Plan`]: records a message in all logs of one item, with one request if nothing is in the way.

use std::collections::BTreeSet;

use super::{Entry, Guard, Item, LogRequest, Update, Updated, Way};

/// The requests that record a message in logs of one item.
#[derive(Clone, Debug)]
pub struct Plan {
    key: String,
    requests: Vec<LogRequest>,
    /// How each request stands.
    states: Vec<State>,
    tries: usize,
}

/// How a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// The next update is to record it.
    Recording {
        /// How many accepted messages the current bucket, the one before and the one after it hold, as far as is known.
        seen: [usize; 3],
    },
    /// It is not recorded, because its log is full.
    Full,
    /// It is not recorded, because too many others are accepted.
    Late,
}

/// How to continue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Carry out [`Plan::update`] and call [`Plan::next`] again.
    Again,
    /// Everything is known: an answer for each request.
    Done(Vec<LogAnswer>),
}

/// What a log says about a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogAnswer {
    /// The messages in its window, in the order of their times. It is the last of them.
    Window(Vec<Entry>),
    /// There were so many that not all are recorded: more than are allowed in any case.
    Full,
    /// It was recorded as accepted.
    Accepted,
    /// Too many others are accepted.
    Late,
}

/// How often a plan tries again because other messages were accepted at the same time.
const MOST_TRIES: usize = 5;

impl Plan {
    /// Returns a plan that records `requests` in the item with `key`.
    #[must_use]
    pub fn new(key: String, requests: Vec<LogRequest>) -> Self {
        let states = vec![State::Recording { seen: [0; 3] }; requests.len()];
        Self { key, requests, states, tries: 0 }
    }

    /// Returns the update to carry out now.
    #[must_use]
    pub fn update(&self) -> Update {
        let expires = self.requests.iter().map(|request| request.log.expires(request.entry.at)).max();
        let mut update = Update {
            key: self.key.clone(),
            expires: expires.unwrap_or(0),
            adds: Vec::new(),
            removes: Vec::new(),
            guards: Vec::new(),
        };
        for (LogRequest { log, way, entry }, state) in self.requests.iter().zip(&self.states) {
            let State::Recording { seen } = state else { continue };
            let (around, member) = (log.around(entry.at), entry.member());
            let current = around[0].clone();
            update.adds.push((current.clone(), member.clone()));
            update.removes.extend(log.over(entry.at));
            update.guards.push(match way {
                Way::Every { max } => Guard::Fewer { attribute: current, than: log.capacity(*max), member },
                Way::Accepted { .. } => {
                    Guard::Same { sizes: around.into_iter().zip(*seen).collect(), member }
                }
            });
        }
        update
    }

    /// Takes what the store did with the last update.
    pub fn next(&mut self, updated: &Updated) -> Next {
        self.tries += 1;
        match updated {
            Updated::Applied(item) => Next::Done(self.answers(item)),
            Updated::Refused(item) => {
                for (state, request) in self.states.iter_mut().zip(&self.requests) {
                    *state = State::of(request, item, self.tries < MOST_TRIES);
                }
                if self.states.iter().any(|state| matches!(state, State::Recording { .. })) {
                    return Next::Again;
                }
                Next::Done(self.answers(item))
            }
        }
    }

    /// Returns the answers, if the item was `item` before the last update.
    fn answers(&self, item: &Item) -> Vec<LogAnswer> {
        let answer = |(request, state): (&LogRequest, &State)| match (state, request.way) {
            (State::Full, _) => LogAnswer::Full,
            (State::Late, _) => LogAnswer::Late,
            (State::Recording { .. }, Way::Accepted { .. }) => LogAnswer::Accepted,
            (State::Recording { .. }, Way::Every { max }) => {
                if request.log.was_full(item, request.entry.at, max) {
                    return LogAnswer::Full;
                }
                LogAnswer::Window(request.log.entries(item, &request.entry))
            }
        };
        self.requests.iter().zip(&self.states).map(answer).collect()
    }
}

impl State {
    /// Returns how `request` stands if the item is `item`. `may_accept` is false once it failed too often to be recorded as accepted, which
    /// happens only where many are.
    fn of(LogRequest { log, way, entry }: &LogRequest, item: &Item, may_accept: bool) -> Self {
        let attributes = log.around(entry.at);
        let size = |attribute: &String| item.get(attribute).map_or(0, BTreeSet::len);
        let is_known = item.get(&attributes[0]).is_some_and(|set| set.contains(&entry.member()));
        match way {
            Way::Every { max } if !is_known && size(&attributes[0]) >= log.capacity(*max) => Self::Full,
            // Those accepted after it count as well, or a late message would come on top of them.
            Way::Accepted { max } if !is_known && (!may_accept || log.near(item, entry) >= *max) => {
                Self::Late
            }
            _ => Self::Recording { seen: attributes.each_ref().map(size) },
        }
    }
}
