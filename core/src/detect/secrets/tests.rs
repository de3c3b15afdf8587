//! Property tests: random keys of every kind are found, and placeholders in their format are not.

use super::pattern::{ALNUM, Part, Set, exactly};
use super::shapes::INNER;
use super::*;

/// A seeded random number generator. Keys are generated because literal keys in this file would alarm secret scanners.
pub(super) struct Random(pub u64);

impl Random {
    /// Returns a number below `limit`.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ mixed >> 31) % limit as u64).unwrap()
    }

    pub(super) fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    pub(super) fn text(&mut self, set: Set, len: usize) -> String {
        let mut letters = letters(set);
        // In Base64, `=` is only padding.
        letters.retain(|c| *c != '=' || set == Set::of("="));
        (0..len).map(|_| self.one_of(&letters)).collect()
    }
}

fn letters(set: Set) -> Vec<char> {
    (0..128).filter(|byte| set.has(*byte)).map(char::from).collect()
}

/// Generates a token that matches `parts`. `fill` generates the text of a run from its set and length.
fn token(
    parts: &[Part],
    random: &mut Random,
    fill: &mut dyn FnMut(&mut Random, Set, usize) -> String,
) -> String {
    let (mut token, mut run) = (String::new(), 0);
    for part in parts {
        match part {
            Part::Literal(letters) => token.push_str(letters),
            Part::AnyOf(all) => token.push_str(random.one_of(all)),
            Part::Run(set, min, max) => {
                run = token.len();
                let len = min + random.below((*max).min(min + 20) - min + 1);
                token.push_str(&fill(random, *set, len));
            }
            Part::Optional(parts) if random.below(2) == 0 => {
                token.push_str(&self::token(parts, random, fill));
            }
            Part::Optional(_) | Part::Mixed => {}
            Part::Contains(letters) => {
                let middle = usize::midpoint(run, token.len());
                token.replace_range(middle..middle + letters.len(), letters);
            }
            Part::EndsWith(letters) => token.replace_range(token.len() - letters.len().., letters),
        }
    }
    token
}

/// Generates a random token that matches `parts`.
pub(super) fn random_token(parts: &[Part], random: &mut Random) -> String {
    token(parts, random, &mut |random, set, len| {
        let text = random.text(set, len);
        // A full stop at the end would count as the end of a sentence.
        if text.ends_with('.') { format!("{}x", &text[..text.len() - 1]) } else { text }
    })
}

pub(super) fn found(text: &str) -> Vec<(String, &'static str)> {
    let (view, message) = (View::new(text), crate::message::Message::default());
    let mut found = Found::default();
    let mut cx = Context { message: &message, budget: super::super::Budget::RULE };
    Finder(usual_kinds()).find(&view, &mut cx, &mut found).unwrap();
    found.spans.into_iter().map(|find| (text[find.range].to_owned(), find.kind)).collect()
}

/// Returns every kind with its pattern and the text before it.
fn all() -> impl Iterator<Item = (&'static str, &'static [Part], String)> {
    let shapes = SHAPES.iter().chain([&INNER.2]).map(|shape| (shape.kind, shape.parts, String::new()));
    shapes.chain(NAMED.iter().map(|named| (named.kind, named.parts, format!("{}=", named.name()))))
}

/// Returns the kinds of `"all"`.
fn usual_kinds() -> Vec<&'static str> {
    kinds().iter().copied().filter(|kind| *kind != labelled::KIND).collect()
}

#[test]
fn there_are_many_kinds_and_their_names_are_unique() {
    let mut names = kinds().to_vec();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), kinds().len());
    assert!(names.len() >= 60, "{}", names.len());
}

/// Texts before and after a key: emphasis, dashes, and characters that also occur in keys.
const FRAMES: &[(&str, &str)] = &[
    ("", ""),
    ("_", "_"),
    ("—", "—"),
    ("", "-"),
    ("(", ")"),
    ("`", "`"),
    ("", "."),
    ("", "_ "),
    ("\n", "\n"),
];

#[test]
fn finds_random_keys_of_every_kind() {
    const EACH: usize = 200;
    let (mut random, mut missed, mut tried, mut failing) = (Random(1), 0, 0, Vec::new());
    for (kind, parts, name) in all() {
        let mut missed_here = Vec::new();
        for number in 0..EACH {
            let token = random_token(parts, &mut random);
            let (before, after) = FRAMES[number % FRAMES.len()];
            if found(&format!("{before}{name}{token}{after}")).is_empty() {
                missed_here.push(token);
            }
        }
        missed += missed_here.len();
        tried += EACH;
        if missed_here.len() > 2 {
            failing.push(format!(
                "{kind}: {} of {EACH} missed, such as {}",
                missed_here.len(),
                missed_here[0]
            ));
        }
    }
    assert!(failing.is_empty(), "{failing:#?}");
    assert!(missed * 1000 <= tried, "{missed} of {tried}");
}

