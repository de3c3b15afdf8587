//! Finds links in a single pass from left to right, which examines each position a bounded number of times.

use std::ops::Range;

use memchr::{memchr2_iter, memmem};

use super::{bare, host, tail};
use crate::order;

/// The range of a link, the range of its host, and other properties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link {
    pub range: Range<usize>,
    pub host: Range<usize>,
    /// Another host, to which some programs would connect.
    pub other_host: Option<Range<usize>>,
    /// Whether the host is preceded by user information. `https://example.com@evil.test` does not lead to `example.com`.
    pub login: bool,
    /// Whether it is an e-mail address, telephone number or messaging address.
    pub contact: bool,
    /// What it more likely is than a link, if it has no scheme and no path. It counts as a link only if a rule names its domain.
    pub doubt: Option<&'static str>,
}

impl Link {
    fn new(range: Range<usize>, host: Range<usize>) -> Self {
        Self { range, host, other_host: None, login: false, contact: false, doubt: None }
    }

    /// Returns the path of the link in `text`, or an empty string if it has none.
    pub(super) fn path<'t>(&self, text: &'t str) -> &'t str {
        let rest = &text[self.host.end..self.range.end.max(self.host.end)];
        let path = &rest[..rest.find(['?', '#']).unwrap_or(rest.len())];
        path.find('/').map_or("", |at| &path[at..])
    }
}

/// Returns the links in `text`, in order, including doubtful ones.
pub(super) fn links(text: &str) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    // The end of the last link, and the position before which no link without a scheme can start.
    let (mut done, mut skip) = (0, 0);
    // Every link contains a dot in its host or a colon after its scheme.
    for at in memchr2_iter(b'.', b':', text.as_bytes()) {
        if at < done {
            continue;
        }
        let link = if text.as_bytes()[at] == b':' {
            let (link, examined) = with_scheme(text, done, at);
            skip = skip.max(examined);
            link
        } else if at < skip {
            None
        } else {
            let run = run_around(text, done, at);
            skip = run.end;
            without_scheme(text, done, run)
        };
        if let Some(link) = link {
            if link.doubt.is_none() {
                (done, skip) = (link.range.end, link.range.end);
            }
            links.push(link);
        }
    }
    let localhost = localhost_links(text);
    if !localhost.is_empty() {
        links.extend(localhost);
        order::by(&mut links, |link| (link.range.start, 0));
    }
    links
}

/// Returns links to `//localhost`, the only links that contain neither a dot nor a colon.
fn localhost_links(text: &str) -> Vec<Link> {
    let mut links = Vec::new();
    for at in memmem::find_iter(text.as_bytes(), LOCALHOST) {
        let host = at + 2..at + LOCALHOST.len();
        let is_start = !text[..at].ends_with(|c: char| !c.is_whitespace());
        if is_start && !text[host.end..].starts_with(|c| host::is_host_char(c) || c == '@') {
            links.push(Link::new(at..link_end(text, host.end), host));
        }
    }
    links
}

const LOCALHOST: &str = "//localhost";

/// The maximum length of a scheme in bytes.
const MAX_SCHEME_LEN: usize = 24;

/// Returns the link whose scheme ends at `colon`, if there is one, and the position before which no link without a scheme can start.
fn with_scheme(text: &str, from: usize, colon: usize) -> (Option<Link>, usize) {
    let back = text[from..colon].bytes().rev().take(MAX_SCHEME_LEN);
    let len = back.take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-')).count();
    let (start, scheme) = (colon - len, &text[colon - len..colon]);
    // Digits may precede the scheme without a space between them.
    let digits = scheme.bytes().take_while(u8::is_ascii_digit).count();
    let (start, scheme, before) = (start + digits, &scheme[digits..], &text[from..start]);
    let is_web = WEB_SCHEMES.iter().any(|web| scheme.eq_ignore_ascii_case(web));
    let slashes = text[colon + 1..].bytes().take(4).take_while(|b| matches!(b, b'/' | b'\\')).count();
    let body = colon + 1 + slashes;
    if slashes == 0
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && !before.ends_with(is_word_char)
    {
        return (without_slashes(text, start, colon), 0);
    }
    let has_two_slashes = text[colon + 1..].starts_with("//");
    if !(is_web || has_two_slashes && digits == 0) || before.ends_with(|c: char| c.is_ascii_alphanumeric()) {
        // The host of an invalid scheme is not a link without a scheme: `1a://example.com` cannot be opened.
        let skip = if has_two_slashes && digits > 0 { host_of(text, body).end } else { 0 };
        return (None, skip);
    }
    let (link, examined) = if is_web { web_link(text, start, body) } else { other_link(text, start, body) };
    match link {
        // Browsers accept a different number of slashes, chat clients do not. It is then a link only if the host is recognizable.
        Some(link) if is_web && !has_two_slashes && !bare::is_bare_host(&text[link.host.clone()]) => {
            (None, link.host.end)
        }
        // `_https://example.com_` is Markdown emphasis.
        Some(mut link) if before.ends_with('_') && text[link.range.clone()].ends_with('_') => {
            link.range.end -= 1;
            (Some(link), examined)
        }
        link => (link, examined),
    }
}

