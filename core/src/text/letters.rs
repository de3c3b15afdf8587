//! [`Letters`]: a text as the letters that somebody reads in it, whatever characters represent them.
//!
//! `ｆυ.с-к`, `fuuuuck` and `f u c k` are the letters f, u, c, k: confusables, digits and signs are read as letters, repeats are merged, and
//! whatever separates letters is recorded as a gap. Matching uses the letters, and a range of letters maps back to the text. Lists are read
//! in the same way as texts, so both sides of a comparison are folded alike.
//!
//! A text may have several readings, each a [`Reading`]: `1` is *i* or *l*, the brackets of `f(u)ck` are not letters, and those of
//! `c()ck` are one. One of the readings is always the text as written.

use std::ops::Range;

use super::drawn::{each_drawn, is_drawn};
use super::fold::fold_case;
use super::glyph::{Glyph, Origin};
use super::glyphs::{Glyphs, Order, read, read_upright};
use super::roles::{ASCII, Reading, Role};

/// A text as the letters that somebody reads in it.
#[derive(Clone, Default)]
pub struct Letters {
    /// One character for each letter, with repeats merged.
    text: String,
    /// The letters that `text` consists of.
    all: Vec<Letter>,
    reading: Reading,
    doubts: Doubts,
}

/// The parts of a text that may be read differently.
#[derive(Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each of the four may hold without the others")]
struct Doubts {
    /// A sign between letters, or next to the same letter, was read as a letter.
    torn: bool,
    /// A sign that stands alone, or before or after the letters of a word, was read as a letter.
    signs: bool,
    /// A digit was read as a letter.
    digits: bool,
    /// A letter is confusable with others, or letters across a gap were merged.
    letters: bool,
}

/// One letter, or several equal ones in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Letter {
    at: u32,
    start: u32,
    end: u32,
    /// The number of equal letters in a row.
    pub count: u32,
    /// Whether any of them is written with a letter, not only with digits and signs.
    pub plain: bool,
    /// What separates it from the letter before.
    pub gap: Gap,
    /// Whether a word may begin with it: it does not continue a word of a script that puts spaces between words.
    pub begins: bool,
}

impl Letter {
    /// Returns its range in the text.
    pub(crate) fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Returns its offset in [`Letters::text`].
    pub(crate) fn place(&self) -> usize {
        self.at as usize
    }
}

/// What separates two letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    /// Nothing visible.
    #[default]
    None,
    /// Signs, but no white space.
    Signs,
    /// White space.
    Space,
}

impl Letters {
    /// Reads the letters of `text`.
    pub(crate) fn new(text: &str, reading: Reading) -> Self {
        let read = if reading == Reading::Written { read_upright(text, Order::Shown) } else { read(text) };
        Self::of(Glyphs::new(text, read.as_deref()), reading)
    }

    /// Reads the letters of `glyphs`.
    pub(crate) fn of(glyphs: Glyphs<'_>, reading: Reading) -> Self {
        let mut reader = Reader::new(glyphs.text().len(), reading);
        if reading == Reading::Drawn {
            each_drawn(glyphs, |glyph| reader.read(&glyph));
        } else if reading == Reading::Written {
            glyphs.each(|glyph| reader.read_as_written(&glyph));
        } else {
            glyphs.each(|glyph| reader.read(&glyph));
        }
        reader.finish()
    }

    /// Returns the alternative readings of `glyphs`, besides the first reading, which is `self`, and the text as written.
    pub(super) fn others(&self, glyphs: Glyphs<'_>) -> Vec<Self> {
        let Doubts { torn, digits, letters, .. } = self.doubts;
        let ambiguous = glyphs.hold(b'1', b'|', b'!').then_some(Reading::L);
        // If only the signs are in doubt, this reading would equal the text as written.
        let torn = (torn && (digits || letters)).then_some(Reading::Signs);
        let drawn = is_drawn(glyphs).then_some(Reading::Drawn);
        [ambiguous, torn, drawn].into_iter().flatten().map(|reading| Self::of(glyphs, reading)).collect()
    }

    /// Returns whether this first reading may differ from the text as written. Digits do not count, because they are read as letters in
    /// listed words too.
    pub(super) fn is_in_doubt(&self) -> bool {
        self.doubts.torn || self.doubts.signs || self.doubts.letters
    }

    /// Returns the reading.
    pub(crate) fn reading(&self) -> Reading {
        self.reading
    }

