//! [`Glyphs`]: a text as its reader perceives it, one [`Glyph`] for each letter or sign, each with its byte range.
//!
//! This is the only place that interprets text. It removes what a reader does not notice, one character at a time: compatibility forms
//! (`ｆｕｌｌ width`, `𝖒𝖆𝖙𝖍𝖘`, ligatures) are decomposed, marks on letters and invisible characters become part of the glyph before them,
//! escapes and entities are decoded, and text after a bidirectional override is reversed. A glyph also says which Latin letter it is
//! confusable with.
//!
//! Invisible characters are removed first, so a text reads the same before and after a rule strips them. Only text that is shown
//! backwards reads differently without its override: see [`View::as_stored`](super::View::as_stored).
//!
//! ```text
//!                        ┌─> Folded   words in lower case, for lists and rules that say `plain`
//! View ──once──> Glyphs ─┼─> Letters  whatever is read as a letter: leet, gaps, repeats
//!                        ├─> Typed    what a keyboard would have typed, for numbers, addresses and keys
//!                        └─> Stream   ASCII letters and their substitutes, for the profanity engine
//! ```
//!
//! The four on the right are projections: they select from the properties of glyphs and decide nothing about characters. Invariants: a
//! glyph's range consists of whole characters of the text. Glyphs are in reading order; outside of reversed text their ranges are in text
//! order too. Ranges do not overlap, except that the glyphs of one character (`ﬃ`) share its range.

use unicode_normalization::char::{canonical_combining_class, decompose_compatible};

use super::characters::{
    OVERRIDE, OVERRIDE_END, is_alphanumeric, is_blank, is_flag_letter, is_part_of_glyph, is_unseen, lookalike,
};
use super::escapes::escape;
use super::glyph::{Glyph, Origin};
use super::orthography::spell;
use super::turned::turned;
use super::visible::VisibleText;

/// A text as its reader perceives it.
#[derive(Clone, Copy)]
pub(crate) struct Glyphs<'t> {
    text: &'t str,
    /// `None` if every character of the text is an ASCII glyph.
    read: Option<&'t [Glyph]>,
}

impl<'t> Glyphs<'t> {
    /// Creates the glyphs of `text` from `read`, the result of [`read`].
    pub(super) fn new(text: &'t str, read: Option<&'t [Glyph]>) -> Self {
        Self { text, read }
    }

    /// Returns the text.
    pub(crate) fn text(self) -> &'t str {
        self.text
    }

    /// Returns whether every character is an ASCII glyph, so that the n-th glyph is the n-th byte.
    pub(crate) fn is_plain(self) -> bool {
        self.read.is_none()
    }

    /// Returns whether any glyph is, or is confusable with, one of three ASCII characters.
    pub(crate) fn hold(self, one: u8, two: u8, three: u8) -> bool {
        let is_one = |byte: u8| byte == one || byte == two || byte == three;
        match self.read {
            Some(glyphs) => glyphs
                .iter()
                .any(|glyph| u8::try_from(glyph.c).is_ok_and(is_one) || glyph.looks.into_iter().any(is_one)),
            None => memchr::memchr3(one, two, three, self.text.as_bytes()).is_some(),
        }
    }

    /// Calls `each` with every glyph, in reading order.
    #[inline]
    pub(crate) fn each(self, mut each: impl FnMut(Glyph)) {
        match self.read {
            Some(glyphs) => glyphs.iter().copied().for_each(each),
            None => (0..).zip(self.text.bytes()).for_each(|(at, byte)| {
                let c = char::from(byte);
                each(Glyph { c, origin: Origin::Plain, looks: [0; 3], start: at, end: at + 1 });
            }),
        }
    }
}

impl std::fmt::Debug for Glyphs<'_> {
    /// Prints the length of the text, not the text.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Glyphs").field("bytes", &self.text.len()).finish_non_exhaustive()
    }
}

/// The order in which characters are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Order {
    /// The order in which they are shown.
    #[default]
    Shown,
    /// The order in which they are stored, and shown once no override reverses them.
    Stored,
}

/// Reads `text` in the order shown, and upside-down words from their end. Returns `None` if every character is an ASCII glyph.
pub(super) fn read(text: &str) -> Option<Vec<Glyph>> {
    let glyphs = read_upright(text, Order::Shown)?;
    Some(turned(&glyphs).unwrap_or(glyphs))
}

/// Reads `text` like [`read`], in the given order, but without turning upside-down words: some of their letters are also letters of real
/// languages.
pub(super) fn read_upright(text: &str, order: Order) -> Option<Vec<Glyph>> {
    let bytes = text.as_bytes();
    let signs = || memchr::memchr3_iter(b'&', b'%', b'<', bytes).chain(memchr::memchr_iter(b'\\', bytes));
    if are_ascii_glyphs(bytes) && !signs().any(|at| escape(text, at).is_some()) {
        return None;
    }
    let visible = match order {
        Order::Shown => VisibleText::with_overrides(text),
        Order::Stored => VisibleText::of(text),
    };
    Some(read_visible(&visible))
}

