//! [`SortedRecords`]: records, sorted by what can be done with them.

use std::collections::HashMap;
use std::time::Duration;

use jiff::Timestamp;

use super::queue::ReceivedRecord;
use super::record::Failed;

/// Records, sorted by what can be done with them.
#[derive(Default)]
pub(super) struct SortedRecords {
    /// Events that can be answered, oldest first.
    pub answerable: Vec<HeldEvent>,
    /// Events that are too old to be answered.
    pub expired: Vec<HeldEvent>,
    /// Events that are younger than `--older-than`.
    pub young: Vec<HeldEvent>,
    /// The error of each unreadable record.
    pub unreadable: Vec<String>,
}

/// An event with all its records in the queue.
pub(super) struct HeldEvent {
    pub failed: Failed,
    pub age: Option<Duration>,
    /// The receipt handle of each record: Lambda may write several for one event.
    pub receipts: Vec<String>,
}

impl HeldEvent {
    pub(super) fn records(&self) -> usize {
        self.receipts.len()
    }
}

impl SortedRecords {
    pub(super) fn of(received: Vec<ReceivedRecord>, now: Timestamp, older_than: Option<Duration>) -> Self {
        let mut sorted = Self::default();
        let mut seen: HashMap<String, usize> = HashMap::new();
        let mut all: Vec<HeldEvent> = Vec::new();
        for ReceivedRecord { receipt, body, queued } in received {
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
            all.push(HeldEvent { age: failed.age(now), failed, receipts: vec![receipt] });
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
