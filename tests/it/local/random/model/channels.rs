//! Channels.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::super::operation::Operation;
use super::{Channel, Grant, Member, Model, Outcome};

impl Model {
    pub(super) fn of_channel(&mut self, op: &Operation) -> Outcome {
        let (by, input) = (&op.by, &op.input);
        let channel_arn = self.channel_arn(&op.channel);
        let about = json!({ "ChannelArn": channel_arn });
        match op.name {
            "CreateChannel" => self.create_channel(op),
            "DescribeChannel" => {
                self.sees(op)?;
                Ok((200, json!({ "Channel": self.described(&op.channel) })))
            }
            "UpdateChannel" => {
                self.leads(op)?;
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
                let payload = self.described(&op.channel);
                self.tell_members(&op.channel, "UPDATE_CHANNEL", &payload);
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
                let read = self.times.new_time();
                self.channels.get_mut(&op.channel).unwrap().members.get_mut(by).unwrap().read = Some(read);
                Ok((200, about))
            }
            other => panic!("the model does not know {other}"),
        }
    }

    fn create_channel(&mut self, op: &Operation) -> Outcome {
        self.users.get(&op.by).ok_or("Forbidden")?;
        if op.people.iter().any(|who| !self.users.contains_key(who)) {
            return Err("BadRequest");
        }
        if self.channels.contains_key(&op.channel) {
            return Err("Conflict");
        }
        let (created, creator) = (self.times.new_time(), self.identity(&op.by));
        let member = Member { kind: "DEFAULT".into(), invited_by: creator.clone(), created, read: None };
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
            members: op.people.iter().chain([&op.by]).map(|who| (who.clone(), member.clone())).collect(),
            moderators: BTreeMap::from([(op.by.clone(), Grant { by: creator, created })]),
            bans: BTreeMap::new(),
            messages: Vec::new(),
        };
        self.channels.insert(op.channel.clone(), channel);
        for who in self.members(&op.channel) {
            self.tell_of_member("CREATE", &op.channel, &who);
        }
        Ok((201, json!({ "ChannelArn": self.channel_arn(&op.channel) })))
    }

    pub(super) fn delete_channel(&mut self, id: &str) {
        let payload = self.described(id);
        self.tell_members(id, "DELETE_CHANNEL", &payload);
        self.channels.remove(id);
        self.tokens.retain(|key, token| key[2] != id && !(key[0] == "CreateChannel" && token.made == id));
    }
}
