//! [`Tables`]: what core words begin with, to tell at once that a word contains none.

use std::sync::LazyLock;

use super::super::cores::{core_words, core_words_from};
use super::super::lookalikes::{LetterSet, heard, letter_groups};
use super::super::stream::Symbol;

/// What core words begin with, derived from the lists and tables of the exact pass.
pub(super) struct Tables {
    /// For each first letter of a core word, the second ones.
    pairs: [LetterSet; 26],
    /// The same in phonetic spelling.
    heard: [LetterSet; 26],
    /// The letters that have another sound than they are.
    sounding: LetterSet,
    /// Groups of letters that represent another letter.
    groups: Vec<[u8; 2]>,
}

pub(super) static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let hears: [LetterSet; 26] =
        std::array::from_fn(|at| heard(Symbol::of_ascii(b"abcdefghijklmnopqrstuvwxyz"[at], at)));
    // The letters that may be heard as `letter`.
    let hearing = |letter: u8| {
        let is_heard = |at: &usize| hears[*at] >> (letter - b'a') & 1 != 0;
        (0..26).filter(is_heard).fold(0, |all: LetterSet, at| all | 1 << at)
    };
    let sounding = (0..26).filter(|at| hears[*at] != 1 << at).fold(0, |all: LetterSet, at| all | 1 << at);
    let groups = letter_groups().filter_map(|group| group.as_bytes().first_chunk().copied()).collect();
    let mut tables = Tables { pairs: [0; 26], heard: [0; 26], sounding, groups };
    for core in core_words() {
        let [first, second, ..] = *core.as_bytes() else { continue };
        tables.pairs[usize::from(first - b'a')] |= 1 << (second - b'a');
        let seconds = hearing(second);
        let firsts = hearing(first);
        for (at, heard) in tables.heard.iter_mut().enumerate() {
            if firsts >> at & 1 != 0 {
                *heard |= seconds;
            }
        }
    }
    tables
});

impl Tables {
    #[inline]
    fn are_begun(set: &[LetterSet; 26], first: u8, second: u8) -> bool {
        set[usize::from(first - b'a')] >> (second - b'a') & 1 != 0
    }

    /// Returns whether the lower-case `word` may be the beginning of a core word.
    #[inline]
    pub(super) fn may_begin_core(&self, word: &[u8]) -> bool {
        match word {
            [first, second, ..] => Self::are_begun(&self.pairs, *first, *second),
            [first] => self.pairs[usize::from(first - b'a')] != 0,
            [] => false,
        }
    }

    /// Returns whether the lower-case `word` contains a core word.
    pub(super) fn holds_core(&self, word: &[u8]) -> bool {
        word.windows(2).enumerate().any(|(at, two)| {
            let is_core = |core: &&str| word[at..].starts_with(core.as_bytes());
            Self::are_begun(&self.pairs, two[0], two[1])
                && core_words_from(char::from(two[0])).iter().any(is_core)
        })
    }

    /// Returns whether the lower-case `word` may begin with a core word in phonetic spelling, or followed by an exclamation mark in any.
    pub(super) fn may_be_dressed(&self, word: &[u8], exclaims: bool) -> bool {
        let sounds = |byte: &u8| self.sounding >> (byte - b'a') & 1 != 0;
        let groups = || word.windows(2).any(|two| self.groups.iter().any(|group| group == two));
        if !exclaims && !word.iter().any(sounds) && !groups() {
            return false;
        }
        let is_group = |at: usize| self.groups.iter().any(|group| word[at..].starts_with(group));
        let heard = |byte: u8| heard(Symbol::of_ascii(byte, 0));
        let first = word[0];
        for (at, byte) in word.iter().enumerate() {
            if is_group(at) || at > 0 && Self::are_begun(&self.heard, first, *byte) {
                return true;
            }
            // The first letter may be repeated.
            if heard(*byte) & heard(first) == 0 {
                return false;
            }
        }
        true
    }
}
