//! Addresses of machines, and of networks.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;

use super::neighbours::{begins, ends, stands_apart};
use super::version::is_version;

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
            addresses(text, start, run, &mut found);
        }
    }
    found
}

/// Adds the addresses in `run`, which stands at `start` of `text`, to `found`.
fn addresses(text: &str, start: usize, run: &str, found: &mut Vec<Range<usize>>) {
    if let Some(range) = newer(text, start, run) {
        found.push(range);
        return;
    }
    // One of the older kind may have a port after it, and anything with a colon before it.
    let mut at = start;
    for piece in run.split(':') {
        let inner = piece.trim_start_matches('.');
        let from = at + piece.len() - inner.len();
        let range = from..from + inner.trim_end_matches('.').len();
        at += piece.len() + 1;
        if text[range.clone()].parse::<Ipv4Addr>().is_ok()
            && stands_apart(text, &range)
            && !is_in_name(text, range.start)
            && !is_version(text, &range)
        {
            found.push(range.start..with_prefix(text, range.end, 32));
        }
    }
}

/// The address of the newer kind in `run`, which stands at `start` of `text`.
fn newer(text: &str, start: usize, run: &str) -> Option<Range<usize>> {
    if run.matches(':').count() < 2 {
        return None;
    }
    let inner = run.trim_start_matches('.');
    let inner = inner.strip_prefix(':').filter(|rest| !rest.starts_with(':')).unwrap_or(inner);
    let start = start + run.len() - inner.len();
    let inner = inner.trim_end_matches('.');
    let inner = inner.strip_suffix(':').filter(|rest| !rest.ends_with(':')).unwrap_or(inner);
    // Rows of bytes are written so as well.
    let bytes = inner.split(':').all(|group| group.len() == 2);
    let without_port = inner.rsplit_once(':').map(|(address, _)| address).filter(|_| !bytes);
    let address =
        [Some(inner), without_port].into_iter().flatten().find(|address| is_newer(text, start, address))?;
    let range = start..start + address.len();
    let glued = |c: char| matches!(c, '_' | '-');
    // Names of programs are as short, and have the same signs in them.
    let short =
        address.split(':').filter(|group| !group.is_empty()).count() <= 2 && !address.starts_with("fe80");
    let joined = short && is_in_word(text, range.start);
    let end = with_zone(text, range.end);
    let apart = begins(text, &range)
        && !joined
        && (end > range.end || address.len() < inner.len() || ends(text, &range));
    let word = text[end..]
        .strip_prefix(glued)
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()));
    (apart && !(short && word)).then(|| start..with_prefix(text, end, 128))
}

/// Whether `address`, which stands at `start` of `text`, is one of the newer kind.
fn is_newer(text: &str, start: usize, address: &str) -> bool {
    // `add::bad` is an address by its letter, and a name in some language by its looks.
    let telling = address.contains(|c: char| c.is_ascii_digit())
        // `::` alone is any address where one is given, and a sign of many a language elsewhere.
        || address == "::" && text[..start].ends_with(['=', '[']);
    telling && address.parse::<Ipv6Addr>().is_ok() && !is_slice(&text[..start])
}

/// Whether what stands at `start` of `text` is a part of a name by the sign before it: `mod_a1::b2`.
fn is_in_word(text: &str, start: usize) -> bool {
    let before = text[..start].strip_suffix(['_', '-']);
    before.is_some_and(|before| before.ends_with(|c: char| c.is_alphanumeric()))
}

/// Whether what stands at `start` of `text` is a part of a name by the stop before it: `lib.1.2.3.4`.
fn is_in_name(text: &str, start: usize) -> bool {
    let before = text[..start].strip_suffix('.');
    before.is_some_and(|before| before.ends_with(|c: char| c.is_ascii_alphabetic()))
}

/// The end of the zone after the address that ends at `end`.
fn with_zone(text: &str, end: usize) -> usize {
    let Some(zone) = text[end..].strip_prefix('%') else { return end };
    let len = zone.bytes().take_while(u8::is_ascii_alphanumeric).count();
    end + if len > 0 { 1 + len } else { 0 }
}

/// The end of the length of a network, at most `most`, after the address that ends at `end`.
fn with_prefix(text: &str, end: usize, most: u32) -> usize {
    let Some(rest) = text[end..].strip_prefix('/') else { return end };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    match rest[..digits].parse::<u32>() {
        Ok(len) if len <= most && digits <= 3 && !rest[digits..].starts_with('.') => end + 1 + digits,
        _ => end,
    }
}

/// Whether `before` is followed by a place in a list, as in `list[::2]`.
fn is_slice(before: &str) -> bool {
    before
        .strip_suffix('[')
        .is_some_and(|list| list.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ')' | ']')))
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
            ("10.0.0.1-10.0.0.9 src=:: [::]:80 list[::2] x = :: y", &["10.0.0.1", "10.0.0.9", "::", "::"]),
            (
                "—192.168.10.45— at 192.168.10.45... ..192.168.10.46",
                &["192.168.10.45", "192.168.10.45", "192.168.10.46"],
            ),
            (
                "IP地址203.0.113.9的 アドレスは203.0.113.9です 주소는203.0.113.9입니다 ที่203.0.113.9ครับ",
                &["203.0.113.9"; 4],
            ),
            ("地址2001:db8::1的 주소는2001:db8::1입니다", &["2001:db8::1"; 2]),
            (
                "10.0.0.1,10.0.0.2/10.0.0.3:10.0.0.4_10.0.0.5",
                &["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5"],
            ),
            ("2001:db8:0:0:0:0:0:1:8080 2001:db8::1:65535", &["2001:db8:0:0:0:0:0:1", "2001:db8::1"]),
            ("ip:2001:db8::1, ip=10.0.0.1;host_10.0.0.2", &["2001:db8::1", "10.0.0.1", "10.0.0.2"]),
            ("server—192.168.10.45—is down", &["192.168.10.45"]),
            ("mod_a1::b2 a1::b2_c ab:cd:ef:01:23:45:67:89:ab:cd x.1.2.3.4", &[]),
            ("12:34:56 1:2:3:4 ::: :: std::fmt a::b 2001::db8::1 fe80::1text", &[]),
        ] {
            let ranges = find(text);
            assert_eq!(ranges.into_iter().map(|range| &text[range]).collect::<Vec<_>>(), found, "{text:?}");
        }
    }
}
