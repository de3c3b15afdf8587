//! Addresses of machines, and of networks.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;

/// The addresses in `text`.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let inside = |c: char| c.is_ascii_hexdigit() || matches!(c, ':' | '.');
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(offset) = text[at..].find(inside) {
        let start = at + offset;
        let run = &text[start..];
        let run = &run[..run.find(|c| !inside(c)).unwrap_or(run.len())];
        at = start + run.len();
        // By far most of what is no address is a word.
        if run.len() > 1 && run.contains([':', '.']) {
            found.extend(address(text, start, run));
        }
    }
    found
}

/// The address in `run`, which stands at `start` of `text`.
fn address(text: &str, start: usize, run: &str) -> Option<Range<usize>> {
    let run = run.strip_suffix(['.', ':']).filter(|rest| !rest.ends_with(':')).unwrap_or(run);
    let glued = text[..start].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-'));
    let real = |address: &str| {
        // `add::bad` is an address by its letter, and a name in some language by its looks.
        let telling = address.contains(|c: char| c.is_ascii_digit())
            // `::` alone is any address where one is given, and a sign of many a language elsewhere.
            || address == "::" && text[..start].ends_with(['=', '[']);
        address.parse::<Ipv6Addr>().is_ok() && telling && !is_slice(&text[..start])
    };
    if !glued && real(run) {
        let end = with_zone(text, start + run.len())?;
        return Some(start..with_prefix(text, end, 128));
    }
    // With a port after it, or with what is no address of the newer kind before it.
    let head = run.split(':').next().filter(|head| head.contains('.'));
    let (at, address) = match head {
        Some(head) if !glued => (start, head),
        Some(_) => return None,
        None => run.rsplit_once(':').map(|(_, tail)| (start + run.len() - tail.len(), tail))?,
    };
    let end = at + address.len();
    let alone = address.parse::<Ipv4Addr>().is_ok()
        && !text[end..].starts_with(|c: char| c.is_alphanumeric() || c == '_')
        && !is_version(&text[..at])
        && !is_packaged(&text[end..]);
    alone.then(|| at..with_prefix(text, end, 32))
}

/// The end of the zone after the address that ends at `end`; nothing if a word goes on there.
fn with_zone(text: &str, end: usize) -> Option<usize> {
    if let Some(zone) = text[end..].strip_prefix('%') {
        let len = zone.bytes().take_while(u8::is_ascii_alphanumeric).count();
        return Some(end + if len > 0 { 1 + len } else { 0 });
    }
    (!text[end..].starts_with(|c: char| c.is_alphanumeric() || c == '_')).then_some(end)
}

/// The end of the length of a network, at most `most`, after the address that ends at `end`.
fn with_prefix(text: &str, end: usize, most: u32) -> usize {
    let Some(rest) = text[end..].strip_prefix('/') else { return end };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    match rest[..digits].parse::<u32>() {
        Ok(len) if len <= most && digits <= 3 => end + 1 + digits,
        _ => end,
    }
}

/// Whether `after` makes a version of a package of what stands before it: `-3ubuntu1`, unless it is the end of a range.
fn is_packaged(after: &str) -> bool {
    let Some(rest) = after.strip_prefix(['-', '~']) else { return false };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0 && !rest[digits..].starts_with('.')
}

/// Whether `before` is followed by a place in a list, as in `list[::2]`.
fn is_slice(before: &str) -> bool {
    before
        .strip_suffix('[')
        .is_some_and(|list| list.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ')' | ']')))
}

/// Whether `before` says that the number after it is of a version.
fn is_version(before: &str) -> bool {
    let before = before.trim_end_matches([' ', ':', '=', '"']);
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    ["v", "ver", "version", "release", "build"].iter().any(|version| word.eq_ignore_ascii_case(version))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_machines() {
        for (text, found) in [
            ("192.168.0.1", &["192.168.0.1"][..]),
            ("(10.0.0.1:8080), 10.0.0.2.", &["10.0.0.1", "10.0.0.2"]),
            ("2001:db8::1 ::1 fe80::1%eth0", &["2001:db8::1", "::1", "fe80::1%eth0"]),
            ("::ffff:10.0.0.1", &["::ffff:10.0.0.1"]),
            ("10.0.0.0/8 2001:db8::/32 10.0.0.0/99", &["10.0.0.0/8", "2001:db8::/32", "10.0.0.0"]),
            ("1.2.3 1.2.3.4.5 256.1.1.1 1.2.3.04 v1.2.3.4 version 1.2.3.4 2.6.8.1-3-686", &[]),
            ("10.0.0.1-10.0.0.9 src=:: [::]:80 list[::2] x = :: y", &["10.0.0.1", "::", "::"]),
            ("12:34:56 1:2:3:4 ::: :: std::fmt a::b 2001::db8::1 fe80::1text", &[]),
        ] {
            let ranges = find(text);
            assert_eq!(ranges.into_iter().map(|range| &text[range]).collect::<Vec<_>>(), found, "{text:?}");
        }
    }
}
