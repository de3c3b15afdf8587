//! Finds credentials in HTTP headers: `Authorization: Bearer …`, `X-Api-Key: …`.

use super::flaw::Flaw;
use super::{Finds, random, real};

/// Finds the credentials in headers in `text`, in order.
pub(super) fn find(text: &str, found: &mut Finds) {
    for at in memchr::memchr_iter(b':', text.as_bytes()) {
        let name = text[..at]
            .bytes()
            .rev()
            .take(MAX_NAME_LEN)
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'"' | b'\''))
            .count();
        let start = at - name;
        let Some(header) = text.get(start..at) else { continue };
        let header = header.trim_matches(['"', '\'']).to_ascii_lowercase();
        if !is_credential(&header) {
            continue;
        }
        let start = start + text[start..at].bytes().take_while(|b| matches!(b, b'"' | b'\'')).count();
        let value = text[at + 1..].trim_start_matches([' ', '"', '\'']);
        let (token, flaw) = token_of(&header, value);
        if token.is_empty() {
            let len = value.find(char::is_whitespace).unwrap_or(value.len());
            if real::is_template(&value[..len]) {
                found.reject(start..text.len() - value.len() + len, "authorization", Flaw::Template);
            }
            continue;
        }
        let end = text.len() - value.len() + value.find(token).unwrap_or(0) + token.len();
        found.judge(start..end, "authorization", flaw);
    }
}

/// The maximum length of the name of a header in bytes, with quotes.
const MAX_NAME_LEN: usize = 32;

/// Returns whether `header`, in lower case, contains credentials.
fn is_credential(header: &str) -> bool {
    let is_private = || {
        let is_named = ["key", "token", "secret"].iter().any(|end| header.ends_with(end));
        is_named && !["csrf", "xsrf", "idempotency"].iter().any(|part| header.contains(part))
    };
    HEADERS.contains(&header) || header.starts_with("x-") && is_private()
}

/// Headers that contain credentials, in lower case. Names that an application chooses start with `x-`.
const HEADERS: &[&str] = &[
    "access-token",
    "api-key",
    "api-token",
    "auth-token",
    "authorization",
    "private-token",
    "proxy-authorization",
];

/// Returns the credentials in `value` of `header`, and the reason if they are not credentials.
fn token_of<'t>(header: &str, value: &'t str) -> (&'t str, Option<Flaw>) {
    let judged = |token: &'t str| (token, flaw(token));
    if !header.ends_with("authorization") {
        return judged(token(value));
    }
    let (scheme, rest) = value.split_once(' ').unwrap_or((value, ""));
    let credentials = token(rest.trim_start_matches(' '));
    if scheme.eq_ignore_ascii_case("basic")
        && let Some((user, password)) =
            decoded(credentials).as_deref().and_then(|login| login.split_once(':'))
    {
        let is_same = (user == password).then_some(Flaw::SameAsUser);
        let is_short = (password.len() < 6).then_some(Flaw::Short);
        return (credentials, is_same.or(is_short).or_else(|| real::flaw(password)));
    }
    if SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return judged(credentials);
    }
    // Some services expect the token alone.
    let token = token(value);
    if token.len() < MIN_BARE_LEN { (token, Some(Flaw::Short)) } else { judged(token) }
}

/// Authentication schemes of the `Authorization` header, in lower case.
const SCHEMES: &[&str] = &["apikey", "api-token", "basic", "bearer", "bot", "token"];

/// The minimum length of a token without a scheme.
const MIN_BARE_LEN: usize = 16;

/// Returns the token at the start of `value`.
fn token(value: &str) -> &str {
    let len = value.bytes().take_while(|b| b.is_ascii_alphanumeric() || b"_.~+/-=@".contains(b)).count();
    value[..len].trim_end_matches(['.', '-'])
}

/// Returns why `token` does not look generated, but written by a person; `None` if it does.
fn flaw(token: &str) -> Option<Flaw> {
    let has = |is: fn(&u8) -> bool| token.bytes().any(|byte| is(&byte));
    if token.len() < 8 {
        Some(Flaw::Short)
    } else if !has(u8::is_ascii_digit) && token.len() < MIN_UNMIXED_LEN {
        Some(Flaw::OnlyWords)
    } else if !has(u8::is_ascii_alphabetic) {
        Some(Flaw::Number)
    } else if let Some(flaw) = real::flaw(token) {
        Some(flaw)
    } else if real::entropy(token.as_bytes()) < 2.75 {
        Some(Flaw::FewCharacters)
    } else {
        random::flaw_of(token)
    }
}

/// The minimum length of a token without digits.
const MIN_UNMIXED_LEN: usize = 24;

/// Decodes `base64`. Returns `None` if the result is not plain text.
fn decoded(base64: &str) -> Option<String> {
    let (mut bytes, mut bits, mut count) = (Vec::new(), 0_u32, 0);
    for letter in base64.trim_end_matches('=').bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count).ok()?);
            bits &= (1 << count) - 1;
        }
    }
    String::from_utf8(bytes).ok().filter(|text| !text.contains(char::is_control))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let mut finds = Finds::default();
        find(text, &mut finds);
        finds.found.into_iter().map(|(range, _)| text[range].to_owned()).collect()
    }

    #[test]
    fn decodes_base64() {
        assert_eq!(decoded("Ym9iOmh1bnRlcjIy").as_deref(), Some("bob:hunter22"));
        assert_eq!(decoded("YTpiYw==").as_deref(), Some("a:bc"));
        assert_eq!(decoded("a b"), None);
    }

    #[test]
    fn finds_credentials_in_headers() {
        for (text, header) in [
            ("-H 'Authorization: Bearer a1b2c3d4e5f6'", "Authorization: Bearer a1b2c3d4e5f6"),
            ("{\"X-Api-Key\": \"a1b2c3d4e5f6\"}", "X-Api-Key\": \"a1b2c3d4e5f6"),
            ("api-token: Qx7Zb2Lm9.", "api-token: Qx7Zb2Lm9"),
            ("Authorization: Basic Ym9iOmh1bnRlcjIy", "Authorization: Basic Ym9iOmh1bnRlcjIy"),
            ("Authorization: 8Zq4-Xw2vK7-pL9mR3", "Authorization: 8Zq4-Xw2vK7-pL9mR3"),
            ("X-Acme-Token: a1b2c3d4e5f6", "X-Acme-Token: a1b2c3d4e5f6"),
        ] {
            assert_eq!(found(text), [header], "{text}");
        }
        for text in [
            "Authorization: Bearer <token>",
            "Authorization: Bearer $(print-token-v2)",
            "Authorization: Basic ...",
            "Authorization: Basic dXNlcjpwYXNzd29yZA==",
            "X-CSRF-Token: a1b2c3d4e5f6",
            "Authorization: Bearer YOUR_TOKEN_2",
            "authorization: we need bearer a1b2c3d4e5f6",
            "meraki-api-key: a1b2c3d4e5f6",
            "note: a1b2c3d4e5f6",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }
}
