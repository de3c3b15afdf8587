//! The shapes of secrets that can be known by themselves: a flat table, by who issues them.
//!
//! Most are what the issuers document; many were collected by gitleaks and secretlint (both MIT), whose tables are the places to look
//! when an issuer changes one. A shape that common words have (`generic api key`) does not belong here: it has no precision.
//!
//! GitHub and npm put a checksum at the end of their tokens. It is not asked for: nothing but a token looks like one, a token with a
//! slip of the key in it still tells nearly all of it, and made-up tokens are what rules are tested with.

use super::pattern::Part::{Either, Ending, Holding, Is, Maybe, Mixed, Run};
use super::pattern::{
    ALNUM, ANY_HEX, BASE64, DIGITS, HEX, LETTERS, LOWER, Part, Set, UPPER, WEB64, from, just,
};

/// One shape of one kind of secret.
#[derive(Debug)]
pub(super) struct Shape {
    /// Who issues it, or what it is.
    pub kind: &'static str,
    /// What it is made of, from its first letter.
    pub parts: &'static [Part],
}

const fn shape(kind: &'static str, parts: &'static [Part]) -> Shape {
    Shape { kind, parts }
}

const PADDED: Set = Set::of("0-9A-Za-z+/=");
const DOTTED: Set = Set::of("0-9A-Za-z_.=-");
const WORD: Set = Set::of("0-9A-Za-z_");
const EQUALS: Set = Set::of("=");
const ESCAPED: Set = Set::of("0-9A-Za-z+/%");
const BECH32: Set = Set::of("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L");
const AWS: Set = Set::of("A-Z2-7");
const AZURE: Set = Set::of("0-9A-Za-z_~.-");
const PATH: Set = Set::of("0-9A-Za-z/");
const TEAMS: Set = Set::of("0-9A-Za-z@-");

