//! Judges one token.

use std::ops::Range;

use super::super::commonest::{Harmless, harmless};
use super::super::cores::core_words_from;
use super::super::innocent::is_innocent;
use super::super::marked::marked_up;
use super::super::odd::odd_word;
use super::super::stream::{self, Origin, Symbol};
use super::super::undisguised;
use super::forms::{
    Lower, ascii, is_core_inside, is_core_with_digits, is_respelled, link_in, may_be_marked_up, may_be_odd,
    may_be_odd_token, numbered,
};
use super::shapes::{ASCII, DIGIT, FOREIGN, LEET, SIGN, class, is_punctuation, resembles};
use super::tables::TABLES;
use super::walk::{beginnings, may_begin};
use super::{LONGEST, Screen};

/// A token of letters of ASCII, except for quotation marks before them and punctuation after them.
pub(super) struct Plain<'a> {
    letters: &'a [u8],
    lower: Lower,
    /// What the word may be part of, if it is harmless.
    known: Option<Harmless>,
    /// Whether an exclamation mark, which may be read as a letter, follows.
    exclaims: bool,
    /// Whether there are capitals behind small letters.
    has_humps: bool,
}

impl<'a> Plain<'a> {
    /// Reads `token`, which must not be longer than [`LONGEST`].
    fn of(token: &'a [u8]) -> Option<Self> {
        let start = token.iter().take_while(|byte| matches!(byte, b'"' | b'\'')).count();
        let len = token[start..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let (letters, end) = token[start..].split_at(len);
        let ends = end.iter().all(|byte| *byte == b'!' || is_punctuation(*byte));
        if letters.is_empty() || !ends {
            return None;
        }
        let lower = Lower::of(letters);
        let is_hump = |two: &[u8]| two[0].is_ascii_lowercase() && two[1].is_ascii_uppercase();
        Some(Self {
            letters,
            known: harmless(letters),
            lower,
            exclaims: end.contains(&b'!'),
            has_humps: letters.windows(2).any(is_hump),
        })
    }

    /// Reads `letters`, of which at most the first is a capital and which are no harmless word, with punctuation after them that is no
    /// exclamation mark.
    #[inline]
    pub(super) fn unknown(letters: &'a [u8]) -> Self {
        Self { letters, lower: Lower::of(letters), known: None, exclaims: false, has_humps: false }
    }
}

impl Screen<'_> {
    /// Returns whether the exact pass may find anything in the token at `range`, or anything across tokens that ends with it. `shapes`
    /// are the classes of its bytes.
    pub(super) fn token_fires(&mut self, range: Range<usize>, shapes: u8) -> bool {
        let bytes = self.bytes;
        let token = &bytes[range.clone()];
        if !self.rows.add(token, &range) && self.rows.has_begun() && self.row_fires() {
            return true;
        }
        if shapes & SIGN != 0 && may_be_marked_up(token) && self.is_marked_up(range.clone()) {
            return true;
        }
        if shapes & SIGN != 0
            && let Some(link) = link_in(token)
        {
            self.torn.stop();
            self.across.stop();
            self.severe.stop();
            return self.is_odd_word(range.start..range.start + link.start) || self.link_fires(token, link);
        }
        if range.len() > LONGEST || self.severe.read(token) {
            return true;
        }
        if shapes & (ASCII | FOREIGN) == 0 {
            self.torn.stop();
            return self.numbers_fire(range) || shapes & DIGIT != 0 && self.across.read(token);
        }
        match Plain::of(token).filter(|_| !self.is_odd(&range)) {
            Some(plain) => self.plain_fires(range, &plain),
            None => self.mixed_fires(range, shapes),
        }
    }

    /// Returns whether the token at `range` has characters that are not what they are read as.
    #[inline]
    pub(super) fn is_odd(&self, range: &Range<usize>) -> bool {
        let odd = |symbol: &Symbol| symbol.origin != Origin::Plain && symbol.c != stream::SIGN;
        self.symbols.is_some_and(|symbols| symbols[range.clone()].iter().any(odd))
    }

    /// Returns whether the exact pass may find anything in the token at `range`, which is `plain`, or anything across tokens that ends
    /// with it.
    pub(super) fn plain_fires(&mut self, range: Range<usize>, plain: &Plain<'_>) -> bool {
        let Plain { letters, known, exclaims, .. } = *plain;
        let bytes = plain.lower.bytes();
        let tearing = self.torn.has_begun() || TABLES.may_be_torn(bytes);
        if tearing && self.torn.read(plain.lower.word()) {
            return true;
        }
        let begins = match known {
            Some(known) => known != Harmless::Alone,
            None => bytes.len() < 4 || may_begin(bytes),
        };
        if (self.across.goes_on(bytes) || begins) && self.across.read_word(bytes, begins) {
            return true;
        }
        if known.is_some() && !exclaims && !plain.has_humps {
            return false;
        }
        is_respelled(bytes)
            || self.word_fires(letters, bytes, !exclaims)
            || exclaims && self.walker.spells_with_signs(&self.bytes[range.clone()])
            || (may_be_odd(letters, bytes, exclaims) && self.is_odd_word(range))
    }

