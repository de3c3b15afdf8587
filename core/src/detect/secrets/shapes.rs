//! The distinctive formats of secrets, in a table ordered by issuer.
//!
//! The issuers document most of them. Many were collected by gitleaks (commit 009e025) and secretlint 12 (both MIT) and by Kingfisher
//! (commit 2a2b7b5, Apache-2.0), whose rules name the issuers' pages; look at their tables when an issuer changes a format. Generic
//! formats that common words also have do not belong here, because they cause false positives.
//!
//! GitHub and npm tokens end in a checksum, which is not verified: nothing else looks like these tokens, a token with a typing error
//! still reveals most of the secret, and rules are tested with invented tokens.

use super::pattern::Part::{AnyOf, Contains, EndsWith, Literal, Mixed, Optional, Run};
use super::pattern::{
    ALNUM, ANY_HEX, BASE64, BASE64_URL, DIGITS, HEX, LETTERS, LOWER_ALNUM, Part, Set, UPPER_ALNUM, at_least,
    exactly,
};

/// A format of a kind of secret.
#[derive(Debug)]
pub(super) struct Shape {
    /// The issuer, or the type of secret.
    pub kind: &'static str,
    /// The pattern, from the first character.
    pub parts: &'static [Part],
}

const fn shape(kind: &'static str, parts: &'static [Part]) -> Shape {
    Shape { kind, parts }
}

const PADDED: Set = Set::of("0-9A-Za-z+/=");
const DOTTED: Set = Set::of("0-9A-Za-z_.=-");
const WORD: Set = Set::of("0-9A-Za-z_");
const A_TO_H: Set = Set::of("0-9a-h");
const EQUALS: Set = Set::of("=");
const ESCAPED: Set = Set::of("0-9A-Za-z+/%");
const BECH32: Set = Set::of("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L");
const AWS: Set = Set::of("A-Z2-7");
const AZURE: Set = Set::of("0-9A-Za-z_~.-");
const PATH: Set = Set::of("0-9A-Za-z/");
const TEAMS: Set = Set::of("0-9A-Za-z@-");

