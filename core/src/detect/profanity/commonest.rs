//! The commonest words of English: which tell that a text is English, and in which nothing can be found.

/// The words in lower case behind a margin, each with its flags behind it, and with what it may be part of.
const WORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/commonest"));
/// The offset of the word of each hash.
const OFFSETS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/commonest-offsets"));

#[path = "../../../build/hash.rs"]
mod hash;

use self::hash::{
    BEGINS, EMPTY, ENGLISH, HARMLESS, LEAST_LETTER, SHARED, last_eight, pair, slot, slot_after,
};

/// What a harmless word may be part of. In such a word nothing can be found, however its letters are capitalized and whatever punctuation
/// surrounds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Harmless {
    /// No rated word or phrase begins with it.
    Alone,
    /// One may begin with it and go on in the next word in these ways, and a severe one in these.
    Begins { rated: GoesOn, severe: GoesOn },
}

/// How a word or phrase may go on in the next word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct GoesOn {
    /// By which branches.
    pub branches: u32,
    /// With which pairs of letters, if the next word has two.
    pairs: u64,
}

impl GoesOn {
    /// Returns whether it may go on with a word that begins with these letters.
    pub(super) fn has_pair(&self, first: u8, second: u8) -> bool {
        self.pairs & pair(first.to_ascii_lowercase(), second.to_ascii_lowercase()) != 0
    }
}

/// Returns what the letters `word` may be part of if they are a harmless word.
#[inline]
pub(super) fn harmless(word: &[u8]) -> Option<Harmless> {
    let [flags, ways @ ..] = listed(word)? else { return None };
    if flags & HARMLESS == 0 {
        return None;
    }
    if flags & BEGINS == 0 {
        return Some(Harmless::Alone);
    }
    let ([rated, severe, ..], _) = ways.as_chunks() else { return None };
    let [rated, severe] = [rated, severe].map(|[a, b, c, d, pairs @ ..]: &[u8; 12]| GoesOn {
        branches: u32::from_le_bytes([*a, *b, *c, *d]),
        pairs: u64::from_le_bytes(*pairs),
    });
    Some(Harmless::Begins { rated, severe })
}

/// Returns whether the lower-case `word` is very common in English.
pub(in crate::detect) fn is_english(word: &str) -> bool {
    flags(word) & (ENGLISH | SHARED) != 0
}

/// Returns whether the lower-case `word` is very common in English and not in other languages.
pub(super) fn tells_english(word: &str) -> bool {
    flags(word) & ENGLISH != 0
}

/// Returns whether the lower-case `word` is very common in English and in other languages.
pub(super) fn is_shared(word: &str) -> bool {
    flags(word) & SHARED != 0
}

/// Returns the flags of the lower-case `word`; none if the table does not contain it.
fn flags(word: &str) -> u8 {
    // The table is searched whatever the case.
    if word.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return 0;
    }
    let after = listed(word.as_bytes());
    after.and_then(|after| after.first().copied()).unwrap_or_default()
}

/// Returns what stands behind the letters `word`, in any case, if they are in the table.
#[inline]
fn listed(word: &[u8]) -> Option<&'static [u8]> {
    if word.is_empty() {
        return None;
    }
    let last = last_eight(word);
    let (offsets, _) = OFFSETS.as_chunks::<2>();
    let mut slot = slot(word, last, offsets.len());
    loop {
        let offset = u16::from_le_bytes(offsets[slot]);
        if offset == EMPTY {
            return None;
        }
        if let Some((known, after)) = WORDS.split_at_checked(usize::from(offset) + word.len())
            && known.last_chunk().is_some_and(|eight| are_alike(u64::from_be_bytes(*eight), last, word.len()))
            && after.first().is_some_and(|flags| *flags < LEAST_LETTER)
            && (word.len() <= 8 || known[usize::from(offset)..].eq_ignore_ascii_case(word))
        {
            return Some(after);
        }
        slot = slot_after(slot, offsets.len());
    }
}

/// Returns whether the lowest `len` bytes of the two are the same, or all if they have fewer.
#[inline]
const fn are_alike(one: u64, other: u64, len: usize) -> bool {
    let differences = one ^ other;
    if len < 8 { differences << (64 - 8 * len) == 0 } else { differences == 0 }
}

/// Returns the harmless words of letters alone.
#[cfg(test)]
pub(super) fn words() -> impl Iterator<Item = &'static str> {
    all_harmless().filter(|word| !word.contains('\''))
}

/// Returns the harmless words with an apostrophe.
#[cfg(test)]
pub(super) fn contractions() -> impl Iterator<Item = &'static str> {
    all_harmless().filter(|word| word.contains('\''))
}

#[cfg(test)]
fn all_harmless() -> impl Iterator<Item = &'static str> {
    let (offsets, _) = OFFSETS.as_chunks::<2>();
    let offsets = offsets.iter().map(|offset| u16::from_le_bytes(*offset)).filter(|offset| *offset != EMPTY);
    offsets.filter_map(|offset| {
        let word = &WORDS[usize::from(offset)..];
        let len = word.iter().position(|byte| *byte < LEAST_LETTER)?;
        (word[len] & HARMLESS != 0).then(|| str::from_utf8(&word[..len]).unwrap())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_contains_the_lists() {
        assert!(include_str!("commonest/english.txt").lines().all(tells_english));
        assert!(include_str!("commonest/shared.txt").lines().all(|word| is_shared(word) && is_english(word)));
        for word in ["", "The", "thecat", "engl", "don't", "zebra", "straße"] {
            assert!(!is_english(word), "{word}");
        }
    }
}
