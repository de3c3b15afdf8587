//! Decides which names are links without a scheme, rather than file names, code or sentences without a space after the full stop.

use std::net::Ipv4Addr;
use std::ops::Range;

use super::host::{is_host, is_known_tld};
use super::shorteners::is_shortener;
use super::{code, sentences};
use crate::detect::pii::version;
use crate::text::is_glued;

/// Returns whether `host` may be a link without a scheme.
pub(super) fn is_bare_host(host: &str) -> bool {
    if !is_host(host) {
        return false;
    }
    if host.parse::<Ipv4Addr>().is_ok() {
        return true;
    }
    let Some((rest, tld)) = host.rsplit_once('.') else { return false };
    let name = rest.rsplit('.').next().unwrap_or(rest);
    // The options of a question are not hosts: `A.公司 B.网络`.
    let is_option = tld.starts_with(is_glued) && name.len() < 3;
    let is_placeholder = host.bytes().all(|byte| matches!(byte, b'x' | b'X' | b'.'));
    is_known_tld(tld) && !starts_sentence(tld) && !is_option && !is_placeholder
}

/// Returns why `host` is not a link without a scheme; `None` if it may be one, or if nothing suggests that it was meant as one.
pub(super) fn flaw(host: &str) -> Option<String> {
    let (rest, tld) = host.rsplit_once('.')?;
    if is_bare_host(host) {
        return Some(unlikely_reason(host)?.to_owned());
    }
    let has_letters = |part: &str| part.contains(char::is_alphabetic);
    if tld.chars().count() < 2 || !has_letters(tld) || !has_letters(rest) {
        return None;
    }
    if !is_host(host) {
        return Some("it is not a valid name of a host".to_owned());
    }
    if !is_known_tld(tld) {
        return Some(format!("`{tld}` is not a top-level domain"));
    }
    starts_sentence(tld).then(|| format!("`{tld}` is written like the first word of a sentence"))
}

/// Returns what `host` in `text`, without port and path, probably is instead of a host, judged by the name and the text next to it; `None`
/// if it is probably a host.
pub(super) fn doubt(text: &str, host: &Range<usize>) -> Option<&'static str> {
    let (before, name, after) = (&text[..host.start], &text[host.clone()], &text[host.end..]);
    if name.parse::<Ipv4Addr>().is_ok() {
        return version::is_called_version(text, host)
            .then_some("the text around it shows that it is a version");
    }
    if let Some(reason) = unlikely_reason(name) {
        return (!code::is_site(before, name)).then_some(reason);
    }
    let tld = name.rsplit('.').next()?.to_ascii_lowercase();
    match () {
        () if is_number_sign(name, after) => Some("it means \"number\""),
        () if code::is_in_folder(before, &tld) => Some(FILE),
        () if sentences::lacks_space(before, name, after) => Some(SENTENCE),
        () => None,
    }
}

/// Returns what `host`, without port and path, probably is instead of a host; `None` if it is probably a host.
fn unlikely_reason(host: &str) -> Option<&'static str> {
    let lower = host.to_ascii_lowercase();
    let (name, tld) = lower.rsplit_once('.')?;
    let contains = |list: &[&str], word: &str| list.contains(&word);
    if is_abbreviation(name, tld) && !contains(SHORT_HOSTS, &lower) && !is_shortener(&lower) {
        return Some("it is written like an abbreviation");
    }
    if name.contains('.') {
        // `libfoo8.3.so`, `setup-1.0-pkg2.run`.
        let version =
            name.rsplit('.').next().is_some_and(|last| last.starts_with(|c: char| c.is_ascii_digit()));
        return (version && contains(FILE_EXTENSIONS, tld)).then_some(FILE);
    }
    // Numbers of list items, file names and expressions in program code also contain dots.
    let objects = &["self", "this", "args", "std"];
    if name.chars().all(char::is_numeric) && name.len() < 3 {
        Some("it is more often the number of an item of a list")
    } else if contains(FILE_EXTENSIONS, tld)
        || contains(&["tar", "makefile", "configure"], name)
        || code::is_input(name, tld)
    {
        Some(FILE)
    } else if contains(WORDS, tld) {
        Some(SENTENCE)
    } else if contains(MEMBERS, tld) || contains(objects, name) || code::is_member(name, tld) {
        Some("without a scheme or a path, it is more often an expression in program code")
    } else if contains(NAMES, &lower) || code::is_application(host) {
        Some("without a scheme or a path, it is more often the name of a product or an abbreviation")
    } else {
        None
    }
}

