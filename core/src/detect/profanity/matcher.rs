//! [`Matcher`]: runs the engine on a text and rates words.

use std::collections::HashMap;
use std::ops::Range;

use super::cores::core_in;
use super::engine::{Engine, Type, Word};
use super::innocent::is_innocent;
use crate::order;

/// The cost of reading a character and of each step of the engine, in budget units.
const CHARACTER: u64 = 25;
const STEP: u64 = 7;

/// The number of signs that any word may contain, however few its letters: `@$$h0|3`, `8=====D`.
const LONG: usize = 7;

/// How a text may be written.
#[derive(Clone, Copy, Debug)]
pub(super) enum Text {
    /// With any obfuscation.
    Disguised,
    /// As is.
    Plain,
}

/// Runs the engine on one text.
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

    /// Returns the ranges of `chars` that contain words of the threshold. The result has false positives: ranges may contain parts of
    /// words, and words that are not profane.
    pub(super) fn runs(&mut self, chars: impl AsRef<[char]>, text: Text) -> Vec<Range<usize>> {
        let (threshold, chars) = (self.threshold, chars.as_ref());
        let mut words: Vec<_> = self.words(chars, text).filter(|word| word.rating.is(threshold)).collect();
        if words.is_empty() {
            return Vec::new();
        }
        let counts = Counts::up_to_each(chars);
        words.retain(|word| !counts[word.range.end].since(counts[word.range.start]).are_mostly_signs());
        order::by(&mut words, |word| (word.range.start, word.range.end));
        let mut runs: Vec<Range<usize>> = Vec::new();
        for Word { range, .. } in words {
            match runs.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => runs.push(range),
            }
        }
        runs
    }

    /// Returns the rating of `word` on its own.
    pub(super) fn rate(&mut self, word: &str) -> Type {
        if let Some(rating) = self.ratings.get(word) {
            return *rating;
        }
        let chars: Vec<char> = word.chars().collect();
        let rating = self
            .words(&chars, Text::Disguised)
            .fold(Type::NONE, |all, word| all | word.rating | word.evasion);
        self.ratings.insert(word.to_owned(), rating);
        rating
    }

    pub(super) fn is_profane(&mut self, word: &str) -> bool {
        let threshold = self.threshold;
        self.rate(word).is(threshold)
    }

    /// Returns whether `word`, which is or contains a core word, is not an innocent word that only begins like one: `cumin`.
    pub(super) fn knows_as_profane(&mut self, word: &str) -> bool {
        !is_innocent(word) && (core_in(word).is_none() || self.is_profane(word))
    }

    /// Returns whether all of `phrase` is one profane word or phrase with a rating in `severity`.
    pub(super) fn is_one(&mut self, phrase: &str, severity: Type) -> bool {
        let (threshold, chars) = (self.threshold & severity, phrase.chars().collect::<Vec<_>>());
        self.words(&chars, Text::Disguised)
            .any(|word| word.rating.is(threshold) && word.range == (0..chars.len()))
    }

    /// Returns every word that `chars` spell, with any rating, in the order of their ends.
    fn words(&mut self, chars: &[char], text: Text) -> impl Iterator<Item = Word> {
        let before = self.engine.steps;
        match text {
            Text::Disguised => self.engine.search(chars),
            Text::Plain => self.engine.search_plain(chars),
        }
        self.spent += CHARACTER * (1 + chars.len() as u64) + STEP * (self.engine.steps - before);
        self.engine.found()
    }
}

/// The numbers of letters, and of signs and digits.
#[derive(Clone, Copy, Default)]
struct Counts {
    letters: usize,
    signs: usize,
}

impl Counts {
    /// Returns the counts before each of `chars`, and those of all.
    fn up_to_each(chars: &[char]) -> Vec<Self> {
        let mut counts = Self::default();
        let mut all = vec![counts];
        all.extend(chars.iter().map(|c| {
            counts.letters += usize::from(c.is_alphabetic());
            counts.signs += usize::from(!c.is_alphabetic() && !c.is_whitespace());
            counts
        }));
        all
    }

    const fn since(self, start: Self) -> Self {
        Self { letters: self.letters - start.letters, signs: self.signs - start.signs }
    }

    /// Returns whether there are too many signs for a word to be readable, as in a regular expression or a ruler: long obfuscated words
    /// in practice have at least one letter for every three signs.
    const fn are_mostly_signs(self) -> bool {
        self.signs > LONG && self.letters * 3 < self.signs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_where_words_are() {
        let mut matcher = Matcher::new(Type::INAPPROPRIATE);
        for (text, expected) in
            [("what the fuck", "fuck"), ("fuck, shit", "fuck shit"), ("hello", ""), ("", "")]
        {
            let runs = matcher.runs(text.chars().collect::<Vec<_>>(), Text::Disguised);
            assert_eq!(
                runs.into_iter().map(|run| &text[run]).collect::<Vec<_>>().join(" "),
                expected,
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