/// Every shape, those of a kind together.
#[rustfmt::skip]
pub(super) const SHAPES: &[Shape] = &[
    shape("aws", &[Either(&["AKIA", "ASIA", "ABIA", "ACCA"]), just(AWS, 16)]),
    shape("aws", &[Is("A3T"), just(UPPER, 1), just(AWS, 16)]),
    shape("aws", &[Is("ABSK"), Run(BASE64, 109, 269), Run(EQUALS, 0, 2)]),
    shape("aws", &[Is("bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t"), from(Set::of("0-9A-Za-z+/=_-"), 8)]),
    shape("azure", &[Is("AccountKey="), just(BASE64, 86), Is("==")]),
    shape("azure", &[Either(&["SharedAccessKey=", "SharedSecretKey="]), just(BASE64, 43), Is("=")]),
    shape("azure", &[Is("sig="), Run(ESCAPED, 46, 80), Ending("%3D")]),
    shape("azure", &[Is("sig="), just(BASE64, 43), Is("=")]),
    shape("google", &[Is("AIzaSy"), just(WEB64, 33)]),
    shape("google", &[Is("GOCSPX-"), just(WEB64, 28)]),
    shape("google", &[Is("ya29."), from(WEB64, 30)]),
    shape("google", &[Is("1//0"), from(WEB64, 60)]),
    shape("github", &[Either(&["ghp_", "gho_", "ghu_", "ghr_"]), Run(ALNUM, 36, 255)]),
    shape("github", &[Is("ghs_"), from(DIGITS, 1), Is("_eyJ"), from(WEB64, 1), Is("."), from(WEB64, 1), Is("."), from(WEB64, 1)]),
    shape("github", &[Is("ghs_"), Run(ALNUM, 36, 255)]),
    shape("github", &[Is("github_pat_"), just(WORD, 82)]),
    shape("gitlab", &[Is("glpat-"), Run(WEB64, 27, 300), Is("."), just(LOWER, 2), Is("."), just(LOWER, 9)]),
    shape("gitlab", &[Is("glpat-"), Run(WEB64, 27, 300), Is("."), just(LOWER, 9)]),
    shape("gitlab", &[Is("glpat-"), just(WEB64, 20)]),
    shape("gitlab", &[Is("glrt-t"), just(DIGITS, 1), Is("_"), from(WEB64, 27), Is("."), Maybe(&[just(LOWER, 2), Is(".")]), just(LOWER, 9)]),
    shape("gitlab", &[Either(&["gldt-", "glrt-", "glft-", "glsoat-", "glimt-", "glffct-"]), from(WEB64, 20)]),
    shape("gitlab", &[Is("glcbt-"), Run(ALNUM, 1, 5), Is("_"), just(WEB64, 20)]),
    shape("gitlab", &[Is("glcbt-"), from(WEB64, 20)]),
    shape("gitlab", &[Is("glptt-"), just(WEB64, 40)]),
    shape("gitlab", &[Is("glagent-"), from(WEB64, 50)]),
    shape("gitlab", &[Is("gloas-"), just(WEB64, 64)]),
    shape("gitlab", &[Is("glwt-"), from(WEB64, 20)]),
    shape("gitlab", &[Is("GR1348941"), Run(WEB64, 20, 50)]),
    shape("bitbucket", &[Is("ATBB"), just(ALNUM, 32)]),
    shape("atlassian", &[Either(&["ATATT3", "ATCTT3"]), from(Set::of("0-9A-Za-z_=-"), 180)]),
    shape("slack", &[Either(&["xoxa-", "xoxb-", "xoxe-", "xoxo-", "xoxp-", "xoxr-", "xoxs-"]), Run(DIGITS, 10, 13), Is("-"), from(Set::of("0-9A-Za-z-"), 10)]),
    shape("slack", &[Either(&["xoxa-", "xoxr-"]), Maybe(&[just(DIGITS, 1), Is("-")]), Run(ALNUM, 24, 48)]),
    shape("slack", &[Is("xapp-"), just(DIGITS, 1), Is("-"), from(UPPER, 8), Is("-"), from(DIGITS, 8), Is("-"), from(LOWER, 32)]),
    shape("slack", &[Either(&["xoxe.xoxb-", "xoxe.xoxp-", "xoxe-"]), just(DIGITS, 1), Is("-"), from(ALNUM, 140)]),
    shape("slack", &[Is("xwfp-"), from(Set::of("0-9A-Za-z-"), 40)]),
    shape("slack", &[Either(&["hooks.slack.com/services/T", "hooks.slack.com/workflows/T", "hooks.slack.com/triggers/T"]), from(ALNUM, 1), Is("/"), from(ALNUM, 1), Is("/"), from(PATH, 8)]),
    shape("discord", &[just(Set::of("MNO"), 1), Run(WEB64, 23, 27), Is("."), just(WEB64, 6), Is("."), Run(WEB64, 27, 40)]),
    shape("discord", &[Either(&["discord.com/api/", "discordapp.com/api/"]), Maybe(&[Is("v"), Run(DIGITS, 1, 2), Is("/")]), Is("webhooks/"), Run(DIGITS, 17, 20), Is("/"), from(WEB64, 60)]),
    shape("telegram", &[Is("bot"), Run(DIGITS, 5, 16), Is(":A"), Run(WEB64, 33, 35)]),
    shape("telegram", &[Run(DIGITS, 5, 16), Is(":A"), Run(WEB64, 33, 35)]),
    shape("teams", &[Is("webhook.office.com/webhookb2/"), from(TEAMS, 30), Is("/IncomingWebhook/"), from(ALNUM, 20)]),
    shape("twilio", &[Is("SK"), just(HEX, 32)]),
    shape("sendgrid", &[Is("SG."), Run(WEB64, 20, 24), Is("."), Run(WEB64, 39, 50)]),
    shape("mailgun", &[Either(&["key-", "pubkey-"]), just(HEX, 32)]),
    shape("mailgun", &[just(HEX, 32), Is("-"), just(HEX, 8), Is("-"), just(HEX, 8)]),
    shape("mailchimp", &[just(HEX, 32), Is("-us"), Run(DIGITS, 1, 2)]),
    shape("brevo", &[Either(&["xkeysib-", "xsmtpsib-"]), just(HEX, 64), Is("-"), just(ALNUM, 16)]),
    shape("resend", &[Is("re_"), just(ALNUM, 8), Is("_"), just(ALNUM, 24)]),
    shape("stripe", &[Either(&["sk_live_", "sk_test_", "sk_prod_", "rk_live_", "rk_test_", "rk_prod_"]), from(ALNUM, 24)]),
    shape("stripe", &[Is("whsec_"), from(BASE64, 32), Run(EQUALS, 0, 2)]),
    shape("square", &[Either(&["sq0atp-", "sq0csp-", "sq0idp-"]), Run(WEB64, 22, 43)]),
    shape("square", &[Is("EAAA"), just(WEB64, 60)]),
    shape("paypal", &[Is("access_token$production$"), just(LOWER, 16), Is("$"), just(HEX, 32)]),
    shape("plaid", &[Either(&["access-sandbox-", "access-development-", "access-production-"]), just(HEX, 8), Is("-"), just(HEX, 4), Is("-"), just(HEX, 4), Is("-"), just(HEX, 4), Is("-"), just(HEX, 12)]),
    shape("flutterwave", &[Either(&["FLWSECK-", "FLWSECK_TEST-"]), Run(HEX, 12, 32), Is("-X")]),
    shape("gocardless", &[Is("live_"), just(Set::of("0-9A-Za-z_=-"), 40), Mixed]),
    shape("shopify", &[Either(&["shpat_", "shpca_", "shppa_", "shpss_", "shpua_"]), Run(ALNUM, 32, 64)]),
    shape("npm", &[Is("npm_"), just(ALNUM, 36)]),
    shape("pypi", &[Either(&["pypi-AgEIcHlwaS5vcmc", "pypi-AgENdGVzdC5weXBpLm9yZ"]), from(WEB64, 70)]),
    shape("rubygems", &[Is("rubygems_"), just(HEX, 48)]),
    shape("crates", &[Is("cio"), just(ALNUM, 32), Mixed]),
    shape("nuget", &[Is("oy2"), just(LOWER, 43)]),
    shape("clojars", &[Is("CLOJARS_"), just(LOWER, 60)]),
    shape("docker", &[Either(&["dckr_pat_", "dckr_oat_"]), from(WEB64, 27)]),
    shape("artifactory", &[Is("AKCp"), just(ALNUM, 69)]),
    shape("artifactory", &[Is("cmVmdGtu"), just(ALNUM, 56)]),
    shape("artifactory", &[Is("AKC"), Run(ALNUM, 16, 80), Mixed]),
    shape("artifactory", &[Is("AP"), just(Set::of("0-9A"), 1), Run(ALNUM, 16, 80), Mixed]),
    shape("openai", &[Is("sk-"), Run(WEB64, 45, 200), Holding("T3BlbkFJ")]),
    shape("anthropic", &[Either(&["sk-ant-api", "sk-ant-admin", "sk-ant-oat", "sk-ant-ort", "sk-ant-sid"]), just(DIGITS, 2), Is("-"), Run(WEB64, 80, 128), Ending("AA")]),
    shape("openrouter", &[Is("sk-or-v1-"), just(HEX, 64)]),
    shape("huggingface", &[Is("hf_"), just(LETTERS, 34)]),
    shape("huggingface", &[Is("api_org_"), just(LETTERS, 34)]),
    shape("groq", &[Is("gsk_"), just(ALNUM, 52)]),
    shape("replicate", &[Is("r8_"), just(ALNUM, 37)]),
    shape("perplexity", &[Is("pplx-"), just(ALNUM, 48)]),
    shape("xai", &[Is("xai-"), just(ALNUM, 80)]),
    shape("nvidia", &[Is("nvapi-"), just(WEB64, 64)]),
    shape("langchain", &[Either(&["lsv2_pt_", "lsv2_sk_"]), just(HEX, 32), Is("_"), just(HEX, 10)]),
    shape("tavily", &[Is("tvly-"), Maybe(&[Either(&["dev-", "prod-"])]), Run(ALNUM, 32, 64)]),
    shape("elevenlabs", &[Is("sk_"), just(HEX, 48)]),
    shape("digitalocean", &[Either(&["doo_v1_", "dop_v1_", "dor_v1_"]), just(HEX, 64)]),
    shape("cloudflare", &[Either(&["cfat_", "cfut_", "cfk_"]), just(ALNUM, 40), just(HEX, 8)]),
    shape("cloudflare", &[Is("v1.0-"), just(HEX, 24), Is("-"), just(HEX, 146)]),
    shape("heroku", &[Is("HRKU-AA"), just(WEB64, 58)]),
    shape("vercel", &[Either(&["vcp_", "vci_", "vca_", "vcr_", "vck_"]), Run(ALNUM, 24, 64)]),
    shape("vercel", &[Is("vercel_blob_rw_"), from(WORD, 40)]),
    shape("netlify", &[Is("nfp_"), just(ALNUM, 36)]),
    shape("render", &[Is("rnd_"), just(ALNUM, 28)]),
    shape("fly", &[Is("fo1_"), just(WEB64, 43)]),
    shape("fly", &[Either(&["fm1a_", "fm1r_", "fm2_"]), from(BASE64, 100), Run(EQUALS, 0, 3)]),
    shape("supabase", &[Either(&["sbp_v0_", "sbp_"]), just(HEX, 40)]),
    shape("supabase", &[Is("sb_secret_"), Run(WEB64, 22, 48)]),
    shape("planetscale", &[Either(&["pscale_pw_", "pscale_tkn_", "pscale_oauth_"]), Run(DOTTED, 32, 64)]),
    shape("neon", &[Is("napi_"), from(LOWER, 48)]),
    shape("mongodb", &[Is("mdb_sa_sk_"), from(WEB64, 40)]),
    shape("cockroach", &[Is("CCDB1_"), just(ALNUM, 22), Is("_"), just(ALNUM, 40)]),
    shape("clickhouse", &[Is("4b1d"), just(ALNUM, 38), Mixed]),
    shape("databricks", &[Is("dapi"), just(HEX, 32), Maybe(&[Is("-"), just(DIGITS, 1)])]),
    shape("alibaba", &[Is("LTAI"), just(ALNUM, 20)]),
    shape("yandex", &[Either(&["y0_", "y1_", "y2_", "y3_"]), from(WEB64, 50)]),
    shape("yandex", &[Is("t1."), from(WEB64, 1), Run(EQUALS, 0, 2), Is("."), just(WEB64, 86), Run(EQUALS, 0, 2)]),
    shape("yandex", &[Is("AQVN"), Run(WEB64, 35, 38)]),
    shape("scalingo", &[Is("tk-us-"), just(WEB64, 48)]),
    shape("hashicorp", &[Either(&["hvs.", "hvb.", "hvr."]), Run(WEB64, 90, 300)]),
    shape("hashicorp", &[Is("hvs."), Run(ALNUM, 24, 28), Mixed]),
    shape("hashicorp", &[Is("s."), just(ALNUM, 24), Mixed]),
    shape("hashicorp", &[just(ALNUM, 14), Is(".atlasv1."), Run(Set::of("0-9A-Za-z_=-"), 60, 70)]),
    shape("pulumi", &[Is("pul-"), just(HEX, 40)]),
    shape("doppler", &[Either(&["dp.pt.", "dp.st.", "dp.ct.", "dp.sa.", "dp.scim.", "dp.audit."]), Maybe(&[Run(Set::of("0-9a-z_-"), 2, 35), Is(".")]), Run(ALNUM, 40, 44)]),
    shape("infisical", &[Is("st."), just(HEX, 24), Is("."), just(HEX, 32), Is("."), just(HEX, 32)]),
    shape("tailscale", &[Is("tskey-"), from(Set::of("a-z"), 1), Is("-"), from(ALNUM, 8), Is("-"), from(ALNUM, 20)]),
    shape("infracost", &[Is("ico-"), just(ALNUM, 32)]),
    shape("octopus", &[Is("API-"), just(UPPER, 26)]),
    shape("prefect", &[Either(&["pnu_", "pnb_"]), just(ALNUM, 36)]),
    shape("buildkite", &[Is("bkua_"), just(HEX, 40)]),
    shape("circleci", &[Either(&["CCIPAT_", "CCIPRJ_"]), from(ALNUM, 20), Is("_"), just(HEX, 40)]),
    shape("harness", &[Either(&["pat.", "sat."]), just(WEB64, 22), Is("."), just(HEX, 24), Is("."), just(ALNUM, 20)]),
    shape("grafana", &[Is("glc_"), Run(BASE64, 32, 400), Run(EQUALS, 0, 3)]),
    shape("grafana", &[Is("glsa_"), just(ALNUM, 32), Is("_"), just(ANY_HEX, 8)]),
    shape("grafana", &[Is("eyJrIjoi"), Run(BASE64, 70, 400), Run(EQUALS, 0, 3)]),
    shape("newrelic", &[Is("NRAK-"), just(UPPER, 27)]),
    shape("newrelic", &[Is("NRJS-"), just(HEX, 19)]),
    shape("newrelic", &[Is("NRII-"), just(Set::of("0-9A-Za-z-"), 32)]),
    shape("sentry", &[Is("sntrys_eyJ"), from(Set::of("0-9A-Za-z+/=_"), 80)]),
    shape("sentry", &[Is("sntryu_"), just(HEX, 64)]),
    shape("dynatrace", &[Either(&["dt0c01.", "dt0s16."]), just(UPPER, 24), Is("."), just(UPPER, 64)]),
    shape("sonar", &[Either(&["squ_", "sqp_", "sqa_"]), just(HEX, 40)]),
    shape("sourcegraph", &[Is("sgp_"), Maybe(&[just(ANY_HEX, 16), Is("_")]), Maybe(&[Is("local_")]), just(ANY_HEX, 40)]),
    shape("posthog", &[Is("phx_"), Run(WEB64, 43, 48)]),
    shape("launchdarkly", &[Is("sdk-"), just(HEX, 8), Is("-"), just(HEX, 4), Is("-"), just(HEX, 4), Is("-"), just(HEX, 4), Is("-"), just(HEX, 12)]),
    shape("postman", &[Is("PMAK-"), just(HEX, 24), Is("-"), just(HEX, 34)]),
    shape("1password", &[Is("ops_eyJ"), from(BASE64, 250), Run(EQUALS, 0, 3)]),
    shape("1password", &[Is("A3-"), just(UPPER, 6), Is("-"), just(UPPER, 11), Is("-"), just(UPPER, 5), Is("-"), just(UPPER, 5), Is("-"), just(UPPER, 5)]),
    shape("1password", &[Is("A3-"), just(UPPER, 6), Is("-"), just(UPPER, 6), Is("-"), just(UPPER, 5), Is("-"), just(UPPER, 5), Is("-"), just(UPPER, 5), Is("-"), just(UPPER, 5)]),
    shape("linear", &[Either(&["lin_api_", "lin_oauth_"]), Run(ALNUM, 40, 64)]),
    shape("notion", &[Is("ntn_"), just(DIGITS, 11), just(ALNUM, 35)]),
    shape("figma", &[Either(&["figd_", "figo_", "figu_", "figor_", "figoh_", "figdr_", "figur_"]), from(WEB64, 40)]),
    shape("airtable", &[Is("pat"), just(ALNUM, 14), Is("."), just(HEX, 64)]),
    shape("asana", &[Either(&["0/", "1/", "2/"]), Run(DIGITS, 15, 17), Maybe(&[Is("/"), Run(DIGITS, 15, 17)]), Is(":"), just(HEX, 32)]),
    shape("clickup", &[Is("pk_"), Run(DIGITS, 6, 10), Is("_"), just(UPPER, 32)]),
    shape("hubspot", &[Is("pat-"), Either(&["na1-", "na2-", "eu1-", "ap1-"]), just(ANY_HEX, 8), Is("-"), just(ANY_HEX, 4), Is("-"), just(ANY_HEX, 4), Is("-"), just(ANY_HEX, 4), Is("-"), just(ANY_HEX, 12)]),
    shape("contentful", &[Is("CFPAT-"), just(WEB64, 43)]),
    shape("typeform", &[Is("tfp_"), just(DOTTED, 59)]),
    shape("readme", &[Is("rdme_"), just(LOWER, 70)]),
    shape("frameio", &[Is("fio-u-"), just(Set::of("0-9A-Za-z_=-"), 64)]),
    shape("adobe", &[Is("p8e-"), just(ALNUM, 32)]),
    shape("dropbox", &[Is("sl."), Maybe(&[Is("u.")]), from(WEB64, 130)]),
    shape("mapbox", &[Is("sk.eyJ"), Run(WEB64, 40, 200), Is("."), just(WEB64, 22)]),
    shape("facebook", &[Run(DIGITS, 15, 16), Either(&["|", "%7C", "%7c"]), Run(WEB64, 27, 40)]),
    shape("facebook", &[Is("EAA"), just(Set::of("A-Z"), 1), from(ALNUM, 100)]),
    shape("easypost", &[Either(&["EZAK", "EZTK"]), just(ALNUM, 54)]),
    shape("duffel", &[Either(&["duffel_test_", "duffel_live_"]), just(Set::of("0-9A-Za-z_=-"), 43)]),
    shape("shippo", &[Either(&["shippo_live_", "shippo_test_"]), just(HEX, 40)]),
    shape("maxmind", &[just(ALNUM, 6), Is("_"), just(ALNUM, 29), Is("_mmk")]),
    shape("defined", &[Is("dnkey-"), just(Set::of("0-9A-Za-z=_-"), 26), Is("-"), just(Set::of("0-9A-Za-z=_-"), 52)]),
    shape("settlemint", &[Either(&["sm_aat_", "sm_pat_", "sm_sat_"]), just(ALNUM, 16)]),
    shape("intra42", &[Either(&["s-s4t2ud-", "s-s4t2af-"]), just(HEX, 64)]),
    shape("openshift", &[Is("sha256~"), just(WEB64, 43)]),
    shape("age", &[Is("AGE-SECRET-KEY-1"), just(BECH32, 58)]),
    shape("jwt", &[Is("eyJ"), Run(WEB64, 12, 512), Is(".ey"), from(WEB64, 13), Maybe(&[Is("."), from(WEB64, 1)])]),
    shape("jwt", &[Is("ZXlK"), from(PADDED, 120)]),
];

/// A shape that is known by letters inside it, with how many bytes come before those.
pub(super) const INNER: (&str, usize, Shape) = (
    "Q~",
    4,
    shape("azure", &[just(Set::of("0-9A-Za-z_~."), 3), just(DIGITS, 1), Is("Q~"), Run(AZURE, 31, 34)]),
);
