//! Selects the recipients of events, and records streamed data.
//!
//! Members of a channel receive events about the channel, its members and the messages that they may see. Nobody else does, not even
//! administrators and moderators. Members of an elastic channel receive only the events of their own sub-channel.

use serde_json::{Value, json};

use super::{Ban, Channel, DataType, Effect, Event, Form, Message, Moderator, State};
use crate::local::arn::Arn;

impl Channel {
    /// Returns the members of the channel, or of one of its sub-channels.
    fn people<'c>(&'c self, sub_channel: Option<&'c str>) -> impl Iterator<Item = &'c Arn> {
        let there = self.members.iter().filter(move |(_, member)| {
            sub_channel.is_none_or(|id| member.sub_channel.as_deref() == Some(id))
        });
        there.map(|(who, _)| who)
    }
}

impl State {
    /// Sends the channel's current properties to all its members.
    pub(in super::super) fn notify_of_channel(&mut self, name: &str, arn: &Arn, effects: &mut Vec<Effect>) {
        let Some(channel) = self.channels.get(arn) else { return };
        let leads = |who: &Arn| channel.moderators.contains_key(who) || self.directory.is_admin(who);
        let (leaders, others): (Vec<Arn>, Vec<Arn>) = match channel.elastic {
            Some(_) => channel.people(None).cloned().partition(leads),
            // Everybody receives the same event.
            None => (channel.people(None).cloned().collect(), Vec::new()),
        };
        let payload = channel.described(arn, Form::Event);
        let reduced = channel.described_to_members(arn, Form::Event);
        self.stream(arn, DataType::Channel, name, &payload);
        let event = |payload| Event { name: name.to_owned(), message_type: "SYSTEM", payload };
        effects.push(Effect::Notify { to: leaders, event: event(payload) });
        if !others.is_empty() {
            effects.push(Effect::Notify { to: others, event: event(reduced) });
        }
    }

    /// Notifies all members of a channel, and the affected user, of a change to a membership: `CREATE`, `UPDATE` or `DELETE`.
    pub(in super::super) fn notify_of_membership(
        &self,
        what: &str,
        arn: &Arn,
        who: &Arn,
        effects: &mut Vec<Effect>,
    ) {
        let Some(channel) = self.channels.get(arn) else { return };
        let Some(member) = channel.members.get(who) else { return };
        let to = channel.people(member.sub_channel.as_deref()).cloned().collect();
        let payload = member.described(arn, &self.directory.identity(who), Form::Event);
        let name = format!("{what}_CHANNEL_MEMBERSHIP");
        effects.push(Effect::Notify { to, event: Event { name, message_type: "SYSTEM", payload } });
    }

    /// Notifies members that several others joined a channel, or the same sub-channel of it, at once.
    pub(in super::super) fn notify_of_batch(&self, arn: &Arn, batch: Value, effects: &mut Vec<Effect>) {
        let Some(channel) = self.channels.get(arn) else { return };
        let to = channel.people(batch["SubChannelId"].as_str()).cloned().collect();
        let name = "BATCH_CREATE_CHANNEL_MEMBERSHIP".to_owned();
        effects.push(Effect::Notify { to, event: Event { name, message_type: "SYSTEM", payload: batch } });
    }

    /// Notifies all recipients of a message of what happened to it: `CREATE`, `UPDATE`, `REDACT` or `DELETE`.
    pub(in super::super) fn notify_of_message(
        &mut self,
        what: &str,
        arn: &Arn,
        message: &Message,
        effects: &mut Vec<Effect>,
    ) {
        let Some(channel) = self.channels.get(arn) else { return };
        let there = channel.people(message.sub_channel.as_deref());
        let to = there.filter(|who| message.is_for(who)).cloned().collect();
        let payload = message.described(arn, Form::Event);
        let name = format!("{what}_CHANNEL_MESSAGE");
        self.stream(arn, DataType::ChannelMessage, &name, &payload);
        effects
            .push(Effect::Notify { to, event: Event { name, message_type: message.kind.name(), payload } });
    }

    /// Records the data that AWS would have sent to the app instance's Kinesis stream, if it has one.
    pub(in super::super) fn stream(&mut self, arn: &Arn, data_type: DataType, name: &str, payload: &Value) {
        if self
            .directory
            .home(arn)
            .is_some_and(|it| it.streaming.iter().any(|stream| stream.data_type == data_type))
        {
            let mut payload = payload.clone();
            crate::local::json::drop_nulls(&mut payload);
            self.records.push(json!({ "EventType": name, "Payload": payload }));
        }
    }

    /// Deletes a channel, and notifies all its members.
    pub(in super::super) fn end_channel(&mut self, arn: &Arn, effects: &mut Vec<Effect>) {
        self.notify_of_channel("DELETE_CHANNEL", arn, effects);
        self.forget_channel(arn);
        self.tokens.forget(arn.as_str());
    }

    /// Removes a channel and everything in it without notifying anybody. Callbacks for its messages have no effect.
    pub(in super::super) fn forget_channel(&mut self, arn: &Arn) {
        if self.channels.remove(arn) {
            self.tags.forget(arn);
            self.deliveries.forget_channel(arn);
        }
    }

    /// Deletes a user or bot, with all memberships and roles, and closes its sessions.
    pub(in super::super) fn end_person(&mut self, arn: &Arn, effects: &mut Vec<Effect>) {
        let places = self.channels.places(arn).clone();
        for channel in &places.member {
            self.leave(channel, arn, effects);
        }
        for channel in &places.moderator {
            self.channels.revoke::<Moderator>(channel, arn);
        }
        for channel in &places.banned {
            self.channels.revoke::<Ban>(channel, arn);
        }
        self.directory.remove_person(arn);
        self.tags.forget(arn);
        self.tokens.forget(arn.as_str());
        effects.push(Effect::Close { who: arn.clone() });
    }
}
