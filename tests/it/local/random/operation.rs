//! Random operations by random people, and the requests that they are.

use serde_json::{Value, json};

use super::model::Model;
use crate::local::client::encoded;

/// An operation in the model's terms: people, channels and messages by their ids.
#[derive(Clone, Debug, Default)]
pub(super) struct Operation {
    pub name: &'static str,
    pub by: String,
    pub who: String,
    pub channel: String,
    pub message: String,
    /// Members of a new channel, or of a batch.
    pub people: Vec<String>,
    /// The body of the request or, for a list, its filters.
    pub input: Value,
}

pub(super) const PEOPLE: [&str; 6] = ["ann", "bob", "cy", "dee", "eve", "nobody"];
pub(super) const CHANNELS: [&str; 5] = ["four", "none", "one", "three", "two"];

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
        // The channel that is never made is named less often.
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
const CHANGES: [(usize, &str); 22] = [
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
    (2, "DeleteAppInstanceAdmin"),
];

pub(super) const READS: [&str; 8] = [
    "DescribeChannel",
    "DescribeChannelMembership",
    "DescribeChannelModerator",
    "DescribeChannelBan",
    "DescribeAppInstanceUser",
    "DescribeAppInstanceAdmin",
    "GetChannelMessage",
    "GetChannelMessageStatus",
];

type Filters = &'static [(&'static str, &'static str)];

/// The lists, each with the member that has the items and the filters that are tried.
pub(super) const LISTS: [(&str, &str, Filters); 12] = [
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
];

impl Operation {
    /// Returns an operation that may or may not succeed. `messages` are the ids of messages that were sent.
    pub(super) fn random(
        model: &Model,
        dice: &mut Dice,
        stranger: &str,
        messages: &[String],
        step: usize,
    ) -> Self {
        let mut left = dice.below(CHANGES.iter().map(|(weight, _)| weight).sum());
        let chosen = CHANGES.iter().find(|(weight, _)| {
            let is_it = left < *weight;
            left = left.saturating_sub(*weight);
            is_it
        });
        let name = chosen.expect("one of them").1;
        // Ann leads most channels, so most of her requests succeed.
        let by = if dice.below(3) == 0 { "ann".to_owned() } else { dice.person(stranger) };
        let (who, channel) = (dice.person(stranger), dice.channel());
        // Most send to where they are members.
        let home = model.channels.iter().find(|(_, it)| it.has(&by) && dice.below(2) == 0);
        let channel = home.filter(|_| name.ends_with("Message")).map_or(channel, |(id, _)| id.clone());
        let message = messages[messages.len().saturating_sub(1 + dice.below(12))].clone();
        let mut op = Self { name, by, who, channel, message, ..Self::default() };
        let token =
            if dice.below(4) == 0 { format!("token-{}", dice.below(3)) } else { format!("own-{step}") };
        let member = model.user_arn(&op.who);
        op.input = match name {
            "SendChannelMessage" => {
                let kind = dice.pick(&["STANDARD", "STANDARD", "STANDARD", "CONTROL"]);
                let length = dice.pick(&[1, 2, 5, 30, 30, 31, 4096, 4097]);
                let target = (dice.below(5) == 0).then(|| json!([{ "MemberArn": member }]));
                json!({
                    "Content": "x".repeat(length), "Type": kind, "Persistence": dice.pick(&["PERSISTENT", "PERSISTENT", "NON_PERSISTENT"]),
                    "Metadata": dice.pick(&[None, Some("m")]), "Target": target, "ClientRequestToken": token,
                })
            }
            "UpdateChannelMessage" => {
                json!({ "Content": "y".repeat(dice.pick(&[2, 31, 4097])), "Metadata": dice.pick(&[None, Some("n")]) })
            }
            "CreateChannel" => {
                op.people = (0..dice.below(3)).map(|_| dice.person(stranger)).collect();
                op.people.sort();
                op.people.dedup();
                let members: Vec<_> = op.people.iter().map(|who| model.user_arn(who)).collect();
                json!({
                    "AppInstanceArn": model.app, "ChannelId": op.channel, "Name": format!("name {}", dice.below(2)),
                    "Mode": dice.pick(&[None, Some("RESTRICTED"), Some("UNRESTRICTED")]),
                    "Privacy": dice.pick(&[None, Some("PUBLIC"), Some("PRIVATE")]),
                    "ExpirationSettings": dice.expiration(&["CREATED_TIMESTAMP", "LAST_MESSAGE_TIMESTAMP"]),
                    "MemberArns": (!members.is_empty()).then_some(members), "ClientRequestToken": token,
                })
            }
            "UpdateChannel" => json!({
                "Name": format!("step {step}"), "Metadata": dice.pick(&[None, Some("of the channel")]),
                "Mode": dice.pick(&[None, Some("RESTRICTED"), Some("UNRESTRICTED")]),
            }),
            "CreateChannelMembership" => {
                json!({ "MemberArn": member, "Type": dice.pick(&["DEFAULT", "DEFAULT", "DEFAULT", "HIDDEN"]) })
            }
            "BatchCreateChannelMembership" => {
                op.people = (0..=dice.below(3)).map(|_| dice.person(stranger)).collect();
                json!({ "MemberArns": op.people.iter().map(|who| model.user_arn(who)).collect::<Vec<_>>() })
            }
            "CreateChannelModerator" => json!({ "ChannelModeratorArn": member }),
            "CreateChannelBan" => json!({ "MemberArn": member }),
            "PutChannelExpirationSettings" => {
                json!({ "ExpirationSettings": dice.expiration(&["CREATED_TIMESTAMP", "LAST_MESSAGE_TIMESTAMP"]) })
            }
            "PutAppInstanceUserExpirationSettings" => {
                json!({ "ExpirationSettings": dice.expiration(&["CREATED_TIMESTAMP"]) })
            }
            "CreateAppInstanceUser" => {
                dice.pick(&PEOPLE[..5]).clone_into(&mut op.who);
                let name = if dice.below(3) == 0 { "another".to_owned() } else { op.who.clone() };
                json!({ "AppInstanceArn": model.app, "AppInstanceUserId": op.who, "Name": name, "ClientRequestToken": token })
            }
            "UpdateAppInstanceUser" => json!({ "Name": format!("name {step}"), "Metadata": "of the user" }),
            "CreateAppInstanceAdmin" => json!({ "AppInstanceAdminArn": member }),
            _ => Value::Null,
        };
        if let Some(input) = op.input.as_object_mut() {
            input.retain(|_, value| !value.is_null());
        }
        if op.name.contains("AppInstance") {
            if op.who == stranger && op.name.contains("User") {
                // Who administers users administers those of other app instances too.
                "nobody".clone_into(&mut op.who);
            }
            (op.by, op.channel) = (String::new(), String::new());
        }
        op
    }

