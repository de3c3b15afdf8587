//! Words with letters starred out: `f*ck`, `s**t`, `k*ll yourself`.

use std::collections::HashMap;
use std::ops::Range;

use super::word::Word;
use super::{Context, Exhausted};
use crate::text::View;

/// The words of a list by their first letter, for comparing them letter by letter.
#[derive(Default)]
pub(super) struct Starred {
    by_first: HashMap<char, Vec<Word>>,
}

/// Shorter than this, too much reads like a word: `a*s` is arithmetic.
const SHORTEST: usize = 4;

impl Starred {
    pub(super) fn new(words: Vec<Word>) -> Self {
        let mut starred = Self::default();
        for word in words {
            let letters = word.text.chars().filter(|c| c.is_alphabetic()).count();
            let plain = word.text.chars().all(|c| c.is_alphabetic() || c == ' ');
            if let Some(first) = word.text.chars().next().filter(|_| plain && letters >= SHORTEST) {
                starred.by_first.entry(first).or_default().push(word);
            }
        }
        starred
    }

    /// Compares what begins with each token of `text` with the words that begin as it does.
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
            let mut inside = false;
            for (at, first) in folded.text().char_indices() {
                let begins = !inside && first != '*';
                inside = is_letter(first);
                let Some(words) = self.by_first.get(&first).filter(|_| begins) else { continue };
                for word in words {
                    cx.budget.spend(16)?;
                    if let Some(len) = reads(&folded.text()[at..], word) {
                        ranges.push(folded.unfolded(at..at + len));
                        break;
                    }
                }
            }
        }
        Ok(())
    }
}

/// A letter, or what stands for one.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || c == '*'
}

/// How much of `text` is `word` with stars in it, if it begins with that.
fn reads(text: &str, word: &Word) -> Option<usize> {
    let mut written = text.chars();
    let (mut len, mut stars) = (0, 0);
    for letter in word.text.chars() {
        let c = written.next().filter(|c| *c == letter || *c == '*' && letter != ' ')?;
        stars += usize::from(c == '*');
        len += c.len_utf8();
    }
    // Stars after the last letter are emphasis. Those after a star are letters.
    let rest = &text[len..];
    let letters = &rest[..rest.find(|c| !is_letter(c)).unwrap_or(rest.len())];
    let all_stars = text[..len].ends_with('*') && letters.chars().all(|c| c == '*');
    let more = if all_stars { letters } else { letters.trim_end_matches('*') };
    let goes_on = !more.is_empty();
    (stars > 0 || more.contains('*')).then_some(len + more.len()).filter(|_| !goes_on || word.ends.after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::{Budget, Context};
    use crate::message::Message;

    #[test]
    fn stars_stand_for_letters() {
        let words = ["fuck*", "shit", "kill yourself"].into_iter().flat_map(|word| Word::read(word).unwrap());
        let starred = Starred::new(words.collect());
        for (text, found) in [
            ("what the f*ck", &["f*ck"][..]),
            ("f***ing, Ｆ**k", &["f***ing", "Ｆ**k"]),
            ("s**t s**ty s****", &["s**t"]),
            ("k*ll  yo*rself", &["k*ll  yo*rself"]),
            ("**fuck** *shit*", &[]),
            ("kill* yourself 2*3", &[]),
            ("*fucks* fuck*s", &["fuck*s"]),
        ] {
            let (message, mut ranges) = (Message::default(), Vec::new());
            let mut cx = Context { message: &message, answer: None, budget: Budget::RULE };
            starred.find(&View::new(text), &mut cx, &mut ranges).unwrap();
            assert_eq!(ranges.into_iter().map(|range| &text[range]).collect::<Vec<_>>(), found, "{text:?}");
        }
    }
}
