//! Imported rules load, pass their own examples, and find what the original rules found.

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
fn keywords_of_discord_are_found_as_there() {
    let keywords = ["heron", "her*", "*ite", "*ren*", "blue tit", "c++", "$5", "*1488*", "discord.gg/*"];
    let expressions = [r"dis\w+\.gg", "^wren", r"her.n\b", r"\$\d"];
    let mut random = Random(20_261_129);
    for _ in 0..60 {
        let (keywords, expressions) = (random.some(&keywords, 4), random.some(&expressions, 2));
        let text = json!([{
            "id": "1", "name": random.one(&["Birds", "새", "1", "Don't!"]), "event_type": 1, "trigger_type": 1, "enabled": true,
            "trigger_metadata": { "keyword_filter": keywords, "regex_patterns": expressions, "allow_list": [] },
            "actions": [{ "type": 1, "metadata": {} }],
        }])
        .to_string();
        let (pipeline, document, tally) = imported(Kind::Discord, &text);
        // A rule that finds nothing is omitted together with its actions.
        let found = keywords.len() + expressions.len();
        let expected = if found == 0 { (0, 1) } else { (found + 1, 0) };
        assert_eq!((tally.taken, tally.left), expected, "{document}");
        let theirs: Vec<_> = keywords.iter().map(|keyword| of_keyword(keyword)).collect();
        let expressions: Vec<_> =
            expressions.iter().map(|one| Regex::new(&format!("(?i){one}")).unwrap()).collect();
        for text in texts(&mut random) {
            let is_found = theirs.iter().chain(&expressions).any(|regex| regex.is_match(&text));
            assert!(denies(&pipeline, &text) || !is_found, "{text:?}\n{document}");
        }
        assert!(!denies(&pipeline, "just a nice day"), "{document}");
    }
}

#[test]
fn whatever_a_rule_of_discord_says_is_accounted_for() {
    let text = json!({ "auto_moderation_rules": [
        { "name": "All", "trigger_type": 1, "enabled": false, "exempt_roles": ["7"], "exempt_channels": ["8", "9"],
          "trigger_metadata": { "keyword_filter": ["heron"], "regex_patterns": ["wren(?!ch)", "kit[e"], "allow_list": ["heronry"] },
          "actions": [{ "type": 1, "metadata": { "custom_message": "no \"birds\"" } }, { "type": 3, "metadata": { "duration_seconds": 60 } }] },
        { "name": "Mentions", "trigger_type": "MENTION_SPAM", "trigger_metadata": { "mention_total_limit": 3, "mention_raid_protection_enabled": true },
          "actions": [{ "type": 2, "metadata": { "channel_id": "5" } }] },
        { "name": "Presets", "trigger_type": 4, "trigger_metadata": { "presets": [1, 3, 9], "allow_list": ["hell"] }, "actions": [{ "type": 1 }] },
        { "name": "Spam", "trigger_type": 3, "actions": [{ "type": 1 }] },
        { "name": "Profiles", "trigger_type": 6, "event_type": 2, "trigger_metadata": { "keyword_filter": ["a", "b"] }, "actions": [{ "type": 4 }] },
    ]})
    .to_string();
    let (pipeline, document, tally) = imported(Kind::Discord, &text);
    for expected in [
        "wren(?!ch)",
        "`allow`",
        "kit[e",
        "heronry",
        "no \"birds\"",
        "60 s",
        "mention_raid_protection_enabled",
        "the preset 9",
        "\"Spam\"",
        "\"a\",\"b\"",
        "[people.role-7]",
        "[places.channel-8]",
        "mode = \"shadow\"",
        "max = 3",
    ] {
        assert!(document.contains(expected), "{expected}\n{document}");
    }
    assert_eq!(tally.rules, 3, "{document}");
    // The rule was disabled.
    assert!(!denies(&pipeline, "a heron"), "{document}");
}