/// Why a name with the extension of a file is not a link.
const FILE: &str = "without a scheme or a path, it is more often the name of a file";

/// Why a name whose dot ends a sentence is not a link.
const SENTENCE: &str =
    "without a scheme or a path, it is more often the end of a sentence and the start of the next";

/// Returns whether a host of `name` and `tld` is written like an abbreviation: single letters before a country, as in `m.in.` and `d.m.th.`.
fn is_abbreviation(name: &str, tld: &str) -> bool {
    tld.len() == 2
        && name.len() <= MAX_ABBREVIATION_LEN
        && name.split('.').all(|label| label.chars().count() == 1)
}

/// The maximum length of an abbreviation in bytes, without its last part. Abbreviations are shorter than names of single letters.
const MAX_ABBREVIATION_LEN: usize = 6;

/// Hosts of single letters that people write without a scheme.
const SHORT_HOSTS: &[&str] = &["a.co", "g.co", "m.me", "t.me"];

/// Returns whether `host` and the text `after` it say "number five", as in `tel.no 5` and `best.nr. 5`.
fn is_number_sign(host: &str, after: &str) -> bool {
    let is_sign = |sign: &&str| {
        let name = host.len().checked_sub(sign.len()).and_then(|len| host.split_at_checked(len));
        name.is_some_and(|(name, end)| {
            end.eq_ignore_ascii_case(sign) && name.bytes().all(|b| b.is_ascii_alphabetic())
        })
    };
    let number = after.trim_start_matches(['.', ':', '#', ' ']);
    [".no", ".nr"].iter().any(is_sign)
        && number.len() < after.len()
        && number.starts_with(|c: char| c.is_ascii_digit())
}

/// Top-level domains that are much more often a file extension.
const FILE_EXTENSIONS: &[&str] = &[
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

/// Top-level domains that are much more often the first word of a sentence, after a full stop without a space, or end an abbreviation.
const WORDS: &[&str] = &["got", "here", "how", "just", "like", "now", "nr", "ve", "you"];

/// Top-level domains that are much more often a member in program code.
const MEMBERS: &[&str] = &["call", "case", "data", "date", "foo", "int", "name", "post", "save"];

/// Names of products and abbreviations that look like a host.
const NAMES: &[&str] = &[
    "ado.net", "asp.net", "et.al", "java.io", "java.net", "mia.kr", "mill.kr", "mio.kr", "ml.net", "mrd.kr",
    "pr.kr", "vb.net",
];

/// Returns whether `tld` is written like the first word of a sentence, as in `Fine.It`, but not in `Example.Com`.
fn starts_sentence(tld: &str) -> bool {
    let mut letters = tld.chars();
    letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_some_and(char::is_lowercase)
        && !["Com", "Net", "Org"].contains(&tld)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recognizes_hosts_without_a_scheme() {
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
            "v.gd",
            "m.example.in",
            "x.com",
        ] {
            assert!(is_bare_host(host) && unlikely_reason(host).is_none(), "{host}");
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
            "m.in",
            "d.m.th",
            "p.n.e.in",
            "best.nr",
            "mia.kr",
        ] {
            assert!(!is_bare_host(host) || unlikely_reason(host).is_some(), "{host}");
        }
        assert!(is_bare_host("main.rs"));
    }

    #[test]
    fn a_number_follows_a_sign_for_it() {
        for (host, after) in [("tel.no", " 5"), ("ref.No", ": 12"), ("Best.nr", ". 5"), ("flight.no", ".7")] {
            assert!(is_number_sign(host, after), "{host}{after}");
        }
        for (host, after) in
            [("vg.no", ""), ("vg.no", " is down"), ("a1.no", " 5"), ("example.com", " 5"), ("vg.no", "5")]
        {
            assert!(!is_number_sign(host, after), "{host}{after}");
        }
    }
}
