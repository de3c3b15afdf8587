//! The format of the table of the commonest words, which the build script writes and `profanity` reads.

/// The hash of a word, a byte at a time, and its last bytes, which tell words of the same hash apart.
#[derive(Clone, Copy)]
pub(crate) struct Hash {
    hash: u32,
    /// The last eight bytes, or all if there are fewer, with the last one lowest.
    pub last: u64,
}

/// What an unused slot contains instead of an offset.
pub(crate) const EMPTY: u16 = u16::MAX;

/// The flag, in the byte behind a word, that it is common in English and not in other languages.
pub(crate) const ENGLISH: u8 = 1;
/// The flag that it is common in English and in other languages.
pub(crate) const SHARED: u8 = 2;
/// The flag that nothing can be found in it.
pub(crate) const HARMLESS: u8 = 4;
/// The flag that a longer word or phrase may begin with it. How that may go on follows, and how a severe one may: for each, the branches in
/// four bytes, and the pairs of letters in eight.
pub(crate) const BEGINS: u8 = 8;

/// What all bytes of words reach and no byte of flags does.
pub(crate) const LEAST_LETTER: u8 = b'\'';

impl Hash {
    /// The hash of no bytes.
    pub(crate) const NEW: Self = Self { hash: 0, last: 0 };

    /// Returns the hash with `byte` added.
    #[inline]
    pub(crate) const fn with(self, byte: u8) -> Self {
        Self {
            hash: (self.hash ^ byte as u32).wrapping_mul(0x9e37_79b1).rotate_left(15),
            last: self.last << 8 | byte as u64,
        }
    }

    /// Returns the slot of the word in a table of `slots`, a power of two.
    #[inline]
    pub(crate) const fn slot(self, slots: usize) -> usize {
        self.hash as usize & (slots - 1)
    }
}

/// Returns the bit of two lower-case letters in a set of pairs, of which several share one.
#[inline]
pub(crate) const fn pair(first: u8, second: u8) -> u64 {
    let index = (first - b'a') as u32 * 26 + (second - b'a') as u32;
    1 << (index.wrapping_mul(0x9e37_79b1) >> 26)
}

/// Returns the slot to try after `slot`.
#[inline]
pub(crate) const fn slot_after(slot: usize, slots: usize) -> usize {
    (slot + 1) & (slots - 1)
}
