//! Random operations.

use serde_json::{Value, json};

use super::{CHANGES, Dice, Operation, PEOPLE};
use crate::local::client::FUNCTION;
use crate::local::random::model::Model;

impl Operation {
    /// Returns an operation that may or may not succeed. `messages` are the ids of messages that were sent.
    pub(in super::super) fn random(
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
        let message = messages[messages.len().saturating_sub(1 + dice.below(12))].clone();
        let mut op = Self { name, by, who, channel, message, flow: dice.flow(model), ..Self::default() };
        if dice.below(4) > 0 {
            op.make_likely(model, dice);
        }
        if is_in_sub_channel(name) && (op.sub_channel.is_none() || dice.below(6) == 0) {
            op.sub_channel = dice.sub_channel(model, &op.channel, &op.by);
        }
        let leads = model.channels.get(&op.channel).is_some_and(|it| it.is_led_by(&op.who));
        if name.contains("Create") && !leads && dice.below(6) > 0 {
            // Only moderators choose where they are.
            op.sub_channel = None;
        }
        op.input = op.drawn_input(model, dice, stranger, step);
        if op.name == "RedactChannelMessage" && op.sub_channel.is_some() {
            op.input = json!({});
        }
        if let (Some(input), Some(id)) = (op.input.as_object_mut(), &op.sub_channel) {
            input.insert("SubChannelId".to_owned(), id.clone().into());
        }
        without_nulls(&mut op.input);
        if op.name == "CreateChannelFlow" {
            // Its requests have no bearer.
            op.by.clear();
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

    /// Draws the body of the request.
    fn drawn_input(&mut self, model: &Model, dice: &mut Dice, stranger: &str, step: usize) -> Value {
        let token =
            if dice.below(4) == 0 { format!("token-{}", dice.below(3)) } else { format!("own-{step}") };
        let member = model.user_arn(&self.who);
        match self.name {
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
                self.people = (0..dice.below(3)).map(|_| dice.person(stranger)).collect();
                self.people.sort();
                self.people.dedup();
                let is_elastic = dice.below(if self.channel == "five" { 2 } else { 12 }) == 0;
                if is_elastic && dice.below(6) > 0 {
                    self.people.clear();
                }
                let members: Vec<_> = self.people.iter().map(|who| model.user_arn(who)).collect();
                let elastic = json!({
                    "MaximumSubChannels": dice.pick(&[2, 3]), "TargetMembershipsPerSubChannel": dice.pick(&[2, 3]),
                    "MinimumMembershipPercentage": dice.pick(&[1, 40]),
                });
                json!({
                    "ElasticChannelConfiguration": is_elastic.then_some(elastic), "Tags": dice.tags(),
                    "AppInstanceArn": model.app, "ChannelId": self.channel, "Name": format!("name {}", dice.below(2)),
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
                self.people = (0..=dice.below(3)).map(|_| dice.person(stranger)).collect();
                json!({ "MemberArns": self.people.iter().map(|who| model.user_arn(who)).collect::<Vec<_>>() })
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
                dice.pick(&PEOPLE[..5]).clone_into(&mut self.who);
                let name = if dice.below(3) == 0 { "another".to_owned() } else { self.who.clone() };
                json!({ "AppInstanceArn": model.app, "AppInstanceUserId": self.who, "Name": name, "ClientRequestToken": token })
            }
            "UpdateAppInstanceUser" => json!({ "Name": format!("name {step}"), "Metadata": "of the user" }),
            "CreateAppInstanceAdmin" => json!({ "AppInstanceAdminArn": member }),
            _ => self.drawn_input_beside_channels(model, dice, &token, step),
        }
    }

    fn drawn_input_beside_channels(
        &mut self,
        model: &Model,
        dice: &mut Dice,
        token: &str,
        step: usize,
    ) -> Value {
        match self.name {
            "CreateChannelFlow" => json!({
                "AppInstanceArn": model.app, "Name": format!("flow {}", dice.below(3)), "Processors": dice.processors(), "Tags": dice.tags(),
                "ClientRequestToken": token,
            }),
            "UpdateChannelFlow" => json!({ "Name": format!("step {step}"), "Processors": dice.processors() }),
            "AssociateChannelFlow" => json!({ "ChannelFlowArn": model.flow_arn(&self.flow) }),
            "ChannelFlowCallback" => self.callback(model, dice),
            "TagResource" => {
                self.resource = dice.resource(model, self);
                json!({ "ResourceARN": self.resource, "Tags": dice.some_tags() })
            }
            "UntagResource" => {
                self.resource = dice.resource(model, self);
                let keys: Vec<_> = (0..=dice.below(2)).map(|_| dice.pick(&KEYS)).collect();
                json!({ "ResourceARN": self.resource, "TagKeys": keys })
            }
            "PutChannelMembershipPreferences" => {
                if dice.below(4) > 0 {
                    self.who.clone_from(&self.by);
                }
                let rule = dice.pick(&RULES);
                json!({ "Preferences": { "PushNotifications": {
                    "AllowNotifications": dice.pick(&["ALL", "NONE", "FILTERED"]), "FilterRule": rule,
                } } })
            }
            _ => Value::Null,
        }
    }

    /// Changes who asks, where and about what to what may well succeed.
    fn make_likely(&mut self, model: &Model, dice: &mut Dice) {
        let all: Vec<_> = model.channels.iter().collect();
        if all.is_empty() {
            return;
        }
        let (id, channel) = dice.pick(&all);
        let (people, leaders) = (channel.people(), model.leaders(channel));
        let some = |of: &[String], dice: &mut Dice| (!of.is_empty()).then(|| dice.pick(of));
        let by = match self.name {
            "SendChannelMessage" | "UpdateChannelReadMarker" | "PutChannelMembershipPreferences" => {
                some(&people, dice)
            }
            "UpdateChannelMessage" | "RedactChannelMessage" | "DeleteChannelMessage" => {
                let Some(message) = (!channel.messages().is_empty()).then(|| dice.pick(channel.messages()))
                else {
                    return;
                };
                (self.message, self.sub_channel) = (message.id, message.sub_channel);
                if self.name == "DeleteChannelMessage" { some(&leaders, dice) } else { Some(message.sender) }
            }
            "CreateChannel" | "DeleteChannel" | "ChannelFlowCallback" => None,
            name if name.contains("AppInstance") => None,
            _ => some(&leaders, dice),
        };
        let Some(by) = by else { return };
        (self.by, self.channel) = (by, id.clone());
        if let ("DisassociateChannelFlow", Some(flow)) = (self.name, channel.flow()) {
            self.flow.clone_from(flow);
        }
        if let ("DeleteChannelMembership", Some(who)) = (self.name, some(&people, dice)) {
            self.who = who;
        }
    }

    /// Draws what a function calls back, and for which channel: mostly what is waited for.
    fn callback(&mut self, model: &Model, dice: &mut Dice) -> Value {
        let mut callback = "0".repeat(64);
        if let Some(waiting) = (!model.waiting.is_empty()).then(|| dice.pick(&model.waiting)) {
            let drawn = dice.below(12);
            if drawn > 0 {
                self.message.clone_from(&waiting.message.id);
            }
            if drawn != 1 {
                callback = waiting.callback.unwrap_or(callback);
            }
            if drawn != 2 {
                self.channel = waiting.channel;
            }
        }
        json!({
            "CallbackId": callback, "DeleteResource": dice.pick(&[None, None, Some(false), Some(true)]),
            "ChannelMessage": {
                "MessageId": self.message, "Content": dice.pick(&[None, Some(8), Some(4097)]).map(|length| "z".repeat(length)),
                "Metadata": dice.pick(&[None, None, Some("of the function")]),
            },
        })
    }
}

const KEYS: [&str; 5] = ["a", "b", "c", "d", "e"];
const RULES: [Option<&str>; 5] =
    [None, Some("{}"), Some(r#"{"a": ["x", "y"]}"#), Some(r#"{"a": "x"}"#), Some("x")];

/// Returns whether a request that changes something says in which sub-channel.
fn is_in_sub_channel(name: &str) -> bool {
    matches!(
        name,
        "SendChannelMessage"
            | "UpdateChannelMessage"
            | "RedactChannelMessage"
            | "DeleteChannelMessage"
            | "CreateChannelMembership"
            | "BatchCreateChannelMembership"
            | "DeleteChannelMembership"
    )
}

/// Removes nulls, at every depth.
fn without_nulls(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|_, value| !value.is_null());
            members.values_mut().for_each(without_nulls);
        }
        Value::Array(items) => items.iter_mut().for_each(without_nulls),
        _ => {}
    }
}

impl Dice {
    pub(in super::super) fn flow(&mut self, model: &Model) -> String {
        let all: Vec<_> = model.flow_ids().cloned().collect();
        if all.is_empty() || self.below(12) == 0 { "none".to_owned() } else { self.pick(&all) }
    }

    /// Draws a sub-channel for a request about a channel: mostly the one in which `by` is.
    pub(in super::super) fn sub_channel(&mut self, model: &Model, channel: &str, by: &str) -> Option<String> {
        let there = model.channels.get(channel);
        let Some((there, elastic)) = there.and_then(|it| Some((it, it.elastic.as_ref()?))) else {
            return (self.below(40) == 0).then(|| "none".to_owned());
        };
        let all: Vec<_> = elastic.sub_channels.iter().cloned().collect();
        match self.below(12) {
            0 => None,
            1 => Some("closed".to_owned()),
            2..5 => Some(self.pick(&all)),
            _ if there.is_led_by(by) && there.sub_channel_of(by).is_none() => Some(self.pick(&all)),
            _ => there.sub_channel_of(by).map(str::to_owned),
        }
    }

    pub(in super::super) fn resource(&mut self, model: &Model, op: &Operation) -> String {
        // Resources of other app instances have tags too.
        let who = if op.who.contains('/') { "nobody" } else { &op.who };
        match self.below(4) {
            0 => model.app.clone(),
            1 => model.user_arn(who),
            2 => model.channel_arn(&op.channel),
            _ => model.flow_arn(&op.flow),
        }
    }

    fn some_tags(&mut self) -> Vec<Value> {
        (0..=self.below(3))
            .map(|_| json!({ "Key": self.pick(&KEYS), "Value": self.pick(&["1", "2"]) }))
            .collect()
    }

    fn tags(&mut self) -> Option<Vec<Value>> {
        (self.below(4) == 0).then(|| self.some_tags())
    }

    fn processors(&mut self) -> Vec<Value> {
        let count = self.pick(&[1, 1, 1, 2, 2, 3]);
        let first = self.below(20);
        let processor = |at: usize, dice: &mut Self| {
            let order = if first == 0 { 1 } else { 3 - at };
            let function = if dice.below(30) == 0 {
                FUNCTION.replace("us-east-1", "eu-central-1")
            } else {
                FUNCTION.to_owned()
            };
            json!({
                "Name": format!("processor {at}"), "ExecutionOrder": order, "FallbackAction": dice.pick(&["ABORT", "CONTINUE"]),
                "Configuration": { "Lambda": { "ResourceArn": function, "InvocationType": "ASYNC" } },
            })
        };
        (0..count).map(|at| processor(at, self)).collect()
    }

    pub(in super::super) fn search(&mut self, model: &Model) -> Value {
        let known = if self.below(12) == 0 { 6 } else { 5 };
        let field = |dice: &mut Self| {
            let values: Vec<_> =
                (0..=dice.below(3)).map(|_| model.user_arn(dice.pick(&PEOPLE[..known]))).collect();
            json!({ "Key": "MEMBERS", "Operator": dice.pick(&["EQUALS", "INCLUDES", "INCLUDES"]), "Values": values })
        };
        let fields: Vec<_> = (0..=self.below(2)).map(|_| field(self)).collect();
        json!({ "Fields": fields })
    }
}
