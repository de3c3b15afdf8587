//! Recognizes host names, top-level domains and IPv4 addresses.

use std::borrow::Cow;
use std::collections::HashSet;
use std::net::Ipv4Addr;
use std::sync::LazyLock;

use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;

use crate::text::{is_alphanumeric, is_glued};

/// Returns whether `c` may occur in a host name as people type it.
pub(in crate::detect) fn is_host_char(c: char) -> bool {
    is_alphanumeric(c)
        || matches!(c, '-' | '.' | '_')
        || (!c.is_ascii() && unicode_normalization::char::is_combining_mark(c))
}

/// Returns whether `host` is valid after `http://`: a host name, which may be local, or an IPv4 address.
pub(in crate::detect) fn is_host(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    let last = host.rsplit('.').next().unwrap_or_default();
    host.len() <= 253 * 4
        && (host.split('.').all(is_label) && (host == last || is_domain(host)) || ipv4(host).is_some())
}

/// Decodes the percent-encoding in `host`. If the result is not UTF-8, `host` is returned unchanged.
pub(super) fn percent_decoded(host: &str) -> Cow<'_, str> {
    if host.contains('%') {
        percent_decode_str(host).decode_utf8().unwrap_or(host.into())
    } else {
        host.into()
    }
}

/// Parses `host` as an IPv4 address as browsers do, which accept `2130706433`, `0x7f.1` and `0177.0.0.1`.
pub(super) fn ipv4(host: &str) -> Option<Ipv4Addr> {
    let part = |part: &str| {
        let (digits, base) = match part.get(..2) {
            Some("0x" | "0X") => (&part[2..], 16),
            Some(_) if part.starts_with('0') => (&part[1..], 8),
            _ => (part, 10),
        };
        if digits.is_empty() && base == 16 { Some(0) } else { u32::from_str_radix(digits, base).ok() }
    };
    if !host.starts_with(|c: char| c.is_ascii_digit()) || host.split('.').count() > 4 {
        return None;
    }
    let parts = host.split('.').map(part).collect::<Option<Vec<_>>>()?;
    let (last, first) = parts.split_last()?;
    let shift = 8 * (4 - u32::try_from(first.len()).ok()?);
    let is_in_range = first.iter().all(|part| *part < 256) && u64::from(*last) < 1 << shift;
    let high = first.iter().fold(0_u32, |high, part| high << 8 | part);
    is_in_range.then(|| Ipv4Addr::from(u32::try_from(u64::from(high) << shift).unwrap_or(0) | last))
}

/// Returns whether `host` may be a registered domain or a subdomain. Underscores are allowed only in subdomains.
fn is_domain(host: &str) -> bool {
    let mut labels = host.rsplit('.');
    labels.next().is_some_and(is_tld_syntax) && labels.next().is_some_and(|domain| !domain.contains('_'))
}

/// Returns whether `label` is a valid label of a host name.
fn is_label(label: &str) -> bool {
    !label.is_empty()
        && label.len() <= 63 * 4
        && !label.starts_with('-')
        && !label.ends_with('-')
        // A Punycode label is ASCII and can be decoded.
        && punycode(label).is_none_or(|spelled| label.is_ascii() && idna::punycode::decode(spelled).is_some())
}

/// Returns the Punycode of `label` without its prefix `xn--`, if it has one.
pub(super) fn punycode(label: &str) -> Option<&str> {
    label.get(..4).filter(|prefix| prefix.eq_ignore_ascii_case("xn--")).map(|_| &label[4..])
}

/// Returns whether `label` has the syntax of a top-level domain, whether or not it exists.
fn is_tld_syntax(label: &str) -> bool {
    let mut letters = label.chars();
    punycode(label).is_some()
        || (letters.clone().nth(1).is_some() && letters.all(|c| !c.is_ascii() || c.is_ascii_alphabetic()))
}

