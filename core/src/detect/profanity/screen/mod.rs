//! The screen: the cheap first pass, which decides for most texts that nothing can be found in them.
//!
//! Whatever the detector finds is either within one token, that is, between two spaces, or it is one of a few forms that extend over
//! several tokens. So the screen judges each token on its own, with the functions of the exact pass where these depend on the token
//! alone, and with a wider condition where they depend on the text around it:
//!
//! | what the exact pass finds | what the screen tests |
//! |---|---|
//! | odd words, words in zones, exact words | the same functions, on every token and every run of letters, zone or not |
//! | words that the engine finds and the verifier confirms in a token | whether the engine rates a run of letters, or any way to read the token's signs and digits as letters spells a rated word ([`walk`]) |
//! | words that are spelled with spaces | whether a row of single letters spells a rated word |
//! | core words with markup between their letters | the same function, on every token |
//! | severe phrases in disguise | whether consecutive pieces, as letters, spell one ([`severe`]) |
//! | phrases, and words torn into pieces | whether consecutive words begin and end where a rated word or phrase does ([`across`]) |
//!
//! Most words of a chat are [harmless](super::commonest): a table says so, and a test confirms it with the functions above. They are
//! [skimmed](skim).

mod across;
mod forms;
mod phrases;
mod rows;
mod severe;
mod shapes;
mod skim;
mod states;
mod tables;
#[cfg(test)]
pub(super) mod tests;
mod token;
mod walk;

use std::ops::Range;

use self::across::{Across, Torn};
use self::forms::Lower;
use self::rows::Rows;
use self::severe::Severe;
use self::shapes::{ASCII, SPACE, class};
use self::walk::Walker;
use super::alone;
use super::engine::{Type, listed};
use super::matcher::Matcher;
use super::stream::{FOREIGN, Origin, Symbol};

/// The maximum length of a token that the screen judges, in symbols. The exact pass looks no further around a word.
const LONGEST: usize = 60;

/// The byte that represents a letter of a script that cannot occur in English words.
const LETTER: u8 = 0x80;

/// Returns whether the screen can judge texts for a detector of words in `threshold`: it does not recognize words that are rated only
/// for their obfuscation.
pub(super) fn judges(threshold: Type) -> bool {
    !threshold.is(Type::EVASIVE)
}

/// Returns whether the exact pass may find anything in the ASCII `text`.
pub(super) fn may_find(text: &str, threshold: Type) -> bool {
    Screen::new(text.as_bytes(), None, threshold).fires()
}

/// Returns whether the exact pass may find anything in `symbols`.
pub(super) fn may_find_in(symbols: &[Symbol], threshold: Type) -> bool {
    // The engine knows a few emoji. A sign of another script that resembles a letter is both a sign and a letter, and one that resembles
    // a sign of ASCII is always a sign, even if that one may be part of a word.
    let byte = |symbol: &Symbol| match symbol.c {
        FOREIGN => Some(LETTER),
        c if symbol.origin == Origin::Sign && c.is_ascii_alphanumeric() => None,
        '\'' | '-' | '_' | '.' if symbol.origin == Origin::Sign => Some(b'~'),
        c => u8::try_from(c).ok().filter(u8::is_ascii),
    };
    let bytes: Option<Vec<u8>> = symbols.iter().map(byte).collect();
    bytes.is_none_or(|bytes| Screen::new(&bytes, Some(symbols), threshold).fires())
}

/// The state of the screen on its way through a text.
struct Screen<'a> {
    /// The text, a byte for each symbol.
    bytes: &'a [u8],
    /// Its symbols, if they are more than the bytes.
    symbols: Option<&'a [Symbol]>,
    threshold: Type,
    /// Made for the first word that it rates.
    matcher: Option<Matcher>,
    walker: Walker,
    across: Across,
    severe: Severe,
    torn: Torn,
    rows: Rows,
}

impl<'a> Screen<'a> {
    fn new(bytes: &'a [u8], symbols: Option<&'a [Symbol]>, threshold: Type) -> Self {
        Self {
            bytes,
            symbols,
            threshold,
            matcher: None,
            walker: Walker::new(threshold),
            across: Across::new(threshold),
            severe: Severe::new(threshold),
            torn: Torn::default(),
            rows: Rows::default(),
        }
    }

    fn fires(mut self) -> bool {
        let mut at = 0;
        while at < self.bytes.len() {
            let start = at;
            if let Some(skimmed) = self.skim(start) {
                if skimmed.fires {
                    return true;
                }
                at = skimmed.end;
                continue;
            }
            let mut shapes = 0;
            while let Some(byte) = self.bytes.get(at).filter(|byte| class(**byte) != SPACE) {
                shapes |= class(*byte);
                at += 1;
            }
            if at > start && self.token_fires(start..at, shapes) {
                return true;
            }
            at += 1;
        }
        self.row_fires() || self.torn_alone_fires()
    }

    /// Returns whether the text is nothing but a word in pieces.
    fn torn_alone_fires(&mut self) -> bool {
        let is_plain = |byte: &u8| class(*byte) & (ASCII | SPACE) != 0 || matches!(byte, b'.' | b'!' | b'?');
        if self.bytes.len() > alone::LONGEST || !self.bytes.iter().all(is_plain) {
            return false;
        }
        let mut word = Lower::NEW;
        self.bytes.split(|byte| class(*byte) != ASCII).for_each(|piece| word.push(piece));
        listed(word.word()).is_some()
            && alone::torn(&self.symbols(0..self.bytes.len()), self.matcher()).is_some()
    }

    /// Returns whether the row of single letters that ends here may spell a word.
    fn row_fires(&mut self) -> bool {
        let Some(row) = self.rows.take() else { return false };
        row.is_long || self.walker.spells(&self.bytes[row.range])
    }

    fn matcher(&mut self) -> &mut Matcher {
        self.matcher.get_or_insert_with(|| Matcher::new(self.threshold))
    }

    /// Returns the symbols in `range`.
    fn symbols(&self, range: Range<usize>) -> Vec<Symbol> {
        match self.symbols {
            Some(symbols) => symbols[range].to_vec(),
            None => range.map(|at| Symbol::of_ascii(self.bytes[at], at)).collect(),
        }
    }
}
