//! Lists, without pages.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::super::operation::Operation;
use super::{Channel, Model, opt};

impl Model {
    /// Returns the items of a list, and what else the answer has.
    pub(in super::super) fn list(&self, op: &Operation) -> Result<(Vec<Value>, Value), &'static str> {
        let about = json!({ "ChannelArn": self.channel_arn(&op.channel) });
        let whom = |op: &Operation| {
            let may = self.users.contains_key(&op.by) && (op.who == op.by || self.is_admin(&op.by));
            if may && self.users.contains_key(&op.who) { Ok(()) } else { Err("Forbidden") }
        };
        let all = match op.name {
            "ListAppInstanceUsers" => {
                let users = self.users.iter();
                let items = users.map(|(id, it)| json!({ "AppInstanceUserArn": self.user_arn(id), "Name": it.name, "Metadata": it.metadata }));
                return Ok((items.collect(), json!({ "AppInstanceArn": self.app })));
            }
            "ListAppInstanceAdmins" => {
                let items = self.admins.keys().map(|id| json!({ "Admin": self.identity(id) }));
                return Ok((items.collect(), json!({ "AppInstanceArn": self.app })));
            }
            "ListChannels" => {
                let privacy = &op.input["privacy"];
                if !self.users.contains_key(&op.by) || (privacy == "PRIVATE" && !self.is_admin(&op.by)) {
                    return Err("Forbidden");
                }
                let channels = self.channels.iter().filter(|(_, it)| it.privacy == *privacy);
                return Ok((channels.map(|(id, _)| self.summary(id)).collect(), json!({})));
            }
            "SearchChannels" => return Ok((self.found(op)?, json!({}))),
            "ListChannelFlows" | "ListChannelsAssociatedWithChannelFlow" => {
                return Ok((self.list_of_flows(op)?, json!({})));
            }
            "ListSubChannels" => {
                let channel = self.leads(op)?;
                let elastic = channel.elastic.as_ref().ok_or("BadRequest")?;
                let item = |id: &String| json!({ "SubChannelId": id, "MembershipCount": channel.count(id) });
                elastic.sub_channels.iter().map(item).collect()
            }
            "ListChannelMembershipsForAppInstanceUser" => {
                whom(op)?;
                let items = self.channels.iter().filter_map(|(id, channel)| {
                    let member = channel.members.get(&op.who)?;
                    Some(json!({
                        "ChannelSummary": self.summary(id),
                        "AppInstanceUserMembershipSummary": { "Type": member.kind, "ReadMarkerTimestamp": opt(member.read), "SubChannelId": member.sub_channel },
                    }))
                });
                return Ok((items.collect(), json!({})));
            }
            "ListChannelsModeratedByAppInstanceUser" => {
                whom(op)?;
                let channels = self.channels.iter().filter(|(_, it)| it.moderators.contains_key(&op.who));
                return Ok((
                    channels.map(|(id, _)| json!({ "ChannelSummary": self.summary(id) })).collect(),
                    json!({}),
                ));
            }
            "ListChannelMemberships" => {
                let channel = self.sees(op)?;
                Self::is_asked_for_rightly(op, channel)?;
                let members = channel.members.iter().filter(|(_, it)| {
                    it.kind == op.input["type"]
                        && (op.sub_channel.is_none() || it.sub_channel == op.sub_channel)
                });
                members.map(|(id, _)| json!({ "Member": self.identity(id) })).collect()
            }
            "ListChannelModerators" => self
                .leads(op)?
                .moderators
                .keys()
                .map(|id| json!({ "Moderator": self.identity(id) }))
                .collect(),
            "ListChannelBans" => {
                self.leads(op)?.bans.keys().map(|id| json!({ "Member": self.identity(id) })).collect()
            }
            "ListChannelMessages" => {
                let channel = self.sees(op)?;
                self.reaches(op)?;
                Self::is_asked_for_rightly(op, channel)?;
                let messages = channel.messages.iter().filter(|it| {
                    self.is_kept(it) && self.is_for(it, &op.by) && it.sub_channel == op.sub_channel
                });
                let mut items: Vec<_> = messages.map(Self::message_summary).collect();
                if op.input["sort-order"] != "ASCENDING" {
                    items.reverse();
                }
                items
            }
            other => panic!("the model does not know {other}"),
        };
        let about = match op.name {
            "ListChannelMessages" => {
                json!({ "ChannelArn": self.channel_arn(&op.channel), "SubChannelId": op.sub_channel })
            }
            _ => about,
        };
        Ok((all, about))
    }

    fn list_of_flows(&self, op: &Operation) -> Result<Vec<Value>, &'static str> {
        if op.name == "ListChannelFlows" {
            return Ok(self.flows.keys().map(|id| self.flow_summary(id)).collect());
        }
        self.flows.get(&op.flow).ok_or("Forbidden")?;
        let channels = self.channels.iter().filter(|(_, it)| it.flow.as_ref() == Some(&op.flow));
        let items = channels.map(|(id, _)| {
            let mut summary = self.summary(id);
            summary["LastMessageTimestamp"] = Value::Null;
            summary
        });
        Ok(items.collect())
    }

    /// Refuses lists of a sub-channel that is not there.
    fn is_asked_for_rightly(op: &Operation, channel: &Channel) -> Result<(), &'static str> {
        match &op.sub_channel {
            Some(_) if channel.elastic.is_none() => Err("BadRequest"),
            id if channel.is_open(id.as_deref()) => Ok(()),
            // The operation declares no error for what is not there.
            _ => Err("Forbidden"),
        }
    }

    /// Returns the channels that a search finds: of administrators among all, of others among their own.
    fn found(&self, op: &Operation) -> Result<Vec<Value>, &'static str> {
        self.users.get(&op.by).ok_or("Forbidden")?;
        let fields = op.input["Fields"].as_array().unwrap();
        let values_of = |field: &Value| {
            let values = field["Values"].as_array().unwrap().iter();
            values.map(|value| value.as_str().unwrap().to_owned()).collect::<BTreeSet<_>>()
        };
        let is_user = |arn: &String| self.users.keys().any(|id| self.user_arn(id) == *arn);
        if !fields.iter().all(|field| values_of(field).iter().all(is_user)) {
            return Err("BadRequest");
        }
        let fits = |channel: &Channel| {
            // Hidden members are there for themselves only.
            let seen = channel.members.iter().filter(|(who, it)| it.kind == "DEFAULT" || **who == op.by);
            let seen: BTreeSet<_> = seen.map(|(who, _)| self.user_arn(who)).collect();
            let mine = self.is_admin(&op.by) || channel.has(&op.by);
            mine && fields.iter().all(|field| match field["Operator"].as_str() {
                Some("EQUALS") => seen == values_of(field),
                _ => seen.is_superset(&values_of(field)),
            })
        };
        let channels = self.channels.iter().filter(|(_, channel)| fits(channel));
        Ok(channels.map(|(id, _)| self.summary(id)).collect())
    }
}