    /// Returns the method and the path of the request.
    pub(super) fn request(&self, model: &Model) -> (&'static str, String) {
        let app = format!("/app-instances/{}", encoded(&model.app));
        let user = format!("/app-instance-users/{}", encoded(&model.user_arn(&self.who)));
        let channel = format!("/channels/{}", encoded(&model.channel_arn(&self.channel)));
        let who = encoded(&model.user_arn(&self.who));
        let message = format!("{channel}/messages/{}", self.message);
        match self.name {
            "CreateAppInstanceUser" => ("POST", "/app-instance-users".to_owned()),
            "UpdateAppInstanceUser" => ("PUT", user),
            "DescribeAppInstanceUser" => ("GET", user),
            "DeleteAppInstanceUser" => ("DELETE", user),
            "PutAppInstanceUserExpirationSettings" => ("PUT", format!("{user}/expiration-settings")),
            "PutAppInstanceRetentionSettings" => ("PUT", format!("{app}/retention-settings")),
            "CreateAppInstanceAdmin" => ("POST", format!("{app}/admins")),
            "DescribeAppInstanceAdmin" => ("GET", format!("{app}/admins/{who}")),
            "DeleteAppInstanceAdmin" => ("DELETE", format!("{app}/admins/{who}")),
            "CreateChannel" => ("POST", "/channels".to_owned()),
            "DescribeChannel" => ("GET", channel),
            "UpdateChannel" => ("PUT", channel),
            "DeleteChannel" => ("DELETE", channel),
            "PutChannelExpirationSettings" => ("PUT", format!("{channel}/expiration-settings")),
            "CreateChannelMembership" => ("POST", format!("{channel}/memberships")),
            "BatchCreateChannelMembership" => {
                ("POST", format!("{channel}/memberships?operation=batch-create"))
            }
            "DescribeChannelMembership" => ("GET", format!("{channel}/memberships/{who}")),
            "DeleteChannelMembership" => ("DELETE", format!("{channel}/memberships/{who}")),
            "CreateChannelModerator" => ("POST", format!("{channel}/moderators")),
            "DescribeChannelModerator" => ("GET", format!("{channel}/moderators/{who}")),
            "DeleteChannelModerator" => ("DELETE", format!("{channel}/moderators/{who}")),
            "CreateChannelBan" => ("POST", format!("{channel}/bans")),
            "DescribeChannelBan" => ("GET", format!("{channel}/bans/{who}")),
            "DeleteChannelBan" => ("DELETE", format!("{channel}/bans/{who}")),
            "UpdateChannelReadMarker" => ("PUT", format!("{channel}/readMarker")),
            "SendChannelMessage" => ("POST", format!("{channel}/messages")),
            "UpdateChannelMessage" => ("PUT", message),
            "RedactChannelMessage" => ("POST", format!("{message}?operation=redact")),
            "DeleteChannelMessage" => ("DELETE", message),
            "GetChannelMessage" => ("GET", message),
            "GetChannelMessageStatus" => ("GET", format!("{message}?scope=message-status")),
            "ListAppInstanceUsers" => {
                ("GET", format!("/app-instance-users?app-instance-arn={}", encoded(&model.app)))
            }
            "ListAppInstanceAdmins" => ("GET", format!("{app}/admins?")),
            "ListChannels" => ("GET", format!("/channels?app-instance-arn={}", encoded(&model.app))),
            "ListChannelMembershipsForAppInstanceUser" => {
                ("GET", format!("/channels?scope=app-instance-user-memberships&app-instance-user-arn={who}"))
            }
            "ListChannelsModeratedByAppInstanceUser" => (
                "GET",
                format!("/channels?scope=app-instance-user-moderated-channels&app-instance-user-arn={who}"),
            ),
            "ListChannelMemberships" => ("GET", format!("{channel}/memberships?")),
            "ListChannelModerators" => ("GET", format!("{channel}/moderators?")),
            "ListChannelBans" => ("GET", format!("{channel}/bans?")),
            "ListChannelMessages" => ("GET", format!("{channel}/messages?")),
            other => panic!("no request is known for {other}"),
        }
    }
}
