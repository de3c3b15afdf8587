//! Discord's `AutoMod`: the response of `GET /guilds/{guild.id}/auto-moderation/rules`.

mod trigger;

use serde_json::{Map, Value};

use self::trigger::{keywords, mentions, presets};
use super::engine::Engine;
use super::page::{GroupScope, Page, Rule, Tally, slug};

/// Writes the rules in `text` on `page`.
///
/// If `text` is not in the format that the API returns.
/// If `text` is not what the API returns.
pub(super) fn import(text: &str, page: &mut Page, engine: Engine<'_>) -> anyhow::Result<()> {
    let value: Value =
        serde_json::from_str(text).map_err(|error| anyhow::anyhow!("this is not JSON: {error}"))?;
    let inner = ["auto_moderation_rules", "rules", "data"].into_iter().find_map(|key| value.get(key));
    let rules = match inner.unwrap_or(&value) {
        Value::Array(rules) => rules.clone(),
        one @ Value::Object(_) => vec![one.clone()],
        _ => Vec::new(),
    };
    anyhow::ensure!(
        rules.iter().any(|rule| rule.get("trigger_type").is_some()),
        "these are not rules of AutoMod: expected what `GET /guilds/{{guild.id}}/auto-moderation/rules` returns"
    );
    for (number, rule) in rules.iter().enumerate() {
        if let Value::Object(rule) = rule {
            write_rule(rule, number + 1, page, engine);
        } else {
            let note = page.leave(&format!("`{rule}`"), "it is not a rule");
            page.note(&note);
        }
    }
    Ok(())
}

/// The trigger of a rule.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trigger {
    Keyword,
    Spam,
    Preset,
    MentionSpam,
    MemberProfile,
    Other,
}

impl Trigger {
    fn name(self) -> &'static str {
        match self {
            Self::Keyword => "keywords",
            Self::Spam => "spam",
            Self::Preset => "presets",
            Self::MentionSpam => "mentions",
            Self::MemberProfile => "profiles",
            Self::Other => "rule",
        }
    }
}

fn trigger(value: Option<&Value>) -> Trigger {
    match named(value, &["", "keyword", "", "spam", "keyword_preset", "mention_spam", "member_profile"]) {
        Some(1) => Trigger::Keyword,
        Some(3) => Trigger::Spam,
        Some(4) => Trigger::Preset,
        Some(5) => Trigger::MentionSpam,
        Some(6) => Trigger::MemberProfile,
        _ => Trigger::Other,
    }
}

/// Returns a number of the API, which some tools write as a name.
fn named(value: Option<&Value>, names: &[&str]) -> Option<u64> {
    let value = value?;
    let by_name = |name: &str| names.iter().position(|known| known.eq_ignore_ascii_case(name));
    value.as_u64().or_else(|| u64::try_from(by_name(value.as_str()?)?).ok())
}

