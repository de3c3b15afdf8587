//! Messages.

use serde_json::{Value, json};

use super::super::operation::Operation;
use super::{Message, Model, Outcome};

impl Model {
    pub(super) fn of_message(&mut self, op: &Operation, id: &str) -> Outcome {
        let by = &op.by;
        match op.name {
            "SendChannelMessage" => self.send(op, id),
            "UpdateChannelMessage" | "RedactChannelMessage" | "DeleteChannelMessage" => self.change(op),
            "GetChannelMessage" => {
                let message = self.sees(op)?.messages.iter().find(|it| it.id == op.message);
                let message =
                    message.filter(|it| self.is_kept(it) && self.is_for(it, by)).ok_or("NotFound")?;
                Ok((200, json!({ "ChannelMessage": self.message(&op.channel, message) })))
            }
            "GetChannelMessageStatus" => {
                let message = self.place(op)?.0.messages.iter().find(|it| it.id == op.message);
                message.filter(|it| self.is_kept(it) && it.sender == *by).ok_or("Forbidden")?;
                Ok((200, json!({ "Status": { "Value": "SENT" } })))
            }
            other => panic!("the model does not know {other}"),
        }
    }

    fn send(&mut self, op: &Operation, id: &str) -> Outcome {
        let (channel, _) = self.place(op)?;
        let member = channel.members.get(&op.by).ok_or("Forbidden")?;
        if member.kind == "HIDDEN" {
            return Err("Forbidden");
        }
        let target = &op.input["Target"][0]["MemberArn"];
        if !target.is_null() && !channel.members.keys().any(|who| *target == self.user_arn(who)) {
            return Err("BadRequest");
        }
        Self::fits(&op.input, &op.input["Type"])?;
        let created = self.times.new_time();
        let message = Message {
            id: id.to_owned(),
            minute: self.now.0,
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
        let now = self.now;
        if op.input["Persistence"] == "PERSISTENT" {
            let channel = self.channels.get_mut(&op.channel).unwrap();
            assert!(channel.messages.iter().all(|it| it.id != id), "an id for two messages");
            (channel.last_message, channel.spoken) = (Some(created), now);
            channel.messages.push(message.clone());
        }
        self.notify_of_message("CREATE", &op.channel, &message);
        Ok((
            201,
            json!({ "ChannelArn": self.channel_arn(&op.channel), "MessageId": id, "Status": { "Value": "SENT" } }),
        ))
    }

    fn fits(input: &Value, kind: &Value) -> Result<(), &'static str> {
        let most = if kind == "CONTROL" { 30 } else { 4096 };
        let fits = input["Content"].as_str().unwrap().len() <= most
            && (kind != "CONTROL" || input["Metadata"].is_null());
        if fits { Ok(()) } else { Err("BadRequest") }
    }

    fn change(&mut self, op: &Operation) -> Outcome {
        let (channel, leads) = self.place(op)?;
        let at = channel
            .messages
            .iter()
            .position(|it| it.id == op.message && self.is_kept(it))
            .ok_or("Forbidden")?;
        let mut message = channel.messages[at].clone();
        let (takes_part, mine) = (leads || channel.members.contains_key(&op.by), message.sender == op.by);
        let what = match op.name {
            "UpdateChannelMessage" if takes_part && mine && !message.redacted => {
                let metadata = Some(&op.input["Metadata"])
                    .filter(|it| !it.is_null())
                    .unwrap_or(&message.metadata)
                    .clone();
                Self::fits(
                    &json!({ "Content": op.input["Content"], "Metadata": metadata }),
                    &message.input["Type"],
                )?;
                (message.content, message.metadata) = (op.input["Content"].clone(), metadata);
                message.updated = self.times.new_time();
                message.edited = Some(message.updated);
                "UPDATE"
            }
            "RedactChannelMessage" if takes_part && (leads || mine) && self.is_for(&message, &op.by) => {
                (message.content, message.metadata, message.redacted) = (Value::Null, Value::Null, true);
                message.updated = self.times.new_time();
                "REDACT"
            }
            "DeleteChannelMessage" if self.is_admin(&op.by) => "DELETE",
            _ => return Err("Forbidden"),
        };
        let channel = self.channels.get_mut(&op.channel).unwrap();
        channel.messages[at] = message.clone();
        if what == "DELETE" {
            channel.messages.remove(at);
            self.tokens.retain(|_, token| token.made != message.id);
        }
        self.notify_of_message(what, &op.channel, &message);
        let mut answer = json!({ "ChannelArn": self.channel_arn(&op.channel), "MessageId": op.message });
        match what {
            "DELETE" => return Ok((204, Value::Null)),
            "UPDATE" => answer["Status"] = json!({ "Value": "SENT" }),
            _ => {}
        }
        Ok((200, answer))
    }
}
