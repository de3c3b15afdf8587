//! Classifies links by what makes them suspicious.

use unicode_script::{Script, UnicodeScript};

use super::host;
use super::scan::Link;
use super::shorteners::is_shortener;

/// All kinds, the most suspicious first. A link of several kinds is reported as the first of them that the rule selects.
///
/// - `lookalike`: a host with a mixed-script label, or with a label of another script whose letters are all confusable with Latin
/// - `punycode`: a host with a label `xn--…`
/// - `login`: user information before the host, which may look like another host
/// - `ip`: an IP address in any notation
/// - `shortener`: a link shortener, whose links redirect elsewhere
/// - `disguised`: obfuscated: `hxxp`, `[.]`, `%65`, invisible characters
/// - `contact`: an e-mail address, telephone number or messaging address
/// - `link`: none of these
pub(in crate::detect) const KINDS: &[&str] =
    &["lookalike", "punycode", "login", "ip", "shortener", "disguised", "contact", "link"];

/// Returns the kinds of `link` in `text`, in the order of [`KINDS`]. `disguised` is whether the original text was obfuscated.
pub(super) fn kinds(text: &str, link: &Link, disguised: bool) -> impl Iterator<Item = &'static str> {
    let written = &text[link.host.clone()];
    let host = host::percent_decoded(written);
    let disguised = disguised || written.contains('%');
    let punycode = host.split('.').any(|label| host::punycode(label).is_some());
    let lookalike = (punycode || !host.is_ascii()) && is_lookalike(&host);
    let ip = host.starts_with('[') || host::ipv4(&host).is_some();
    let is_plain = !(lookalike || punycode || link.login || ip || disguised || link.contact);
    let shortener = !ip && !link.contact && is_shortener(&host);
    let are =
        [lookalike, punycode, link.login, ip, shortener, disguised, link.contact, is_plain && !shortener];
    KINDS.iter().zip(are).filter_map(|(kind, is)| is.then_some(*kind))
}

/// Returns whether a label of `host` is mixed-script, or consists of letters that are confusable with Latin ones under a Latin
/// top-level domain.
fn is_lookalike(host: &str) -> bool {
    let decode = |label: &str| match host::punycode(label).and_then(idna::punycode::decode_to_string) {
        Some(decoded) => decoded,
        None => label.to_owned(),
    };
    let has_latin_tld = host
        .trim_end_matches('.')
        .rsplit('.')
        .next()
        .is_some_and(|tld| tld.is_ascii() && host::punycode(tld).is_none());
    host.split('.').map(decode).any(|label| {
        let letters = || label.chars().filter(|c| CONFUSABLE_SCRIPTS.contains(&c.script()));
        let is_mixed_script =
            letters().next().is_some_and(|first| letters().any(|c| c.script() != first.script()));
        let looks_latin =
            has_latin_tld && letters().count() > 1 && letters().all(|c| LATIN_CONFUSABLES.contains(c));
        is_mixed_script || looks_latin
    })
}

/// Scripts with letters that are confusable with those of other scripts in this list.
const CONFUSABLE_SCRIPTS: [Script; 5] =
    [Script::Latin, Script::Greek, Script::Cyrillic, Script::Armenian, Script::Cherokee];

/// Lower case letters of Cyrillic, Greek and Armenian that are confusable with Latin letters.
const LATIN_CONFUSABLES: &str = "аеорсухіјѕһӏԁԛԝѵүгьпкνοιαρυκγցհոսօզյքց";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::links::scan::links;

    #[test]
    fn classifies_links() {
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
}
