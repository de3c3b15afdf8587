//! What can be a host, and what only looks like one.

use std::borrow::Cow;
use std::collections::HashSet;
use std::net::Ipv4Addr;
use std::sync::LazyLock;

use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;

use crate::text::is_glued;

/// Whether `c` can be in the name of a host as people type it.
pub(in crate::detect) fn is_host_char(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '-' | '.' | '_')
        || (!c.is_ascii() && unicode_normalization::char::is_combining_mark(c))
}

/// Whether `host` after `http://` is one: a name with labels, which may be local, or an address.
pub(in crate::detect) fn is_host(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    let last = host.rsplit('.').next().unwrap_or_default();
    host.len() <= 253 * 4
        && (host.split('.').all(is_label) && (host == last || is_name(host)) || ipv4(host).is_some())
}

/// `host` with what is written as `%65` put back; what is not text then is left alone.
pub(super) fn decoded(host: &str) -> Cow<'_, str> {
    if host.contains('%') {
        percent_decode_str(host).decode_utf8().unwrap_or(host.into())
    } else {
        host.into()
    }
}

/// The address that browsers take `host` for, which may be written as `2130706433`, `0x7f.1` or `0177.0.0.1`.
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
    let fits = first.iter().all(|part| *part < 256) && u64::from(*last) < 1 << shift;
    let high = first.iter().fold(0_u32, |high, part| high << 8 | part);
    fits.then(|| Ipv4Addr::from(u32::try_from(u64::from(high) << shift).unwrap_or(0) | last))
}

/// Whether `host` could be registered: underscores are for what is below a domain only.
fn is_name(host: &str) -> bool {
    let mut labels = host.rsplit('.');
    labels.next().is_some_and(is_top) && labels.next().is_some_and(|domain| !domain.contains('_'))
}

fn is_label(label: &str) -> bool {
    !label.is_empty()
        && label.len() <= 63 * 4
        && !label.starts_with('-')
        && !label.ends_with('-')
        // What is spelled in Punycode is ASCII, and spells something.
        && punycode(label).is_none_or(|spelled| label.is_ascii() && idna::punycode::decode(spelled).is_some())
}

/// What `label` spells in Punycode.
pub(super) fn punycode(label: &str) -> Option<&str> {
    label.get(..4).filter(|mark| mark.eq_ignore_ascii_case("xn--")).map(|_| &label[4..])
}

/// Whether `label` could be a top-level domain, known or not.
fn is_top(label: &str) -> bool {
    let mut letters = label.chars();
    punycode(label).is_some()
        || (letters.clone().nth(1).is_some() && letters.all(|c| !c.is_ascii() || c.is_ascii_alphabetic()))
}

/// Where running text of a script without spaces ends that is glued to the beginning of `name`, which goes on in ASCII.
pub(in crate::detect) fn glue_before(name: &str) -> usize {
    let first = &name[..name.find('.').unwrap_or(name.len())];
    let end = first.rfind(is_glued).map_or(0, |at| first.ceil_char_boundary(at + 1));
    if first[end..].starts_with(|c: char| c.is_ascii_alphanumeric()) { end } else { 0 }
}

/// Glue is looked for behind as many labels, which is more than hosts have.
const MOST_LABELS: usize = 8;

/// Where running text of a script without spaces begins that is glued to the end of `host`.
pub(in crate::detect) fn glue(host: &str) -> usize {
    let glued = host.match_indices('.').take(MOST_LABELS).find_map(|(dot, _)| {
        let top = host[dot + 1..].bytes().take_while(u8::is_ascii_alphabetic).count();
        let end = dot + 1 + top;
        if top == 0 {
            return glue_in(host, dot);
        }
        (top > 1 && host[end..].starts_with(is_glued)).then_some(end)
    });
    glued.unwrap_or(host.len())
}

/// Where running text begins that goes on after the top-level domain, in the same script, that begins after `dot`.
fn glue_in(host: &str, dot: usize) -> Option<usize> {
    let label = &host[dot + 1..];
    let label = &label[..label.find('.').unwrap_or(label.len())];
    let name = host[..dot].bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
    if name < 3 || !label.starts_with(is_glued) || is_known(label) {
        return None;
    }
    let mut ends = label.char_indices().map(|(at, _)| at).take(8).skip(2).collect::<Vec<_>>();
    ends.reverse();
    let end =
        ends.into_iter().find(|end| TOPS.contains(&label[..*end]) && label[*end..].starts_with(is_glued))?;
    Some(dot + 1 + end)
}

/// The top-level domains that exist.
static TOPS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("tlds.txt").lines();
    lines.filter(|line| !line.starts_with('#')).collect()
});

/// Whether `top` is a top-level domain that exists. One that is spelled in Punycode was spelled by a program, which knows.
pub(in crate::detect) fn is_known(top: &str) -> bool {
    if top.is_ascii() {
        return punycode(top).is_some() || TOPS.contains(&*top.to_ascii_lowercase());
    }
    let typed: String = top.nfkc().flat_map(char::to_lowercase).collect();
    TOPS.contains(&*typed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_after_a_scheme() {
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
    fn an_address_of_four_numbers_is_written_in_many_ways() {
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
