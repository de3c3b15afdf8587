//! What a token may be, judged by its form alone.

use std::ops::Range;

use super::super::cores::{core_in, core_words_from, is_core, strong_in};
use super::super::dressed::{may_be_dressed_as, may_hold};
use super::super::encoded::sixth;
use super::super::glued::glued;
use super::super::hidden::is_hiding;
use super::super::lookalikes::{all_resembled, resembled};
use super::super::reading::readings;
use super::super::respelled::{may_be_respelled, respelled};
use super::super::short::{self, begins_short, is_short_and_severe};
use super::super::stream::Symbol;
use super::LONGEST;
use super::shapes::{ASCII, DIGIT, FOREIGN, class, is_punctuation};
use super::tables::TABLES;

/// Returns whether `token` may contain markup before a letter.
pub(super) fn may_be_marked_up(token: &[u8]) -> bool {
    let markup = token.iter().position(|byte| matches!(byte, b'`' | b':' | b']'));
    markup.is_some_and(|at| token[at..].iter().any(|byte| class(*byte) == ASCII))
}

/// Returns whether a core word is found in `word`, in lower case, wherever it is written.
pub(super) fn is_core_inside(word: &[u8]) -> bool {
    TABLES.holds_core(word) && {
        let word = ascii(word);
        core_in(word).is_some() || strong_in(word).is_some() || glued(word).is_some()
    }
}

/// Returns whether the lower-case letters `word` are a respelling.
pub(super) fn is_respelled(word: &[u8]) -> bool {
    may_be_respelled(word) && respelled(ascii(word)).is_some()
}

/// Returns the letters and digits of `token` if it consists of letters, digits after them, and punctuation.
pub(super) fn numbered(token: &[u8]) -> Option<&[u8]> {
    let letters = token.iter().take_while(|byte| class(**byte) == ASCII).count();
    let digits = token[letters..].iter().take_while(|byte| class(**byte) == DIGIT).count();
    let (word, rest) = token.split_at(letters + digits);
    let plain = rest.iter().all(|byte| is_punctuation(*byte));
    (letters > 0 && digits > 0 && plain).then_some(word)
}

/// Returns whether `word`, letters and digits after them, is a core word or a short severe word if digits are letters. Otherwise the exact
/// pass reads none of these as letters.
pub(super) fn is_core_with_digits(word: &[u8]) -> bool {
    let symbols: Vec<Symbol> = (0..).zip(word).map(|(at, byte)| Symbol::of_ascii(*byte, at)).collect();
    let lower = Lower::of(word);
    let letters = word.iter().take_while(|byte| class(**byte) == ASCII).count();
    let is_meant = |read: &String| is_core(read) || is_short_and_severe(read);
    (0..letters).any(|start| {
        let may_begin = TABLES.may_be_torn(&lower.bytes()[start..letters]);
        let may_begin_short = begins_short(lower.bytes()[start]);
        let ends = letters + 1..=word.len();
        let ends = ends.filter(|end| may_begin || may_begin_short && end - start <= short::LONGEST);
        ends.into_iter().any(|end| readings(&symbols[start..end]).iter().any(is_meant))
    })
}

/// Returns the range of the link in `token`, if only signs are before it. The exact pass finds the same range.
pub(super) fn link_in(token: &[u8]) -> Option<Range<usize>> {
    if !token.contains(&b'/') {
        return None;
    }
    let is_start = |byte: &&u8| matches!(byte, b'(' | b'[' | b'{' | b'"' | b'\'' | b'*');
    let is_end = |byte: &&u8| {
        matches!(byte, b'.' | b',' | b';' | b':' | b'!' | b'?' | b')' | b']' | b'}' | b'"' | b'\'' | b'*')
    };
    let start = token.iter().take_while(is_start).count();
    let end = token.len() - token.iter().rev().take_while(is_end).count();
    let colon = start + token.get(start..end)?.windows(3).position(|three| three == b"://")?;
    let is_word = |byte: &&u8| class(**byte) & (ASCII | DIGIT | FOREIGN) != 0;
    let scheme = colon - token[start..colon].iter().rev().take_while(is_word).count();
    let is_code = token.contains(&b'`');
    (!is_code && !token[..scheme].iter().any(|byte| is_word(&byte))).then_some(scheme..end)
}

/// Returns whether `letters`, which are `lower` in lower case, may be an odd word in other ways than `respelled` and `glued` know.
pub(super) fn may_be_odd(letters: &[u8], lower: &[u8], exclaims: bool) -> bool {
    TABLES.may_be_dressed(lower, exclaims) || is_hidden(lower) || may_be_coded(letters)
}

