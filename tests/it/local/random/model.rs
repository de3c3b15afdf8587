//! The reference model: what the service is expected to answer and whom it is expected to notify, written as plainly as possible.
//!
//! It knows no ARNs but those that it composes, no pages and no journal. Times are [`Times`] that are learned when they are first seen.

mod channels;
mod elastic;
mod flows;
mod lists;
mod members;
mod messages;
mod people;
mod preferences;
mod tags;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use self::elastic::Elastic;
use self::flows::Flow;
pub(super) use self::flows::Waiting;
use super::operation::Operation;
use super::times::{Time, Times};

pub(super) const DAY: u64 = 24 * 60;

/// The expected answer of the service: a status and a body, or the name of an error.
pub(super) type Outcome = Result<(u16, Value), &'static str>;

#[derive(Default)]
pub(super) struct Model {
    pub app: String,
    /// The minutes by which the clock was advanced so far, and the number of operations: together they order everything.
    pub now: (u64, u64),
    pub users: BTreeMap<String, User>,
    admins: BTreeMap<String, Time>,
    pub channels: BTreeMap<String, Channel>,
    flows: BTreeMap<String, Flow>,
    /// The messages that wait for a callback.
    pub waiting: Vec<Waiting>,
    /// The tags of resources, by ARN.
    tags: BTreeMap<String, BTreeMap<String, String>>,
    pub retention_days: Option<u64>,
    tokens: BTreeMap<[String; 5], Repeatable>,
    pub times: Times,
    /// The users with a session.
    pub connected: BTreeSet<String>,
    /// The events of the last operation, by recipient.
    pub events: BTreeMap<String, Vec<(String, Value)>>,
    /// The users whose sessions the last operation ended.
    pub closed: BTreeSet<String>,
}

/// The ids that the service chose in an answer, and the model cannot know.
#[derive(Default)]
pub(super) struct NewIds {
    /// The id of a message or a flow.
    pub id: String,
    /// The ids of sub-channels that did not exist before.
    pub sub_channels: Vec<String>,
}

pub(super) struct User {
    name: String,
    metadata: Value,
    created: Time,
    updated: Time,
    born: (u64, u64),
    expiration: Value,
}

pub(super) struct Channel {
    name: String,
    mode: Value,
    privacy: Value,
    metadata: Value,
    created_by: Value,
    created: Time,
    updated: Time,
    last_message: Option<Time>,
    born: (u64, u64),
    spoken: (u64, u64),
    expiration: Value,
    flow: Option<String>,
    pub elastic: Option<Elastic>,
    members: BTreeMap<String, Member>,
    moderators: BTreeMap<String, Grant>,
    bans: BTreeMap<String, Grant>,
    messages: Vec<Message>,
}

#[derive(Clone)]
struct Member {
    kind: Value,
    invited_by: Value,
    created: Time,
    updated: Time,
    read: Option<Time>,
    preferences: Value,
    sub_channel: Option<String>,
}

struct Grant {
    by: Value,
    created: Time,
}

#[derive(Clone)]
pub(super) struct Message {
    pub id: String,
    born: (u64, u64),
    pub sub_channel: Option<String>,
    status: &'static str,
    pub sender: String,
    sender_identity: Value,
    input: Value,
    content: Value,
    metadata: Value,
    created: Time,
    updated: Time,
    edited: Option<Time>,
    redacted: bool,
}

/// A request that may be repeated, and its answer.
struct Repeatable {
    input: Value,
    answer: (u16, Value),
    minute: u64,
    made: String,
}

impl Channel {
    pub(super) fn has(&self, who: &str) -> bool {
        self.members.contains_key(who)
    }

    pub(super) fn is_led_by(&self, who: &str) -> bool {
        self.moderators.contains_key(who)
    }

    pub(super) fn flow(&self) -> Option<&String> {
        self.flow.as_ref()
    }

    pub(super) fn people(&self) -> Vec<String> {
        self.members.keys().cloned().collect()
    }

    pub(super) fn messages(&self) -> &[Message] {
        &self.messages
    }

    pub(super) fn sub_channel_of(&self, who: &str) -> Option<&str> {
        self.members.get(who)?.sub_channel.as_deref()
    }
}

fn opt(time: Option<Time>) -> Value {
    time.map_or(Value::Null, Time::placeholder)
}

/// Returns when something expires, if it does.
fn expiry(settings: &Value, born: (u64, u64), spoken: (u64, u64)) -> Option<(u64, u64)> {
    let since = if settings["ExpirationCriterion"] == "LAST_MESSAGE_TIMESTAMP" { spoken } else { born };
    Some((since.0 + settings["ExpirationDays"].as_u64()? * DAY, since.1))
}

impl Model {
    /// Returns a model of an app instance in which there is nobody yet.
    pub(super) fn new(app: &str) -> Self {
        Self { app: app.to_owned(), ..Self::default() }
    }