    /// Returns whether anything may be found in a run of `letters`, which are `lower` in lower case. `alone` says that the exact pass does
    /// not read it together with signs or digits next to it.
    fn word_fires(&mut self, letters: &[u8], lower: &[u8], alone: bool) -> bool {
        if self.is_exact(lower) {
            return true;
        }
        // Core words are rated, too.
        let begins = beginnings(lower);
        if begins == 0 {
            return false;
        }
        if self.is_rated(lower, begins, alone) || is_core_inside(lower) {
            return true;
        }
        let upper = |at: usize| letters[at].is_ascii_uppercase();
        let starts = || (1..letters.len()).filter(|at| upper(*at) && !upper(at - 1)).chain([letters.len()]);
        if starts().nth(1).is_none() {
            return false;
        }
        let mut start = 0;
        starts().any(|end| {
            let hump = &lower[start..end];
            start = end;
            self.is_rated(hump, beginnings(hump), alone)
        })
    }

    /// Returns whether `word` is one that the exact pass finds as it is written.
    fn is_exact(&self, word: &[u8]) -> bool {
        undisguised::rating(word).is_some_and(|rating| rating.is(self.threshold))
    }

    /// Returns whether the engine rates `word`, in lower case, in which rated words may begin at `begins`.
    fn is_rated(&mut self, word: &[u8], begins: u64, alone: bool) -> bool {
        self.walker.spells_in_letters(word, begins)
            && !(alone && is_innocent(ascii(word)))
            && self.matcher().is_profane(ascii(word))
    }

    /// Returns whether anything may be found in the token at `range`, which contains letters, and digits or signs too.
    fn mixed_fires(&mut self, range: Range<usize>, shapes: u8) -> bool {
        let bytes = self.bytes;
        let token = &bytes[range.clone()];
        let alone = shapes & (DIGIT | LEET | FOREIGN) == 0;
        // A part in camel case may extend over signs.
        let upper = |at: usize| token[at].is_ascii_uppercase();
        let has_humps = (1..token.len()).any(|at| upper(at) && !upper(at - 1));
        self.torn_fires(token)
            || (shapes & DIGIT != 0 || token.contains(&b'-')) && self.exact_fires(token)
            || self.across.read(token)
            || self.runs_fire(token, alone && !has_humps)
            || match numbered(token) {
                _ if alone => self.pieces_fire(token) || self.humps_fire(token),
                Some(word) => is_core_with_digits(word),
                None => self.walker.spells_with_signs(token),
            }
            || self.is_odd_word(range)
    }

    /// Returns whether a word of `token` is one that the exact pass finds as it is written, digits and hyphens in it included.
    fn exact_fires(&self, token: &[u8]) -> bool {
        let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || class(*byte) == FOREIGN;
        let is_exact = |word: &[u8]| {
            let is_hyphen = |byte: &&u8| **byte == b'-';
            let start = word.iter().take_while(is_hyphen).count();
            let end = word.len() - word[start..].iter().rev().take_while(is_hyphen).count();
            word.is_ascii() && self.is_exact(Lower::of(&word[start..end]).bytes())
        };
        token.split(|byte| !is_word(byte)).any(is_exact)
            || token.contains(&b'-') && token.split(|byte| !is_word(byte) && *byte != b'-').any(is_exact)
    }

    /// Returns whether anything may be found in `token`, of which `link` is a link: words without obfuscation.
    fn link_fires(&mut self, token: &[u8], link: Range<usize>) -> bool {
        let outside = [&token[..link.start], &token[link.end..]];
        outside.into_iter().any(|signs| signs.len() > 1 && self.walker.spells(signs))
            || token.contains(&b'-') && self.exact_fires(token)
            || token.split(|byte| class(*byte) != ASCII).filter(|run| run.len() > 1).any(|run| {
                let word = run.to_ascii_lowercase();
                is_core_inside(&word) || self.is_exact(&word) || is_respelled(&word)
            })
    }

    fn torn_fires(&mut self, token: &[u8]) -> bool {
        // Only a token of letters, possibly with punctuation after it, is a piece.
        let letters = token.iter().take_while(|byte| class(**byte) == ASCII).count();
        if letters == 0 || token[letters..].iter().any(|byte| class(*byte) & (ASCII | DIGIT | FOREIGN) != 0) {
            self.torn.stop();
            return false;
        }
        let word = Lower::of(&token[..letters]);
        (self.torn.has_begun() || TABLES.may_be_torn(word.bytes())) && self.torn.read(word.word())
    }

    /// Returns whether anything may be found in a run of letters of `token`.
    fn runs_fire(&mut self, token: &[u8], alone: bool) -> bool {
        token.split(|byte| class(*byte) != ASCII).filter(|run| run.len() > 1).any(|run| {
            let word = Lower::of(run);
            let humps = run.windows(2).any(|two| two[0].is_ascii_lowercase() && two[1].is_ascii_uppercase());
            (humps || harmless(run).is_none())
                && (self.word_fires(run, word.bytes(), alone) || is_respelled(word.bytes()))
        })
    }