#[test]
fn ignores_placeholders_of_every_kind() {
    const WORDS: &[&str] = &[
        "your", "key", "here", "token", "secret", "goes", "insert", "api", "access", "put", "the", "replace",
        "with", "service", "account", "personal", "client", "project", "password", "value",
    ];
    type Fill = fn(&mut Random, Set, usize) -> String;
    // Characters outside of the set are removed. If none is left, one character of the set is repeated.
    let cycle = |text: &str, set: Set, len: usize| -> String {
        let any = letters(set)[0].to_string();
        let text = if text.bytes().any(|byte| set.has(byte)) { text } else { &any };
        text.bytes().filter(|byte| set.has(*byte)).cycle().take(len).map(char::from).collect()
    };
    let fills: [(&str, Fill); 6] = [
        ("a row", |random, set, len| random.one_of(&letters(set)).to_string().repeat(len)),
        ("rows", |random, set, len| {
            let row = |random: &mut Random| random.one_of(&letters(set)).to_string().repeat(len.div_ceil(2));
            format!("{}{}", row(random), row(random))[..len].to_owned()
        }),
        ("a sequence", |random, set, len| {
            let letters = letters(set);
            let letters: Vec<_> =
                letters.iter().filter(|c| c.is_ascii_alphanumeric() || letters.len() == 1).collect();
            let from = random.below(letters.len());
            letters.into_iter().cycle().skip(from).take(len).collect()
        }),
        ("a block", |random, set, len| {
            let size = 1 + random.below(6);
            random.text(set, size).repeat(len)[..len].to_owned()
        }),
        ("words", |random, _, len| {
            let mut words = String::new();
            while words.len() < len {
                words.push_str(random.one_of(WORDS));
            }
            words[..len].to_owned()
        }),
        ("a sample", |random, set, len| {
            let text = random.text(set, len);
            let sample = if set.has(b'E') { "EXAMPLE" } else { "example" };
            if len > 11 {
                format!("{}{sample}{}", &text[sample.len()..len - 4], &text[len - 4..])
            } else {
                text
            }
        }),
    ];
    let (mut random, mut flagged, mut tried) = (Random(2), Vec::new(), 0);
    for (kind, parts, name) in all() {
        for (what, fill) in fills {
            for _ in 0..10 {
                // Consecutive runs of the same set share one filler text.
                let mut filler = (Set::EMPTY, String::new());
                let token = token(parts, &mut random, &mut |random, set, len| {
                    if filler.0 != set || filler.1.len() < len {
                        let text = fill(random, set, if what == "a sample" { len } else { len.max(32) });
                        let text =
                            if set.has(b'z') || !set.has(b'Z') { text } else { text.to_ascii_uppercase() };
                        filler = (set, cycle(&text, set, text.len()));
                    }
                    filler.1.drain(..len).collect()
                });
                // Short runs and hexadecimal digits cannot contain words.
                let is_unsuitable = matches!(what, "words" | "a sample") && !parts.iter().any(|part| matches!(part, Part::Run(set, min, _) if *min >= 10 && (set.has(b'x') || set.has(b'X'))));
                if is_unsuitable {
                    continue;
                }
                tried += 1;
                if !found(&format!("{name}{token}")).is_empty() {
                    flagged.push(format!("{kind}, {what}: {token}"));
                }
            }
        }
    }
    assert!(flagged.len() * 200 <= tried, "{} of {tried}: {flagged:#?}", flagged.len());
}

#[test]
fn finds_every_shape_in_every_frame() {
    let mut random = Random(3);
    for shape in SHAPES.iter().chain([&INNER.2]) {
        let token = random_token(shape.parts, &mut random);
        for (before, after) in [
            ("", ""),
            ("my key: ", ", ok?"),
            ("KEY=", "\n"),
            ("{\"key\": \"", "\"}"),
            ("это", "."),
            ("<code>", "</code>"),
            ("**", "**"),
            ("?token=", "&x=1"),
        ] {
            let text = format!("{before}{token}{after}");
            let found = found(&text);
            assert!(
                found.iter().any(|(found, kind)| *kind == shape.kind && token.contains(&**found)),
                "{} in {text}: {found:?}",
                shape.kind
            );
        }
        let attached = found(&format!("x{token}"));
        assert!(attached.iter().all(|(found, _)| *found != token), "{} attached: {attached:?}", shape.kind);
    }
}

