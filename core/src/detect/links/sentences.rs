//! Decides which names with a dot are the end of one sentence and the start of the next, without a space between them: `we won.it was`.
//!
//! Many top-level domains are words, so the text around the name decides. It is a sentence if the top-level domain is a word that starts
//! sentences, the word before the dot is an everyday word of the same language, and another word follows after a space. Without a following
//! word, it is a sentence only if the word before the dot is one that no site has as its name.

mod words;

use self::words::{ENGLISH, GOALS, KNOWN, LANGUAGES, NEVER_NAMES, POINTERS, TOPICS};
use crate::detect::profanity::commonest::is_english;

/// Returns whether the dot in `host` ends a sentence. `before` and `after` are the texts around it.
pub(super) fn lacks_space(before: &str, host: &str, after: &str) -> bool {
    let lower = host.to_lowercase();
    let Some((name, tld)) = lower.split_once('.') else { return false };
    if !name.chars().all(char::is_alphabetic) || KNOWN.contains(&&*lower) {
        return false;
    }
    let pointed = is_pointed_at(before) || is_sent_to(before) && !GOALS.contains(&name);
    // An apostrophe is not part of a host: in `don't.it`, the host would be only `t.it`.
    let is_contraction =
        before.strip_suffix(['\'', '’']).is_some_and(|word| word.ends_with(char::is_alphabetic));
    if is_contraction && name.chars().count() <= 2 {
        return true;
    }
    let starts = ENGLISH.contains(&tld) || LANGUAGES.iter().any(|(_, starts)| starts.contains(&tld));
    if starts && NEVER_NAMES.contains(&name) {
        return true;
    }
    if pointed || !continues(after) {
        return false;
    }
    ENGLISH.contains(&tld) && ends_english_sentence(name)
        || LANGUAGES.iter().any(|(ends, starts)| starts.contains(&tld) && ends.contains(&name))
        || TOPICS.contains(&tld) && !last_word(before).is_empty() && is_everyday(name)
}

/// Returns whether the word at the end of `before` announces the name of a site, such as `visit `.
pub(super) fn is_pointed_at(before: &str) -> bool {
    POINTERS.contains(&&*last_word(before).to_lowercase())
}

/// Returns whether `before`, as a whole text or sentence, sends the reader somewhere: `go to `, `Please go to `.
fn is_sent_to(before: &str) -> bool {
    let from = before.floor_char_boundary(before.len().saturating_sub(MAX_WORD_LEN));
    let sentence = before[from..].rsplit(['.', '!', '?', ',', ':', '\n']).next().unwrap_or_default();
    let words = sentence.trim().to_lowercase();
    let words = ["please ", "pls ", "just ", "now ", "so ", "and "]
        .iter()
        .fold(&*words, |words, filler| words.strip_prefix(filler).unwrap_or(words));
    sentence.ends_with(' ')
        && (before.len() <= MAX_WORD_LEN || sentence.len() < before.len() - from)
        && words == "go to"
}

/// Returns whether `after` starts with a space and a word, as when a sentence continues.
fn continues(after: &str) -> bool {
    after.strip_prefix([' ', '\u{a0}']).is_some_and(|rest| rest.starts_with(char::is_alphabetic))
}

/// Returns the last word of `text` if only a space follows it; otherwise an empty string.
fn last_word(text: &str) -> &str {
    let Some(text) = text.strip_suffix(' ') else { return "" };
    let from = text.floor_char_boundary(text.len().saturating_sub(MAX_WORD_LEN));
    text[from..].rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default()
}

/// The maximum length of a word that matters, in bytes.
const MAX_WORD_LEN: usize = 24;

/// Returns whether the lower-case `name` is an everyday word of English, or has the ending of one.
fn ends_english_sentence(name: &str) -> bool {
    const ENDINGS: [&str; 4] = ["ed", "ing", "ly", "ness"];
    is_everyday(name) || name.len() > 5 && ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// Returns whether the lower-case `name` is an everyday word of English, or one in the plural.
fn is_everyday(name: &str) -> bool {
    let is_listed = |word: &str| is_english(word) || words::ENDS.contains(&word);
    is_listed(name) || name.strip_suffix('s').is_some_and(|word| word.len() > 2 && is_listed(word))
}

#[cfg(test)]
mod tests;
