//! Finds IPv4 and IPv6 addresses (RFC 4291, section 2.2) and networks (RFC 4632).

use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;

use super::neighbours::{is_delimited, is_delimited_after, is_delimited_before};
use super::version::is_version;

/// Finds the addresses in `text`.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let is_address_char = |c: char| c.is_ascii_hexdigit() || matches!(c, ':' | '.');
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(offset) = text[at..].find(is_address_char) {
        let start = at + offset;
        let run = &text[start..];
        let run = &run[..run.find(|c| !is_address_char(c)).unwrap_or(run.len())];
        at = start + run.len();
        // This skips most words without parsing them.
        if run.len() > 1 && run.contains([':', '.']) {
            find_in_run(text, start, run, &mut found);
        }
    }
    found
}

/// Returns the parts of `text` with four numbers between stops that are not addresses, each with the reason.
pub(super) fn near_misses(text: &str) -> Vec<(Range<usize>, String)> {
    let is_part = |c: char| c.is_ascii_digit() || c == '.';
    let (mut near, mut at) = (Vec::new(), 0);
    while let Some(offset) = text[at..].find(|c: char| c.is_ascii_digit()) {
        let start = at + offset;
        let run = &text[start..];
        let run = run[..run.find(|c| !is_part(c)).unwrap_or(run.len())].trim_end_matches('.');
        at = start + run.len();
        let range = start..at;
        let parts: Vec<_> = run.split('.').map(|part| part.parse::<u32>().ok()).collect();
        if parts.len() != 4 || parts.contains(&None) || !is_delimited(text, &range) {
            continue;
        }
        if parts.iter().flatten().any(|part| *part > 255) {
            near.push((range, "it has a part above 255".to_owned()));
        } else if is_version(text, &range) {
            near.push((range, "the text around it shows that it is a version or section number".to_owned()));
        }
    }
    near
}

/// Adds the addresses in `run`, which starts at `start` in `text`, to `found`.
fn find_in_run(text: &str, start: usize, run: &str, found: &mut Vec<Range<usize>>) {
    if let Some(range) = ipv6(text, start, run) {
        found.push(range);
        return;
    }
    // An IPv4 address may be followed by a port and preceded by anything that ends in a colon.
    let mut at = start;
    for piece in run.split(':') {
        let inner = piece.trim_start_matches('.');
        let from = at + piece.len() - inner.len();
        let range = from..from + inner.trim_end_matches('.').len();
        at += piece.len() + 1;
        if text[range.clone()].parse::<Ipv4Addr>().is_ok()
            && is_delimited(text, &range)
            && !is_after_dotted_word(text, range.start)
            && !is_version(text, &range)
        {
            found.push(range.start..with_prefix_length(text, range.end, 32));
        }
    }
}

/// Returns the IPv6 address in `run`, which starts at `start` in `text`.
fn ipv6(text: &str, start: usize, run: &str) -> Option<Range<usize>> {
    if run.matches(':').count() < 2 {
        return None;
    }
    let inner = run.trim_start_matches('.');
    let inner = inner.strip_prefix(':').filter(|rest| !rest.starts_with(':')).unwrap_or(inner);
    let start = start + run.len() - inner.len();
    let inner = inner.trim_end_matches('.');
    let inner = inner.strip_suffix(':').filter(|rest| !rest.ends_with(':')).unwrap_or(inner);
    // Groups of two digits may be a sequence of bytes, in which the last group is not a port.
    let is_bytes = inner.split(':').all(|group| group.len() == 2);
    let without_port = inner.rsplit_once(':').map(|(address, _)| address).filter(|_| !is_bytes);
    // The port may also be read as the last group of the address, which is why RFC 5952 (section 6) recommends brackets.
    let has_port = inner.rsplit_once(':').is_some_and(|(_, port)| PORTS.contains(&port));
    let readings = if has_port { [without_port, Some(inner)] } else { [Some(inner), without_port] };
    let address = readings.into_iter().flatten().find(|address| is_ipv6(text, start, address))?;
    let range = start..start + address.len();
    let is_joiner = |c: char| matches!(c, '_' | '-');
    // Short addresses look like paths in program code, such as `a1::b2_c`.
    let short =
        address.split(':').filter(|group| !group.is_empty()).count() <= 2 && !address.starts_with("fe80");
    let joined = short && is_after_joined_word(text, range.start);
    let end = with_zone(text, range.end);
    let delimited = is_delimited_before(text, &range)
        && !joined
        && (end > range.end || address.len() < inner.len() || is_delimited_after(text, &range));
    let word_follows = text[end..]
        .strip_prefix(is_joiner)
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()));
    (delimited && !(short && word_follows)).then(|| start..with_prefix_length(text, end, 128))
}

