//! [`Tables`]: what core words begin with, to tell at once that a word contains none.

use super::super::cores::{CORE_WORDS, core_word, core_words_from};
use super::super::hidden::is_hiding;
use super::super::lookalikes::{LETTER_GROUPS, LetterSet, heard_as};
use super::shapes::resembles;

/// What core words begin with, derived from the lists and tables of the exact pass.
pub(super) struct Tables {
    /// For each first letter of a core word, the second ones.
    pairs: [LetterSet; 26],
    /// The same in phonetic spelling.
    heard: [LetterSet; 26],
    /// The letters that have another sound than they are.
    sounding: LetterSet,
    /// The core words with each letter at their first four places, one bit for each.
    places: [[u64; 26]; 4],
}

/// Part of the program, so that no start pays for them.
pub(super) static TABLES: Tables = Tables::new();

impl Tables {
    const fn new() -> Self {
        let mut tables = Self { pairs: [0; 26], heard: [0; 26], sounding: 0, places: [[0; 26]; 4] };
        let mut letter = 0;
        while letter < 26 {
            if heard_as(b'a' + letter) != 1 << letter {
                tables.sounding |= 1 << letter;
            }
            letter += 1;
        }
        let mut at = 0;
        while at < CORE_WORDS {
            let (word, mut place) = (core_word(at).as_bytes(), 0);
            while place < 4 && place < word.len() {
                // Words that are further than the bits reach share one.
                tables.places[place][(word[place] - b'a') as usize] |= 1 << (at % 64);
                place += 1;
            }
            if let [first, second, ..] = *word {
                tables.pairs[(first - b'a') as usize] |= 1 << (second - b'a');
                let (firsts, seconds) = (hearing(first), hearing(second));
                let mut letter = 0;
                while letter < 26 {
                    if firsts >> letter & 1 != 0 {
                        tables.heard[letter] |= seconds;
                    }
                    letter += 1;
                }
            }
            at += 1;
        }
        tables
    }

    #[inline]
    fn are_begun(set: &[LetterSet; 26], first: u8, second: u8) -> bool {
        set[usize::from(first - b'a')] >> (second - b'a') & 1 != 0
    }

    /// Returns whether the lower-case `word` may be the first letters of a core word.
    #[inline]
    pub(super) fn may_be_torn(&self, word: &[u8]) -> bool {
        let letters = self.places.iter().zip(word).map(|(at, letter)| at[usize::from(letter - b'a')]);
        letters.fold(u64::MAX, |cores, with| cores & with) != 0
    }

    /// Returns whether the characters may be the first of a core word of four letters or more, with some letters after the first replaced
    /// by signs.
    pub(super) fn may_be_hidden(&self, first: [u8; 4]) -> bool {
        let fits = |at: &[u64; 26], byte: u8| {
            if is_hiding(char::from(byte)) {
                return u64::MAX;
            }
            let (mut letters, mut cores) = (resembles(byte), 0);
            while letters != 0 {
                cores |= at[letters.trailing_zeros() as usize];
                letters &= letters - 1;
            }
            cores
        };
        self.places.iter().zip(first).fold(u64::MAX, |cores, (at, byte)| cores & fits(at, byte)) != 0
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
        let is_group = |two: &[u8]| Self::are_begun(&LETTER_GROUPS, two[0], two[1]);
        if !exclaims && !word.iter().any(sounds) && !word.windows(2).any(is_group) {
            return false;
        }
        let first = word[0];
        for (at, byte) in word.iter().enumerate() {
            let begins_group = word.get(at..at + 2).is_some_and(is_group);
            if begins_group || at > 0 && Self::are_begun(&self.heard, first, *byte) {
                return true;
            }
            // The first letter may be repeated.
            if heard_as(*byte) & heard_as(first) == 0 {
                return false;
            }
        }
        true
    }
}

/// Returns the letters that may be heard as `letter`.
const fn hearing(letter: u8) -> LetterSet {
    let (mut all, mut at) = (0, 0);
    while at < 26 {
        if heard_as(b'a' + at) >> (letter - b'a') & 1 != 0 {
            all |= 1 << at;
        }
        at += 1;
    }
    all
}
