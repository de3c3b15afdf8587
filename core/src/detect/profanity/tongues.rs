//! Tongues: whether what stands around a word is English. The words decide: the commonest ones of English, and those of other languages.

use std::cell::OnceCell;
use std::ops::Range;

use super::around::REACH;
use super::stream::{FOREIGN, Origin, Symbol};

/// Words that English is full of and other languages are not, sorted, one a line.
const ENGLISH: &str = include_str!("commonest/english.txt");
/// Words that other languages are full of and English is not.
const OTHERS: &str = include_str!("commonest/others.txt");

/// Words that are common in English and elsewhere, sorted.
const SHARED: &str = include_str!("commonest/shared.txt");

/// What the words around are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tongue {
    /// English.
    English,
    /// Some other language.
    Other,
    /// There are words, and nothing tells of which language they are.
    Unknown,
    /// There are none.
    None,
}

/// The tongue of a text, found out when it is asked for.
pub(super) struct Around<'a> {
    symbols: &'a [Symbol],
    /// What does not tell: what is found, and what is no prose.
    silent: Vec<Range<usize>>,
    /// How many words of English there are beside what tells.
    english: usize,
    tongue: OnceCell<Tongue>,
}

impl<'a> Around<'a> {
    /// The tongue of `symbols` without those that are in `silent`, among which are so many words that are `english`.
    pub(super) fn new(symbols: &'a [Symbol], silent: Vec<Range<usize>>, english: usize) -> Self {
        Self { symbols, silent, english, tongue: OnceCell::new() }
    }

    pub(super) fn tongue(&self) -> Tongue {
        *self.tongue.get_or_init(|| {
            let mut silent = vec![false; self.symbols.len()];
            self.silent.iter().for_each(|range| silent[range.clone()].fill(true));
            tongue_of(self.symbols, &silent, self.english)
        })
    }
}

fn tongue_of(symbols: &[Symbol], silent: &[bool], mut english: usize) -> Tongue {
    let (mut other, mut unknown) = (0_usize, 0_usize);
    let mut start = 0;
    for word in symbols.split(|symbol| !is_part(*symbol)) {
        let range = start..start + word.len();
        start += word.len() + 1;
        // Names of people and topics are of no language, unless they are words of it.
        let token = symbols[..range.start].iter().rev().take(REACH).take_while(|symbol| !symbol.is_space());
        let tagged = token.last().is_some_and(|first| matches!(first.c, '@' | '#'));
        if word.is_empty() || silent[range].contains(&true) {
            continue;
        }
        match kind(word) {
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

/// What `word` tells; nothing when it is common in many languages, or of a single letter.
fn kind(word: &[Symbol]) -> Option<Tongue> {
    let foreign =
        |symbol: &Symbol| matches!(symbol.origin, Origin::Foreign | Origin::Accented) || symbol.c == FOREIGN;
    if word.iter().any(foreign) {
        return Some(Tongue::Other);
    }
    let letters = word.iter().map(|symbol| symbol.c.to_ascii_lowercase());
    let text: String = letters.clone().filter(|c| *c != '\'').collect();
    // `don't` is in the list as `dont`, `that's` as what it begins with.
    let stem: String = letters.take_while(|c| *c != '\'').collect();
    match () {
        // *And* and *or* of Italian, Portuguese and Spanish, and much in Sotho.
        () if matches!(&*text, "e" | "o") => Some(Tongue::Other),
        () if text.len() < 2 || holds(SHARED, &text) => None,
        () if holds(ENGLISH, &text) || holds(ENGLISH, &stem) => Some(Tongue::English),
        () if holds(OTHERS, &text) || holds(OTHERS, &stem) => Some(Tongue::Other),
        () => Some(Tongue::Unknown),
    }
}

/// Whether `word` is a line of `list`, whose lines are sorted.
fn holds(list: &str, word: &str) -> bool {
    let (mut start, mut end) = (0, list.len());
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