/// Returns whether each of `bytes` is a character of ASCII that people see, or white space.
fn are_ascii_glyphs(bytes: &[u8]) -> bool {
    let is_glyph = |byte: &u8| matches!(byte, b' '..=b'~' | b'\t'..=b'\r');
    let (words, rest) = bytes.as_chunks();
    words.iter().all(|word| are_printable(*word) || word.iter().all(is_glyph)) && rest.iter().all(is_glyph)
}

/// Returns whether all of `bytes` are printable characters of ASCII.
fn are_printable(bytes: [u8; 8]) -> bool {
    let bytes = u64::from_ne_bytes(bytes);
    let each = |byte: u8| u64::from_ne_bytes([byte; 8]);
    // The first byte below the space sets its highest bit if the space is subtracted, and the first above the tilde if 1 is added.
    let below = bytes.wrapping_sub(each(b' '));
    let above = bytes.wrapping_add(each(1));
    (bytes | below | above) & each(0x80) == 0
}

/// Reads the visible part of a text; each glyph's range refers to the whole text.
fn read_visible(visible: &VisibleText<'_>) -> Vec<Glyph> {
    let text = visible.text();
    let glyphs = Vec::with_capacity(text.len());
    let mut reader = Reader { glyphs, known: [None; 64], turned: None };
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let (c, len) = match c {
            '&' | '%' | '\\' | '<' => escape(text, at).unwrap_or((c, 1)),
            _ => (c, c.len_utf8()),
        };
        if is_flag_letter(c) {
            at += reader.read_flags(&text[at..], at);
            continue;
        }
        reader.read(c, at, at + len);
        at += len;
    }
    reader.turn_around();
    if !visible.is_all() {
        for glyph in &mut reader.glyphs {
            let range = visible.origin(glyph.range());
            *glyph = Glyph::new(glyph.c, glyph.origin, glyph.looks, range.start, range.end);
        }
    }
    reader.glyphs
}

struct Reader {
    glyphs: Vec<Glyph>,
    /// Recently read letters, indexed by the low bits of the code point: a text has few different letters, and their code points are
    /// close together.
    known: [Option<(char, Glyph)>; 64],
    /// The index of the first glyph of a run that is shown backwards.
    turned: Option<usize>,
}

impl Reader {
    fn read(&mut self, c: char, start: usize, end: usize) {
        if let Some((known, glyph)) = self.known[c as usize % 64]
            && known == c
        {
            self.glyphs.push(Glyph::new(glyph.c, glyph.origin, glyph.looks, start, end));
            return;
        }
        match c {
            ' '..='~' => self.glyphs.push(Glyph::new(c, Origin::Plain, [0; 3], start, end)),
            OVERRIDE => _ = self.turned.get_or_insert(self.glyphs.len()),
            // An override lasts until it is ended or to the end of the paragraph.
            OVERRIDE_END => self.turn_around(),
            '\n' | '\u{2029}' => {
                self.turn_around();
                self.glyphs.push(Glyph::new('\n', Origin::Plain, [0; 3], start, end));
            }
            // An entity may represent an invisible character.
            _ if is_unseen(c) => self.attach(start, end, false),
            _ if is_part_of_glyph(c) => self.attach(start, end, true),
            _ if is_blank(c) => {
                self.glyphs.push(Glyph::new(' ', Origin::Plain, [0; 3], start, end));
            }
            _ => self.read_letter(c, start, end),
        }
    }

    /// Extends the previous glyph by a combining mark or by an entity for an invisible character.
    fn attach(&mut self, start: usize, end: usize, accent: bool) {
        let Some(last) = self.glyphs.last().copied().filter(|last| last.end as usize == start) else {
            return;
        };
        // A ligature is several glyphs.
        for glyph in self.glyphs.iter_mut().rev().take_while(|glyph| glyph.is_of(&last)) {
            glyph.end = u32::try_from(end).unwrap_or(u32::MAX);
            if accent && glyph.origin == Origin::Plain {
                glyph.origin = Origin::Accented;
            }
        }
    }

    /// Reads the regional indicators at the start of `text`, which begins at offset `at`. Returns their length in bytes.
    fn read_flags(&mut self, text: &str, at: usize) -> usize {
        let len = text.find(|c| !is_flag_letter(c)).unwrap_or(text.len());
        // Two of them are a flag. More of them spell a word, and a single one is a letter.
        let flag = text[..len].chars().count() == 2;
        for (start, c) in text[..len].char_indices() {
            let (origin, looks) = if flag { (Origin::Sign, [0; 3]) } else { (Origin::Plain, lookalike(c)) };
            self.glyphs.push(Glyph::new(c, origin, looks, at + start, at + start + c.len_utf8()));
        }
        len
    }

    fn read_letter(&mut self, c: char, start: usize, end: usize) {
        let (origin, before) = (origin(c), self.glyphs.len());
        decompose_compatible(c, |part| {
            // Some accents decompose to a space and a combining mark, but are not white space.
            if part == ' ' || is_part_of_glyph(part) {
                return;
            }
            spell(part, |letter| {
                let looks = if letter.is_ascii() { [0; 3] } else { lookalike(letter) };
                self.glyphs.push(Glyph::new(letter, origin, looks, start, end));
            });
        });
        if self.glyphs.len() == before {
            self.glyphs.push(Glyph::new(c, origin, lookalike(c), start, end));
        }
        if self.orders_marks() {
            return;
        }
        if let [glyph] = self.glyphs[before..] {
            self.known[c as usize % 64] = Some((c, glyph));
        }
    }

