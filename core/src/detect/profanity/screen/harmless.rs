//! Words in which nothing can be found, however their letters are capitalized and whatever punctuation surrounds them.

/// The words, one a line.
const WORDS: &str = include_str!(concat!(env!("OUT_DIR"), "/harmless"));
/// The offset of the word of each hash.
const OFFSETS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/harmless-offsets"));

#[path = "../../../../build/hash.rs"]
mod hash;

pub(super) use self::hash::Hash;
use self::hash::{EMPTY, GOES_ON, slot_after};

/// What a harmless word may be part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Harmless {
    /// No rated word or phrase begins with it.
    Alone,
    /// One may begin with it and go on in the next word.
    Begins,
}

/// Returns whether the lower-case `word`, whose hash is `hash`, is one of them.
#[inline]
pub(super) fn harmless(word: &[u8], hash: Hash) -> Option<Harmless> {
    let (offsets, _) = OFFSETS.as_chunks::<2>();
    let mut slot = hash.slot(offsets.len());
    loop {
        let offset = u16::from_le_bytes(offsets[slot]);
        if offset == EMPTY {
            return None;
        }
        let rest = &WORDS.as_bytes()[usize::from(offset & !GOES_ON)..];
        if rest.get(word.len()) == Some(&b'\n') && rest.starts_with(word) {
            return Some(if offset & GOES_ON == 0 { Harmless::Alone } else { Harmless::Begins });
        }
        slot = slot_after(slot, offsets.len());
    }
}

/// Returns the words.
#[cfg(test)]
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    WORDS.lines()
}
