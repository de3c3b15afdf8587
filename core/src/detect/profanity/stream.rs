//! [`Stream`]: a text as the profanity engine sees it, one [`Symbol`] for each letter or sign, with its byte range.
//!
//! It is a projection of glyphs to ASCII: each becomes what it is confusable with, or one of two substitutes, so that the later steps
//! need not handle alphabets.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

pub(super) use crate::text::Origin;
use crate::text::{Glyph, Glyphs, is_alphanumeric};

/// The substitute for letters of scripts that cannot occur in English words.
pub(super) const FOREIGN: char = '\u{a015}';
/// The substitute for signs without meaning: a separator that is never part of a word.
pub(super) const SIGN: char = '~';

/// One character as a reader perceives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Symbol {
    pub c: char,
    /// How it was written.
    pub origin: Origin,
    /// Its start in the text, in bytes.
    start: u32,
    /// Its end.
    end: u32,
}

impl Symbol {
    /// Creates the symbol of the ASCII character `byte` at offset `at` of a text.
    pub(super) fn of_ascii(byte: u8, at: usize) -> Self {
        let c = if matches!(byte, b' '..=b'~' | b'\n') { char::from(byte) } else { ' ' };
        let start = u32::try_from(at).unwrap_or(u32::MAX);
        Self { c, origin: Origin::Plain, start, end: start.saturating_add(1) }
    }

    pub(super) fn is_letter(self) -> bool {
        self.c.is_ascii_alphabetic()
    }

    /// Returns whether it is a letter, of any script, or a digit.
    pub(super) fn is_word(self) -> bool {
        self.c.is_ascii_alphanumeric() || self.c == FOREIGN
    }

    pub(super) fn is_space(self) -> bool {
        matches!(self.c, ' ' | '\n')
    }

    /// Returns whether it is a letter of a decorative alphabet, or has invisible characters attached.
    pub(super) const fn is_dressed(self) -> bool {
        matches!(self.origin, Origin::Plain) && self.c.is_ascii_alphabetic() && self.end != self.start + 1
    }

    /// Returns `SIGN` at the same position.
    pub(super) const fn as_sign(self) -> Self {
        Self { c: SIGN, ..self }
    }
}

/// A text as a reader perceives it.
#[derive(Debug, Default)]
pub(super) struct Stream {
    pub symbols: Vec<Symbol>,
}

impl Stream {
    /// Reads `text`, which must be shorter than 4 GB.
    #[cfg(test)]
    pub(super) fn new(text: &str) -> Self {
        Self::of(crate::text::View::new(text).glyphs())
    }

    /// Returns the symbols of `glyphs`.
    pub(super) fn of(glyphs: Glyphs<'_>) -> Self {
        let mut stream = Self { symbols: Vec::with_capacity(glyphs.text().len()) };
        glyphs.each(|glyph| {
            if is_a_mark(&glyph, glyphs.text()) {
                stream.push_sign(&glyph);
            } else {
                stream.push(&glyph);
            }
        });
        stream
    }

    /// Returns the byte range of the text that the non-empty `range` of symbols corresponds to.
    pub(super) fn bytes(&self, range: Range<usize>) -> Range<usize> {
        // Reversed text is stored in reading order, so its bytes need not be in order.
        let symbols = &self.symbols[range];
        let start = symbols.iter().map(|symbol| symbol.start).min().unwrap_or(0);
        let end = symbols.iter().map(|symbol| symbol.end).max().unwrap_or(0);
        start as usize..end as usize
    }

