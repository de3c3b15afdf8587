//! [`Key`]: the secret that hides who wrote what from whoever reads the store.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// A secret key. Senders, channels, texts and ids enter the store only as HMAC-SHA-256 with it, so that nobody can find a short text by
/// trying all.
#[derive(Clone)]
pub struct Key(Hmac<Sha256>);

impl Key {
    /// Returns the key of `secret`, which may have any length.
    #[must_use]
    pub fn new(secret: &[u8]) -> Self {
        // HMAC takes keys of any length.
        Self(Hmac::new_from_slice(secret).unwrap_or_else(|_| Hmac::new(&Default::default())))
    }

    /// Returns the first 64 bits of the code of `parts`.
    #[must_use]
    pub fn number(&self, parts: &[&str]) -> u64 {
        let mut mac = self.0.clone();
        for part in parts {
            // The length keeps `ab`, `c` apart from `a`, `bc`.
            mac.update(&part.len().to_le_bytes());
            mac.update(part.as_bytes());
        }
        let code = mac.finalize().into_bytes();
        code.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
    }

    /// Returns the code of `parts` as `digits` digits of 6 bits each, at most 10.
    #[must_use]
    pub fn code(&self, parts: &[&str], digits: usize) -> String {
        base64(self.number(parts), digits)
    }
}

impl Default for Key {
    /// Returns the key for state that never leaves the process.
    fn default() -> Self {
        Self::new(&[])
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key")
    }
}

/// Returns the upper bits of `number` as `digits` digits of 6 bits each, at most 10.
pub(crate) fn base64(number: u64, digits: usize) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digit =
        |place: usize| char::from(DIGITS[usize::try_from(number >> (58 - 6 * place) & 63).unwrap_or(0)]);
    (0..digits.min(10)).map(digit).collect()
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
        assert_eq!(number.to_be_bytes(), expected[..8]);
    }

    #[test]
    fn parts_are_kept_apart() {
        let key = Key::new(b"secret");
        assert_ne!(key.code(&["ab", "c"], 8), key.code(&["a", "bc"], 8));
        assert_ne!(key.code(&["ab"], 8), Key::new(b"other").code(&["ab"], 8));
        assert_eq!(key.code(&["ab"], 10).len(), 10);
    }
}
