//! What a link is beside a link: what makes a careful reader stop.

use std::collections::HashSet;
use std::sync::LazyLock;

use unicode_script::{Script, UnicodeScript};

use super::domains::canonical;
use super::host;
use super::scan::Link;

/// Every kind, the most suspicious first. A link that is several is reported as the first of them that is asked for:
///
/// - `lookalike`: letters of several scripts in one word of the host, or foreign ones that all look Latin
/// - `punycode`: a host that is spelled `xn--…`
/// - `login`: a name before the host, which may look like another host
/// - `ip`: an address of numbers, however they are written
/// - `shortener`: a site whose links lead elsewhere
/// - `disguised`: written so that a program would not take it for what it is: `hxxp`, `[.]`, `%65`, signs that nobody sees
/// - `contact`: for writing to somebody or calling them
/// - `link`: none of these
pub(in crate::detect) const KINDS: &[&str] =
    &["lookalike", "punycode", "login", "ip", "shortener", "disguised", "contact", "link"];

/// The kinds of `link` in `text`, in the order of [`KINDS`]; `disguised` when it was written otherwise.
pub(super) fn kinds(text: &str, link: &Link, disguised: bool) -> impl Iterator<Item = &'static str> {
    let written = &text[link.host.clone()];
    let host = host::decoded(written);
    let disguised = disguised || written.contains('%');
    let punycode = host.split('.').any(|label| host::punycode(label).is_some());
    let lookalike = (punycode || !host.is_ascii()) && is_lookalike(&host);
    let ip = host.starts_with('[') || host::ipv4(&host).is_some();
    let plain = !(lookalike || punycode || link.login || ip || disguised || link.contact);
    let shortener = !ip && !link.contact && is_shortener(&host);
    let are = [lookalike, punycode, link.login, ip, shortener, disguised, link.contact, plain && !shortener];
    KINDS.iter().zip(are).filter_map(|(kind, is)| is.then_some(*kind))
}

/// Whether a label of `host` passes for one in other letters: it mixes scripts that look alike, or all its letters are those of another
/// script that look Latin, below a domain in Latin letters.
fn is_lookalike(host: &str) -> bool {
    let spelled = |label: &str| match host::punycode(label).and_then(idna::punycode::decode_to_string) {
        Some(spelled) => spelled,
        None => label.to_owned(),
    };
    let latin_top = host
        .trim_end_matches('.')
        .rsplit('.')
        .next()
        .is_some_and(|top| top.is_ascii() && host::punycode(top).is_none());
    host.split('.').map(spelled).any(|label| {
        let letters = || label.chars().filter(|c| ALIKE.contains(&c.script()));
        let mixed = letters().next().is_some_and(|first| letters().any(|c| c.script() != first.script()));
        let foreign = latin_top && letters().count() > 1 && letters().all(|c| LATIN_LIKE.contains(c));
        mixed || foreign
    })
}

/// Scripts whose letters pass for each other's.
const ALIKE: [Script; 5] =
    [Script::Latin, Script::Greek, Script::Cyrillic, Script::Armenian, Script::Cherokee];

/// Small letters of Cyrillic, Greek and Armenian that pass for Latin ones.
const LATIN_LIKE: &str = "аеорсухіјѕһӏԁԛԝѵүгьпкνοιαρυκγցհոսօզյքց";

/// Whether nobody can see where a link to `host` leads.
fn is_shortener(host: &str) -> bool {
    static SHORTENERS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        let lines = include_str!("shorteners.txt").lines();
        lines.filter(|line| !line.starts_with('#')).collect()
    });
    let host = canonical(host);
    SHORTENERS.contains(host.strip_prefix("www.").unwrap_or(&host))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::links::scan::links;

    #[test]
    fn links_are_of_kinds() {
        for (text, expected) in [
            ("https://pаypal.com/x", &["lookalike"][..]),
            ("https://раурау.com", &["lookalike"]),
            ("http://xn--pypal-4ve.com", &["lookalike", "punycode"]),
            ("http://xn--bcher-kva.de", &["punycode"]),
            ("bücher.de", &["link"]),
            ("http://почта.рф", &["link"]),
            ("http://москва.com", &["link"]),
            ("https://example.com@evil.test", &["login"]),
            ("https://example.com\\@evil.test/x", &["login"]),
            ("http://2130706433/ ", &["ip"]),
            ("http://0x7f.1/", &["ip"]),
            ("http://0177.0.0.1", &["ip"]),
            ("http://[::1]:80/", &["ip"]),
            ("10.0.0.1:8080/x", &["ip"]),
            ("https://bob@bit.ly/x", &["login", "shortener"]),
            ("www.TinyURL.com/abc", &["shortener"]),
            ("mailto:bob@example.com", &["contact"]),
            ("tel:+15550123", &["contact"]),
            ("https://%65xample.com", &["disguised"]),
            ("https://example.com", &["link"]),
        ] {
            let links = links(text);
            assert_eq!(links.len(), 1, "{text}");
            assert_eq!(kinds(text, &links[0], false).collect::<Vec<_>>(), expected, "{text}");
        }
    }

    #[test]
    fn shorteners_are_domains_in_order() {
        let lines = include_str!("shorteners.txt").lines().filter(|line| !line.starts_with('#'));
        let lines: Vec<_> = lines.collect();
        assert!(lines.is_sorted() && lines.iter().all(|line| canonical(line) == *line && line.contains('.')));
    }
}
