//! [`Compiled`]: words of lists, each matched as its `fold` says.

use std::collections::HashSet;
use std::ops::Range;

use super::exact::{Exact, ExactWord};
use super::plain::Plain;
use super::strict::Strict;
use super::word::{Word, is_sign, merged};
use super::{Context, Exhausted, Fold, Matcher, Needles, Problem};
use crate::message::Message;
use crate::text::{Exact as Spelling, View};

/// The words of lists, compiled.
#[derive(Default)]
pub(super) struct Compiled(Vec<Box<dyn Matcher>>);

/// Collects words before they are compiled.
#[derive(Default)]
pub(super) struct Words {
    strict: Vec<Word>,
    plain: Vec<Word>,
    exact: Vec<ExactWord>,
}

impl Words {
    /// Adds `written`, a word as written in a list.
    ///
    /// # Errors
    /// If the word is not valid; the error says what to do.
    pub(super) fn add(&mut self, written: &str, fold: Fold) -> Result<(), String> {
        match if is_sign(written) { Fold::Exact } else { fold } {
            Fold::Exact => self.exact.extend(ExactWord::read(written)?),
            Fold::Plain => self.plain.extend(Word::read(written)?),
            Fold::Strict => self.strict.extend(Word::read(written)?),
        }
        Ok(())
    }

    /// Compiles the words.
    ///
    /// # Errors
    /// If they are too many.
    pub(super) fn compile(self) -> Result<Compiled, Problem> {
        let mut all: Vec<Box<dyn Matcher>> = Vec::new();
        if !self.strict.is_empty() {
            all.push(Box::new(Strict::new(merged(self.strict))?));
        }
        if !self.plain.is_empty() {
            all.push(Box::new(Plain::new(merged(self.plain))?));
        }
        if !self.exact.is_empty() {
            all.push(Box::new(Exact::new(self.exact)?));
        }
        Ok(Compiled(all))
    }
}

impl Compiled {
    /// Returns whether there are no words.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns whether any word is found in `text`.
    pub(super) fn finds_in(&self, text: &str) -> bool {
        let message = Message::default();
        let mut cx = Context { message: &message, budget: super::Budget::RULE };
        self.find(&View::new(text), &mut cx).is_ok_and(|ranges| !ranges.is_empty())
    }

    /// Returns the strings of which every text with a word contains at least one.
    pub(super) fn take_needles(&mut self) -> Needles {
        let mut needles = Needles::default();
        self.0.iter_mut().for_each(|matcher| needles.append(matcher.take_needles()));
        needles
    }

    /// Returns where the words are in `text`.
    pub(super) fn find(&self, text: &View, cx: &mut Context<'_>) -> Result<Vec<Range<usize>>, Exhausted> {
        let mut all = Vec::new();
        for matcher in &self.0 {
            let mut ranges = Vec::new();
            matcher.find(text, cx, &mut ranges)?;
            all.append(&mut ranges);
        }
        Ok(all)
    }
}

/// The exact spellings of words.
#[derive(Default)]
pub(super) struct Spellings(HashSet<String>);

impl Spellings {
    pub(super) fn of<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        Self(words.map(|word| Spelling::new(word.trim()).text().to_owned()).collect())
    }

    /// Returns whether `text` is spelled like one of the words.
    pub(super) fn contains(&self, text: &str) -> bool {
        !self.0.is_empty() && self.0.contains(Spelling::new(text).text())
    }
}
