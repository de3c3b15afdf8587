//! Property tests with generated texts: keys of every kind are found as a whole wherever people write them, and texts that only resemble
//! keys are not found.

use super::names::NAMED;
use super::pattern::{ALNUM, BASE64, BASE64_URL, DIGITS, HEX, LOWER_ALNUM, Set, UPPER_ALNUM};
use super::shapes::{INNER, SHAPES};
use super::tests::{Random, found, random_token};

/// Texts in which people write a key, `{}`.
const FRAMES: &[&str] = &[
    "{}",
    "my key is {}, ok?",
    "here: {}.",
    "({})",
    "[{}](x)",
    "`{}`",
    "\"{}\"",
    "“{}”",
    "«{}»",
    "**{}**",
    "_{}_",
    "> {}\nthanks",
    "<code>{}</code>",
    "🔑{}🔑",
    "ключ:{}!",
    "キーは{}です",
    "密钥是：{}。",
    "المفتاح {} هنا",
    "키는 {}입니다",
    "กุญแจ{}ครับ",
    "KEY={}\n",
    "export KEY='{}'; run",
    "run --key {} --verbose",
    "run --key={}",
    "key: {}\nname: x",
    "{\"key\":\"{}\",\"x\":1}",
    "{\"env\":\"A=1\\n{}\\nB=2\"}",
    "let key = \"{}\";",
    "a,{},b",
    "a;{};b",
    "| {} |",
    "https://api.example.com/x?key={}&page=2",
    "https://api.example.com/x?next=key%3D{}",
    "{} {}",
    "{},{}",
    "{}\n{}",
];

/// Ways to assign a value, `{}`, to a name, `NAME`.
const ASSIGNMENTS: &[&str] = &[
    "NAME={}",
    "NAME = \"{}\"",
    "NAME: {}",
    "export NAME='{}'",
    "the NAME: `{}`",
    "{\"NAME\": \"{}\"}",
    "var NAME string = \"{}\"",
    "NAME := `{}`",
    "\"NAME\" => \"{}\",",
    "NAME ?= {}\n",
    "NAME ||= '{}'",
    "\"NAME\", \"{}\"",
    "<NAME>\n    {}\n</NAME>",
];

