//! Finds addresses of cryptocurrency wallets and verifies their checksums.

mod base58;
mod bech32;

use std::ops::Range;

use sha3::{Digest, Keccak256};

/// Finds the wallet addresses in `text`.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    words(text).filter(|word| is_address(&text[word.clone()])).collect()
}

/// Returns the words of ASCII letters and digits in `text`.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_word = |c: char| c.is_ascii_alphanumeric();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_word)?;
        at = start + text[start..].find(|c| !is_word(c)).unwrap_or(text.len() - start);
        Some(start..at)
    })
}

/// Returns the words of `text` that look like wallet addresses but are not, each with the reason.
pub(super) fn near_misses(text: &str) -> Vec<(Range<usize>, String)> {
    let mut near = Vec::new();
    for range in words(text).filter(|word| word.len() >= MIN_LEN) {
        let word = &text[range.clone()];
        let (digits, bech32) = (word.get(2..).unwrap_or_default(), word.to_ascii_lowercase());
        let is_mixed = word.contains(|c: char| c.is_ascii_digit())
            && word.contains(|c: char| c.is_ascii_lowercase())
            && word.contains(|c: char| c.is_ascii_uppercase());
        let why = if is_address(word) {
            continue;
        } else if word.len() == 42 && word.starts_with("0x") && digits.bytes().all(|b| b.is_ascii_hexdigit())
        {
            "the case of its letters fails the checksum (EIP-55)"
        } else if word.len() >= 38 && ["bc1", "tb1", "ltc1"].iter().any(|start| bech32.starts_with(start)) {
            "it fails its checksum (Bech32)"
        } else if word.len() <= 36
            && is_mixed
            && word.starts_with(['1', '3', 'T', 'r', 'L', 'D'])
            && !word.contains(['0', 'O', 'I', 'l'])
        {
            "it fails its checksum (Base58Check)"
        } else {
            continue;
        };
        near.push((range, why.to_owned()));
    }
    near
}

/// The length of the shortest address in bytes.
const MIN_LEN: usize = 25;

fn is_address(word: &str) -> bool {
    match word.len() {
        42 if word.starts_with("0x") || word.starts_with("0X") => is_ethereum(&word[2..]),
        95 if word.starts_with(['4', '8']) => base58::is_monero(word),
        // A word has only letters and a number only digits; Base58 addresses contain both.
        25..=36 if word.contains(|c: char| c.is_ascii_digit()) && base58::is_address(word) => true,
        38..=120 => bech32::is_address(word),
        _ => false,
    }
}

/// Returns whether `digits` are an Ethereum address. The case of its letters is a checksum (EIP-55); an address whose letters all have the
/// same case has no checksum.
fn is_ethereum(digits: &str) -> bool {
    let mixed =
        digits.bytes().any(|b| b.is_ascii_uppercase()) && digits.bytes().any(|b| b.is_ascii_lowercase());
    let hash = Keccak256::digest(digits.to_ascii_lowercase());
    let has_right_case = |(place, digit): (usize, u8)| {
        let half = hash[place / 2] >> (if place % 2 == 0 { 4 } else { 0 }) & 15;
        digit.is_ascii_digit() || digit.is_ascii_uppercase() == (half > 7)
    };
    digits.bytes().all(|digit| digit.is_ascii_hexdigit())
        && (!mixed || digits.bytes().enumerate().all(has_right_case))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_wallet_addresses() {
        // Examples of the specifications (genesis block, BIP 173, BIP 350, EIP-55) and published donation addresses.
        for (text, found) in [
            ("send to 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa!", 1),
            ("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", 1),
            ("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", 1),
            ("0x0000000000000000000000000000000000000001", 1),
            ("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed, 0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359", 2),
            ("0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", 0),
            ("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", 1),
            ("rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh", 1),
            (
                "888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3H",
                1,
            ),
            (
                "888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3J",
                0,
            ),
            ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", 0),
            ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", 0),
            ("123456789012345678901234567890", 0),
        ] {
            assert_eq!(find(text).len(), found, "{text}");
        }
    }
}
