//! [`Channels`]: the channels, and an index of the roles that each user has in them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use serde::{Deserialize, Serialize};

use super::{Channel, Grant, Membership};
use crate::local::arn::Arn;
use crate::local::refusal::{Refusal, forbidden};
use crate::local::time::Timestamp;

/// The channels, and an index of the roles that each user has in them.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Channels {
    pub(super) channels: BTreeMap<Arn, Channel>,
    pub(super) places: BTreeMap<Arn, Places>,
}

/// The channels in which a user has a role. This index is updated together with the channels, so that no operation has to search all of
/// them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(in super::super) struct Places {
    pub member: BTreeSet<Arn>,
    pub moderator: BTreeSet<Arn>,
    pub banned: BTreeSet<Arn>,
}

/// A role that a user can have in a channel.
pub(in super::super) trait Role {
    /// What a channel stores for each user with the role.
    type Record;

    /// Returns the users who have the role in a channel.
    fn of(channel: &Channel) -> &BTreeMap<Arn, Self::Record>;

    /// Returns the users who have the role in a channel, for changing them.
    fn of_mut(channel: &mut Channel) -> &mut BTreeMap<Arn, Self::Record>;

    /// Returns the channels in which a user has the role.
    fn at(places: &mut Places) -> &mut BTreeSet<Arn>;
}

/// The role of a channel's members.
#[derive(Debug)]
pub(in super::super) enum Member {}

impl Role for Member {
    type Record = Membership;

    fn of(channel: &Channel) -> &BTreeMap<Arn, Membership> {
        &channel.members
    }

    fn of_mut(channel: &mut Channel) -> &mut BTreeMap<Arn, Membership> {
        &mut channel.members
    }

    fn at(places: &mut Places) -> &mut BTreeSet<Arn> {
        &mut places.member
    }
}

/// The role of a channel's moderators.
#[derive(Debug)]
pub(in super::super) enum Moderator {}

impl Role for Moderator {
    type Record = Grant;

    fn of(channel: &Channel) -> &BTreeMap<Arn, Grant> {
        &channel.moderators
    }

    fn of_mut(channel: &mut Channel) -> &mut BTreeMap<Arn, Grant> {
        &mut channel.moderators
    }

    fn at(places: &mut Places) -> &mut BTreeSet<Arn> {
        &mut places.moderator
    }
}

/// The role of users who are banned from a channel.
#[derive(Debug)]
pub(in super::super) enum Ban {}

impl Role for Ban {
    type Record = Grant;

    fn of(channel: &Channel) -> &BTreeMap<Arn, Grant> {
        &channel.bans
    }

    fn of_mut(channel: &mut Channel) -> &mut BTreeMap<Arn, Grant> {
        &mut channel.bans
    }

    fn at(places: &mut Places) -> &mut BTreeSet<Arn> {
        &mut places.banned
    }
}

impl Channels {
    pub(in super::super) fn all(&self) -> &BTreeMap<Arn, Channel> {
        &self.channels
    }

    /// Returns the channel with this ARN.
    ///
    /// # Errors
    /// If there is none. The AWS services return the same error for a channel that the caller may not see.
    pub(in super::super) fn channel(&self, arn: &Arn) -> Result<&Channel, Refusal> {
        self.channels.get(arn).ok_or_else(|| no_channel(arn))
    }

    pub(in super::super) fn channel_mut(&mut self, arn: &Arn) -> Result<&mut Channel, Refusal> {
        self.channels.get_mut(arn).ok_or_else(|| no_channel(arn))
    }

    pub(in super::super) fn get(&self, arn: &Arn) -> Option<&Channel> {
        self.channels.get(arn)
    }

    pub(in super::super) fn get_mut(&mut self, arn: &Arn) -> Option<&mut Channel> {
        self.channels.get_mut(arn)
    }

