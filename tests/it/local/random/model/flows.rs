//! Channel flows, and the messages that wait in them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::super::operation::Operation;
use super::{DAY, Message, Model, NewIds, Outcome, Time};

/// The quota of the service under test.
pub(in super::super) const PROCESSORS: usize = 2;

pub(super) struct Flow {
    name: Value,
    /// In the order in which they run.
    processors: Vec<Value>,
    created: Time,
    updated: Time,
}

/// A message that waits for a callback.
#[derive(Clone)]
pub(in super::super) struct Waiting {
    pub(in super::super) channel: String,
    pub(in super::super) message: Message,
    /// `CREATE` or `UPDATE`.
    what: &'static str,
    /// As they were when the message was sent.
    processors: Vec<Value>,
    step: usize,
    since: u64,
    handed_over: Time,
    /// What the function got to call back with, once it is known.
    pub(in super::super) callback: Option<String>,
}

impl Model {
    pub(super) fn of_flow(&mut self, op: &Operation, made: &NewIds) -> Outcome {
        let (input, about) = (&op.input, json!({ "ChannelFlowArn": self.flow_arn(&op.flow) }));
        match op.name {
            "CreateChannelFlow" => {
                let processors = self.processors(input)?;
                let tags = Self::checked(&input["Tags"], BTreeMap::new())?;
                let created = self.times.new_time();
                let flow = Flow { name: input["Name"].clone(), processors, created, updated: created };
                assert!(self.flows.insert(made.id.clone(), flow).is_none(), "an id for two flows");
                self.set_tags(&self.flow_arn(&made.id), tags);
                Ok((201, json!({ "ChannelFlowArn": self.flow_arn(&made.id) })))
            }
            "UpdateChannelFlow" => {
                self.flows.get(&op.flow).ok_or("Forbidden")?;
                // The operation declares no error about quotas.
                let processors = self.processors(input).map_err(|_| "BadRequest")?;
                let updated = self.times.new_time();
                let flow = self.flows.get_mut(&op.flow).unwrap();
                (flow.name, flow.processors, flow.updated) = (input["Name"].clone(), processors, updated);
                Ok((200, about))
            }
            "DescribeChannelFlow" => {
                let flow = self.flows.get(&op.flow).ok_or("Forbidden")?;
                let mut all = self.flow_summary(&op.flow);
                all["CreatedTimestamp"] = flow.created.placeholder();
                all["LastUpdatedTimestamp"] = flow.updated.placeholder();
                Ok((200, json!({ "ChannelFlow": all })))
            }
            "DeleteChannelFlow" => {
                self.flows.get(&op.flow).ok_or("Forbidden")?;
                if self.channels.values().any(|it| it.flow.as_ref() == Some(&op.flow)) {
                    return Err("Conflict");
                }
                self.flows.remove(&op.flow);
                self.tags.remove(&self.flow_arn(&op.flow));
                self.tokens.retain(|_, token| token.made != op.flow);
                Ok((204, Value::Null))
            }
            "AssociateChannelFlow" => {
                self.leads(op)?;
                self.flows.get(&op.flow).ok_or("NotFound")?;
                self.channels.get_mut(&op.channel).unwrap().flow = Some(op.flow.clone());
                Ok((200, json!({})))
            }
            "DisassociateChannelFlow" => {
                let channel = self.leads(op)?;
                channel.flow.as_ref().filter(|flow| **flow == op.flow).ok_or("NotFound")?;
                self.channels.get_mut(&op.channel).unwrap().flow = None;
                Ok((204, Value::Null))
            }
            "ChannelFlowCallback" => self.call_back(op),
            other => panic!("the model does not know {other}"),
        }
    }

