//! [`Glyph`]: one letter or sign as a reader sees it.

/// One letter or sign as a reader sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph {
    /// The letter or sign, without what dresses it up, in its case. White space is as it was typed.
    pub c: char,
    /// What it was written with.
    pub origin: Origin,
    /// What it passes for among Latin letters, ended by zeros.
    pub(super) looks: [u8; 3],
    /// Where it begins in the text, and where it ends.
    pub(super) start: u32,
    pub(super) end: u32,
}

/// What a glyph was written with, seen by a reader of English.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Itself, or a letter of a fancy alphabet: mathematical, circled, fullwidth.
    Plain,
    /// A letter with a mark, as languages other than English are written.
    Accented,
    /// A letter of another script.
    Foreign,
    /// A sign: `€`, `⊂`.
    Sign,
}

impl Glyph {
    pub(super) fn new(c: char, origin: Origin, looks: [u8; 3], start: usize, end: usize) -> Self {
        // A text is a few kilobytes; one of four gigabytes is cut off here, not read wrongly.
        let [start, end] = [start, end].map(|at| u32::try_from(at).unwrap_or(u32::MAX));
        Self { c, origin, looks, start, end }
    }

    /// Whether it passes for letters or digits of ASCII without being one.
    #[must_use]
    pub fn is_alike(&self) -> bool {
        self.looks[0] != 0
    }

    /// The letters and digits of ASCII that it passes for, in lower case.
    pub fn looks(&self) -> impl Iterator<Item = char> {
        self.looks.into_iter().take_while(|byte| *byte != 0).map(char::from)
    }

    /// The bytes of the text it stands for: those of what dresses it up, too.
    #[must_use]
    pub fn range(&self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The same with another letter of ASCII.
    pub(super) fn as_letter(self, c: char) -> Self {
        Self { c, looks: [0; 3], ..self }
    }

    /// The same standing for its first `len` bytes only.
    pub(super) fn of_len(self, len: usize) -> Self {
        let end = u32::try_from(self.range().start + len).unwrap_or(u32::MAX).min(self.end);
        Self { end, ..self }
    }

    /// The same standing for all the bytes from its own to those of `last`.
    pub(super) fn to(self, last: &Self) -> Self {
        Self { start: self.start.min(last.start), end: self.end.max(last.end), ..self }
    }

    /// Whether it is another glyph of the character that `other` is of.
    #[must_use]
    pub fn is_of(&self, other: &Self) -> bool {
        self.start == other.start
    }
}
