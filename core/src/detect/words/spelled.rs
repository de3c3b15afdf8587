//! Words spelled letter by letter: `f u c k`, `f.u.c.k`. Where one begins and ends, only the letters beside it can tell.

use std::ops::Range;

use crate::text::{Gap, Letter};

/// How many letters are looked at on either side: a text of nothing but spelled letters must not cost its square.
const REACH: usize = 24;

/// The letters that the word at `word` among `all` the letters of `text` takes when it is spelled: with those before it and after
/// it that are spelled like it and are no words of their own.
pub(super) fn whole(text: &str, all: &[Letter], word: &Range<usize>) -> Range<usize> {
    let Some(gap) = spelled(text, all, word) else { return word.clone() };
    let after = |at: &usize| is_alone(all, *at) && distance(text, all, *at) <= gap;
    let before = |at: &usize| is_alone(all, *at) && distance(text, all, at + 1) <= gap;
    let from = (0..word.start).rev().take(REACH).take_while(before).last().unwrap_or(word.start);
    let to = (word.end..all.len()).take(REACH).take_while(after).last().map_or(word.end, |at| at + 1);
    let start = if is_small_talk(&read(text, all, from..word.start)) { word.start } else { from };
    let end = if is_small_talk(&read(text, all, word.end..to)) { word.end } else { to };
    start..end
}

/// What stands at most between the letters of `word`, if it is spelled letter by letter.
fn spelled(text: &str, all: &[Letter], word: &Range<usize>) -> Option<(Gap, usize)> {
    let inside = word.start + 1..word.end;
    let apart = !inside.is_empty() && all[inside.clone()].iter().all(|letter| letter.gap != Gap::None);
    inside.map(|at| distance(text, all, at)).max().filter(|_| apart)
}

/// What stands before the letter at `at`, and how much of it.
fn distance(text: &str, all: &[Letter], at: usize) -> (Gap, usize) {
    let (before, letter) = (all[at - 1].range(), all[at].range());
    let between = text.get(before.end..letter.start).or_else(|| text.get(letter.end..before.start));
    (all[at].gap, between.unwrap_or_default().chars().count())
}

/// Whether the letter at `at` has none beside it.
fn is_alone(all: &[Letter], at: usize) -> bool {
    let apart = |at: usize| at == 0 || all.get(at).is_none_or(|letter| letter.gap != Gap::None);
    apart(at) && apart(at + 1)
}

/// The letters at `range`, as they are written.
fn read(text: &str, all: &[Letter], range: Range<usize>) -> String {
    all[range]
        .iter()
        .filter_map(|letter| text[letter.range()].chars().next())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Whether `letters` are nothing but words that stand beside any other, so that what they are beside is a word of its own.
fn is_small_talk(letters: &str) -> bool {
    const WORDS: &[&str] = &[
        "i", "u", "a", "you", "ya", "me", "my", "im", "oh", "so", "go", "no", "off", "up", "it", "is", "are",
        "this", "that", "what", "all", "to", "and", "your", "them", "him", "her",
    ];
    letters.is_empty()
        || letters.len() <= 16
            && WORDS.iter().any(|word| letters.strip_prefix(word).is_some_and(is_small_talk))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Letters, Reading};

    #[test]
    fn a_spelled_word_is_told_from_a_part_of_one() {
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
