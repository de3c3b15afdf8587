//! Words spelled letter by letter: `f u c k`, `f.u.c.k`. Where one begins and ends, only the letters beside it can tell.

use std::ops::Range;

use crate::text::{Gap, Letter};

/// Whether a spelled word goes on beyond `first`, the first word of what was found among `all` the letters of `text`, or beyond
/// `last`, the last one.
pub(super) fn goes_on(text: &str, all: &[Letter], first: &Range<usize>, last: &Range<usize>) -> bool {
    if let Some(gap) = spelled(text, all, first) {
        let belongs = |at: &usize| is_alone(all, *at) && distance(text, all, at + 1) <= gap;
        let from = (0..first.start).rev().take_while(belongs).last().unwrap_or(first.start);
        if !is_small_talk(&read(text, all, from..first.start)) {
            return true;
        }
    }
    let Some(gap) = spelled(text, all, last) else { return false };
    let belongs = |at: &usize| is_alone(all, *at) && distance(text, all, *at) <= gap;
    let to = (last.end..all.len()).take_while(belongs).last().map_or(last.end, |at| at + 1);
    !is_small_talk(&read(text, all, last.end..to))
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
            assert_eq!(goes_on(text, letters.all(), &found, &found), part, "{text}");
        }
    }
}
