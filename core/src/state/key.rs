//! [`Key`]: the secret that hides who wrote what from whoever reads the store.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// A secret key. Senders, channels, texts and ids enter the store only as HMAC-SHA-256 with it, so that nobody can find a short text by
/// trying all short texts.
#[derive(Clone, Default)]
pub struct Key(
    /// `None` for state that never leaves the process, which no secret hides.
    Option<Hmac<Sha256>>,
);

impl Key {
    /// Returns the key of `secret`, which may have any length.
    #[must_use]
    pub fn new(secret: &[u8]) -> Self {
        // HMAC takes keys of any length.
        Self(Hmac::new_from_slice(secret).ok())
    }

    /// Returns the first 128 bits of the code of `parts`.
    #[must_use]
    pub fn number(&self, parts: &[&str]) -> u128 {
        let Some(mac) = &self.0 else { return hash(parts) };
        let mut mac = mac.clone();
        for part in parts {
            // The length keeps `ab`, `c` apart from `a`, `bc`.
            mac.update(&part.len().to_le_bytes());
            mac.update(part.as_bytes());
        }
        let code = mac.finalize().into_bytes();
        code.iter().take(16).fold(0, |number, byte| number << 8 | u128::from(*byte))
    }

    /// Returns the code of `parts` as `digits` digits of 6 bits each, at most 22.
    #[must_use]
    pub fn code(&self, parts: &[&str], digits: usize) -> String {
        base64(self.number(parts), digits)
    }
}

/// Returns a hash of `parts` that hides nothing, and takes far less time. As in FNV-1a, each step multiplies; it takes eight bytes.
fn hash(parts: &[&str]) -> u128 {
    const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    let step = |hash: u128, word: u64| {
        let hash = (hash ^ u128::from(word)).wrapping_mul(MIXER);
        hash ^ hash >> 64
    };
    let mut hash = BASIS;
    for part in parts {
        let (words, rest) = part.as_bytes().as_chunks::<8>();
        let last = rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
        // The length keeps `ab`, `c` apart from `a`, `bc`, and tells how much of the last word there is.
        hash = step(hash, u64::try_from(part.len()).unwrap_or(u64::MAX));
        hash = words.iter().fold(hash, |hash, word| step(hash, u64::from_le_bytes(*word)));
        hash = step(hash, last);
    }
    hash = step(hash.rotate_left(64), 0);
    step(hash.rotate_left(64), 0)
}

/// The prime of FNV-1a for 128 bits.
pub(crate) const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;

/// An odd number with about as many ones as zeros.
const MIXER: u128 = 0xda94_2042_e4dd_58b5_9e37_79b9_7f4a_7c15;

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key")
    }
}

/// How many digits of 6 bits hold 128 bits.
pub(crate) const DIGITS: usize = 22;

/// The digits, as in base 64.
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Returns the upper bits of `number` as `digits` digits of 6 bits each, at most [`DIGITS`].
pub(crate) fn base64(number: u128, digits: usize) -> String {
    let (mut text, mut rest) = (String::with_capacity(digits.min(DIGITS)), number);
    for _ in 0..digits.min(DIGITS) {
        rest = rest.rotate_left(6);
        text.push(char::from(ALPHABET[usize::try_from(rest & 63).unwrap_or(0)]));
    }
    text
}

/// The value of each digit; of other bytes, [`NONE`].
const VALUES: [u8; 256] = {
    let (mut values, mut at) = ([NONE; 256], 0);
    while at < 64 {
        values[ALPHABET[at as usize] as usize] = at;
        at += 1;
    }
    values
};

const NONE: u8 = 64;

/// Reads what [`base64`] writes with [`DIGITS`] digits.
pub(crate) fn from_base64(text: &str) -> Option<u128> {
    let mut digits = text.bytes().map(|byte| VALUES[usize::from(byte)]);
    let mut next = || digits.next().filter(|value| *value < NONE).map(u128::from);
    let upper = (1..DIGITS).try_fold(0, |sum, _| Some(sum << 6 | next()?))?;
    // The last digit has two bits of the number, and four that occur before.
    let number = upper << 2 | next()? >> 4;
    (text.len() == DIGITS).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4231, test case 2, over the parts as they are framed.
    #[test]
    fn codes_are_hmac() {
        let framed = [&8_u64.to_le_bytes()[..], b"what do "].concat();
        let mut mac = Hmac::<Sha256>::new_from_slice(b"Jefe").unwrap();
        mac.update(&framed);
        let expected = mac.finalize().into_bytes();
        let number = Key::new(b"Jefe").number(&["what do "]);
        assert_eq!(number.to_be_bytes(), expected[..16]);
    }

    #[test]
    fn parts_are_kept_apart() {
        let key = Key::new(b"secret");
        assert_ne!(key.code(&["ab", "c"], 8), key.code(&["a", "bc"], 8));
        assert_ne!(key.code(&["ab"], 8), Key::new(b"other").code(&["ab"], 8));
        assert_eq!(key.code(&["ab"], 10).len(), 10);
    }

    /// Without a secret, too, texts have codes of their own, in the upper bits as in the lower ones.
    #[test]
    fn different_texts_have_different_codes() {
        let key = Key::default();
        let text = |number: usize| {
            format!("arn:aws:chime:us-east-1:1:app-instance/a/user/{number:x}{}", "-".repeat(number % 9))
        };
        let numbers: Vec<_> = (0..20_000).map(|number| key.number(&["sender", &text(number)])).collect();
        for shift in [0, 64, 98] {
            let mut parts: Vec<_> = numbers.iter().map(|number| number >> shift & 0x3fff_ffff).collect();
            parts.sort_unstable();
            parts.dedup();
            // Of 20,000 numbers of 30 bits, chance makes less than one equal to another, so ten are too many.
            assert!(parts.len() > 19_990, "{shift}: {}", parts.len());
        }
        assert_ne!(key.number(&["ab", "c"]), key.number(&["a", "bc"]));
        assert_ne!(key.number(&["a", ""]), key.number(&["", "a"]));
        assert_ne!(key.number(&["a\0"]), key.number(&["a"]));
    }

    #[test]
    fn digits_are_read_again() {
        let key = Key::default();
        for seed in 0..1000 {
            let number = key.number(&[&format!("{seed}")]);
            let text = base64(number, DIGITS);
            assert_eq!((text.len(), from_base64(&text)), (DIGITS, Some(number)));
        }
        assert_eq!((from_base64("short"), from_base64(&"-".repeat(DIGITS))), (None, None));
    }
}