/// Returns the length of the prose in a script without spaces between words that is attached to the start of `name`, which continues
/// in ASCII.
pub(in crate::detect) fn attached_prefix_len(name: &str) -> usize {
    let first = &name[..name.find('.').unwrap_or(name.len())];
    let end = first.rfind(is_glued).map_or(0, |at| first.ceil_char_boundary(at + 1));
    if first[end..].starts_with(|c: char| c.is_ascii_alphanumeric()) { end } else { 0 }
}

/// The number of labels after which attached prose is searched, which is more than hosts have.
const MAX_LABELS: usize = 8;

/// Returns the length of `host` without the prose in a script without spaces between words that is attached to its end.
pub(in crate::detect) fn len_without_suffix(host: &str) -> usize {
    let len = host.match_indices('.').take(MAX_LABELS).find_map(|(dot, _)| {
        let tld_len = host[dot + 1..].bytes().take_while(u8::is_ascii_alphabetic).count();
        let end = dot + 1 + tld_len;
        if tld_len == 0 {
            return tld_end_before_prose(host, dot);
        }
        (tld_len > 1 && host[end..].starts_with(is_glued)).then_some(end)
    });
    len.unwrap_or(host.len())
}

/// Returns the end of the top-level domain after `dot`, if prose in the same script is attached to it.
fn tld_end_before_prose(host: &str, dot: usize) -> Option<usize> {
    let label = &host[dot + 1..];
    let label = &label[..label.find('.').unwrap_or(label.len())];
    let name = host[..dot].bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
    if name < 3 || !label.starts_with(is_glued) || is_known_tld(label) {
        return None;
    }
    let mut ends = label.char_indices().map(|(at, _)| at).take(8).skip(2).collect::<Vec<_>>();
    ends.reverse();
    let end =
        ends.into_iter().find(|end| TLDS.contains(&label[..*end]) && label[*end..].starts_with(is_glued))?;
    Some(dot + 1 + end)
}

/// All existing top-level domains.
static TLDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("tlds.txt").lines();
    lines.filter(|line| !line.starts_with('#')).collect()
});

/// Returns all existing top-level domains.
#[cfg(test)]
pub(super) fn all_tlds() -> impl Iterator<Item = &'static str> {
    TLDS.iter().copied()
}

/// Returns whether `tld` is a top-level domain that exists. One in Punycode is assumed to exist, because programs and not people write it.
pub(in crate::detect) fn is_known_tld(tld: &str) -> bool {
    if tld.is_ascii() {
        return punycode(tld).is_some() || TLDS.contains(&*tld.to_ascii_lowercase());
    }
    let normalized: String = tld.nfkc().flat_map(char::to_lowercase).collect();
    TLDS.contains(&*normalized)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recognizes_hosts_after_a_scheme() {
        for host in [
            "a",
            "localhost",
            "example.invalid",
            "1.2.3.4",
            "a_b.example.com",
            "xn--a.xn--p1ai",
            "ああ.com",
            "a.com.",
        ] {
            assert!(is_host(host), "{host}");
        }
        for host in
            ["", ".", "a..b", "-a.com", "a-.com", "a.x", "a.c_m", "a.com-b", "a_b.com", "1.2.3.400", ".a.com"]
        {
            assert!(!is_host(host), "{host}");
        }
    }

    #[test]
    fn parses_ipv4_addresses_as_browsers_do() {
        for (host, address) in [
            ("127.0.0.1", Some([127, 0, 0, 1])),
            ("2130706433", Some([127, 0, 0, 1])),
            ("0x7f000001", Some([127, 0, 0, 1])),
            ("0x7F.1", Some([127, 0, 0, 1])),
            ("0177.0.0.01", Some([127, 0, 0, 1])),
            ("10.258", Some([10, 0, 1, 2])),
            ("1.2.3.400", None),
            ("1.2.3.4.5", None),
            ("4294967296", None),
            ("089", None),
            ("a.1", None),
            ("", None),
        ] {
            assert_eq!(ipv4(host).map(|address| address.octets()), address, "{host}");
        }
    }
}
