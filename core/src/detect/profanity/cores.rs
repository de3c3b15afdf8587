//! Core words: those that people obfuscate most, and that count in any obfuscation. The engine handles all other profanity.

use std::borrow::Cow;
use std::ops::Range;

use super::english::{AT_EDGES, BY_INITIAL, CLEAN, CORE, ENDINGS, STRONG, holds};

/// The range of an unusually written core word in a text, and the core word.
pub(super) type OddWord = (Range<usize>, &'static str);

/// The number of strong words and core words.
pub(super) const CORE_WORDS: usize = STRONG.len() + CORE.len();

/// Returns the strong word, or after all of them the core word, at the place `at`.
pub(super) const fn core_word(at: usize) -> &'static str {
    if at < STRONG.len() { STRONG[at] } else { CORE[at - STRONG.len()] }
}

pub(super) fn core_words() -> impl Iterator<Item = &'static str> {
    STRONG.iter().chain(CORE).copied()
}

/// Returns the strong words and the core words that begin with the lower-case letter `initial`.
pub(super) fn core_words_from(initial: char) -> &'static [&'static str] {
    let at = u32::from(initial).wrapping_sub(u32::from('a'));
    BY_INITIAL.get(at as usize).copied().unwrap_or_default()
}

/// Returns the strong or core word that the lower-case `word` is, possibly with an ending.
pub(super) fn core_in(word: &str) -> Option<&'static str> {
    let initial = word.chars().next()?;
    core_words_from(initial).iter().find(|core| word.strip_prefix(**core).is_some_and(is_ending)).copied()
}

/// Returns whether the lower-case `word` is a strong or core word, possibly with an ending.
pub(super) fn is_core(word: &str) -> bool {
    core_in(word).is_some()
}

/// Returns whether the lower-case `word` is a strong word, possibly with an ending.
pub(super) fn is_strong(word: &str) -> bool {
    let begins = |core: &&&str| word.strip_prefix(**core).is_some_and(is_ending);
    let initial = word.chars().next().unwrap_or_default();
    core_words_from(initial).iter().filter(begins).any(|core| holds(STRONG, core))
}

/// Returns whether the lower-case `word` contains a strong word.
pub(super) fn holds_strong(word: &str) -> bool {
    strong_in(word).is_some()
}

/// Returns the first strong word that the lower-case `word` contains.
pub(super) fn strong_in(word: &str) -> Option<&'static str> {
    strong_by_chance_in(word)?;
    let mut rest = Cow::Borrowed(word);
    for clean in CLEAN {
        if rest.contains(clean) {
            rest = Cow::Owned(rest.replace(clean, "-"));
        }
    }
    strong_by_chance_in(&rest)
}

/// Returns the first strong word in `word`, which may contain it by chance.
fn strong_by_chance_in(word: &str) -> Option<&'static str> {
    word.char_indices().find_map(|(at, initial)| {
        let begin_here = core_words_from(initial).iter().filter(|core| word[at..].starts_with(**core));
        let at_an_edge = |core: &str| at == 0 || at + core.len() == word.len();
        begin_here.copied().find(|core| holds(STRONG, core) && (at_an_edge(core) || !holds(AT_EDGES, core)))
    })
}

/// Returns whether `tail` is an ending that a profane word may have.
pub(super) fn is_ending(tail: &str) -> bool {
    holds(ENDINGS, tail)
}