/// Returns the link with a scheme other than [`WEB_SCHEMES`] whose rest starts at `body`.
fn other_link(text: &str, start: usize, body: usize) -> (Option<Link>, usize) {
    if !text[start..].starts_with(|c: char| c.is_ascii_alphabetic()) {
        return (None, 0);
    }
    let end = tail::end(text, body);
    let has_content = text[body..end].contains(char::is_alphanumeric);
    (has_content.then(|| Link::new(start..end, host_of(text, body))), 0)
}

fn is_word_char(c: char) -> bool {
    c == '_' || c.is_ascii_alphanumeric()
}

/// Schemes of URLs that start with a host, with optional user information.
const WEB_SCHEMES: &[&str] = &["http", "https", "ftp", "ftps", "ws", "wss"];

/// Returns the link with a web scheme whose authority starts at `body`, and the end of its host.
fn web_link(text: &str, start: usize, body: usize) -> (Option<Link>, usize) {
    if let Some(open) = bracket_of(text, body) {
        let end = text[open..].find(']').map_or(open, |at| open + at + 1);
        let address = text.get(open + 1..end.saturating_sub(1)).unwrap_or_default();
        // The name of a network interface may follow the address (RFC 6874).
        let address = address.split('%').next().unwrap_or_default();
        let is_valid = address.parse::<std::net::Ipv6Addr>().is_ok();
        let link = || Link { login: open > body, ..Link::new(start..link_end(text, end), open..end) };
        return (is_valid.then(link), end.max(body));
    }
    let host = host_of(text, body);
    let name = text[host.clone()].trim_end_matches(['.', '-', '_']);
    // A percent-encoded character that is not valid in a host ends it: `http://evil.test%2f.example.com` is not a subdomain of
    // example.com.
    let is_valid = host::percent_decoded(name).chars().all(|c| host::is_host_char(c) || !c.is_ascii());
    let name = if is_valid { name } else { name.split('%').next().unwrap_or(name) };
    // Prose in a script without spaces may be attached to it.
    let name = &name[..host::len_without_suffix(name)];
    let host = host.start..host.start + name.len();
    if !host::is_host(&host::percent_decoded(name)) {
        return (None, host.end);
    }
    let mut link = Link::new(start..link_end(text, host.end), host.clone());
    link.login = host.start > body;
    // For browsers, a backslash ends the host; for other programs, the text before the `@` is user information.
    let has_no_path = !text[host.end..link.range.end].contains(['/', '?', '#']);
    if let Some(rest) = text[link.range.end..].strip_prefix('\\').filter(|_| has_no_path) {
        let end = rest.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(rest.len());
        if let Some(at) = rest[..end].rfind('@') {
            let other_host = host_of(text, link.range.end + 1 + at + 1);
            link.range.end = link_end(text, other_host.end);
            (link.login, link.other_host) = (true, Some(other_host));
        }
    }
    (Some(link), host.end)
}

/// Returns the place of the bracket before the IPv6 address in the authority at `body`, which may follow user information.
fn bracket_of(text: &str, body: usize) -> Option<usize> {
    let ends_login = |c: char| tail::is_delimiter(c) || matches!(c, '/' | '?' | '#' | '[' | ']');
    let login = text[body..].char_indices().take(MAX_USER_LEN).find(|(_, c)| ends_login(*c))?.0;
    let is_login = login == 0 || text[..body + login].ends_with('@');
    (is_login && text[body + login..].starts_with('[')).then_some(body + login)
}

/// The maximum number of characters of user information before an IPv6 address.
const MAX_USER_LEN: usize = 64;

/// Returns the host in the authority at `body`, without user information and port.
fn host_of(text: &str, body: usize) -> Range<usize> {
    let ends_authority =
        |c: char| tail::is_delimiter(c) || matches!(c, '/' | '?' | '#' | '[' | ']' | '{' | '}');
    let authority = text[body..].find(ends_authority).map_or(&text[body..], |end| &text[body..body + end]);
    let start = authority.rfind('@').map_or(body, |at| body + at + 1);
    // Host names occasionally contain symbols such as stars, but never punctuation of sentences.
    let is_host_char = |c: char| host::is_host_char(c) || (!c.is_ascii() && !tail::is_delimiter(c));
    let mut end = start;
    loop {
        end += text[end..].find(|c| !is_host_char(c)).unwrap_or(text.len() - end);
        let escape = text[end..].strip_prefix('%').and_then(|rest| rest.get(..2));
        if !escape.is_some_and(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit())) {
            return start..end;
        }
        end += 3;
    }
}

