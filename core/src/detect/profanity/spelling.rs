//! Spelling: determines whether symbols spell a given word in any obfuscation, by following all readings at once.

use super::lookalikes::{LONGEST, LetterSet, Lookalikes};

/// The maximum number of symbols of a word. Longer ones are not read.
pub(super) const LONG: usize = 96;

/// A word to search for.
#[derive(Debug)]
pub(super) struct Pattern {
    /// The word, in lower case.
    pub word: &'static str,
    /// The positions of each letter of the alphabet in the word, one bit for each.
    places: [u32; 26],
    /// All its letters.
    pub letters: LetterSet,
}

impl Pattern {
    /// Creates the pattern of `word`, which must have fewer than 32 letters.
    pub(super) const fn new(word: &'static str) -> Self {
        let (mut places, mut letters) = ([0; 26], 0);
        let (bytes, mut at) = (word.as_bytes(), 0);
        while at < bytes.len() {
            let letter = bytes[at] - b'a';
            places[letter as usize] |= 1 << at;
            letters |= 1 << letter;
            at += 1;
        }
        Self { word, places, letters }
    }

    /// Returns whether `lookalikes` contain all letters of the word, in any order.
    pub(super) fn may_be_in(&self, lookalikes: &Lookalikes) -> bool {
        lookalikes.all & self.letters == self.letters
            && lookalikes.single.len() <= LONG
            && self.may_begin(lookalikes)
    }

    /// Returns whether the first letter of the word may be the first of `lookalikes`, apart from separators.
    fn may_begin(&self, lookalikes: &Lookalikes) -> bool {
        let separators = lookalikes.separates.iter().take_while(|separates| **separates).count();
        let drawn = lookalikes.drawn.iter().take_while(|(at, ..)| *at <= separators);
        let first = lookalikes.single.iter().take(separators + 1).chain(drawn.map(|(.., letters)| letters));
        self.places(first.fold(0, |all, letters| all | letters)) & 1 != 0
    }

    /// Returns the possible ends of the word at the beginning of `lookalikes`, where each letter may be repeated and separators may
    /// surround letters.
    pub(super) fn ends(&self, lookalikes: &Lookalikes) -> impl Iterator<Item = usize> {
        let len = lookalikes.single.len();
        // One bit for each letter of the word, set if all letters before it have been read.
        let mut read = [0_u32; LONG + LONGEST + 1];
        let end = 1 << self.word.len();
        let mut ends = 0_u128;
        read[0] = u32::from(self.may_be_in(lookalikes));
        let mut drawn = lookalikes.drawn.iter().peekable();
        for at in 0..=len.min(LONG) {
            let now = read[at];
            ends |= u128::from(now & end != 0) << at;
            if at == len {
                break;
            }
            if lookalikes.separates[at] {
                read[at + 1] |= now;
            }
            // The next letter, or a repetition of the last one.
            let places = self.places(lookalikes.single[at]);
            read[at + 1] |= (now & places) << 1 | (now & places << 1);
            while let Some((_, len, letters)) = drawn.next_if(|(start, ..)| *start == at) {
                read[at + len] |= (now & self.places(*letters)) << 1;
            }
        }
        (0..=len.min(LONG)).filter(move |at| ends >> at & 1 != 0)
    }

    fn places(&self, letters: LetterSet) -> u32 {
        let mut rest = letters;
        let mut places = 0;
        while rest != 0 {
            places |= self.places[rest.trailing_zeros() as usize];
            rest &= rest - 1;
        }
        places
    }
}

#[cfg(test)]
mod tests {
    use super::super::stream::Stream;
    use super::*;

    fn spells(text: &str, word: &'static str, by_ear: bool) -> bool {
        let symbols = Stream::new(text).symbols;
        Pattern::new(word).ends(&Lookalikes::of(&symbols, by_ear)).any(|end| end == symbols.len())
    }

    #[test]
    fn a_word_is_spelled_in_many_ways() {
        for text in [
            "fuck",
            "f.u_c-k",
            "ffuuccckk!",
            "(f)(u)(c)(k)",
            "|=|_|(|<",
            "f|u|c|k",
            "f\\/ck",
            "*f* *u* *c* *k*",
            "fu<k",
        ] {
            assert!(spells(text, "fuck", false), "{text:?}");
        }
        for text in ["phuck", "phvqq", "fvkk"] {
            assert!(spells(text, "fuck", true) && !spells(text, "fuck", false), "{text:?}");
        }
        assert!(spells("|)0()|33|2", "doober", false));
    }

    #[test]
    fn letters_may_not_be_missing_or_too_many() {
        for text in ["fck", "fucks", "afuck", "f.u.n.c.k", "fuc", "", "fu1ck"] {
            assert!(!spells(text, "fuck", false), "{text:?}");
        }
    }
}
