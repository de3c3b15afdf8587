//! Imported rules load, pass their own examples, and find what the original rules found.

mod discord;
mod reddit;

use regex::Regex;
use serde_json::json;

use super::page::Tally;
use super::{Args, Kind, import, run};
use crate::detect::Detectors;
use crate::message::Message;
use crate::outcome::Verdict;
use crate::pipeline::Pipeline;
use crate::rules::{self, Source};

/// A deterministic pseudorandom generator.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(end).unwrap()).unwrap()
    }

    fn one<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.below(of.len())]
    }

    fn some<'t>(&mut self, of: &[&'t str], most: usize) -> Vec<&'t str> {
        (0..self.below(most + 1)).map(|_| self.one(of)).collect()
    }
}

const PIECES: &[&str] = &[
    "heron",
    "HERON",
    "blue tit",
    "wren",
    "kite",
    "c++",
    "discord.gg/x",
    "$5",
    "nest",
    "ab",
    "é",
    "r/",
    "1488",
];

/// Returns texts that contain each of the words by itself, inside another word, or not at all.
fn texts(random: &mut Random) -> Vec<String> {
    let one = |random: &mut Random| {
        let pieces: Vec<_> = (0..=random.below(4)).map(|_| random.one(PIECES)).collect();
        pieces.join(random.one(&[" ", " ", "", ", ", "\n"]))
    };
    (0..30).map(|_| one(random)).collect()
}

#[track_caller]
fn imported(kind: Kind, text: &str) -> (Pipeline, String, Tally) {
    let detectors = Detectors::builtin();
    let (document, tally) =
        import(kind, "rules.txt", text, &detectors).unwrap_or_else(|error| panic!("{error:#}\n{text}"));
    let pipeline = rules::load(&Source::alone("rules.toml", &document), &detectors);
    (pipeline.unwrap_or_else(|report| panic!("{report}\n{document}")), document, tally)
}

/// Returns whether a message is denied.
fn denies(pipeline: &Pipeline, text: &str) -> bool {
    let message = Message { content: text.to_owned(), ..Message::default() };
    matches!(pipeline.run(message).verdict, Verdict::Denied(_))
}

/// Returns an expression for a keyword of Discord's, which is bounded by blanks unless it has a `*`.
fn of_keyword(keyword: &str) -> Regex {
    let inner = regex::escape(keyword.trim_matches('*'));
    let start = if keyword.starts_with('*') { "" } else { r"(?:^|\s)" };
    let end = if keyword.ends_with('*') { "" } else { r"(?:\s|$)" };
    Regex::new(&format!("(?i){start}{inner}{end}")).unwrap()
}

#[test]
fn terms_of_nightbot_and_twitch_are_found_as_there() {
    let terms = [
        "heron",
        "wre*",
        "*ite",
        "*1488*",
        "blue tit",
        "her*n",
        "c++",
        r"~/dis\w+\.gg/i",
        r"~/wr[ae]n/gi",
        "~/a(?=b)/",
        "~//g",
    ];
    let mut random = Random(11);
    for _ in 0..60 {
        let listed = random.some(&terms, 6);
        let text = listed.join("\r\n");
        for kind in [Kind::Nightbot, Kind::Twitch] {
            if listed.is_empty() {
                assert!(import(kind, "x", &text, &Detectors::builtin()).is_err());
                continue;
            }
            let (pipeline, document, tally) = imported(kind, &text);
            assert_eq!(tally.taken + tally.left, listed.len(), "{document}");
            let theirs: Vec<_> = listed
                .iter()
                .filter_map(|term| match term.strip_prefix("~/").and_then(|rest| rest.rsplit_once('/')) {
                    Some((inner, flags)) if !inner.is_empty() && !inner.contains("(?=") => Some(
                        Regex::new(&format!("(?{}){inner}", flags.replace('g', "")).replace("(?)", ""))
                            .unwrap(),
                    ),
                    Some(_) => None,
                    None if term[1..term.len() - 1].contains('*') => Some(of_keyword("heron")),
                    None => Some(of_keyword(term)),
                })
                .collect();
            for text in texts(&mut random) {
                assert!(
                    denies(&pipeline, &text) || !theirs.iter().any(|regex| regex.is_match(&text)),
                    "{text:?}\n{document}"
                );
            }
            assert!(
                listed
                    .iter()
                    .all(|term| document.contains(term.trim_matches('*').split('*').next().unwrap())
                        || term.starts_with('~'))
            );
        }
    }
}