/// Counts the texts of `frames` in which a token of each row is found whole. Returns the rows that fail.
fn missed(
    rows: impl Iterator<Item = (&'static str, String, Vec<String>)>,
    frames: &[&str],
) -> (usize, usize, Vec<String>) {
    let (mut tried, mut missed, mut failing) = (0, 0, Vec::new());
    for (kind, name, tokens) in rows {
        let mut missed_here = Vec::new();
        for (number, token) in tokens.iter().enumerate() {
            let frame = frames[number % frames.len()];
            let text = frame.replace("NAME", &name).replace("{}", token);
            // Punctuation at the end of a token is indistinguishable from that of the sentence.
            let whole = token.trim_end_matches(['-', '_', '.', '=']);
            let finds = found(&text);
            let is_found = finds.iter().filter(|(found, _)| found.contains(whole)).count();
            tried += 1;
            if is_found < frame.matches("{}").count() {
                missed_here.push(format!("{text:?}: {finds:?}"));
            }
        }
        missed += missed_here.len();
        if missed_here.len() * 50 > tokens.len() {
            failing.push(format!(
                "{kind} {name}: {} of {}, {}",
                missed_here.len(),
                tokens.len(),
                missed_here[0]
            ));
        }
    }
    (tried, missed, failing)
}

#[test]
fn finds_keys_of_every_kind_whole_in_every_frame() {
    let mut random = Random(5);
    let rows = SHAPES.iter().chain([&INNER.2]).map(|shape| {
        let tokens = (0..2 * FRAMES.len()).map(|_| random_token(shape.parts, &mut random)).collect();
        (shape.kind, String::new(), tokens)
    });
    let (tried, missed, failing) = missed(rows, FRAMES);
    assert!(failing.is_empty(), "{failing:#?}");
    assert!(missed * 1000 <= tried, "{missed} of {tried}");
}

#[test]
fn finds_named_keys_whole_in_every_assignment() {
    let mut random = Random(6);
    let rows = NAMED.iter().map(|named| {
        let tokens = (0..4 * ASSIGNMENTS.len()).map(|_| random_token(named.parts, &mut random)).collect();
        (named.kind, named.name(), tokens)
    });
    // A name with a path, as in `.npmrc`, is not the name of a variable.
    let rows = rows.filter(|(_, name, _)| !name.starts_with('/'));
    let (tried, missed, failing) = missed(rows, ASSIGNMENTS);
    assert!(failing.is_empty(), "{failing:#?}");
    assert!(missed * 1000 <= tried, "{missed} of {tried}");
}

/// Words of identifiers.
const WORDS: &[&str] = &[
    "account", "build", "cache", "channel", "client", "config", "count", "create", "current", "data",
    "default", "delete", "event", "factory", "field", "handler", "index", "item", "list", "load", "manager",
    "message", "model", "name", "order", "path", "provider", "query", "record", "request", "response",
    "result", "service", "session", "state", "status", "stream", "table", "test", "update", "user", "value",
    "version", "view",
];

/// Returns an identifier of `count` words: in snake case, with hyphens, in camel case or in capitals.
fn identifier(random: &mut Random, count: usize) -> String {
    let style = random.below(4);
    let words: Vec<_> = (0..count).map(|_| random.one_of(WORDS)).collect();
    let capital = |word: &str| format!("{}{}", word[..1].to_ascii_uppercase(), &word[1..]);
    match style {
        0 => words.join("_"),
        1 => words.join("-"),
        2 => words.iter().map(|word| capital(word)).collect(),
        _ => words.join("_").to_ascii_uppercase(),
    }
}

/// A description of a near miss, and a generator of texts with it.
type NearMiss = (&'static str, fn(&mut Random) -> String);

const NEAR_MISSES: &[NearMiss] = &[
    ("a commit", |random| format!("fixed in {}, see commit {}", random.text(HEX, 7), random.text(HEX, 40))),
    ("a checksum", |random| format!("md5: {} sha256:{}", random.text(HEX, 32), random.text(HEX, 64))),
    ("an image digest", |random| {
        format!("image: registry.example.com/{}@sha256:{}", identifier(random, 2), random.text(HEX, 64))
    }),
    ("an integrity", |random| format!("\"integrity\": \"sha512-{}==\"", random.text(BASE64, 86))),
    ("a UUID", |random| {
        let group = |random: &mut Random, len| random.text(HEX, len);
        let id = [8, 4, 4, 4, 12].map(|len| group(random, len)).join("-");
        format!("request-id: {id}, id={id} {{\"id\": \"{id}\"}}")
    }),
    ("an image", |random| format!("data:image/png;base64,iVBORw0KGgo{}=", random.text(BASE64, 300))),
    ("a version", |random| {
        format!(
            "{}@{}.{}.{}-beta.{}+build.{}",
            identifier(random, 2),
            random.below(30),
            random.below(30),
            random.below(99),
            random.below(30),
            random.text(HEX, 8)
        )
    }),
    ("a video", |random| format!("https://video.example.com/watch?v={}&t=1s", random.text(BASE64_URL, 11))),
    ("a document", |random| format!("https://docs.example.com/d/{}/edit", random.text(BASE64_URL, 44))),
    ("identifiers", |random| {
        format!("{}.{}({})", identifier(random, 3), identifier(random, 4), identifier(random, 2))
    }),
    ("identifiers after a prefix", |random| {
        let prefix = [
            "sk-", "key-", "hf_", "s.", "pat-", "xoxb-", "ghp_", "gsk_", "npm_", "as-", "pa-", "live_",
            "AKC", "AP1",
        ];
        format!("{}{}", random.one_of(&prefix), identifier(random, 5))
    }),
    ("an assignment of an identifier", |random| {
        let named = &NAMED[random.below(NAMED.len())];
        format!("{} = {}", named.name(), identifier(random, 4))
    }),
    ("a password that is read", |random| {
        format!(
            "db_password = {}.{}, DB_PASSWORD=$(cat {})",
            identifier(random, 1),
            identifier(random, 2),
            identifier(random, 1)
        )
    }),
    ("an order", |random| {
        format!(
            "order {}-{}, parcel {}",
            random.text(UPPER_ALNUM, 8),
            random.text(DIGITS, 6),
            random.text(DIGITS, 20)
        )
    }),
    ("an ETag", |random| format!("ETag: \"{}\", Cache-Key: {}", random.text(HEX, 32), identifier(random, 3))),
    ("a resource name", |random| {
        format!("arn:aws:sns:eu-west-1:{}:{}", random.text(DIGITS, 12), identifier(random, 2))
    }),
    ("a mention", |random| {
        format!("<@U{}> in <#C{}|general>", random.text(UPPER_ALNUM, 10), random.text(UPPER_ALNUM, 10))
    }),
    ("a file", |random| {
        format!(
            "assets/{}-{}.js, {}.png",
            identifier(random, 1),
            random.text(LOWER_ALNUM, 8),
            random.text(HEX, 16)
        )
    }),
    ("an address with a port", |random| {
        format!(
            "http://{}.example.com:{}/@{}",
            identifier(random, 1).to_ascii_lowercase(),
            1024 + random.below(9000),
            identifier(random, 1)
        )
    }),
    ("a public key", |random| {
        format!(
            "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ{} bob@host\n-----BEGIN PUBLIC KEY-----\nMIIBIjAN{}\n-----END PUBLIC KEY-----",
            random.text(BASE64, 330),
            random.text(BASE64, 64)
        )
    }),
    ("a certificate", |random| {
        format!("-----BEGIN CERTIFICATE-----\nMIIDdzCC{}\n-----END CERTIFICATE-----", random.text(BASE64, 64))
    }),
    ("a fingerprint", |random| {
        let pairs: Vec<_> = (0..16).map(|_| random.text(HEX, 2)).collect();
        format!("256 SHA256:{} bob (ED25519), MD5:{}", random.text(BASE64, 43), pairs.join(":"))
    }),
    ("a line of a lock file", |random| match random.below(4) {
        0 => format!(
            "resolved \"https://registry.yarnpkg.com/{0}/-/{0}-1.2.3.tgz#{1}\"",
            identifier(random, 1),
            random.text(HEX, 40)
        ),
        1 => format!("checksum = \"{}\"", random.text(HEX, 64)),
        2 => format!("example.com/{} v1.2.3 h1:{}=", identifier(random, 1), random.text(BASE64, 43)),
        _ => format!("    --hash=sha256:{} \\", random.text(HEX, 64)),
    }),
    ("minified code", |random| {
        let mut name = || {
            let len = 1 + random.below(2);
            random.text(Set::of("a-zA-Z"), len)
        };
        let calls: Vec<_> =
            (0..12).map(|_| format!("{}={}.{}({})", name(), name(), name(), name())).collect();
        format!("!function({}){{{}}}", name(), calls.join(";"))
    }),
    ("a path with a hash", |random| {
        format!(
            "/nix/store/{}-{} .git/objects/{}/{}",
            random.text(LOWER_ALNUM, 32),
            identifier(random, 2),
            random.text(HEX, 2),
            random.text(HEX, 38)
        )
    }),
    ("a transaction", |random| format!("tx 0x{} in block {}", random.text(HEX, 64), random.text(DIGITS, 8))),
    ("an example of a manual", |random| {
        let prefix =
            ["AKIA", "ghp_", "sk-ant-api03-", "xoxb-", "glpat-", "hf_", "npm_", "sk_live_", "AIzaSy"];
        let filler =
            ["EXAMPLE", "your_key_here_", "XXXX", "xxxxxxxx", "0123456789", "abcdefgh", "<token>", "****"];
        let prefix = random.one_of(&prefix);
        format!("{prefix}{}", random.one_of(&filler).repeat(6))
    }),
    ("a login of a manual", |random| {
        let user = ["user", "username", "me", "login", "foo"];
        let password = ["pass", "password", "passwd", "pwd", "secret", "password123", "mypassword", "bar"];
        let host =
            ["example.com", "www.example.org:8443", "db.example.net", "host", "server.test", "acme.example"];
        let scheme = ["https", "http", "ftp", "postgres", "mongodb+srv", "redis", "amqp", "smtp"];
        format!(
            "{}://{}:{}@{}/x",
            random.one_of(&scheme),
            random.one_of(&user),
            random.one_of(&password),
            random.one_of(&host)
        )
    }),
    ("a short id", |random| format!("id {} and {}", random.text(ALNUM, 12), random.text(ALNUM, 22))),
];

#[test]
fn ignores_what_resembles_keys() {
    const EACH: usize = 400;
    let mut random = Random(7);
    let (mut tried, mut flagged) = (0, Vec::new());
    for (what, make) in NEAR_MISSES {
        let mut flagged_here = Vec::new();
        for _ in 0..EACH {
            let text = make(&mut random);
            let finds = found(&text);
            tried += 1;
            if !finds.is_empty() {
                flagged_here.push(format!("{what}: {text:?}: {finds:?}"));
            }
        }
        assert!(
            flagged_here.len() * 50 <= EACH,
            "{what}: {} of {EACH}: {:#?}",
            flagged_here.len(),
            &flagged_here[..3]
        );
        flagged.append(&mut flagged_here);
    }
    assert!(flagged.len() * 200 <= tried, "{} of {tried}: {flagged:#?}", flagged.len());
}
