//! [`Matcher`]: rustrict as a detector. Where it would mask, not what it would write.

use std::collections::HashMap;
use std::ops::Range;
use std::vec::IntoIter;

use rustrict::{Censor, Type};

use super::guard;

/// Masks are written with this: rustrict drops it from what it reads, so that all of it in the output is masks.
const MASK: char = '\u{e000}';

/// What rating a word costs beside reading it, in units of the budget.
const RATING: u64 = 1_000;

/// Runs rustrict on one text. Its word list is one for all, and shared.
pub(super) struct Matcher {
    censor: Censor<IntoIter<char>>,
    threshold: Type,
    ratings: HashMap<String, Type>,
    /// What was spent and not yet taken off a budget.
    pub spent: u64,
}

impl Matcher {
    pub(super) fn new(threshold: Type) -> Self {
        let mut censor = Censor::new(Vec::new().into_iter());
        censor
            .with_censor_threshold(threshold)
            .with_censor_first_character_threshold(Type::ANY)
            .with_censor_replacement(MASK)
            .with_ignore_self_censoring(true);
        Self { censor, threshold, ratings: HashMap::new(), spent: 0 }
    }

    /// The ranges of `chars` that rustrict would mask. Too much is in them: they may cover halves of words, and words that are
    /// not profane.
    ///
    /// Every character must be one that normalisation leaves as it is.
    pub(super) fn runs(&mut self, chars: Vec<char>) -> Vec<Range<usize>> {
        let len = chars.len();
        self.read(chars);
        let mut runs: Vec<Range<usize>> = Vec::new();
        // It writes a character for each that it reads, and a space at the end.
        for (at, _) in self.censor.by_ref().take(len).enumerate().filter(|(_, c)| *c == MASK) {
            match runs.last_mut() {
                Some(last) if last.end == at => last.end += 1,
                _ => runs.push(at..at + 1),
            }
        }
        runs
    }

    /// What `word` is, on its own.
    pub(super) fn rate(&mut self, word: &str) -> Type {
        if let Some(rating) = self.ratings.get(word) {
            return *rating;
        }
        self.spent += RATING;
        self.read(word.chars().collect());
        let rating = self.censor.analyze();
        self.ratings.insert(word.to_owned(), rating);
        rating
    }

    /// Whether `word` is profane on its own.
    pub(super) fn is_profane(&mut self, word: &str) -> bool {
        let threshold = self.threshold;
        self.rate(word).is(threshold)
    }

    fn read(&mut self, mut chars: Vec<char>) {
        self.spent += guard::break_up(&mut chars);
        self.censor.reset(chars.into_iter());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_where_rustrict_would_mask() {
        let mut matcher = Matcher::new(Type::INAPPROPRIATE);
        for (text, masked) in
            [("what the fuck", "fuck"), ("fuck, shit", "fuck shit"), ("hello", ""), ("", "")]
        {
            let runs = matcher.runs(text.chars().collect());
            assert_eq!(
                runs.into_iter().map(|run| &text[run]).collect::<Vec<_>>().join(" "),
                masked,
                "{text:?}"
            );
        }
    }

    #[test]
    fn a_word_is_rated_once() {
        let mut matcher = Matcher::new(Type::INAPPROPRIATE);
        assert!(matcher.is_profane("shit"));
        let spent = matcher.spent;
        assert!(matcher.is_profane("shit") && !matcher.is_profane("class"));
        assert!(spent > 0 && matcher.spent < 3 * spent);
    }
}
