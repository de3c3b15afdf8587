//! What people are to channels: members, moderators, banned; and the same read the other way round.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Ban, Membership, Moderator, State};
use crate::local::arn::Arn;

/// The channels that somebody is something to. It is kept with what channels say of people, so that nobody has to look through all
/// of them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(in super::super) struct Places {
    pub member: BTreeSet<Arn>,
    pub moderator: BTreeSet<Arn>,
    pub banned: BTreeSet<Arn>,
}

impl Places {
    fn is_empty(&self) -> bool {
        self.member.is_empty() && self.moderator.is_empty() && self.banned.is_empty()
    }
}

impl State {
    /// The channels that `who` is something to.
    pub(in super::super) fn places(&self, who: &Arn) -> &Places {
        static NONE: Places =
            Places { member: BTreeSet::new(), moderator: BTreeSet::new(), banned: BTreeSet::new() };
        self.places.get(who).unwrap_or(&NONE)
    }

    /// Makes `who` a member of a channel that is there.
    pub(in super::super) fn add_member(&mut self, channel: &Arn, who: &Arn, membership: Membership) {
        if let Some(there) = self.channels.get_mut(channel) {
            there.members.insert(who.clone(), membership);
            self.places.entry(who.clone()).or_default().member.insert(channel.clone());
        }
    }

    /// Ends a membership.
    pub(in super::super) fn drop_member(&mut self, channel: &Arn, who: &Arn) -> Option<Membership> {
        let dropped = self.channels.get_mut(channel)?.members.remove(who);
        self.change_places(who, |places| places.member.remove(channel));
        dropped
    }

    /// Makes `who` a moderator of a channel that is there.
    pub(in super::super) fn add_moderator(&mut self, channel: &Arn, who: &Arn, moderator: Moderator) {
        if let Some(there) = self.channels.get_mut(channel) {
            there.moderators.insert(who.clone(), moderator);
            self.places.entry(who.clone()).or_default().moderator.insert(channel.clone());
        }
    }

    /// Takes a moderator's role away.
    pub(in super::super) fn drop_moderator(&mut self, channel: &Arn, who: &Arn) -> Option<Moderator> {
        let dropped = self.channels.get_mut(channel)?.moderators.remove(who);
        self.change_places(who, |places| places.moderator.remove(channel));
        dropped
    }

    /// Bans `who` from a channel that is there.
    pub(in super::super) fn add_ban(&mut self, channel: &Arn, who: &Arn, ban: Ban) {
        if let Some(there) = self.channels.get_mut(channel) {
            there.bans.insert(who.clone(), ban);
            self.places.entry(who.clone()).or_default().banned.insert(channel.clone());
        }
    }

    /// Lifts a ban.
    pub(in super::super) fn drop_ban(&mut self, channel: &Arn, who: &Arn) -> Option<Ban> {
        let dropped = self.channels.get_mut(channel)?.bans.remove(who);
        self.change_places(who, |places| places.banned.remove(channel));
        dropped
    }

    /// Forgets a channel with all that is in it. What a flow has of it comes to nothing.
    pub(in super::super) fn forget_channel(&mut self, arn: &Arn) {
        let Some(channel) = self.channels.remove(arn) else { return };
        for who in channel.members.keys() {
            self.change_places(who, |places| places.member.remove(arn));
        }
        for who in channel.moderators.keys() {
            self.change_places(who, |places| places.moderator.remove(arn));
        }
        for who in channel.bans.keys() {
            self.change_places(who, |places| places.banned.remove(arn));
        }
        self.tags.remove(arn);
        self.processing.forget_channel(arn);
        self.forget_held();
    }

    fn change_places(&mut self, who: &Arn, change: impl FnOnce(&mut Places) -> bool) {
        if let Some(places) = self.places.get_mut(who) {
            change(places);
            if places.is_empty() {
                self.places.remove(who);
            }
        }
    }
}
