//! Sequences of letters as indices of sets, which the build script writes and the screen of `profanity` reads.

/// The maximum number of classes of letters that rustrict does not distinguish.
pub(crate) const CLASSES: usize = 20;

/// A sequence of classes of letters.
#[derive(Clone, Copy)]
pub(crate) struct Gram(usize);

impl Gram {
    /// No letters.
    pub(crate) const NEW: Self = Self(0);

    /// Returns the sequence with `class` added.
    #[inline]
    pub(crate) const fn with(self, class: u8) -> Self {
        Self(self.0 * CLASSES + class as usize)
    }

    /// Returns its index among the sequences of this length.
    #[inline]
    pub(crate) const fn index(self) -> usize {
        self.0
    }
}