/// Returns whether `token`, which is ASCII, may be an odd word, respelled ones among signs aside; a cheap test before the exact one.
pub(super) fn may_be_odd_token(token: &[u8]) -> bool {
    let is_end = |byte: &&u8| matches!(byte, b'.' | b',' | b';' | b':' | b'?' | b'!' | b')' | b'"' | b'\'');
    let start = token.iter().take_while(|byte| matches!(byte, b'(' | b'"' | b'\'')).count();
    let end = token.iter().rev().take_while(is_end).count();
    let bare = token.get(start..token.len() - end).unwrap_or_default();
    let all_letters = bare.iter().all(|byte| class(*byte) == ASCII);
    all_letters && is_in_letters(Lower::of(bare).bytes())
        || may_be_encoded(bare)
        || may_hide(token)
        || may_be_drawn(token)
}

/// Returns whether `token`, which must not be longer than [`LONGEST`], may spell a core word with any confusables.
fn may_be_drawn(token: &[u8]) -> bool {
    if !may_hold(all_resembled(token)) {
        return false;
    }
    let mut letters = [0; LONGEST];
    for (at, place) in letters.iter_mut().take(token.len()).enumerate() {
        *place = resembled(&token[at..]);
    }
    may_be_dressed_as(&letters[..token.len().min(LONGEST)])
}

/// Returns whether the lower-case letters `word` are a respelling, or contain a core word between common words.
fn is_in_letters(word: &[u8]) -> bool {
    is_respelled(word) || TABLES.holds_core(word) && glued(ascii(word)).is_some()
}

/// Returns whether `bytes` may be hexadecimal or base64 of letters.
fn may_be_encoded(bytes: &[u8]) -> bool {
    let digit = |byte: &u8| char::from(*byte).to_digit(16);
    let bits = bytes
        .first_chunk::<6>()
        .and_then(|six| six.iter().try_fold(0, |bits, byte| Some(bits << 4 | digit(byte)?)));
    bits.is_some_and(|bits: u32| bits.to_be_bytes()[1..].iter().all(u8::is_ascii_alphabetic))
        || may_be_coded(bytes)
}

/// Returns whether signs in `token` may hide letters of a core word: whether the first four of its letters may be at the beginning of a
/// part of it.
fn may_hide(token: &[u8]) -> bool {
    let hides = |bytes: &[u8]| bytes.iter().any(|byte| is_hiding(char::from(*byte)));
    token.array_windows::<4>().enumerate().any(|(at, window)| {
        let begins = window[0].is_ascii_alphabetic() && (at == 0 || !token[at - 1].is_ascii_alphanumeric());
        begins && (window.contains(&b'\\') || TABLES.may_be_hidden(*window) && hides(&token[at..]))
    })
}

/// Returns whether `x` may hide letters of a core word in `word`.
fn is_hidden(word: &[u8]) -> bool {
    let fits = |core: &&str| core.bytes().zip(word).all(|(c, shown)| *shown == b'x' || *shown == c);
    word.contains(&b'x') && core_words_from(char::from(word[0])).iter().any(fits)
}

/// Returns whether `bytes` may be base64 of letters, of which the first six are four.
fn may_be_coded(bytes: &[u8]) -> bool {
    let bits = bytes.first_chunk::<6>().and_then(|six| {
        six.iter().try_fold(0, |bits, byte| Some(bits << 6 | u64::from(sixth(char::from(*byte))?)))
    });
    bits.is_some_and(|bits: u64| (bits >> 4).to_be_bytes()[4..].iter().all(u8::is_ascii_alphabetic))
}

/// At most [`LONGEST`] letters and digits in lower case.
pub(super) struct Lower {
    bytes: [u8; LONGEST],
    len: usize,
}

impl Lower {
    pub(super) const NEW: Self = Self { bytes: [0; LONGEST], len: 0 };

    #[inline]
    pub(super) fn of(letters: &[u8]) -> Self {
        let mut lower = Self::NEW;
        lower.push(letters);
        lower
    }

    /// Adds those of `letters` that there is room for.
    #[inline]
    pub(super) fn push(&mut self, letters: &[u8]) {
        let len = letters.len().min(LONGEST - self.len);
        let place = &mut self.bytes[self.len..self.len + len];
        place.copy_from_slice(&letters[..len]);
        place.make_ascii_lowercase();
        self.len += len;
    }

    #[inline]
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    pub(super) fn word(&self) -> &str {
        ascii(self.bytes())
    }
}

/// Returns the text of `bytes`, which are ASCII.
pub(super) fn ascii(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).unwrap_or_default()
}
