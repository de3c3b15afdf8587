//! Determines whether the text around a word is English, by the most common words of English and of other languages.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::ops::Range;

use super::around::REACH;
use super::commonest::{is_shared, tells_english};
use super::stream::{FOREIGN, Origin, Symbol};

/// Words that are very common in other languages and not in English, sorted, one per line.
const OTHERS: &str = include_str!("commonest/others.txt");

/// How far the words next to a word are, in symbols.
const NEAR: usize = 16;

/// The language of the surrounding words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tongue {
    /// English.
    English,
    /// Another language.
    Other,
    /// There are words, but they do not indicate a language.
    Unknown,
    /// There are no words.
    None,
}

/// The language of a text, determined on demand.
pub(super) struct Around<'a> {
    symbols: &'a [Symbol],
    /// Whether each symbol does not count: it is in what was found, or in what is not prose.
    silent: Vec<bool>,
    /// Where additional English words begin in these parts, in order.
    english: Vec<usize>,
    tongue: OnceCell<Tongue>,
    /// What the words near findings indicate, by their first symbols and lengths: findings have neighbours in common.
    kinds: RefCell<HashMap<(usize, usize), Option<Tongue>>>,
}

impl<'a> Around<'a> {
    /// Creates the context of `symbols` without `ranges`, in which English words begin at `english`.
    pub(super) fn new(
        symbols: &'a [Symbol],
        ranges: impl Iterator<Item = Range<usize>>,
        mut english: Vec<usize>,
    ) -> Self {
        english.sort_unstable();
        let mut silent = vec![false; symbols.len()];
        ranges.for_each(|range| silent[range].fill(true));
        Self { symbols, silent, english, tongue: OnceCell::new(), kinds: RefCell::default() }
    }

    /// Returns whether the words next to `span` are of another language: a title in English within it changes nothing.
    pub(super) fn is_foreign_at(&self, span: &Range<usize>) -> bool {
        let near = span.start.saturating_sub(NEAR)..(span.end + NEAR).min(self.symbols.len());
        let kind_at = |start: usize, word: &[Symbol]| {
            *self.kinds.borrow_mut().entry((near.start + start, word.len())).or_insert_with(|| kind(word))
        };
        let english = |from: usize, to: usize| {
            let before = |end: usize| self.english.partition_point(|start| *start < end);
            before(to).saturating_sub(before(from))
        };
        let english = english(near.start, span.start) + english(span.end, near.end);
        tongue_of(&self.symbols[near.clone()], &self.silent[near.clone()], english, kind_at) == Tongue::Other
    }

    pub(super) fn tongue(&self) -> Tongue {
        *self
            .tongue
            .get_or_init(|| tongue_of(self.symbols, &self.silent, self.english.len(), |_, word| kind(word)))
    }
}

/// Returns the language of `symbols` without those that are `silent`. `kind_at` says what a word indicates, given where it starts.
fn tongue_of(
    symbols: &[Symbol],
    silent: &[bool],
    mut english: usize,
    kind_at: impl Fn(usize, &[Symbol]) -> Option<Tongue>,
) -> Tongue {
    let (mut other, mut unknown) = (0_usize, 0_usize);
    let mut start = 0;
    for word in symbols.split(|symbol| !is_part(*symbol)) {
        let range = start..start + word.len();
        start += word.len() + 1;
        // Names of people and topics do not count for a language, unless they are English words.
        let token = symbols[..range.start].iter().rev().take(REACH).take_while(|symbol| !symbol.is_space());
        let tagged = token.last().is_some_and(|first| matches!(first.c, '@' | '#'));
        if word.is_empty() || silent[range.clone()].contains(&true) {
            continue;
        }
        match kind_at(range.start, word) {
            Some(Tongue::English) => english += 1,
            _ if tagged => {}
            Some(Tongue::Other) => other += 1,
            Some(_) => unknown += 1,
            None => {}
        }
    }
    match () {
        () if other > english || other > 0 && unknown + other > 3 * english + 2 => Tongue::Other,
        () if english > 0 => Tongue::English,
        () if unknown > 0 => Tongue::Unknown,
        () => Tongue::None,
    }
}

fn is_part(symbol: Symbol) -> bool {
    symbol.origin != Origin::Sign && (symbol.is_letter() || symbol.c == FOREIGN || symbol.c == '\'')
}

/// Returns the language that `word` indicates; `None` if it is common in many languages, or a single letter.
fn kind(word: &[Symbol]) -> Option<Tongue> {
    let foreign =
        |symbol: &Symbol| matches!(symbol.origin, Origin::Foreign | Origin::Accented) || symbol.c == FOREIGN;
    if word.iter().any(foreign) {
        return Some(Tongue::Other);
    }
    let letters = word.iter().map(|symbol| symbol.c.to_ascii_lowercase());
    let text: String = letters.clone().filter(|c| *c != '\'').collect();
    // The list contains `don't` as `dont`, and `that's` as its beginning.
    let stem: String = letters.take_while(|c| *c != '\'').collect();
    match () {
        // *And* and *or* in Italian, Portuguese and Spanish, and very common in Sotho.
        () if matches!(&*text, "e" | "o") => Some(Tongue::Other),
        () if text.len() < 2 || is_shared(&text) => None,
        () if tells_english(&text) || tells_english(&stem) => Some(Tongue::English),
        () if is_of_others(&text) || is_of_others(&stem) => Some(Tongue::Other),
        () => Some(Tongue::Unknown),
    }
}

/// Returns whether `word` is one of [`OTHERS`].
fn is_of_others(word: &str) -> bool {
    let (list, mut start, mut end) = (OTHERS, 0, OTHERS.len());
    while start < end {
        let middle = start + (end - start) / 2;
        let line_start = list[start..middle].rfind('\n').map_or(start, |at| start + at + 1);
        let line_end = list[middle..end].find('\n').map_or(end, |at| middle + at);
        match list[line_start..line_end].cmp(word) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => start = line_end + 1,
            std::cmp::Ordering::Greater => end = line_start,
        }
    }
    false
}
