//! Lists, without pages.

use serde_json::{Value, json};

use super::super::operation::Operation;
use super::{Model, opt};

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
            "ListChannelMembershipsForAppInstanceUser" => {
                whom(op)?;
                let items = self.channels.iter().filter_map(|(id, channel)| {
                    let member = channel.members.get(&op.who)?;
                    Some(json!({
                        "ChannelSummary": self.summary(id),
                        "AppInstanceUserMembershipSummary": { "Type": member.kind, "ReadMarkerTimestamp": opt(member.read) },
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
                let members = self.sees(op)?.members.iter().filter(|(_, it)| it.kind == op.input["type"]);
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
                let messages = self.sees(op)?.messages.iter();
                let messages = messages.filter(|it| self.is_kept(it) && self.is_for(it, &op.by));
                let mut items: Vec<_> = messages.map(Self::message_summary).collect();
                if op.input["sort-order"] != "ASCENDING" {
                    items.reverse();
                }
                items
            }
            other => panic!("the model does not know {other}"),
        };
        Ok((all, about))
    }
}
