//! [`Domains`]: a set of domains and paths in the settings.

use std::collections::HashSet;

use idna::punycode;
use unicode_normalization::UnicodeNormalization;

use super::host;
use crate::detect::Problem;
use crate::text::is_invisible;

/// A set of domains, with or without their subdomains, and of paths below them.
#[derive(Clone, Debug, Default)]
pub(in crate::detect) struct Domains {
    exact: HashSet<String>,
    /// Domains that also match all of their subdomains.
    with_subdomains: HashSet<String>,
    /// Domains of which only links with some paths match.
    with_paths: Vec<Domain>,
}

/// A domain in a list. `example.com` matches itself and `www.example.com`; `*.example.com` matches itself and all its subdomains;
/// `example.com/ours` matches only that path and everything below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Domain {
    name: String,
    subdomains: bool,
    /// The path, in canonical form; empty if any path matches.
    path: String,
}

impl Domain {
    /// Parses a domain as written in a list.
    ///
    /// # Errors
    /// If it is not a domain; the error says what was expected.
    pub(super) fn parse(written: &str) -> Result<Self, String> {
        let parent = written.trim().strip_prefix("*.");
        let name = parent.unwrap_or(written.trim());
        let (name, path) = name.split_at(name.find('/').unwrap_or(name.len()));
        let is_allowed = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        let is_path = !path.contains(['?', '#']) && !path.contains(char::is_whitespace);
        if name.is_empty() || !name.chars().all(is_allowed) || name.split('.').any(str::is_empty) || !is_path
        {
            let expected = "expected a domain such as `example.com` or `*.example.org`, or a path such as `example.com/ours`, without \
                            scheme";
            return Err(format!("`{written}` is not a domain; {expected}"));
        }
        Ok(Self { name: canonical(name), subdomains: parent.is_some(), path: canonical_path(path) })
    }

    /// Returns whether a link to `path`, in canonical form, of `host` matches.
    fn matches(&self, host: &str, path: &str) -> bool {
        let is_host = if self.subdomains {
            host.strip_suffix(&*self.name).is_some_and(|before| before.is_empty() || before.ends_with('.'))
        } else {
            host == self.name || host.strip_prefix("www.") == Some(&self.name)
        };
        is_host && path.strip_prefix(&*self.path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// Returns an error that says what is wrong with `written` as a domain.
pub(crate) fn check_domain(written: &str) -> Result<(), Problem> {
    Domain::parse(written).map(|_| ()).map_err(Problem::new)
}

impl FromIterator<Domain> for Domains {
    fn from_iter<I: IntoIterator<Item = Domain>>(domains: I) -> Self {
        let mut all = Self::default();
        for domain in domains {
            match domain {
                Domain { ref path, .. } if !path.is_empty() => all.with_paths.push(domain),
                Domain { name, subdomains: true, .. } => {
                    all.with_subdomains.insert(name);
                }
                Domain { name, .. } => {
                    all.exact.insert(name);
                }
            }
        }
        all
    }
}

impl Domains {
    /// Returns the domains `written` in a rules file.
    ///
    /// # Errors
    /// If one of them is not a domain.
    pub(in crate::detect) fn parse(written: &[String]) -> Result<Self, Problem> {
        written.iter().map(|domain| Domain::parse(domain).map_err(Problem::new)).collect()
    }

    /// Returns whether a link to `path` of `host` matches one of the domains.
    pub(in crate::detect) fn contains(&self, host: &str, path: &str) -> bool {
        if self.exact.is_empty() && self.with_subdomains.is_empty() && self.with_paths.is_empty() {
            return false;
        }
        let host = canonical(host);
        let without_www = host.strip_prefix("www.").unwrap_or(&host);
        self.exact.contains(&host)
            || self.exact.contains(without_www)
            || ancestors(&host).any(|name| self.with_subdomains.contains(name))
            || !self.with_paths.is_empty() && {
                let path = canonical_path(path);
                self.with_paths.iter().any(|domain| domain.matches(&host, &path))
            }
    }
}

impl Domains {
    /// Returns whether the domains contain `host` itself, or, with all of its subdomains, a domain above it that is more than a
    /// top-level domain.
    pub(super) fn names(&self, host: &str) -> bool {
        let host = canonical(host);
        let without_www = host.strip_prefix("www.").unwrap_or(&host);
        let mut ancestors = ancestors(&host).filter(|name| name.contains('.'));
        self.exact.contains(without_www) || ancestors.any(|name| self.with_subdomains.contains(name))
    }
}

/// Returns `host` and the domains above it.
fn ancestors(host: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(host), |name| name.split_once('.').map(|(_, parent)| parent))
}

/// Returns the path of a URL without percent-encoding, `.` and `..`, and without a slash at its end, as browsers and servers interpret it.
fn canonical_path(path: &str) -> String {
    let path = host::percent_decoded(path);
    let mut segments = Vec::new();
    for segment in path.split(['/', '\\']) {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            segment => segments.push(segment),
        }
    }
    segments.iter().flat_map(|segment| ["/", segment]).collect()
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
            assert!(domains.contains(host, "/x"), "{host}");
        }
        for host in ["a.example.com", "notexample.org", "example.org.evil.com", "bucher.de", ""] {
            assert!(!domains.contains(host, ""), "{host}");
        }
    }

    #[test]
    fn rejects_invalid_domains() {
        for written in ["https://example.com", "example.com/a?b", "/a", "", "*.", "a..b", "*.*.com"] {
            assert!(Domain::parse(written).is_err(), "{written}");
        }
    }

    #[test]
    fn a_path_matches_itself_and_what_is_below() {
        let written = ["discord.gg/ours", "*.example.org/a/b/"].map(|domain| Domain::parse(domain).unwrap());
        let domains: Domains = written.into_iter().collect();
        for (host, path) in [
            ("discord.gg", "/ours"),
            ("www.Discord.gg", "/ours/"),
            ("discord.gg", "/ours/x"),
            ("discord.gg", "/%6Furs"),
            ("discord.gg", "/x/../ours"),
            ("a.example.org", "/a/b"),
        ] {
            assert!(domains.contains(host, path), "{host}{path}");
        }
        for (host, path) in [
            ("discord.gg", ""),
            ("discord.gg", "/oursx"),
            ("discord.gg", "/Ours"),
            ("discord.gg", "/ours/../theirs"),
            ("discord.gg", "/ours%2f..%2ftheirs"),
            ("discord.gg", "/ours\\..\\theirs"),
            ("evil.gg", "/ours"),
            ("example.org", "/a"),
        ] {
            assert!(!domains.contains(host, path), "{host}{path}");
        }
    }
}
