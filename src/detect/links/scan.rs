//! Finds links in a text, from left to right, looking at each place a bounded number of times.

use std::ops::Range;

use memchr::memchr2_iter;

use super::{host, tail};

/// A link: where it is, and where its host is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link {
    pub range: Range<usize>,
    pub host: Range<usize>,
}

/// The links in `text`, in order.
pub(super) fn links(text: &str) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    // Up to where links are settled, and up to where bare hosts are.
    let (mut done, mut skip) = (0, 0);
    // Every link has a dot in its host or a colon after its scheme.
    for at in memchr2_iter(b'.', b':', text.as_bytes()) {
        if at < done {
            continue;
        }
        let link = if text.as_bytes()[at] == b':' {
            let (link, seen) = with_scheme(text, done, at);
            skip = skip.max(seen);
            link
        } else if at < skip {
            None
        } else {
            let run = run_around(text, done, at);
            skip = run.end;
            bare(text, done, run)
        };
        if let Some(link) = link {
            (done, skip) = (link.range.end, link.range.end);
            links.push(link);
        }
    }
    links
}

/// No scheme is longer: looking back further than this is a waste.
const LONGEST_SCHEME: usize = 24;

/// The link whose scheme ends at the colon at `colon`, if there is one, and up to where there can be no bare link.
fn with_scheme(text: &str, from: usize, colon: usize) -> (Option<Link>, usize) {
    let back = text[from..colon].bytes().rev().take(LONGEST_SCHEME);
    let len = back.take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-')).count();
    let (start, scheme) = (colon - len, &text[colon - len..colon]);
    let glued = text[from..start].ends_with(|c: char| c == '_' || c.is_ascii_alphanumeric());
    if glued || !scheme.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return (None, 0);
    }
    let Some(body) = text[colon + 1..].strip_prefix("//").map(|_| colon + 3) else {
        return (without_slashes(text, start, colon), 0);
    };
    if !WEB.iter().any(|web| scheme.eq_ignore_ascii_case(web)) {
        let end = tail::end(text, body);
        let range = start..end;
        let real = text[body..end].contains(char::is_alphanumeric);
        return (real.then(|| Link { range, host: host_of(text, body) }), 0);
    }
    let (link, seen) = web(text, start, body);
    (link, seen)
}

/// Schemes whose address is a host before anything else.
const WEB: &[&str] = &["http", "https", "ftp", "ftps", "ws", "wss"];

/// The link whose host, perhaps after a name and a password, begins at `body`.
fn web(text: &str, start: usize, body: usize) -> (Option<Link>, usize) {
    if text[body..].starts_with('[') {
        let end = text[body..].find(']').map_or(body, |at| body + at + 1);
        let address = text.get(body + 1..end.saturating_sub(1)).unwrap_or_default();
        let known = address.parse::<std::net::Ipv6Addr>().is_ok();
        return (known.then(|| Link { range: start..after_host(text, end), host: body..end }), end);
    }
    let host = host_of(text, body);
    let name = text[host.clone()].trim_end_matches(['.', '-', '_']);
    let host = host.start..host.start + name.len();
    if !host::is_host(name) {
        return (None, host.end);
    }
    (Some(Link { range: start..after_host(text, host.end), host: host.clone() }), host.end)
}

/// The host of the address at `body`: what stands before its port and path and after its user.
fn host_of(text: &str, body: usize) -> Range<usize> {
    let ends = |c: char| tail::is_outside(c) || matches!(c, '/' | '?' | '#' | '[' | ']' | '{' | '}');
    let authority = text[body..].find(ends).map_or(&text[body..], |end| &text[body..body + end]);
    let start = authority.rfind('@').map_or(body, |at| body + at + 1);
    // Signs such as stars are in names of hosts now and then, the punctuation of sentences never is.
    let inside = |c: char| host::is_host_char(c) || (!c.is_ascii() && !tail::is_outside(c));
    let len = text[start..].find(|c| !inside(c)).unwrap_or(text.len() - start);
    start..start + len
}

/// Schemes of links without slashes.
fn without_slashes(text: &str, start: usize, colon: usize) -> Option<Link> {
    let scheme = &text[start..colon];
    let (mail, magnet) = (scheme.eq_ignore_ascii_case("mailto"), scheme.eq_ignore_ascii_case("magnet"));
    if !(mail || magnet && text[colon + 1..].starts_with('?')) {
        return None;
    }
    let end = tail::end(text, colon + 1);
    let host = if mail { colon + 2 + text[colon + 1..end].find('@')?..end } else { end..end };
    Some(Link { range: start..end, host })
}

/// The run of characters of hosts around `at`, back to `from` at most.
fn run_around(text: &str, from: usize, at: usize) -> Range<usize> {
    let start = text[from..at].rfind(|c| !host::is_host_char(c)).map_or(from, |before| {
        from + before + text[from + before..].chars().next().map_or(1, char::len_utf8)
    });
    let end = text[at..].find(|c| !host::is_host_char(c)).map_or(text.len(), |after| at + after);
    start..end
}

/// The link without a scheme whose host is in `run`.
fn bare(text: &str, from: usize, run: Range<usize>) -> Option<Link> {
    let (before, after) = (&text[from..run.start], &text[run.end..]);
    if before.ends_with(['@', '\\']) || before.ends_with("///") || is_user(after) || after.starts_with('(') {
        return None;
    }
    let name = &text[run.clone()];
    // `_example.com_` is emphasis; one underscore is no host.
    let name = name.strip_prefix('_').and_then(|name| name.strip_suffix('_')).unwrap_or(name);
    let name = name.trim_start_matches('.').trim_end_matches(['.', '-', '_']);
    if name.starts_with(['-', '_']) {
        return None;
    }
    let start = run.start + text[run.clone()].find(name)?;
    let host = start..start + host::glue(name);
    let end = after_host(text, host.end);
    if !host::is_bare_host(&text[host.clone()], end == host.end) {
        return None;
    }
    // A link may leave the scheme to the page it is on: `//example.com`.
    let slashes = before.strip_suffix("//").is_some_and(|b| !b.ends_with([':', '/']));
    let start = if slashes && start == run.start { start - 2 } else { start + host::glue_before(name) };
    Some(Link { range: start..end, host })
}

/// Whether `after` goes on as the rest of an address of mail.
fn is_user(after: &str) -> bool {
    let mut rest = after
        .chars()
        .take(64)
        .skip_while(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-'));
    rest.next() == Some('@')
}

/// The end of the link whose host ends at `at`.
fn after_host(text: &str, at: usize) -> usize {
    let mut end = at;
    if let Some(rest) = text[at..].strip_prefix(':') {
        let port = rest.bytes().take(6).take_while(u8::is_ascii_digit).count();
        if (1..=5).contains(&port) {
            end = at + 1 + port;
        }
    }
    // The root of names may be written out: `example.com./path`.
    let root = usize::from(text[end..].starts_with("./"));
    if text[end + root..].starts_with(['/', '?', '#']) { tail::end(text, end + root).max(end) } else { end }
}
