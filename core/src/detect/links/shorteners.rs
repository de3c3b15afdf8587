//! Link shorteners, whose links lead elsewhere.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::domains::canonical;

/// Returns whether `host` is a link shortener.
pub(super) fn is_shortener(host: &str) -> bool {
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

    #[test]
    fn shorteners_are_sorted_canonical_domains() {
        let lines = include_str!("shorteners.txt").lines().filter(|line| !line.starts_with('#'));
        let lines: Vec<_> = lines.collect();
        assert!(lines.is_sorted() && lines.iter().all(|line| canonical(line) == *line && line.contains('.')));
    }
}
