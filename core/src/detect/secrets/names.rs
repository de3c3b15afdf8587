//! The names of secrets without a distinctive format, and the formats of their values, in a table ordered by issuer.
//!
//! The lengths of most values were collected by gitleaks (commit 009e025, `config/gitleaks.toml`, MIT), others by Kingfisher (commit 2a2b7b5,
//! `crates/kingfisher-rules/data/rules`, Apache-2.0), because not every issuer's page states them. Both were read in November 2026. Names
//! without a word such as `key` or `token` are identifiers of clients, which are not secret.

use super::pattern::Part::{Literal, Mixed, Optional, Run};
use super::pattern::{
    ALNUM, ANY_HEX, BASE64, BASE64_URL, DIGITS, HEX, Part, Set, UPPER_ALNUM, UUID, at_least, exactly,
};

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

/// All secrets that are recognized by name, grouped by kind, each kind below the page of its issuer about them.
#[rustfmt::skip]
pub(super) const NAMED: &[Named] = &[
    // docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html; docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html
    named("aws", &[&["aws", "amazon", "secretaccess", "secret_access", "secret-access", "secret access"], &["key", "secret", "token"]], &[exactly(BASE64, 40), Mixed]),
    named("aws", &[&["aws", "sessiontoken", "session_token"], &["token"]], &[at_least(Set::of("0-9A-Za-z+/="), 120)]),
    // cloud.google.com/docs/authentication/api-keys; developers.google.com/identity/protocols/oauth2
    named("google", &[&["private_key_id"]], &[exactly(HEX, 40)]),
    // cloud.ibm.com/docs/account?topic=account-userapikey
    named("ibm", &[&["ibm", "bluemix"], KEY], &[exactly(BASE64_URL, 44), Mixed]),
    // alibabacloud.com/help/en/ram/user-guide/create-an-accesskey-pair
    named("alibaba", &[&["alibaba", "aliyun"], KEY], &[exactly(ALNUM, 30), Mixed]),
    // yandex.cloud/en/docs/iam/concepts/authorization
    named("yandex", &[&["yandex"], KEY], &[Literal("YC"), exactly(BASE64_URL, 38), Mixed]),
    // docs.hetzner.cloud
    named("hetzner", &[&["hetzner", "hcloud"], KEY], &[exactly(ALNUM, 64), Mixed]),
    // techdocs.akamai.com/linode-api/reference/get-started
    named("linode", &[&["linode"], KEY], &[exactly(HEX, 64)]),
    // vultr.com/api
    named("vultr", &[&["vultr"], KEY], &[exactly(UPPER_ALNUM, 36)]),
    // scaleway.com/en/docs/iam/how-to/create-api-keys
    named("scaleway", &[&["scaleway", "scw_secret"], KEY], UUID),
    // developer.okta.com/docs/guides/create-an-api-token
    named("okta", &[&["okta"]], &[Literal("00"), exactly(PADDED_URL, 40), Mixed]),
    // developer.cisco.com/meraki/api-v1/authorization
    named("cisco", &[&["meraki"]], &[exactly(HEX, 40)]),
    // help.sumologic.com/docs/manage/security/access-keys
    named("sumologic", &[&["sumo"]], &[Literal("su"), exactly(ALNUM, 12), Mixed]),
    named("sumologic", &[&["sumo"], KEY], &[exactly(ALNUM, 64)]),
    // docs.cohere.com/reference/about
    named("cohere", &[&["cohere", "co_api"]], &[exactly(ALNUM, 40), Mixed]),
    // docs.mistral.ai/getting-started/quickstart
    named("mistral", &[&["mistral"], KEY], &[exactly(ALNUM, 32), Mixed]),
    // developers.deepgram.com/docs/authenticating
    named("deepgram", &[&["deepgram"], KEY], &[exactly(HEX, 40)]),
    // assemblyai.com/docs/api-reference/overview
    named("assemblyai", &[&["assemblyai", "assembly_ai"], KEY], &[exactly(HEX, 32)]),
    // docs.fal.ai/authentication/key-based
    named("fal", &[&["fal_key", "fal_api", "falkey"]], &[exactly(HEX, 8), Literal("-"), exactly(HEX, 4), Literal("-"), exactly(HEX, 4), Literal("-"), exactly(HEX, 4), Literal("-"), exactly(HEX, 12), Literal(":"), exactly(HEX, 32)]),
    // docs.exa.ai/reference/quickstart
    named("exa", &[&["exa_api", "exa-api"], KEY], UUID),
    // serpapi.com/search-api
    named("serpapi", &[&["serpapi", "serp_api"], KEY], &[exactly(HEX, 64)]),
    // docs.ollama.com/api/authentication
    named("ollama", &[&["ollama"], KEY], &[exactly(HEX, 32), Literal("."), exactly(BASE64_URL, 24)]),
    // docs.private-ai.com
    named("privateai", &[&["privateai", "private_ai", "private-ai"]], &[exactly(ALNUM, 32)]),
    // algolia.com/doc/guides/security/api-keys
    named("algolia", &[&["algolia"], KEY], &[exactly(ALNUM, 32)]),
    // docs.datadoghq.com/account_management/api-app-keys
    named("datadog", &[&["datadog", "dd_api", "dd-api", "dd_app"], KEY], &[exactly(HEX, 32)]),
    named("datadog", &[&["datadog", "dd_api", "dd-api", "dd_app"], KEY], &[exactly(ALNUM, 40)]),
    // docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys
    named("newrelic", &[NEW_RELIC, KEY], &[exactly(ALNUM, 64)]),
    // docs.sentry.io/account/auth-tokens
    named("sentry", &[&["sentry"], KEY], &[exactly(HEX, 64)]),
    // docs.sonarsource.com/sonarqube-server/user-guide/managing-tokens
    named("sonar", &[&["sonar"], &["key", "token", "login"]], &[exactly(PADDED_URL, 40), Mixed]),
    // sourcegraph.com/docs/cli/how-tos/creating_an_access_token
    named("sourcegraph", &[&["sourcegraph"], KEY], &[exactly(ANY_HEX, 40)]),
    // docs.snyk.io/snyk-api/authentication-for-api
    named("snyk", &[&["snyk"], KEY], UUID),
    // docs.codecov.com/docs/codecov-tokens
    named("codecov", &[&["codecov"], KEY], UUID),
    named("codecov", &[&["codecov"], KEY], &[exactly(ALNUM, 32)]),
    // docs.drone.io/api/overview
    named("droneci", &[&["drone"], KEY], &[exactly(ALNUM, 32)]),
    // docs.travis-ci.com/api
    named("travis", &[&["travis"], KEY], &[exactly(ALNUM, 22)]),
    // launchdarkly.com/docs/sdk/concepts/client-side-server-side
    named("launchdarkly", &[&["launchdarkly", "launch_darkly"], KEY], &[exactly(PADDED_URL, 40)]),
    // twilio.com/docs/iam/api-keys
    named("twilio", &[&["twilio"], KEY], &[exactly(HEX, 32)]),
    // sendbird.com/docs/chat/platform-api/v3/prepare-to-use-api
    named("sendbird", &[&["sendbird"], KEY], &[exactly(HEX, 40)]),
    named("sendbird", &[&["sendbird"], KEY], UUID),
    // developers.messagebird.com/api
    named("messagebird", &[MESSAGEBIRD, KEY], &[exactly(ALNUM, 25)]),
    named("messagebird", &[MESSAGEBIRD, KEY], UUID),
    // developers.mattermost.com/integrate/reference/personal-access-token
    named("mattermost", &[&["mattermost"], KEY], &[exactly(ALNUM, 26)]),
    // developer.gitter.im/docs/authentication
    named("gitter", &[&["gitter"], KEY], &[exactly(BASE64_URL, 40)]),
    // docs.discord.com/developers/reference; docs.discord.com/developers/resources/webhook
    named("discord", &[&["discord"], &["secret", "token", "key"]], &[exactly(PADDED_URL, 32), Mixed]),
    named("discord", &[&["discord"], KEY], &[exactly(HEX, 64)]),
    // dev.twitch.tv/docs/authentication
    named("twitch", &[&["twitch"], KEY], &[exactly(ALNUM, 30)]),
    // docs.x.com/resources/fundamentals/authentication/overview
    named("twitter", &[&["twitter"], KEY], &[Run(DIGITS, 15, 25), Literal("-"), Run(ALNUM, 20, 40)]),
    named("twitter", &[&["twitter"], KEY], &[exactly(ALNUM, 25)]),
    named("twitter", &[&["twitter"], KEY], &[exactly(ALNUM, 45)]),
    named("twitter", &[&["twitter"], KEY], &[exactly(ALNUM, 50)]),
    named("twitter", &[&["twitter"], KEY], &[Literal("AAAAAAAAAAAAAAAAAAAAAA"), Run(Set::of("0-9A-Za-z%"), 80, 100)]),
    // developers.facebook.com/docs/facebook-login/guides/access-tokens
    named("facebook", &[&["facebook", "fb_"], KEY], &[exactly(HEX, 32)]),
    // learn.microsoft.com/linkedin/shared/authentication/authentication
    named("linkedin", &[LINKEDIN, KEY], &[exactly(ALNUM, 16)]),
    named("linkedin", &[LINKEDIN, KEY], &[exactly(ALNUM, 14)]),
    // flickr.com/services/api/auth.oauth.html
    named("flickr", &[&["flickr"], KEY], &[exactly(ALNUM, 32)]),
    // developers.etsy.com/documentation/essentials/authentication
    named("etsy", &[&["etsy"], KEY], &[exactly(ALNUM, 24)]),
    // developer.nytimes.com/get-started
    named("nytimes", &[NYTIMES, KEY], &[exactly(PADDED_URL, 32)]),
    // developers.squarespace.com/commerce-apis/authentication-and-permissions
    named("squarespace", &[&["squarespace"], KEY], UUID),
    // devcenter.heroku.com/articles/authentication
    named("heroku", &[&["heroku"], KEY], UUID),
    // docs.netlify.com/api/get-started
    named("netlify", &[&["netlify"], KEY], &[Run(PADDED_URL, 40, 46)]),
    // developers.cloudflare.com/fundamentals/api/get-started/token-formats; developers.cloudflare.com/fundamentals/api/get-started/ca-keys
    named("cloudflare", &[&["cloudflare", "cf_api"], KEY], &[exactly(BASE64_URL, 40), Mixed]),
    named("cloudflare", &[&["cloudflare", "cf_api"], KEY], &[exactly(HEX, 37)]),
    // fastly.com/documentation/reference/api/auth-tokens
    named("fastly", &[&["fastly"], KEY], &[exactly(PADDED_URL, 32), Mixed]),
    // docs.rapidapi.com/docs/keys-and-key-rotation
    named("rapidapi", &[&["rapidapi", "rapid_api"], KEY], &[exactly(BASE64_URL, 50)]),
    // ngrok.com/docs/api#authentication
    named("ngrok", &[&["ngrok"], KEY], &[Run(ALNUM, 25, 30), Literal("_"), exactly(ALNUM, 21)]),
    // io.adafruit.com/api/docs
    named("adafruit", &[&["adafruit"], KEY], &[exactly(BASE64_URL, 32)]),
    // developer.adobe.com/developer-console/docs/guides/authentication
    named("adobe", &[&["adobe"], KEY], &[exactly(HEX, 32)]),
    // airtable.com/developers/web/api/authentication
    named("airtable", &[&["airtable"], KEY], &[exactly(ALNUM, 17)]),
    // developers.asana.com/docs/personal-access-token
    named("asana", &[&["asana"], KEY], &[exactly(ALNUM, 32)]),
    // support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account
    named("atlassian", &[&["atlassian", "confluence", "jira"], KEY], &[exactly(ALNUM, 20), exactly(HEX, 4)]),
    // support.atlassian.com/bitbucket-cloud/docs/app-passwords
    named("bitbucket", &[&["bitbucket"], KEY], &[exactly(ALNUM, 32)]),
    named("bitbucket", &[&["bitbucket"], KEY], &[exactly(PADDED_URL, 64)]),
    // getbeamer.com/api
    named("beamer", &[&["beamer"], KEY], &[Literal("b_"), exactly(PADDED_URL, 44)]),
    // contentful.com/developers/docs/references/authentication
    named("contentful", &[&["contentful"], KEY], &[exactly(PADDED_URL, 43)]),
    // developers.dropbox.com/oauth-guide
    named("dropbox", &[&["dropbox"], KEY], &[exactly(ALNUM, 15)]),
    named("dropbox", &[&["dropbox"], KEY], &[exactly(ALNUM, 11), Literal("AAAAAAAAAA"), exactly(PADDED_URL, 43)]),
    // developers.hubspot.com/docs/apps/legacy-apps/private-apps/overview
    named("hubspot", &[&["hubspot"], KEY], &[exactly(ANY_HEX, 8), Literal("-"), exactly(ANY_HEX, 4), Literal("-"), exactly(ANY_HEX, 4), Literal("-"), exactly(ANY_HEX, 4), Literal("-"), exactly(ANY_HEX, 12)]),
    // jfrog.com/help/r/jfrog-platform-administration-documentation/access-tokens
    named("artifactory", &[JFROG, KEY], &[exactly(ALNUM, 73)]),
    named("artifactory", &[JFROG, KEY], &[exactly(ALNUM, 64)]),
    // linear.app/developers/graphql
    named("linear", &[&["linear"], KEY], &[exactly(HEX, 32)]),
    // developer.zendesk.com/api-reference/introduction/security-and-auth
    named("zendesk", &[&["zendesk"], KEY], &[exactly(ALNUM, 40), Mixed]),
    // developers.intercom.com/docs/build-an-integration/learn-more/authentication
    named("intercom", &[&["intercom"], KEY], &[exactly(PADDED_URL, 60), Mixed]),
    // docs.confluent.io/cloud/current/security/authenticate/workload-identities/service-accounts/api-keys/overview.html
    named("confluent", &[&["confluent"], &["secret", "token", "key"]], &[exactly(BASE64, 64), Mixed]),
    named("confluent", &[&["confluent"], KEY], &[exactly(ALNUM, 16)]),
    // docs.cdp.coinbase.com/get-started/docs/cdp-api-keys
    named("coinbase", &[&["coinbase"], KEY], &[exactly(BASE64_URL, 64)]),
    // docs.kraken.com/api/docs/guides/spot-rest-auth
    named("kraken", &[&["kraken"], KEY], &[Run(Set::of("0-9A-Za-z+/=_-"), 80, 90), Mixed]),
    // kucoin.com/docs-new/authentication
    named("kucoin", &[&["kucoin"], KEY], &[exactly(HEX, 24)]),
    named("kucoin", &[&["kucoin"], KEY], UUID),
    // bittrex.github.io/api/v3
    named("bittrex", &[&["bittrex"], KEY], &[exactly(ALNUM, 32)]),
    // developer.mastercard.com/open-finance-us/documentation
    named("finicity", &[&["finicity"], KEY], &[exactly(HEX, 32)]),
    named("finicity", &[&["finicity"], KEY], &[exactly(ALNUM, 20)]),
    // finnhub.io/docs/api/authentication
    named("finnhub", &[&["finnhub"], KEY], &[exactly(ALNUM, 20)]),
    // freshbooks.com/api/authentication
    named("freshbooks", &[&["freshbooks"], KEY], &[exactly(ALNUM, 64)]),
    // plaid.com/docs/api/items
    named("plaid", &[&["plaid"], KEY], &[exactly(ALNUM, 24)]),
    named("plaid", &[&["plaid"], KEY], &[exactly(ALNUM, 30)]),
    // docs.lob.com
    named("lob", &[&["lob"], KEY], &[Literal("live_"), exactly(HEX, 35)]),
    named("lob", &[&["lob"], KEY], &[Literal("test_"), exactly(HEX, 35)]),
    // docs.mapbox.com/help/dive-deeper/access-tokens
    named("mapbox", &[&["mapbox"], KEY], &[Literal("pk."), exactly(ALNUM, 60), Literal("."), exactly(ALNUM, 22)]),
    // docs.npmjs.com/about-access-tokens
    named("npm", &[&["/:_authtoken"]], &[Literal("npm_"), Run(ALNUM, 8, 60)]),
    named("npm", &[&["/:_authtoken"]], UUID),
    named("npm", &[&["/:_auth", "/:_password"]], &[Run(BASE64, 16, 200), Run(Set::of("="), 0, 2)]),
    // docs.gitlab.com/security/tokens
    named("gitlab", &[&["_gitlab_session"]], &[exactly(ALNUM, 32)]),
    // github.com/sidekiq/sidekiq/wiki/Commercial-FAQ
    named("sidekiq", &[&["contribsys"]], &[exactly(HEX, 8), Literal(":"), exactly(HEX, 8)]),
    // reference.airbyte.com/reference/authentication
    named("airbyte", &[&["airbyte"], &["secret"]], &[exactly(ALNUM, 32), Mixed]),
    // secg.org/sec2-v2.pdf: a key of secp256k1 is a number of 256 bits
    named("private-key", &[&["private_key", "private-key", "privatekey", "private key", "secp256k1"]], &[Optional(&[Literal("0x")]), exactly(ANY_HEX, 64)]),
];
