//! [`Strike`]: what rules gave a sender for a message.

use std::collections::BTreeMap;

use super::{Entry, Guard, Log, Update};

/// The strikes for one message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strike {
    /// When the message was sent, in milliseconds since 1970.
    pub at: i64,
    /// Identifies the message among those of the same millisecond.
    pub id: String,
    /// How many strikes.
    pub weight: u32,
}

/// The most messages with strikes in a bucket of a sender's log.
const MOST: usize = 100;

/// The lengths that a log of strikes may have, so that it survives small changes of the rules: an hour, a day, a week, a month, a year,
/// two years.
const LENGTHS: [i64; 6] = [1, 24, 7 * 24, 31 * 24, 366 * 24, 2 * 366 * 24];

impl Strike {
    /// Returns the log of strikes for rules that look `within` milliseconds back.
    #[must_use]
    pub fn log(within: i64) -> Log {
        let hour = 60 * 60 * 1000;
        let length = LENGTHS.iter().map(|hours| hours * hour).find(|length| within <= *length);
        Log::of_all("strikes".to_owned(), length.unwrap_or(within))
    }

    /// Returns how many bytes of an item the log of the strikes of a sender takes at most.
    pub(crate) fn most_bytes(log: &Log) -> usize {
        log.most_bytes(MOST, 16)
    }

    /// Returns the update that records it in `log` of the item with `key`. A log that is full takes no more.
    #[must_use]
    pub fn update(&self, log: &Log, key: &str, expires: i64) -> Update {
        let current = log.current(self.at);
        let member = Entry { at: self.at, id: format!("{}-{}", self.id, self.weight) }.member();
        Update {
            guards: vec![Guard::fewer(current.clone(), MOST, &member)],
            adds: vec![(current, member)],
            removes: log.over(self.at).to_vec(),
            ..Update::of(key, expires)
        }
    }

    /// Reads the entries of a log of strikes. A message that was judged twice, by different rules, counts with the larger number of strikes.
    #[must_use]
    pub fn read(entries: &[Entry]) -> Vec<Self> {
        let mut strikes = BTreeMap::new();
        for Entry { at, id } in entries {
            let Some((id, weight)) = id.split_once('-') else { continue };
            let most: &mut u32 = strikes.entry((*at, id.to_owned())).or_default();
            *most = weight.parse().unwrap_or(0).max(*most);
        }
        strikes.into_iter().map(|((at, id), weight)| Self { at, id, weight }).collect()
    }
}
