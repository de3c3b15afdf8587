//! Channels.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::super::operation::Operation;
use super::elastic::Elastic;
use super::{Channel, Grant, Member, Model, NewIds, Outcome};

impl Model {
    pub(super) fn of_channel(&mut self, op: &Operation, made: &NewIds) -> Outcome {
        let (by, input) = (&op.by, &op.input);
        let channel_arn = self.channel_arn(&op.channel);
        let about = json!({ "ChannelArn": channel_arn });
        match op.name {
            "CreateChannel" => self.create_channel(op, made),
            "DescribeChannel" => {
                self.sees(op)?;
                Ok((200, json!({ "Channel": self.described(&op.channel, &op.by) })))
            }
            "UpdateChannel" => {
                let channel = self.leads(op)?;
                if channel.elastic.is_some() && input["Mode"] == "UNRESTRICTED" {
                    return Err("BadRequest");
                }
                let updated = self.times.new_time();
                let channel = self.channels.get_mut(&op.channel).unwrap();
                channel.updated = updated;
                for (mine, new) in
                    [(&mut channel.mode, &input["Mode"]), (&mut channel.metadata, &input["Metadata"])]
                {
                    if !new.is_null() {
                        *mine = new.clone();
                    }
                }
                input["Name"].as_str().unwrap().clone_into(&mut channel.name);
                self.tell_of_channel("UPDATE_CHANNEL", &op.channel);
                Ok((200, about))
            }
            "DeleteChannel" => {
                self.leads(op)?;
                self.delete_channel(&op.channel);
                Ok((204, Value::Null))
            }
            "PutChannelExpirationSettings" => {
                self.leads(op)?;
                let settings = &input["ExpirationSettings"];
                self.channels.get_mut(&op.channel).unwrap().expiration = settings.clone();
                Ok((200, json!({ "ChannelArn": channel_arn, "ExpirationSettings": settings })))
            }
            "UpdateChannelReadMarker" => {
                let (channel, _) = self.place(op)?;
                channel.members.get(by).ok_or("Forbidden")?;
                if channel.elastic.is_some() {
                    return Err("BadRequest");
                }
                let read = self.times.new_time();
                self.channels.get_mut(&op.channel).unwrap().members.get_mut(by).unwrap().read = Some(read);
                Ok((200, about))
            }
            other => panic!("the model does not know {other}"),
        }
    }

    fn create_channel(&mut self, op: &Operation, made: &NewIds) -> Outcome {
        self.users.get(&op.by).ok_or("Forbidden")?;
        if op.people.iter().any(|who| !self.users.contains_key(who)) {
            return Err("BadRequest");
        }
        let elastic = Elastic::read(&op.input["ElasticChannelConfiguration"]);
        if elastic.is_some() {
            if !op.people.is_empty() || op.input["Mode"] == "UNRESTRICTED" {
                return Err("BadRequest");
            }
            if self.channels.values().any(|it| it.elastic.is_some()) {
                return Err("ResourceLimitExceeded");
            }
        }
        let tags = Self::checked(&op.input["Tags"], BTreeMap::new())?;
        if self.channels.contains_key(&op.channel) {
            return Err("Conflict");
        }
        let elastic = elastic.map(|elastic| elastic.with_one(made));
        // An elastic channel begins without members.
        let joins = elastic.is_none().then_some(&op.by);
        let (created, creator) = (self.times.new_time(), self.identity(&op.by));
        let member = Member::new("DEFAULT".into(), creator.clone(), created);
        let or = |name: &str, default: &str| op.input[name].as_str().unwrap_or(default).into();
        let channel = Channel {
            name: op.input["Name"].as_str().unwrap().to_owned(),
            mode: or("Mode", "RESTRICTED"),
            privacy: or("Privacy", "PUBLIC"),
            metadata: op.input["Metadata"].clone(),
            created_by: creator.clone(),
            created,
            updated: created,
            last_message: None,
            born: self.now,
            spoken: self.now,
            expiration: op.input["ExpirationSettings"].clone(),
            flow: None,
            elastic,
            members: op.people.iter().chain(joins).map(|who| (who.clone(), member.clone())).collect(),
            moderators: BTreeMap::from([(op.by.clone(), Grant { by: creator, created })]),
            bans: BTreeMap::new(),
            messages: Vec::new(),
        };
        self.channels.insert(op.channel.clone(), channel);
        self.set_tags(&self.channel_arn(&op.channel), tags);
        for who in self.members(&op.channel) {
            self.tell_of_member("CREATE", &op.channel, &who);
        }
        Ok((201, json!({ "ChannelArn": self.channel_arn(&op.channel) })))
    }

    pub(super) fn delete_channel(&mut self, id: &str) {
        self.tell_of_channel("DELETE_CHANNEL", id);
        self.channels.remove(id);
        self.tags.remove(&self.channel_arn(id));
        self.waiting.retain(|it| it.channel != id);
        self.tokens.retain(|key, token| key[2] != id && !(key[0] == "CreateChannel" && token.made == id));
    }
}