fn write_rule(rule: &Map<String, Value>, number: usize, page: &mut Page, engine: Engine<'_>) {
    let name = rule.get("name").and_then(Value::as_str).filter(|name| !name.trim().is_empty());
    let name = name.map_or_else(|| format!("rule {number}"), str::to_owned);
    let is_about_members = named(rule.get("event_type"), &["", "message_send", "member_update"]) == Some(2);
    let trigger = if is_about_members { Trigger::MemberProfile } else { trigger(rule.get("trigger_type")) };
    // A name without Latin letters cannot become an id.
    let id = if slug(&name) == "rule" { trigger.name().to_owned() } else { name.clone() };
    let why = (slug(&name) != name).then(|| name.clone());
    let before = page.tally();
    let mut draft = Rule { id, why, ..Rule::default() };
    odd(rule, &mut draft, page);
    act(rule, &mut draft, page);
    exempt(rule, &mut draft, page);
    if rule.get("enabled").is_some_and(|enabled| !enabled.is_null() && !enabled.is_boolean()) {
        draft.in_shadow = true;
        draft.notes.push("Delete `mode` to enforce it.".to_owned());
    }
    if rule.get("enabled") == Some(&Value::Bool(false)) {
        draft.in_shadow = true;
        draft.notes.push("It was disabled: delete `mode` to enforce it.".to_owned());
    }
    for (key, value) in rule.iter().filter(|(key, _)| !KNOWN.contains(&&***key)) {
        draft.notes.push(page.leave(&format!("`{key}: {value}`"), "this program does not know it"));
    }
    let none = Map::new();
    let data = rule.get("trigger_metadata").and_then(Value::as_object).unwrap_or(&none);
    let used: &[&str] = match trigger {
        Trigger::Keyword => &["keyword_filter", "regex_patterns", "allow_list"],
        Trigger::Preset => &["presets", "allow_list"],
        Trigger::MentionSpam => &["mention_total_limit"],
        _ => &[],
    };
    for (key, value) in data.iter().filter(|(key, value)| !used.contains(&&***key) && !is_empty(value)) {
        let why = match &**key {
            _ if trigger == Trigger::MemberProfile => "rules judge messages, not profiles of members",
            "mention_raid_protection_enabled" => {
                "Discord does not say what it takes for a raid; `duplicate = { senders = 5, within = \"1m\" }` finds the same text from many senders, \
                 and `mentions` with `rate` many mentions from one"
            }
            _ if trigger == Trigger::Other => "this program does not know what triggers the rule",
            _ => "it does nothing with this trigger",
        };
        draft.notes.push(page.leave(&format!("`{key}: {value}`"), why));
        page.leave_many(value.as_array().map_or(1, Vec::len) - 1);
    }
    let written = match trigger {
        Trigger::MemberProfile => Err("rules judge messages, not profiles of members".to_owned()),
        Trigger::Keyword => keywords(data, &mut draft, page, engine),
        Trigger::Preset => presets(data, &mut draft, page, engine),
        Trigger::MentionSpam => mentions(data, &mut draft, page, engine),
        Trigger::Spam => {
            page.leave_many(1);
            Err("Discord does not say what it takes for spam; `rate` finds floods, `duplicate` copies, `links` with `newcomer` links of new members".to_owned())
        }
        Trigger::Other => {
            page.leave_many(1);
            Err(match rule.get("trigger_type") {
                Some(other) => format!("this program does not know `trigger_type: {other}`"),
                None => "it has no `trigger_type`".to_owned(),
            })
        }
    };
    if let Err(why) = written {
        left_out(&name, &mut draft, &why, before, page);
    }
}

/// Reports the keys of a rule whose values have a wrong type as omitted.
fn odd(rule: &Map<String, Value>, draft: &mut Rule, page: &mut Page) {
    let is_event =
        |value: &Value| matches!(named(Some(value), &["", "message_send", "member_update"]), Some(1 | 2));
    let fits = |key: &str, value: &Value| match key {
        "name" => value.is_string(),
        "event_type" => is_event(value),
        "trigger_metadata" => value.is_object(),
        "actions" => value.is_array(),
        _ => value.is_boolean(),
    };
    for (key, why) in [
        ("name", "it is not a text"),
        ("event_type", "this program does not know it"),
        ("trigger_metadata", "it is not an object"),
        ("actions", "it is not a list"),
        ("enabled", "it is neither `true` nor `false`"),
    ] {
        if let Some(value) = rule.get(key).filter(|value| !value.is_null() && !fits(key, value)) {
            draft.notes.push(page.leave(&format!("`{key}: {value}`"), why));
        }
    }
}

/// The keys of a rule that are read, or that only identify it.
const KNOWN: &[&str] = &[
    "id",
    "guild_id",
    "name",
    "creator_id",
    "event_type",
    "trigger_type",
    "trigger_metadata",
    "actions",
    "enabled",
    "exempt_roles",
    "exempt_channels",
];

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

/// Writes a rule without counterpart as a comment. Everything that was taken over from it since `before` counts as omitted too.
fn left_out(name: &str, draft: &mut Rule, why: &str, before: Tally, page: &mut Page) {
    match page.leave_since(before) {
        0 => {}
        1 => draft.notes.push("left out with it: 1 action, exemption or allowed word".to_owned()),
        number => {
            draft.notes.push(format!("left out with it: {number} actions, exemptions and allowed words"));
        }
    }
    let notes = draft.notes.iter().map(|note| format!("\n  {note}"));
    page.note(&format!("left out: the rule \"{name}\": {why}{}", notes.collect::<String>()));
}