#[test]
fn no_member_of_an_action_of_discord_vanishes() {
    let known = ["", "custom_message", "channel_id", "duration_seconds", ""];
    for kind in 1..=5 {
        for (place, name) in
            [("metadata", "strange_member"), ("action", "strange_member"), ("metadata", "channel_id")]
        {
            for (value, is_said) in [
                (json!("kestrel"), true),
                (json!({ "a": "kestrel" }), true),
                (json!([]), false),
                (json!(null), false),
            ] {
                let mut action = json!({ "type": kind, "metadata": {} });
                let member = if place == "action" { &mut action } else { &mut action["metadata"] };
                member[name] = value.clone();
                let rule = json!([{ "name": "A", "trigger_type": 1, "trigger_metadata": { "keyword_filter": ["heron"] },
                                    "actions": [{ "type": 1 }, action] }]);
                let (_, document, tally) = imported(Kind::Discord, &rule.to_string());
                let is_read = known.get(kind).is_some_and(|known| *known == name) && place == "metadata";
                let about = format!("{action}\n{document}");
                if is_said {
                    assert!(document.contains("kestrel"), "{about}");
                    assert_eq!(document.contains("of an action"), !is_read && kind < 5, "{about}");
                }
                let none = imported(
                    Kind::Discord,
                    &rule.to_string().replace(&action.to_string(), &format!("{{\"type\":{kind}}}")),
                )
                .2;
                let more = usize::from(is_said && !is_read && kind < 5);
                let more = more + usize::from(is_said && kind == 1 && is_read);
                assert_eq!(tally.left, none.left + more, "{about}");
            }
        }
    }
    let rule = json!([{ "name": "A", "trigger_type": 1, "trigger_metadata": { "keyword_filter": ["heron"] }, "actions": [{ "type": 1, "metadata": "kestrel" }] }]);
    assert!(imported(Kind::Discord, &rule.to_string()).1.contains("`metadata: \"kestrel\"` of an action"));
}

const WRAPPED: [(&str, &str, &str); 6] = [
    ("includes-word", r"(?:^|\W|\b)", r"(?:$|\W|\b)"),
    ("includes", "", ""),
    ("full-exact", "^", "$"),
    ("full-text", r"^\W*", r"\W*$"),
    ("starts-with", "^", ""),
    ("ends-with", "", "$"),
];

#[test]
fn checks_of_reddit_are_found_as_there() {
    let words = ["heron", "Blue Tit", "r/", "$5", "c++", "é", "1488", "ab"];
    let expressions =
        ["h[e3]r.n", r"\bwren\b", "(kite|nest)s?", r"\$\d", " tit", "(?#birds)wren", "[[h]eron"];
    let mut random = Random(7);
    for round in 0..120 {
        let (mode, before, after) = WRAPPED[round % WRAPPED.len()];
        let (is_regex, is_exact) = (random.below(2) == 0, random.below(3) == 0);
        let values: Vec<_> =
            (0..=random.below(3)).map(|_| random.one(if is_regex { &expressions } else { &words })).collect();
        let not = if random.below(4) == 0 { "~" } else { "" };
        let modifiers: Vec<_> =
            [Some(mode), is_regex.then_some("regex"), is_exact.then_some("case-sensitive")]
                .into_iter()
                .flatten()
                .collect();
        let listed = serde_json::to_string(&values).unwrap();
        let text = format!(
            "# {round}\nmoderators_exempt: false\n{not}body ({}): {listed}\naction: remove\n---\n# the end\n",
            modifiers.join(", ")
        );
        let (pipeline, document, tally) = imported(Kind::Reddit, &text);
        assert_eq!((tally.taken, tally.left), (values.len() + 2, 0), "{text}\n{document}");
        let flags = if is_exact { "s" } else { "is" };
        let theirs: Vec<_> = values
            .iter()
            .map(|value| {
                let value = value.replace("(?#birds)", "").replace("[[h]", r"[\[h]");
                let value = if is_regex { value } else { regex::escape(&value) };
                Regex::new(&format!("(?{flags}){before}(?:{value}){after}")).unwrap()
            })
            .collect();
        for text in texts(&mut random) {
            let is_found = theirs.iter().any(|regex| regex.is_match(&text));
            let is_denied = denies(&pipeline, &text);
            // Disguised words are found too, so the rule may find more than the original but never less.
            let holds = if not.is_empty() { is_denied || !is_found } else { !is_denied || !is_found };
            assert!(holds, "{text:?}\n{document}");
            if is_regex {
                assert_eq!(is_denied, is_found == not.is_empty(), "{text:?}\n{document}");
            }
        }
    }
}

