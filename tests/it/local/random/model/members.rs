//! Members, moderators and bans of channels.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::super::operation::Operation;
use super::elastic::Room;
use super::{Grant, Member, Model, NewIds, Outcome, Time};

impl Member {
    pub(super) const fn new(kind: Value, invited_by: Value, created: Time) -> Self {
        Self {
            kind,
            invited_by,
            created,
            updated: created,
            read: None,
            preferences: Value::Null,
            sub_channel: None,
        }
    }
}

impl Model {
    pub(super) fn of_members(&mut self, op: &Operation, made: &NewIds) -> Outcome {
        let (by, who, input) = (&op.by, &op.who, &op.input);
        let channel_arn = self.channel_arn(&op.channel);
        match op.name {
            "CreateChannelMembership" => {
                self.may_add(op, &input["Type"], std::slice::from_ref(who))?;
                let sub_channel = self.join(op, &input["Type"], who, made)?;
                self.tell_of_member("CREATE", &op.channel, who);
                Ok((
                    201,
                    json!({ "ChannelArn": channel_arn, "Member": self.identity(who), "SubChannelId": sub_channel }),
                ))
            }
            "BatchCreateChannelMembership" => self.add_many(op, made),
            "DescribeChannelMembership" => {
                let member = self.sees(op)?.members.get(who).filter(|it| Self::is_there(op, it));
                let member = member.ok_or("NotFound")?;
                Ok((200, json!({ "ChannelMembership": self.membership(&op.channel, who, member) })))
            }
            "DeleteChannelMembership" => {
                let (channel, leads) = self.place(op)?;
                let may = who == by
                    || leads
                    || (channel.mode == "UNRESTRICTED" && channel.members.contains_key(by));
                if !may || !channel.members.get(who).is_some_and(|it| Self::is_there(op, it)) {
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

    /// Adds several members, and reports those who cannot be added.
    fn add_many(&mut self, op: &Operation, made: &NewIds) -> Outcome {
        let channel_arn = self.channel_arn(&op.channel);
        let people = op.people.clone();
        self.may_add(op, &json!("DEFAULT"), &people)?;
        let (mut joined, mut errors) = (BTreeMap::<_, Vec<_>>::new(), Vec::new());
        for who in &people {
            match self.join(op, &json!("DEFAULT"), who, made) {
                Ok(sub_channel) => joined.entry(sub_channel).or_default().push(self.identity(who)),
                Err(code) => errors.push(
                    json!({ "MemberArn": self.user_arn(who), "ErrorCode": code, "ErrorMessage": "$any" }),
                ),
            }
        }
        let invited_by = self.identity(&op.by);
        let batch = |sub_channel: &Option<String>, members: Vec<Value>| {
            json!({
                "ChannelArn": channel_arn, "InvitedBy": invited_by, "Type": "DEFAULT", "Members": members, "SubChannelId": sub_channel,
            })
        };
        for (sub_channel, members) in &joined {
            let to = self.together(&op.channel, sub_channel.as_deref());
            self.tell(&to, "BATCH_CREATE_CHANNEL_MEMBERSHIP", &batch(sub_channel, members.clone()));
        }
        // Only if all are in the same one.
        let sub_channel = if joined.len() == 1 { joined.keys().next().cloned().flatten() } else { None };
        let all = batch(&sub_channel, joined.into_values().flatten().collect());
        Ok((200, json!({ "BatchChannelMemberships": all, "Errors": errors })))
    }

    fn may_add(&self, op: &Operation, kind: &Value, people: &[String]) -> Result<(), &'static str> {
        let (channel, leads) = self.place(op)?;
        let invites = channel.mode == "UNRESTRICTED" && channel.members.contains_key(&op.by);
        let joins = |who: &String| *who == op.by && channel.privacy == "PUBLIC";
        let may = leads || (kind != "HIDDEN" && people.iter().all(|who| invites || joins(who)));
        if may { Ok(()) } else { Err("Forbidden") }
    }

    /// Returns whether a member is in the sub-channel that is asked for, if any is.
    fn is_there(op: &Operation, member: &Member) -> bool {
        op.sub_channel.is_none() || op.sub_channel == member.sub_channel
    }

    fn join(
        &mut self,
        op: &Operation,
        kind: &Value,
        who: &str,
        made: &NewIds,
    ) -> Result<Option<String>, &'static str> {
        let channel = &self.channels[&op.channel];
        self.users.get(who).ok_or("BadRequest")?;
        if channel.bans.contains_key(who) {
            return Err("Forbidden");
        }
        if channel.members.contains_key(who) {
            return Err("Conflict");
        }
        let room = channel.room(who, op.sub_channel.as_deref())?;
        let (created, invited_by) = (self.times.new_time(), self.identity(&op.by));
        let mut member = Member::new(kind.clone(), invited_by, created);
        let channel = self.channels.get_mut(&op.channel).unwrap();
        member.sub_channel = match room {
            Room::Undivided => None,
            Room::In(id) => Some(id),
            Room::New => Some(channel.new_sub_channel(made)),
        };
        let sub_channel = member.sub_channel.clone();
        channel.members.insert(who.to_owned(), member);
        Ok(sub_channel)
    }

    pub(super) fn leave(&mut self, channel: &str, who: &str) {
        self.tell_of_member("DELETE", channel, who);
        let member = self.channels.get_mut(channel).unwrap().members.remove(who).expect("a member");
        if let Some(left) = member.sub_channel {
            self.close_if_too_small(channel, &left);
        }
    }
}