/// All shapes, grouped by kind, each kind below the pages of its issuer about such keys. Many pages show the format or name the prefix, few
/// state the lengths. Where something else confirms the format, the comment names it.
#[rustfmt::skip]
pub(super) const SHAPES: &[Shape] = &[
    // docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html; docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html
    shape("aws", &[AnyOf(&["AKIA", "ASIA", "ABIA", "ACCA"]), exactly(AWS, 16)]),
    shape("aws", &[Literal("A3T"), exactly(UPPER_ALNUM, 1), exactly(AWS, 16)]),
    shape("aws", &[Literal("ABSK"), Run(BASE64, 109, 269), Run(EQUALS, 0, 2)]),
    shape("aws", &[Literal("bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t"), at_least(Set::of("0-9A-Za-z+/=_-"), 8)]),
    // learn.microsoft.com/azure/storage/common/storage-configure-connection-string; learn.microsoft.com/purview/sit-defn-all-creds
    shape("azure", &[Literal("AccountKey="), exactly(BASE64, 86), Literal("==")]),
    shape("azure", &[AnyOf(&["SharedAccessKey=", "SharedSecretKey="]), exactly(BASE64, 43), Literal("=")]),
    shape("azure", &[Literal("sig="), Run(ESCAPED, 46, 80), EndsWith("%3D")]),
    shape("azure", &[Literal("sig="), exactly(BASE64, 43), Literal("=")]),
    shape("azure", &[exactly(ALNUM, 84), Contains("ACOG")]),
    shape("azure", &[exactly(ALNUM, 84), Contains("AZDO")]),
    // cloud.google.com/docs/authentication/api-keys; developers.google.com/identity/protocols/oauth2
    shape("google", &[Literal("AIzaSy"), exactly(BASE64_URL, 33)]),
    shape("google", &[Literal("GOCSPX-"), exactly(BASE64_URL, 28)]),
    shape("google", &[Literal("ya29."), at_least(BASE64_URL, 30)]),
    shape("google", &[Literal("AQ.Ab8"), at_least(BASE64_URL, 40)]),
    shape("google", &[Literal("1//0"), at_least(BASE64_URL, 60)]),
    // docs.github.com/authentication/keeping-your-account-and-data-secure/about-authentication-to-github
    shape("github", &[AnyOf(&["ghp_", "gho_", "ghu_", "ghr_"]), Run(ALNUM, 36, 255)]),
    shape("github", &[Literal("ghs_"), at_least(DIGITS, 1), Literal("_eyJ"), at_least(BASE64_URL, 16), Literal("."), at_least(BASE64_URL, 16), Literal("."), at_least(BASE64_URL, 16)]),
    shape("github", &[Literal("ghs_"), Run(ALNUM, 36, 255)]),
    shape("github", &[Literal("github_pat_"), exactly(WORD, 82)]),
    // docs.gitlab.com/security/tokens
    shape("gitlab", &[Literal("glpat-"), Run(BASE64_URL, 27, 300), Literal("."), exactly(LOWER_ALNUM, 2), Literal("."), exactly(LOWER_ALNUM, 9)]),
    shape("gitlab", &[Literal("glpat-"), Run(BASE64_URL, 27, 300), Literal("."), exactly(LOWER_ALNUM, 9)]),
    shape("gitlab", &[Literal("glpat-"), exactly(BASE64_URL, 20)]),
    shape("gitlab", &[Literal("glrt-t"), exactly(DIGITS, 1), Literal("_"), at_least(BASE64_URL, 27), Literal("."), Optional(&[exactly(LOWER_ALNUM, 2), Literal(".")]), exactly(LOWER_ALNUM, 9)]),
    shape("gitlab", &[AnyOf(&["gldt-", "glrt-", "glft-", "glsoat-", "glimt-", "glffct-"]), at_least(BASE64_URL, 20)]),
    shape("gitlab", &[Literal("glcbt-"), Run(ALNUM, 1, 5), Literal("_"), exactly(BASE64_URL, 20)]),
    shape("gitlab", &[Literal("glcbt-"), at_least(BASE64_URL, 20)]),
    shape("gitlab", &[Literal("glptt-"), exactly(BASE64_URL, 40)]),
    shape("gitlab", &[Literal("glagent-"), at_least(BASE64_URL, 50)]),
    shape("gitlab", &[Literal("gloas-"), exactly(BASE64_URL, 64)]),
    shape("gitlab", &[Literal("glwt-"), at_least(BASE64_URL, 20)]),
    shape("gitlab", &[Literal("GR1348941"), Run(BASE64_URL, 20, 50)]),
    // support.atlassian.com/bitbucket-cloud/docs/app-passwords
    shape("bitbucket", &[Literal("ATBB"), exactly(ALNUM, 32)]),
    // support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account
    shape("atlassian", &[AnyOf(&["ATATT3", "ATCTT3"]), at_least(Set::of("0-9A-Za-z_=-"), 180)]),
    // docs.slack.dev/authentication/tokens; docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
    shape("slack", &[AnyOf(&["xoxa-", "xoxb-", "xoxe-", "xoxo-", "xoxp-", "xoxr-", "xoxs-"]), Run(DIGITS, 8, 14), Literal("-"), at_least(Set::of("0-9A-Za-z-"), 18)]),
    shape("slack", &[AnyOf(&["xoxa-", "xoxb-", "xoxo-", "xoxr-"]), Run(DIGITS, 10, 13), Literal("-"), Run(DIGITS, 10, 13)]),
    shape("slack", &[AnyOf(&["xoxa-", "xoxr-"]), Optional(&[exactly(DIGITS, 1), Literal("-")]), Run(ALNUM, 12, 48)]),
    shape("slack", &[Literal("xapp-"), exactly(DIGITS, 1), Literal("-"), at_least(ALNUM, 8), Literal("-"), at_least(DIGITS, 8), Literal("-"), at_least(ALNUM, 32)]),
    shape("slack", &[AnyOf(&["xoxe.xoxb-", "xoxe.xoxp-", "xoxe-"]), exactly(DIGITS, 1), Literal("-"), at_least(ALNUM, 140)]),
    shape("slack", &[Literal("xoxc-"), Run(DIGITS, 9, 14), Literal("-"), Run(DIGITS, 9, 14), Literal("-"), Run(DIGITS, 9, 14), Literal("-"), exactly(HEX, 64)]),
    shape("slack", &[Literal("xoxd-"), at_least(Set::of("0-9A-Za-z%/+=_-"), 60)]),
    shape("slack", &[Literal("xwfp-"), at_least(Set::of("0-9A-Za-z-"), 40)]),
    shape("slack", &[AnyOf(&["hooks.slack.com/services/T", "hooks.slack.com/workflows/T", "hooks.slack.com/triggers/T"]), at_least(ALNUM, 1), Literal("/"), at_least(ALNUM, 1), Literal("/"), at_least(PATH, 8)]),
    shape("slack", &[Literal("hooks.slack.com/services/"), Run(BASE64, 43, 56)]),
    // docs.discord.com/developers/reference; docs.discord.com/developers/resources/webhook
    shape("discord", &[exactly(Set::of("MNO"), 1), Run(BASE64_URL, 23, 27), Literal("."), exactly(BASE64_URL, 6), Literal("."), Run(BASE64_URL, 27, 40)]),
    shape("discord", &[AnyOf(&["discord.com/api/", "discordapp.com/api/"]), Optional(&[Literal("v"), Run(DIGITS, 1, 2), Literal("/")]), Literal("webhooks/"), Run(DIGITS, 17, 20), Literal("/"), at_least(BASE64_URL, 60)]),
    // core.telegram.org/bots/api
    shape("telegram", &[Literal("bot"), Run(DIGITS, 5, 16), Literal(":A"), Run(BASE64_URL, 33, 35)]),
    shape("telegram", &[Run(DIGITS, 5, 16), Literal(":A"), Run(BASE64_URL, 33, 35)]),
    // learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook
    shape("teams", &[Literal("webhook.office.com/webhookb2/"), at_least(TEAMS, 30), Literal("/IncomingWebhook/"), at_least(ALNUM, 20)]),
    // twilio.com/docs/iam/api-keys
    shape("twilio", &[Literal("SK"), exactly(ANY_HEX, 32)]),
    // developers.telnyx.com/development/api-fundamentals/authentication; format as in public keys, and in Kingfisher's rule for Telnyx
    shape("telnyx", &[Literal("KEY"), exactly(Set::of("0-9A-F"), 32), Literal("_"), exactly(ALNUM, 22)]),
    // twilio.com/docs/sendgrid/ui/account-and-settings/api-keys
    shape("sendgrid", &[Literal("SG."), Run(BASE64_URL, 20, 24), Literal("."), Run(BASE64_URL, 39, 50)]),
    // documentation.mailgun.com/docs/mailgun/user-manual/api-key-mgmt
    shape("mailgun", &[AnyOf(&["key-", "pubkey-"]), exactly(HEX, 32)]),
    shape("mailgun", &[exactly(A_TO_H, 32), Literal("-"), exactly(A_TO_H, 8), Literal("-"), exactly(A_TO_H, 8)]),
    // mailchimp.com/developer/marketing/docs/fundamentals
    shape("mailchimp", &[exactly(HEX, 32), Literal("-us"), Run(DIGITS, 1, 2)]),
    // developers.mailersend.com/general.html
    shape("mailersend", &[Literal("mlsn."), exactly(HEX, 64)]),
    // developers.brevo.com/docs/getting-started
    shape("brevo", &[AnyOf(&["xkeysib-", "xsmtpsib-"]), exactly(HEX, 64), Literal("-"), exactly(ALNUM, 16)]),
    // resend.com/docs/dashboard/api-keys/introduction
    shape("resend", &[Literal("re_"), exactly(ALNUM, 8), Literal("_"), exactly(ALNUM, 24)]),
    // docs.stripe.com/keys; docs.stripe.com/webhooks
    shape("stripe", &[AnyOf(&["sk_live_", "sk_test_", "sk_prod_", "rk_live_", "rk_test_", "rk_prod_"]), at_least(ALNUM, 24)]),
    shape("stripe", &[Literal("whsec_"), at_least(BASE64, 32), Run(EQUALS, 0, 2)]),
    // developer.squareup.com/docs/build-basics/access-tokens
    shape("square", &[AnyOf(&["sq0atp-", "sq0csp-", "sq0idp-"]), Run(BASE64_URL, 22, 43)]),
    shape("square", &[Literal("EAAA"), exactly(BASE64_URL, 60)]),
    // developer.paypal.com/braintree/docs/guides/extend/oauth/access-tokens
    shape("paypal", &[Literal("access_token$production$"), exactly(LOWER_ALNUM, 16), Literal("$"), exactly(HEX, 32)]),
    // developer.paddle.com/api-reference/about/api-keys#format
    shape("paddle", &[AnyOf(&["pdl_live_apikey_", "pdl_sdbx_apikey_"]), exactly(LOWER_ALNUM, 26), Literal("_"), exactly(ALNUM, 22), Literal("_"), exactly(ALNUM, 3)]),
    // polar.sh/docs/integrate/authentication; length as in the issuer's server: github.com/polarsource/polar, server/polar/kit/crypto.py
    shape("polar", &[Literal("polar_oat_"), exactly(ALNUM, 43)]),
    // mercadopago.com/developers/en/docs/your-integrations/credentials; format as in public keys
    shape("mercadopago", &[AnyOf(&["APP_USR-", "TEST-"]), Run(DIGITS, 13, 16), Literal("-"), exactly(DIGITS, 6), Literal("-"), exactly(HEX, 32), Literal("-"), Run(DIGITS, 6, 12)]),
    // docs.midtrans.com/docs/access-keys; format as in the tests of its client for Node: github.com/Midtrans/midtrans-nodejs-client
    shape("midtrans", &[AnyOf(&["Mid-server-", "SB-Mid-server-"]), exactly(BASE64_URL, 24)]),
    // docs.xendit.co/docs/api-keys
    shape("xendit", &[AnyOf(&["xnd_production_", "xnd_development_"]), at_least(ALNUM, 40)]),
    // plaid.com/docs/api/items
    shape("plaid", &[AnyOf(&["access-sandbox-", "access-development-", "access-production-"]), exactly(HEX, 8), Literal("-"), exactly(HEX, 4), Literal("-"), exactly(HEX, 4), Literal("-"), exactly(HEX, 4), Literal("-"), exactly(HEX, 12)]),
    // developer.flutterwave.com/docs/authentication
    shape("flutterwave", &[AnyOf(&["FLWSECK-", "FLWSECK_TEST-", "FLWPUBK_TEST-"]), exactly(A_TO_H, 32), Literal("-X")]),
    shape("flutterwave", &[Literal("FLWSECK_TEST-"), exactly(A_TO_H, 12)]),
    // developer.gocardless.com/api-reference
    shape("gocardless", &[Literal("live_"), exactly(Set::of("0-9A-Za-z_=-"), 40), Mixed]),
    // docs.mollie.com/reference/authentication; length as in the samples of the issuer's client for PHP: github.com/mollie/mollie-api-php
    shape("mollie", &[AnyOf(&["live_", "test_"]), exactly(ALNUM, 30), Mixed]),
    // shopify.dev/docs/apps/build/authentication-authorization/access-tokens
    shape("shopify", &[AnyOf(&["shpat_", "shpca_", "shppa_", "shpss_", "shpua_"]), Run(ALNUM, 32, 64)]),
    // docs.npmjs.com/about-access-tokens
    shape("npm", &[Literal("npm_"), exactly(ALNUM, 36)]),
    // pypi.org/help/#apitoken
    shape("pypi", &[AnyOf(&["pypi-AgEIcHlwaS5vcmc", "pypi-AgENdGVzdC5weXBpLm9yZ"]), at_least(BASE64_URL, 70)]),
    // guides.rubygems.org/api-key-scopes
    shape("rubygems", &[Literal("rubygems_"), exactly(HEX, 48)]),
    // doc.rust-lang.org/cargo/reference/publishing.html
    shape("crates", &[Literal("cio"), exactly(ALNUM, 32), Mixed]),
    // learn.microsoft.com/nuget/nuget-org/publish-a-package
    shape("nuget", &[Literal("oy2"), exactly(LOWER_ALNUM, 43)]),
    // github.com/clojars/clojars-web/wiki/Deploy-Tokens
    shape("clojars", &[AnyOf(&["CLOJARS_", "clojars_"]), exactly(ALNUM, 60)]),
    // docs.docker.com/security/access-tokens
    shape("docker", &[AnyOf(&["dckr_pat_", "dckr_oat_"]), at_least(BASE64_URL, 27)]),
    // jfrog.com/help/r/jfrog-platform-administration-documentation/access-tokens
    shape("artifactory", &[Literal("AKCp"), exactly(ALNUM, 69)]),
    shape("artifactory", &[Literal("cmVmdGtu"), exactly(ALNUM, 56)]),
    shape("artifactory", &[Literal("AKC"), Run(ALNUM, 16, 80), Mixed]),
    shape("artifactory", &[Literal("AP"), exactly(Set::of("0-9A"), 1), Run(ALNUM, 16, 80), Mixed]),
    // platform.openai.com/docs/api-reference/authentication
    shape("openai", &[Literal("sk-"), Run(BASE64_URL, 45, 200), Contains("T3BlbkFJ")]),
    // docs.claude.com/en/api/overview; docs.claude.com/en/api/administration-api
    shape("anthropic", &[AnyOf(&["sk-ant-api", "sk-ant-admin", "sk-ant-oat", "sk-ant-ort", "sk-ant-sid"]), exactly(DIGITS, 2), Literal("-"), Run(BASE64_URL, 80, 128), EndsWith("AA")]),
    // langfuse.com/docs/api
    shape("langfuse", &[Literal("sk-lf-"), exactly(HEX, 8), Literal("-"), exactly(HEX, 4), Literal("-"), exactly(HEX, 4), Literal("-"), exactly(HEX, 4), Literal("-"), exactly(HEX, 12)]),
    // docs.mem0.ai/platform/quickstart, which shows no key; format as in public keys
    shape("mem0", &[Literal("m0-"), exactly(ALNUM, 40), Mixed]),
    // docs.helicone.ai/helicone-headers/helicone-auth; format as in the issuer's server: github.com/Helicone/helicone, KeyManager.ts
    shape("helicone", &[AnyOf(&["sk-helicone-eu-", "sk-helicone-"]), exactly(LOWER_ALNUM, 7), Literal("-"), exactly(LOWER_ALNUM, 7), Literal("-"), exactly(LOWER_ALNUM, 7), Literal("-"), exactly(LOWER_ALNUM, 7)]),
    // api-docs.deepseek.com
    shape("deepseek", &[Literal("sk-"), exactly(HEX, 32)]),
    // platform.moonshot.ai/docs; docs.siliconflow.cn, platform.stability.ai/docs/api-reference have the same format
    shape("moonshot", &[Literal("sk-"), exactly(ALNUM, 48)]),
    // cloud.baidu.com/doc/qianfan-api/s/ym9chdsy5; lengths as in public keys
    shape("baidu", &[Literal("bce-v3/ALTAK-"), exactly(ALNUM, 21), Literal("/"), exactly(HEX, 40)]),
    // docs.fireworks.ai/getting-started/quickstart; format as in public keys
    shape("fireworks", &[Literal("fw_"), Run(ALNUM, 22, 24), Mixed]),
    // openrouter.ai/docs/api-reference/authentication
    shape("openrouter", &[Literal("sk-or-v1-"), exactly(HEX, 64)]),
    // huggingface.co/docs/hub/security-tokens
    shape("huggingface", &[Literal("hf_"), exactly(LETTERS, 34)]),
    shape("huggingface", &[Literal("api_org_"), exactly(LETTERS, 34)]),
    // console.groq.com/docs/quickstart
    shape("groq", &[Literal("gsk_"), exactly(ALNUM, 52)]),
    // inference-docs.cerebras.ai/quickstart
    shape("cerebras", &[Literal("csk-"), exactly(LOWER_ALNUM, 48)]),
    // docs.together.ai/docs/quickstart
    shape("together", &[Literal("tgp_v1_"), exactly(BASE64_URL, 43)]),
    // docs.cloud.llamaindex.ai/api_key
    shape("llamaindex", &[Literal("llx-"), exactly(ALNUM, 48)]),
    // docs.z.ai/api-reference/introduction
    shape("zai", &[exactly(HEX, 32), Literal("."), exactly(ALNUM, 16), Mixed]),
    // docs.pinecone.io/guides/projects/manage-api-keys
    shape("pinecone", &[Literal("pcsk_"), Run(ALNUM, 4, 8), Literal("_"), Run(ALNUM, 50, 70)]),
    // jina.ai/embeddings
    shape("jina", &[Literal("jina_"), exactly(BASE64_URL, 60)]),
    // docs.wandb.ai/platform/hosting/iam/api-keys
    shape("wandb", &[Literal("wandb_v1_"), at_least(BASE64_URL, 40)]),
    // docs.firecrawl.dev/api-reference/introduction
    shape("firecrawl", &[Literal("fc-"), exactly(HEX, 32)]),
    // docs.runpod.io/get-started/api-keys
    shape("runpod", &[Literal("rpa_"), at_least(ALNUM, 40)]),
    // cursor.com/docs/api
    shape("cursor", &[Literal("key_"), exactly(LOWER_ALNUM, 64)]),
    // e2b.dev/docs/api-key
    shape("e2b", &[Literal("e2b_"), exactly(HEX, 40)]),
    // modal.com/docs/reference/modal.config
    shape("modal", &[AnyOf(&["ak-", "as-"]), exactly(ALNUM, 22), Mixed]),
    // docs.voyageai.com/docs/api-key-and-installation
    shape("voyage", &[AnyOf(&["pa-", "al-"]), exactly(BASE64_URL, 43), Mixed]),
    // docs.apify.com/platform/integrations/api
    shape("apify", &[Literal("apify_api_"), Run(ALNUM, 34, 38)]),
    // replicate.com/docs/topics/security/api-tokens
    shape("replicate", &[Literal("r8_"), exactly(ALNUM, 37)]),
    // docs.perplexity.ai/getting-started/quickstart
    shape("perplexity", &[Literal("pplx-"), exactly(ALNUM, 48)]),
    // docs.x.ai/docs/tutorial
    shape("xai", &[Literal("xai-"), exactly(ALNUM, 80)]),
    // docs.api.nvidia.com/nim/docs/api-quickstart
    shape("nvidia", &[Literal("nvapi-"), exactly(BASE64_URL, 64)]),
    // docs.langchain.com/langsmith/create-account-api-key
    shape("langchain", &[AnyOf(&["lsv2_pt_", "lsv2_sk_"]), exactly(HEX, 32), Literal("_"), exactly(HEX, 10)]),
    // docs.tavily.com/documentation/api-reference/introduction
    shape("tavily", &[Literal("tvly-"), Optional(&[AnyOf(&["dev-", "prod-"])]), Run(ALNUM, 32, 64)]),
    // elevenlabs.io/docs/api-reference/authentication
    shape("elevenlabs", &[Literal("sk_"), exactly(HEX, 48)]),
    // docs.cartesia.ai/use-the-api/api-conventions
    shape("cartesia", &[Literal("sk_car_"), Run(WORD, 20, 32), Mixed]),
    // docs.dev.runwayml.com/guides/setup
    shape("runway", &[Literal("key_"), exactly(HEX, 128)]),
    // docs.browserbase.com/reference/api/overview
    shape("browserbase", &[AnyOf(&["bb_live_", "bb_test_"]), exactly(BASE64_URL, 27)]),
    // daytona.io/docs/en/api-keys
    shape("daytona", &[Literal("dtn_"), exactly(HEX, 64)]),
    // inngest.com/docs/platform/signing-keys; api-docs.inngest.com/authentication; length as in public keys
    shape("inngest", &[AnyOf(&["signkey-prod-", "signkey-test-", "signkey-branch-"]), Run(HEX, 32, 64)]),
    // trigger.dev/docs/apikeys; lengths as in the issuer's server: github.com/triggerdotdev/trigger.dev, apps/webapp/app/utils/apiKeys.ts
    shape("trigger", &[AnyOf(&["tr_dev_", "tr_stg_", "tr_prod_", "tr_preview_"]), Optional(&[Literal("sk_")]), Run(ALNUM, 20, 24), Mixed]),
    // docs.digitalocean.com/reference/api/create-personal-access-token
    shape("digitalocean", &[AnyOf(&["doo_v1_", "dop_v1_", "dor_v1_"]), exactly(ANY_HEX, 64)]),
    // developers.cloudflare.com/fundamentals/api/get-started/token-formats; developers.cloudflare.com/fundamentals/api/get-started/ca-keys
    shape("cloudflare", &[AnyOf(&["cfat_", "cfut_", "cfk_"]), exactly(ALNUM, 40), exactly(HEX, 8)]),
    shape("cloudflare", &[Literal("v1.0-"), exactly(HEX, 24), Literal("-"), exactly(HEX, 146)]),
    // devcenter.heroku.com/articles/authentication
    shape("heroku", &[Literal("HRKU-AA"), exactly(BASE64_URL, 58)]),
    // vercel.com/docs/rest-api; vercel.com/docs/vercel-blob
    shape("vercel", &[AnyOf(&["vcp_", "vci_", "vca_", "vcr_", "vck_"]), Run(ALNUM, 24, 64)]),
    shape("vercel", &[Literal("vercel_blob_rw_"), at_least(WORD, 40)]),
    // docs.netlify.com/api/get-started
    shape("netlify", &[Literal("nfp_"), exactly(ALNUM, 36)]),
    // render.com/docs/api
    shape("render", &[Literal("rnd_"), exactly(ALNUM, 28)]),
    // fly.io/docs/security/tokens
    shape("fly", &[Literal("fo1_"), exactly(BASE64_URL, 43)]),
    shape("fly", &[AnyOf(&["fm1a_", "fm1r_", "fm2_"]), at_least(BASE64, 100), Run(EQUALS, 0, 3)]),
    // supabase.com/docs/guides/api/api-keys
    shape("supabase", &[AnyOf(&["sbp_v0_", "sbp_"]), exactly(HEX, 40)]),
    shape("supabase", &[Literal("sb_secret_"), Run(BASE64_URL, 22, 48)]),
    // planetscale.com/docs/concepts/service-tokens
    shape("planetscale", &[AnyOf(&["pscale_pw_", "pscale_tkn_", "pscale_oauth_"]), Run(DOTTED, 32, 64)]),
    // neon.com/docs/manage/api-keys
    shape("neon", &[Literal("napi_"), at_least(LOWER_ALNUM, 48)]),
    // mongodb.com/docs/atlas/api/service-accounts-overview
    shape("mongodb", &[Literal("mdb_sa_sk_"), at_least(BASE64_URL, 40)]),
    // cockroachlabs.com/docs/cockroachcloud/managing-access
    shape("cockroach", &[Literal("CCDB1_"), exactly(ALNUM, 22), Literal("_"), exactly(ALNUM, 40)]),
    // clickhouse.com/docs/cloud/manage/openapi
    shape("clickhouse", &[Literal("4b1d"), exactly(ALNUM, 38), Mixed]),
    // docs.databricks.com/en/dev-tools/auth/pat.html; docs.databricks.com/aws/en/dev-tools/auth/oauth-m2m; the prefix of OAuth secrets:
    // docs.aws.amazon.com/secretsmanager/latest/userguide/mes-partner-DatabricksSPSecret.html, their length as in Kingfisher's rule
    shape("databricks", &[Literal("dapi"), exactly(HEX, 32), Optional(&[Literal("-"), exactly(DIGITS, 1)])]),
    shape("databricks", &[Literal("dose"), exactly(Set::of("0-9A-Za-z_.-"), 32), Mixed]),
    // alibabacloud.com/help/en/ram/user-guide/create-an-accesskey-pair
    shape("alibaba", &[Literal("LTAI"), exactly(ALNUM, 20)]),
    // cloud.tencent.com/document/product/598/40488; cloud.tencent.com/document/api/213/30654 has a sample
    shape("tencent", &[Literal("AKID"), exactly(ALNUM, 32), Mixed]),
    // yandex.cloud/en/docs/iam/concepts/authorization
    shape("yandex", &[AnyOf(&["y0_", "y1_", "y2_", "y3_"]), at_least(BASE64_URL, 50)]),
    shape("yandex", &[Literal("t1."), at_least(BASE64_URL, 1), Run(EQUALS, 0, 2), Literal("."), exactly(BASE64_URL, 86), Run(EQUALS, 0, 2)]),
    shape("yandex", &[Literal("AQVN"), Run(BASE64_URL, 35, 38)]),
    // dev.vk.com/en/api/access-token/getting-started
    shape("vk", &[Literal("vk1.a."), at_least(BASE64_URL, 80)]),
    // developers.scalingo.com/tokens
    shape("scalingo", &[Literal("tk-us-"), exactly(BASE64_URL, 48)]),
    // developer.hashicorp.com/vault/docs/concepts/tokens; developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/api-tokens
    shape("hashicorp", &[AnyOf(&["hvs.", "hvb.", "hvr."]), Run(BASE64_URL, 90, 300)]),
    shape("hashicorp", &[Literal("hvs."), Run(ALNUM, 24, 28), Mixed]),
    shape("hashicorp", &[Literal("s."), exactly(ALNUM, 24), Mixed]),
    shape("hashicorp", &[exactly(ALNUM, 14), Literal(".atlasv1."), Run(Set::of("0-9A-Za-z_=-"), 60, 70)]),
    // pulumi.com/docs/pulumi-cloud/access-management/access-tokens
    shape("pulumi", &[Literal("pul-"), exactly(HEX, 40)]),
    // docs.doppler.com/reference/auth-token-formats
    shape("doppler", &[AnyOf(&["dp.pt.", "dp.st.", "dp.ct.", "dp.sa.", "dp.scim.", "dp.audit."]), Optional(&[Run(Set::of("0-9a-z_-"), 2, 35), Literal(".")]), Run(ALNUM, 40, 44)]),
    // infisical.com/docs/documentation/platform/token
    shape("infisical", &[Literal("st."), exactly(HEX, 24), Literal("."), exactly(HEX, 32), Literal("."), exactly(HEX, 32)]),
    // tailscale.com/kb/1085/auth-keys
    shape("tailscale", &[Literal("tskey-"), at_least(Set::of("a-z"), 1), Literal("-"), at_least(ALNUM, 8), Literal("-"), at_least(ALNUM, 20)]),
    // infracost.io/docs
    shape("infracost", &[Literal("ico-"), exactly(ALNUM, 32)]),
    // octopus.com/docs/octopus-rest-api/how-to-create-an-api-key
    shape("octopus", &[Literal("API-"), exactly(UPPER_ALNUM, 26)]),
    // docs.prefect.io/v3/how-to-guides/cloud/manage-users/api-keys
    shape("prefect", &[AnyOf(&["pnu_", "pnb_"]), exactly(ALNUM, 36)]),
    // buildkite.com/docs/apis/managing-api-tokens
    shape("buildkite", &[Literal("bkua_"), exactly(HEX, 40)]),
    // circleci.com/docs/managing-api-tokens
    shape("circleci", &[AnyOf(&["CCIPAT_", "CCIPRJ_"]), at_least(ALNUM, 20), Literal("_"), exactly(HEX, 40)]),
    // developer.harness.io/docs/platform/automation/api/add-and-manage-api-keys
    shape("harness", &[AnyOf(&["pat.", "sat."]), exactly(BASE64_URL, 22), Literal("."), exactly(ALNUM, 24), Literal("."), exactly(ALNUM, 20)]),
    // grafana.com/docs/grafana/latest/administration/service-accounts; grafana.com/docs/grafana-cloud/account-management/authentication-and-permissions/access-policies
    shape("grafana", &[Literal("glc_"), Run(BASE64, 32, 400), Run(EQUALS, 0, 3)]),
    shape("grafana", &[Literal("glsa_"), exactly(ALNUM, 32), Literal("_"), exactly(ANY_HEX, 8)]),
    shape("grafana", &[Literal("eyJrIjoi"), Run(BASE64, 70, 400), Run(EQUALS, 0, 3)]),
    // docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys
    shape("newrelic", &[Literal("NRAK-"), exactly(ALNUM, 27)]),
    shape("newrelic", &[Literal("NRJS-"), exactly(ANY_HEX, 19)]),
    shape("newrelic", &[Literal("NRII-"), exactly(Set::of("0-9A-Za-z-"), 32)]),
    // docs.sentry.io/account/auth-tokens
    shape("sentry", &[Literal("sntrys_eyJ"), at_least(Set::of("0-9A-Za-z+/=_"), 80)]),
    shape("sentry", &[Literal("sntryu_"), exactly(HEX, 64)]),
    // docs.dynatrace.com/docs/manage/identity-access-management/access-tokens-and-oauth-clients/access-tokens
    shape("dynatrace", &[AnyOf(&["dt0c01.", "dt0s16."]), exactly(ALNUM, 24), Literal("."), exactly(ALNUM, 64)]),
    // docs.sonarsource.com/sonarqube-server/user-guide/managing-tokens
    shape("sonar", &[AnyOf(&["squ_", "sqp_", "sqa_"]), exactly(HEX, 40)]),
    // axiom.co/docs/reference/tokens; format as in public tokens
    shape("axiom", &[AnyOf(&["xaat-", "xapt-"]), exactly(HEX, 8), Literal("-"), exactly(HEX, 4), Literal("-"), exactly(HEX, 4), Literal("-"), exactly(HEX, 4), Literal("-"), exactly(HEX, 12)]),
    // checklyhq.com/docs/accounts-and-users/creating-api-key
    shape("checkly", &[Literal("cu_"), exactly(HEX, 32)]),
    // sourcegraph.com/docs/cli/how-tos/creating_an_access_token
    shape("sourcegraph", &[Literal("sgp_"), Optional(&[exactly(ANY_HEX, 16), Literal("_")]), Optional(&[Literal("local_")]), exactly(ANY_HEX, 40)]),
    // posthog.com/docs/api
    shape("posthog", &[Literal("phx_"), Run(BASE64_URL, 43, 48)]),
    // launchdarkly.com/docs/sdk/concepts/client-side-server-side
    shape("launchdarkly", &[Literal("sdk-"), exactly(HEX, 8), Literal("-"), exactly(HEX, 4), Literal("-"), exactly(HEX, 4), Literal("-"), exactly(HEX, 4), Literal("-"), exactly(HEX, 12)]),
    // learning.postman.com/docs/reference/postman-api/authentication
    shape("postman", &[Literal("PMAK-"), exactly(ANY_HEX, 24), Literal("-"), exactly(ANY_HEX, 34)]),
    // docs.arcjet.com
    shape("arcjet", &[Literal("ajkey_"), exactly(LOWER_ALNUM, 26)]),
    // authress.io/knowledge-base/docs/authorization/service-clients/access-keys
    shape("authress", &[AnyOf(&["scauth_", "authress_", "sc_", "ext_"]), Run(LOWER_ALNUM, 5, 30), Literal("."), Run(LOWER_ALNUM, 4, 6), Literal(".acc"), AnyOf(&["_", "-"]), Run(Set::of("0-9a-z-"), 10, 32), Literal("."), Run(Set::of("0-9A-Za-z+/_=-"), 30, 120)]),
    // developer.1password.com/docs/service-accounts; support.1password.com/secret-key
    shape("1password", &[Literal("ops_eyJ"), at_least(BASE64, 100), Run(EQUALS, 0, 3)]),
    shape("1password", &[Literal("A3-"), exactly(UPPER_ALNUM, 6), Literal("-"), exactly(UPPER_ALNUM, 11), Literal("-"), exactly(UPPER_ALNUM, 5), Literal("-"), exactly(UPPER_ALNUM, 5), Literal("-"), exactly(UPPER_ALNUM, 5)]),
    shape("1password", &[Literal("A3-"), exactly(UPPER_ALNUM, 6), Literal("-"), exactly(UPPER_ALNUM, 6), Literal("-"), exactly(UPPER_ALNUM, 5), Literal("-"), exactly(UPPER_ALNUM, 5), Literal("-"), exactly(UPPER_ALNUM, 5), Literal("-"), exactly(UPPER_ALNUM, 5)]),
    // linear.app/developers/graphql
    shape("linear", &[AnyOf(&["lin_api_", "lin_oauth_"]), Run(ALNUM, 40, 64)]),
    // cal.com/docs/api-reference/v2/introduction
    shape("calcom", &[Literal("cal_live_"), exactly(ALNUM, 32)]),
    // developer.atlassian.com/cloud/trello/guides/rest-api/authorization; format as in a sample: github.com/turbot/steampipe-plugin-trello
    shape("trello", &[Literal("ATTA"), Run(ANY_HEX, 64, 72)]),
    // developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/intro_oauth_and_connected_apps.htm
    shape("salesforce", &[Literal("00D"), Run(ALNUM, 8, 15), Literal("!"), Run(Set::of("0-9A-Za-z._-"), 30, 260)]),
    // developers.notion.com/reference/authentication
    shape("notion", &[Literal("ntn_"), exactly(DIGITS, 11), exactly(ALNUM, 35)]),
    // developers.figma.com/docs/rest-api/authentication
    shape("figma", &[AnyOf(&["figd_", "figo_", "figu_", "figor_", "figoh_", "figdr_", "figur_"]), at_least(BASE64_URL, 40)]),
    // airtable.com/developers/web/api/authentication
    shape("airtable", &[Literal("pat"), exactly(ALNUM, 14), Literal("."), exactly(HEX, 64)]),
    // developers.asana.com/docs/personal-access-token
    shape("asana", &[AnyOf(&["0/", "1/", "2/"]), Run(DIGITS, 15, 17), Optional(&[Literal("/"), Run(DIGITS, 15, 17)]), Literal(":"), exactly(HEX, 32)]),
    // developer.clickup.com/docs/authentication
    shape("clickup", &[Literal("pk_"), Run(DIGITS, 6, 10), Literal("_"), exactly(UPPER_ALNUM, 32)]),
    // developers.hubspot.com/docs/apps/legacy-apps/private-apps/overview
    shape("hubspot", &[Literal("pat-"), AnyOf(&["na1-", "na2-", "eu1-", "ap1-"]), exactly(ANY_HEX, 8), Literal("-"), exactly(ANY_HEX, 4), Literal("-"), exactly(ANY_HEX, 4), Literal("-"), exactly(ANY_HEX, 4), Literal("-"), exactly(ANY_HEX, 12)]),
    // contentful.com/developers/docs/references/authentication
    shape("contentful", &[Literal("CFPAT-"), exactly(BASE64_URL, 43)]),
    // typeform.com/developers/get-started/personal-access-token
    shape("typeform", &[Literal("tfp_"), exactly(DOTTED, 59)]),
    // docs.readme.com/main/reference/authentication
    shape("readme", &[Literal("rdme_"), exactly(LOWER_ALNUM, 70)]),
    // developer.frame.io/docs/getting-started/authentication
    shape("frameio", &[Literal("fio-u-"), exactly(Set::of("0-9A-Za-z_=-"), 64)]),
    // developer.adobe.com/developer-console/docs/guides/authentication
    shape("adobe", &[Literal("p8e-"), exactly(ALNUM, 32)]),
    // developers.dropbox.com/oauth-guide
    shape("dropbox", &[Literal("sl."), Optional(&[Literal("u.")]), at_least(BASE64_URL, 130)]),
    // docs.mapbox.com/help/dive-deeper/access-tokens
    shape("mapbox", &[Literal("sk.eyJ"), Run(BASE64_URL, 40, 200), Literal("."), exactly(BASE64_URL, 22)]),
    // developers.facebook.com/docs/facebook-login/guides/access-tokens
    shape("facebook", &[Run(DIGITS, 15, 16), AnyOf(&["|", "%7C", "%7c", "%"]), Run(BASE64_URL, 27, 40)]),
    shape("facebook", &[Literal("EAA"), exactly(Set::of("A-Z"), 1), at_least(ALNUM, 100)]),
    // docs.easypost.com/docs/authentication
    shape("easypost", &[AnyOf(&["EZAK", "EZTK"]), exactly(ALNUM, 54)]),
    // duffel.com/docs/api/overview/making-requests
    shape("duffel", &[AnyOf(&["duffel_test_", "duffel_live_"]), exactly(Set::of("0-9A-Za-z_=-"), 43)]),
    // docs.goshippo.com/docs/guides_general/authentication
    shape("shippo", &[AnyOf(&["shippo_live_", "shippo_test_"]), exactly(ANY_HEX, 40)]),
    // support.maxmind.com/hc/en-us/articles/4407111582235
    shape("maxmind", &[exactly(ALNUM, 6), Literal("_"), exactly(ALNUM, 29), Literal("_mmk")]),
    // docs.defined.net/api
    shape("defined", &[Literal("dnkey-"), exactly(Set::of("0-9A-Za-z=_-"), 26), Literal("-"), exactly(Set::of("0-9A-Za-z=_-"), 52)]),
    // console.settlemint.com/documentation
    shape("settlemint", &[AnyOf(&["sm_aat_", "sm_pat_", "sm_sat_"]), exactly(ALNUM, 16)]),
    // api.intra.42.fr/apidoc/guides/web_application_flow
    shape("intra42", &[AnyOf(&["s-s4t2ud-", "s-s4t2af-"]), exactly(ANY_HEX, 64)]),
    // docs.redhat.com/en/documentation/openshift_container_platform
    shape("openshift", &[Literal("sha256~"), exactly(BASE64_URL, 43)]),
    // age-encryption.org/v1
    shape("age", &[Literal("AGE-SECRET-KEY-1"), exactly(BECH32, 58)]),
    // RFC 7519, RFC 7515
    shape("jwt", &[Literal("eyJ"), Run(BASE64_URL, 12, 512), Literal(".ey"), at_least(BASE64_URL, 13), Optional(&[Literal("."), at_least(BASE64_URL, 1)])]),
    shape("jwt", &[Literal("ZXlK"), at_least(PADDED, 120)]),
];

/// A shape that is found by a literal inside it: the literal, its offset in the shape, and the shape.
pub(super) const INNER: (&str, usize, Shape) = (
    "Q~",
    4,
    shape(
        "azure",
        &[exactly(Set::of("0-9A-Za-z_~."), 3), exactly(DIGITS, 1), Literal("Q~"), Run(AZURE, 31, 34)],
    ),
);
