//! Elastic channels: members are spread over sub-channels, which the service creates and closes by itself.
//!
//! A new member joins the smallest sub-channel that has room, or a new one. When members leave and a sub-channel falls below the minimum,
//! its remaining members move to another that has room for all of them, and it is closed. Its moderators then have to join again. AWS does
//! not document the details. Here, the messages of a closed sub-channel are no longer visible, and a moderator is in one sub-channel at a
//! time.

use super::{Channel, Effect, Elastic, Member, State};
use crate::local::arn::Arn;
use crate::local::refusal::{Refusal, bad_request, limit, not_found};

impl Elastic {
    /// Returns the maximum number of members of a sub-channel.
    fn target(&self) -> usize {
        usize::try_from(self.target_memberships_per_sub_channel).unwrap_or(0)
    }

    /// Returns the minimum number of members of a sub-channel: the percentage in the model, rounded up.
    fn minimum(&self) -> usize {
        let percentage = usize::try_from(self.minimum_membership_percentage).unwrap_or(0);
        (self.target() * percentage).div_ceil(100)
    }
}

/// Where a new member of a channel is placed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) enum Room {
    /// In the channel itself, which has no sub-channels.
    Undivided,
    /// In an existing sub-channel.
    In(String),
    /// In a sub-channel that has to be created.
    New,
}

impl Channel {
    /// Refuses a sub-channel that does not exist or was closed.
    pub(in super::super) fn sub_channel(&self, sub_channel: Option<&str>) -> Result<(), Refusal> {
        match sub_channel {
            Some(_) if self.elastic.is_none() => Err(bad_request("SubChannelId: the channel is not elastic")),
            Some(id) if !self.has(sub_channel) => Err(not_found(format!(
                "SubChannelId: the sub-channel {id} does not exist, or no longer exists"
            ))),
            _ => Ok(()),
        }
    }

    /// Returns the sub-channel for the new member `who`. `sub_channel` is the sub-channel that the request names, if any.
    ///
    /// # Errors
    /// If `who` may not choose a sub-channel, or every sub-channel is full.
    pub(in super::super) fn room(&self, who: &Arn, sub_channel: Option<&str>) -> Result<Room, Refusal> {
        let Some(elastic) = &self.elastic else {
            return match sub_channel {
                None => Ok(Room::Undivided),
                Some(_) => Err(bad_request("SubChannelId: the channel is not elastic")),
            };
        };
        match (sub_channel, self.moderators.contains_key(who)) {
            (Some(sub_channel), true) if self.sub_channels.contains_key(sub_channel) => {
                Ok(Room::In(sub_channel.to_owned()))
            }
            (Some(sub_channel), true) => {
                Err(not_found(format!("SubChannelId: there is no sub-channel {sub_channel}")))
            }
            (None, true) => {
                Err(bad_request("SubChannelId: a moderator has to say which sub-channel to join"))
            }
            (Some(_), false) => Err(bad_request("SubChannelId: only moderators choose their sub-channel")),
            (None, false) => {
                let open = self.sub_channels.iter().filter(|(_, members)| **members < elastic.target());
                let smallest = open.min_by_key(|(_, members)| **members);
                let may_grow = i64::try_from(self.sub_channels.len())
                    .is_ok_and(|count| count < elastic.maximum_sub_channels);
                match smallest {
                    Some((id, _)) => Ok(Room::In(id.clone())),
                    None if may_grow => Ok(Room::New),
                    None => Err(limit("MemberArn: every sub-channel of the channel is full")),
                }
            }
        }
    }
}

impl State {
    /// Returns the id of the sub-channel for `room`, if the channel has sub-channels, and counts one more member in it.
    pub(in super::super) fn take_room(&mut self, channel: &Arn, room: Room) -> Option<String> {
        let id = match room {
            Room::Undivided => return None,
            Room::In(id) => id,
            Room::New => self.ids.uuid(),
        };
        *self.channels.get_mut(channel)?.sub_channels.entry(id.clone()).or_default() += 1;
        Some(id)
    }

    /// Removes a member from a channel, and notifies all members and the removed one.
    pub(in super::super) fn leave(&mut self, channel: &Arn, who: &Arn, effects: &mut Vec<Effect>) {
        self.notify_of_membership("DELETE", channel, who, effects);
        let left = self.channels.revoke::<Member>(channel, who).and_then(|member| member.sub_channel);
        let Some(left) = left else { return };
        let Some(there) = self.channels.get_mut(channel) else { return };
        if let Some(members) = there.sub_channels.get_mut(&left) {
            *members -= 1;
        }
        if let Some(into) = there.where_to_move(&left) {
            self.close_sub_channel(channel, &left, &into, effects);
        }
    }

    fn close_sub_channel(&mut self, channel: &Arn, closed: &str, into: &str, effects: &mut Vec<Effect>) {
        let Some(there) = self.channels.get_mut(channel) else { return };
        there.sub_channels.remove(closed);
        let in_it = there.members.iter().filter(|(_, member)| member.sub_channel.as_deref() == Some(closed));
        let in_it: Vec<(Arn, bool)> =
            in_it.map(|(who, _)| (who.clone(), there.moderators.contains_key(who))).collect();
        for (who, moderator) in in_it {
            if moderator {
                self.notify_of_membership("DELETE", channel, &who, effects);
                self.channels.revoke::<Member>(channel, &who);
                continue;
            }
            let (now, Some(there)) = (self.now, self.channels.get_mut(channel)) else { return };
            if let Some(member) = there.members.get_mut(&who) {
                (member.sub_channel, member.updated) = (Some(into.to_owned()), now);
                *there.sub_channels.entry(into.to_owned()).or_default() += 1;
            }
            self.notify_of_membership("UPDATE", channel, &who, effects);
        }
    }
}

impl Channel {
    /// Returns the sub-channel to which the members of a too small sub-channel move, if one has room for them.
    fn where_to_move(&self, from: &str) -> Option<String> {
        let elastic = self.elastic.as_ref()?;
        let members = *self.sub_channels.get(from)?;
        if members >= elastic.minimum() {
            return None;
        }
        let others = self.sub_channels.iter().filter(|(id, _)| *id != from);
        let fits = others.filter(|(_, others)| **others + members <= elastic.target());
        fits.min_by_key(|(_, others)| **others).map(|(id, _)| id.clone())
    }
}
