//! [`Domains`]: the domains of a list.

use std::collections::HashSet;

use idna::punycode;
use serde::de::{self, Deserialize, Deserializer};
use unicode_normalization::UnicodeNormalization;

use super::host;
use crate::text::is_invisible;

/// A set of domains, with and without what is below them.
#[derive(Clone, Debug, Default)]
pub(super) struct Domains {
    exact: HashSet<String>,
    above: HashSet<String>,
}

/// One domain of a list: `example.com` is it and `www.example.com`, `*.example.com` is it and everything below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Domain {
    name: String,
    below: bool,
}

impl Domain {
    /// Reads a domain as written in a list. The error says what is wrong with it.
    pub(super) fn parse(written: &str) -> Result<Self, String> {
        let below = written.trim().strip_prefix("*.");
        let name = below.unwrap_or(written.trim());
        let labels = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        if name.is_empty() || !name.chars().all(labels) || name.split('.').any(str::is_empty) {
            let expected =
                "expected a domain such as `example.com` or `*.example.org`, without scheme or path";
            return Err(format!("`{written}` is not a domain; {expected}"));
        }
        Ok(Self { name: canonical(name), below: below.is_some() })
    }
}

impl FromIterator<Domain> for Domains {
    fn from_iter<I: IntoIterator<Item = Domain>>(domains: I) -> Self {
        let mut all = Self::default();
        for Domain { name, below } in domains {
            if below {
                all.above.insert(name)
            } else {
                all.exact.insert(name)
            };
        }
        all
    }
}

impl Domains {
    /// Whether `host` is one of them.
    pub(super) fn hold(&self, host: &str) -> bool {
        if self.exact.is_empty() && self.above.is_empty() {
            return false;
        }
        let host = canonical(host);
        let bare = host.strip_prefix("www.").unwrap_or(&host);
        let mut ancestors =
            std::iter::successors(Some(&*host), |name| name.split_once('.').map(|(_, above)| above));
        self.exact.contains(&host)
            || self.exact.contains(bare)
            || ancestors.any(|name| self.above.contains(name))
    }
}

/// `host` as the name service would be asked for it, an address as four numbers.
pub(super) fn canonical(host: &str) -> String {
    let host = host::decoded(host.trim_end_matches('.'));
    let host = host.trim_end_matches('.');
    if let Some(address) = host::ipv4(host) {
        return address.to_string();
    }
    if host.is_ascii() {
        return host.to_ascii_lowercase();
    }
    let host: String = host.nfkc().filter(|c| !is_invisible(*c)).collect();
    let label = |label: &str| match punycode::encode_str(label) {
        Some(encoded) if !label.is_ascii() => format!("xn--{encoded}"),
        _ => label.to_owned(),
    };
    host.to_lowercase().split('.').map(label).collect::<Vec<_>>().join(".")
}

impl<'de> Deserialize<'de> for Domain {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_itself_and_a_star_is_all_below() {
        let domains: Domains =
            ["example.com", "*.example.org", "bücher.de"].iter().map(|d| Domain::parse(d).unwrap()).collect();
        for host in [
            "example.com",
            "WWW.Example.com.",
            "example.org",
            "a.b.example.org",
            "xn--bcher-kva.de",
            "BÜCHER.de",
            "%65xample.com",
            "ⓔⓧample.com",
        ] {
            assert!(domains.hold(host), "{host}");
        }
        for host in ["a.example.com", "notexample.org", "example.org.evil.com", "bucher.de", ""] {
            assert!(!domains.hold(host), "{host}");
        }
    }

    #[test]
    fn what_is_no_domain_is_an_error() {
        for written in ["https://example.com", "example.com/a", "", "*.", "a..b", "*.*.com"] {
            assert!(Domain::parse(written).is_err(), "{written}");
        }
    }
}
