//! Addresses of mail, as people write them in chat. What the standard allows beyond that (quotes, comments) nobody types.

use std::ops::Range;

use memchr::memchr_iter;

use crate::detect::links::host;

/// Top-level domains that nobody can register and that tests and companies use among themselves.
const LOCAL: &[&str] =
    &["corp", "example", "home", "internal", "invalid", "lan", "local", "localdomain", "test"];

/// The addresses in `text`.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in memchr_iter(b'@', text.as_bytes()) {
        let from = found.last().map_or(0, |last| last.end);
        if at < from {
            continue;
        }
        if let Some(range) = user(text, from, at).zip(domain(text, at + 1)).map(|(start, end)| start..end) {
            found.push(range);
        }
    }
    found
}

/// Where the part before the sign at `at` begins.
fn user(text: &str, from: usize, at: usize) -> Option<usize> {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-' | '\'' | '&' | '~');
    let run = text[from..at].char_indices().rev().take(64).take_while(|(_, c)| inside(*c)).last()?.0;
    let user = &text[from + run..at];
    let user = user.rsplit("..").next().unwrap_or(user);
    // Running text of a script without spaces is not part of a name in letters of ASCII.
    let user = &user[host::attached_prefix_len(user)..];
    let user = user.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '_');
    let start = at - user.len();
    // In an address of the web it is a name and a password.
    let before = &text[from..start];
    let web = before.ends_with("//")
        || before.ends_with(':')
            && before.rfind("//").is_some_and(|at| !before[at..].contains(char::is_whitespace));
    (!user.is_empty() && !user.ends_with('.') && !web).then_some(start)
}

/// Where the domain that begins at `start` ends.
fn domain(text: &str, start: usize) -> Option<usize> {
    let run = &text[start..];
    let run = &run[..run.find(|c| !host::is_host_char(c)).unwrap_or(run.len())];
    let name = run[..host::len_without_suffix(run)].trim_end_matches(['.', '-', '_']);
    let (_, top) = name.rsplit_once('.')?;
    let real = host::is_host(name)
        && !top.starts_with(|c: char| c.is_ascii_digit())
        && (host::is_known_tld(top) || LOCAL.iter().any(|local| top.eq_ignore_ascii_case(local)));
    real.then(|| start + name.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_mail() {
        for (text, found) in [
            ("a@b.com", &["a@b.com"][..]),
            (".a.b+c@d-e.co.uk.", &["a.b+c@d-e.co.uk"]),
            ("a..b@example.com", &["b@example.com"]),
            ("'o'neil@example.com'", &["o'neil@example.com"]),
            ("üñî@üñî.com a@xn--d1acufc.xn--p1ai", &["üñî@üñî.com", "a@xn--d1acufc.xn--p1ai"]),
            ("メールa@example.comです", &["a@example.com"]),
            ("<a@b.com>;c@d.org", &["a@b.com", "c@d.org"]),
            ("mailto:a@corp.local", &["a@corp.local"]),
            ("@a, a@b, a@b.c, a.@b.com, lodash@4.17.21, a@-b.com", &[]),
            ("https://user:pass@example.com http://user@example.com", &[]),
        ] {
            let ranges = find(text);
            assert_eq!(ranges.into_iter().map(|range| &text[range]).collect::<Vec<_>>(), found, "{text:?}");
        }
    }
}
