//! Elastic channels: which sub-channel a member joins, and when one is closed.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::super::operation::Operation;
use super::{Channel, Model, NewIds};

/// How a channel is divided.
#[derive(Clone)]
pub(in super::super) struct Elastic {
    most: usize,
    target: usize,
    percentage: usize,
    /// The ids of its sub-channels, empty ones included.
    pub(in super::super) sub_channels: BTreeSet<String>,
}

/// Where a new member goes.
pub(super) enum Room {
    Undivided,
    In(String),
    New,
}

impl Elastic {
    pub(super) fn read(configuration: &Value) -> Option<Self> {
        let number = |name: &str| usize::try_from(configuration[name].as_u64()?).ok();
        Some(Self {
            most: number("MaximumSubChannels")?,
            target: number("TargetMembershipsPerSubChannel")?,
            percentage: number("MinimumMembershipPercentage")?,
            sub_channels: BTreeSet::new(),
        })
    }

    /// A new elastic channel has one sub-channel, in which nobody is.
    pub(super) fn with_one(mut self, made: &NewIds) -> Self {
        assert_eq!(made.sub_channels.len(), 1, "a new channel has one sub-channel");
        self.sub_channels.extend(made.sub_channels.iter().cloned());
        self
    }

    pub(super) fn configuration(&self) -> Value {
        json!({
            "MaximumSubChannels": self.most, "TargetMembershipsPerSubChannel": self.target,
            "MinimumMembershipPercentage": self.percentage,
        })
    }
}

impl Channel {
    pub(super) fn count(&self, sub_channel: &str) -> usize {
        self.members.values().filter(|it| it.sub_channel.as_deref() == Some(sub_channel)).count()
    }

    /// Returns whether there is this sub-channel, or none is meant.
    pub(super) fn is_open(&self, sub_channel: Option<&str>) -> bool {
        let here = |id: &str| self.elastic.as_ref().is_some_and(|it| it.sub_channels.contains(id));
        sub_channel.is_none_or(here)
    }

    pub(super) fn room(&self, who: &str, asked: Option<&str>) -> Result<Room, &'static str> {
        let Some(elastic) = &self.elastic else {
            return if asked.is_none() { Ok(Room::Undivided) } else { Err("BadRequest") };
        };
        match (asked, self.moderators.contains_key(who)) {
            (Some(id), true) if elastic.sub_channels.contains(id) => return Ok(Room::In(id.to_owned())),
            (Some(_), true) => return Err("NotFound"),
            (None, true) | (Some(_), false) => return Err("BadRequest"),
            (None, false) => {}
        }
        let mut open: Vec<_> = elastic.sub_channels.iter().map(|id| (self.count(id), id)).collect();
        open.retain(|(members, _)| *members < elastic.target);
        match open.into_iter().min() {
            Some((_, id)) => Ok(Room::In(id.clone())),
            None if elastic.sub_channels.len() < elastic.most => Ok(Room::New),
            None => Err("ResourceLimitExceeded"),
        }
    }

    pub(super) fn new_sub_channel(&mut self, made: &NewIds) -> String {
        let elastic = self.elastic.as_mut().expect("it is elastic");
        let id = made.sub_channels.iter().find(|id| !elastic.sub_channels.contains(*id));
        let id = id.expect("the service made a sub-channel").clone();
        elastic.sub_channels.insert(id.clone());
        id
    }
}

impl Model {
    /// Refuses those who do not reach the messages of the sub-channel in the request.
    pub(super) fn reaches(&self, op: &Operation) -> Result<(), &'static str> {
        let (channel, leads) = self.place(op)?;
        match (&channel.elastic, op.sub_channel.as_deref()) {
            (None, None) => Ok(()),
            (None, Some(_)) | (Some(_), None) => Err("BadRequest"),
            (Some(_), Some(id)) if leads || channel.sub_channel_of(&op.by) == Some(id) => Ok(()),
            (Some(_), Some(_)) => Err("Forbidden"),
        }
    }

    /// Moves the members of a sub-channel with too few of them to the smallest other one with room for all.
    pub(super) fn close_if_too_small(&mut self, channel: &str, left: &str) {
        let there = &self.channels[channel];
        let elastic = there.elastic.as_ref().expect("it is elastic");
        let members = there.count(left);
        let fits = |id: &&String| id.as_str() != left && there.count(id) + members <= elastic.target;
        let into = elastic.sub_channels.iter().filter(fits).map(|id| (there.count(id), id.clone())).min();
        let Some((_, into)) = into.filter(|_| members * 100 < elastic.target * elastic.percentage) else {
            return;
        };
        let there = self.channels.get_mut(channel).expect("it is there");
        there.elastic.as_mut().expect("it is elastic").sub_channels.remove(left);
        for who in self.together(channel, Some(left)) {
            if self.channels[channel].moderators.contains_key(&who) {
                // Moderators choose where they are.
                self.tell_of_member("DELETE", channel, &who);
                self.channels.get_mut(channel).expect("it is there").members.remove(&who);
                continue;
            }
            let updated = self.times.new_time();
            let there = self.channels.get_mut(channel).expect("it is there");
            let member = there.members.get_mut(&who).expect("a member");
            (member.sub_channel, member.updated) = (Some(into.clone()), updated);
            self.tell_of_member("UPDATE", channel, &who);
        }
    }
}