#[test]
fn lists_become_rules_by_severity() {
    let text = "term;severity;note\nheron;1;x\n\"blue tit\";4;y\nwren;1;z\n";
    let (pipeline, document, tally) = imported(Kind::List, text);
    assert_eq!((tally.taken, tally.left, tally.rules), (3, 1, 2), "{document}");
    assert!(
        document.contains("severity = \"low\"") && document.contains("severity = \"critical\""),
        "{document}"
    );
    assert!(["heron", "a Blue Tit!", "wren"].iter().all(|text| denies(&pipeline, text)), "{document}");
}

#[test]
fn odd_terms_are_left_out_or_become_expressions() {
    let odd = ["*", "**", "a*b", "* *", "\u{200b}", "[x", "'", "\"\"\"", "\\", "a\u{301}*", "heron", "heron"];
    let rule = json!({
        "name": "odd", "trigger_type": 1, "trigger_metadata": { "keyword_filter": odd, "allow_list": odd },
        "actions": [{ "type": 1 }],
    });
    let (pipeline, document, tally) = imported(Kind::Discord, &json!([rule]).to_string());
    assert_eq!(tally.taken + tally.left, 2 * odd.len() + 1, "{document}");
    assert!(!denies(&pipeline, "nothing"), "{document}");
    for kind in [Kind::Nightbot, Kind::Twitch] {
        let (pipeline, document, tally) = imported(kind, &odd.join("\n"));
        assert_eq!(tally.taken + tally.left, odd.len(), "{document}");
        assert!(denies(&pipeline, "a heron, acb") && !denies(&pipeline, "nothing"), "{document}");
    }
    let (_, document, tally) = imported(Kind::List, &odd.join("\n"));
    assert!(tally.taken > 4, "{document}");
    let (_, document, tally) = imported(Kind::Reddit, &format!("body: {}\naction: remove\n", json!(odd)));
    assert_eq!(tally.taken + tally.left, odd.len() + 1, "{document}");
}

