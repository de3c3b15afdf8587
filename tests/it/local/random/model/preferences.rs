//! The preferences of members, which nobody else sees.

use serde_json::{Value, json};

use super::super::operation::Operation;
use super::{Model, Outcome};

impl Model {
    pub(super) fn of_preferences(&mut self, op: &Operation) -> Outcome {
        let (channel, _) = self.place(op)?;
        let member = channel.members.get(&op.by).filter(|_| op.who == op.by).ok_or("Forbidden")?;
        let preferences = match op.name {
            "GetChannelMembershipPreferences" => member.preferences.clone(),
            "PutChannelMembershipPreferences" => {
                let preferences = op.input["Preferences"].clone();
                let notifications = &preferences["PushNotifications"];
                let rule = notifications["FilterRule"].as_str();
                let is_fine = rule.is_none_or(is_filter);
                if !is_fine || (rule.is_none() && notifications["AllowNotifications"] == "FILTERED") {
                    return Err("BadRequest");
                }
                let channel = self.channels.get_mut(&op.channel).unwrap();
                channel.members.get_mut(&op.by).unwrap().preferences = preferences.clone();
                preferences
            }
            other => panic!("the model does not know {other}"),
        };
        Ok((
            200,
            json!({ "ChannelArn": self.channel_arn(&op.channel), "Member": self.identity(&op.by), "Preferences": preferences }),
        ))
    }
}

/// Returns whether a rule is one of those that are drawn and not wrong: a list of texts for each name.
fn is_filter(rule: &str) -> bool {
    let rule: Option<Value> = serde_json::from_str(rule).ok();
    let names = rule.as_ref().and_then(Value::as_object);
    names.is_some_and(|names| names.values().all(|texts| texts.as_array().is_some_and(|it| it.len() <= 5)))
}
