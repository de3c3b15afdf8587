//! What can be a host, and what only looks like one.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::detect::typed::is_unspaced;

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
    host.len() <= 253
        && host.split('.').all(is_label)
        && (host == last || is_name(host) || host.parse::<std::net::Ipv4Addr>().is_ok())
}

/// Whether `host` could be registered: underscores are for what is below a domain only.
fn is_name(host: &str) -> bool {
    let mut labels = host.rsplit('.');
    labels.next().is_some_and(is_top) && labels.next().is_some_and(|domain| !domain.contains('_'))
}

/// Whether `host` without `http://` is one that people would click on.
pub(super) fn is_bare_host(host: &str, alone: bool) -> bool {
    if !is_host(host) {
        return false;
    }
    if host.parse::<std::net::Ipv4Addr>().is_ok() {
        return true;
    }
    let Some((rest, top)) = host.rsplit_once('.') else { return false };
    let first_and_only = (!rest.contains('.')).then_some(rest);
    is_known(top)
        && !is_title(top)
        && !first_and_only.is_some_and(|name| {
            // A list may be numbered, a file may be called like a country, and programs have dots too.
            alone
                && (name.chars().all(char::is_numeric) && name.len() < 3
                    || is_other_ending(top)
                    || ["self", "this"].contains(&name))
        })
}

fn is_label(label: &str) -> bool {
    !label.is_empty() && label.len() <= 63 * 4 && !label.starts_with('-') && !label.ends_with('-')
}

/// Whether `label` could be a top-level domain, known or not.
fn is_top(label: &str) -> bool {
    let mut letters = label.chars();
    (label.is_char_boundary(4) && label[..4].eq_ignore_ascii_case("xn--"))
        || (letters.clone().nth(1).is_some() && letters.all(|c| !c.is_ascii() || c.is_ascii_alphabetic()))
}

/// Where running text of a script without spaces ends that is glued to the beginning of `name`, which goes on in ASCII.
pub(in crate::detect) fn glue_before(name: &str) -> usize {
    let first = &name[..name.find('.').unwrap_or(name.len())];
    let end = first.rfind(is_unspaced).map_or(0, |at| first.ceil_char_boundary(at + 1));
    if first[end..].starts_with(|c: char| c.is_ascii_alphanumeric()) { end } else { 0 }
}

/// Where running text of a script without spaces begins that is glued to the end of `host`.
pub(in crate::detect) fn glue(host: &str) -> usize {
    let glued = host.match_indices('.').find_map(|(dot, _)| {
        let top = host[dot + 1..].bytes().take_while(u8::is_ascii_alphabetic).count();
        let end = dot + 1 + top;
        (top > 1 && host[end..].starts_with(is_unspaced)).then_some(end)
    });
    glued.unwrap_or(host.len())
}

/// The top-level domains that exist.
static TOPS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("tlds.txt").lines();
    lines.filter(|line| !line.starts_with('#')).collect()
});

/// Whether `top` is a top-level domain that exists. One that is spelled in Punycode was spelled by a program, which knows.
pub(in crate::detect) fn is_known(top: &str) -> bool {
    let lower = top.to_lowercase();
    lower.starts_with("xn--") || TOPS.contains(&*lower)
}

/// Whether `top` begins a sentence whose space before was forgotten: `Fine.It`, but not `Example.Com`.
fn is_title(top: &str) -> bool {
    let mut letters = top.chars();
    letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_some_and(char::is_lowercase)
        && !["Com", "Net", "Org"].contains(&top)
}

/// Whether `top` after one word is much more often the type of a file, or the next word, than where a site is registered.
fn is_other_ending(top: &str) -> bool {
    const TYPES: &[&str] = &[
        "build",
        "cc",
        "fish",
        "map",
        "md",
        "mk",
        "mov",
        "properties",
        "ps",
        "pub",
        "py",
        "rs",
        "run",
        "sh",
        "so",
        "target",
        "zip",
    ];
    const WORDS: &[&str] = &["got", "here", "how", "just", "like", "now", "you"];
    TYPES.iter().chain(WORDS).any(|ending| top.eq_ignore_ascii_case(ending))
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
    fn hosts_without_a_scheme() {
        for host in [
            "example.com",
            "a.co.uk",
            "t.me",
            "EXAMPLE.COM",
            "Example.Com",
            "пример.рф",
            "bücher.de",
            "4.4.4.4",
            "docs.rs.example.rs",
        ] {
            assert!(is_bare_host(host, true), "{host}");
        }
        for host in [
            "localhost",
            "e.g",
            "v1.2",
            "1.2.3",
            "Node.js",
            "main.rs",
            "self.id",
            "you.you",
            "Fine.It",
            "1.in",
            "foo.123",
            "a.invalid",
        ] {
            assert!(!is_bare_host(host, true), "{host}");
        }
        assert!(is_bare_host("main.rs", false));
    }
}
