//! Messages.

use serde_json::{Value, json};

use super::super::operation::Operation;
use super::{Channel, Message, Model, Outcome};

impl Channel {
    /// Notes that a message was sent, perhaps after one that was written later.
    pub(super) fn spoke(&mut self, message: &Message) {
        if self.last_message.is_none() || message.born > self.spoken {
            (self.last_message, self.spoken) = (Some(message.created), message.born);
        }
    }
}

impl Model {
    pub(super) fn of_message(&mut self, op: &Operation, id: &str) -> Outcome {
        let by = &op.by;
        match op.name {
            "SendChannelMessage" => self.send(op, id),
            "UpdateChannelMessage" | "RedactChannelMessage" | "DeleteChannelMessage" => self.change(op),
            "GetChannelMessage" => {
                self.sees(op)?;
                self.reaches(op)?;
                let message = self.stored(op).filter(|it| self.is_for(it, by)).ok_or("NotFound")?;
                Ok((200, json!({ "ChannelMessage": self.message(&op.channel, message) })))
            }
            "GetChannelMessageStatus" => {
                let (channel, _) = self.place(op)?;
                let waiting = self.waits(&op.channel, &op.message).map(|it| &it.message);
                let is_there = |it: &&Message| {
                    it.sub_channel == op.sub_channel && channel.is_open(op.sub_channel.as_deref())
                };
                let message = waiting.filter(is_there).or_else(|| self.stored(op));
                let message = message.filter(|it| it.sender == *by).ok_or("Forbidden")?;
                Ok((200, json!({ "Status": { "Value": message.status } })))
            }
            other => panic!("the model does not know {other}"),
        }
    }

    /// Returns the stored message, in the sub-channel of the request if the channel is elastic.
    fn stored(&self, op: &Operation) -> Option<&Message> {
        let channel = self.channels.get(&op.channel).filter(|it| it.is_open(op.sub_channel.as_deref()))?;
        let message = channel.messages.iter().find(|it| it.id == op.message)?;
        (self.is_kept(message) && message.sub_channel == op.sub_channel).then_some(message)
    }

    fn send(&mut self, op: &Operation, id: &str) -> Outcome {
        let (channel, _) = self.place(op)?;
        let member = channel.members.get(&op.by).ok_or("Forbidden")?;
        if member.kind == "HIDDEN" {
            return Err("Forbidden");
        }
        self.reaches(op)?;
        if member.sub_channel != op.sub_channel {
            return Err("Forbidden");
        }
        let target = &op.input["Target"][0]["MemberArn"];
        let there = self.together(&op.channel, op.sub_channel.as_deref());
        if !target.is_null() && !there.iter().any(|who| *target == self.user_arn(who)) {
            return Err("BadRequest");
        }
        Self::fits(&op.input, &op.input["Type"])?;
        let created = self.times.new_time();
        let processors = self.way(&op.channel, &op.input["Type"]);
        let mut message = Message {
            id: id.to_owned(),
            born: self.now,
            sub_channel: op.sub_channel.clone(),
            status: "SENT",
            sender: op.by.clone(),
            sender_identity: self.identity(&op.by),
            input: op.input.clone(),
            content: op.input["Content"].clone(),
            metadata: op.input["Metadata"].clone(),
            created,
            updated: created,
            edited: None,
            redacted: false,
        };
        if !processors.is_empty() {
            message.status = "PENDING";
        }
        let status = message.status;
        if op.input["Persistence"] == "PERSISTENT" {
            let channel = self.channels.get_mut(&op.channel).unwrap();
            assert!(channel.messages.iter().all(|it| it.id != id), "an id for two messages");
            channel.messages.push(message.clone());
            if status == "SENT" {
                channel.spoke(&message);
            }
        }
        if status == "PENDING" {
            self.process(&op.channel, message, "CREATE", processors);
        } else {
            self.tell_of_message("CREATE", &op.channel, &message);
        }
        Ok((201, self.about_message(op, id, Some(status))))
    }

    fn about_message(&self, op: &Operation, id: &str, status: Option<&str>) -> Value {
        json!({
            "ChannelArn": self.channel_arn(&op.channel), "MessageId": id, "SubChannelId": op.sub_channel,
            "Status": status.map(|status| json!({ "Value": status })),
        })
    }

    pub(super) fn fits(input: &Value, kind: &Value) -> Result<(), &'static str> {
        let most = if kind == "CONTROL" { 30 } else { 4096 };
        let fits = input["Content"].as_str().unwrap().len() <= most
            && (kind != "CONTROL" || input["Metadata"].is_null());
        if fits { Ok(()) } else { Err("BadRequest") }
    }

    fn change(&mut self, op: &Operation) -> Outcome {
        let (channel, leads) = self.place(op)?;
        let takes_part = leads || channel.members.contains_key(&op.by);
        let may = if op.name == "DeleteChannelMessage" { self.is_admin(&op.by) } else { takes_part };
        if !may {
            return Err("Forbidden");
        }
        self.reaches(op)?;
        let mut message = self.stored(op).ok_or("Forbidden")?.clone();
        // While an update is not through, nobody changes the message.
        if message.status != "SENT" || self.waits(&op.channel, &op.message).is_some() {
            return Err("Forbidden");
        }
        let mine = message.sender == op.by;
        let what = match op.name {
            "UpdateChannelMessage" if mine && !message.redacted => {
                let metadata = Some(&op.input["Metadata"])
                    .filter(|it| !it.is_null())
                    .unwrap_or(&message.metadata)
                    .clone();
                Self::fits(
                    &json!({ "Content": op.input["Content"], "Metadata": metadata }),
                    &message.input["Type"],
                )?;
                (message.content, message.metadata) = (op.input["Content"].clone(), metadata);
                let processors = self.way(&op.channel, &message.input["Type"]);
                if !processors.is_empty() {
                    message.status = "PENDING";
                    self.process(&op.channel, message, "UPDATE", processors);
                    return Ok((200, self.about_message(op, &op.message, Some("PENDING"))));
                }
                message.updated = self.times.new_time();
                message.edited = Some(message.updated);
                "UPDATE"
            }
            "RedactChannelMessage" if (leads || mine) && self.is_for(&message, &op.by) => {
                (message.content, message.metadata, message.redacted) = (Value::Null, Value::Null, true);
                message.updated = self.times.new_time();
                "REDACT"
            }
            "DeleteChannelMessage" => "DELETE",
            _ => return Err("Forbidden"),
        };
        let messages = &mut self.channels.get_mut(&op.channel).unwrap().messages;
        let at = messages.iter().position(|it| it.id == message.id).expect("it is stored");
        messages[at] = message.clone();
        if what == "DELETE" {
            messages.remove(at);
            self.tokens.retain(|_, token| token.made != message.id);
        }
        self.tell_of_message(what, &op.channel, &message);
        Ok(match what {
            "DELETE" => (204, Value::Null),
            "UPDATE" => (200, self.about_message(op, &op.message, Some("SENT"))),
            _ => (200, self.about_message(op, &op.message, None)),
        })
    }
}
