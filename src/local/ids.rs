//! [`Ids`]: generates every id of the service from a seed, so that the same commands produce the same ids.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A generator of ids.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Ids {
    seed: u64,
    next: u64,
}

impl Ids {
    pub(super) fn new(seed: u64) -> Self {
        Self { seed, next: 0 }
    }

    /// Returns a version 4 UUID, which is the id of app instances, channels and flows.
    pub(super) fn uuid(&mut self) -> String {
        let mut bytes = self.draw();
        bytes[6] = (bytes[6] & 0x0f) | 0x40;
        bytes[8] = (bytes[8] & 0x3f) | 0x80;
        let hex = hex(&bytes[..16]);
        [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
    }

    /// Returns 64 hexadecimal digits, which are the id of messages and callbacks.
    pub(super) fn long(&mut self) -> String {
        hex(&self.draw())
    }

    /// Returns a number that is at least 0 and less than 1.
    pub(super) fn fraction(&mut self) -> f64 {
        let [a, b, c, d, ..] = self.draw();
        f64::from(u32::from_le_bytes([a, b, c, d])) / (f64::from(u32::MAX) + 1.0)
    }

    fn draw(&mut self) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(self.seed.to_le_bytes());
        hash.update(self.next.to_le_bytes());
        self.next += 1;
        hash.finalize().into()
    }
}

/// Returns `bytes` as hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_repeatable_and_all_different() {
        let (mut a, mut b, mut c) = (Ids::new(1), Ids::new(1), Ids::new(2));
        let first = a.uuid();
        assert_eq!(first, b.uuid());
        assert_ne!(first, c.uuid());
        assert_ne!(first, a.uuid());
        assert_eq!((first.len(), &first[14..15]), (36, "4"));
        assert_eq!(a.long().len(), 64);
    }
}
