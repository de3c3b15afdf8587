//! [`Memory`]: a store in memory.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Item, Update, Updated};

/// Items in memory, by their keys, with the second from which on each is gone.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Memory {
    items: BTreeMap<String, (i64, Item)>,
}

impl Memory {
    /// Makes the change `update` at `now`, in seconds since 1970.
    pub fn update(&mut self, update: &Update, now: i64) -> Updated {
        let (expires, item) = self.items.entry(update.key.clone()).or_default();
        if *expires <= now {
            item.clear();
        }
        let before = item.clone();
        if !update.guards.iter().all(|guard| guard.holds(&before)) {
            return Updated::Refused(before);
        }
        *expires = update.expires.max(*expires);
        for (attribute, member) in &update.adds {
            item.entry(attribute.clone()).or_default().insert(member.clone());
        }
        for attribute in &update.removes {
            item.remove(attribute);
        }
        for (attribute, member) in &update.deletes {
            if let Some(set) = item.get_mut(attribute) {
                set.remove(member);
            }
        }
        // As in DynamoDB, no set is empty.
        item.retain(|_, set| !set.is_empty());
        Updated::Applied(before)
    }
}
