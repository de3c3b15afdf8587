//! Random operations by random users, and their requests.

mod drawn;
mod request;

use serde_json::{Value, json};

/// An operation in the model's terms: people, channels and messages by their ids.
#[derive(Clone, Debug, Default)]
pub(super) struct Operation {
    pub name: &'static str,
    pub by: String,
    pub who: String,
    pub channel: String,
    pub message: String,
    /// The id of a channel flow.
    pub flow: String,
    pub sub_channel: Option<String>,
    /// The ARN of the tagged resource.
    pub resource: String,
    /// Members of a new channel, or of a batch.
    pub people: Vec<String>,
    /// The body of the request or, for a list by `GET`, its filters.
    pub input: Value,
}

pub(super) const PEOPLE: [&str; 6] = ["ann", "bob", "cy", "dee", "eve", "nobody"];
pub(super) const CHANNELS: [&str; 6] = ["five", "four", "none", "one", "three", "two"];

/// Numbers that are the same in every run.
pub(super) struct Dice(pub u64);

impl Dice {
    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    pub(super) fn pick<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }

    fn person(&mut self, stranger: &str) -> String {
        if self.below(40) == 0 {
            return stranger.to_owned();
        }
        let known = if self.below(12) == 0 { 6 } else { 5 };
        self.pick(&PEOPLE[..known]).to_owned()
    }

    fn channel(&mut self) -> String {
        let id = self.pick(&CHANNELS);
        // The channel that does not exist is named less often.
        if id == "none" && self.below(3) > 0 { "one".to_owned() } else { id.to_owned() }
    }

    fn expiration(&mut self, criteria: &[&str]) -> Value {
        let days = self.below(8);
        if (1..3).contains(&days) {
            json!({ "ExpirationDays": days, "ExpirationCriterion": self.pick(criteria) })
        } else {
            Value::Null
        }
    }
}

/// How often each operation that changes something is tried.
const CHANGES: [(usize, &str); 31] = [
    (44, "SendChannelMessage"),
    (9, "UpdateChannelMessage"),
    (5, "RedactChannelMessage"),
    (5, "DeleteChannelMessage"),
    (8, "CreateChannel"),
    (4, "UpdateChannel"),
    (1, "DeleteChannel"),
    (14, "CreateChannelMembership"),
    (5, "BatchCreateChannelMembership"),
    (6, "DeleteChannelMembership"),
    (6, "CreateChannelModerator"),
    (4, "DeleteChannelModerator"),
    (4, "CreateChannelBan"),
    (4, "DeleteChannelBan"),
    (5, "UpdateChannelReadMarker"),
    (2, "PutChannelExpirationSettings"),
    (6, "CreateAppInstanceUser"),
    (2, "UpdateAppInstanceUser"),
    (1, "DeleteAppInstanceUser"),
    (1, "PutAppInstanceUserExpirationSettings"),
    (3, "CreateAppInstanceAdmin"),
    (2, "CreateChannelFlow"),
    (2, "UpdateChannelFlow"),
    (1, "DeleteChannelFlow"),
    (4, "AssociateChannelFlow"),
    (2, "DisassociateChannelFlow"),
    (24, "ChannelFlowCallback"),
    (4, "TagResource"),
    (2, "UntagResource"),
    (4, "PutChannelMembershipPreferences"),
    (2, "DeleteAppInstanceAdmin"),
];

pub(super) const READS: [&str; 11] = [
    "DescribeChannel",
    "DescribeChannelMembership",
    "DescribeChannelModerator",
    "DescribeChannelBan",
    "DescribeAppInstanceUser",
    "DescribeAppInstanceAdmin",
    "GetChannelMessage",
    "GetChannelMessageStatus",
    "DescribeChannelFlow",
    "ListTagsForResource",
    "GetChannelMembershipPreferences",
];

type Filters = &'static [(&'static str, &'static str)];

/// The lists, each with the member that has the items and the filters that are tried.
pub(super) const LISTS: [(&str, &str, Filters); 16] = [
    ("ListAppInstanceUsers", "AppInstanceUsers", &[]),
    ("ListAppInstanceAdmins", "AppInstanceAdmins", &[]),
    ("ListChannels", "Channels", &[("privacy", "PUBLIC")]),
    ("ListChannels", "Channels", &[("privacy", "PRIVATE")]),
    ("ListChannelMembershipsForAppInstanceUser", "ChannelMemberships", &[]),
    ("ListChannelsModeratedByAppInstanceUser", "Channels", &[]),
    ("ListChannelMemberships", "ChannelMemberships", &[("type", "DEFAULT")]),
    ("ListChannelMemberships", "ChannelMemberships", &[("type", "HIDDEN")]),
    ("ListChannelModerators", "ChannelModerators", &[]),
    ("ListChannelBans", "ChannelBans", &[]),
    ("ListChannelMessages", "ChannelMessages", &[("sort-order", "ASCENDING")]),
    ("ListChannelMessages", "ChannelMessages", &[("sort-order", "DESCENDING")]),
    ("ListChannelFlows", "ChannelFlows", &[]),
    ("ListChannelsAssociatedWithChannelFlow", "Channels", &[]),
    ("ListSubChannels", "SubChannels", &[]),
    ("SearchChannels", "Channels", &[]),
];
