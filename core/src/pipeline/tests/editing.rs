//! Edits leave whole lines, no superfluous spaces, no listed word, and nothing that would be edited again.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

use super::*;

fn rules(toml: &str) -> Pipeline {
    let toml = format!("version = 1\n{toml}");
    load(&Source::alone("rules", &toml), &Detectors::builtin()).unwrap_or_else(|report| panic!("{report}"))
}

/// Returns a rule that performs `action` on what `find` finds.
fn one(id: &str, find: &str, action: &str) -> String {
    format!("[[rule]]\nid = '{id}'\nfind = {find}\ndo = {action}\n")
}

/// Returns the content that is delivered if somebody writes `text`.
fn sent(pipeline: &Pipeline, text: &str) -> String {
    match pipeline.run(say(text)).verdict {
        Verdict::Unchanged => text.to_owned(),
        Verdict::Edited(edits) => edits.content.unwrap_or_else(|| text.to_owned()),
        Verdict::Denied(denial) => panic!("denied: {denial:?}"),
    }
}

#[track_caller]
fn check(toml: &str, rows: &[(&str, &str)]) {
    let pipeline = rules(toml);
    for (text, expected) in rows {
        assert_eq!(sent(&pipeline, text), *expected, "{text:?}");
    }
}

#[test]
fn stripping_takes_spare_spaces_along_and_leaves_lines() {
    check(
        &one("r", "{ regex = ['x', 'y'] }", "'strip'"),
        &[
            ("a x b", "a b"),
            ("x b", "b"),
            ("a x", "a"),
            ("axb", "ab"),
            ("a (x) b", "a () b"),
            ("x x z", "z"),
            // Findings that touch, or have only spaces between them, are merged.
            ("a xy b", "a b"),
            ("a x y b", "a b"),
            ("a x  y x", "a"),
            ("a xyx", "a"),
            ("xx yy a", "a"),
            ("a x\u{200b}y b", "a \u{200b} b"),
            // Of the spaces around a finding, only those on one side stay.
            ("a  x  b", "a  b"),
            ("a x  b", "a b"),
            ("a  x b", "a b"),
            ("a\u{a0}x\u{3000}b", "a\u{a0}b"),
            ("  x a", "  a"),
            ("x   a", "a"),
            ("a   x", "a"),
            // Line breaks of every kind stay.
            ("a x\nb", "a\nb"),
            ("a x\r\nb", "a\r\nb"),
            ("a\r\nx b\r\n", "a\r\nb\r\n"),
            ("a\nx\nb", "a\n\nb"),
            ("a\r\n x \r\nb", "a\r\n \r\nb"),
            ("x\r\na", "\r\na"),
            ("a x\n\n\n", "a\n\n\n"),
            ("a x y\u{2028}b", "a\u{2028}b"),
            ("a x\ny b", "a\nb"),
            ("a\n\nx", "a\n\n"),
        ],
    );
}

#[test]
fn a_kind_does_not_depend_on_the_order_of_keys() {
    let finds = [r"regex = '[^ ]+@[^ ]+( now)?'", "pii = ['email']", "words = ['now']"];
    let rows = [("mail bob@example.com soon now", "mail [email] soon [word]"), ("a@b.com now", "[regex]")];
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let find = format!("{{ {} }}", order.map(|at| finds[at]).join(", "));
        check(&one("r", &find, "{ replace = '[{kind}]' }"), &rows);
    }
}

#[test]
fn what_a_kind_is_called_is_not_found_again() {
    let swears = one("swears", "{ profanity = 'strict' }", "{ replace = '[{kind}]' }");
    check(&swears, &[("this sexy dick", "this [profanity] [profane]")]);
    // Another rule must not find it either, neither an earlier nor a later one.
    let emails = one("emails", "{ pii = ['email'] }", "{ replace = '<{kind}>' }");
    let words = one("words", "{ words = ['email', 'e-mail'] }", "'deny'");
    for toml in [format!("{emails}{words}"), format!("{words}{emails}")] {
        check(&toml, &[("to a@b.com", "to <pii>")]);
    }
    let both = one("words", "{ words = ['email', 'pii'] }", "'mask'");
    check(&format!("{emails}{both}"), &[("to a@b.com", "to <*****>")]);
    // Rules that only count do not matter, nor do rules that would find any replacement.
    let counts = "[[rule]]\nid = 'counts'\nfind = { words = ['email'] }\npoints = 1\n";
    check(&format!("{emails}{counts}"), &[("to a@b.com", "to <email>")]);
    let brackets = one("brackets", "{ regex = '>' }", "{ replace = ')' }");
    check(&format!("{emails}{brackets}"), &[("to a@b.com", "to <email)")]);
    // A replacement that is already there is not inserted again.
    check(
        &one("r", "{ words = ['darn'] }", "{ replace = 'oh darn' }"),
        &[("darn", "oh darn"), ("oh darn", "oh darn")],
    );
}

