//! Discord's `AutoMod`: the answer of `GET /guilds/{guild.id}/auto-moderation/rules`.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::engine::Engine;
use super::expression::{Dialect, translate};
use super::page::{Page, Rule, Whom, slug};
use super::terms::{NO_TERM, Terms};
use super::toml;

/// Writes the rules in `text` on `page`.
///
/// # Errors
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
    let rules: Vec<_> = rules.iter().filter_map(Value::as_object).collect();
    let is_rule = |rule: &&Map<String, Value>| rule.contains_key("trigger_type");
    anyhow::ensure!(
        !rules.is_empty() && rules.iter().all(is_rule),
        "these are no rules of AutoMod: expected what `GET /guilds/{{guild.id}}/auto-moderation/rules` returns"
    );
    rules.iter().enumerate().for_each(|(number, rule)| write_rule(rule, number + 1, page, engine));
    Ok(())
}

/// What starts a rule.
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

/// Returns a number of the API, which some tools write by its name.
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
    // A name without Latin letters makes no id.
    let id = if slug(&name) == "rule" { trigger.name().to_owned() } else { name.clone() };
    let why = (slug(&name) != name).then(|| name.clone());
    let mut draft = Rule { id, why, ..Rule::default() };
    act(rule, &mut draft, page);
    exempt(rule, &mut draft, page);
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
            "mention_raid_protection_enabled" => "a raid is several messages, and a rule judges one",
            _ => "it does nothing with this trigger",
        };
        draft.notes.push(page.leave(&format!("`{key}: {value}`"), why));
        page.leave_many(value.as_array().map_or(1, Vec::len) - 1);
    }
    match trigger {
        Trigger::MemberProfile => {
            left_out(&name, &draft, "rules judge messages, not profiles of members", page);
        }
        Trigger::Keyword => keywords(data, draft, page, engine),
        Trigger::Preset => presets(data, draft, page, engine),
        Trigger::MentionSpam => mentions(data, draft, page, engine),
        Trigger::Spam => {
            page.leave_many(1);
            left_out(
                &name,
                &draft,
                "Discord does not say what it takes for spam; `repeats = \"phrases\"`, `links` and `caps` find some of it",
                page,
            );
        }
        Trigger::Other => {
            page.leave_many(1);
            left_out(&name, &draft, "this program does not know what triggers it", page);
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

/// Writes a rule without counterpart as a comment.
fn left_out(name: &str, draft: &Rule, why: &str, page: &mut Page) {
    let notes = draft.notes.iter().map(|note| format!("\n  {note}"));
    page.note(&format!("left out: the rule \"{name}\": {why}{}", notes.collect::<String>()));
}

/// Reads what a rule does.
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
                if let Some(Value::String(text)) = data("custom_message") {
                    draft.notes.push(page.leave(
                        &format!("the sender was told \"{text}\""),
                        "no text goes to the sender of a denied message",
                    ));
                }
            }
            Some(2) => {
                let channel = data("channel_id").and_then(Value::as_str).unwrap_or("?");
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
                let seconds = data("duration_seconds").and_then(Value::as_u64).unwrap_or(0);
                draft.notes.push(page.leave(
                    &format!("a timeout of {seconds} s"),
                    "a rule judges messages, and does nothing to their senders",
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
            }
        }
    }
}

/// Reads whom a rule leaves alone.
fn exempt(rule: &Map<String, Value>, draft: &mut Rule, page: &mut Page) {
    let ids = |key: &str| {
        let ids = rule.get(key).and_then(Value::as_array).into_iter().flatten();
        ids.filter_map(|id| id.as_str().map(str::to_owned).or_else(|| Some(id.as_u64()?.to_string())))
            .collect::<Vec<_>>()
    };
    let roles: Vec<_> = ids("exempt_roles")
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
    let channels: Vec<_> = ids("exempt_channels")
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
    draft.from = (!roles.is_empty()).then_some(Whom::Except(roles));
    draft.channels = (!channels.is_empty()).then_some(Whom::Except(channels));
}

fn strings(data: &Map<String, Value>, key: &str) -> Vec<String> {
    let items = data.get(key).and_then(Value::as_array).into_iter().flatten();
    items.filter_map(Value::as_str).filter(|text| !text.trim().is_empty()).map(str::to_owned).collect()
}

fn keywords(data: &Map<String, Value>, mut draft: Rule, page: &mut Page, engine: Engine<'_>) {
    let mut terms = Terms {
        words: strings(data, "keyword_filter"),
        allow: strings(data, "allow_list"),
        ..Terms::default()
    };
    let listed = terms.words.len() + terms.allow.len();
    for expression in strings(data, "regex_patterns") {
        match translate(&expression, Dialect::Rust, "i", engine) {
            Ok(translated) => {
                page.take(1);
                terms.expressions.push(translated);
            }
            Err(why) => draft.notes.push(page.leave(&format!("`{expression}`"), &why)),
        }
    }
    let dropped = terms.sort(engine);
    page.take(listed - dropped.len());
    draft.notes.extend(dropped.iter().map(|word| page.leave(&format!("`{word}`"), NO_TERM)));
    if terms.is_empty() {
        left_out(&draft.id.clone(), &draft, "there is nothing to find", page);
    } else {
        terms.write(&draft, page, engine);
    }
}

fn presets(data: &Map<String, Value>, mut draft: Rule, page: &mut Page, engine: Engine<'_>) {
    let presets = data.get("presets").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let mut kinds = Vec::new();
    for preset in presets {
        match named(Some(preset), &["", "profanity", "sexual_content", "slurs"]) {
            Some(1) => kinds.push("profane".to_owned()),
            Some(2) => kinds.push("sexual".to_owned()),
            Some(3) => kinds.push("offensive".to_owned()),
            _ => {
                draft
                    .notes
                    .push(page.leave(&format!("the preset {preset}"), "this program does not know it"));
                continue;
            }
        }
        page.take(1);
    }
    if kinds.is_empty() {
        left_out(&draft.id.clone(), &draft, "there is nothing to find", page);
        return;
    }
    let allow = strings(data, "allow_list");
    page.take(allow.len());
    let mut settings = format!("kinds = {}", toml::list(&kinds, 0));
    if !allow.is_empty() {
        let _ = write!(settings, ", allow = {}", toml::list(&allow, 60));
    }
    draft.notes.push("Discord does not publish the words of its presets: these are ours.".to_owned());
    draft.find.push(format!("profanity = {{ {settings} }}"));
    draft.hits = engine.found(
        &draft.find[0],
        ["what the fuck".to_owned(), "free porn".to_owned(), "you bastard".to_owned()],
    );
    draft.id = page.id(&draft.id);
    page.rule(&draft, None);
}

fn mentions(data: &Map<String, Value>, mut draft: Rule, page: &mut Page, engine: Engine<'_>) {
    let Some(limit) = data.get("mention_total_limit").and_then(Value::as_u64) else {
        left_out(&draft.id.clone(), &draft, "it has no limit", page);
        return;
    };
    page.take(1);
    draft.find.push(format!("mentions = {{ max = {limit} }}"));
    let many: Vec<_> = (0..=limit).map(|number| format!("@user{number}")).collect();
    draft.hits = engine.found(&draft.find[0], [many.join(" ")]);
    draft.id = page.id(&draft.id);
    page.rule(&draft, None);
}
