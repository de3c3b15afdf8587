//! Words looked for only where a word may begin.
//!
//! A long list has words of three and four letters that stand inside half of all others, and an automaton that looks everywhere
//! stops at each. Most words of most lists count only from the beginning of a word on.

use aho_corasick::automaton::Automaton;
use aho_corasick::nfa::contiguous::NFA;
use aho_corasick::{Anchored as Anchor, BuildError, PatternID};

/// Words, ready to be looked for at a place.
pub(super) struct Anchored(NFA);

impl Anchored {
    pub(super) fn new(words: &[String]) -> Result<Self, BuildError> {
        NFA::builder().prefilter(false).build(words).map(Self)
    }

    /// Calls `found` with every word that stands at `at` in `text`. Gives how far it had to look.
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
                // Words that end here, of which all but one begin elsewhere.
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
    fn words_are_found_where_they_begin() {
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
