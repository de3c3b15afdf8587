//! Blocked terms of Nightbot and Twitch: one on each line, with `*` for any characters and, for Nightbot, `~/expression/flags`.

use serde_json::Value;

use super::engine::Engine;
use super::expression::{Dialect, translate};
use super::page::{Page, Rule};
use super::terms::{Terms, no_term};

/// Writes the terms in `text`, which come from `source`, on `page`.
///
/// # Errors
/// If `text` contains no term, or is JSON in another format.
pub(super) fn import(text: &str, source: &str, page: &mut Page, engine: Engine<'_>) -> anyhow::Result<()> {
    let mut terms = Terms::default();
    let mut notes = Vec::new();
    let (listed, others) = lines(text)?;
    notes.extend(others.iter().map(|item| page.leave(&format!("`{item}`"), "it has no text")));
    for term in listed {
        let Some((expression, flags)) = expression(&term) else {
            terms.words.push(term);
            continue;
        };
        let translated =
            known(flags).and_then(|flags| translate(expression, Dialect::JavaScript, &flags, engine));
        match translated {
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
    notes.extend(dropped.iter().map(|word| page.leave(&format!("`{word}`"), no_term(word))));
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

/// Returns the terms in `text`: its lines, or the `text` of each item that Twitch's API returns, and the items that have none.
fn lines(text: &str) -> anyhow::Result<(Vec<String>, Vec<Value>)> {
    const EXPECTED: &str = "the answer of `GET /helix/moderation/blocked_terms`, a list of texts";
    let items = match super::json(text, EXPECTED)? {
        None => {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            return Ok((lines.map(str::to_owned).collect(), Vec::new()));
        }
        Some(Value::Array(items)) => items,
        Some(mut value) => match value.get_mut("data").map(Value::take) {
            Some(Value::Array(items)) => items,
            _ => anyhow::bail!(
                "this is JSON, but has no list of terms: expected {EXPECTED}, or a term on each line"
            ),
        },
    };
    let (mut terms, mut others) = (Vec::new(), Vec::new());
    for item in items {
        match item.get("text").unwrap_or(&item).as_str().map(str::trim).filter(|text| !text.is_empty()) {
            Some(text) => terms.push(text.to_owned()),
            None => others.push(item),
        }
    }
    Ok((terms, others))
}

/// Returns the expression and the flags in `~/expression/flags`.
fn expression(term: &str) -> Option<(&str, &str)> {
    term.strip_prefix("~/")?.rsplit_once('/')
}

/// Returns those of `flags` that an expression can have here, without those that only say how many matches to look for.
///
/// # Errors
/// If there are unknown flags.
fn known(flags: &str) -> Result<String, String> {
    if flags.chars().all(|flag| "dgimsu".contains(flag)) {
        Ok(flags.chars().filter(|flag| "ims".contains(*flag)).collect())
    } else {
        Err(format!("this program does not know the flags `{flags}`"))
    }
}
