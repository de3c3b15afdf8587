//! Finds credentials in URLs and in options of curl.

use super::flaw::Flaw;
use super::{Finds, places, real};

/// Finds passwords in URLs, such as `https://bob:hunter2@git.example.com`, and in connection strings of databases.
pub(super) fn in_urls(text: &str, found: &mut Finds) {
    for at in places(text, "://") {
        let body = at + "://".len();
        let scheme = text[..at].bytes().rev().take(20);
        let scheme = scheme.take_while(|b| b.is_ascii_alphanumeric() || b"+.-".contains(b)).count();
        let Some(first) = text[at - scheme..at].find(|c: char| c.is_ascii_alphabetic()) else { continue };
        let limit = text.floor_char_boundary(body + MAX_LOGIN_LEN);
        let Some((login, host)) = login_and_host(&text[body..limit]) else { continue };
        let Some((user, password)) = login.split_once(':') else { continue };
        if !host.is_empty() {
            let range = at - scheme + first..body + login.len() + 1 + host.len();
            found.judge(range, "url-password", flaw(user, password, host));
        }
    }
}

/// Returns why `password` of `user` on `host` is not a password; `None` if it is one.
fn flaw(user: &str, password: &str, host: &str) -> Option<Flaw> {
    if let Some(flaw) = real::flaw(password) {
        return Some(flaw);
    }
    let is_plain = password.bytes().all(|b| b.is_ascii_alphabetic());
    if is_local(host) && (password == user || password.len() < 8 && is_plain) {
        Some(Flaw::LocalDefault)
    } else if real::is_login_of_a_sample(user, password) {
        Some(Flaw::Placeholder)
    } else if is_for_documentation(host) && (is_plain || real::names_a_password(password)) {
        Some(Flaw::SampleHost)
    } else {
        None
    }
}

/// Returns whether `host` is reserved for documentation and tests (RFC 2606, sections 2 and 3).
fn is_for_documentation(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    let mut labels = host.rsplit('.');
    match labels.next() {
        Some("com" | "net" | "org") => labels.next() == Some("example"),
        tld => tld.is_some_and(|tld| ["example", "invalid", "localhost", "test"].contains(&tld)),
    }
}

/// Returns the user information and the host, without port, at the start of `rest`, which follows the scheme.
fn login_and_host(rest: &str) -> Option<(&str, &str)> {
    let until = |ends: &str| {
        let is_end = |c: char| c.is_whitespace() || ends.contains(c);
        rest.find(is_end).map_or(rest, |end| &rest[..end])
    };
    let host = |after: &'_ str| {
        let len = after.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-')).count();
        after[..len].trim_end_matches(['.', '-']).len()
    };
    if let Some((login, after)) = until("/?#'\"`<>(){}[]").rsplit_once('@') {
        return Some((login, &after[..host(after)]));
    }
    // People paste passwords without escaping their signs. A path starts after the port, and may contain an at sign too.
    let (login, after) = until("'\"`<>").rsplit_once('@')?;
    let (user, password) = login.split_once(':')?;
    let is_port = password.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(['/', '?', '#']);
    let is_login =
        !user.contains(['/', '?', '#', '(', '{', '[', '.']) && !is_port && !password.starts_with('{');
    is_login.then(|| (login, &after[..host(after)]))
}

/// The maximum length of an authority (user, password and host) in bytes.
const MAX_LOGIN_LEN: usize = 400;

/// Returns whether `host` is on the local machine or network, where others cannot reach it.
fn is_local(host: &str) -> bool {
    !host.contains('.') || host.starts_with("127.") || host == "0.0.0.0"
}

/// Finds passwords in options of `curl`, such as `-u name:password`.
pub(super) fn in_curl_options(text: &str, found: &mut Finds) {
    let mut done = 0;
    for at in places(text, "curl ") {
        if at < done || text[..at].ends_with(|c: char| c.is_alphanumeric()) {
            continue;
        }
        let line = text[at..].find('\n').map_or(text.len(), |len| at + len).min(at + MAX_COMMAND_LEN);
        let line = text.floor_char_boundary(line);
        let mut from = at;
        while let Some((start, end)) = login_option(&text[..line], from) {
            from = start;
            if let Some((user, password)) = text[start..end].split_once(':') {
                found.judge(start..end, "curl-password", curl_flaw(user, password.trim_matches(['"', '\''])));
            }
        }
        done = line;
    }
}

/// The maximum length of a command in bytes; the rest is not searched.
const MAX_COMMAND_LEN: usize = 600;

