//! [`Stream`]: a text as a reader sees it, one [`Symbol`] a character, with the way back to the bytes.
//!
//! What dresses a word up is taken off here, a character at a time: look-alikes of other scripts and alphabets become the letters
//! they imitate, characters nobody sees are dropped, text written backwards behind a direction mark is turned around. Everything
//! that is left is ASCII or one of two stand-ins, so nothing downstream has to think about normalisation.

use std::ops::Range;

use decancer::{Options, Translation};
use unicode_normalization::char::is_combining_mark;

use crate::text::is_invisible;

/// Stands for letters of scripts that no English word can be in.
pub(super) const FOREIGN: char = '\u{a015}';
/// Stands for signs that mean nothing: it separates, and is never part of a word.
const SIGN: char = '~';

/// One character as a reader sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Symbol {
    /// The character.
    pub c: char,
    /// What it was written with.
    pub origin: Origin,
    /// Where it begins in the text, in bytes.
    start: u32,
    /// Where it ends.
    end: u32,
}

/// What a symbol was written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// Itself, or a letter of a fancy alphabet: mathematical, circled, fullwidth.
    Plain,
    /// A letter with a mark, as languages other than English are written.
    Accented,
    /// A letter of another script that looks like it.
    Foreign,
    /// A sign that looks like it: `€`, `⊂`.
    Sign,
}

impl Symbol {
    pub(super) fn is_letter(self) -> bool {
        self.c.is_ascii_alphabetic()
    }

    /// A letter, of any script, or a digit.
    pub(super) fn is_word(self) -> bool {
        self.c.is_ascii_alphanumeric() || self.c == FOREIGN
    }

    pub(super) fn is_space(self) -> bool {
        matches!(self.c, ' ' | '\n')
    }
}

/// A text as a reader sees it.
#[derive(Debug, Default)]
pub(super) struct Stream {
    pub symbols: Vec<Symbol>,
}

impl Stream {
    /// Reads `text`, which must be shorter than 4 GB.
    pub(super) fn new(text: &str) -> Self {
        let mut stream = Self { symbols: Vec::with_capacity(text.len()) };
        let mut reversed: Option<usize> = None;
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let (c, len) = match c {
                '&' => entity(&text[at..]).unwrap_or((c, 1)),
                _ => (c, c.len_utf8()),
            };
            match c {
                '\u{202e}' => reversed = Some(stream.symbols.len()),
                '\u{202c}' | '\n' => stream.turn_around(reversed.take()),
                _ => {}
            }
            stream.push(c, at..at + len);
            at += len;
        }
        stream.turn_around(reversed);
        stream
    }

    /// The bytes of the text that the symbols of `range`, which is not empty, stand for.
    pub(super) fn bytes(&self, range: Range<usize>) -> Range<usize> {
        // Text written backwards is stored in the order of reading: its bytes need not be in order.
        let symbols = &self.symbols[range];
        let start = symbols.iter().map(|symbol| symbol.start).min().unwrap_or(0);
        let end = symbols.iter().map(|symbol| symbol.end).max().unwrap_or(0);
        start as usize..end as usize
    }

    fn turn_around(&mut self, from: Option<usize>) {
        if let Some(from) = from {
            self.symbols[from..].reverse();
        }
    }

    fn push(&mut self, c: char, bytes: Range<usize>) {
        let origin = origin(c);
        let mut add = |c| {
            let [start, end] = [bytes.start, bytes.end].map(|at| u32::try_from(at).unwrap_or(u32::MAX));
            self.symbols.push(Symbol { c, origin, start, end });
        };
        match c {
            ' '..='~' | '\n' => add(c),
            '\t' | '\r' => add(' '),
            _ if c.is_ascii() || is_invisible(c) => {}
            _ if is_combining_mark(c) => self.accent(),
            _ if c.is_whitespace() => add(' '),
            _ if is_telling(c) => add(c),
            _ if is_picture(c) => add(SIGN),
            'ß' | 'ẞ' => ['s', 's'].into_iter().for_each(add),
            _ => match decancer::cure_char(c, Options::default()) {
                Translation::Character(plain) => add(stand_in(plain, c)),
                Translation::String(plain) => plain.chars().for_each(|plain| add(stand_in(plain, c))),
                Translation::None => add(stand_in(c, c)),
            },
        }
    }

    /// Puts a mark on the last symbol.
    fn accent(&mut self) {
        if let Some(last) = self.symbols.last_mut().filter(|last| last.origin == Origin::Plain) {
            last.origin = Origin::Accented;
        }
    }
}

