//! [`Scope`]: the senders and channels that a rule applies to.

use std::sync::Arc;

use super::patterns::Patterns;
use crate::message::Message;

/// The senders and channels that a rule applies to.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// Senders: `from`.
    pub from: Option<Group>,
    /// Channels: `in`.
    pub channels: Option<Group>,
}

/// Why a rule does not apply to a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outside {
    /// Because of the sender.
    From,
    /// Because of the channel.
    In,
}

impl Scope {
    /// Returns why the rule does not apply to `message`; `None` if it does.
    pub(crate) fn excludes(&self, message: &Message) -> Option<Outside> {
        let outside =
            |group: &Option<Group>, arn: &str| group.as_ref().is_some_and(|group| !group.holds(arn));
        if outside(&self.from, &message.sender) {
            return Some(Outside::From);
        }
        outside(&self.channels, &message.channel).then_some(Outside::In)
    }

    /// Returns whether the patterns show that this scope includes every message that `other` includes.
    pub(crate) fn covers(&self, other: &Self) -> bool {
        let covers = |wide: &Option<Group>, narrow: &Option<Group>| match (wide, narrow) {
            (None, _) => true,
            (Some(wide), None) => !wide.except && wide.lists_everybody(),
            (Some(wide), Some(narrow)) => wide.covers(narrow),
        };
        covers(&self.from, &other.from) && covers(&self.channels, &other.channels)
    }

    /// Returns whether the patterns show that no message is in both scopes.
    pub(crate) fn is_apart_from(&self, other: &Self) -> bool {
        let apart = |one: &Option<Group>, other: &Option<Group>| {
            one.as_ref().zip(other.as_ref()).is_some_and(|(one, other)| one.is_apart_from(other))
        };
        apart(&self.from, &other.from) || apart(&self.channels, &other.channels)
    }
}

/// The maximum number of patterns, or of pairs of patterns, that are compared. The relation of larger groups counts as unknown.
const MAX_COMPARED: usize = 4096;

/// Senders or channels, given by names of groups or by patterns.
#[derive(Clone, Debug)]
pub struct Group {
    /// The names and patterns as written.
    pub names: Vec<String>,
    /// Whether the group consists of everybody or everything that the patterns do not match.
    pub except: bool,
    /// The patterns of each named group, and those in the rule itself.
    members: Vec<Arc<Patterns>>,
}

impl Group {
    /// Creates the group of the senders or channels that `members` match or, with `except`, do not match. `names` are the names and
    /// patterns as written in the rules file.
    pub(crate) fn new(names: Vec<String>, except: bool, members: Vec<Arc<Patterns>>) -> Self {
        Self { names, except, members }
    }

    /// Returns whether the group contains the sender or channel with the ARN `arn`.
    #[must_use]
    pub fn holds(&self, arn: &str) -> bool {
        self.members.iter().any(|patterns| patterns.hold(arn)) != self.except
    }

    /// Returns whether a pattern matches everybody, so that the group includes or excludes everybody.
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

    /// Returns whether its patterns match everything that the patterns of `other` match.
    fn lists_all_of(&self, other: &Self) -> bool {
        self.lists_everybody()
            || other.members.iter().all(|theirs| {
                let same = self.members.iter().any(|ours| Arc::ptr_eq(ours, theirs));
                let covered = |pattern: &String| self.members.iter().any(|ours| ours.cover(pattern));
                same || theirs.all().len() <= MAX_COMPARED && theirs.all().iter().all(covered)
            })
    }

    /// Returns whether no ARN matches both its patterns and those of `other`.
    fn lists_nothing_of(&self, other: &Self) -> bool {
        let patterns =
            |group: &Self| group.members.iter().map(|patterns| patterns.all().len()).sum::<usize>();
        patterns(self) * patterns(other) <= MAX_COMPARED
            && self.members.iter().all(|ours| other.members.iter().all(|theirs| ours.are_apart_from(theirs)))
    }
}