#[test]
fn whatever_a_section_of_reddit_says_is_accounted_for() {
    let text = r#"
# Birds
#######
type: submission
body (regex): ["heron", 'wren(?!ch)', 'x # y']   # not `wrench`
~title: [nest]
author:
    account_age: "< 2 days"
    ~name: [ann, bob]
action: filter
action: remove
action_reason: "Birds [{{match}}]"
comment: |
    No birds
    # here
---
domain: [example.com, example.org]
body_longer_than: 10
moderators_exempt: false
action: report
---
author:
    combined_karma: "< 5"
action: remove
---
body: welcome
comment: hello
---
body: [a
---
standard: url shorteners
action: spam
"#;
    let (pipeline, document, tally) = imported(Kind::Reddit, text);
    for expected in [
        "# Birds",
        "heron",
        "wren(?!ch)",
        "x # y",
        "not `wrench`",
        "nest",
        "account_age: < 2 days",
        "user/ann",
        "action: filter",
        "No birds # here",
        "*.example.com",
        "max = 10",
        "combined_karma",
        "body: welcome",
        "not valid YAML",
        "url shorteners",
    ] {
        assert!(document.contains(expected), "{expected}\n{document}");
    }
    assert!(tally.left >= 9, "{tally:?}\n{document}");
    // A condition is omitted, so the first rule only counts; the second only reported.
    assert!(!denies(&pipeline, "a heron, and see example.com"), "{document}");
}

#[test]
fn a_condition_of_reddit_that_is_left_out_makes_a_rule_count() {
    for (condition, expected, left) in [
        ("author (regex): ['b.*']", "not expressions", 1),
        ("author (includes): [bob]", "not expressions", 1),
        ("author#2: [bob]", "not expressions", 1),
        ("author_flair_text: [x]", "a rule has nothing like it", 1),
        ("author: {set_flair: x, flair_text: y}", "does not carry a flair", 2),
        ("author: {name: []}", "there is no name in it", 1),
        ("author: {name: [{a: b}]}", "`name: {a: b}`: it is not a name", 1),
        ("bdy: [x, {a: b}]", "`bdy: x, {a: b}`: a rule has nothing like it", 1),
        ("~set_flair: [x]", "does not carry it", 1),
        ("? [a, b]\n: x", "a rule has nothing like it", 1),
        ("body#2 (fuzzy): [x]", "the modifier `fuzzy`", 1),
        ("~body (regex, foo): [x]", "the modifier `foo`", 1),
        ("body (regex: [x]", "a rule has nothing like it", 1),
        ("title: {a: b}", "`title: {a: b}`: it is not a text", 1),
        ("title: []", "there is nothing in it", 1),
        ("~title: [x, {a: b}]", "`~title: {a: b}`: it is not a text", 1),
        ("domain: ['*']", "`domain: *`: it is not a domain", 1),
        ("domain (includes): [youtube, '*.']", "`domain: youtube`: it is not a domain", 2),
        ("~domain: [example.com, '*']", "`~domain: *`: it is not a domain", 1),
    ] {
        let text = format!("body: [heron]\n{condition}\naction: remove\n");
        let (pipeline, document, tally) = imported(Kind::Reddit, &text);
        assert!(document.contains(expected.trim_start_matches("`domain: ")), "{expected}\n{document}");
        assert_eq!(tally.left, left, "{condition}\n{document}");
        assert!(document.contains("mode = \"shadow\""), "{condition}\n{document}");
        assert!(!denies(&pipeline, "a heron, see https://example.org"), "{document}");
    }
    for (other, left) in [
        ("set_flair: x\nset_locked: true\nmodmail: y\nignore_blockquotes: true", 4),
        ("author: {set_flair: x, overwrite_flair: true}", 2),
        ("moderators_exempt: false\nreport_reason: z", 0),
        ("BODY#2: [wren]", 0),
        ("title: [wren, {a: b}]", 1),
    ] {
        let text = format!("body: [heron]\n{other}\naction: remove\n");
        let (pipeline, document, tally) = imported(Kind::Reddit, &text);
        assert_eq!(tally.left, left, "{document}");
        assert!(denies(&pipeline, "a heron and a wren"), "{document}");
    }
}

#[test]
fn all_that_reddit_asks_of_a_sender_is_asked() {
    let from = |name: &str| format!("app-instance/a/user/{name}");
    for (author, denied, passed) in [
        (
            "author: {name: [bob, contributor-1], is_contributor: true}",
            "contributor-1",
            &["bob", "contributor-2"],
        ),
        ("author: {is_moderator: true, name: [bob, moderator-1]}", "moderator-1", &["bob", "moderator-2"]),
        ("author: {name: [bob, contributor-1], is_contributor: false}", "bob", &["contributor-1", "ann"]),
        ("author: {name: [bob, ann], ~name: [ann]}", "bob", &["ann", "joe"]),
        ("~author: [bob, ann]", "joe", &["ann", "moderator-1"]),
    ] {
        let text = format!(
            "body: [heron]\n{author}\naction: remove\n---\nauthor: {{name: [eve]}}\naction: remove\n"
        );
        let text = format!("{text}action_reason: section 1\n");
        let (pipeline, document, tally) = imported(Kind::Reddit, &text);
        assert_eq!(tally.left, 0, "{document}");
        let denies = |sender: &str, content: &str| {
            let message = Message { content: content.to_owned(), sender: from(sender), ..Message::default() };
            matches!(pipeline.run(message).verdict, Verdict::Denied(_))
        };
        assert!(denies(denied, "a heron") && !denies(denied, "a nest"), "{author}\n{document}");
        assert!(passed.iter().all(|sender| !denies(sender, "a heron")), "{author}\n{document}");
        assert!(denies("eve", "a nest"), "{document}");
    }
}

#[test]
fn what_is_no_domain_is_left_out_alone() {
    for (domains, left) in [("[example.com, '*']", 1), ("[youtube, example.com, {a: b}]", 2)] {
        let text = format!("domain: {domains}\naction: remove\n");
        let (pipeline, document, tally) = imported(Kind::Reddit, &text);
        assert_eq!((tally.taken, tally.left), (2, left), "{document}");
        assert!(denies(&pipeline, "see https://www.example.com/x"), "{document}");
        assert!(!denies(&pipeline, "*youtube* and https://example.org"), "{document}");
    }
}

#[test]
fn what_is_no_yaml_is_told_with_its_line() {
    for (text, line) in [
        ("body:\n\t- heron\naction: remove\n", "line 2: "),
        ("# Birds\n---\nbody: [heron\naction: remove\n", "line 4: "),
        ("  body: [heron]\n  action: remove\n  ---\n  body: [wren]\n  action: remove\n", "line "),
    ] {
        let error = import(Kind::Reddit, "x", text, &Detectors::builtin()).unwrap_err().to_string();
        assert!(error.contains("not valid YAML") && error.contains(line), "{text}\n{error}");
        let beside = format!("{text}---\nbody: [nest]\naction: remove\n");
        let (_, document, _) = imported(Kind::Reddit, &beside);
        assert!(document.contains("not valid YAML") && document.contains(line), "{document}");
    }
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
