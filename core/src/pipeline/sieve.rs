//! [`Sieve`]: determines in one pass over a message which rules cannot find anything in it.
//!
//! A file may have thousands of rules with a few words each. Running all of them would take one pass per rule; the sieve searches for the
//! words of all rules at once.

use aho_corasick::{AhoCorasick, BuildError};

use crate::detect::Counter;
use crate::rule::{Finder, Rule};
use crate::text::{Draft, Part, Text, View};

/// Determines which rules of a pipeline cannot find anything in a message.
#[derive(Debug)]
pub(crate) struct Sieve {
    /// What to search for in the letters of a text.
    letters: Option<Needles>,
    /// What to search for in the folded text.
    folded: Option<Needles>,
    /// What to search for in the text as spelled.
    exact: Option<Needles>,
    /// The rules that the sieve cannot judge; they always run.
    always: Bits,
}

/// Strings to search for at once.
#[derive(Debug)]
struct Needles {
    automaton: AhoCorasick,
    /// The rule of each needle.
    rules: Vec<u32>,
}

/// With fewer rules than this, a sieve saves no time.
const WORTHWHILE: usize = 8;

/// A rule with more words than this searches for them itself: otherwise most of the work, the pass over the text, would happen twice.
const MANY: usize = 500;

impl Sieve {
    /// Creates a sieve for `rules`. Returns `None` if it would not save time.
    pub(super) fn new(rules: &mut [Rule]) -> Option<Self> {
        let (mut letters, mut folded, mut exact, mut sieved) = (Vec::new(), Vec::new(), Vec::new(), 0);
        let mut always = Bits::none(rules.len());
        for (position, rule) in rules.iter_mut().enumerate() {
            // If several detectors must find something, one that cannot is enough to skip the rule, unless another counts every message.
            let counts_every = |finder: &Finder| finder.counter().is_some_and(Counter::counts_every_message);
            let own = if rule.find.iter().any(counts_every) {
                None
            } else {
                rule.find.iter_mut().find_map(|detector| detector.take_needles())
            };
            match own {
                Some(own) if own.count() <= MANY => {
                    sieved += 1;
                    let rule = u32::try_from(position).ok()?;
                    letters.extend(own.letters.into_iter().map(|needle| (needle, rule)));
                    folded.extend(own.folded.into_iter().map(|needle| (needle, rule)));
                    exact.extend(own.exact.into_iter().map(|needle| (needle, rule)));
                }
                _ => always.set(position),
            }
        }
        if sieved < WORTHWHILE {
            return None;
        }
        let (letters, folded) = (Needles::new(letters).ok()?, Needles::new(folded).ok()?);
        Some(Self { letters, folded, exact: Needles::new(exact).ok()?, always })
    }

    /// Returns the rules that may find something in the texts of `draft`.
    pub(super) fn candidates(&self, draft: &Draft) -> Bits {
        let mut candidates = self.always.clone();
        let views = draft.texts().iter().flat_map(Text::parts).map(Part::view);
        let views = views.flat_map(|view| std::iter::once(view).chain(view.as_stored()));
        for view in views {
            if !self.add(view, &mut candidates) {
                return Bits::all(self.always.len);
            }
        }
        candidates
    }

    /// Adds the rules that may find something in `view`. Returns whether the sieve can judge this text.
    fn add(&self, view: &View, candidates: &mut Bits) -> bool {
        // A star may represent any letter.
        if view.text().contains('*') {
            return false;
        }
        if let Some(needles) = &self.letters {
            view.readings().for_each(|letters| needles.add(letters.text(), candidates));
        }
        if let Some(needles) = &self.folded {
            view.foldings().for_each(|folded| needles.add(folded.text(), candidates));
        }
        if let Some(needles) = &self.exact {
            needles.add(view.exact().text(), candidates);
        }
        true
    }
}

impl Needles {
    /// Builds the automaton for `needles`, each with its rule. Returns `None` if there are no needles.
    fn new(needles: Vec<(String, u32)>) -> Result<Option<Self>, BuildError> {
        if needles.is_empty() {
            return Ok(None);
        }
        let (needles, rules): (Vec<_>, _) = needles.into_iter().unzip();
        let automaton = AhoCorasick::new(needles)?;
        Ok(Some(Self { automaton, rules }))
    }

    /// Adds the rules whose needles occur in `text`.
    fn add(&self, text: &str, candidates: &mut Bits) {
        for found in self.automaton.find_overlapping_iter(text) {
            candidates.set(self.rules[found.pattern().as_usize()] as usize);
        }
    }
}

/// A set of rule indices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bits {
    words: Vec<u64>,
    len: usize,
}

impl Bits {
    fn none(len: usize) -> Self {
        Self { words: vec![0; len.div_ceil(64)], len }
    }

    fn all(len: usize) -> Self {
        Self { words: vec![u64::MAX; len.div_ceil(64)], len }
    }

    fn set(&mut self, position: usize) {
        self.words[position / 64] |= 1 << (position % 64);
    }

    /// Returns the first index in the set at or after `from`, or the number of rules.
    pub(super) fn next(&self, from: usize) -> usize {
        let Some(first) = self.words.get(from / 64) else { return self.len };
        let mut word = first & (u64::MAX << (from % 64));
        let mut at = from / 64;
        while word == 0 {
            at += 1;
            let Some(next) = self.words.get(at) else { return self.len };
            word = *next;
        }
        (at * 64 + word.trailing_zeros() as usize).min(self.len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_found_in_order() {
        let mut bits = Bits::none(200);
        for position in [0, 63, 64, 130, 199] {
            bits.set(position);
        }
        let mut found = Vec::new();
        let mut at = bits.next(0);
        while at < 200 {
            found.push(at);
            at = bits.next(at + 1);
        }
        assert_eq!(found, [0, 63, 64, 130, 199]);
        assert_eq!((Bits::all(70).next(69), Bits::all(70).next(70), Bits::none(0).next(0)), (69, 70, 0));
    }
}
