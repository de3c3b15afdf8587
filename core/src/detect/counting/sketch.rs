//! [`Sketch`]: 16 bytes by which nearly equal texts are recognized.
//!
//! It is a `MinHash` of the trigrams of letters (A. Broder, "On the resemblance and containment of documents", 1997), of which 8 bits of each
//! minimum are kept (P. Li, C. König, "b-Bit Minwise Hashing", 2010). Two texts that share most of their trigrams share most of the bytes.

use crate::state::{DIGITS, base64, from_base64};

/// The sketch of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sketch([u8; SIZE]);

const SIZE: usize = 16;

/// The fewest bytes that copies share: half of the trigrams, and what chance adds.
const ALIKE: usize = 9;

/// Only the first letters are read, so that the time is bounded.
const MOST_LETTERS: usize = 4096;

impl Sketch {
    /// Returns the sketch of `letters`, by a key, so that nobody can look up what was written.
    pub(super) fn of(letters: &str, key: u128) -> Self {
        let key = u64::try_from(key >> 64).unwrap_or(0);
        let mut least = [u64::MAX; SIZE];
        let mut letters = letters.chars().take(MOST_LETTERS).map(u64::from);
        let (mut first, mut second) = (letters.next().unwrap_or(0), letters.next().unwrap_or(0));
        for third in letters {
            let trigram = mix(key ^ (first | second << 21 | third << 42));
            (first, second) = (second, third);
            let mut hash = trigram;
            for least in &mut least {
                // The steps of a generator: each is a permutation of the trigrams of its own.
                hash = hash.wrapping_add(trigram | 1).rotate_left(23).wrapping_mul(0x9E37_79B9_7F4A_7C15);
                *least = hash.min(*least);
            }
        }
        Self(least.map(|least| (least >> 32).to_le_bytes()[0]))
    }

    /// Returns whether the texts are nearly the same.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).filter(|(one, other)| one == other).count() >= ALIKE
    }

    /// Returns the sketch as digits.
    pub(super) fn to_text(self) -> String {
        base64(u128::from_be_bytes(self.0), DIGITS)
    }

    /// Reads what [`Self::to_text`] returns.
    pub(super) fn parse(text: &str) -> Option<Self> {
        from_base64(text).map(|bits| Self(bits.to_be_bytes()))
    }
}

/// Mixes all bits (the finalizer of `SplitMix64`, G. Steele, D. Lea, C. Flood, 2014).
fn mix(mut bits: u64) -> u64 {
    bits = (bits ^ bits >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ bits >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ bits >> 31
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_keys_make_different_sketches() {
        let text = "buycheapfollowersatmyshop";
        assert!(Sketch::of(text, 1 << 64).is_like(&Sketch::of(text, 1 << 64)));
        assert!(!Sketch::of(text, 1 << 64).is_like(&Sketch::of(text, 2 << 64)));
    }
}