/// Reads the actions of a rule.
fn act(rule: &Map<String, Value>, draft: &mut Rule, page: &mut Page) {
    draft.denies = true;
    let actions = rule.get("actions").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let kind = |action: &Value| {
        named(
            action.get("type"),
            &["", "block_message", "send_alert_message", "timeout", "block_member_interaction"],
        )
    };
    let blocks = actions.iter().any(|action| kind(action) == Some(1));
    if !blocks {
        draft.in_shadow = true;
        draft
            .notes
            .push("It did not block messages: here it counts them. Delete `mode` to deny them.".to_owned());
    }
    for action in actions {
        let data = |key: &str| {
            action.get("metadata").and_then(|data| data.get(key)).filter(|value| !is_empty(value))
        };
        match kind(action) {
            Some(1) => {
                page.take(1);
                if let Some(text) = data("custom_message") {
                    let text = text.as_str().map_or_else(|| text.to_string(), |text| format!("\"{text}\""));
                    draft.notes.push(page.leave(
                        &format!("the sender received {text}"),
                        "no text goes to the sender of a denied message",
                    ));
                }
            }
            Some(2) => {
                let channel = data("channel_id").map_or_else(|| "?".to_owned(), bare);
                if blocks {
                    draft.notes.push(page.leave(
                        &format!("an alert in channel {channel}"),
                        "every denial is in the log instead",
                    ));
                } else {
                    page.take(1);
                }
            }
            Some(3) => {
                let seconds = data("duration_seconds").map_or_else(|| "?".to_owned(), bare);
                draft.notes.push(page.leave(
                    &format!("a timeout of {seconds} s"),
                    &format!(
                        "give this rule `strikes = 1`, and a rule above all others denies for so long, in all channels, whoever has one: \
                         `find = {{ strikes = {{ min = 1, within = \"{seconds}s\" }} }}`"
                    ),
                ));
            }
            Some(4) => draft.notes.push(page.leave(
                "members could do nothing more",
                "a rule judges messages, and does nothing to their senders",
            )),
            _ => {
                draft
                    .notes
                    .push(page.leave(&format!("the action {action}"), "this program does not know it"));
                continue;
            }
        }
        let read = match kind(action) {
            Some(1) => "custom_message",
            Some(2) => "channel_id",
            Some(3) => "duration_seconds",
            _ => "",
        };
        unknown(action, read, draft, page);
    }
}

/// Reports the members of an action as omitted, except for its type and the member `read` of its metadata.
fn unknown(action: &Value, read: &str, draft: &mut Rule, page: &mut Page) {
    let metadata = action.get("metadata").unwrap_or(&Value::Null);
    let members = |value: &Value| {
        value
            .as_object()
            .into_iter()
            .flatten()
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect::<Vec<_>>()
    };
    let mut left: Vec<_> = members(action);
    left.retain(|(key, _)| key != "type" && (key != "metadata" || !metadata.is_object()));
    left.extend(members(metadata).into_iter().filter(|(key, _)| key != read));
    for (key, value) in left.iter().filter(|(_, value)| !is_empty(value)) {
        draft
            .notes
            .push(page.leave(&format!("`{key}: {value}` of an action"), "this program does not know it"));
    }
}

/// Reads the exemptions of a rule.
fn exempt(rule: &Map<String, Value>, draft: &mut Rule, page: &mut Page) {
    let mut ids = |key: &str| {
        let (mut ids, mut others) = (Vec::new(), Vec::new());
        match rule.get(key) {
            None | Some(Value::Null) => {}
            Some(Value::Array(items)) => {
                for item in items {
                    let is_id = item.as_str().is_some_and(|id| !id.trim().is_empty()) || item.is_u64();
                    if is_id { ids.push(bare(item)) } else { others.push((item, "it is not an id")) }
                }
            }
            Some(other) => others.push((other, "it is not a list of ids")),
        }
        for (other, why) in others {
            draft.notes.push(page.leave(&format!("`{key}: {other}`"), why));
        }
        ids
    };
    let (roles, channels) = (ids("exempt_roles"), ids("exempt_channels"));
    let roles: Vec<_> = roles
        .iter()
        .map(|id| {
            page.take(1);
            page.people(
                &format!("role-{id}"),
                vec![format!("user/role-{id}-*")],
                &format!("Fill in: who had the role {id}, by ARN or the end of it."),
            )
        })
        .collect();
    let channels: Vec<_> = channels
        .iter()
        .map(|id| {
            page.take(1);
            page.places(
                &format!("channel-{id}"),
                vec![format!("channel/{id}")],
                &format!("Fill in: what channel {id} is here, by ARN or the end of it."),
            )
        })
        .collect();
    draft.from = (!roles.is_empty()).then_some(GroupScope::Except(roles));
    draft.channels = (!channels.is_empty()).then_some(GroupScope::Except(channels));
}

/// Returns a text without its quotes, and any other value as JSON.
fn bare(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
