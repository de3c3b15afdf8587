//! [`Word`]: a word as written in a list.

use std::collections::BTreeMap;

use super::ends::Ends;
use crate::text::{View, is_blank, is_hiragana, is_katakana, is_unseen, without_umlauts};

/// A folded word of a list, with the meaning of its `*` characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub text: String,
    pub ends: Ends,
}

impl Word {
    /// Parses a word as written in a list. Returns the word, its spelling without umlauts (`ae` for ä), and its upper case form if that
    /// does not fold to the word.
    ///
    /// # Errors
    /// If the word has a `*` inside or is empty; the error says what to do.
    pub(super) fn read(written: &str) -> Result<Vec<Self>, String> {
        let (word, ends) = split_stars(written)?;
        let fold = |word: &str| Self { text: View::new(word).folded().text().trim().to_owned(), ends };
        let folded = fold(word);
        let others = without_umlauts(word).into_iter().chain(in_upper_case(word));
        let others: Vec<_> = others.map(|other| fold(&other)).filter(|other| *other != folded).collect();
        Ok(std::iter::once(folded).chain(others).collect())
    }
}

/// Returns a word as written in a list without the `*` characters at its ends, and what they mean.
///
/// # Errors
/// If there is a `*` inside or nothing else; the error says what to do.
pub(super) fn split_stars(written: &str) -> Result<(&str, Ends), String> {
    let word = written.trim();
    let (before, after) = (word.starts_with('*'), word.len() > 1 && word.ends_with('*'));
    let word = word.strip_prefix('*').unwrap_or(word);
    let word = word.strip_suffix('*').unwrap_or(word).trim();
    if word.contains('*') {
        return Err(format!(
            "a `*` stands at the ends of a word, not inside as in `{written}`; `regex` can do that"
        ));
    }
    if word.chars().all(|c| is_unseen(c) || is_blank(c)) {
        return Err(format!("there is no letter or sign in `{written}`"));
    }
    let katakana = word.contains(is_katakana) && !word.contains(is_hiragana);
    Ok((word, Ends { before, after, katakana }))
}

/// Returns whether `written`, as in a list, has no letter or digit, so that it is found as it stands.
pub(super) fn is_sign(written: &str) -> bool {
    !written.contains(char::is_alphanumeric)
}

/// Returns the upper case forms of `word` if one of its letters becomes several: ᾳ becomes ΑΙ; և becomes ԵՒ, or ԵՎ in modern
/// orthography.
pub(super) fn in_upper_case(word: &str) -> Vec<String> {
    let becomes_several = |c: char| c == '\u{345}' || !c.is_ascii() && c.to_uppercase().count() > 1;
    if !word.contains(becomes_several) {
        return Vec::new();
    }
    let modern = word.contains('և').then(|| word.replace('և', "ԵՎ"));
    std::iter::once(word.to_uppercase()).chain(modern).collect()
}

/// Checks that `written` is valid as a word of a list.
///
/// # Errors
/// If it is not; the error says what to do.
pub(crate) fn check_word(written: &str) -> Result<(), String> {
    Word::read(written).map(|_| ())
}

/// Merges words that are listed several times into one entry, which finds what any of them would.
pub(super) fn merged(words: Vec<Word>) -> Vec<Word> {
    let mut merged: BTreeMap<String, Ends> = BTreeMap::new();
    for Word { text, ends } in words {
        merged.entry(text).and_modify(|known| *known = known.or(ends)).or_insert(ends);
    }
    merged.into_iter().map(|(text, ends)| Word { text, ends }).collect()
}