    /// If the last glyph is a combining mark, moves it to its canonical position among the marks of its letter, because people type marks
    /// in any order. Returns whether it is a mark.
    fn orders_marks(&mut self) -> bool {
        let class = |glyph: &Glyph| canonical_combining_class(glyph.c);
        let Some((last, others)) = self.glyphs.split_last() else { return false };
        if last.c < '\u{300}' || class(last) == 0 {
            return false;
        }
        let after = others.iter().rev().take_while(|other| class(other) > class(last)).count();
        if after > 0 {
            let marks = others.len() - after..;
            let marks = &mut self.glyphs[marks];
            marks.rotate_right(1);
            // After reordering, all marks share one byte range.
            let whole = marks.iter().fold(marks[0], Glyph::to);
            for mark in marks {
                (mark.start, mark.end) = (whole.start, whole.end);
            }
        }
        true
    }

    fn turn_around(&mut self) {
        if let Some(from) = self.turned.take() {
            self.glyphs[from..].reverse();
        }
    }
}

/// Returns how `c` is written, from the point of view of a reader of English.
fn origin(c: char) -> Origin {
    match c {
        _ if c.is_ascii() => Origin::Plain,
        // Signs that are drawn with letters.
        '℀' | '℁' | '℅' | '℆' | '№' | '℠' | '℡' | '™' | '℻' => Origin::Sign,
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => Origin::Accented,
        // Phonetic, superscript, enclosed, fullwidth and mathematical letters.
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
        // Greek and Cyrillic: nearly all are letters, so no property lookup is needed.
        '\u{370}'..='\u{52f}' => Origin::Foreign,
        _ if is_alphanumeric(c) => Origin::Foreign,
        _ => Origin::Sign,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the glyphs of `text`, one character each.
    fn visible(text: &str) -> String {
        let (mut visible, read) = (String::new(), read(text));
        Glyphs::new(text, read.as_deref()).each(|glyph| visible.push(glyph.c));
        visible
    }

    #[test]
    fn eight_bytes_are_judged_as_each_of_them() {
        for one in 0..=u8::MAX {
            for other in [b'a', b' ', b'~', b'\t', 0x1f, 0x7f, 0x80, 0xff] {
                for at in 0..8 {
                    let mut bytes = [b'x'; 8];
                    bytes[7 - at] = other;
                    bytes[at] = one;
                    let each = bytes.iter().all(|byte| matches!(byte, b' '..=b'~'));
                    assert_eq!(are_printable(bytes), each, "{bytes:?}");
                }
            }
        }
    }

    #[test]
    fn a_reader_sees_letters_and_signs() {
        for (text, glyphs) in [
            ("Hi, 5!\t", "Hi, 5!\t"),
            ("Crème ﬃ Ⅷ", "Creme ffi VIII"),
            ("f\u{200b}u\u{336}c\u{0}k", "fuck"),
            ("ｆ𝓾Ⓒᵏ", "fuCk"),
            ("a\u{a0}b\u{2800}c\u{2029}d´", "a b c\nd´"),
            ("नमस्ते น้ำ", "नमस्ते น\u{e49}\u{e4d}\u{e32}"),
            ("\u{202e}kcuf\u{202c} you", "fuck you"),
            ("\u{202e}ba\u{202e}dc\nef", "cdab\nef"),
            ("&#x66;&#117; &amp; &#;", "fu &amp; &#;"),
            ("", ""),
        ] {
            assert_eq!(visible(text), glyphs, "{text:?}");
        }
    }

    #[test]
    fn a_glyph_knows_its_bytes_its_origin_and_its_look() {
        let text = "é\u{301}ﬀ\u{202e}ba\u{202c}&#99;ѕ\u{200b}€";
        let read = read(text).unwrap();
        let all: Vec<_> = read
            .iter()
            .map(|glyph| (&text[glyph.range()], glyph.origin, glyph.looks().collect::<String>()))
            .collect();
        let all: Vec<_> = all.iter().map(|(text, origin, looks)| (*text, *origin, &**looks)).collect();
        assert_eq!(
            all,
            [
                ("é\u{301}", Origin::Accented, ""),
                ("ﬀ", Origin::Foreign, ""),
                ("ﬀ", Origin::Foreign, ""),
                ("a", Origin::Plain, ""),
                ("b", Origin::Plain, ""),
                ("&#99;", Origin::Plain, ""),
                ("ѕ\u{200b}", Origin::Foreign, "s"),
                ("€", Origin::Sign, "e"),
            ]
        );
    }

    #[test]
    fn text_of_ascii_is_its_own_glyphs() {
        assert!(read("Plain text,\r\nof & all ~ kinds").is_none());
        assert!(["a\u{0}", "&#97;", "é"].into_iter().all(|text| read(text).is_some()));
    }
}