    fn processors(&self, input: &Value) -> Result<Vec<Value>, &'static str> {
        let mut all = input["Processors"].as_array().unwrap().clone();
        all.sort_by_key(|it| it["ExecutionOrder"].as_u64());
        let is_twice = all.windows(2).any(|two| two[0]["ExecutionOrder"] == two[1]["ExecutionOrder"]);
        // Flows and functions are in the same Region and account.
        let home = |arn: &str| arn.split(':').skip(3).take(2).map(str::to_owned).collect::<Vec<_>>();
        let arn_of = |it: &Value| it["Configuration"]["Lambda"]["ResourceArn"].as_str().unwrap().to_owned();
        if is_twice || all.iter().any(|it| home(&arn_of(it)) != home(&self.app)) {
            return Err("BadRequest");
        }
        if all.len() > PROCESSORS { Err("ResourceLimitExceeded") } else { Ok(all) }
    }

    pub(in super::super) fn flow_ids(&self) -> impl Iterator<Item = &String> {
        self.flows.keys()
    }

    pub(super) fn flow_summary(&self, id: &str) -> Value {
        let Flow { name, processors, .. } = &self.flows[id];
        json!({ "ChannelFlowArn": self.flow_arn(id), "Name": name, "Processors": processors })
    }

    /// Returns the processors that a message passes, in a channel that is there.
    pub(super) fn way(&self, channel: &str, kind: &Value) -> Vec<Value> {
        let flow = self.channels[channel].flow.as_ref().filter(|_| kind == "STANDARD");
        flow.map(|flow| self.flows[flow].processors.clone()).unwrap_or_default()
    }

    pub(super) fn waits(&self, channel: &str, message: &str) -> Option<&Waiting> {
        self.waiting.iter().find(|it| it.channel == channel && it.message.id == message)
    }

    /// Lets a message wait for the first of its processors.
    pub(super) fn process(
        &mut self,
        channel: &str,
        message: Message,
        what: &'static str,
        processors: Vec<Value>,
    ) {
        let waiting = Waiting {
            channel: channel.to_owned(),
            message,
            what,
            processors,
            step: 0,
            since: self.now.0,
            handed_over: self.times.new_time(),
            callback: None,
        };
        self.tell_sender(&waiting, "PENDING_");
        self.waiting.push(waiting);
    }

    fn tell_sender(&mut self, waiting: &Waiting, prefix: &str) {
        let payload = self.message(&waiting.channel, &waiting.message);
        let name = format!("{prefix}{}_CHANNEL_MESSAGE", waiting.what);
        self.tell(std::slice::from_ref(&waiting.message.sender), &name, &payload);
    }

    fn call_back(&mut self, op: &Operation) -> Outcome {
        let edited = &op.input["ChannelMessage"];
        let at = self.waiting.iter().position(|it| {
            let is_it = it.callback.as_deref() == op.input["CallbackId"].as_str();
            is_it && it.channel == op.channel && edited["MessageId"] == *it.message.id
        });
        let at = at.ok_or("Forbidden")?;
        if self.now.0 - self.waiting[at].since > 2 * DAY {
            return Err("Forbidden");
        }
        let mut waiting = self.waiting[at].clone();
        let denied = op.input["DeleteResource"] == true;
        if !denied {
            for (mine, new) in [
                (&mut waiting.message.content, &edited["Content"]),
                (&mut waiting.message.metadata, &edited["Metadata"]),
            ] {
                if !new.is_null() {
                    *mine = new.clone();
                }
            }
            let Message { content, metadata, input, .. } = &waiting.message;
            Self::fits(&json!({ "Content": content, "Metadata": metadata }), &input["Type"])?;
        }
        self.waiting.remove(at);
        self.decide(waiting, denied);
        Ok((
            200,
            json!({ "ChannelArn": self.channel_arn(&op.channel), "CallbackId": op.input["CallbackId"] }),
        ))
    }

    /// Goes on as if the function of a message had not been there.
    pub(in super::super) fn fall_back(&mut self, message: &str) {
        self.now.1 += 1;
        let at = self.waiting.iter().position(|it| it.message.id == message).expect("it waits");
        let waiting = self.waiting.remove(at);
        if waiting.processors[waiting.step]["FallbackAction"] == "CONTINUE" {
            self.decide(waiting, false);
        } else {
            self.stop(waiting, "FAILED");
        }
    }

    fn decide(&mut self, mut waiting: Waiting, denied: bool) {
        if denied {
            return self.stop(waiting, "DENIED");
        }
        waiting.step += 1;
        if waiting.step < waiting.processors.len() {
            (waiting.since, waiting.handed_over, waiting.callback) =
                (self.now.0, self.times.new_time(), None);
            return self.waiting.push(waiting);
        }
        let now = self.times.new_time();
        let Waiting { channel: id, mut message, what, .. } = waiting;
        (message.status, message.updated) = ("SENT", now);
        let channel = self.channels.get_mut(&id).expect("nothing waits without its channel");
        let is_kept = message.input["Persistence"] == "PERSISTENT";
        if what == "UPDATE" {
            message.edited = Some(now);
        } else if is_kept {
            channel.spoke(&message);
        }
        if let Some(stored) = channel.messages.iter_mut().find(|it| is_kept && it.id == message.id) {
            *stored = message.clone();
        }
        self.tell_of_message(what, &id, &message);
    }

    fn stop(&mut self, mut waiting: Waiting, status: &'static str) {
        (waiting.message.status, waiting.message.updated) = (status, self.times.new_time());
        let Waiting { channel, message, what, .. } = &waiting;
        let messages =
            &mut self.channels.get_mut(channel).expect("nothing waits without its channel").messages;
        match (*what, status) {
            ("CREATE", "DENIED") => messages.retain(|it| it.id != message.id),
            ("CREATE", _) => {
                if let Some(stored) = messages.iter_mut().find(|it| it.id == message.id) {
                    (stored.status, stored.updated) = (message.status, message.updated);
                }
            }
            // What it was before stays.
            _ => {}
        }
        self.tell_sender(&waiting, &format!("{status}_"));
    }
}

impl Waiting {
    /// Returns the event that the function gets.
    pub(in super::super) fn event(&self, channel_arn: &str) -> Value {
        let Message { id, sender_identity, input, content, metadata, created, sub_channel, .. } =
            &self.message;
        let edited = if self.what == "UPDATE" { self.handed_over.placeholder() } else { Value::Null };
        json!({
            "EventType": "CHANNEL_MESSAGE_EVENT", "CallbackId": "$any",
            "ChannelMessage": {
                "MessageId": id, "ChannelArn": channel_arn, "Content": content, "Metadata": metadata, "Sender": sender_identity,
                "Persistence": input["Persistence"], "Type": input["Type"], "CreatedTimestamp": created.placeholder(),
                "LastEditedTimestamp": edited, "SubChannelId": sub_channel,
            },
        })
    }
}
