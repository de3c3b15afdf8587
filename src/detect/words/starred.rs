//! Words with letters starred out: `f*ck`, `s**t`.

use std::collections::HashMap;
use std::ops::Range;

use super::{Context, Exhausted, Word};
use crate::text::{Folded, View};

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
            if word.text.chars().all(char::is_alphabetic) && word.text.chars().nth(SHORTEST - 1).is_some() {
                starred.by_first.entry(word.text.chars().next().unwrap_or_default()).or_default().push(word);
            }
        }
        starred
    }

    /// Compares every token of `text` that has stars inside with the words that begin as it does.
    pub(super) fn find(
        &self,
        text: &View,
        cx: &mut Context<'_>,
        ranges: &mut Vec<Range<usize>>,
    ) -> Result<(), Exhausted> {
        if !text.text().contains('*') {
            return Ok(());
        }
        let mut start = 0;
        for token in text.text().split_inclusive(|c: char| !c.is_alphanumeric() && c != '*') {
            let end = start + token.len();
            let edges = |c: char| !c.is_alphanumeric();
            let inner = token.trim_start_matches(edges);
            let from = end - inner.len();
            let inner = inner.trim_end_matches(edges);
            if inner.contains('*') {
                self.compare(inner, from, cx, ranges)?;
            }
            start = end;
        }
        Ok(())
    }

    fn compare(
        &self,
        token: &str,
        from: usize,
        cx: &mut Context<'_>,
        ranges: &mut Vec<Range<usize>>,
    ) -> Result<(), Exhausted> {
        let folded = Folded::new(token);
        let written: Vec<char> = folded.text().chars().collect();
        let Some(words) = written.first().and_then(|first| self.by_first.get(first)) else { return Ok(()) };
        for word in words {
            cx.budget.spend(16)?;
            let mut letters = word.text.chars();
            let reads =
                written.iter().all(|w| letters.next().map_or(word.ends.after, |c| *w == '*' || *w == c));
            if reads && letters.next().is_none() {
                ranges.push(from..from + token.len());
                return Ok(());
            }
        }
        Ok(())
    }
}
