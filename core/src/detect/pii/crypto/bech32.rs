//! Verifies Bech32 addresses: Bitcoin and Litecoin (segregated witness), Cardano, Cosmos and others.

/// Returns whether `word` satisfies the checksum of BIP 173 (Bech32) or BIP 350 (Bech32m). Any human-readable part, which is before
/// the last `1` and names the chain, is accepted, because no word satisfies the checksum by accident.
pub(super) fn is_address(word: &str) -> bool {
    const DIGITS: &[u8] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    if word.bytes().any(|b| b.is_ascii_uppercase()) && word.bytes().any(|b| b.is_ascii_lowercase()) {
        return false;
    }
    let word = word.to_ascii_lowercase();
    let Some((chain, data)) = word.rsplit_once('1') else { return false };
    if chain.len() < 2 || data.len() < 30 || !chain.starts_with(|c: char| c.is_ascii_lowercase()) {
        return false;
    }
    // The checksum covers the high bits of the human-readable part, a zero, and its low bits.
    let high = chain.bytes().map(|byte| Some(byte >> 5));
    let low = chain.bytes().map(|byte| Some(byte & 31));
    let value =
        |byte: u8| DIGITS.iter().position(|digit| *digit == byte).and_then(|digit| u8::try_from(digit).ok());
    let all = high.chain([Some(0)]).chain(low).chain(data.bytes().map(value));
    let sum = all.into_iter().try_fold(1, |sum, digit| digit.map(|digit| step(sum, digit)));
    matches!(sum, Some(1 | 0x2bc8_30a3))
}

/// Returns the checksum `sum` updated with five more bits.
fn step(sum: u32, digit: u8) -> u32 {
    const STEPS: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
    let top = sum >> 25;
    let next = (sum & 0x01ff_ffff) << 5 ^ u32::from(digit);
    STEPS.iter().enumerate().filter(|(bit, _)| top >> bit & 1 == 1).fold(next, |sum, (_, step)| sum ^ step)
}