    /// Returns whether runs of letters of `token` may together be a core word, `fu.ck`, or spell a word, `f.u.c.k`.
    fn pieces_fire(&mut self, token: &[u8]) -> bool {
        let mut all = Lower::NEW;
        // The ends of the pieces in it, one bit for each.
        let mut ends = 0_u64;
        let mut singles = 0;
        for piece in token.split(|byte| class(*byte) != ASCII).filter(|piece| !piece.is_empty()) {
            all.push(piece);
            ends |= 1 << all.bytes().len();
            singles =
                if piece.iter().all(|byte| byte.eq_ignore_ascii_case(&piece[0])) { singles + 1 } else { 0 };
            if singles >= 3 && self.walker.spells(all.bytes()) {
                return true;
            }
        }
        let all = all.bytes();
        let mut start = 0;
        while ends.count_ones() > 1 {
            let end = ends.trailing_zeros() as usize;
            ends &= ends - 1;
            let alike = all[start..end].iter().take_while(|byte| **byte == all[start]).count();
            let core = |from: usize| {
                let crosses = |core: &&str| from + core.len() > end;
                let cores = core_words_from(char::from(all[start])).iter();
                cores.filter(|core| all[from..].starts_with(core.as_bytes())).any(crosses)
            };
            if (start..start + alike).any(core) {
                return true;
            }
            start = end;
        }
        false
    }

    /// Returns whether a part of `token` in camel case may spell a word with signs inside.
    fn humps_fire(&mut self, token: &[u8]) -> bool {
        let upper = |at: usize| token[at].is_ascii_uppercase();
        let mut start = 0;
        for end in (1..token.len()).filter(|at| upper(*at) && !upper(at - 1)) {
            if self.walker.spells_with_signs(&token[start..end]) {
                return true;
            }
            start = end;
        }
        start > 0 && self.walker.spells_with_signs(&token[start..])
    }

    /// Returns whether anything may be found in the token at `range`, which has no letters.
    fn numbers_fire(&mut self, range: Range<usize>) -> bool {
        let bytes = self.bytes;
        let token = &bytes[range.clone()];
        // What is left of it without these is a number, of which the engine sees nothing.
        let is_start = |byte: &u8| matches!(byte, b'(' | b'[' | b'{' | b'"' | b'\'' | b'*');
        let is_end = |byte: &u8| is_punctuation(*byte) || matches!(byte, b'!' | b']' | b'}' | b'*' | b'~');
        let start = token.iter().take_while(|byte| is_start(byte)).count();
        let end = token.iter().rev().take_while(|byte| is_end(byte)).count();
        let outside = match token.len().checked_sub(start + end) {
            Some(2..) => [&token[..start], &token[token.len() - end..]],
            _ => [token, &[]],
        };
        if outside.into_iter().any(|signs| signs.len() > 1 && self.walker.spells(signs)) {
            return true;
        }
        let signs = token.iter().filter(|byte| class(**byte) != DIGIT && resembles(**byte) != 0).count();
        let digits = token.iter().filter(|byte| class(**byte) == DIGIT).count();
        (signs >= 2 && token.len() >= 4 || digits >= 6 || self.is_odd(&range)) && self.is_odd_word(range)
    }

    /// Returns whether the token at `range` is a core word with markup between its letters.
    fn is_marked_up(&self, range: Range<usize>) -> bool {
        let symbols = self.symbols(range);
        marked_up(&symbols, &(0..symbols.len())).is_some()
    }

    /// Returns whether the token at `range` is an odd word.
    fn is_odd_word(&self, range: Range<usize>) -> bool {
        if self.symbols.is_none() && !may_be_odd_token(&self.bytes[range.clone()]) {
            return false;
        }
        let symbols = self.symbols(range);
        odd_word(&symbols, &(0..symbols.len()), &mut 0).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::commonest::words;
    use super::super::super::cores::core_words;
    use super::super::super::engine::Type;
    use super::*;

    #[test]
    fn core_words_are_rated() {
        let begins = |word: &&str| may_begin(word.as_bytes()) && may_begin(format!("{word}ing").as_bytes());
        assert!(core_words().all(|word| begins(&word)));
    }

    #[test]
    fn nothing_is_found_in_harmless_words() {
        let fires = |text: &str, lower: &[u8]| {
            let mut screen = Screen::new(text.as_bytes(), None, Type::INAPPROPRIATE | Type::MEAN);
            let odd = is_respelled(lower) || screen.is_odd_word(0..text.len());
            odd || text.len() > 1 && screen.word_fires(text.as_bytes(), lower, false)
        };
        let doubtful = |word: &&str| {
            let upper = word.to_uppercase();
            (0..=word.len()).any(|capitals| {
                fires(&format!("{}{}", &upper[..capitals], &word[capitals..]), word.as_bytes())
            })
        };
        let doubtful: Vec<_> = words().filter(doubtful).collect();
        assert!(doubtful.is_empty(), "add to `doubtful.txt`: {doubtful:?}");
    }
}
