//! State over time: what rules that count record about messages, and how it is counted.
//!
//! ```text
//! LogRequest ──Plan::new──> Update ──store──> Updated ──Plan::next──> another Update, or a LogAnswer each
//! ```
//!
//! All of it is pure: a store only carries out an [`Update`] atomically and returns the item as it was before. Lambda delivers an event
//! at least once, late, and to many environments at the same time. So a log is a set of message ids with their times, and no counter:
//! what is recorded twice counts once. Windows go by the time of the message, and a message counts only what is not later than itself, so
//! that every delivery of it is decided alike.

mod duration;
mod key;
mod log;
mod memory;
mod plan;
mod strike;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub(crate) use self::duration::{DURATION, parse_duration, show_duration};
pub use self::key::Key;
pub(crate) use self::key::{DIGITS, PRIME, base64, from_base64};
pub use self::log::{Entry, Log, LogRequest, Recording};
pub use self::memory::Memory;
pub use self::plan::{LogAnswer, Next, Plan};
pub use self::strike::Strike;

/// The members of an attribute.
type Members = BTreeSet<String>;

/// The attributes of an item, each a set of members that is not empty.
pub type Item = BTreeMap<String, Members>;

/// The most bytes that rules may fill an item with. `DynamoDB` takes 400 KB, with the key and the expiry.
pub(crate) const MOST_BYTES: usize = 380 * 1024;

/// A change of one item, which a store makes atomically if every guard holds. An item that does not exist has no attributes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Update {
    /// The key of the item.
    pub key: String,
    /// When the store may remove the item, in seconds since 1970.
    pub expires: i64,
    /// Members to add, by attribute. An attribute may occur more than once.
    pub adds: Vec<(String, String)>,
    /// Attributes to remove. None of them is in `adds`.
    pub removes: Vec<String>,
    /// Members to remove, by attribute. None of these attributes is in `adds` or `removes`.
    pub deletes: Vec<(String, String)>,
    /// The conditions, all of which must hold.
    pub guards: Vec<Guard>,
}

impl Update {
    /// Returns an update of the item with `key` that only says when it expires, in seconds since 1970.
    #[must_use]
    pub fn of(key: &str, expires: i64) -> Self {
        let (adds, removes, deletes, guards) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { key: key.to_owned(), expires, adds, removes, deletes, guards }
    }

    /// Makes the change of `item`, whatever the guards say.
    pub fn apply(&self, item: &mut Item) {
        for (attribute, member) in &self.adds {
            add(item, attribute, member);
        }
        for attribute in &self.removes {
            item.remove(attribute);
        }
        for (attribute, member) in &self.deletes {
            let Some(set) = item.get_mut(attribute) else { continue };
            set.remove(member);
            // As in `DynamoDB`, no set is empty.
            if set.is_empty() {
                item.remove(attribute);
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

/// A condition on an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Guard {
    /// `attribute` has fewer than `than` members, or holds `member`.
    Fewer {
        /// The attribute.
        attribute: String,
        /// The number of members from which the guard does not hold.
        than: usize,
        /// The member that may be there already.
        member: String,
    },
    /// Each attribute has exactly this many members, or the first one holds `member`.
    Same {
        /// Attributes and their numbers of members.
        sizes: Vec<(String, usize)>,
        /// The member that may be there already.
        member: String,
    },
}

impl Guard {
    fn fewer(attribute: String, than: usize, member: &str) -> Self {
        Self::Fewer { attribute, than, member: member.to_owned() }
    }

    /// Returns whether the condition holds for `item`.
    #[must_use]
    pub fn holds(&self, item: &Item) -> bool {
        let size = |attribute: &str| item.get(attribute).map_or(0, BTreeSet::len);
        let has = |attribute: &str, member: &str| item.get(attribute).is_some_and(|set| set.contains(member));
        match self {
            Self::Fewer { attribute, than, member } => size(attribute) < *than || has(attribute, member),
            Self::Same { sizes, member } => {
                sizes.iter().all(|(attribute, expected)| size(attribute) == *expected)
                    || sizes.first().is_some_and(|(attribute, _)| has(attribute, member))
            }
        }
    }
}

/// What a store did with an [`Update`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Updated {
    /// It made the change. This is the item as it was before.
    Applied(Item),
    /// A guard did not hold, and nothing changed. This is the item.
    Refused(Item),
}

/// The error of a store that did not answer, or refused the update.
#[derive(Clone, Debug, Default, PartialEq, Eq, thiserror::Error)]
#[error("the store did not answer")]
pub struct Unavailable {
    /// The result of the update in the memory of this process, which has only the messages that this process received.
    pub seen: Option<Updated>,
}
