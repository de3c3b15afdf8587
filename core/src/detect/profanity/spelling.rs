//! Spelling: whether symbols spell a given word through whatever dresses them up. All ways to read them are followed at once.

use super::lookalikes::{LONGEST, LetterSet, Lookalikes};

/// How many symbols a word may be written with. Longer ones are not read.
pub(super) const LONG: usize = 96;

/// A word to look for.
#[derive(Debug)]
pub(super) struct Pattern {
    /// The word, in lower case.
    pub word: &'static str,
    /// For each letter of the alphabet, where in the word it stands, a bit each.
    places: [u32; 26],
    /// All its letters.
    pub letters: LetterSet,
}

impl Pattern {
    /// `word` must be of fewer than 32 letters.
    pub(super) fn new(word: &'static str) -> Self {
        let mut places = [0; 26];
        let mut letters = 0;
        for (at, b) in word.bytes().enumerate() {
            places[usize::from(b - b'a')] |= 1 << at;
            letters |= 1 << (b - b'a');
        }
        Self { word, places, letters }
    }

    /// Whether `lookalikes` hold all its letters, somewhere.
    pub(super) fn may_be_in(&self, lookalikes: &Lookalikes) -> bool {
        lookalikes.all & self.letters == self.letters
            && lookalikes.single.len() <= LONG
            && self.may_begin(lookalikes)
    }

    /// Whether its first letter may be that of `lookalikes`, or one behind separators.
    fn may_begin(&self, lookalikes: &Lookalikes) -> bool {
        let separators = lookalikes.separates.iter().take_while(|separates| **separates).count();
        let drawn = lookalikes.drawn.iter().take_while(|(at, ..)| *at <= separators);
        let first = lookalikes.single.iter().take(separators + 1).chain(drawn.map(|(.., letters)| letters));
        self.places(first.fold(0, |all, letters| all | letters)) & 1 != 0
    }

    /// Where in `lookalikes` the word may end that they begin with, each of its letters once or several times, with separators around
    /// them.
    pub(super) fn ends(&self, lookalikes: &Lookalikes) -> impl Iterator<Item = usize> {
        let len = lookalikes.single.len();
        // A bit for each letter of the word: it is set when those before it have been read.
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
            // The next letter, or the last one once more.
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