    /// Returns the letters as text, with repeats merged.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the letters, in order.
    pub(crate) fn all(&self) -> &[Letter] {
        &self.all
    }

    /// Returns the indices of the letters that a range of [`Self::text`] consists of. The range must be on character boundaries.
    pub(crate) fn at(&self, range: Range<usize>) -> Range<usize> {
        self.index(range.start)..self.index(range.end)
    }

    /// Returns the byte range of the original text for the letters in the non-empty `range` of [`Self::text`].
    #[must_use]
    pub fn origin(&self, range: Range<usize>) -> Range<usize> {
        self.covered(self.at(range))
    }

    /// Returns the byte range of the original text for the letters with these indices.
    pub(crate) fn covered(&self, at: Range<usize>) -> Range<usize> {
        match &self.all[at] {
            [first, .., last] => first.range().start..last.range().end,
            [one] => one.range(),
            [] => 0..0,
        }
    }

    /// Returns the index of the first letter at or after the offset `at` of [`Self::text`].
    fn index(&self, at: usize) -> usize {
        self.all.partition_point(|letter| (letter.at as usize) < at)
    }
}

impl std::fmt::Debug for Letters {
    /// Prints the number of letters, not the letters.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Letters").field("letters", &self.all.len()).finish_non_exhaustive()
    }
}

/// Collects letters, character by character.
struct Reader {
    reading: Reading,
    text: String,
    all: Vec<Letter>,
    /// The last letter, unless something visible follows it.
    last: Option<char>,
    /// How the last character was written.
    before: Before,
    /// What has been seen since the last letter.
    gap: Gap,
    doubts: Doubts,
    /// Whether a letter is repeated across a gap.
    repeated: bool,
}

/// How a character was written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// As a letter or digit of a script that puts spaces between words.
    Letter,
    /// As a sign in place of a letter, directly after a letter.
    Sign,
    /// Anything else.
    Other,
}

impl Reader {
    fn new(len: usize, reading: Reading) -> Self {
        let (text, all) = (String::with_capacity(len), Vec::with_capacity(len));
        let (before, gap) = (Before::Other, Gap::None);
        let doubts = Doubts::default();
        Self { reading, text, all, last: None, before, gap, doubts, repeated: false }
    }

    #[inline]
    fn read(&mut self, glyph: &Glyph) {
        let ascii = &ASCII[self.reading as usize];
        if let Some(role) = ascii.get(glyph.c as usize) {
            self.doubts.letters |= glyph.origin == Origin::Sign;
            self.add(*role, glyph);
        } else if glyph.is_alike() && glyph.origin != Origin::Sign {
            self.doubts.letters = true;
            glyph.looks().for_each(|like| self.add(ascii[like as usize], glyph));
        } else {
            glyph.c.to_lowercase().for_each(|c| self.add(Role::of(c, self.reading), glyph));
        }
    }

    fn read_as_written(&mut self, glyph: &Glyph) {
        if let Some(role) = ASCII[Reading::Written as usize].get(glyph.c as usize) {
            // Some signs are compatibility forms of letters, such as `™`.
            let is_sign = glyph.origin == Origin::Sign && !matches!(role, Role::Space);
            self.add(if is_sign { Role::Sign } else { *role }, glyph);
        } else {
            fold_case(glyph.c).for_each(|c| self.add(Role::of(c, Reading::Written), glyph));
        }
    }

    #[inline]
    fn add(&mut self, role: Role, glyph: &Glyph) {
        let (letter, plain, spaced) = match role {
            Role::Letter(letter) => (letter, true, true),
            Role::Unspaced(letter) => (letter, true, false),
            Role::Digit(letter) => (letter, false, true),
            Role::For(letter) => (letter, false, false),
            Role::Space => return self.pause(Gap::Space),
            Role::Sign => return self.pause(self.gap.max(Gap::Signs)),
        };
        let before = self.before;
        let is_sign = matches!(role, Role::For(_));
        self.doubts.torn |= before == Before::Sign && spaced;
        self.doubts.signs |= is_sign && (self.gap != Gap::None || self.all.is_empty());
        self.doubts.digits |= matches!(role, Role::Digit(_));
        self.before = match before {
            _ if spaced => Before::Letter,
            Before::Letter | Before::Sign if !plain => Before::Sign,
            _ => Before::Other,
        };
        let begins = !(spaced && before == Before::Letter);
        match self.all.last_mut() {
            // One character may be read as two letters, such as a ligature; they share its range.
            Some(last) if self.last == Some(letter) => {
                self.doubts.torn |= last.plain != plain;
                last.count += 1;
                last.plain |= plain;
                (last.start, last.end) = (last.start.min(glyph.start), last.end.max(glyph.end));
            }
            last => {
                let alone = |last: &mut Letter| last.gap != Gap::None || last.at == 0;
                self.repeated |=
                    self.gap != Gap::None && self.text.ends_with(letter) && last.is_some_and(alone);
                // A text is a few kilobytes long.
                let at = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
                let (start, end, gap) = (glyph.start, glyph.end, self.gap);
                self.all.push(Letter { at, start, end, count: 1, plain, gap, begins });
                self.text.push(letter);
                (self.last, self.gap) = (Some(letter), Gap::None);
            }
        }
    }

