//! [`Anchored`]: an automaton that searches words only at given positions.
//!
//! A long list contains words of three and four letters that occur within many other words, and an automaton that searches everywhere
//! would stop at each of them. Most listed words count only at the start of a word.

use aho_corasick::automaton::Automaton;
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Anchored as Anchor, BuildError, PatternID};

/// An automaton that searches words at a given position.
pub(super) struct Anchored(NFA);

impl Anchored {
    pub(super) fn new(words: &[String]) -> Result<Self, BuildError> {
        NFA::builder().prefilter(false).build(words).map(Self)
    }

    /// Calls `found` with every word that starts at `at` in `text`. Returns the number of bytes examined.
    pub(super) fn each_at(&self, text: &str, at: usize, mut found: impl FnMut(PatternID)) -> usize {
        let Ok(mut state) = self.0.start_state(Anchor::Yes) else { return 0 };
        let mut len = 0;
        for byte in &text.as_bytes()[at..] {
            state = self.0.next_state(Anchor::Yes, state, *byte);
            len += 1;
            if !self.0.is_special(state) {
                continue;
            }
            if self.0.is_dead(state) {
                break;
            }
            if self.0.is_match(state) {
                // Of the words that end here, only those as long as the text read so far start at `at`.
                let ending = (0..self.0.match_len(state)).map(|index| self.0.match_pattern(state, index));
                ending.filter(|word| self.0.pattern_len(*word) == len).for_each(&mut found);
            }
        }
        len
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_words_at_a_position() {
        let words = ["class", "ass", "cl", "ас"].map(str::to_owned);
        let anchored = Anchored::new(&words).unwrap();
        let at = |text: &str, at: usize| {
            let mut found = Vec::new();
            anchored.each_at(text, at, |word| found.push(&*words[word]));
            found.join(" ")
        };
        assert_eq!(at("classes", 0), "cl class");
        assert_eq!(at("classes", 2), "ass");
        assert_eq!(at("x ас", 2), "ас");
        assert_eq!(at("", 0), "");
    }
}
