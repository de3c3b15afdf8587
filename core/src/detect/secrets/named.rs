//! Finds secrets without a distinctive format by the name that they are assigned to: `aws_secret_access_key = …`.

use memchr::memchr2_iter;

use super::pattern::Part::{Literal, Mixed, Optional, Run};
use super::pattern::{
    ALNUM, ANY_HEX, BASE64, BASE64_URL, HEX, LOWER_ALNUM, Part, Set, UUID, at_least, exactly, match_end,
};
use super::{Finds, random};

/// A kind of secret that is recognized by its name.
#[derive(Debug)]
pub(super) struct Named {
    /// The issuer.
    pub kind: &'static str,
    /// The name contains one word of each group. The word of the first group must start at a word boundary in the name.
    words: &'static [&'static [&'static str]],
    /// The format of the value.
    pub parts: &'static [Part],
}

impl Named {
    /// Returns a name that matches.
    #[cfg(test)]
    pub(super) fn name(&self) -> String {
        self.words.iter().map(|words| words[0]).collect::<Vec<_>>().join("_")
    }
}

const fn named(
    kind: &'static str,
    words: &'static [&'static [&'static str]],
    parts: &'static [Part],
) -> Named {
    Named { kind, words, parts }
}

const KEY: &[&str] = &["key", "token", "secret", "auth", "password", "pat"];

/// All secrets that are recognized by name, grouped by kind.
#[rustfmt::skip]
pub(super) const NAMED: &[Named] = &[
    named("aws", &[&["aws", "amazon", "secretaccess", "secret_access", "secret-access", "secret access"], &["key", "secret", "token"]], &[exactly(BASE64, 40), Mixed]),
    named("aws", &[&["aws", "sessiontoken", "session_token"], &["token"]], &[at_least(Set::of("0-9A-Za-z+/="), 120)]),
    named("google", &[&["private_key_id"]], &[exactly(HEX, 40)]),
    named("ibm", &[&["ibm", "bluemix"], KEY], &[exactly(BASE64_URL, 44), Mixed]),
    named("okta", &[&["okta"]], &[Literal("00"), exactly(BASE64_URL, 40), Mixed]),
    named("cisco", &[&["meraki"]], &[exactly(HEX, 40)]),
    named("sumologic", &[&["sumo"]], &[Literal("su"), exactly(ALNUM, 12), Mixed]),
    named("sumologic", &[&["sumo"], KEY], &[exactly(ALNUM, 64)]),
    named("cohere", &[&["cohere", "co_api"]], &[exactly(ALNUM, 40), Mixed]),
    named("mistral", &[&["mistral"], KEY], &[exactly(ALNUM, 32), Mixed]),
    named("algolia", &[&["algolia"], KEY], &[exactly(LOWER_ALNUM, 32)]),
    named("datadog", &[&["datadog", "dd_api", "dd-api", "dd_app"], KEY], &[Run(HEX, 32, 40)]),
    named("twilio", &[&["twilio"], KEY], &[exactly(HEX, 32)]),
    named("heroku", &[&["heroku"], KEY], UUID),
    named("snyk", &[&["snyk"], KEY], UUID),
    named("cloudflare", &[&["cloudflare", "cf_api"], KEY], &[exactly(BASE64_URL, 40), Mixed]),
    named("cloudflare", &[&["cloudflare", "cf_api"], KEY], &[exactly(HEX, 37)]),
    named("fastly", &[&["fastly"], KEY], &[exactly(BASE64_URL, 32), Mixed]),
    named("facebook", &[&["facebook", "fb_"], KEY], &[exactly(HEX, 32)]),
    named("discord", &[&["discord"], &["secret"]], &[exactly(BASE64_URL, 32), Mixed]),
    named("privateai", &[&["privateai", "private_ai", "private-ai"]], &[exactly(LOWER_ALNUM, 32)]),
    named("codecov", &[&["codecov"], KEY], UUID),
    named("zendesk", &[&["zendesk"], KEY], &[exactly(ALNUM, 40), Mixed]),
    named("intercom", &[&["intercom"], KEY], &[exactly(Set::of("0-9A-Za-z=_-"), 60), Mixed]),
    named("confluent", &[&["confluent"], &["secret"]], &[exactly(BASE64, 64), Mixed]),
    named("coinbase", &[&["coinbase"], KEY], &[exactly(BASE64_URL, 64)]),
    named("kraken", &[&["kraken"], KEY], &[Run(Set::of("0-9A-Za-z+/=_-"), 80, 90), Mixed]),
    named("npm", &[&["/:_authtoken"]], &[Literal("npm_"), Run(ALNUM, 8, 60)]),
    named("npm", &[&["/:_authtoken"]], UUID),
    named("npm", &[&["/:_auth", "/:_password"]], &[Run(BASE64, 16, 200), Run(Set::of("="), 0, 2)]),
    named("gitlab", &[&["_gitlab_session"]], &[exactly(LOWER_ALNUM, 32)]),
    named("sidekiq", &[&["contribsys"]], &[exactly(HEX, 8), Literal(":"), exactly(HEX, 8)]),
    named("private-key", &[&["private_key", "private-key", "privatekey", "private key", "secp256k1"]], &[Optional(&[Literal("0x")]), exactly(ANY_HEX, 64)]),
];

/// The maximum length of a name in bytes, including the space after it.
const MAX_NAME_LEN: usize = 48;

/// Finds the named secrets in `text`, in order.
pub(super) fn find(text: &str, found: &mut Finds) {
    let bytes = text.as_bytes();
    for at in memchr2_iter(b':', b'=', bytes) {
        let value = value_start(bytes, at + 1);
        // Every value starts with at least eight such characters, which rules out most colons and equals signs.
        if !bytes.get(value..value + 8).is_some_and(|start| start.iter().all(|b| is_value_char(*b))) {
            continue;
        }
        let Some((start, name)) = name_before(text, at) else { continue };
        let lower = name.to_ascii_lowercase();
        for named in NAMED {
            if !matches_name(name, &lower, named.words) {
                continue;
            }
            let (Some(end), _) = match_end(named.parts, bytes, value) else { continue };
            if random::has_random_part(named.parts, &text[value..end]) {
                found.push((start..end, named.kind));
                break;
            }
        }
    }
}

fn is_value_char(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'_' | b'-')
}

/// Returns the start of the value after the operator that ends at `at`.
fn value_start(bytes: &[u8], at: usize) -> usize {
    let skip = |at: usize, max: usize, set: &[u8]| {
        at + bytes[at..].iter().take(max).take_while(|byte| set.contains(byte)).count()
    };
    let at = skip(at, 2, b"=>:");
    let at = skip(at, 3, b" \t");
    skip(at, 2, b"\\\"'`")
}

/// Returns the name before the operator at `at`, and the start of its last word.
fn name_before(text: &str, at: usize) -> Option<(usize, &str)> {
    let bytes = &text.as_bytes()[..at];
    let is_name_char = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-. \t\"'\\:/".contains(byte);
    let len = bytes.iter().rev().take(MAX_NAME_LEN).take_while(|byte| is_name_char(byte)).count();
    let name = text.get(at - len..at)?;
    // The finding starts at the last word, because the text before it may be a sentence.
    let word = name.trim_end_matches(['"', '\'', '\\', ' ', '\t']);
    let start = word.rfind(['"', '\'', ' ', '\t']).map_or(0, |before| before + 1);
    (!word.is_empty()).then_some((at - len + start, name))
}

/// Returns whether `name`, whose lower case form is `lower`, contains a word of each group.
fn matches_name(name: &str, lower: &str, groups: &[&[&str]]) -> bool {
    let bytes = name.as_bytes();
    // A word must not cross word boundaries: `CameraKit` does not contain Meraki, and `sumObject` does not contain Sumo.
    let is_at_boundaries = |at: usize, len: usize| {
        let starts_inside = bytes[at].is_ascii_lowercase() && at > 0 && bytes[at - 1].is_ascii_alphabetic();
        let ends_inside =
            bytes[at + len - 1].is_ascii_uppercase() && bytes[at + len - 2].is_ascii_lowercase();
        !(starts_inside || ends_inside)
    };
    groups.iter().enumerate().all(|(index, words)| {
        words.iter().any(|word| {
            lower.match_indices(word).any(|(at, _)| index > 0 || is_at_boundaries(at, word.len()))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_values_by_their_names() {
        let (hex, base) =
            ("0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c", "aZ3bY7cX1dW9eV5fU2gT8hS4iR6jQ0kPlOmNn+/q");
        let found = |text: &str| {
            let mut found = Vec::new();
            find(text, &mut found);
            found.into_iter().map(|(range, kind)| (text[range].to_owned(), kind)).collect::<Vec<_>>()
        };
        for (text, start, kind) in [
            (format!("my AWS_SECRET_ACCESS_KEY={base}"), 3, "aws"),
            (format!("{{\"SecretAccessKey\": \"{base}\"}}"), 2, "aws"),
            (format!("export meraki-api-key => '{hex}'"), 7, "cisco"),
            (format!("the aws secret key: {base}."), 15, "aws"),
            ("BUNDLE_GEMS__CONTRIBSYS__COM: c0ffee01:decade02".to_owned(), 0, "sidekiq"),
            (format!("walletPrivateKey = 0x{hex}{}", &hex[..24]), 0, "private-key"),
        ] {
            let end = text.trim_end_matches(['"', '\'', '.', '}']).len();
            assert_eq!(found(&text), [(text[start..end].to_owned(), kind)]);
        }
        for text in [
            format!("key = {base}"),
            format!("CameraKit: {hex}"),
            format!("ReactNativeCameraKit: {hex}"),
            format!("aws_secret_key = {hex}"),
            "aws_secret_key = xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx".to_owned(),
            "aws_secret_key = ${AWS_SECRET}, okta: 00".to_owned(),
        ] {
            assert_eq!(found(&text), [], "{text}");
        }
    }
}
