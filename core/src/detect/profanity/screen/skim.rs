//! Reads words, which most tokens of a chat are, and passes over harmless ones.

use std::ops::Range;

use super::super::commonest::{GoesOn, Harmless, harmless};
use super::forms::Lower;
use super::severe::may_begin_with;
use super::shapes::{SIGN, SPACE, class, is_punctuation};
use super::tables::TABLES;
use super::token::Plain;
use super::walk::meant;
use super::{LONGEST, Screen};

/// A token that is a word.
pub(super) struct Skimmed {
    pub end: usize,
    /// Whether the exact pass may find anything across tokens that ends with it.
    pub fires: bool,
}

impl Screen<'_> {
    /// Reads the token at `start` if it is a word of letters, or a harmless one with an apostrophe, possibly with punctuation after it. All
    /// others are left to [`token_fires`](Self::token_fires).
    #[inline]
    pub(super) fn skim(&mut self, start: usize) -> Option<Skimmed> {
        let (bytes, mut len) = (&self.bytes[start..], 0);
        let mut is_contracted = false;
        loop {
            while let Some(b'a'..=b'z') = bytes.get(len) {
                len += 1;
            }
            match bytes.get(len) {
                Some(b'A'..=b'Z') if len == 0 => {}
                // A word with capitals inside may be several.
                Some(b'A'..=b'Z') => return None,
                Some(b'\'') if len > 0 && bytes.get(len + 1).is_some_and(u8::is_ascii_lowercase) => {
                    is_contracted = true;
                }
                _ => break,
            }
            len += 1;
        }
        let word = &bytes[..len];
        let len = len + bytes[len..].iter().take_while(|byte| is_punctuation(**byte)).count();
        let (range, ends) = (start..start + len, bytes.get(len).is_none_or(|byte| class(*byte) == SPACE));
        if word.is_empty() || !ends || len > LONGEST || self.is_odd(&range) {
            return None;
        }
        let end = range.end;
        let Some(known) = harmless(word) else {
            // What an apostrophe joins is no word of letters.
            return (!is_contracted).then(|| Skimmed { end, fires: self.unknown_fires(word, range) });
        };
        let fires = if is_contracted {
            self.torn.stop();
            self.across.stop();
            self.row_ends(word, range) || self.severe.read(word)
        } else {
            let (begins, begins_severe) = match known {
                Harmless::Alone => (false, false),
                Harmless::Begins { rated, severe } => (self.goes_on(end, rated), self.goes_on(end, severe)),
            };
            self.row_ends(word, range)
                || self.word_is_torn(word)
                || (self.across.goes_on(word) || begins) && self.across.read_word(word, begins)
                || (self.severe.goes_on(word) || begins_severe) && self.severe.read_word(word)
        };
        Some(Skimmed { end, fires })
    }

    /// Returns whether the exact pass may find anything in `word`, which with the punctuation after it is at `range`, or anything across
    /// tokens that ends with it.
    fn unknown_fires(&mut self, word: &[u8], range: Range<usize>) -> bool {
        self.row_ends(word, range.clone())
            || (self.severe.goes_on(word) || may_begin_with(word)) && self.severe.read_word(word)
            || self.plain_fires(range, &Plain::unknown(word))
    }

    /// Reads `word`, which with the punctuation after it is at `range`, as part of a row of single letters. Returns whether a row that it
    /// ends may spell a word.
    #[inline]
    fn row_ends(&mut self, word: &[u8], range: Range<usize>) -> bool {
        let is_single = |letter: &u8| letter.eq_ignore_ascii_case(&word[0]);
        if word.get(1).is_none_or(is_single) && word.iter().all(is_single) {
            return !self.rows.add(&self.bytes[range.clone()], &range) && self.row_fires();
        }
        self.rows.has_begun() && self.row_fires()
    }

    /// Reads the letters `word` as a piece of a core word. Returns whether one ends with it.
    #[inline]
    fn word_is_torn(&mut self, word: &[u8]) -> bool {
        let begins = match *word {
            [first, second, third, ..] => TABLES.may_be_torn(&[first | 0x20, second, third]),
            [first, second] => TABLES.may_be_torn(&[first | 0x20, second]),
            [first] => TABLES.may_be_torn(&[first | 0x20]),
            [] => false,
        };
        (begins || self.torn.has_begun()) && self.torn.read(Lower::of(word).word())
    }

    /// Returns whether what may go on as `way` says may do so in the token after `end`.
    fn goes_on(&self, end: usize, way: GoesOn) -> bool {
        if matches!(way.branches, 0 | u32::MAX) {
            // A severe word may end here.
            return way.branches != 0;
        }
        let mut rest = self.bytes[end..].iter().skip_while(|byte| class(**byte) == SPACE);
        match [rest.next(), rest.next()] {
            [None, _] => false,
            [Some(next), after] if next.is_ascii_alphabetic() => {
                meant(*next).branches & way.branches != 0
                    && after.is_none_or(|after| !after.is_ascii_alphabetic() || way.has_pair(*next, *after))
            }
            _ => true,
        }
    }
}

/// The punctuation does not resemble letters, of which [`Severe`](super::severe::Severe) reads more.
const _: () = {
    let mut byte = 0;
    while byte < 128 {
        assert!(!is_punctuation(byte) || class(byte) == SIGN, "punctuation resembles no letter");
        byte += 1;
    }
};

#[cfg(test)]
mod tests {
    use super::super::super::commonest::{Harmless, contractions, harmless};
    use super::super::super::engine::{Type, rated_words};
    use super::super::{Screen, shapes::class};

    #[test]
    fn phrases_go_on_behind_harmless_words() {
        let mut tried = 0;
        for phrase in rated_words() {
            let Some((word, rest)) =
                phrase.split_once(' ').filter(|(word, rest)| word.len() > 1 && rest.len() > 1)
            else {
                continue;
            };
            let Some(known) = harmless(word.as_bytes()) else { continue };
            let Harmless::Begins { rated, .. } = known else { panic!("{phrase} begins with {word}") };
            let doubled = format!("{}{rest}", &rest[..1]);
            for next in [rest, &rest.to_uppercase(), &doubled] {
                let text = format!("{word}  {next}");
                let screen = Screen::new(text.as_bytes(), None, Type::INAPPROPRIATE);
                assert!(screen.goes_on(word.len(), rated), "{text}");
                tried += 1;
            }
        }
        assert!(tried > 100, "{tried}");
    }

    #[test]
    fn nothing_is_found_in_contractions() {
        for word in contractions() {
            for end in ["", ".", ",", "?", ":", ";", ")", "\"", "'", "...", ").", "?)"] {
                let (initial, rest) = word.split_at(1);
                for text in [format!("{word}{end}"), format!("{}{rest}{end}", initial.to_uppercase())] {
                    let shapes = text.bytes().fold(0, |all, byte| all | class(byte));
                    let mut screen = Screen::new(text.as_bytes(), None, Type::INAPPROPRIATE | Type::MEAN);
                    assert!(!screen.token_fires(0..text.len(), shapes), "{text}");
                }
            }
        }
    }
}
