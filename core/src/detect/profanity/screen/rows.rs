//! [`Rows`]: tokens of single letters, which may together spell a word.

use std::ops::Range;

use super::shapes::{ASCII, DIGIT, FOREIGN, class};

/// The row of single letters at the current position of a text.
#[derive(Default)]
pub(super) struct Rows {
    /// From its first token to its last.
    range: Range<usize>,
    /// Its tokens with at most one letter, possibly repeated.
    tokens: usize,
    /// How many of them have a letter.
    letters: usize,
    /// Those at its end with at most one letter or digit.
    singles: usize,
    /// How many of these have one.
    words: usize,
    /// Whether there were so many of these that the exact pass looks for words in them.
    is_long: bool,
}

/// A row that may spell a word.
pub(super) struct Row {
    pub range: Range<usize>,
    /// Whether the row is long enough for letters, digits and signs that only the exact pass can read.
    pub is_long: bool,
}

/// The number of tokens of the shortest row of letters, and of the shortest row of letters, digits and signs.
const SHORTEST: usize = 3;
const LONG: usize = 4;

/// The maximum length of a token of the latter kind.
const WIDEST: usize = 6;

impl Rows {
    /// Adds `token`, which is at `range`, if it may be part of a row. Otherwise the row has ended: [`take`](Self::take) returns it.
    pub(super) fn add(&mut self, token: &[u8], range: &Range<usize>) -> bool {
        let letters = || token.iter().filter(|byte| class(**byte) & (ASCII | FOREIGN) != 0);
        let words = || token.iter().filter(|byte| class(**byte) & (ASCII | DIGIT | FOREIGN) != 0);
        if !are_alike(letters()) {
            return false;
        }
        if self.tokens == 0 {
            self.range = range.clone();
        }
        self.range.end = range.end;
        self.tokens += 1;
        self.letters += usize::from(letters().next().is_some());
        if token.len() <= WIDEST && are_alike(words()) {
            self.singles += 1;
            self.words += usize::from(words().next().is_some());
            self.is_long |= self.singles >= LONG && self.words >= 2;
        } else {
            (self.singles, self.words) = (0, 0);
        }
        true
    }

    /// Returns whether a row is in progress.
    #[inline]
    pub(super) fn has_begun(&self) -> bool {
        self.tokens > 0
    }

    /// Ends the row, and returns it if it may spell a word.
    pub(super) fn take(&mut self) -> Option<Row> {
        let Self { range, tokens, letters, is_long, .. } = std::mem::take(self);
        (is_long || tokens >= SHORTEST && letters > 0).then_some(Row { range, is_long })
    }
}

/// Returns whether all `bytes` are the same letter, in either case.
fn are_alike<'a>(mut bytes: impl Iterator<Item = &'a u8>) -> bool {
    let first = bytes.next();
    first.is_none_or(|first| bytes.all(|byte| byte.eq_ignore_ascii_case(first)))
}