#[test]
fn ignores_texts_that_resemble_tokens() {
    for text in [
        "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "AKIAXXXXXXXXXXXXXXXX and AKIAIOSFODNN7EXAMPLE",
        "TODAYINASIAWELEARNEDABOUTITALL",
        "glpat-XXXXXXXXXXXXXXXXXXXX",
        "ghp_aZ3bY7cX1dW9eV5fU2gT8hS4iR6jQ0kPlOm",
        "sk-ant-api03-not-a-real-key",
        "s.AcceptanceTimeoutInSeconds, s.makeSomethingOfThisThing",
        "npm_config_registry, pk_live_aZ3bY7cX1dW9eV5fU2gT8hS4",
        "sha512-aZ3bY7cX1dW9eV5fU2gT8hS4iR6jQ0kPlOmNnMaZ3bY7cX1dW9eV5fU2gT8hS4iR6jQ0kPlOmNnMaZ3bY7cX1dW9e==",
        "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c",
        "743b294a-cd03-11ec-9d64-0242ac120002",
        "xoxb-your-bot-token, xoxp-1234-1234-1234-abcdefabcdefabcdef",
        "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
        "https://hooks.slack.com/services/T024BE7LD/B8QZ3M1KX/xxxxxxxxxxxxxxxxxxxxxxxx",
        "https://hooks.slack.com/services/Txxxxxxxx/Bxxxxxxxx/xxxxxxxxxxxxxxxxxxxxxxxx",
        "hf_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx, hf_abcdefghijklmnopqrstuvwxyzabcdefgh, hf_YourHuggingFaceTokenGoesRightHere",
        "AKCDEFGHIJKLMN, AKC1234567890, AKC1234567890123456, AP1ABCDEFGHIJ, AP10023456789, AP1Configuration, AKCongratulations",
        "AP1ConfigurationServiceEndpoint, AKCCOUNTRECEIVABLEDEPARTMENT",
        "npm config: //registry.npmjs.org/:_authToken=npm_xxxxxxxxxxxxxxxxxxxx",
        "Authorization: Bearer abcdef123456, X-Api-Key: 0123456789abcdef",
        "SG.xxxxxxxxxxxxxxxxxxxxxx.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "key-00000000000000000000000000000000, key-deadbeefdeadbeefdeadbeefdeadbeef, dapi0123456789abcdef0123456789abcdef",
    ] {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn finds_tokens_that_contain_invisible_characters() {
    let parts = [Part::Literal("ghp_"), exactly(ALNUM, 36)];
    let token = random_token(&parts, &mut Random(4));
    let obfuscated = format!("{}\u{200b}{}", &token[..20], &token[20..]);
    assert_eq!(found(&obfuscated), [(obfuscated.clone(), "github")]);
}

/// Returns the near misses in `text` with their reasons.
fn near_misses(text: &str) -> Vec<String> {
    let near = Finder(usual_kinds()).near_misses(&View::new(text)).into_iter();
    near.map(|near| format!("{}: {}: {}", near.kind, &text[near.range], near.why)).collect()
}

#[test]
fn every_near_miss_has_its_reason() {
    for (text, expected) in [
        ("AKIAIOSFODNN7EXAMPLE", "aws: AKIAIOSFODNN7EXAMPLE: it contains `example`, as samples do"),
        (
            "AKIAXXXXXXXXXXXXXXXX",
            "aws: AKIAXXXXXXXXXXXXXXXX: it has too little entropy: one character is repeated many times",
        ),
        (
            "npm_abcdefghijklmnopqrstuvwxyz0123456789",
            "npm: npm_abcdefghijklmnopqrstuvwxyz0123456789: it has too little entropy: it is a sequence such as `abcd` or `1234`",
        ),
        (
            "ghp_aZ3bY7cX1dW9eV5fU2gT8hS4iR6jQ0kPlOm",
            "github: ghp_aZ3bY7cX1dW9eV5fU2gT8hS4iR6jQ0kPlOm: 35 characters follow `ghp_`, and in such keys it is 36 to 255",
        ),
        (
            "postgres://bob:changeme@db.acme.dev/x",
            "url-password: postgres://bob:changeme@db.acme.dev: it is a placeholder",
        ),
        (
            "https://bob:${TOKEN}@git.acme.dev",
            "url-password: https://bob:${TOKEN}@git.acme.dev: a template fills in its value",
        ),
        (
            "https://bob:builder@git.example.com",
            "url-password: https://bob:builder@git.example.com: its host is reserved for documentation (RFC 2606), and its password is a word",
        ),
        (
            "mysql://root:root@localhost/x",
            "url-password: mysql://root:root@localhost: it is a usual default of development on the local machine",
        ),
        (
            "DB_PASSWORD=wonderland",
            "url-password: DB_PASSWORD=wonderland: it has neither a digit nor a sign, so it may be a word or a name",
        ),
        (
            "DB_PASSWORD=getenv('X1')",
            "url-password: DB_PASSWORD=getenv(: it is an expression, a path or a URL",
        ),
        (
            "Password=hunter22",
            "url-password: Password=hunter22: by this name it counts only in a connection string; `DB_PASSWORD` counts anywhere",
        ),
        ("curl -u bob:bob x", "curl-password: bob:bob: the password is the name of the user"),
        (
            "Authorization: Bearer tokentoken",
            "authorization: Authorization: Bearer tokentoken: it has neither a digit nor a sign, so it may be a word or a name",
        ),
        (
            "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
            "private-key: -----BEGIN PRIVATE KEY-----: its lines contain no key",
        ),
    ] {
        assert_eq!(near_misses(text), [expected], "{text}");
    }
    let token = random_token(&[Part::Literal("ghp_"), exactly(ALNUM, 36)], &mut Random(4));
    let near = Finder(vec!["aws"]).near_misses(&View::new(&token));
    assert_eq!(near[0].why, "the rule looks for other kinds than `github`");
    assert_eq!(near_misses(&token), [""; 0]);
}
