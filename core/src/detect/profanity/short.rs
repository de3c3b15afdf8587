//! Short words, of which each profane one is listed: other words that are as short only resemble them.

use super::engine::{Type, listed};
use super::english::{SHORT, holds};

/// Returns whether `word` is one of the severe short words, which people write with a digit at the end, too: `ky5`.
pub(super) fn is_short_and_severe(word: &str) -> bool {
    word.len() <= LONGEST && holds(SHORT, word) && listed(word).is_some_and(|rating| rating.is(Type::SEVERE))
}

/// Returns whether any short word begins with the lower-case letter `first`.
pub(super) fn begins_short(first: u8) -> bool {
    INITIALS >> (first - b'a') & 1 != 0
}

/// The length of the longest short word.
pub(super) const LONGEST: usize = {
    let (mut longest, mut at) = (0, 0);
    while at < SHORT.len() {
        if SHORT[at].len() > longest {
            longest = SHORT[at].len();
        }
        at += 1;
    }
    longest
};

/// The first letters of short words, one bit for each.
const INITIALS: u32 = {
    let (mut initials, mut at) = (0, 0);
    while at < SHORT.len() {
        initials |= 1 << (SHORT[at].as_bytes()[0] - b'a');
        at += 1;
    }
    initials
};
