//! [`Memory`]: a store in memory.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize, Serializer};

use super::{Item, Update, Updated};

/// Items in memory, by their keys, with the second at which each expires.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Memory {
    #[serde(serialize_with = "in_order")]
    items: HashMap<String, (i64, Item)>,
}

/// Writes items in the order of their keys, so that the same items are always written alike.
fn in_order<S: Serializer>(items: &HashMap<String, (i64, Item)>, serializer: S) -> Result<S::Ok, S::Error> {
    items.iter().collect::<BTreeMap<_, _>>().serialize(serializer)
}

impl Memory {
    /// Returns whether it holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Makes the change `update` at `now`, in seconds since 1970.
    pub fn update(&mut self, update: &Update, now: i64) -> Updated {
        let (expires, item) = self.item(&update.key, now);
        let before = item.clone();
        if !update.guards.iter().all(|guard| guard.holds(item)) {
            return Updated::Refused(before);
        }
        *expires = update.expires.max(*expires);
        update.apply(item);
        Updated::Applied(before)
    }

    /// Makes the change `update` at `now`, and does not say what was there.
    pub(crate) fn change(&mut self, update: &Update, now: i64) {
        let (expires, item) = self.item(&update.key, now);
        if update.guards.iter().all(|guard| guard.holds(item)) {
            *expires = update.expires.max(*expires);
            update.apply(item);
        }
    }

    /// Returns when the item with `key` expires, and the item, at `now`.
    pub(super) fn item(&mut self, key: &str, now: i64) -> (&mut i64, &mut Item) {
        let (expires, item) = self.items.entry(key.to_owned()).or_default();
        if *expires <= now {
            item.clear();
        }
        (expires, item)
    }

    /// Copies the item of another store, which answered `update` with `updated`.
    pub fn copy(&mut self, update: &Update, updated: &Updated) {
        let item = match updated {
            Updated::Applied(before) => {
                let mut item = before.clone();
                update.apply(&mut item);
                item
            }
            Updated::Refused(item) => item.clone(),
        };
        let (expires, known) = self.items.entry(update.key.clone()).or_default();
        *expires = update.expires.max(*expires);
        *known = item;
    }

    /// Removes the items that have expired at `now`, in seconds since 1970.
    pub fn remove_expired(&mut self, now: i64) {
        self.items.retain(|_, (expires, _)| *expires > now);
    }

    /// Makes room if there are more than `most` items: removes those that have expired at `now`, in seconds since 1970, and all of them if more
    /// than half would be left.
    pub fn shrink(&mut self, most: usize, now: i64) {
        if self.items.len() <= most {
            return;
        }
        self.remove_expired(now);
        if self.items.len() > most / 2 {
            self.items.clear();
        }
    }
}
