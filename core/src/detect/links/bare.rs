//! Which names people would click on without `http://`, and which are files, programs or slips of the space bar.

use std::net::Ipv4Addr;

use super::host::{is_host, is_known};
use crate::text::is_glued;

/// Whether `host` without `http://` could be one that people would click on.
pub(super) fn is_bare_host(host: &str) -> bool {
    if !is_host(host) {
        return false;
    }
    if host.parse::<Ipv4Addr>().is_ok() {
        return true;
    }
    let Some((rest, top)) = host.rsplit_once('.') else { return false };
    let name = rest.rsplit('.').next().unwrap_or(rest);
    // The choices of a question are no hosts: `A.公司 B.网络`.
    let choice = top.starts_with(is_glued) && name.len() < 3;
    let blank = host.bytes().all(|byte| matches!(byte, b'x' | b'X' | b'.'));
    is_known(top) && !is_title(top) && !choice && !blank
}

/// Whether `host`, with neither port nor path, is rather something else than a host.
pub(super) fn is_other(host: &str) -> bool {
    let lower = host.to_ascii_lowercase();
    let Some((name, top)) = lower.rsplit_once('.') else { return false };
    let has = |list: &[&str], word: &str| list.contains(&word);
    if name.contains('.') {
        // `libfoo8.3.so`, `setup-1.0-pkg2.run`.
        let version =
            name.rsplit('.').next().is_some_and(|last| last.starts_with(|c: char| c.is_ascii_digit()));
        return version && has(TYPES, top);
    }
    // A list may be numbered, a file may be called like a country, and programs have dots too.
    name.chars().all(char::is_numeric) && name.len() < 3
        || has(TYPES, top)
        || has(WORDS, top)
        || has(MEMBERS, top)
        || has(&["self", "this", "args", "std", "tar", "makefile", "configure"], name)
        || has(NAMES, &lower)
}

/// Domains that are much more often the type of a file than where a site is registered.
const TYPES: &[&str] = &[
    "build",
    "cc",
    "fish",
    "map",
    "md",
    "mk",
    "mm",
    "mov",
    "pm",
    "properties",
    "ps",
    "pub",
    "py",
    "rs",
    "run",
    "sh",
    "so",
    "target",
    "tf",
    "zip",
];

/// Domains that are much more often the next word of a sentence whose space was forgotten.
const WORDS: &[&str] = &["got", "here", "how", "just", "like", "now", "you"];

/// Domains that are much more often a part of something in a program.
const MEMBERS: &[&str] = &["call", "case", "data", "date", "foo", "int", "name", "post", "save"];

/// Programs and shortenings that are written like a host.
const NAMES: &[&str] = &["ado.net", "asp.net", "et.al", "java.io", "java.net", "ml.net", "vb.net"];

/// Whether `top` begins a sentence whose space before was forgotten: `Fine.It`, but not `Example.Com`.
fn is_title(top: &str) -> bool {
    let mut letters = top.chars();
    letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_some_and(char::is_lowercase)
        && !["Com", "Net", "Org"].contains(&top)
}

#[cfg(test)]
mod tests {
    use super::*;

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
            "get.example.sh",
            "twitter.みんな",
            "free-prizes.click",
        ] {
            assert!(is_bare_host(host) && !is_other(host), "{host}");
        }
        for host in [
            "localhost",
            "e.g",
            "v1.2",
            "1.2.3",
            "Node.js",
            "main.rs",
            "README.md",
            "self.id",
            "user.name",
            "you.you",
            "Fine.It",
            "1.in",
            "10.pm",
            "A.公司",
            "foo.123",
            "a.invalid",
            "libfoo8.3.so",
            "setup-1.0-pkg2.run",
            "ASP.NET",
            "xxx.xxx.xxx.xxx",
        ] {
            assert!(!is_bare_host(host) || is_other(host), "{host}");
        }
        assert!(is_bare_host("main.rs"));
    }
}