/// The symbol for `c`, which was read as `plain`.
fn stand_in(plain: char, c: char) -> char {
    match plain {
        ' '..='~' => plain,
        _ if c.is_alphanumeric() => FOREIGN,
        _ => SIGN,
    }
}

/// Whether rustrict has something to say about an emoji: a raised finger, an aubergine.
fn is_telling(c: char) -> bool {
    // What it knows is in these blocks. They are fully assigned, so it drops none of them, whatever its version of Unicode.
    matches!(c, '\u{1f346}' | '\u{1f351}' | '\u{1f4a6}' | '\u{1f44c}' | '\u{1f449}' | '\u{1f595}')
}

/// Whether `c` is a picture, which decancer would read as a letter.
fn is_picture(c: char) -> bool {
    matches!(c,
        '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{245f}' | '\u{2500}'..='\u{2bff}' | '\u{1f000}'..='\u{1f0ff}'
        | '\u{1f200}'..='\u{1faff}')
}

/// What `c` is, seen as a letter of English.
fn origin(c: char) -> Origin {
    match c {
        _ if c.is_ascii() => Origin::Plain,
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Origin::Accented,
        // Phonetic and superscript letters, enclosed ones, fullwidth ones, mathematical ones.
        'ª'
        | 'º'
        | '\u{250}'..='\u{2ff}'
        | '\u{1d00}'..='\u{1dff}'
        | '\u{2070}'..='\u{209f}'
        | '\u{2100}'..='\u{214f}'
        | '\u{2460}'..='\u{24ff}'
        | '\u{2c60}'..='\u{2c7f}'
        | '\u{a720}'..='\u{a7ff}'
        | '\u{ab30}'..='\u{ab6f}'
        | '\u{ff00}'..='\u{ff5e}'
        | '\u{1d400}'..='\u{1d7ff}'
        | '\u{1f100}'..='\u{1f1ff}' => Origin::Plain,
        _ if c.is_alphanumeric() => Origin::Foreign,
        _ => Origin::Sign,
    }
}

/// The character that the numeric HTML entity at the start of `text` spells, and its length.
fn entity(text: &str) -> Option<(char, usize)> {
    let digits = text.strip_prefix("&#")?;
    let end = digits.bytes().take(9).position(|b| b == b';')?;
    let code = match digits[..end].strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => digits[..end].parse().ok()?,
    };
    Some((char::from_u32(code)?, "&#".len() + end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_reads_as_a_reader_sees_it() {
        for (text, read) in [
            ("Hi, 5!", "Hi, 5!"),
            ("crème Größe", "creme Grosse"),
            ("f\u{200b}u\u{336}ck", "fuck"),
            ("ｆ𝓾🅒ᵏ", "fuck"),
            ("ѕһіт", "shit"),
            ("a\u{a0}b\tc\r\nd", "a b c \nd"),
            ("\u{202e}kcuf\u{202c} you", "fuck you"),
            ("&#x66;&#117; &amp; &#; &#1114112;", "fu &amp; &#; &#1114112;"),
            ("🔥 → ❤", "~ ~ ~"),
            ("中 한 あ", "\u{a015} \u{a015} \u{a015}"),
            ("\u{0}\u{e000}", "~"),
        ] {
            let symbols = Stream::new(text).symbols;
            assert_eq!(symbols.iter().map(|symbol| symbol.c).collect::<String>(), read, "{text:?}");
        }
    }

    #[test]
    fn symbols_know_their_bytes_and_origin() {
        let text = "é\u{301}ﬀ\u{202e}ba\u{202c}&#99;";
        let stream = Stream::new(text);
        let pieces: Vec<_> = (0..stream.symbols.len()).map(|at| &text[stream.bytes(at..at + 1)]).collect();
        assert_eq!(pieces, ["é", "ﬀ", "ﬀ", "a", "b", "&#99;"]);
        for (text, origin) in [
            ("a", Origin::Plain),
            ("𝓪", Origin::Plain),
            ("á", Origin::Accented),
            ("a\u{301}", Origin::Accented),
            ("а", Origin::Foreign),
            ("€", Origin::Sign),
        ] {
            assert_eq!(Stream::new(text).symbols[0].origin, origin, "{text:?}");
        }
    }
}