/// Returns the link without slashes whose scheme ends at `colon`, such as `mailto:` and `tel:`.
fn without_slashes(text: &str, start: usize, colon: usize) -> Option<Link> {
    let is = |schemes: &[&str]| schemes.iter().any(|scheme| text[start..colon].eq_ignore_ascii_case(scheme));
    let rest = &text[colon + 1..];
    let is_address = is(&["mailto", "sip", "sips", "xmpp"]);
    let is_call =
        is(&["tel", "sms"]) && rest.trim_start_matches('+').starts_with(|c: char| c.is_ascii_digit());
    let is_magnet = is(&["magnet"]) && rest.starts_with('?');
    if !(is_address || is_call || is_magnet) {
        return None;
    }
    // The length of the local part is limited so that many schemes in a row do not cause quadratic work.
    let local_part = rest.char_indices().take(128).take_while(|(_, c)| !tail::is_delimiter(*c));
    let at_sign =
        if is_address { Some(local_part.last().map(|(at, _)| &rest[..at])?.find('@')?) } else { None };
    let end = tail::end(text, colon + 1);
    let host = at_sign.map_or(end..end, |at_sign| {
        let host = (colon + 1 + at_sign + 1).min(end);
        host..text[host..end].find(['?', ';']).map_or(end, |len| host + len)
    });
    Some(Link { contact: is_address || is_call, ..Link::new(start..end, host) })
}

/// The maximum length, in bytes, of a host with prose in a script without spaces that is attached to it.
const MAX_HOST_LEN: usize = 512;

/// Returns the run of host characters around `at`, which does not start before `from`.
pub(super) fn run_around(text: &str, from: usize, at: usize) -> Range<usize> {
    let start = text[from..at].rfind(|c| !host::is_host_char(c)).map_or(from, |before| {
        from + before + text[from + before..].chars().next().map_or(1, char::len_utf8)
    });
    let ahead = &text[at..text.floor_char_boundary(at + MAX_HOST_LEN)];
    let end = ahead.find(|c| !host::is_host_char(c)).map_or(at + ahead.len(), |after| at + after);
    start..end
}

/// Returns the link without a scheme whose host is in `run`.
fn without_scheme(text: &str, from: usize, run: Range<usize>) -> Option<Link> {
    let (before, after) = (&text[from..run.start], &text[run.end..]);
    if before.ends_with(['@', '\\'])
        || before.ends_with("///")
        || is_local_part(after)
        || after.starts_with('(')
    {
        return None;
    }
    let name = &text[run.clone()];
    // `_example.com_` is Markdown emphasis. A single underscore is not part of a host.
    let name = name.strip_prefix('_').and_then(|name| name.strip_suffix('_')).unwrap_or(name);
    let name = name.trim_start_matches('.').trim_end_matches(['.', '-', '_']);
    if name.starts_with(['-', '_']) {
        return None;
    }
    let start = run.start + text[run.clone()].find(name)?;
    let host = start + host::attached_prefix_len(name)..start + host::len_without_suffix(name);
    let name = &text[host.clone()];
    if name.is_empty() || !bare::is_bare_host(name) {
        return None;
    }
    let end = link_end(text, host.end);
    let doubt = if end == host.end { bare::doubt(text, &host) } else { None };
    // A protocol-relative link, as in `//example.com`, includes its slashes.
    let has_slashes = before.strip_suffix("//").is_some_and(|b| !b.ends_with([':', '/']));
    let start = if has_slashes && host.start == run.start { run.start - 2 } else { host.start };
    Some(Link { doubt, ..Link::new(start..end, host) })
}

/// Returns whether `after` continues the local part of an e-mail address up to its `@`.
fn is_local_part(after: &str) -> bool {
    let mut rest = after
        .chars()
        .take(64)
        .skip_while(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-'));
    rest.next() == Some('@')
}

/// Returns the end of `tail`, or where another link follows in it behind a bar or a dash: clients end links at these, as in
/// `example.com/a|example.org/b`.
fn before_next_link(text: &str, tail: Range<usize>) -> usize {
    let is_link = |rest: &str| {
        let name = &rest[..rest.find(|c| !host::is_host_char(c)).unwrap_or(rest.len())];
        let has_scheme = || rest[name.len()..].starts_with("://");
        has_scheme() || bare::is_bare_host(name.trim_end_matches(['.', '-', '_']))
    };
    let separators = text[tail.clone()].match_indices(['|', '\u{2013}', '\u{2014}']);
    let mut ends = separators.map(|(at, separator)| (tail.start + at, separator.len()));
    ends.find(|(at, len)| is_link(&text[at + len..])).map_or(tail.end, |(at, _)| at)
}

/// Returns the end of the link whose host ends at `at`, after its port, path, query and fragment.
fn link_end(text: &str, at: usize) -> usize {
    let mut end = at;
    if let Some(rest) = text[at..].strip_prefix(':') {
        let port = rest.bytes().take(6).take_while(u8::is_ascii_digit).count();
        if (1..=5).contains(&port) {
            end = at + 1 + port;
        }
    }
    // A fully qualified host name may end in a dot, as in `example.com./path`.
    let root_dot = usize::from(text[end..].starts_with("./"));
    if text[end + root_dot..].starts_with(['/', '?', '#']) {
        let tail_end = tail::end(text, end + root_dot).max(end);
        before_next_link(text, end..tail_end)
    } else {
        end
    }
}
