//! Finds links in a text, from left to right, looking at each place a bounded number of times.

use std::ops::Range;

use memchr::{memchr2_iter, memmem};

use super::{bare, host, tail};

/// A link: where it is, and where its host is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link {
    pub range: Range<usize>,
    pub host: Range<usize>,
    /// Another host that some programs would go to.
    pub other: Option<Range<usize>>,
    /// Whether a name stands before the host: `https://example.com@evil.test` is not about `example.com`.
    pub login: bool,
    /// Whether it is for writing to somebody or calling them.
    pub contact: bool,
}

impl Link {
    fn new(range: Range<usize>, host: Range<usize>) -> Self {
        Self { range, host, other: None, login: false, contact: false }
    }
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
            without_scheme(text, done, run)
        };
        if let Some(link) = link {
            (done, skip) = (link.range.end, link.range.end);
            links.push(link);
        }
    }
    let local = local(text);
    if !local.is_empty() {
        links.extend(local);
        links.sort_by_key(|link| link.range.start);
    }
    links
}

/// Links to `//localhost`: with neither dot nor colon, they are the only ones of a name without a scheme.
fn local(text: &str) -> Vec<Link> {
    let mut links = Vec::new();
    for at in memmem::find_iter(text.as_bytes(), LOCAL) {
        let host = at + 2..at + LOCAL.len();
        let begins = !text[..at].ends_with(|c: char| !c.is_whitespace());
        if begins && !text[host.end..].starts_with(|c| host::is_host_char(c) || c == '@') {
            links.push(Link::new(at..after_host(text, host.end), host));
        }
    }
    links
}

const LOCAL: &str = "//localhost";

/// No scheme is longer: looking back further than this is a waste.
const LONGEST_SCHEME: usize = 24;

/// The link whose scheme ends at the colon at `colon`, if there is one, and up to where there can be no bare link.
fn with_scheme(text: &str, from: usize, colon: usize) -> (Option<Link>, usize) {
    let back = text[from..colon].bytes().rev().take(LONGEST_SCHEME);
    let len = back.take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-')).count();
    let (start, scheme) = (colon - len, &text[colon - len..colon]);
    // A number may stand before it, without a space.
    let digits = scheme.bytes().take_while(u8::is_ascii_digit).count();
    let (start, scheme, before) = (start + digits, &scheme[digits..], &text[from..start]);
    let is_web = WEB.iter().any(|web| scheme.eq_ignore_ascii_case(web));
    let slashes = text[colon + 1..].bytes().take(4).take_while(|b| matches!(b, b'/' | b'\\')).count();
    let body = colon + 1 + slashes;
    if slashes == 0 && scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && !before.ends_with(is_word) {
        return (without_slashes(text, start, colon), 0);
    }
    let usual = text[colon + 1..].starts_with("//");
    if !(is_web || usual && digits == 0) || before.ends_with(|c: char| c.is_ascii_alphanumeric()) {
        // What follows another scheme's slashes is its own affair: nobody can click `1a://example.com`.
        let skip = if usual && digits > 0 { host_of(text, body).end } else { 0 };
        return (None, skip);
    }
    let (link, seen) = if is_web { web(text, start, body) } else { other(text, start, body) };
    match link {
        // Browsers forgive other slashes than two, clients do not; only what can be nothing else is a link then.
        Some(link) if is_web && !usual && !bare::is_bare_host(&text[link.host.clone()]) => {
            (None, link.host.end)
        }
        // `_https://example.com_` is emphasis.
        Some(mut link) if before.ends_with('_') && text[link.range.clone()].ends_with('_') => {
            link.range.end -= 1;
            (Some(link), seen)
        }
        link => (link, seen),
    }
}

/// The link of any other scheme whose rest begins at `body`.
fn other(text: &str, start: usize, body: usize) -> (Option<Link>, usize) {
    if !text[start..].starts_with(|c: char| c.is_ascii_alphabetic()) {
        return (None, 0);
    }
    let end = tail::end(text, body);
    let real = text[body..end].contains(char::is_alphanumeric);
    (real.then(|| Link::new(start..end, host_of(text, body))), 0)
}

fn is_word(c: char) -> bool {
    c == '_' || c.is_ascii_alphanumeric()
}

/// Schemes whose address is a host before anything else.
const WEB: &[&str] = &["http", "https", "ftp", "ftps", "ws", "wss"];

