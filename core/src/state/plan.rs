//! [`Plan`]: records a message in all logs of one item, with one request unless other messages are recorded at the same time.

use std::collections::BTreeSet;

use super::log::{entries, stale};
use super::{Entry, Guard, Item, LogRequest, Update, Updated, Way};

/// The requests that record a message in logs of one item.
#[derive(Clone, Debug)]
pub struct Plan {
    key: String,
    expires: i64,
    requests: Vec<LogRequest>,
    /// How each request stands.
    states: Vec<State>,
    tries: usize,
    /// Buckets that were over long ago.
    stale: Vec<String>,
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
        let state = |request: &LogRequest| match request.way {
            Way::Every { .. } | Way::Accepted { .. } => State::Recording { seen: [0; 3] },
            Way::First { .. } | Way::Look => State::Looking,
        };
        let states = requests.iter().map(state).collect();
        Self { key, expires, requests, states, tries: 0, stale: Vec::new() }
    }

    /// Returns the update to carry out now.
    #[must_use]
    pub fn update(&self) -> Update {
        let mut update = Update::of(&self.key, self.expires);
        for (LogRequest { log, way, entry }, state) in self.requests.iter().zip(&self.states) {
            let State::Recording { seen } = state else { continue };
            let (around, member) = (log.around(entry.at), entry.member());
            let (attribute, guard) = match way {
                Way::Every { max } => {
                    let [current, ..] = around;
                    (current.clone(), Guard::fewer(current, log.capacity(*max), &member))
                }
                Way::Accepted { .. } => {
                    let sizes: Vec<_> = around.into_iter().zip(*seen).collect();
                    (sizes[0].0.clone(), Guard::Same { sizes, member: member.clone() })
                }
                Way::First { most } => (log.first(), Guard::fewer(log.first(), *most, &member)),
                Way::Look => continue,
            };
            update.adds.push((attribute, member));
            update.guards.push(guard);
            if !matches!(way, Way::First { .. }) {
                update.removes.extend(log.over(entry.at));
            }
        }
        update
    }

    /// Continues with what the store did with the last update.
    pub fn next(&mut self, updated: &Updated) -> Next {
        self.tries += 1;
        let (Updated::Applied(item) | Updated::Refused(item)) = updated;
        let at = self.requests.iter().map(|request| request.entry.at).max().unwrap_or(0);
        self.stale = stale(item, at).cloned().collect();
        for (state, request) in self.states.iter_mut().zip(&self.requests) {
            match (&state, updated) {
                (State::Answered(_), _) => {}
                (State::Recording { .. }, Updated::Applied(_)) => {
                    *state = State::Answered(answer(request, item));
                }
                _ => *state = State::of(request, item, self.tries < MOST_TRIES),
            }
        }
        let answers = self.states.iter().map(|state| match state {
            State::Answered(answer) => Some(answer.clone()),
            _ => None,
        });
        answers.collect::<Option<_>>().map_or(Next::Again, Next::Done)
    }

    /// Returns updates that remove the messages that were accepted.
    pub fn take_backs(&self) -> impl Iterator<Item = Update> {
        let accepted = |(request, state): (&LogRequest, &State)| {
            let [current, ..] = request.log.around(request.entry.at);
            (*state == State::Answered(LogAnswer::Accepted)).then(|| (current, request.entry.member()))
        };
        let update = |taken| Update { deletes: vec![taken], ..Update::of(&self.key, self.expires) };
        self.requests.iter().zip(&self.states).filter_map(accepted).map(update)
    }

    /// Returns an update that removes buckets of other logs that have been over for long, if there are many.
    #[must_use]
    pub fn cleanup(&self) -> Option<Update> {
        let removes: Vec<_> = self.stale.iter().take(3 * MOST_STALE).cloned().collect();
        (removes.len() > MOST_STALE).then(|| Update { removes, ..Update::of(&self.key, self.expires) })
    }
}

/// Returns the answer to a request that was recorded when the item was `item`.
fn answer(LogRequest { log, way, entry }: &LogRequest, item: &Item) -> LogAnswer {
    match way {
        Way::Accepted { .. } => LogAnswer::Accepted,
        Way::Every { max } if log.was_full(item, entry.at, *max) => LogAnswer::Full(log.with(item, entry)),
        Way::Every { .. } => LogAnswer::Window(log.with(item, entry)),
        Way::Look => LogAnswer::Window(log.recorded(item, entry)),
        Way::First { .. } => {
            let first = [log.first()];
            let earlier: BTreeSet<_> = entries(item, &first).filter(|other| other <= entry).collect();
            LogAnswer::Window(earlier.into_iter().collect())
        }
    }
}

impl State {
    /// Returns how `request` stands if the item is `item`. `may_accept` is false once it failed too often to be recorded as accepted, which
    /// happens only where many are.
    fn of(request: &LogRequest, item: &Item, may_accept: bool) -> Self {
        let LogRequest { log, way, entry } = request;
        let attributes = log.around(entry.at);
        let size = |attribute: &String| item.get(attribute).map_or(0, BTreeSet::len);
        let has = |attribute: &String| item.get(attribute).is_some_and(|set| set.contains(&entry.member()));
        let again = Self::Recording { seen: attributes.each_ref().map(size) };
        match way {
            Way::Every { max } if !has(&attributes[0]) && size(&attributes[0]) >= log.capacity(*max) => {
                Self::Answered(LogAnswer::Full(log.with(item, entry)))
            }
            // Those accepted after it count as well, or a late message would come on top of them.
            Way::Accepted { max }
                if !has(&attributes[0]) && (!may_accept || log.near(item, entry) >= *max) =>
            {
                Self::Answered(LogAnswer::Late)
            }
            Way::First { most } if !has(&log.first()) && size(&log.first()) < *most => again,
            Way::First { .. } | Way::Look => Self::Answered(answer(request, item)),
            Way::Every { .. } | Way::Accepted { .. } => again,
        }
    }
}
