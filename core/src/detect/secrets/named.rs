//! Secrets that nothing tells from any other row of letters but the name they are given: `aws_secret_access_key = …`.

use memchr::memchr2_iter;

use super::pattern::Part::{Is, Maybe, Mixed, Run};
use super::pattern::{ALNUM, ANY_HEX, BASE64, HEX, LOWER, Part, Set, UUID, WEB64, end, from, just};
use super::{Finds, random};

/// A secret by its name.
#[derive(Debug)]
pub(super) struct Named {
    /// Who issues it.
    pub kind: &'static str,
    /// Of each group, the name holds a word. The first of them begins a word in the name.
    words: &'static [&'static [&'static str]],
    pub parts: &'static [Part],
}

impl Named {
    /// A name that it goes by.
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

/// Every such secret, those of a kind together.
#[rustfmt::skip]
pub(super) const NAMED: &[Named] = &[
    named("aws", &[&["aws", "amazon", "secretaccess", "secret_access", "secret-access", "secret access"], &["key", "secret", "token"]], &[just(BASE64, 40), Mixed]),
    named("aws", &[&["aws", "sessiontoken", "session_token"], &["token"]], &[from(Set::of("0-9A-Za-z+/="), 120)]),
    named("google", &[&["private_key_id"]], &[just(HEX, 40)]),
    named("ibm", &[&["ibm", "bluemix"], KEY], &[just(WEB64, 44), Mixed]),
    named("okta", &[&["okta"]], &[Is("00"), just(WEB64, 40), Mixed]),
    named("cisco", &[&["meraki"]], &[just(HEX, 40)]),
    named("sumologic", &[&["sumo"]], &[Is("su"), just(ALNUM, 12), Mixed]),
    named("sumologic", &[&["sumo"], KEY], &[just(ALNUM, 64)]),
    named("cohere", &[&["cohere", "co_api"]], &[just(ALNUM, 40), Mixed]),
    named("mistral", &[&["mistral"], KEY], &[just(ALNUM, 32), Mixed]),
    named("algolia", &[&["algolia"], KEY], &[just(LOWER, 32)]),
    named("datadog", &[&["datadog", "dd_api", "dd-api", "dd_app"], KEY], &[Run(HEX, 32, 40)]),
    named("twilio", &[&["twilio"], KEY], &[just(HEX, 32)]),
    named("heroku", &[&["heroku"], KEY], UUID),
    named("snyk", &[&["snyk"], KEY], UUID),
    named("cloudflare", &[&["cloudflare", "cf_api"], KEY], &[just(WEB64, 40), Mixed]),
    named("cloudflare", &[&["cloudflare", "cf_api"], KEY], &[just(HEX, 37)]),
    named("fastly", &[&["fastly"], KEY], &[just(WEB64, 32), Mixed]),
    named("facebook", &[&["facebook", "fb_"], KEY], &[just(HEX, 32)]),
    named("discord", &[&["discord"], &["secret"]], &[just(WEB64, 32), Mixed]),
    named("privateai", &[&["privateai", "private_ai", "private-ai"]], &[just(LOWER, 32)]),
    named("codecov", &[&["codecov"], KEY], UUID),
    named("zendesk", &[&["zendesk"], KEY], &[just(ALNUM, 40), Mixed]),
    named("intercom", &[&["intercom"], KEY], &[just(Set::of("0-9A-Za-z=_-"), 60), Mixed]),
    named("confluent", &[&["confluent"], &["secret"]], &[just(BASE64, 64), Mixed]),
    named("coinbase", &[&["coinbase"], KEY], &[just(WEB64, 64)]),
    named("kraken", &[&["kraken"], KEY], &[Run(Set::of("0-9A-Za-z+/=_-"), 80, 90), Mixed]),
    named("npm", &[&["/:_authtoken"]], &[Is("npm_"), Run(ALNUM, 8, 60)]),
    named("npm", &[&["/:_authtoken"]], UUID),
    named("npm", &[&["/:_auth", "/:_password"]], &[Run(BASE64, 16, 200), Run(Set::of("="), 0, 2)]),
    named("gitlab", &[&["_gitlab_session"]], &[just(LOWER, 32)]),
    named("sidekiq", &[&["contribsys"]], &[just(HEX, 8), Is(":"), just(HEX, 8)]),
    named("private-key", &[&["private_key", "private-key", "privatekey", "private key", "secp256k1"]], &[Maybe(&[Is("0x")]), just(ANY_HEX, 64)]),
];

/// How far back a name is looked for.
const LONGEST_NAME: usize = 48;

/// The named secrets in `text`, in order.
pub(super) fn find(text: &str, found: &mut Finds) {
    let bytes = text.as_bytes();
    for at in memchr2_iter(b':', b'=', bytes) {
        let value = value_after(bytes, at + 1);
        // Every value begins with so many letters and digits: most colons and equals signs end here.
        if !bytes.get(value..value + 8).is_some_and(|start| start.iter().all(|b| is_value(*b))) {
            continue;
        }
        let Some((start, name)) = name_before(text, at) else { continue };
        let lower = name.to_ascii_lowercase();
        for named in NAMED {
            if !is_called(name, &lower, named.words) {
                continue;
            }
            let (Some(end), _) = end(named.parts, bytes, value) else { continue };
            if random::is_drawn(named.parts, &text[value..end]) {
                found.push((start..end, named.kind));
                break;
            }
        }
    }
}

fn is_value(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'_' | b'-')
}

/// Where the value begins after an operator that ends at `at`.
fn value_after(bytes: &[u8], at: usize) -> usize {
    let skip = |at: usize, most: usize, set: &[u8]| {
        at + bytes[at..].iter().take(most).take_while(|byte| set.contains(byte)).count()
    };
    let at = skip(at, 2, b"=>:");
    let at = skip(at, 3, b" \t");
    skip(at, 2, b"\\\"'`")
}

/// Where the name before the operator at `at` begins, and what is called so.
fn name_before(text: &str, at: usize) -> Option<(usize, &str)> {
    let bytes = &text.as_bytes()[..at];
    let inside = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-. \t\"'\\:/".contains(byte);
    let len = bytes.iter().rev().take(LONGEST_NAME).take_while(|byte| inside(byte)).count();
    let name = text.get(at - len..at)?;
    // What is found begins with the last word: the rest of the sentence is not secret.
    let word = name.trim_end_matches(['"', '\'', '\\', ' ', '\t']);
    let start = word.rfind(['"', '\'', ' ', '\t']).map_or(0, |before| before + 1);
    (!word.is_empty()).then_some((at - len + start, name))
}

/// Whether `name`, `lower` in lower case, holds a word of each group.
fn is_called(name: &str, lower: &str, groups: &[&[&str]]) -> bool {
    let bytes = name.as_bytes();
    // `CameraKit` has no Meraki in it, and `sumObject` no Sumo.
    let is_word = |at: usize, len: usize| {
        let inside = bytes[at].is_ascii_lowercase() && at > 0 && bytes[at - 1].is_ascii_alphabetic();
        let cut = bytes[at + len - 1].is_ascii_uppercase() && bytes[at + len - 2].is_ascii_lowercase();
        !(inside || cut)
    };
    groups.iter().enumerate().all(|(index, words)| {
        words.iter().any(|word| lower.match_indices(word).any(|(at, _)| index > 0 || is_word(at, word.len())))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_makes_a_secret() {
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
