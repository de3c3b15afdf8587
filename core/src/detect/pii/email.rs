//! Finds e-mail addresses (RFC 5322, section 3.4.1). Its quoted local parts and comments do not occur in chat and are not supported.

use std::ops::Range;

use memchr::memchr_iter;

use crate::detect::links::host;

/// Top-level domains that cannot be registered and that tests and private networks use.
const PRIVATE_TLDS: &[&str] =
    &["corp", "example", "home", "internal", "invalid", "lan", "local", "localdomain", "test"];

/// Finds the e-mail addresses in `text`.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in memchr_iter(b'@', text.as_bytes()) {
        let from = found.last().map_or(0, |last| last.end);
        if at < from {
            continue;
        }
        if let Some(range) =
            local_part(text, from, at).zip(domain(text, at + 1)).map(|(start, end)| start..end)
        {
            found.push(range);
        }
    }
    found
}

/// Returns the parts of `text` around an `@` that are not addresses, each with the reason.
pub(super) fn near_misses(text: &str) -> Vec<(Range<usize>, String)> {
    let near_miss = |at: usize| {
        let is_local_part_char =
            |c: &char| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-' | '\'');
        let local = text[..at].chars().rev().take(64).take_while(is_local_part_char);
        let start = at - local.map(char::len_utf8).sum::<usize>();
        let run = &text[at + 1..];
        let run = &run[..run.find(|c| !host::is_host_char(c)).unwrap_or(run.len())];
        let name = run.trim_end_matches(['.', '-', '_']);
        if start == at || !name.starts_with(char::is_alphanumeric) {
            return None;
        }
        let why = match name.rsplit_once('.') {
            None => "its domain has no dot".to_owned(),
            // A version, as in `lodash@4.17.21`.
            Some((_, tld)) if tld.starts_with(|c: char| c.is_ascii_digit()) => return None,
            Some((_, tld)) if domain(text, at + 1).is_none() => {
                format!("`{tld}` is not a top-level domain")
            }
            Some(_) if text[..start].ends_with(['/', ':']) => {
                "it is the user and the host of a URL".to_owned()
            }
            Some(_) => "the text before its `@` is not a name".to_owned(),
        };
        Some((start..at + 1 + name.len(), why))
    };
    memchr_iter(b'@', text.as_bytes()).filter_map(near_miss).collect()
}

/// Returns the start of the local part before the `@` at `at`.
fn local_part(text: &str, from: usize, at: usize) -> Option<usize> {
    let is_local_part_char =
        |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-' | '\'' | '&' | '~');
    let run =
        text[from..at].char_indices().rev().take(64).take_while(|(_, c)| is_local_part_char(*c)).last()?.0;
    let local = &text[from + run..at];
    let local = local.rsplit("..").next().unwrap_or(local);
    // Text before it in a script without spaces between words is not part of an ASCII local part.
    let local = &local[host::attached_prefix_len(local)..];
    let local = local.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '_');
    let start = at - local.len();
    // In a URL it is the user information before the host.
    let before = &text[from..start];
    let in_url = before.ends_with("//")
        || before.ends_with(':')
            && before.rfind("//").is_some_and(|at| !before[at..].contains(char::is_whitespace));
    (!local.is_empty() && !local.ends_with('.') && !in_url).then_some(start)
}

/// Returns the end of the domain that starts at `start`, if its top-level domain exists. Another word may follow it without a space, as
/// in `ann@example.com.Thanks`.
fn domain(text: &str, start: usize) -> Option<usize> {
    let run = &text[start..];
    let run = &run[..run.find(|c| !host::is_host_char(c)).unwrap_or(run.len())];
    let name = run[..host::len_without_suffix(run)].trim_end_matches(['.', '-', '_']);
    let without_word = name.rfind(['.', '-', '_']).map(|at| &name[..at]);
    let is_domain = |name: &&str| {
        name.rsplit_once('.').is_some_and(|(_, tld)| {
            host::is_host(name)
                && !tld.starts_with(|c: char| c.is_ascii_digit())
                && (host::is_known_tld(tld)
                    || PRIVATE_TLDS.iter().any(|private| tld.eq_ignore_ascii_case(private)))
        })
    };
    let name = [Some(name), without_word].into_iter().flatten().find(is_domain)?;
    Some(start + name.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_email_addresses() {
        for (text, found) in [
            ("a@b.com", &["a@b.com"][..]),
            (".a.b+c@d-e.co.uk.", &["a.b+c@d-e.co.uk"]),
            ("a..b@example.com", &["b@example.com"]),
            ("'o'neil@example.com'", &["o'neil@example.com"]),
            ("üñî@üñî.com a@xn--d1acufc.xn--p1ai", &["üñî@üñî.com", "a@xn--d1acufc.xn--p1ai"]),
            ("メールa@example.comです", &["a@example.com"]),
            ("<a@b.com>;c@d.org", &["a@b.com", "c@d.org"]),
            ("a@b.com.Thanks, a@b.de-x a@b.com.2", &["a@b.com", "a@b.de", "a@b.com"]),
            ("mailto:a@corp.local", &["a@corp.local"]),
            ("@a, a@b, a@b.c, a.@b.com, lodash@4.17.21, a@-b.com", &[]),
            ("https://user:pass@example.com http://user@example.com", &[]),
        ] {
            let ranges = find(text);
            assert_eq!(ranges.into_iter().map(|range| &text[range]).collect::<Vec<_>>(), found, "{text:?}");
        }
    }
}
