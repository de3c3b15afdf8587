//! Finds words in which asterisks replace letters: `f*ck`, `s**t`, `k*ll yourself`.

use std::collections::HashMap;
use std::ops::Range;

use super::word::Word;
use super::{Context, Exhausted};
use crate::text::{View, is_alphanumeric};

/// The words of a list, indexed by their first letter.
#[derive(Default)]
pub(super) struct Starred {
    by_first: HashMap<char, Vec<Word>>,
}

/// The minimum number of letters. Shorter words would cause false positives: `a*s` is arithmetic.
const MIN_LETTERS: usize = 4;

impl Starred {
    pub(super) fn new(words: Vec<Word>) -> Self {
        let mut starred = Self::default();
        for word in words {
            let letters = word.text.chars().filter(|c| c.is_alphabetic()).count();
            let is_plain = word.text.chars().all(|c| c.is_alphabetic() || c == ' ');
            if let Some(first) = word.text.chars().next().filter(|_| is_plain && letters >= MIN_LETTERS) {
                starred.by_first.entry(first).or_default().push(word);
            }
        }
        starred
    }

    /// Finds the words in `text` that have at least one asterisk in place of a letter.
    pub(super) fn find(
        &self,
        text: &View,
        cx: &mut Context<'_>,
        ranges: &mut Vec<Range<usize>>,
    ) -> Result<(), Exhausted> {
        if !text.text().contains('*') {
            return Ok(());
        }
        for folded in text.foldings() {
            let mut inside_word = false;
            for (at, first) in folded.text().char_indices() {
                let is_word_start = !inside_word && first != '*';
                inside_word = is_letter_or_star(first);
                if !is_word_start {
                    continue;
                }
                let Some(words) = self.by_first.get(&first) else { continue };
                for word in words {
                    cx.budget.spend(16)?;
                    if let Some(len) = starred_len(&folded.text()[at..], word) {
                        ranges.push(folded.origin(at..at + len));
                        break;
                    }
                }
            }
        }
        Ok(())
    }
}

/// Returns whether `c` is a letter, a digit or an asterisk.
fn is_letter_or_star(c: char) -> bool {
    c == '*' || is_alphanumeric(c)
}

/// Returns the length of `word`, with asterisks in it, at the start of `text`, if it is there.
fn starred_len(text: &str, word: &Word) -> Option<usize> {
    let mut chars = text.chars();
    let (mut len, mut stars) = (0, 0);
    // Each word of a phrase must show a letter.
    let mut shows_a_letter = false;
    for letter in word.text.chars() {
        let c = chars.next().filter(|c| *c == letter || *c == '*' && letter != ' ')?;
        if letter == ' ' && !std::mem::take(&mut shows_a_letter) {
            return None;
        }
        shows_a_letter |= c != '*' && c != ' ';
        stars += usize::from(c == '*');
        len += c.len_utf8();
    }
    if !shows_a_letter {
        return None;
    }
    // Asterisks after the last letter are Markdown emphasis. Asterisks after an asterisk stand for letters.
    let rest = &text[len..];
    let letters = &rest[..rest.find(|c| !is_letter_or_star(c)).unwrap_or(rest.len())];
    let all_stars = text[..len].ends_with('*') && letters.chars().all(|c| c == '*');
    let more = if all_stars { letters } else { letters.trim_end_matches('*') };
    let is_longer = !more.is_empty();
    (stars > 0 || more.contains('*')).then_some(len + more.len()).filter(|_| !is_longer || word.ends.after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::{Budget, Context};
    use crate::message::Message;

    #[test]
    fn asterisks_match_letters() {
        let words = ["fuck*", "shit", "kill yourself"].into_iter().flat_map(|word| Word::read(word).unwrap());
        let starred = Starred::new(words.collect());
        for (text, found) in [
            ("what the f*ck", &["f*ck"][..]),
            ("f***ing, Ｆ**k", &["f***ing", "Ｆ**k"]),
            ("s**t s**ty s****", &["s**t"]),
            ("k*ll  yo*rself", &["k*ll  yo*rself"]),
            ("kill ******** yourself", &[]),
            ("**fuck** *shit*", &[]),
            ("kill* yourself 2*3", &[]),
            ("*fucks* fuck*s", &["fuck*s"]),
        ] {
            let (message, mut ranges) = (Message::default(), Vec::new());
            let mut cx = Context { message: &message, budget: Budget::RULE };
            starred.find(&View::new(text), &mut cx, &mut ranges).unwrap();
            assert_eq!(ranges.into_iter().map(|range| &text[range]).collect::<Vec<_>>(), found, "{text:?}");
        }
    }
}
