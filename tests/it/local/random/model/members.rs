//! Members, moderators and bans of channels.

use serde_json::{Value, json};

use super::super::operation::Operation;
use super::{Grant, Member, Model, Outcome};

impl Model {
    pub(super) fn of_members(&mut self, op: &Operation) -> Outcome {
        let (by, who, input) = (&op.by, &op.who, &op.input);
        let channel_arn = self.channel_arn(&op.channel);
        match op.name {
            "CreateChannelMembership" => {
                self.may_add(op, &input["Type"], std::slice::from_ref(who))?;
                self.join(op, &input["Type"], who)?;
                self.tell_of_member("CREATE", &op.channel, who);
                Ok((201, json!({ "ChannelArn": channel_arn, "Member": self.identity(who) })))
            }
            "BatchCreateChannelMembership" => {
                let people = op.people.clone();
                self.may_add(op, &json!("DEFAULT"), &people)?;
                let (mut members, mut errors) = (Vec::new(), Vec::new());
                for who in &people {
                    match self.join(op, &json!("DEFAULT"), who) {
                        Ok(()) => members.push(self.identity(who)),
                        Err(code) => errors.push(json!({ "MemberArn": self.user_arn(who), "ErrorCode": code, "ErrorMessage": "$any" })),
                    }
                }
                let batch = json!({ "ChannelArn": channel_arn, "InvitedBy": self.identity(by), "Type": "DEFAULT", "Members": members });
                if !members.is_empty() {
                    self.tell_members(&op.channel, "BATCH_CREATE_CHANNEL_MEMBERSHIP", &batch);
                }
                Ok((200, json!({ "BatchChannelMemberships": batch, "Errors": errors })))
            }
            "DescribeChannelMembership" => {
                let member = self.sees(op)?.members.get(who).ok_or("NotFound")?;
                Ok((200, json!({ "ChannelMembership": self.membership(&op.channel, who, member) })))
            }
            "DeleteChannelMembership" => {
                let (channel, leads) = self.place(op)?;
                let may = who == by
                    || leads
                    || (channel.mode == "UNRESTRICTED" && channel.members.contains_key(by));
                if !may || !channel.members.contains_key(who) {
                    return Err("Forbidden");
                }
                self.leave(&op.channel, who);
                Ok((204, Value::Null))
            }
            "CreateChannelModerator" => {
                let channel = self.leads(op)?;
                self.users.get(who).ok_or("BadRequest")?;
                if channel.moderators.contains_key(who) {
                    return Err("Conflict");
                }
                if channel.bans.contains_key(who) {
                    return Err("Forbidden");
                }
                let grant = Grant { by: self.identity(by), created: self.times.new_time() };
                self.channels.get_mut(&op.channel).unwrap().moderators.insert(who.clone(), grant);
                Ok((201, json!({ "ChannelArn": channel_arn, "ChannelModerator": self.identity(who) })))
            }
            "CreateChannelBan" => {
                let channel = self.leads(op)?;
                self.users.get(who).ok_or("BadRequest")?;
                if self.is_admin(who) || channel.moderators.contains_key(who) {
                    return Err("Forbidden");
                }
                if channel.bans.contains_key(who) {
                    return Err("Conflict");
                }
                if channel.members.contains_key(who) {
                    self.leave(&op.channel, who);
                }
                let grant = Grant { by: self.identity(by), created: self.times.new_time() };
                self.channels.get_mut(&op.channel).unwrap().bans.insert(who.clone(), grant);
                Ok((201, json!({ "ChannelArn": channel_arn, "Member": self.identity(who) })))
            }
            "DescribeChannelModerator" | "DescribeChannelBan" => {
                let channel = self.leads(op)?;
                let is_ban = op.name == "DescribeChannelBan";
                let (all, outer, inner) = if is_ban {
                    (&channel.bans, "ChannelBan", "Member")
                } else {
                    (&channel.moderators, "ChannelModerator", "Moderator")
                };
                let grant = all.get(who).ok_or("NotFound")?;
                Ok((
                    200,
                    json!({ outer: {
                    "ChannelArn": channel_arn, inner: self.identity(who), "CreatedBy": grant.by,
                    "CreatedTimestamp": grant.created.placeholder(),
                } }),
                ))
            }
            "DeleteChannelModerator" | "DeleteChannelBan" => {
                self.leads(op)?;
                let channel = self.channels.get_mut(&op.channel).unwrap();
                let all =
                    if op.name == "DeleteChannelBan" { &mut channel.bans } else { &mut channel.moderators };
                all.remove(who).map(|_| (204, Value::Null)).ok_or("Forbidden")
            }
            other => panic!("the model does not know {other}"),
        }
    }

    fn may_add(&self, op: &Operation, kind: &Value, people: &[String]) -> Result<(), &'static str> {
        let (channel, leads) = self.place(op)?;
        let invites = channel.mode == "UNRESTRICTED" && channel.members.contains_key(&op.by);
        let joins = |who: &String| *who == op.by && channel.privacy == "PUBLIC";
        let may = leads || (kind != "HIDDEN" && people.iter().all(|who| invites || joins(who)));
        if may { Ok(()) } else { Err("Forbidden") }
    }

    fn join(&mut self, op: &Operation, kind: &Value, who: &str) -> Result<(), &'static str> {
        let channel = &self.channels[&op.channel];
        self.users.get(who).ok_or("BadRequest")?;
        if channel.bans.contains_key(who) {
            return Err("Forbidden");
        }
        if channel.members.contains_key(who) {
            return Err("Conflict");
        }
        let (created, invited_by) = (self.times.new_time(), self.identity(&op.by));
        let member = Member { kind: kind.clone(), invited_by, created, read: None };
        self.channels.get_mut(&op.channel).unwrap().members.insert(who.to_owned(), member);
        Ok(())
    }

    pub(super) fn leave(&mut self, channel: &str, who: &str) {
        self.tell_of_member("DELETE", channel, who);
        self.channels.get_mut(channel).unwrap().members.remove(who);
    }
}
