//! Addresses written to the base of 58, which has no letters that look like others: Bitcoin and its children, Tron, Ripple, Monero.

use sha2::{Digest, Sha256};
use sha3::Keccak256;

const DIGITS: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// The same digits in Ripple's order.
const RIPPLE: &[u8; 58] = b"rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";

/// Whether `word` is a version, a hash of twenty bytes, and the first four bytes of the hash of both. The version tells the chain:
/// whatever it is, a word that satisfies this is an address.
pub(super) fn is_address(word: &str) -> bool {
    let digits = if word.starts_with('r') { RIPPLE } else { DIGITS };
    [25, 26].into_iter().any(|len| {
        // Only Zcash has a version of two bytes.
        let zcash = word.starts_with('t');
        let decoded = if (len == 26) == zcash { decode(word, digits, len) } else { None };
        decoded.is_some_and(|number| {
            let (body, check) = number.split_at(len - 4);
            Sha256::digest(Sha256::digest(body)).starts_with(check)
        })
    })
}

/// Whether `word` is an address of Monero: blocks of eight bytes, each written on its own, and the first four bytes of their hash.
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

/// The number that `word` writes, in `len` bytes.
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
