//! Addresses of network cards.

use std::ops::Range;

use super::neighbours::stands_apart;

/// How many characters they have, by how many digits there are between two separators.
const LAYOUTS: [(u8, usize, usize); 3] = [(b':', 2, 6), (b'-', 2, 6), (b'.', 4, 3)];

/// The addresses in `text`. The one that everybody listens to, and that of no card at all, are nobody's.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(offset) = bytes[at..].iter().position(u8::is_ascii_hexdigit) {
        at += offset;
        let range = LAYOUTS.iter().find_map(|layout| address(&bytes[at..], layout)).map(|len| at..at + len);
        if let Some(range) = range.filter(|range| stands_apart(text, range) && !goes_on(bytes, range)) {
            at = range.end;
            found.push(range);
        } else {
            at += bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        }
    }
    found
}

/// How long the address at the start of `text` is.
fn address(text: &[u8], (sign, digits, groups): &(u8, usize, usize)) -> Option<usize> {
    let len = (digits + 1) * groups - 1;
    let text = text.get(..len)?;
    let right = text.chunks(digits + 1).all(|group| {
        let (group, after) = group.split_at(*digits);
        group.iter().all(u8::is_ascii_hexdigit) && after.first().is_none_or(|after| after == sign)
    });
    let mut hex = text.iter().filter(|byte| *byte != sign);
    let first = hex.next()?;
    (right && hex.any(|byte| !byte.eq_ignore_ascii_case(first))).then_some(len)
}

/// Whether more of the same comes after `range`, or came before it: a longer row of bytes.
fn goes_on(bytes: &[u8], range: &Range<usize>) -> bool {
    // A sign of another kind begins something else.
    let own = &bytes[range.clone()];
    let sign = |byte: &u8| matches!(byte, b':' | b'-') && own.contains(byte);
    let hex = |pair: &[u8]| pair.len() == 2 && pair.iter().all(u8::is_ascii_hexdigit);
    let after = bytes[range.end..]
        .split_first()
        .is_some_and(|(first, rest)| sign(first) && rest.get(..2).is_some_and(hex));
    let before = bytes[..range.start].split_last().is_some_and(|(last, rest)| {
        let (rest, pair) = rest.split_at(rest.len().saturating_sub(2));
        sign(last) && hex(pair) && !rest.last().is_some_and(u8::is_ascii_alphanumeric)
    });
    after || before
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_network_cards() {
        for (text, count) in [
            ("00:1A:2b:3C:4D:5E AA-BB-CC-DD-EE-FF aabb.ccdd.eeff", 3),
            ("MAC:00:1A:2b:3C:4D:5E.", 1),
            ("FF:FF:FF:FF:FF:FF ZZ:1A:2b:3C:4D:5E 00:1A:2b:3C:4D 10:2F:33-AC-29-C3", 0),
            ("ab:cd:ef:01:23:45:67:89 x00:1A:2b:3C:4D:5E 00:1A:2b:3C:4D:5Ex", 0),
        ] {
            assert_eq!(find(text).len(), count, "{text:?}");
        }
    }
}
