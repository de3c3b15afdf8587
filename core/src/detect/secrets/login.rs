//! Finds credentials in URLs, in options of curl and in HTTP headers.

use memchr::memmem;

use super::{Finds, random, real};

/// Finds passwords in URLs, such as `https://bob:hunter2@git.example.com`, and in connection strings of databases.
pub(super) fn in_urls(text: &str, found: &mut Finds) {
    for at in memmem::find_iter(text.as_bytes(), "://") {
        let body = at + "://".len();
        let scheme = text[..at].bytes().rev().take(20);
        let scheme = scheme.take_while(|b| b.is_ascii_alphanumeric() || b"+.-".contains(b)).count();
        let Some(first) = text[at - scheme..at].find(|c: char| c.is_ascii_alphabetic()) else { continue };
        let ends_authority = |c: char| c.is_whitespace() || "/?#'\"`<>(){}[]".contains(c);
        let limit = text.floor_char_boundary(body + MAX_LOGIN_LEN);
        let authority =
            text[body..limit].find(ends_authority).map_or(&text[body..limit], |end| &text[body..body + end]);
        let Some((login, host)) = authority.rsplit_once('@') else { continue };
        let Some((user, password)) = login.split_once(':') else { continue };
        let host_len =
            host.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-')).count();
        let host = host[..host_len].trim_end_matches(['.', '-']);
        let is_harmless = real::is_placeholder(password) || is_local(host) && is_weak(user, password);
        if !host.is_empty() && !is_harmless {
            found.push((at - scheme + first..body + login.len() + 1 + host.len(), "url-password"));
        }
    }
}

/// The maximum length of an authority (user, password and host) in bytes.
const MAX_LOGIN_LEN: usize = 400;

/// Returns whether `host` is on the local machine or network, where others cannot reach it.
fn is_local(host: &str) -> bool {
    !host.contains('.') || host.starts_with("127.") || host == "0.0.0.0"
}

/// Returns whether `password` is a typical default of local development: the user name, or fewer than eight letters.
fn is_weak(user: &str, password: &str) -> bool {
    password == user || password.len() < 8 && password.bytes().all(|b| b.is_ascii_alphabetic())
}

