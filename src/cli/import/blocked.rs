//! Blocked terms of Nightbot and Twitch: one on each line, with `*` for any characters and, for Nightbot, `~/expression/flags`.

use serde_json::Value;

use super::engine::Engine;
use super::expression::{Dialect, translate};
use super::page::{Page, Rule};
use super::terms::{NO_TERM, Terms};

/// Writes the terms in `text`, which come from `source`, on `page`.
pub(super) fn import(text: &str, source: &str, page: &mut Page, engine: Engine<'_>) -> anyhow::Result<()> {
    let mut terms = Terms::default();
    let mut notes = Vec::new();
    for term in lines(text) {
        let Some((expression, flags)) = expression(&term) else {
            terms.words.push(term);
            continue;
        };
        match translate(expression, Dialect::JavaScript, &flags, engine) {
            Ok(translated) => {
                page.take(1);
                terms.expressions.push(translated);
            }
            Err(why) => notes.push(page.leave(&format!("`{term}`"), &why)),
        }
    }
    let listed = terms.words.len();
    let dropped = terms.sort(engine);
    page.take(listed - dropped.len());
    notes.extend(dropped.iter().map(|word| page.leave(&format!("`{word}`"), NO_TERM)));
    if terms.is_empty() {
        for note in notes {
            page.note(&note);
        }
        anyhow::ensure!(page.tally().left > 0, "there is no term in this file");
        return Ok(());
    }
    let why = format!("Blocked terms of {source}");
    let draft =
        Rule { notes, id: "blocked terms".to_owned(), why: Some(why), denies: true, ..Rule::default() };
    terms.write(&draft, page, engine);
    Ok(())
}

/// Returns the terms in `text`: its lines, or the `text` of each item that Twitch's API returns.
fn lines(text: &str) -> Vec<String> {
    let of_api = |value: &Value| value.get("text").and_then(Value::as_str).map(str::to_owned);
    let items = serde_json::from_str::<Value>(text).ok().and_then(|value| match value {
        Value::Array(items) => Some(items),
        value => value.get("data")?.as_array().cloned(),
    });
    if let Some(items) = items {
        return items
            .iter()
            .filter_map(|item| of_api(item).or_else(|| item.as_str().map(str::to_owned)))
            .collect();
    }
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// Returns the expression and the flags in `~/expression/flags`.
fn expression(term: &str) -> Option<(&str, String)> {
    let (inner, flags) = term.strip_prefix("~/")?.rsplit_once('/')?;
    let flags = flags.chars().filter(|flag| "ims".contains(*flag)).collect();
    Some((inner, flags))
}
