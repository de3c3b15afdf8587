//! The hash of the table of harmless words, which the build script writes and the screen of `profanity` reads.

/// The hash of a word, a byte at a time.
#[derive(Clone, Copy)]
pub(crate) struct Hash(u32);

/// What an unused slot contains instead of an offset.
pub(crate) const EMPTY: u16 = u16::MAX;

/// The byte after a word with which no longer word or phrase begins.
pub(crate) const ALONE: u8 = 0;

/// The byte after a word with which one may begin. The branches with which it may go on follow, in four bytes,
/// and those with which a severe one may, in four more.
pub(crate) const BEGINS: u8 = 1;

impl Hash {
    /// The hash of no bytes.
    pub(crate) const NEW: Self = Self(0);

    /// Returns the hash with `byte` added.
    #[inline]
    pub(crate) const fn with(self, byte: u8) -> Self {
        Self((self.0 ^ byte as u32).wrapping_mul(0x9e37_79b1).rotate_left(15))
    }

    /// Returns the slot of the word in a table of `slots`, a power of two.
    #[inline]
    pub(crate) const fn slot(self, slots: usize) -> usize {
        self.0 as usize & (slots - 1)
    }
}

/// Returns the slot to try after `slot`.
#[inline]
pub(crate) const fn slot_after(slot: usize, slots: usize) -> usize {
    (slot + 1) & (slots - 1)
}