    pub(super) fn user_arn(&self, id: &str) -> String {
        // A user with a slash in the id is of another app instance.
        if id.contains('/') { id.to_owned() } else { format!("{}/user/{id}", self.app) }
    }

    pub(super) fn channel_arn(&self, id: &str) -> String {
        format!("{}/channel/{id}", self.app)
    }

    pub(super) fn flow_arn(&self, id: &str) -> String {
        format!("{}/channel-flow/{id}", self.app)
    }

    fn identity(&self, id: &str) -> Value {
        json!({ "Arn": self.user_arn(id), "Name": self.users.get(id).map(|user| &user.name) })
    }

    fn is_admin(&self, id: &str) -> bool {
        self.admins.contains_key(id)
    }

    /// Returns the administrators of the app instance and the moderators of the channel.
    pub(super) fn leaders(&self, channel: &Channel) -> Vec<String> {
        channel.moderators.keys().chain(self.admins.keys()).cloned().collect()
    }

    /// Returns the channel and whether `by` is an administrator or a moderator of it, if `by` is of the app instance.
    fn place(&self, op: &Operation) -> Result<(&Channel, bool), &'static str> {
        let channel = self.channels.get(&op.channel).filter(|_| self.users.contains_key(&op.by));
        let channel = channel.ok_or("Forbidden")?;
        Ok((channel, self.is_admin(&op.by) || channel.moderators.contains_key(&op.by)))
    }

    fn leads(&self, op: &Operation) -> Result<&Channel, &'static str> {
        let (channel, leads) = self.place(op)?;
        if leads { Ok(channel) } else { Err("Forbidden") }
    }

    fn sees(&self, op: &Operation) -> Result<&Channel, &'static str> {
        let (channel, leads) = self.place(op)?;
        let sees = leads || channel.privacy == "PUBLIC" || channel.members.contains_key(&op.by);
        if sees { Ok(channel) } else { Err("Forbidden") }
    }

    fn is_kept(&self, message: &Message) -> bool {
        self.retention_days.is_none_or(|days| self.now.0 - message.born.0 <= days * DAY)
    }

    /// Deletes the messages that are hidden because they are too old.
    pub(super) fn forget_hidden(&mut self) {
        for id in self.channels.keys().cloned().collect::<Vec<_>>() {
            let mut messages = std::mem::take(&mut self.channels.get_mut(&id).expect("it is there").messages);
            messages.retain(|message| self.is_kept(message));
            self.channels.get_mut(&id).expect("it is there").messages = messages;
        }
    }

    fn tell(&mut self, to: &[String], name: &str, payload: &Value) {
        for who in to.iter().filter(|who| self.connected.contains(*who)) {
            self.events.entry(who.clone()).or_default().push((name.to_owned(), payload.clone()));
        }
    }

    fn members(&self, channel: &str) -> Vec<String> {
        self.channels[channel].members.keys().cloned().collect()
    }

    /// Returns the members of the channel or, if it is elastic, of one of its sub-channels.
    fn together(&self, channel: &str, sub_channel: Option<&str>) -> Vec<String> {
        let members = self.channels[channel].members.iter();
        let here =
            members.filter(|(_, it)| sub_channel.is_none_or(|id| it.sub_channel.as_deref() == Some(id)));
        here.map(|(who, _)| who.clone()).collect()
    }

    /// Notifies all members about the channel; only administrators and moderators receive its sub-channels.
    fn tell_of_channel(&mut self, name: &str, id: &str) {
        for who in self.members(id) {
            let payload = self.described(id, &who);
            self.tell(&[who], name, &payload);
        }
    }

    fn membership(&self, channel: &str, who: &str, member: &Member) -> Value {
        json!({
            "ChannelArn": self.channel_arn(channel), "Member": self.identity(who), "Type": member.kind,
            "InvitedBy": member.invited_by, "CreatedTimestamp": member.created.placeholder(),
            "LastUpdatedTimestamp": member.updated.placeholder(), "SubChannelId": member.sub_channel,
        })
    }

    fn tell_of_member(&mut self, what: &str, channel: &str, who: &str) {
        let member = &self.channels[channel].members[who];
        let (payload, to) =
            (self.membership(channel, who, member), self.together(channel, member.sub_channel.as_deref()));
        self.tell(&to, &format!("{what}_CHANNEL_MEMBERSHIP"), &payload);
    }

    fn tell_of_message(&mut self, what: &str, channel: &str, message: &Message) {
        let members = self.together(channel, message.sub_channel.as_deref());
        let to: Vec<_> = members.into_iter().filter(|who| self.is_for(message, who)).collect();
        let payload = self.message(channel, message);
        self.tell(&to, &format!("{what}_CHANNEL_MESSAGE"), &payload);
    }

    fn summary(&self, id: &str) -> Value {
        let channel = &self.channels[id];
        json!({
            "ChannelArn": self.channel_arn(id), "Name": channel.name, "Mode": channel.mode, "Privacy": channel.privacy,
            "Metadata": channel.metadata, "LastMessageTimestamp": opt(channel.last_message),
        })
    }

    fn described(&self, id: &str, by: &str) -> Value {
        let (mut all, channel) = (self.summary(id), &self.channels[id]);
        all["CreatedBy"] = channel.created_by.clone();
        all["CreatedTimestamp"] = channel.created.placeholder();
        all["LastUpdatedTimestamp"] = channel.updated.placeholder();
        all["ExpirationSettings"] = channel.expiration.clone();
        all["ChannelFlowArn"] = channel.flow.as_ref().map_or(Value::Null, |flow| self.flow_arn(flow).into());
        if self.is_admin(by) || channel.moderators.contains_key(by) {
            all["ElasticChannelConfiguration"] =
                channel.elastic.as_ref().map_or(Value::Null, Elastic::configuration);
        }
        all
    }

    fn is_for(&self, message: &Message, who: &str) -> bool {
        let target = &message.input["Target"][0]["MemberArn"];
        if message.status != "SENT" {
            return message.sender == who;
        }
        target.is_null() || message.sender == who || *target == self.user_arn(who)
    }

    fn message_summary(message: &Message) -> Value {
        json!({
            "MessageId": message.id, "Content": message.content, "Metadata": message.metadata, "Type": message.input["Type"],
            "CreatedTimestamp": message.created.placeholder(), "LastUpdatedTimestamp": message.updated.placeholder(),
            "LastEditedTimestamp": opt(message.edited), "Sender": message.sender_identity, "Redacted": message.redacted,
            "Status": { "Value": message.status }, "Target": message.input["Target"],
        })
    }

    fn message(&self, channel: &str, message: &Message) -> Value {
        let mut all = Self::message_summary(message);
        all["ChannelArn"] = self.channel_arn(channel).into();
        all["Persistence"] = message.input["Persistence"].clone();
        all["SubChannelId"] = message.sub_channel.clone().into();
        all
    }

    /// Returns the expected answer of the service, with the ids that it `made` up.
    pub(super) fn carry_out(&mut self, op: &Operation, made: &NewIds) -> Outcome {
        self.now.1 += 1;
        let Some(token) = op.input["ClientRequestToken"].as_str() else { return self.answer(op, made) };
        let key = [op.name, &op.by, &op.channel, token, ""].map(ToOwned::to_owned);
        // A request that creates a channel or a user is not about an existing one.
        let key = if op.name == "SendChannelMessage" {
            key
        } else {
            [op.name.into(), op.by.clone(), String::new(), token.into(), String::new()]
        };
        let before = self.tokens.get(&key).filter(|before| self.now.0 - before.minute < DAY);
        if let Some(before) = before {
            return if before.input == op.input { Ok(before.answer.clone()) } else { Err("Conflict") };
        }
        let answer = self.answer(op, made)?;
        let made = match op.name {
            "SendChannelMessage" | "CreateChannelFlow" => &made.id,
            "CreateAppInstanceUser" => &op.who,
            _ => &op.channel,
        };
        let made = made.clone();
        self.tokens.insert(
            key,
            Repeatable { input: op.input.clone(), answer: answer.clone(), minute: self.now.0, made },
        );
        Ok(answer)
    }

    fn answer(&mut self, op: &Operation, made: &NewIds) -> Outcome {
        let is_about = |what: &str| op.name.contains(what);
        if is_about("AppInstance") {
            self.of_people(op)
        } else if is_about("Resource") {
            self.of_tags(op)
        } else if is_about("Flow") {
            self.of_flow(op, made)
        } else if is_about("Message") {
            self.of_message(op, &made.id)
        } else if is_about("Preferences") {
            self.of_preferences(op)
        } else if ["Membership", "Moderator", "Ban"].into_iter().any(is_about) {
            self.of_members(op, made)
        } else {
            self.of_channel(op, made)
        }
    }

    /// Returns whether anything expires by now.
    pub(super) fn is_due(&self) -> bool {
        self.next_expiry().is_some()
    }

    /// Carries out what is due, in the order in which it became due.
    pub(super) fn expire(&mut self) {
        while let Some((is_channel, id)) = self.next_expiry() {
            if is_channel {
                self.delete_channel(&id);
            } else {
                self.delete_user(&id);
            }
        }
    }

    fn next_expiry(&self) -> Option<(bool, String)> {
        let channels = self.channels.iter();
        let channels =
            channels.filter_map(|(id, it)| Some((expiry(&it.expiration, it.born, it.spoken)?, true, id)));
        let users = self.users.iter();
        let users = users.filter_map(|(id, it)| Some((expiry(&it.expiration, it.born, it.born)?, false, id)));
        let first = channels.chain(users).filter(|(time, ..)| time.0 <= self.now.0).min()?;
        Some((first.1, first.2.clone()))
    }
}
