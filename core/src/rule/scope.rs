//! [`Scope`]: whose messages and which channels a rule is about.

use std::sync::Arc;

use super::patterns::Patterns;
use crate::message::Message;

/// Whose messages and which channels a rule is about.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// Senders: `from`.
    pub from: Option<Group>,
    /// Channels: `in`.
    pub channels: Option<Group>,
}

/// Why a rule is not about a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outside {
    /// Because of who sent it.
    From,
    /// Because of the channel it was sent to.
    In,
}

impl Scope {
    /// Why the rule is not about `message`, if it is not.
    #[must_use]
    pub fn excludes(&self, message: &Message) -> Option<Outside> {
        let outside =
            |group: &Option<Group>, arn: &str| group.as_ref().is_some_and(|group| !group.holds(arn));
        if outside(&self.from, &message.sender) {
            return Some(Outside::From);
        }
        outside(&self.channels, &message.channel).then_some(Outside::In)
    }

    /// Whether it holds every message that `other` holds, as far as patterns tell.
    pub(crate) fn covers(&self, other: &Self) -> bool {
        let covers = |wide: &Option<Group>, narrow: &Option<Group>| match (wide, narrow) {
            (None, _) => true,
            (Some(wide), None) => !wide.except && wide.lists_everybody(),
            (Some(wide), Some(narrow)) => wide.covers(narrow),
        };
        covers(&self.from, &other.from) && covers(&self.channels, &other.channels)
    }

    /// Whether no message is in both, as far as patterns tell.
    pub(crate) fn is_apart_from(&self, other: &Self) -> bool {
        let apart = |one: &Option<Group>, other: &Option<Group>| {
            one.as_ref().zip(other.as_ref()).is_some_and(|(one, other)| one.is_apart_from(other))
        };
        apart(&self.from, &other.from) || apart(&self.channels, &other.channels)
    }
}

/// How many patterns, or pairs of them, are compared to tell how groups stand to each other. Of larger groups it is not known.
const MOST: usize = 4096;

/// Senders or channels, by the names of groups or by patterns.
#[derive(Clone, Debug)]
pub struct Group {
    /// As written: the names and patterns.
    pub names: Vec<String>,
    /// Whether it is everybody but these.
    pub except: bool,
    /// The patterns of each group that is named, and those that stand in the rule itself.
    members: Vec<Arc<Patterns>>,
}

impl Group {
    /// The senders or channels that `members` fit, or everybody `except` these, called `names` in the rules file.
    pub(crate) fn new(names: Vec<String>, except: bool, members: Vec<Arc<Patterns>>) -> Self {
        Self { names, except, members }
    }

    /// Whether the group holds the sender or channel with `arn`.
    #[must_use]
    pub fn holds(&self, arn: &str) -> bool {
        self.members.iter().any(|patterns| patterns.hold(arn)) != self.except
    }

    /// Whether what it lists is everybody, to hold them or to except them.
    pub(crate) fn lists_everybody(&self) -> bool {
        self.members.iter().any(|patterns| patterns.hold_everything())
    }

    fn covers(&self, other: &Self) -> bool {
        match (self.except, other.except) {
            (false, false) => self.lists_all_of(other),
            (true, true) => other.lists_all_of(self),
            (true, false) => self.lists_nothing_of(other),
            (false, true) => self.lists_everybody(),
        }
    }

    fn is_apart_from(&self, other: &Self) -> bool {
        match (self.except, other.except) {
            (false, false) => self.lists_nothing_of(other),
            (true, false) => self.lists_all_of(other),
            (false, true) => other.lists_all_of(self),
            (true, true) => false,
        }
    }

    /// Whether the patterns of `other` fit nothing that its own do not fit.
    fn lists_all_of(&self, other: &Self) -> bool {
        self.lists_everybody()
            || other.members.iter().all(|theirs| {
                let same = self.members.iter().any(|ours| Arc::ptr_eq(ours, theirs));
                let covered = |pattern: &String| self.members.iter().any(|ours| ours.cover(pattern));
                same || theirs.all().len() <= MOST && theirs.all().iter().all(covered)
            })
    }

    /// Whether the patterns of `other` and its own fit nothing in common.
    fn lists_nothing_of(&self, other: &Self) -> bool {
        let patterns =
            |group: &Self| group.members.iter().map(|patterns| patterns.all().len()).sum::<usize>();
        patterns(self) * patterns(other) <= MOST
            && self.members.iter().all(|ours| other.members.iter().all(|theirs| ours.are_apart_from(theirs)))
    }
}
