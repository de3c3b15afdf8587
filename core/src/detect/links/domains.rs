//! [`Domains`]: a set of domains in the settings.

use std::collections::HashSet;

use idna::punycode;
use unicode_normalization::UnicodeNormalization;

use super::host;
use crate::detect::Problem;
use crate::text::is_invisible;

/// A set of domains, with or without their subdomains.
#[derive(Clone, Debug, Default)]
pub(super) struct Domains {
    exact: HashSet<String>,
    /// Domains that also match all of their subdomains.
    with_subdomains: HashSet<String>,
}

/// A domain in a list. `example.com` matches itself and `www.example.com`; `*.example.com` matches itself and all subdomains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Domain {
    name: String,
    subdomains: bool,
}

impl Domain {
    /// Parses a domain as written in a list.
    ///
    /// # Errors
    /// If it is not a domain; the error says what was expected.
    pub(super) fn parse(written: &str) -> Result<Self, String> {
        let parent = written.trim().strip_prefix("*.");
        let name = parent.unwrap_or(written.trim());
        let is_allowed = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        if name.is_empty() || !name.chars().all(is_allowed) || name.split('.').any(str::is_empty) {
            let expected =
                "expected a domain such as `example.com` or `*.example.org`, without scheme or path";
            return Err(format!("`{written}` is not a domain; {expected}"));
        }
        Ok(Self { name: canonical(name), subdomains: parent.is_some() })
    }
}

/// What is wrong with `written` as a domain, if anything is.
pub(crate) fn check_domain(written: &str) -> Result<(), Problem> {
    Domain::parse(written).map(|_| ()).map_err(Problem::new)
}

impl FromIterator<Domain> for Domains {
    fn from_iter<I: IntoIterator<Item = Domain>>(domains: I) -> Self {
        let mut all = Self::default();
        for Domain { name, subdomains } in domains {
            if subdomains {
                all.with_subdomains.insert(name)
            } else {
                all.exact.insert(name)
            };
        }
        all
    }
}

impl Domains {
    /// Returns the domains `written` in a rules file.
    ///
    /// # Errors
    /// When one of them is no domain.
    pub(super) fn parse(written: &[String]) -> Result<Self, Problem> {
        written.iter().map(|domain| Domain::parse(domain).map_err(Problem::new)).collect()
    }

    /// Returns whether `host` matches one of the domains.
    pub(super) fn contains(&self, host: &str) -> bool {
        if self.exact.is_empty() && self.with_subdomains.is_empty() {
            return false;
        }
        let host = canonical(host);
        let without_www = host.strip_prefix("www.").unwrap_or(&host);
        let mut ancestors =
            std::iter::successors(Some(&*host), |name| name.split_once('.').map(|(_, parent)| parent));
        self.exact.contains(&host)
            || self.exact.contains(without_www)
            || ancestors.any(|name| self.with_subdomains.contains(name))
    }
}

/// Returns `host` in canonical form: as in a DNS query, or as an IPv4 address in dotted decimal notation.
pub(super) fn canonical(host: &str) -> String {
    let host = host::percent_decoded(host.trim_end_matches('.'));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_matches_all_subdomains() {
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
            assert!(domains.contains(host), "{host}");
        }
        for host in ["a.example.com", "notexample.org", "example.org.evil.com", "bucher.de", ""] {
            assert!(!domains.contains(host), "{host}");
        }
    }

    #[test]
    fn rejects_invalid_domains() {
        for written in ["https://example.com", "example.com/a", "", "*.", "a..b", "*.*.com"] {
            assert!(Domain::parse(written).is_err(), "{written}");
        }
    }
}