/// Finds passwords in options of `curl`, such as `-u name:password`.
pub(super) fn in_curl_options(text: &str, found: &mut Finds) {
    let mut done = 0;
    for at in memmem::find_iter(text.as_bytes(), "curl ") {
        if at < done || text[..at].ends_with(|c: char| c.is_alphanumeric()) {
            continue;
        }
        let line = text[at..].find('\n').map_or(text.len(), |len| at + len).min(at + MAX_COMMAND_LEN);
        let line = text.floor_char_boundary(line);
        let mut from = at;
        while let Some((start, end)) = login_option(&text[..line], from) {
            from = start;
            if is_login(&text[start..end]) {
                found.push((start..end, "curl-password"));
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

/// Returns whether `value` is a user name and a password.
fn is_login(value: &str) -> bool {
    let Some((user, password)) = value.split_once(':') else { return false };
    let password = password.trim_matches(['"', '\'']);
    user != password
        && password.len() >= 6
        && (password.len() >= 8 || password.bytes().any(|b| b.is_ascii_digit()))
        && !real::is_template(value)
        && !real::is_placeholder(password)
}

/// Finds credentials in HTTP headers: `Authorization: Bearer …`, `X-Api-Key: …`.
pub(super) fn in_headers(text: &str, found: &mut Finds) {
    for at in memchr::memchr_iter(b':', text.as_bytes()) {
        let name = text[..at]
            .bytes()
            .rev()
            .take(24)
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'"' | b'\''))
            .count();
        let start = at - name;
        let Some(header) = text.get(start..at) else { continue };
        let header = header.trim_matches(['"', '\'']).to_ascii_lowercase();
        if !HEADERS.contains(&&*header) {
            continue;
        }
        let start = start + text[start..at].bytes().take_while(|b| matches!(b, b'"' | b'\'')).count();
        let rest = &text[at + 1..];
        let value = rest.trim_start_matches([' ', '"', '\'']);
        let value = if header.ends_with("authorization") {
            let Some((scheme, value)) = value.split_once(' ') else { continue };
            if !SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
                continue;
            }
            value.trim_start_matches(' ')
        } else {
            value
        };
        let len = value.bytes().take_while(|b| b.is_ascii_alphanumeric() || b"_.~+/-=".contains(b)).count();
        let token = value[..len].trim_end_matches(['.', '-']);
        if is_token(token) {
            let from = text.len() - value.len();
            found.push((start..from + token.len(), "authorization"));
        }
    }
}

/// Headers that contain credentials, in lower case.
const HEADERS: &[&str] = &[
    "access-token",
    "api-key",
    "api-token",
    "auth-token",
    "authorization",
    "private-token",
    "proxy-authorization",
    "x-access-token",
    "x-api-key",
    "x-api-token",
    "x-auth-token",
    "x-vault-token",
];

/// Authentication schemes of the `Authorization` header, in lower case.
const SCHEMES: &[&str] = &["apikey", "api-token", "basic", "bearer", "bot", "token"];

/// Returns whether `token` looks generated rather than written by a person.
fn is_token(token: &str) -> bool {
    token.len() >= 8
        && token.bytes().any(|b| b.is_ascii_digit())
        && token.bytes().any(|b| b.is_ascii_alphabetic())
        && !real::is_placeholder(token)
        && real::entropy(token.as_bytes()) >= 3.0
        && random::is_random(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(find: fn(&str, &mut Finds), text: &str) -> Vec<String> {
        let mut found = Vec::new();
        find(text, &mut found);
        found.into_iter().map(|(range, _)| text[range].to_owned()).collect()
    }

    #[test]
    fn finds_passwords_in_urls() {
        for (text, address) in [
            ("git clone https://bob:hunter2@git.example.com/x.git", "https://bob:hunter2@git.example.com"),
            ("(redis://:s3cr3t-pw@cache.example.com:6379/0)", "redis://:s3cr3t-pw@cache.example.com"),
            ("jdbc:mysql://app:p@ss@w0rd@db.example.com/x", "mysql://app:p@ss@w0rd@db.example.com"),
            ("mongodb+srv://app:Zq8-11x@c0.example.net.", "mongodb+srv://app:Zq8-11x@c0.example.net"),
            ("postgres://app:longer-and-hard3r@localhost/x", "postgres://app:longer-and-hard3r@localhost"),
        ] {
            assert_eq!(found(in_urls, text), [address], "{text}");
        }
        for text in [
            "https://example.com:8080/@bob",
            "https://${user}:${password}@example.com",
            "https://username:password@example.com",
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

    #[test]
    fn finds_credentials_in_headers() {
        for (text, header) in [
            ("-H 'Authorization: Bearer a1b2c3d4e5f6'", "Authorization: Bearer a1b2c3d4e5f6"),
            ("{\"X-Api-Key\": \"a1b2c3d4e5f6\"}", "X-Api-Key\": \"a1b2c3d4e5f6"),
            ("api-token: Qx7Zb2Lm9.", "api-token: Qx7Zb2Lm9"),
        ] {
            assert_eq!(found(in_headers, text), [header], "{text}");
        }
        for text in [
            "Authorization: Bearer <token>",
            "Authorization: Bearer $(print-token-v2)",
            "Authorization: Basic ...",
            "Authorization: Bearer YOUR_TOKEN_2",
            "authorization: we need bearer a1b2c3d4e5f6",
            "meraki-api-key: a1b2c3d4e5f6",
            "note: a1b2c3d4e5f6",
        ] {
            assert_eq!(found(in_headers, text), Vec::<String>::new(), "{text}");
        }
    }
}
