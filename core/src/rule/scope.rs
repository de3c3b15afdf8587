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
}

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
}