/// The link whose host, perhaps after a name and a password, begins at `body`.
fn web(text: &str, start: usize, body: usize) -> (Option<Link>, usize) {
    if text[body..].starts_with('[') {
        let end = text[body..].find(']').map_or(body, |at| body + at + 1);
        let address = text.get(body + 1..end.saturating_sub(1)).unwrap_or_default();
        let known = address.parse::<std::net::Ipv6Addr>().is_ok();
        return (known.then(|| Link::new(start..after_host(text, end), body..end)), end);
    }
    let host = host_of(text, body);
    let name = text[host.clone()].trim_end_matches(['.', '-', '_']);
    // What is written as a number and cannot be in a host ends it: `http://evil.test%2f.example.com` is not below example.com.
    let plain = host::decoded(name).chars().all(|c| host::is_host_char(c) || !c.is_ascii());
    let name = if plain { name } else { name.split('%').next().unwrap_or(name) };
    let host = host.start..host.start + name.len();
    if !host::is_host(&host::decoded(name)) {
        return (None, host.end);
    }
    let mut link = Link::new(start..after_host(text, host.end), host.clone());
    link.login = host.start > body;
    // To a browser a backslash ends the host, to other programs what is before the sign is a name.
    let bare = !text[host.end..link.range.end].contains(['/', '?', '#']);
    if let Some(rest) = text[link.range.end..].strip_prefix('\\').filter(|_| bare) {
        let end = rest.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(rest.len());
        if let Some(at) = rest[..end].rfind('@') {
            let other = host_of(text, link.range.end + 1 + at + 1);
            link.range.end = after_host(text, other.end);
            (link.login, link.other) = (true, Some(other));
        }
    }
    (Some(link), host.end)
}

/// The host of the address at `body`: what stands before its port and path and after its user.
fn host_of(text: &str, body: usize) -> Range<usize> {
    let ends = |c: char| tail::is_outside(c) || matches!(c, '/' | '?' | '#' | '[' | ']' | '{' | '}');
    let authority = text[body..].find(ends).map_or(&text[body..], |end| &text[body..body + end]);
    let start = authority.rfind('@').map_or(body, |at| body + at + 1);
    // Signs such as stars are in names of hosts now and then, the punctuation of sentences never is.
    let inside = |c: char| host::is_host_char(c) || (!c.is_ascii() && !tail::is_outside(c));
    let mut end = start;
    loop {
        end += text[end..].find(|c| !inside(c)).unwrap_or(text.len() - end);
        let escape = text[end..].strip_prefix('%').and_then(|rest| rest.get(..2));
        if !escape.is_some_and(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit())) {
            return start..end;
        }
        end += 3;
    }
}

/// Schemes of links without slashes.
fn without_slashes(text: &str, start: usize, colon: usize) -> Option<Link> {
    let is = |schemes: &[&str]| schemes.iter().any(|scheme| text[start..colon].eq_ignore_ascii_case(scheme));
    let rest = &text[colon + 1..];
    let mail = is(&["mailto", "sip", "sips", "xmpp"]);
    let call = is(&["tel", "sms"]) && rest.trim_start_matches('+').starts_with(|c: char| c.is_ascii_digit());
    let magnet = is(&["magnet"]) && rest.starts_with('?');
    if !(mail || call || magnet) {
        return None;
    }
    // No name before the sign is longer: a row of schemes is not searched again and again.
    let name = rest.char_indices().take(128).take_while(|(_, c)| !tail::is_outside(*c));
    let sign = if mail { Some(name.last().map(|(at, _)| &rest[..at])?.find('@')?) } else { None };
    let end = tail::end(text, colon + 1);
    let host = sign.map_or(end..end, |sign| {
        let host = (colon + 1 + sign + 1).min(end);
        host..text[host..end].find(['?', ';']).map_or(end, |len| host + len)
    });
    Some(Link { contact: mail || call, ..Link::new(start..end, host) })
}

/// No host is longer, and hardly a sentence without spaces that is glued to one.
const LONGEST_HOST: usize = 512;

/// The run of characters of hosts around `at`, back to `from` at most.
fn run_around(text: &str, from: usize, at: usize) -> Range<usize> {
    let start = text[from..at].rfind(|c| !host::is_host_char(c)).map_or(from, |before| {
        from + before + text[from + before..].chars().next().map_or(1, char::len_utf8)
    });
    let ahead = &text[at..text.floor_char_boundary(at + LONGEST_HOST)];
    let end = ahead.find(|c| !host::is_host_char(c)).map_or(at + ahead.len(), |after| at + after);
    start..end
}

/// The link without a scheme whose host is in `run`.
fn without_scheme(text: &str, from: usize, run: Range<usize>) -> Option<Link> {
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
    let host = start + host::glue_before(name)..start + host::glue(name);
    let name = &text[host.clone()];
    if name.is_empty() || !bare::is_bare_host(name) {
        return None;
    }
    let end = after_host(text, host.end);
    if end == host.end && bare::is_other(name) {
        return None;
    }
    // A link may leave the scheme to the page it is on: `//example.com`.
    let slashes = before.strip_suffix("//").is_some_and(|b| !b.ends_with([':', '/']));
    let start = if slashes && host.start == run.start { run.start - 2 } else { host.start };
    Some(Link::new(start..end, host))
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