/// Returns the range of the value, without quotes, of the next option of `line` after `from` that takes a user name and password.
fn login_option(line: &str, from: usize) -> Option<(usize, usize)> {
    let (at, option) = [" -u", " --user", " -U", " --proxy-user"]
        .iter()
        .filter_map(|option| line[from..].find(option).map(|at| (from + at, option)))
        .min()?;
    let mut start = at + option.len();
    let rest = line[start..].trim_start_matches([' ', '=']);
    start = line.len() - rest.len();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    start += usize::from(quote.is_some());
    if let Some(quote) = quote {
        return Some((start, line[start..].find(quote).map_or(line.len(), |len| start + len)));
    }
    // Only the password may be quoted, as in `bob:'pass word'`.
    let mut open_quote = None;
    let end = line[start..].find(|c: char| {
        if Some(c) == open_quote {
            open_quote = None;
        } else if open_quote.is_none() && matches!(c, '"' | '\'') {
            open_quote = Some(c);
        }
        open_quote.is_none() && c.is_whitespace()
    });
    Some((start, end.map_or(line.len(), |len| start + len)))
}

/// Returns why `password` of `user` in an option is not a password; `None` if it is one.
fn curl_flaw(user: &str, password: &str) -> Option<Flaw> {
    let is_short = password.len() < 6 || password.len() < 8 && !password.bytes().any(|b| b.is_ascii_digit());
    if user == password {
        Some(Flaw::SameAsUser)
    } else if real::is_template(user) {
        Some(Flaw::Template)
    } else if let Some(flaw) = real::flaw(password) {
        Some(flaw)
    } else {
        is_short.then_some(Flaw::Short)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(find: fn(&str, &mut Finds), text: &str) -> Vec<String> {
        let mut finds = Finds::default();
        find(text, &mut finds);
        finds.found.into_iter().map(|(range, _)| text[range].to_owned()).collect()
    }

    #[test]
    fn finds_passwords_in_urls() {
        for (text, address) in [
            ("git clone https://bob:hunter2@git.example.com/x.git", "https://bob:hunter2@git.example.com"),
            ("(redis://:s3cr3t-pw@cache.example.com:6379/0)", "redis://:s3cr3t-pw@cache.example.com"),
            ("jdbc:mysql://app:p@ss@w0rd@db.example.com/x", "mysql://app:p@ss@w0rd@db.example.com"),
            ("mongodb+srv://app:Zq8-11x@c0.example.net.", "mongodb+srv://app:Zq8-11x@c0.example.net"),
            ("postgres://app:longer-and-hard3r@localhost/x", "postgres://app:longer-and-hard3r@localhost"),
            ("mysql://app:p#ss/w?rd(1]@db.example.com/x", "mysql://app:p#ss/w?rd(1]@db.example.com"),
            ("redis://:a{b}c%d@cache.example.com:6379", "redis://:a{b}c%d@cache.example.com"),
        ] {
            assert_eq!(found(in_urls, text), [address], "{text}");
        }
        for text in [
            "https://example.com:8080/@bob",
            "http://localhost:3000/@bob",
            "https://a.example.com:x/y@b",
            "https://${user}:${password}@example.com",
            "https://{user}:{password}@example.com",
            "https://username:password@example.com",
            "https://user:pass@example.com",
            "http://user:pass@example.com:8080",
            "https://user:pass@acme.dev/x.git",
            "amqp://username:passwd@mq.acme.dev",
            "https://foo:bar@www.example.org",
            "ftp://alice:wonderland@ftp.test/x",
            "smtp://mailer:secret-password-1@mail.example",
            "mysql://root:root@localhost/x",
            "'https://example.com:8000';@x",
        ] {
            assert_eq!(found(in_urls, text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn finds_passwords_in_curl_options() {
        for (text, login) in [
            ("curl -u bob:hunter22 https://example.com", "bob:hunter22"),
            ("curl -sS --user=\"bob:Tr0ub 4dor\" https://example.com", "bob:Tr0ub 4dor"),
            ("$ curl --user bob:'Tr0ub 4dor' -X GET", "bob:'Tr0ub 4dor'"),
            ("curl -X GET -u ':n0name-pw' x", ":n0name-pw"),
        ] {
            assert_eq!(found(in_curl_options, text), [login], "{text}");
        }
        for text in [
            "curl -u user:password x",
            "curl -u \"$USER:$PASSWORD\" x",
            "curl -u test:test x",
            "curl --upload-file bob:hunter22",
            "curls -u bob:hunter22",
            "curl\n -u bob:hunter22",
            "curl -u bob",
        ] {
            assert_eq!(found(in_curl_options, text), Vec::<String>::new(), "{text}");
        }
    }
}