#[test]
fn what_is_no_such_file_is_told() {
    for (kind, text) in [
        (Kind::Discord, "nothing"),
        (Kind::Discord, "[]"),
        (Kind::Discord, r#"{"message": "401: Unauthorized", "code": 0}"#),
        (Kind::Reddit, "# only a comment\n"),
        (Kind::Nightbot, "\n\n"),
        (Kind::Discord, r#"[{"name": "x"}]"#),
        (Kind::List, "# heron\n"),
        (Kind::List, r#"["heron", "adder""#),
        (Kind::List, "[\n  \"heron\",\n  \"adder\",\n]"),
        (Kind::List, r#"{"high": ["heron"], "low": ["adder"], "n": 5}"#),
        (Kind::List, "{\"word\": \"heron\"}\n{\"word\": \"adder\"}\n"),
        (Kind::List, "word,severity\n"),
        (Kind::Twitch, r#"{"error": "Unauthorized", "status": 401}"#),
        (Kind::Twitch, r#"{"data": [{"text": "heron"}, {"te"#),
        (Kind::Nightbot, r#"{"message": "no"}"#),
    ] {
        assert!(import(kind, "x", text, &Detectors::builtin()).is_err(), "{kind:?} {text}");
    }
}

#[test]
fn values_of_a_wrong_type_are_left_out() {
    let rule = |data: serde_json::Value| json!({ "name": "x", "trigger_type": 1, "trigger_metadata": data });
    let limit = |limit: serde_json::Value| json!([{ "name": "x", "trigger_type": 5, "trigger_metadata": { "mention_total_limit": limit } }]);
    let huge = serde_json::from_str("1180591620717411303424").unwrap();
    for (kind, value, taken, expected) in [
        (
            Kind::Discord,
            json!([{ "name": "x", "trigger_type": 1, "trigger_metadata": { "keyword_filter": "heron" }, "actions": [{ "type": 1 }] }]),
            0,
            vec!["`keyword_filter: \"heron\"`", "left out with it: 1 action"],
        ),
        (
            Kind::Discord,
            json!([rule(json!({ "keyword_filter": ["a", 5, { "x": 1 }, ""] }))]),
            1,
            vec!["`keyword_filter: 5`", "`keyword_filter: {\"x\":1}`", "it is empty"],
        ),
        (
            Kind::Discord,
            json!([7, rule(json!({ "keyword_filter": ["a"] }))]),
            1,
            vec!["`7`: it is not a rule"],
        ),
        (
            Kind::Discord,
            json!([{ "name": "y" }, rule(json!({ "keyword_filter": ["a"] }))]),
            1,
            vec!["\"y\": it has no `trigger_type`"],
        ),
        (
            Kind::Discord,
            json!([{ "trigger_type": 1, "trigger_metadata": { "keyword_filter": ["a"] }, "actions": "x",
                "exempt_roles": "623", "exempt_channels": [{}], "enabled": "no", "name": 5 }]),
            1,
            vec![
                "`actions: \"x\"`",
                "`exempt_roles: \"623\"`",
                "`exempt_channels: {}`",
                "`enabled: \"no\"`",
                "`name: 5`",
            ],
        ),
        (Kind::Discord, limit(json!(3.5)), 0, vec!["`mention_total_limit: 3.5`"]),
        (Kind::Discord, limit(json!("5")), 0, vec!["`mention_total_limit: \"5\"`"]),
        (Kind::Discord, limit(huge), 0, vec!["`mention_total_limit: 1"]),
        (Kind::Discord, limit(json!(u64::MAX)), 0, vec!["`mention_total_limit: 18446744073709551615`"]),
        (
            Kind::List,
            json!([1, null, "heron", ["x"], { "word": "adder", "severity": 1 }]),
            1,
            vec!["`1`", "`null`", "`[\"x\"]`", "`{\"severity\":1,\"word\":\"adder\"}`"],
        ),
        (
            Kind::Twitch,
            json!({ "data": [{ "text": 5 }, { "id": "2" }, 5, { "text": "heron" }] }),
            1,
            vec!["`{\"text\":5}`", "`{\"id\":\"2\"}`", "`5`"],
        ),
    ] {
        let (_, document, tally) = imported(kind, &value.to_string());
        for expected in &expected {
            assert!(document.contains(expected), "{expected}\n{document}");
        }
        assert_eq!(tally.taken, taken, "{document}");
        let lines = document.lines().filter(|line| line.contains("`: it ") || line.contains("it has no `"));
        assert!(tally.left >= lines.count().max(1), "{tally:?}\n{document}");
    }
}

#[test]
fn what_an_expression_of_nightbot_cannot_have_is_left_out() {
    for (term, expected) in [
        ("~/abc/zz", "the flags `zz`"),
        ("~/x/ # note", "the flags ` # note`"),
        ("~/abc/y", "the flags `y`"),
        (r"~/\cA/", "control characters"),
    ] {
        let (_, document, tally) = imported(Kind::Nightbot, term);
        assert!(document.contains(expected) && document.contains(term), "{document}");
        assert_eq!((tally.taken, tally.left), (0, 1), "{document}");
    }
}

#[test]
fn words_longer_than_a_message_are_left_out() {
    let text = format!("heron\n{}\n{}\n", "[".repeat(20_000), "a".repeat(4097));
    let (pipeline, document, tally) = imported(Kind::List, &text);
    assert_eq!((tally.taken, tally.left), (1, 2));
    assert!(document.contains("longer than a message") && denies(&pipeline, "a heron"));
}

#[test]
fn a_file_that_exists_is_not_changed() {
    let folder = std::env::temp_dir().join(format!("chimeflow-import-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (words, out) = (folder.join("words.txt"), folder.join("rules.toml"));
    std::fs::write(&words, "heron\n").unwrap();
    let args = Args { from: Kind::List, file: words, out: Some(out.clone()) };
    let detectors = Detectors::builtin();
    assert!(run(&args, &detectors).is_ok());
    let written = std::fs::read_to_string(&out).unwrap();
    std::fs::write(&args.file, "wren\n").unwrap();
    let refused = run(&args, &detectors).unwrap_err().to_string();
    assert!(refused.contains("exists already, and is not changed"), "{refused}");
    assert_eq!(std::fs::read_to_string(&out).unwrap(), written);
    std::fs::remove_dir_all(&folder).unwrap();
}
