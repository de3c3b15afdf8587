//! Verifies Base58 addresses: Bitcoin and its derivatives, Tron, Ripple, Monero. Base58 omits characters that look alike.
//!
//! Bitcoin wiki, `Base58Check` encoding; XRP Ledger, base58 encodings; Monero, Standard address (Keccak-256).

use sha2::{Digest, Sha256};
use sha3::Keccak256;

const DIGITS: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// The Base58 alphabet of Ripple.
const RIPPLE: &[u8; 58] = b"rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";

/// Returns whether `word` is a `Base58Check` address: a version, a hash of 20 bytes, and the first four bytes of the double SHA-256
/// hash of both. Any version is accepted, because no word satisfies the checksum by accident.
pub(super) fn is_address(word: &str) -> bool {
    let digits = if word.starts_with('r') { RIPPLE } else { DIGITS };
    [25, 26].into_iter().any(|len| {
        // Zcash addresses have a version of two bytes, all others of one.
        let zcash = word.starts_with('t');
        let decoded = if (len == 26) == zcash { decode(word, digits, len) } else { None };
        decoded.is_some_and(|number| {
            let (body, check) = number.split_at(len - 4);
            Sha256::digest(Sha256::digest(body)).starts_with(check)
        })
    })
}

/// Returns whether `word` is a Monero address: separately encoded blocks of eight bytes, which end in the first four bytes of the
/// Keccak-256 hash of the rest.
pub(super) fn is_monero(word: &str) -> bool {
    let mut number = Vec::with_capacity(69);
    for block in word.as_bytes().chunks(11) {
        let len = if block.len() == 11 { 8 } else { 5 };
        let Some(bytes) = std::str::from_utf8(block).ok().and_then(|block| decode(block, DIGITS, len)) else {
            return false;
        };
        number.extend(bytes);
    }
    let (body, check) = number.split_at(number.len().saturating_sub(4));
    number.len() == 69 && Keccak256::digest(body).starts_with(check)
}

/// Decodes `word` to a number of `len` bytes; returns `None` if it contains other characters or is too large.
fn decode(word: &str, digits: &[u8; 58], len: usize) -> Option<Vec<u8>> {
    let mut number = vec![0_u8; len];
    for byte in word.bytes() {
        let mut carry = digits.iter().position(|digit| *digit == byte)?;
        for place in number.iter_mut().rev() {
            carry += usize::from(*place) * 58;
            *place = carry.to_le_bytes()[0];
            carry /= 256;
        }
        if carry > 0 {
            return None;
        }
    }
    Some(number)
}
