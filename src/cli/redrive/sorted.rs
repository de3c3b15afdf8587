//! [`Sorted`]: records by what can become of them.

use std::collections::HashMap;
use std::time::Duration;

use jiff::Timestamp;

use super::queue::Received;
use super::record::Failed;

/// Records, by what can become of them.
#[derive(Default)]
pub(super) struct Sorted {
    /// To be answered, oldest first.
    pub answerable: Vec<Held>,
    /// Too old for an answer.
    pub expired: Vec<Held>,
    /// Too young to be meddled with.
    pub young: Vec<Held>,
    /// Why each is unreadable.
    pub unreadable: Vec<String>,
}

/// An event with the records of it in the queue.
pub(super) struct Held {
    pub failed: Failed,
    pub age: Option<Duration>,
    /// One a record: Lambda may write several of one event.
    pub receipts: Vec<String>,
}

impl Held {
    /// How many records there are of it.
    pub(super) fn records(&self) -> usize {
        self.receipts.len()
    }
}

impl Sorted {
    pub(super) fn of(received: Vec<Received>, now: Timestamp, older_than: Option<Duration>) -> Self {
        let mut sorted = Self::default();
        let mut seen: HashMap<String, usize> = HashMap::new();
        let mut all: Vec<Held> = Vec::new();
        for Received { receipt, body, queued } in received {
            let failed = match Failed::read(&body, queued) {
                Ok(failed) => failed,
                Err(why) => {
                    sorted.unreadable.push(why);
                    continue;
                }
            };
            if let Some(at) = seen.get(&failed.callback) {
                all[*at].receipts.push(receipt);
                continue;
            }
            seen.insert(failed.callback.clone(), all.len());
            all.push(Held { age: failed.age(now), failed, receipts: vec![receipt] });
        }
        all.sort_by_key(|held| held.failed.since);
        for held in all {
            let young = older_than.is_some_and(|least| held.age.is_some_and(|age| age < least));
            if held.failed.is_expired(now) {
                sorted.expired.push(held);
            } else if young {
                sorted.young.push(held);
            } else {
                sorted.answerable.push(held);
            }
        }
        sorted
    }
}
