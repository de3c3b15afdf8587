//! Every kind of key by values drawn by lot, and by what people write in the place of one.

use super::pattern::{ALNUM, Part, Set, just};
use super::shapes::INNER;
use super::*;

/// Draws by lot, the same every time: keys are made here so that nobody's scanner takes one for a key that somebody lost.
struct Lot(u64);

impl Lot {
    /// A number below `limit`.
    fn below(&mut self, limit: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ mixed >> 31) % limit as u64).unwrap()
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    fn text(&mut self, set: Set, len: usize) -> String {
        let mut letters = letters(set);
        // It only fills up what is in Base64.
        letters.retain(|c| *c != '=' || set == Set::of("="));
        (0..len).map(|_| self.one_of(&letters)).collect()
    }
}

fn letters(set: Set) -> Vec<char> {
    (0..128).filter(|byte| set.has(*byte)).map(char::from).collect()
}

/// A token of the shape `parts`, with what `fill` makes of a set and a length as its runs.
fn token(parts: &[Part], lot: &mut Lot, fill: &mut dyn FnMut(&mut Lot, Set, usize) -> String) -> String {
    let (mut token, mut run) = (String::new(), 0);
    for part in parts {
        match part {
            Part::Is(letters) => token.push_str(letters),
            Part::Either(all) => token.push_str(lot.one_of(all)),
            Part::Run(set, least, most) => {
                run = token.len();
                let len = least + lot.below((*most).min(least + 20) - least + 1);
                token.push_str(&fill(lot, *set, len));
            }
            Part::Maybe(parts) if lot.below(2) == 0 => token.push_str(&self::token(parts, lot, fill)),
            Part::Maybe(_) | Part::Mixed => {}
            Part::Holding(letters) => {
                let middle = usize::midpoint(run, token.len());
                token.replace_range(middle..middle + letters.len(), letters);
            }
            Part::Ending(letters) => token.replace_range(token.len() - letters.len().., letters),
        }
    }
    token
}

/// A token of the shape `parts`, drawn by lot.
fn drawn(parts: &[Part], lot: &mut Lot) -> String {
    token(parts, lot, &mut |lot, set, len| {
        let text = lot.text(set, len);
        // Where a full stop ends a token, it is the sentence's.
        if text.ends_with('.') { format!("{}x", &text[..text.len() - 1]) } else { text }
    })
}

fn found(text: &str) -> Vec<(String, &'static str)> {
    let (view, message) = (View::new(text), crate::message::Message::default());
    let mut found = Found::default();
    let mut cx = Context { message: &message, answer: None, budget: super::super::Budget::RULE };
    Secrets(kinds().to_vec()).find(&view, &mut cx, &mut found).unwrap();
    found.spans.into_iter().map(|find| (text[find.range].to_owned(), find.kind)).collect()
}

/// Every kind, with its parts and what stands before it.
fn all() -> impl Iterator<Item = (&'static str, &'static [Part], String)> {
    let shapes = SHAPES.iter().chain([&INNER.2]).map(|shape| (shape.kind, shape.parts, String::new()));
    shapes.chain(NAMED.iter().map(|named| (named.kind, named.parts, format!("{}=", named.name()))))
}

#[test]
fn there_are_many_kinds_and_each_has_one_name() {
    let mut names = kinds().to_vec();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), kinds().len());
    assert!(names.len() >= 60, "{}", names.len());
}