/// Ports that servers usually listen on (IANA, Service Name and Transport Protocol Port Number Registry, and what people run).
const PORTS: &[&str] = &[
    "22", "25", "53", "80", "110", "123", "143", "161", "389", "443", "465", "587", "636", "853", "993",
    "995", "1080", "1194", "1433", "1521", "1883", "3000", "3128", "3306", "3389", "3478", "4443", "5000",
    "5060", "5061", "5222", "5353", "5432", "5672", "5900", "5984", "6379", "6443", "6667", "6697", "8000",
    "8008", "8080", "8081", "8088", "8443", "8883", "8888", "9000", "9042", "9090", "9092", "9100", "9200",
    "9418", "9443",
];

/// Returns whether `address`, which starts at `start` in `text`, is an IPv6 address.
fn is_ipv6(text: &str, start: usize, address: &str) -> bool {
    // `add::bad` is a valid address, but more likely a path in program code.
    let is_unambiguous = address.contains(|c: char| c.is_ascii_digit())
        // `::` alone is an address only if the rest of the text suggests one; elsewhere it is an operator of a programming language.
        || address == "::" && text[..start].ends_with(['=', '[']);
    is_unambiguous && address.parse::<Ipv6Addr>().is_ok() && !is_slice(&text[..start])
}

/// Returns whether `start` in `text` continues a word after an underscore or hyphen, as in `mod_a1::b2`.
fn is_after_joined_word(text: &str, start: usize) -> bool {
    let before = text[..start].strip_suffix(['_', '-']);
    before.is_some_and(|before| before.ends_with(|c: char| c.is_alphanumeric()))
}

/// Returns whether `start` in `text` continues a word after a dot, as in `lib.1.2.3.4`.
fn is_after_dotted_word(text: &str, start: usize) -> bool {
    let before = text[..start].strip_suffix('.');
    before.is_some_and(|before| before.ends_with(|c: char| c.is_ascii_alphabetic()))
}

/// Returns the end of the zone identifier after the address that ends at `end`, or `end` if there is none.
fn with_zone(text: &str, end: usize) -> usize {
    let Some(zone) = text[end..].strip_prefix('%') else { return end };
    let len = zone.bytes().take_while(u8::is_ascii_alphanumeric).count();
    end + if len > 0 { 1 + len } else { 0 }
}

/// Returns the end of the CIDR prefix length, at most `max`, after the address that ends at `end`, or `end` if there is none.
fn with_prefix_length(text: &str, end: usize, max: u32) -> usize {
    let Some(rest) = text[end..].strip_prefix('/') else { return end };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let goes_on = |rest: &str| {
        rest.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    match rest[..digits].parse::<u32>() {
        Ok(len) if len <= max && digits <= 3 && !goes_on(&rest[digits..]) => end + 1 + digits,
        _ => end,
    }
}

/// Returns whether `before` ends in the opening bracket of a slice or index, as in `list[::2]`.
fn is_slice(before: &str) -> bool {
    before
        .strip_suffix('[')
        .is_some_and(|list| list.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | ')' | ']')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_ip_addresses() {
        for (text, found) in [
            ("192.168.0.1", &["192.168.0.1"][..]),
            ("(10.0.0.1:8080), 10.0.0.2.", &["10.0.0.1", "10.0.0.2"]),
            ("2001:db8::1 ::1 fe80::1%eth0", &["2001:db8::1", "::1", "fe80::1%eth0"]),
            ("::ffff:10.0.0.1", &["::ffff:10.0.0.1"]),
            ("10.0.0.0/8 2001:db8::/32 10.0.0.0/99", &["10.0.0.0/8", "2001:db8::/32", "10.0.0.0"]),
            ("it is 10.0.0.0/24. Or 10.0.0.1/24.5", &["10.0.0.0/24", "10.0.0.1"]),
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
            (
                "2001:db8::1:8080 [2001:db8::1]:8080 fe80::1%eth0:8080 ::1:443 2001:db8::53:53,",
                &["2001:db8::1", "2001:db8::1", "fe80::1%eth0", "::1", "2001:db8::53"],
            ),
            (
                "2001:db8::8a2e:370:7334 2001:db8::443 2001:db8::80",
                &["2001:db8::8a2e:370:7334", "2001:db8::443", "2001:db8::80"],
            ),
            ("1:2:3:4:5:6:7:8080 ::ffff:10.0.0.1:8080", &["1:2:3:4:5:6:7:8080", "::ffff:10.0.0.1"]),
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