    /// Returns the channels of an app instance whose ARNs come after `start`, ordered by ARN.
    pub(in super::super) fn of<'s>(
        &'s self,
        instance: &Arn,
        start: Bound<&str>,
    ) -> impl Iterator<Item = (&'s Arn, &'s Channel)> + use<'s> {
        let prefix = instance.child("channel", "");
        let start = match start {
            Bound::Unbounded => Bound::Included(prefix.as_str()),
            start => start,
        };
        let from = self.channels.range::<str, _>((start, Bound::Unbounded));
        from.take_while(move |(arn, _)| arn.as_str().starts_with(prefix.as_str()))
    }

    /// Returns the channels associated with a flow whose ARNs come after `start`.
    pub(in super::super) fn with_flow<'s>(
        &'s self,
        flow: &'s Arn,
        start: Bound<&str>,
    ) -> impl Iterator<Item = (&'s Arn, &'s Channel)> {
        let here = flow.instance().map(|instance| self.of(&instance, start));
        here.into_iter().flatten().filter(move |(_, channel)| channel.flow.as_ref() == Some(flow))
    }

    /// Returns the channels in which `who` has a role.
    pub(in super::super) fn places(&self, who: &Arn) -> &Places {
        static NONE: Places =
            Places { member: BTreeSet::new(), moderator: BTreeSet::new(), banned: BTreeSet::new() };
        self.places.get(who).unwrap_or(&NONE)
    }

    /// Adds a channel in which nobody has a role yet.
    pub(in super::super) fn insert(&mut self, arn: Arn, channel: Channel) {
        self.channels.insert(arn, channel);
    }

    /// Gives `who` a role in an existing channel.
    pub(in super::super) fn assign<R: Role>(&mut self, channel: &Arn, who: &Arn, record: R::Record) {
        if let Some(there) = self.channels.get_mut(channel) {
            R::of_mut(there).insert(who.clone(), record);
            R::at(self.places.entry(who.clone()).or_default()).insert(channel.clone());
        }
    }

    /// Removes the role of `who` in a channel. Returns what was stored for it.
    pub(in super::super) fn revoke<R: Role>(&mut self, channel: &Arn, who: &Arn) -> Option<R::Record> {
        let revoked = R::of_mut(self.channels.get_mut(channel)?).remove(who);
        self.leave_place::<R>(channel, who);
        revoked
    }

    /// Removes a channel and everything in it. Returns whether it existed.
    pub(in super::super) fn remove(&mut self, arn: &Arn) -> bool {
        let Some(channel) = self.channels.remove(arn) else { return false };
        channel.members.keys().for_each(|who| self.leave_place::<Member>(arn, who));
        channel.moderators.keys().for_each(|who| self.leave_place::<Moderator>(arn, who));
        channel.bans.keys().for_each(|who| self.leave_place::<Ban>(arn, who));
        true
    }

    /// Deletes the messages of an app instance's channels that were sent before `oldest`.
    pub(super) fn delete_messages_before(&mut self, instance: &Arn, oldest: Timestamp) {
        let first = instance.child("channel", "");
        let here = self.channels.range_mut(first.clone()..);
        for (_, channel) in here.take_while(|(arn, _)| arn.as_str().starts_with(first.as_str())) {
            let kept = channel.messages.split_off(&oldest);
            for message in std::mem::replace(&mut channel.messages, kept).values() {
                channel.message_keys.remove(&message.id);
            }
        }
    }

    fn leave_place<R: Role>(&mut self, channel: &Arn, who: &Arn) {
        if let Some(places) = self.places.get_mut(who) {
            R::at(places).remove(channel);
            if places.is_empty() {
                self.places.remove(who);
            }
        }
    }
}

impl Places {
    fn is_empty(&self) -> bool {
        self.member.is_empty() && self.moderator.is_empty() && self.banned.is_empty()
    }
}

fn no_channel(arn: &Arn) -> Refusal {
    forbidden(format!("ChannelArn: there is no channel {arn}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::local::state::Identity;

    fn arn(rest: &str) -> Arn {
        Arn::new(&format!("arn:aws:chime:us-east-1:1:app-instance/{rest}"))
    }

    fn ann() -> Identity {
        Identity { arn: arn("one/user/ann"), name: None }
    }

    /// Returns channels `a` and `b` of one app instance and `c` of another.
    fn channels() -> Channels {
        let mut channels = Channels::default();
        for name in ["one/channel/a", "one/channel/b", "two/channel/c"] {
            channels.insert(arn(name), Channel::new("", ann(), Timestamp::default()));
        }
        channels
    }

    fn grant() -> Grant {
        Grant { created_by: ann(), created: Timestamp::default() }
    }

    #[test]
    fn places_agree_with_channels() {
        let (mut channels, ann) = (channels(), arn("one/user/ann"));
        let (a, b) = (arn("one/channel/a"), arn("one/channel/b"));
        channels.assign::<Moderator>(&a, &ann, grant());
        channels.assign::<Moderator>(&b, &ann, grant());
        channels.assign::<Ban>(&b, &ann, grant());
        channels.assign::<Ban>(&arn("one/channel/gone"), &ann, grant());
        assert_eq!((channels.places(&ann).moderator.len(), channels.places(&ann).banned.len()), (2, 1));
        assert!(channels.revoke::<Moderator>(&a, &ann).is_some());
        assert!(channels.revoke::<Moderator>(&a, &ann).is_none());
        assert!(channels.remove(&b) && !channels.remove(&b));
        assert!(channels.places.is_empty(), "who is nothing to any channel is not kept");
    }

    #[test]
    fn channels_are_listed_by_app_instance() {
        let mut channels = channels();
        let names = |channels: &Channels, start: Bound<&str>| {
            channels.of(&arn("one"), start).map(|(arn, _)| arn.clone()).collect::<Vec<_>>()
        };
        let (a, b) = (arn("one/channel/a"), arn("one/channel/b"));
        assert_eq!(names(&channels, Bound::Unbounded), [a.clone(), b.clone()]);
        assert_eq!(names(&channels, Bound::Excluded(a.as_str())), std::slice::from_ref(&b));
        let flow = arn("one/channel-flow/f");
        channels.channel_mut(&b).unwrap().flow = Some(flow.clone());
        assert!(channels.with_flow(&flow, Bound::Unbounded).map(|(arn, _)| arn).eq([&b]));
    }
}
