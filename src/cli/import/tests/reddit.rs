//! What Reddit's `AutoModerator` finds, asks and does.

use regex::Regex;

use super::{Detectors, Kind, Message, Random, Verdict, denies, import, imported, texts};

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
