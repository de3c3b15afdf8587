//! [`Glyph`]: one letter or sign as a reader sees it.

/// One letter or sign as a reader sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Glyph {
    /// The letter or sign without decoration, in its original case. White space is as typed.
    pub c: char,
    /// How it was written.
    pub origin: Origin,
    /// What it is confusable with among Latin letters, padded with zeros.
    pub(super) looks: [u8; 3],
    /// Its byte range in the text.
    pub(super) start: u32,
    pub(super) end: u32,
}

/// How a glyph was written, from the point of view of a reader of English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// As the letter itself, or in a decorative alphabet: mathematical, circled, fullwidth.
    Plain,
    /// A letter with a combining mark, as in languages other than English.
    Accented,
    /// A letter of another script.
    Foreign,
    /// A sign: `€`, `⊂`.
    Sign,
}

impl Glyph {
    pub(super) fn new(c: char, origin: Origin, looks: [u8; 3], start: usize, end: usize) -> Self {
        // A text is a few kilobytes long; offsets beyond four gigabytes saturate.
        let [start, end] = [start, end].map(|at| u32::try_from(at).unwrap_or(u32::MAX));
        Self { c, origin, looks, start, end }
    }

    /// Returns whether it is confusable with ASCII letters or digits without being one.
    pub(crate) fn is_alike(&self) -> bool {
        self.looks[0] != 0
    }

    /// Returns the ASCII letters and digits that it is confusable with, in lower case.
    pub(crate) fn looks(&self) -> impl Iterator<Item = char> {
        self.looks.into_iter().take_while(|byte| *byte != 0).map(char::from)
    }

    /// Returns its byte range in the text, including its decoration.
    pub(crate) fn range(&self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Returns this glyph with another ASCII letter.
    pub(super) fn as_letter(self, c: char) -> Self {
        Self { c, looks: [0; 3], ..self }
    }

    /// Returns this glyph with its range cut to its first `len` bytes.
    pub(super) fn of_len(self, len: usize) -> Self {
        let end = u32::try_from(self.range().start + len).unwrap_or(u32::MAX).min(self.end);
        Self { end, ..self }
    }

    /// Returns this glyph with a range that extends to `last`.
    pub(super) fn to(self, last: &Self) -> Self {
        Self { start: self.start.min(last.start), end: self.end.max(last.end), ..self }
    }

    /// Returns whether both are glyphs of the same character.
    pub(crate) fn is_of(&self, other: &Self) -> bool {
        self.start == other.start
    }
}