    /// Replaces the symbols of each of `ranges`, in bytes of the text, by signs between spaces, so that nothing is part of the same word or
    /// phrase.
    pub(super) fn hide<'r>(&mut self, ranges: impl Iterator<Item = &'r Range<usize>>) {
        // Reversed text is stored in reading order. Without any, only the symbols of a range are looked at.
        let in_order = self.symbols.is_sorted_by(|one, next| one.start <= next.start && one.end <= next.end);
        for bytes in ranges {
            let starts_before = |symbol: &Symbol| (symbol.start as usize) < bytes.end;
            let ends_before = |symbol: &Symbol| symbol.end as usize <= bytes.start;
            let near = if in_order {
                let end = self.symbols.partition_point(starts_before);
                self.symbols[..end].partition_point(ends_before)..end
            } else {
                0..self.symbols.len()
            };
            let is_inside = |symbol: &&mut Symbol| starts_before(symbol) && !ends_before(symbol);
            let mut hidden: Vec<_> = self.symbols[near].iter_mut().filter(is_inside).collect();
            let last = hidden.len().saturating_sub(1);
            for (at, symbol) in hidden.iter_mut().enumerate() {
                let c = if at == 0 || at == last { ' ' } else { SIGN };
                **symbol = Symbol { c, origin: Origin::Sign, ..**symbol };
            }
        }
    }

    /// Adds a sign, once for all glyphs of its character.
    fn push_sign(&mut self, glyph: &Glyph) {
        let [start, end] = bounds(glyph);
        if self.symbols.last().is_none_or(|last| last.start != start) {
            self.symbols.push(Symbol { c: SIGN, origin: Origin::Sign, start, end });
        }
    }

    fn push(&mut self, glyph: &Glyph) {
        let [start, end] = bounds(glyph);
        let stands_in = |last: &Symbol| last.start == start && matches!(last.c, FOREIGN | SIGN);
        let again = !glyph.c.is_ascii() && self.symbols.last().is_some_and(stands_in);
        let mut add = |c| self.symbols.push(Symbol { c, origin: glyph.origin, start, end });
        match glyph.c {
            c @ (' '..='~' | '\n') => add(c),
            c if c.is_ascii() => add(' '),
            c if is_combining_mark(c) => self.accent(),
            c if is_telling(c) => add(c),
            // A Korean syllable is several glyphs but one character, so it gets one substitute.
            _ if again && !glyph.is_alike() => {}
            c if !glyph.is_alike() => add(if is_alphanumeric(c) { FOREIGN } else { SIGN }),
            c if c.is_uppercase() => glyph.looks().for_each(|like| add(like.to_ascii_uppercase())),
            _ => glyph.looks().for_each(add),
        }
    }

    /// Adds a combining mark to the last symbol.
    fn accent(&mut self) {
        if let Some(last) = self.symbols.last_mut().filter(|last| last.origin == Origin::Plain) {
            last.origin = Origin::Accented;
        }
    }
}

/// Returns the byte range of `glyph`.
fn bounds(glyph: &Glyph) -> [u32; 2] {
    let Range { start, end } = glyph.range();
    [start, end].map(|at| u32::try_from(at).unwrap_or(u32::MAX))
}

/// Returns whether `glyph` is part of a trademark sign, whose letters nobody reads: `™`, `℠`.
fn is_a_mark(glyph: &Glyph, text: &str) -> bool {
    matches!(glyph.c, 'T' | 'S' | 'M') && text[glyph.range()].starts_with(['™', '℠'])
}

/// Returns whether the engine knows an emoji: a raised finger, an aubergine.
fn is_telling(c: char) -> bool {
    // The emoji that it knows are in fully assigned blocks, so it drops none of them, whatever its version of Unicode.
    matches!(c, '\u{1f346}' | '\u{1f351}' | '\u{1f4a6}' | '\u{1f44c}' | '\u{1f449}' | '\u{1f595}')
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
            ("ｆ𝓾🅒ᵏ", "fuCk"),
            ("ѕһіт", "shit"),
            ("a\u{a0}b\tc\r\nd", "a b c \nd"),
            ("\u{202e}kcuf\u{202c} you", "fuck you"),
            ("&#x66;&#117; &amp; &#; &#1114112;", "fu &amp; &#; &#1114112;"),
            ("🔥 → ❤", "~ ~ ~"),
            ("a™ b℠", "a~ b~"),
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
        assert_eq!(pieces, ["é\u{301}", "ﬀ", "ﬀ", "a", "b", "&#99;"]);
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
