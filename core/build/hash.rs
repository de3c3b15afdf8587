//! The format of the table of the commonest words, which the build script writes and `profanity` reads.

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

/// All letters are in lower case with these bits, which apostrophes have.
const LOWER: u64 = 0x2020_2020_2020_2020;

/// Returns the slot of `word`, of which `last` are the [last bytes](last_eight), in a table of `slots`, a power of two.
#[inline]
pub(crate) const fn slot(word: &[u8], last: u64, slots: usize) -> usize {
    let first = match word.first_chunk() {
        Some(first) => u64::from_le_bytes(*first) | LOWER,
        None => 0,
    };
    ((first ^ last).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize & (slots - 1)
}

/// Returns the last eight bytes of `word`, letters and apostrophes, in lower case and with the last one lowest. If there are fewer, spaces
/// come before them.
#[inline]
pub(crate) const fn last_eight(word: &[u8]) -> u64 {
    last_bytes(word) | LOWER
}

#[inline]
const fn last_bytes(word: &[u8]) -> u64 {
    if let Some(eight) = word.last_chunk() {
        return u64::from_be_bytes(*eight);
    }
    // The first and the last bytes overlap, where they are the same.
    if let (Some(first), Some(last)) = (word.first_chunk(), word.last_chunk()) {
        return (u32::from_be_bytes(*first) as u64) << (8 * (word.len() - 4))
            | u32::from_be_bytes(*last) as u64;
    }
    match *word {
        [] => 0,
        [a] => a as u64,
        [a, b] => (a as u64) << 8 | b as u64,
        [a, b, c, ..] => (a as u64) << 16 | (b as u64) << 8 | c as u64,
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
