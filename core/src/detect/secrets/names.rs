//! The names of secrets without a distinctive format, and the formats of their values, in a table ordered by issuer.
//!
//! Sources: the rules of gitleaks at commit 009e025 (`config/gitleaks.toml`, MIT) for most rows. Rows with a comment come from the rules of
//! Kingfisher at commit 2a2b7b5 (`crates/kingfisher-rules/data/rules`, Apache-2.0), which name the issuers' pages. Both were read in
//! November 2026. Names without a word such as `key` or `token` are identifiers of clients, which are not secret.

use super::pattern::Part::{Literal, Mixed, Optional, Run};
use super::pattern::{ALNUM, ANY_HEX, BASE64, BASE64_URL, DIGITS, HEX, Part, Set, UUID, at_least, exactly};

/// A kind of secret that is recognized by its name.
#[derive(Debug)]
pub(super) struct Named {
    /// The issuer.
    pub kind: &'static str,
    /// The name contains one word of each group. The word of the first group must start at a word boundary in the name.
    pub words: &'static [&'static [&'static str]],
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
const JFROG: &[&str] = &["jfrog", "artifactory", "bintray", "xray"];
const NEW_RELIC: &[&str] = &["newrelic", "new_relic", "new-relic"];
const NYTIMES: &[&str] = &["nytimes", "newyorktimes", "new-york-times"];
const LINKEDIN: &[&str] = &["linkedin", "linked_in", "linked-in"];
const MESSAGEBIRD: &[&str] = &["messagebird", "message_bird", "message-bird"];
const PADDED_URL: Set = Set::of("0-9A-Za-z=_-");

/// All secrets that are recognized by name, grouped by kind.
#[rustfmt::skip]
pub(super) const NAMED: &[Named] = &[
    named("aws", &[&["aws", "amazon", "secretaccess", "secret_access", "secret-access", "secret access"], &["key", "secret", "token"]], &[exactly(BASE64, 40), Mixed]),
    named("aws", &[&["aws", "sessiontoken", "session_token"], &["token"]], &[at_least(Set::of("0-9A-Za-z+/="), 120)]),
    named("google", &[&["private_key_id"]], &[exactly(HEX, 40)]),
    named("ibm", &[&["ibm", "bluemix"], KEY], &[exactly(BASE64_URL, 44), Mixed]),
    named("alibaba", &[&["alibaba", "aliyun"], KEY], &[exactly(ALNUM, 30), Mixed]),
    named("yandex", &[&["yandex"], KEY], &[Literal("YC"), exactly(BASE64_URL, 38), Mixed]),
    // https://docs.hetzner.cloud
    named("hetzner", &[&["hetzner", "hcloud"], KEY], &[exactly(ALNUM, 64), Mixed]),
    named("okta", &[&["okta"]], &[Literal("00"), exactly(PADDED_URL, 40), Mixed]),
    named("cisco", &[&["meraki"]], &[exactly(HEX, 40)]),
    named("sumologic", &[&["sumo"]], &[Literal("su"), exactly(ALNUM, 12), Mixed]),
    named("sumologic", &[&["sumo"], KEY], &[exactly(ALNUM, 64)]),
    named("cohere", &[&["cohere", "co_api"]], &[exactly(ALNUM, 40), Mixed]),
    named("mistral", &[&["mistral"], KEY], &[exactly(ALNUM, 32), Mixed]),
    // https://developers.deepgram.com/docs/authenticating
    named("deepgram", &[&["deepgram"], KEY], &[exactly(HEX, 40)]),
    // https://ollama.com/blog
    named("ollama", &[&["ollama"], KEY], &[exactly(HEX, 32), Literal("."), exactly(BASE64_URL, 24)]),
    named("privateai", &[&["privateai", "private_ai", "private-ai"]], &[exactly(ALNUM, 32)]),
    named("algolia", &[&["algolia"], KEY], &[exactly(ALNUM, 32)]),
    named("datadog", &[&["datadog", "dd_api", "dd-api", "dd_app"], KEY], &[exactly(HEX, 32)]),
    named("datadog", &[&["datadog", "dd_api", "dd-api", "dd_app"], KEY], &[exactly(ALNUM, 40)]),
    named("newrelic", &[NEW_RELIC, KEY], &[exactly(ALNUM, 64)]),
    named("sentry", &[&["sentry"], KEY], &[exactly(HEX, 64)]),
    named("sonar", &[&["sonar"], &["key", "token", "login"]], &[exactly(PADDED_URL, 40), Mixed]),
    named("sourcegraph", &[&["sourcegraph"], KEY], &[exactly(ANY_HEX, 40)]),
    named("snyk", &[&["snyk"], KEY], UUID),
    named("codecov", &[&["codecov"], KEY], UUID),
    named("codecov", &[&["codecov"], KEY], &[exactly(ALNUM, 32)]),
    named("droneci", &[&["drone"], KEY], &[exactly(ALNUM, 32)]),
    named("travis", &[&["travis"], KEY], &[exactly(ALNUM, 22)]),
    named("launchdarkly", &[&["launchdarkly", "launch_darkly"], KEY], &[exactly(PADDED_URL, 40)]),
    named("twilio", &[&["twilio"], KEY], &[exactly(HEX, 32)]),
    named("sendbird", &[&["sendbird"], KEY], &[exactly(HEX, 40)]),
    named("sendbird", &[&["sendbird"], KEY], UUID),
    named("messagebird", &[MESSAGEBIRD, KEY], &[exactly(ALNUM, 25)]),
    named("messagebird", &[MESSAGEBIRD, KEY], UUID),
    named("mattermost", &[&["mattermost"], KEY], &[exactly(ALNUM, 26)]),
    named("gitter", &[&["gitter"], KEY], &[exactly(BASE64_URL, 40)]),
    named("discord", &[&["discord"], &["secret", "token", "key"]], &[exactly(PADDED_URL, 32), Mixed]),
    named("discord", &[&["discord"], KEY], &[exactly(HEX, 64)]),
    named("twitch", &[&["twitch"], KEY], &[exactly(ALNUM, 30)]),
    named("twitter", &[&["twitter"], KEY], &[Run(DIGITS, 15, 25), Literal("-"), Run(ALNUM, 20, 40)]),
    named("twitter", &[&["twitter"], KEY], &[exactly(ALNUM, 25)]),
    named("twitter", &[&["twitter"], KEY], &[exactly(ALNUM, 45)]),
    named("twitter", &[&["twitter"], KEY], &[exactly(ALNUM, 50)]),
    named("twitter", &[&["twitter"], KEY], &[Literal("AAAAAAAAAAAAAAAAAAAAAA"), Run(Set::of("0-9A-Za-z%"), 80, 100)]),
    named("facebook", &[&["facebook", "fb_"], KEY], &[exactly(HEX, 32)]),
    named("linkedin", &[LINKEDIN, KEY], &[exactly(ALNUM, 16)]),
    named("linkedin", &[LINKEDIN, KEY], &[exactly(ALNUM, 14)]),
    named("flickr", &[&["flickr"], KEY], &[exactly(ALNUM, 32)]),
    named("etsy", &[&["etsy"], KEY], &[exactly(ALNUM, 24)]),
    named("nytimes", &[NYTIMES, KEY], &[exactly(PADDED_URL, 32)]),
    named("squarespace", &[&["squarespace"], KEY], UUID),
    named("heroku", &[&["heroku"], KEY], UUID),
    named("netlify", &[&["netlify"], KEY], &[Run(PADDED_URL, 40, 46)]),
    named("cloudflare", &[&["cloudflare", "cf_api"], KEY], &[exactly(BASE64_URL, 40), Mixed]),
    named("cloudflare", &[&["cloudflare", "cf_api"], KEY], &[exactly(HEX, 37)]),
    named("fastly", &[&["fastly"], KEY], &[exactly(PADDED_URL, 32), Mixed]),
    named("rapidapi", &[&["rapidapi", "rapid_api"], KEY], &[exactly(BASE64_URL, 50)]),
    // https://ngrok.com/docs/api#authentication
    named("ngrok", &[&["ngrok"], KEY], &[Run(ALNUM, 25, 30), Literal("_"), exactly(ALNUM, 21)]),
    named("adafruit", &[&["adafruit"], KEY], &[exactly(BASE64_URL, 32)]),
    named("adobe", &[&["adobe"], KEY], &[exactly(HEX, 32)]),
    named("airtable", &[&["airtable"], KEY], &[exactly(ALNUM, 17)]),
    named("asana", &[&["asana"], KEY], &[exactly(ALNUM, 32)]),
    named("atlassian", &[&["atlassian", "confluence", "jira"], KEY], &[exactly(ALNUM, 20), exactly(HEX, 4)]),
    named("bitbucket", &[&["bitbucket"], KEY], &[exactly(ALNUM, 32)]),
    named("bitbucket", &[&["bitbucket"], KEY], &[exactly(PADDED_URL, 64)]),
    named("beamer", &[&["beamer"], KEY], &[Literal("b_"), exactly(PADDED_URL, 44)]),
    named("contentful", &[&["contentful"], KEY], &[exactly(PADDED_URL, 43)]),
    named("dropbox", &[&["dropbox"], KEY], &[exactly(ALNUM, 15)]),
    named("dropbox", &[&["dropbox"], KEY], &[exactly(ALNUM, 11), Literal("AAAAAAAAAA"), exactly(PADDED_URL, 43)]),
    named("hubspot", &[&["hubspot"], KEY], &[exactly(ANY_HEX, 8), Literal("-"), exactly(ANY_HEX, 4), Literal("-"), exactly(ANY_HEX, 4), Literal("-"), exactly(ANY_HEX, 4), Literal("-"), exactly(ANY_HEX, 12)]),
    named("artifactory", &[JFROG, KEY], &[exactly(ALNUM, 73)]),
    named("artifactory", &[JFROG, KEY], &[exactly(ALNUM, 64)]),
    named("linear", &[&["linear"], KEY], &[exactly(HEX, 32)]),
    named("zendesk", &[&["zendesk"], KEY], &[exactly(ALNUM, 40), Mixed]),
    named("intercom", &[&["intercom"], KEY], &[exactly(PADDED_URL, 60), Mixed]),
    named("confluent", &[&["confluent"], &["secret", "token", "key"]], &[exactly(BASE64, 64), Mixed]),
    named("confluent", &[&["confluent"], KEY], &[exactly(ALNUM, 16)]),
    named("coinbase", &[&["coinbase"], KEY], &[exactly(BASE64_URL, 64)]),
    named("kraken", &[&["kraken"], KEY], &[Run(Set::of("0-9A-Za-z+/=_-"), 80, 90), Mixed]),
    named("kucoin", &[&["kucoin"], KEY], &[exactly(HEX, 24)]),
    named("kucoin", &[&["kucoin"], KEY], UUID),
    named("bittrex", &[&["bittrex"], KEY], &[exactly(ALNUM, 32)]),
    named("finicity", &[&["finicity"], KEY], &[exactly(HEX, 32)]),
    named("finicity", &[&["finicity"], KEY], &[exactly(ALNUM, 20)]),
    named("finnhub", &[&["finnhub"], KEY], &[exactly(ALNUM, 20)]),
    named("freshbooks", &[&["freshbooks"], KEY], &[exactly(ALNUM, 64)]),
    named("plaid", &[&["plaid"], KEY], &[exactly(ALNUM, 24)]),
    named("plaid", &[&["plaid"], KEY], &[exactly(ALNUM, 30)]),
    named("lob", &[&["lob"], KEY], &[Literal("live_"), exactly(HEX, 35)]),
    named("lob", &[&["lob"], KEY], &[Literal("test_"), exactly(HEX, 35)]),
    named("mapbox", &[&["mapbox"], KEY], &[Literal("pk."), exactly(ALNUM, 60), Literal("."), exactly(ALNUM, 22)]),
    named("npm", &[&["/:_authtoken"]], &[Literal("npm_"), Run(ALNUM, 8, 60)]),
    named("npm", &[&["/:_authtoken"]], UUID),
    named("npm", &[&["/:_auth", "/:_password"]], &[Run(BASE64, 16, 200), Run(Set::of("="), 0, 2)]),
    named("gitlab", &[&["_gitlab_session"]], &[exactly(ALNUM, 32)]),
    named("sidekiq", &[&["contribsys"]], &[exactly(HEX, 8), Literal(":"), exactly(HEX, 8)]),
    // https://reference.airbyte.com/reference/authentication
    named("airbyte", &[&["airbyte"], &["secret"]], &[exactly(ALNUM, 32), Mixed]),
    named("private-key", &[&["private_key", "private-key", "privatekey", "private key", "secp256k1"]], &[Optional(&[Literal("0x")]), exactly(ANY_HEX, 64)]),
];
