//! The triggers of rules of `AutoMod`: words and expressions, presets, mentions.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::super::engine::Engine;
use super::super::expression::{Dialect, translate};
use super::super::page::{Page, Rule};
use super::super::terms::{Terms, no_term};
use super::super::toml;
use super::named;

/// Returns the texts in a list of `data`. Items of other types are reported as omitted.
fn strings(data: &Map<String, Value>, key: &str, draft: &mut Rule, page: &mut Page) -> Vec<String> {
    let mut leave = |value: &Value, why: &str| {
        draft.notes.push(page.leave(&format!("`{key}: {value}`"), why));
    };
    let mut texts = Vec::new();
    match data.get(key) {
        None | Some(Value::Null) => {}
        Some(Value::Array(items)) => {
            for item in items {
                match item.as_str() {
                    Some(text) if text.trim().is_empty() => leave(item, "it is empty"),
                    Some(text) => texts.push(text.to_owned()),
                    None => leave(item, "it is not a text"),
                }
            }
        }
        Some(other) => leave(other, "it is not a list of texts"),
    }
    texts
}

/// Writes a rule that looks for words and expressions.
///
/// # Errors
/// Why the rule is omitted.
pub(super) fn keywords(
    data: &Map<String, Value>,
    draft: &mut Rule,
    page: &mut Page,
    engine: Engine<'_>,
) -> Result<(), String> {
    let mut terms = Terms {
        words: strings(data, "keyword_filter", draft, page),
        allow: strings(data, "allow_list", draft, page),
        ..Terms::default()
    };
    let listed = terms.words.len() + terms.allow.len();
    for expression in strings(data, "regex_patterns", draft, page) {
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
    draft.notes.extend(dropped.iter().map(|word| page.leave(&format!("`{word}`"), no_term(word))));
    if terms.is_empty() {
        return Err(nothing(&terms.allow));
    }
    terms.write(draft, page, engine);
    Ok(())
}

/// Returns why a rule that finds nothing, but has an allow-list, is omitted.
fn nothing(allow: &[String]) -> String {
    if allow.is_empty() {
        "there is nothing to find".to_owned()
    } else {
        format!("there is nothing to find but what it allows: {}", toml::list(allow, 0))
    }
}

/// Writes a rule that uses Chimeflow's own words in place of Discord's.
///
/// # Errors
/// Why the rule is omitted.
pub(super) fn presets(
    data: &Map<String, Value>,
    draft: &mut Rule,
    page: &mut Page,
    engine: Engine<'_>,
) -> Result<(), String> {
    let presets = match data.get("presets") {
        Some(Value::Array(presets)) => presets.as_slice(),
        None | Some(Value::Null) => &[],
        Some(other) => {
            draft.notes.push(page.leave(&format!("`presets: {other}`"), "it is not a list"));
            &[]
        }
    };
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
    let allow = strings(data, "allow_list", draft, page);
    page.take(allow.len());
    if kinds.is_empty() {
        return Err(nothing(&allow));
    }
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
    page.rule(draft, None);
    Ok(())
}

/// The maximum number of mentions that fit in a message of 4,096 bytes, roughly.
const MAX_MENTIONS: u64 = 2048;

/// Writes a rule that counts mentions.
///
/// # Errors
/// Why the rule is omitted.
pub(super) fn mentions(
    data: &Map<String, Value>,
    draft: &mut Rule,
    page: &mut Page,
    engine: Engine<'_>,
) -> Result<(), String> {
    let key = "mention_total_limit";
    let Some(value) = data.get(key).filter(|value| !value.is_null()) else {
        return Err("it has no limit".to_owned());
    };
    let Some(limit) = value.as_u64().filter(|limit| *limit <= MAX_MENTIONS) else {
        let why = "it is not a whole number of mentions that fit in a message";
        draft.notes.push(page.leave(&format!("`{key}: {value}`"), why));
        return Err("it has no limit that can be used".to_owned());
    };
    page.take(1);
    draft.find.push(format!("mentions = {{ max = {limit} }}"));
    let many: Vec<_> = (0..=limit).map(|number| format!("@user{number}")).collect();
    draft.hits = engine.found(&draft.find[0], [many.join(" ")]);
    draft.hits.retain(|text| text.len() <= 4096);
    draft.id = page.id(&draft.id);
    page.rule(draft, None);
    Ok(())
}