#[test]
fn the_end_of_a_word_that_is_kept_is_no_listed_word() {
    check(
        &one("r", "{ words = ['*shit*', 'fuck', 'darn', 'c++'] }", "{ keep-last = 4 }"),
        &[
            ("bullshit", "********"),
            ("shitting", "****ting"),
            ("fuck", "****"),
            ("f u c k", "* * * *"),
            ("fuuuck", "**uuck"),
            ("darn", "****"),
            ("c++", "*++"),
        ],
    );
    check(
        &one("r", "{ profanity = 'work' }", "{ keep-last = 4 }"),
        &[("bullshit", "********"), ("fuck", "****")],
    );
    check(&one("r", "{ regex = '🖕' }", "{ keep-last = 4 }"), &[("🖕", "*")]);
    // A rule may also find the end of a number; the finding is the whole number.
    check(
        &one("r", "{ regex = '[0-9]+' }", "{ keep-last = 4 }"),
        &[("12345678", "****5678"), ("1234", "****")],
    );
}

#[test]
fn what_does_not_fit_is_hidden_behind_the_mask_of_the_file() {
    let long = "b".repeat(90);
    let toml = format!(
        "[defaults]\nmask = '#'\n{}{}",
        one("long", "{ words = ['darn'] }", &format!("{{ replace = '{long}' }}")),
        one("cut", "{ words = ['heck'] }", "'strip'"),
    );
    let pipeline = rules(&toml);
    assert_eq!(sent(&pipeline, &"darn ".repeat(60)), "#### ".repeat(60));
    let outcome = pipeline.run(Message { push_title: Some("heck".to_owned()), ..say("a") });
    assert_eq!(edited(&outcome).push_title.as_deref(), Some("####"));
}

#[test]
fn attributes_have_a_limit_together() {
    let long = "b".repeat(90);
    let toml = one("r", "{ words = ['darn'] }", &format!("{{ replace = '{long}' }}\non = ['attributes']"));
    let attributes = |values: &[&str]| -> std::collections::BTreeMap<_, _> {
        [("k".to_owned(), values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>())].into()
    };
    for (count, expected) in [(11, &*long), (12, "****")] {
        let message = Message { attributes: attributes(&vec!["darn"; count]), ..say("a") };
        let outcome = rules(&toml).run(message);
        assert_eq!(edited(&outcome).attributes, Some(attributes(&vec![expected; count])));
    }
}

proptest! {
    #![proptest_config(Config { cases: 60, rng_seed: RngSeed::Fixed(7), ..Config::default() })]

    #[test]
    fn stripping_takes_nothing_but_findings_and_spaces(
        pieces in vec(
            prop::sample::select(vec!["a", "x", " ", "  ", "\n", "\r\n", "\u{2800}", "\u{200b}", "\t", "\u{b}", "\u{2028}", "é"]), 0..16,
        ),
    ) {
        let find = r"{ regex = ['x+', '\x{2800}', '\x{200B}'] }";
        let pipeline = Pipeline { empty: Empty::Text("(gone)".to_owned()), ..rules(&one("r", find, "'strip'")) };
        let text = pieces.concat();
        let stripped = sent(&pipeline, &text);
        if stripped != "(gone)" {
            let rest = |text: &str| -> String {
                text.chars().filter(|c| !"x\u{2800}\u{200b} \t".contains(*c)).collect()
            };
            prop_assert_eq!(rest(&stripped), rest(&text), "{:?} of {:?}", stripped, text);
            let found = ['x', '\u{2800}', '\u{200b}'];
            prop_assert!(!stripped.contains(found));
        }
    }

    #[test]
    fn an_edited_message_that_comes_again_is_not_edited_again(
        words in vec(prop::sample::select(vec![
            "fuck", "f*ck", "bullshit", "sexy", "dick", "you idiot", "retard", "a@example.com", "email", "phone me",
            "(415) 555-2671", "4111 1111 1111 1111", "https://example.com/a", "oh darn", "\n", "🖕", "hello", "c++", "!", "sexual",
            "12345678", "STOP IT", "no\u{200b}w",
        ]), 1..8),
        order in 0..4_usize,
    ) {
        let text = words.join(" ");
        let actions = ["'mask'", "{ replace = '[{kind}]' }", "{ replace = 'oh dear' }", "{ keep-last = 3 }"];
        let all = [
            "{ profanity = 'strict' }", "{ pii = { kinds = 'all', region = ['US'] } }",
            "{ words = ['darn', 'email', '*shit', 'link', 'pii'] }", "{ links = 'all' }",
        ];
        let toml: String = (0..4).map(|at| one(&format!("r{at}"), all[at], actions[(at + order) % 4])).collect();
        let pipeline = rules(&toml);
        let once = sent(&pipeline, &text);
        prop_assert_eq!(&sent(&pipeline, &once), &once, "{} of {}", order, text);
    }
}
