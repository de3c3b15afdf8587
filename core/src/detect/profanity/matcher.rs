//! [`Matcher`]: rates words.

use std::collections::HashMap;

use super::cores::core_in;
use super::engine::{Engine, Type, Word};
use super::innocent::is_innocent;

/// Rates the words of one text.
pub(super) struct Matcher {
    engine: Engine,
    threshold: Type,
    ratings: HashMap<String, Type>,
    /// The cost that has not yet been charged to a budget.
    pub spent: u64,
}

impl Matcher {
    pub(super) fn new(threshold: Type) -> Self {
        Self { engine: Engine::new(), threshold, ratings: HashMap::new(), spent: 0 }
    }

    /// Returns the rating of `word` on its own.
    pub(super) fn rate(&mut self, word: &str) -> Type {
        if let Some(rating) = self.ratings.get(word) {
            return *rating;
        }
        let chars: Vec<char> = word.chars().collect();
        let rating = self.words(&chars).fold(Type::NONE, |all, word| all | word.rating | word.evasion);
        self.ratings.insert(word.to_owned(), rating);
        rating
    }

    pub(super) fn is_profane(&mut self, word: &str) -> bool {
        self.is_profane_in(word, Type::MILD_OR_HIGHER)
    }

    /// Returns whether `word` has a rating in the threshold and in `severity`.
    pub(super) fn is_profane_in(&mut self, word: &str, severity: Type) -> bool {
        let threshold = self.threshold & severity;
        self.rate(word).is(threshold)
    }

    /// Returns whether `word`, which is or contains a core word, is not an innocent word that only begins like one: `cumin`.
    pub(super) fn knows_as_profane(&mut self, word: &str) -> bool {
        !is_innocent(word) && (core_in(word).is_none() || self.is_profane(word))
    }

    /// Returns whether all of `phrase` is one profane word or phrase with a rating in `severity`.
    pub(super) fn is_one(&mut self, phrase: &str, severity: Type) -> bool {
        let (threshold, chars) = (self.threshold & severity, phrase.chars().collect::<Vec<_>>());
        self.words(&chars).any(|word| word.rating.is(threshold) && word.range == (0..chars.len()))
    }

    /// Returns every word that `chars` spell, with any rating, in the order of their ends.
    fn words(&mut self, chars: &[char]) -> impl Iterator<Item = Word> {
        self.spent += self.engine.search(chars);
        self.engine.found()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_rated_once() {
        let mut matcher = Matcher::new(Type::INAPPROPRIATE);
        assert!(matcher.is_profane("shit"));
        let spent = matcher.spent;
        assert!(matcher.is_profane("shit") && !matcher.is_profane("class"));
        assert!(spent > 0 && matcher.spent < 3 * spent);
    }
}
