//! Words as lists have them.

use std::collections::BTreeMap;

use super::ends::Ends;
use crate::text::{View, is_hiragana, is_katakana, without_umlauts};

/// A word as a list has it, and what its stars say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub text: String,
    pub ends: Ends,
}

impl Word {
    /// Reads a word as written in a list: the word, the way it is written on a keyboard without its umlauts, and the way it is written
    /// in capitals where folding does not make the word of them. The error says what is wrong with it.
    pub(super) fn read(written: &str) -> Result<Vec<Self>, String> {
        let word = written.trim();
        let (before, after) = (word.starts_with('*'), word.len() > 1 && word.ends_with('*'));
        let word = word.strip_prefix('*').unwrap_or(word);
        let word = word.strip_suffix('*').unwrap_or(word);
        if word.contains('*') {
            return Err(format!(
                "a `*` stands at the ends of a word, not inside as in `{written}`; `regex` can do that"
            ));
        }
        let katakana = word.contains(is_katakana) && !word.contains(is_hiragana);
        let ends = Ends { before, after, katakana };
        let fold = |word: &str| Self { text: View::new(word).folded().text().trim().to_owned(), ends };
        let folded = fold(word);
        if !folded.text.chars().any(char::is_alphanumeric) {
            return Err(format!("there is no letter in `{written}`; `regex` can find signs"));
        }
        let others = without_umlauts(word).into_iter().chain(in_capitals(word));
        let others: Vec<_> = others.map(|other| fold(&other)).filter(|other| *other != folded).collect();
        Ok(std::iter::once(folded).chain(others).collect())
    }
}

/// How `word` is written in capitals, if one of its letters is several there: ᾳ is ΑΙ, և is ԵՒ, or ԵՎ in the spelling of today.
fn in_capitals(word: &str) -> Vec<String> {
    let is_several = |c: char| c == '\u{345}' || !c.is_ascii() && c.to_uppercase().count() > 1;
    if !word.contains(is_several) {
        return Vec::new();
    }
    let today = word.contains('և').then(|| word.replace('և', "ԵՎ"));
    std::iter::once(word.to_uppercase()).chain(today).collect()
}

/// What is wrong with `written` as a word of a list, if anything is.
pub(crate) fn check_word(written: &str) -> Result<(), String> {
    Word::read(written).map(|_| ())
}

/// One entry a word: a word listed twice finds what either would.
pub(super) fn merged(words: Vec<Word>) -> Vec<Word> {
    let mut merged: BTreeMap<String, Ends> = BTreeMap::new();
    for Word { text, ends } in words {
        merged.entry(text).and_modify(|known| *known = known.or(ends)).or_insert(ends);
    }
    merged.into_iter().map(|(text, ends)| Word { text, ends }).collect()
}
