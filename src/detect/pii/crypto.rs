//! Addresses of crypto wallets: Bitcoin of every age by its checksum, and Ethereum, whose shape nothing else has.

use std::ops::Range;

use sha2::{Digest, Sha256};

/// The addresses in `text`.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let word = |c: char| c.is_ascii_alphanumeric();
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(offset) = text[at..].find(word) {
        let start = at + offset;
        let len = text[start..].find(|c| !word(c)).unwrap_or(text.len() - start);
        at = start + len;
        let apart = !text[..start].ends_with('_') && !text[at..].starts_with('_');
        if apart && is_address(&text[start..at]) {
            found.push(start..at);
        }
    }
    found
}

fn is_address(word: &str) -> bool {
    match word.len() {
        25..=35 if word.starts_with(['1', '3']) => is_base58(word),
        42 if word.starts_with("0x") => word[2..].bytes().all(|byte| byte.is_ascii_hexdigit()),
        42 | 62 if word[..3].eq_ignore_ascii_case("bc1") => is_bech32(word),
        _ => false,
    }
}

/// Whether `word` is a version, a hash of twenty bytes, and the first four bytes of the hash of both.
fn is_base58(word: &str) -> bool {
    const DIGITS: &[u8] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    let mut number = [0_u8; 25];
    for byte in word.bytes() {
        let Some(digit) = DIGITS.iter().position(|digit| *digit == byte) else { return false };
        let mut carry = digit;
        for place in number.iter_mut().rev() {
            carry += usize::from(*place) * 58;
            *place = carry.to_le_bytes()[0];
            carry /= 256;
        }
        if carry > 0 {
            return false;
        }
    }
    let (body, check) = number.split_at(21);
    Sha256::digest(Sha256::digest(body)).starts_with(check)
}

/// Whether `word` satisfies the checksum of BIP 173 or of BIP 350, which replaced it.
fn is_bech32(word: &str) -> bool {
    const DIGITS: &[u8] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    const STEPS: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
    if word.bytes().any(|b| b.is_ascii_uppercase()) && word.bytes().any(|b| b.is_ascii_lowercase()) {
        return false;
    }
    // The part before the `1` is `bc`, spread over two rows of bits.
    let prefix = [3, 3, 0, 2, 3].map(Some);
    let digit = |byte: u8| DIGITS.iter().position(|d| *d == byte.to_ascii_lowercase());
    let digits = word[3..].bytes().map(digit).map(|digit| digit.and_then(|digit| u32::try_from(digit).ok()));
    let mut sum = 1_u32;
    for digit in prefix.into_iter().chain(digits) {
        let Some(digit) = digit else { return false };
        let top = sum >> 25;
        sum = (sum & 0x01ff_ffff) << 5 ^ digit;
        for (bit, step) in STEPS.iter().enumerate() {
            if top >> bit & 1 == 1 {
                sum ^= step;
            }
        }
    }
    matches!(sum, 1 | 0x2bc8_30a3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_wallets() {
        // From the papers that define them: the first block, BIP 173, BIP 350, and the shape of Ethereum's.
        for (text, found) in [
            ("send to 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa!", 1),
            ("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", 1),
            ("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", 1),
            ("0x0000000000000000000000000000000000000001", 1),
            ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", 0),
            ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", 0),
            ("123456789012345678901234567890", 0),
        ] {
            assert_eq!(find(text).len(), found, "{text}");
        }
    }
}
