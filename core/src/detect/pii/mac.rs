//! Finds MAC addresses, in the formats of IEEE 802 (hyphens), of most systems (colons) and of Cisco (stops).

use std::ops::Range;

use super::neighbours::is_delimited;

/// The formats of MAC addresses: separator, digits per group, number of groups.
const FORMATS: [(u8, usize, usize); 3] = [(b':', 2, 6), (b'-', 2, 6), (b'.', 4, 3)];

/// Finds the MAC addresses in `text`. Skips those that repeat one digit, such as the broadcast address and the null address, and rows of
/// numbers.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(offset) = bytes[at..].iter().position(u8::is_ascii_hexdigit) {
        at += offset;
        let range =
            FORMATS.iter().find_map(|format| address_len(&bytes[at..], format)).map(|len| at..at + len);
        if let Some(range) =
            range.filter(|range| is_delimited(text, range) && !is_in_longer_sequence(bytes, range))
        {
            at = range.end;
            found.push(range);
        } else {
            at += bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        }
    }
    found
}

/// Returns the parts of `text` in the format of MAC addresses that are not, each with the reason.
pub(super) fn near_misses(text: &str) -> Vec<(Range<usize>, String)> {
    let bytes = text.as_bytes();
    let (mut near, mut end) = (Vec::new(), 0);
    for at in 0..bytes.len() {
        if at < end || at > 0 && bytes[at - 1].is_ascii_hexdigit() {
            continue;
        }
        let Some(len) = FORMATS.iter().find_map(|format| format_len(&bytes[at..], format)) else { continue };
        let range = at..at + len;
        end = range.end;
        let why = if !is_delimited(text, &range) || is_in_longer_sequence(bytes, &range) {
            "it is part of a longer number or word"
        } else if are_numbers(&bytes[range.clone()]) {
            "it may be a row of numbers: none of its groups has a letter or is larger than 69"
        } else if FORMATS.iter().all(|format| address_len(&bytes[at..], format).is_none()) {
            "it repeats one digit, as the broadcast address does"
        } else {
            continue;
        };
        near.push((range, why.to_owned()));
    }
    near
}

/// Returns the length of the address at the start of `text`, if there is one in the given format.
fn address_len(text: &[u8], format: &(u8, usize, usize)) -> Option<usize> {
    let len = format_len(text, format)?;
    let mut hex = text[..len].iter().filter(|byte| **byte != format.0);
    let first = hex.next()?;
    (hex.any(|byte| !byte.eq_ignore_ascii_case(first)) && !are_numbers(&text[..len])).then_some(len)
}

/// Returns whether all groups are numbers from 1 to 69, as in a row of lottery numbers or sizes. This holds for four in ten thousand
/// addresses.
fn are_numbers(text: &[u8]) -> bool {
    let is_number = |group: &[u8]| {
        group.len() == 2 && group != b"00" && group[0] <= b'6' && group.iter().all(u8::is_ascii_digit)
    };
    text.split(|byte| matches!(byte, b'-' | b':' | b'.')).all(is_number)
}

/// Returns the length of the text in the given format at the start of `text`, whatever its digits.
fn format_len(text: &[u8], (separator, digits, groups): &(u8, usize, usize)) -> Option<usize> {
    let len = (digits + 1) * groups - 1;
    let text = text.get(..len)?;
    let is_valid = text.chunks(digits + 1).all(|group| {
        let (group, after) = group.split_at(*digits);
        group.iter().all(u8::is_ascii_hexdigit) && after.first().is_none_or(|after| after == separator)
    });
    is_valid.then_some(len)
}

/// Returns whether more groups of the same format are next to `range`, so that it is part of a longer sequence of bytes.
fn is_in_longer_sequence(bytes: &[u8], range: &Range<usize>) -> bool {
    // A different separator does not continue the sequence.
    let own = &bytes[range.clone()];
    let is_separator = |byte: &u8| matches!(byte, b':' | b'-') && own.contains(byte);
    let is_hex_pair = |pair: &[u8]| pair.len() == 2 && pair.iter().all(u8::is_ascii_hexdigit);
    let after = bytes[range.end..]
        .split_first()
        .is_some_and(|(first, rest)| is_separator(first) && rest.get(..2).is_some_and(is_hex_pair));
    let before = bytes[..range.start].split_last().is_some_and(|(last, rest)| {
        let (rest, pair) = rest.split_at(rest.len().saturating_sub(2));
        is_separator(last) && is_hex_pair(pair) && !rest.last().is_some_and(u8::is_ascii_alphanumeric)
    });
    after || before
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_mac_addresses() {
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