    fn pause(&mut self, gap: Gap) {
        // `free! nitro`: a sign at the end of a word of a phrase.
        self.doubts.signs |= self.before == Before::Sign && gap == Gap::Space;
        (self.last, self.gap, self.before) = (None, gap, Before::Other);
    }

    fn finish(self) -> Letters {
        let Self { reading, text, all, doubts, repeated, .. } = self;
        let letters = Letters { text, all, reading, doubts };
        // In the text as written, a letter that stands alone does not repeat another.
        if repeated && reading != Reading::Written { letters.with_spelled_repeats() } else { letters }
    }
}

impl Letters {
    /// Also merges repeats in words that are spelled letter by letter: `f u u c k`.
    fn with_spelled_repeats(self) -> Self {
        let doubts = Doubts { letters: true, ..self.doubts };
        let text = String::with_capacity(self.text.len());
        let mut joined = Self { text, all: Vec::new(), reading: self.reading, doubts };
        let gap_before = |index: usize| self.all.get(index).is_none_or(|letter| letter.gap != Gap::None);
        let alone = |index: usize| {
            self.all[index].count == 1 && (index == 0 || gap_before(index)) && gap_before(index + 1)
        };
        for (index, (letter, c)) in self.all.iter().zip(self.text.chars()).enumerate() {
            match joined.all.last_mut() {
                Some(last) if alone(index) && alone(index - 1) && joined.text.ends_with(c) => {
                    last.count += letter.count;
                    last.plain |= letter.plain;
                    (last.start, last.end) = (last.start.min(letter.start), last.end.max(letter.end));
                }
                _ => {
                    let at = u32::try_from(joined.text.len()).unwrap_or(u32::MAX);
                    joined.all.push(Letter { at, ..*letter });
                    joined.text.push(c);
                }
            }
        }
        joined
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        Letters::new(text, Reading::I).text().to_owned()
    }

    #[test]
    fn letters_are_read_through_their_disguise() {
        for (text, letters) in [
            ("Fuck", "fuck"),
            ("fυсκ", "fuck"),
            ("ｆｕｃｋ", "fuck"),
            ("𝖋𝖚𝖈𝖐", "fuck"),
            ("🅵🆄🅲🅺", "fuck"),
            ("f\u{200b}u\u{336}ck", "fuck"),
            ("fuuuuck", "fuck"),
            ("f.u c*k", "fuck"),
            ("$h1t", "shit"),
            ("b00b5", "bobs"),
            ("f u u c k, all last", "fuckallast"),
            ("crème", "creme"),
            ("नमस्ते", "नमस्ते"),
            ("笨蛋", "笨蛋"),
            ("?!*", "i"),
            ("", ""),
        ] {
            assert_eq!(read(text), letters, "{text:?}");
        }
        assert_eq!(Letters::new("he11", Reading::L).text(), "hel");
        assert_eq!(Letters::new("f(u)c|k", Reading::Signs).text(), "fuck");
        assert_eq!(Letters::new("(БЫТЬ) ΣΑΣ™, 5$ É Ɔ a a", Reading::Written).text(), "бытьσασ5eɔaa");
    }

    #[test]
    fn a_letter_knows_its_place_its_count_and_the_gap_before_it() {
        let letters = Letters::new("a. bb\u{301}-c5", Reading::I);
        let all: Vec<_> = letters.all().iter().map(|l| (l.range(), l.count, l.gap, l.plain)).collect();
        assert_eq!(
            all,
            [
                (0..1, 1, Gap::None, true),
                (3..7, 2, Gap::Space, true),
                (8..9, 1, Gap::Signs, true),
                (9..10, 1, Gap::None, false),
            ]
        );
        assert_eq!(letters.at(1..3), 1..3);
    }
}