/// What may stand before and after a key: emphasis, dashes, and signs that are also in keys.
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
fn keys_of_every_kind_are_found() {
    const EACH: usize = 200;
    let (mut lot, mut missed, mut tried, mut failing) = (Lot(1), 0, 0, Vec::new());
    for (kind, parts, name) in all() {
        let mut missed_here = Vec::new();
        for number in 0..EACH {
            let token = drawn(parts, &mut lot);
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
    assert!(missed * 1000 <= tried * 2, "{missed} of {tried}");
}

#[test]
fn what_stands_for_a_key_is_none() {
    const WORDS: &[&str] = &[
        "your", "key", "here", "token", "secret", "goes", "insert", "api", "access", "put", "the", "replace",
        "with", "service", "account", "personal", "client", "project", "password", "value",
    ];
    type Fill = fn(&mut Lot, Set, usize) -> String;
    // Characters that the kind does not have are left out; where none is left, it is a row.
    let cycle = |text: &str, set: Set, len: usize| -> String {
        let any = letters(set)[0].to_string();
        let text = if text.bytes().any(|byte| set.has(byte)) { text } else { &any };
        text.bytes().filter(|byte| set.has(*byte)).cycle().take(len).map(char::from).collect()
    };
    let fills: [(&str, Fill); 6] = [
        ("a row", |lot, set, len| lot.one_of(&letters(set)).to_string().repeat(len)),
        ("rows", |lot, set, len| {
            let row = |lot: &mut Lot| lot.one_of(&letters(set)).to_string().repeat(len.div_ceil(2));
            format!("{}{}", row(lot), row(lot))[..len].to_owned()
        }),
        ("a sequence", |lot, set, len| {
            let letters = letters(set);
            let letters: Vec<_> =
                letters.iter().filter(|c| c.is_ascii_alphanumeric() || letters.len() == 1).collect();
            let from = lot.below(letters.len());
            letters.into_iter().cycle().skip(from).take(len).collect()
        }),
        ("a block", |lot, set, len| {
            let size = 1 + lot.below(6);
            lot.text(set, size).repeat(len)[..len].to_owned()
        }),
        ("words", |lot, _, len| {
            let mut words = String::new();
            while words.len() < len {
                words.push_str(lot.one_of(WORDS));
            }
            words[..len].to_owned()
        }),
        ("a sample", |lot, set, len| {
            let text = lot.text(set, len);
            let sample = if set.has(b'E') { "EXAMPLE" } else { "example" };
            if len > 11 {
                format!("{}{sample}{}", &text[sample.len()..len - 4], &text[len - 4..])
            } else {
                text
            }
        }),
    ];
    let (mut lot, mut flagged, mut tried) = (Lot(2), Vec::new(), 0);
    for (kind, parts, name) in all() {
        for (what, fill) in fills {
            for _ in 0..10 {
                // Groups of the same characters are filled in one go.
                let mut tape = (Set::EMPTY, String::new());
                let token = token(parts, &mut lot, &mut |lot, set, len| {
                    if tape.0 != set || tape.1.len() < len {
                        let text = fill(lot, set, if what == "a sample" { len } else { len.max(32) });
                        let text =
                            if set.has(b'z') || !set.has(b'Z') { text } else { text.to_ascii_uppercase() };
                        tape = (set, cycle(&text, set, text.len()));
                    }
                    tape.1.drain(..len).collect()
                });
                // Hexadecimal digits do not make words.
                let short = matches!(what, "words" | "a sample") && !parts.iter().any(|part| matches!(part, Part::Run(set, least, _) if *least >= 10 && (set.has(b'x') || set.has(b'X'))));
                if short {
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
fn every_shape_is_found_where_people_paste_it() {
    let mut lot = Lot(3);
    for shape in SHAPES.iter().chain([&INNER.2]) {
        let token = drawn(shape.parts, &mut lot);
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
        let glued = found(&format!("x{token}"));
        assert!(glued.iter().all(|(found, _)| *found != token), "{} glued: {glued:?}", shape.kind);
    }
}

#[test]
fn what_only_looks_like_a_token_is_left_alone() {
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
fn a_token_is_found_through_what_nobody_sees() {
    let parts = [Part::Is("ghp_"), just(ALNUM, 36)];
    let token = drawn(&parts, &mut Lot(4));
    let dressed = format!("{}\u{200b}{}", &token[..20], &token[20..]);
    assert_eq!(found(&dressed), [(dressed.clone(), "github")]);
}
