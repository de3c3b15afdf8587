//! Operations on a member's own data in a channel: notification preferences and the read marker.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{Call, ChannelInput, require};
use crate::local::arn::Arn;
use crate::local::refusal::{Refusal, bad_request, forbidden};
use crate::local::state::{Membership, State};

/// The member whose preferences a request is about, and the caller.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Owner {
    #[serde(flatten)]
    about: ChannelInput,
    member_arn: Arn,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Put {
    #[serde(flatten)]
    owner: Owner,
    preferences: Value,
}

/// Limits for filter rules.
const FILTER_BYTES: usize = 2048;
const FILTER_VALUES_OF_A_KEY: usize = 5;
const FILTER_VALUES: usize = 20;

pub(super) fn put(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let Put { owner, preferences } = call.input()?;
    let membership = owner.membership(call.state)?;
    let notifications = &preferences["PushNotifications"];
    match notifications["FilterRule"].as_str() {
        Some(rule) => check_filter(rule)?,
        None if notifications["AllowNotifications"] == "FILTERED" => {
            return Err(bad_request("Preferences.PushNotifications.FilterRule: FILTERED needs one"));
        }
        None => {}
    }
    membership.preferences = Some(preferences.clone());
    Ok(owner.answer(call.state, Some(&preferences)))
}

pub(super) fn get(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let owner: Owner = call.input()?;
    let preferences = owner.membership(call.state)?.preferences.clone();
    Ok(owner.answer(call.state, preferences.as_ref()))
}

pub(super) fn update_read_marker(call: &mut Call<'_>) -> Result<Value, Refusal> {
    let about: ChannelInput = call.input()?;
    let caller = call.caller(&about)?;
    caller.is_in_the_channel()?;
    let now = call.state.now;
    let channel = call.state.channels.channel_mut(&about.channel_arn)?;
    if channel.elastic.is_some() {
        return Err(bad_request("ChannelArn: an elastic channel has no read markers"));
    }
    if let Some(member) = channel.members.get_mut(&caller.arn) {
        // If many messages are sent within a millisecond, their times are ahead of the clock.
        member.read_marker = Some(channel.last_message.map_or(now, |last| last.max(now)));
    }
    Ok(json!({ "ChannelArn": about.channel_arn }))
}

impl Owner {
    /// Returns the membership whose preferences are requested.
    ///
    /// # Errors
    /// If it is not the caller's own.
    fn membership<'s>(&self, state: &'s mut State) -> Result<&'s mut Membership, Refusal> {
        let caller = state.caller(&self.about.chime_bearer, &self.about.channel_arn)?;
        require(
            self.member_arn == caller.arn,
            "MemberArn: preferences are their owner's only, not even an administrator's",
        )?;
        let membership =
            state.channels.channel_mut(&self.about.channel_arn)?.members.get_mut(&self.member_arn);
        membership.ok_or_else(|| forbidden("MemberArn: only a member of the channel has preferences"))
    }

    fn answer(&self, state: &State, preferences: Option<&Value>) -> Value {
        json!({
            "ChannelArn": self.about.channel_arn,
            "Member": state.directory.identity(&self.member_arn),
            "Preferences": preferences,
        })
    }
}

/// Refuses a filter rule that does not specify attributes of messages, such as `{"urgent": ["yes", {"anything-but": ["no"]}]}`.
fn check_filter(rule: &str) -> Result<(), Refusal> {
    let wrong = |why: &str| Err(bad_request(format!("Preferences.PushNotifications.FilterRule: {why}")));
    if rule.len() > FILTER_BYTES {
        return wrong("it is longer than 2 KB");
    }
    let Ok(keys) = serde_json::from_str::<Map<String, Value>>(rule) else {
        return wrong("it is not a JSON object");
    };
    let mut values = 0;
    for condition in keys.values() {
        let Some(count) = filter_values(condition) else {
            return wrong("a key has to have a list of texts, or of {\"anything-but\": [texts]}");
        };
        if count > FILTER_VALUES_OF_A_KEY {
            return wrong("a key has more than 5 values");
        }
        values += count;
    }
    if values > FILTER_VALUES { wrong("it has more than 20 values") } else { Ok(()) }
}

/// Returns how many values a condition on an attribute has; nothing if the condition is invalid.
fn filter_values(condition: &Value) -> Option<usize> {
    let condition = condition.as_array().filter(|condition| !condition.is_empty())?;
    let counts = condition.iter().map(|value| match value {
        Value::String(_) => Some(1),
        Value::Object(but) if but.len() == 1 => {
            let values = but.get("anything-but")?.as_array().filter(|values| !values.is_empty())?;
            values.iter().all(Value::is_string).then_some(values.len())
        }
        _ => None,
    });
    counts.sum()
}

#[cfg(test)]
mod tests {
    use super::check_filter;

    #[test]
    fn filter_rules_are_checked() {
        for rule in [r#"{"a": ["x"]}"#, r#"{"a": ["x", {"anything-but": ["y", "z"]}], "b": ["1"]}"#, "{}"] {
            assert_eq!(check_filter(rule), Ok(()), "{rule}");
        }
        let many = format!(
            "{{{}}}",
            ["a", "b", "c", "d", "e"].map(|k| format!(r#""{k}":["1","2","3","4","5"]"#)).join(",")
        );
        let long = format!(r#"{{"a": ["{}"]}}"#, "x".repeat(2048));
        for rule in [
            "x",
            "[]",
            r#"{"a": "x"}"#,
            r#"{"a": []}"#,
            r#"{"a": [1]}"#,
            r#"{"a": [{"prefix": ["x"]}]}"#,
            r#"{"a": [{"anything-but": []}]}"#,
            r#"{"a": ["1","2","3","4","5","6"]}"#,
            &many,
            &long,
        ] {
            assert!(check_filter(rule).is_err(), "{rule}");
        }
    }
}
