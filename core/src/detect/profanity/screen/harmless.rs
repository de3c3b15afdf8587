//! Words in which nothing can be found, however their letters are capitalized and whatever punctuation surrounds them.

/// The words, with what each may be part of.
const WORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/harmless"));
/// The offset of the word of each hash.
const OFFSETS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/harmless-offsets"));

#[path = "../../../../build/hash.rs"]
mod hash;

pub(super) use self::hash::Hash;
use self::hash::{ALONE, BEGINS, EMPTY, slot_after};

/// What a harmless word may be part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Harmless {
    /// No rated word or phrase begins with it.
    Alone,
    /// One may begin with it and go on in the next word by one of these branches, and a severe one by one of these.
    Begins { rated: u32, severe: u32 },
}

/// Returns what the letters `word`, whose hash in lower case is `hash`, may be part of if they are one of them.
#[inline]
pub(super) fn harmless(word: &[u8], hash: Hash) -> Option<Harmless> {
    let (offsets, _) = OFFSETS.as_chunks::<2>();
    let mut slot = hash.slot(offsets.len());
    loop {
        let offset = u16::from_le_bytes(offsets[slot]);
        if offset == EMPTY {
            return None;
        }
        if let Some((known, end)) = WORDS[usize::from(offset)..].split_at_checked(word.len())
            && (known[1..] == word[1..] || known.eq_ignore_ascii_case(word))
            && known[0] == word[0] | 0x20
        {
            match *end {
                [ALONE, ..] => return Some(Harmless::Alone),
                [BEGINS, ref branches @ ..] => {
                    let [rated, severe, ..] = *branches.as_chunks().0 else { return None };
                    let (rated, severe) = (u32::from_le_bytes(rated), u32::from_le_bytes(severe));
                    return Some(Harmless::Begins { rated, severe });
                }
                _ => {}
            }
        }
        slot = slot_after(slot, offsets.len());
    }
}

/// Returns the words of letters alone.
#[cfg(test)]
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    all().filter(|word| !word.contains('\''))
}

/// Returns the words with an apostrophe.
#[cfg(test)]
pub(super) fn contractions() -> impl Iterator<Item = &'static str> {
    all().filter(|word| word.contains('\''))
}

#[cfg(test)]
fn all() -> impl Iterator<Item = &'static str> {
    let (offsets, _) = OFFSETS.as_chunks::<2>();
    let offsets = offsets.iter().map(|offset| u16::from_le_bytes(*offset)).filter(|offset| *offset != EMPTY);
    offsets.map(|offset| {
        let word = WORDS[usize::from(offset)..].split(|byte| matches!(*byte, ALONE | BEGINS)).next();
        str::from_utf8(word.unwrap_or_default()).unwrap()
    })
}
