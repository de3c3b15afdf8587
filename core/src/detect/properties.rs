//! Properties of every detector and every text: the detector ends, and its findings are in the text.

use proptest::collection::vec;
use proptest::prelude::*;

use super::{BUILTIN, Budget, Context, Detector, Found, Rulebook};
use crate::message::Message;
use crate::rules::{Source, load};
use crate::text::View;

/// Every detector that needs nothing from outside, with settings that make it examine as much as possible.
fn detectors() -> Vec<(&'static str, Box<dyn Detector>)> {
    let rulebook = Rulebook::default();
    let settings = [
        ("words", r#"["cat*", "c++", "shut up"]"#),
        ("regex", r"['\w+@', '(?i)x+']"),
        ("pii", r#"{ kinds = "all", region = ["US", "DE"] }"#),
        ("secrets", r#""all""#),
        ("links", r#"{ except = ["example.com", "*.bücher.de"] }"#),
        ("links", r#""all""#),
        ("mentions", r#""all""#),
        ("caps", "{ min = 2 }"),
        ("mentions", "{ max = 1 }"),
        ("emoji", r#""all""#),
        ("repeats", "{ chars = 1, words = 1, phrases = 1 }"),
        ("length", "{ max = 3 }"),
        ("lines", "{ max = 3, blank = 1 }"),
        ("invisible", r#""all""#),
        ("marks", "{ max = 0 }"),
        ("script", r#"["latin"]"#),
        ("script", r#""mixed""#),
        ("json", r#"{ "" = { not = { type = "object" } } }"#),
        ("json", r#"{ "/*/a/*" = { not = 7 } }"#),
    ];
    let build = |(name, settings)| {
        let kind = BUILTIN.iter().find(|kind| kind.name == name).unwrap();
        let value = toml::de::DeValue::parse(settings).unwrap();
        (name, (kind.build)(value, &rulebook).unwrap())
    };
    settings.into_iter().map(build).collect()
}

/// Generates text from pieces that detectors look for, cut and joined at random, and from arbitrary characters.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "http://",
        "https://",
        "hxxp://",
        "//",
        "://",
        "www.",
        "example",
        ".com",
        ".",
        "[.]",
        " [dot] ",
        "(at)",
        "@",
        "/",
        "?",
        "#",
        ":",
        ":8080",
        "user:pass@",
        "bücher.de",
        "みんな",
        "xn--",
        "%65",
        "。",
        "\\",
        "0x7f.1",
        "mailto:",
        "tel:",
        "<!here>",
        "sig=",
        "Q~",
        "password=",
        "server=",
        "authorization: bearer ",
        "１．２",
        "2001:db8::1",
        "::",
        "10.0.0.1",
        "%eth0",
        "/24",
        "+49 30 1234567",
        "(415) 555-0132",
        "4111 1111 1111 1111",
        "GB82 WEST 1234 5698 7654 32",
        "078-05-1123",
        "PR123612C",
        "00:1A:2B:3C:4D:5E",
        "-",
        "_",
        "AKIA",
        "ghp_",
        "T3BlbkFJ",
        "-----BEGIN RSA PRIVATE KEY-----",
        "-----END ",
        "eyJ",
        "curl -u ",
        "aws_secret_key=",
        "okta=00",
        "aA0",
        "zZ9xY8wV7",
        "\u{200b}",
        "\u{202e}",
        "\u{301}",
        "\u{fe0f}",
        "👨‍👩‍👧",
        "٤",
        "＠",
        "\n",
        " ",
        "'",
        "\"",
        "(",
        ")",
        "{",
        "<",
        ">",
        "|",
        "é",
        "п",
        "漢",
    ]);
    let piece = prop_oneof![4 => piece.prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from), 1 => "[ -~]{1,8}"];
    vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// Returns the findings of `detector` in `text`, after checking them.
fn check(name: &str, detector: &dyn Detector, text: &str) -> Result<(), TestCaseError> {
    let (view, message, mut found) = (View::new(text), Message::default(), Found::default());
    let mut cx = Context { message: &message, budget: Budget::RULE };
    prop_assert!(detector.find(&view, &mut cx, &mut found).is_ok(), "{name} is out of budget");
    for find in &found.spans {
        let range = &find.range;
        prop_assert!(
            range.start < range.end && range.end <= text.len(),
            "{name} found {range:?} of {}",
            text.len()
        );
        prop_assert!(
            text.is_char_boundary(range.start) && text.is_char_boundary(range.end),
            "{name} cuts {range:?}"
        );
    }
    Ok(())
}

proptest! {
    #[test]
    fn what_is_found_is_there(text in any_text()) {
        for (name, detector) in detectors() {
            check(name, &*detector, &text)?;
        }
    }
}

#[test]
fn texts_made_to_be_slow_end() {
    for piece in [
        "http://a.",
        "a.co ",
        "a@",
        "@a.b",
        "a.al+",
        "1.",
        "1 ",
        "4 1 1 1 ",
        "4111-",
        "GB82 ",
        "::",
        "a:",
        "[.]",
        "eyJ",
        "((((",
        "curl -u ",
        "\u{301}",
        "<@",
        "'",
        "aa ",
        "1./=",
        "://%",
        "_a://",
        "mailto:",
        "a.みんな",
        "みんなwww.",
        "eyJ-",
        "sk-",
        "a=",
        ":",
        "://a:b@",
        "PRIVATE KEY",
        "kind: Secret\ndata:\n a: bcdefghijkl\n",
        "db_password=a1b2c3 ",
        "Authorization: Basic YTpi ",
        "a dot com slash ",
    ] {
        let text = piece.repeat(4096 / piece.len());
        for (name, detector) in detectors() {
            let (view, message, mut found) = (View::new(&*text), Message::default(), Found::default());
            let mut cx = Context { message: &message, budget: Budget::RULE };
            // An exhausted budget is a valid result too.
            let _ = detector.find(&view, &mut cx, &mut found);
            assert!(
                found.spans.iter().all(|find| text.get(find.range.clone()).is_some()),
                "{name} on {piece:?}"
            );
        }
    }
}

#[test]
fn every_detector_is_tried() {
    let tried: Vec<_> = detectors().into_iter().map(|(name, _)| name).collect();
    // Detectors that count over time find nothing in a text.
    let elsewhere = ["profanity", "rate", "duplicate", "newcomer", "strikes"];
    let missing = BUILTIN.iter().find(|kind| !tried.contains(&kind.name) && !elsewhere.contains(&kind.name));
    assert!(missing.is_none(), "{missing:?}");
}

#[test]
fn the_example_file_passes_its_own_checks() {
    let source = Source::alone("example.toml", include_str!("../../../tests/rules/example.toml"));
    if let Err(report) = load(&source, &super::Detectors::builtin()) {
        panic!("{report}");
    }
}

#[test]
fn mistakes_in_settings_say_what_is_expected() {
    for (name, settings, expected) in [
        ("pii", r#"["emial"]"#, "did you mean `email`?"),
        ("pii", r#"{ kinds = ["email"], region = "GB" }"#, "`region` needs the kind `phone`"),
        ("pii", r#"{ region = "Britain" }"#, "expected two letters such as `GB`"),
        ("secrets", r#"["githbu"]"#, "no kind of secret is called `githbu`"),
        ("links", r#"{ exept = "ours" }"#, "did you mean `except`?"),
        ("links", r#"["shorteners"]"#, "did you mean `shortener`?"),
        ("links", r#""any""#, "did you mean `all`?"),
        ("links", r#"{ except = "ours" }"#, "no list is called `ours`"),
        ("links", r#"{ except = ["http://example.com"] }"#, "without scheme"),
        ("links", r#"{ only = ["a.com"], except = ["b.com"] }"#, "not both"),
        (
            "mentions",
            "7",
            "expected \"all\", a list of names or a table such as `{ max = 5 }`, found the number `7`",
        ),
        ("caps", "{ share = 2.0 }", "expected a number of more than 0 and at most 1, found the number `2.0`"),
        ("repeats", "{}", "needs `chars`, `words` or `phrases`"),
        ("emoji", r#"{ allow = ["ok"] }"#, "`ok` is not one emoji"),
        ("lines", "{ max = 0 }", "expected a whole number of 1 or more, found the number `0`"),
        ("invisible", "[]", "\"control\" or a list of kinds, found an empty list"),
        ("json", "{}", r#"such as `{ "/type" = "image" }`, found an empty table"#),
        ("json", r#"{ type = "image" }"#, "a JSON pointer begins with `/`"),
        ("json", r#"{ "/a" = {} }"#, "expected `present`, `type`"),
        ("json", r#"{ "/a" = [] }"#, "found an empty list"),
        ("json", r#"{ "/a" = [[1]] }"#, "expected a text, a number"),
        ("json", r#"{ "/a" = { not = { min = 2, max = 1 } } }"#, "at least `min` and at most `max`"),
        ("json", r#"{ "/a" = { type = "list" } }"#, "expected \"object\", \"array\""),
        ("json", r#"{ "/a" = 2026-01-01 }"#, "found a date"),
        ("json", r#"{ "/a" = { min = nan } }"#, "expected a number, found the number `nan`"),
        ("json", r#"{ "" = { type = [] } }"#, "found an empty list"),
        ("caps", "[]", "found an empty list"),
        ("length", "[5, 2]", "found a list"),
        ("mentions", "{ names = [] }", "found an empty list"),
        ("mentions", r#""bob""#, "expected \"all\", a list of names"),
        ("json", r#"{ "/a" = { present = false, min = 1 } }"#, "write `{ present = false }` alone"),
        ("script", r#"["klingon"]"#, "no script is called `klingon`"),
    ] {
        let kind = BUILTIN.iter().find(|kind| kind.name == name).unwrap();
        let value = toml::de::DeValue::parse(settings).unwrap();
        let problems = (kind.build)(value, &Rulebook::default()).err().unwrap_or_default();
        let is_said = |problem: &super::Problem| {
            problem.message.contains(expected)
                || problem.help.as_ref().is_some_and(|help| help.contains(expected))
        };
        assert!(problems.iter().any(is_said), "{name} = {settings}: {problems:?}");
    }
}
