//! Word boundaries of words that are spelled letter by letter, such as `f u c k` and `f.u.c.k`, judged by the neighbouring letters.

use std::ops::Range;

use crate::text::{Gap, Letter};

/// The maximum number of letters examined on each side, so that a text of only single letters does not take quadratic time.
const MAX_NEIGHBOURS: usize = 24;

/// Returns the letters of the whole word of which `word` is a part. If `word` is spelled letter by letter, these include the letters
/// before and after it that are spelled in the same way, unless they are words of their own. `all` are the letters of `text`.
pub(super) fn whole(text: &str, all: &[Letter], word: &Range<usize>) -> Range<usize> {
    let Some(gap) = max_gap(text, all, word) else { return word.clone() };
    let continues_after = |at: &usize| is_alone(all, *at) && distance(text, all, *at) <= gap;
    let continues_before = |at: &usize| is_alone(all, *at) && distance(text, all, at + 1) <= gap;
    let from =
        (0..word.start).rev().take(MAX_NEIGHBOURS).take_while(continues_before).last().unwrap_or(word.start);
    let to = (word.end..all.len())
        .take(MAX_NEIGHBOURS)
        .take_while(continues_after)
        .last()
        .map_or(word.end, |at| at + 1);
    let start = if is_common_words(&text_of(text, all, from..word.start)) { word.start } else { from };
    let end = if is_common_words(&text_of(text, all, word.end..to)) { word.end } else { to };
    start..end
}

/// Returns the largest gap between the letters of `word`, if it is spelled letter by letter.
fn max_gap(text: &str, all: &[Letter], word: &Range<usize>) -> Option<(Gap, usize)> {
    let inside = word.start + 1..word.end;
    let is_spelled = !inside.is_empty() && all[inside.clone()].iter().all(|letter| letter.gap != Gap::None);
    inside.map(|at| distance(text, all, at)).max().filter(|_| is_spelled)
}

/// Returns the kind and the length, in characters, of the gap before the letter at `at`.
fn distance(text: &str, all: &[Letter], at: usize) -> (Gap, usize) {
    let (before, letter) = (all[at - 1].range(), all[at].range());
    let between = text.get(before.end..letter.start).or_else(|| text.get(letter.end..before.start));
    (all[at].gap, between.unwrap_or_default().chars().count())
}

/// Returns whether the letter at `at` is not adjacent to another.
fn is_alone(all: &[Letter], at: usize) -> bool {
    let is_separated = |at: usize| at == 0 || all.get(at).is_none_or(|letter| letter.gap != Gap::None);
    is_separated(at) && is_separated(at + 1)
}

/// Returns the letters at `range` as written, in lower case.
fn text_of(text: &str, all: &[Letter], range: Range<usize>) -> String {
    all[range]
        .iter()
        .filter_map(|letter| text[letter.range()].chars().next())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Returns whether `letters` consist of common words, so that the letters next to them are a word of their own.
fn is_common_words(letters: &str) -> bool {
    const WORDS: &[&str] = &[
        "i", "u", "a", "you", "ya", "me", "my", "im", "oh", "so", "go", "no", "off", "up", "it", "is", "are",
        "this", "that", "what", "all", "to", "and", "your", "them", "him", "her",
    ];
    letters.is_empty()
        || letters.len() <= 16
            && WORDS.iter().any(|word| letters.strip_prefix(word).is_some_and(is_common_words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Letters, Reading};

    #[test]
    fn distinguishes_spelled_words_from_parts_of_words() {
        for (word, text, part) in [
            ("ass", "c l a s s", true),
            ("ass", "c.l.a.s.s", true),
            ("ass", "a s s e t", true),
            ("ass", "a s s", false),
            ("ass", "my a s s, man", false),
            ("ass", "p  a s s", false),
            ("ass", "o-h a.s.s", false),
            ("fuck", "i f u c k", false),
            ("fuck", "oh f u c k y o u", false),
            ("rape", "g r a p e", true),
            ("rape", "g-rape", false),
        ] {
            let letters = Letters::new(text, Reading::I);
            let core = Letters::new(word, Reading::I);
            let at = letters.text().find(core.text()).unwrap();
            let found = letters.at(at..at + core.text().len());
            assert_eq!(whole(text, letters.all(), &found) != found, part, "{text}");
        }
    }
}
