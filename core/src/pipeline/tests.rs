//! Tests the pipeline with test detectors.

mod again;
mod counting;
mod editing;
mod limits;
mod sieving;
mod spending;
mod unseen;
mod whole;

use super::*;
use crate::detect::{Context, Detector, Detectors, Exhausted, Found, Reads};
use crate::message::Field;
use crate::rules::{Finder, Place, Source, load};
use crate::text::Encoding;
use crate::text::View;

/// Finds every occurrence of a word.
struct Literal(&'static str);

impl Detector for Literal {
    fn find(&self, text: &View, _: &mut Context<'_>, found: &mut Found) -> Result<(), Exhausted> {
        for (at, piece) in text.text().match_indices(self.0) {
            found.push(at..at + piece.len(), "literal");
        }
        Ok(())
    }
}

/// Fails in one of two ways.
enum Broken {
    Panics,
    Exhausts,
}

impl Detector for Broken {
    fn find(&self, text: &View, cx: &mut Context<'_>, _: &mut Found) -> Result<(), Exhausted> {
        match self {
            Self::Panics => panic!("over {}", text.text()),
            Self::Exhausts => cx.budget.spend(u64::MAX),
        }
    }
}

fn finder(find: impl Detector + 'static) -> Finder {
    Finder { name: "test", detector: Box::new(find) }
}

fn rule(id: &str, find: impl Detector + 'static, action: Action) -> Rule {
    Rule { find: vec![finder(find)], action: Some(action), ..Rule::new(id) }
}

fn pipeline(rules: Vec<Rule>) -> Pipeline {
    Pipeline { rules, ..Pipeline::default() }
}

fn say(content: &str) -> Message {
    Message { content: content.to_owned(), sender: "me".to_owned(), ..Message::default() }
}

#[track_caller]
fn edited(outcome: &Outcome) -> &Edits {
    match &outcome.verdict {
        Verdict::Edited(edits) => edits,
        other => panic!("expected an edit, got {other:?}"),
    }
}

fn content(outcome: &Outcome) -> &str {
    edited(outcome).content.as_deref().expect("the content changed")
}

#[test]
fn no_rules_change_nothing() {
    let outcome = Pipeline::default().run(say("fuck"));
    assert_eq!(outcome, Outcome { verdict: Verdict::Unchanged, trace: vec![], score: 0 });
}

#[test]
fn each_action_does_what_it_says() {
    for (action, expected) in [
        (Action::Mask('*'), "a *** b"),
        (Action::Strip, "a b"),
        (Action::Replace("[{kind}]".to_owned()), "a [literal] b"),
        (Action::KeepLast(1, '#'), "a ##t b"),
    ] {
        let outcome = pipeline(vec![rule("r", Literal("cat"), action)]).run(say("a cat b"));
        assert_eq!(content(&outcome), expected);
    }
    let denied = pipeline(vec![rule("r", Literal("cat"), Action::Deny)]).run(say("a cat b"));
    assert_eq!(denied.verdict, Verdict::Denied(Denial::Rule("r".into())));
    let passed = pipeline(vec![rule("r", Literal("cat"), Action::Pass)]).run(say("a cat b"));
    assert_eq!(passed.verdict, Verdict::Unchanged);
}

#[test]
fn later_rules_see_edits_and_the_trace_speaks_of_the_original() {
    let rules = vec![
        rule("first", Literal("cat"), Action::Replace("a dog".to_owned())),
        rule("second", Literal("dog"), Action::Mask('*')),
        rule("third", Literal("end"), Action::Mask('*')),
    ];
    let outcome = pipeline(rules).run(say("the cat, the end"));
    assert_eq!(content(&outcome), "the a ***, the ***");
    let spans: Vec<_> = outcome
        .hits()
        .map(|step| match &step.result {
            StepResult::Hit { spans, .. } => spans[0].range.clone(),
            _ => unreachable!("hits are hits"),
        })
        .collect();
    assert_eq!(spans, [4..7, 4..7, 13..16]);
}

#[test]
fn deny_and_pass_end_the_run_but_not_the_shadows() {
    for (action, verdict) in [(Action::Deny, "denied"), (Action::Pass, "edited")] {
        let mut shadow = rule("shadow", Literal("c"), Action::Deny);
        shadow.mode = Mode::Shadow;
        let rules = vec![
            rule("mask", Literal("a"), Action::Mask('*')),
            rule("end", Literal("b"), action),
            rule("late", Literal("c"), Action::Deny),
            shadow,
        ];
        let outcome = pipeline(rules).run(say("abc"));
        assert_eq!(outcome.verdict.name(), verdict);
        assert_eq!(outcome.trace[2].result, StepResult::Ended { by: "end".into() });
        assert!(matches!(outcome.trace[3].result, StepResult::Hit { effect: Effect::None, .. }));
    }
}

#[test]
fn a_rule_with_several_detectors_needs_all_of_them() {
    let mut both = rule("both", Literal("a"), Action::Mask('*'));
    both.find.push(finder(Literal("b")));
    let pipeline = pipeline(vec![both]);
    assert_eq!(pipeline.run(say("a c")).verdict, Verdict::Unchanged);
    assert_eq!(content(&pipeline.run(say("a b c"))), "* * c");
}

#[test]
fn a_rule_that_breaks_down_costs_itself_and_on_error_decides() {
    for (broken, failure) in [(Broken::Panics, Failure::Panic), (Broken::Exhausts, Failure::Budget)] {
        let mut rules =
            vec![rule("broken", broken, Action::Deny), rule("mask", Literal("a"), Action::Mask('*'))];
        let outcome = pipeline(std::mem::take(&mut rules)).run(say("abc"));
        assert_eq!(outcome.verdict, Verdict::Denied(Denial::Error("broken".into(), failure)));
    }
    for (mode, on_error) in [(Mode::Enforce, OnError::Pass), (Mode::Shadow, OnError::Deny)] {
        let broken = Rule { mode, on_error, ..rule("broken", Broken::Panics, Action::Deny) };
        let outcome = pipeline(vec![broken, rule("mask", Literal("a"), Action::Mask('*'))]).run(say("abc"));
        assert_eq!(content(&outcome), "*bc");
        assert_eq!(outcome.trace[0].result, StepResult::Failed(Failure::Panic));
    }
}

#[test]
fn an_abandoned_run_goes_by_the_default_policy() {
    let rules =
        || vec![rule("mask", Literal("a"), Action::Mask('*')), rule("late", Literal("b"), Action::Mask('*'))];
    for (on_error, expected) in [(OnError::Deny, "denied"), (OnError::Pass, "edited")] {
        let pipeline = Pipeline { on_error, ..pipeline(rules()) };
        let mut run = pipeline.start(say("ab"));
        assert_eq!(run.advance(), Progress::Ran);
        let outcome = run.abandon(Failure::Time);
        assert_eq!(outcome.verdict.name(), expected);
        assert_eq!(outcome.trace[1].result, StepResult::Failed(Failure::Time));
    }
}

#[test]
fn content_with_nothing_left_is_denied_or_replaced() {
    let strip = |empty| Pipeline { empty, ..pipeline(vec![rule("r", Literal("x"), Action::Strip)]) };
    assert_eq!(strip(Empty::Deny).run(say(" x ")).verdict, Verdict::Denied(Denial::Empty));
    let replaced = strip(Empty::Text("(gone)".to_owned())).run(say("x x"));
    assert_eq!(content(&replaced), "(gone)");
    let mut encoded = strip(Empty::Text("(is gone)".to_owned()));
    encoded.format.encoding = Encoding::Percent;
    assert_eq!(content(&encoded.run(say("x%20x"))), "(is%20gone)");
}

#[test]
fn json_with_nothing_left_to_read_is_denied_or_replaced() {
    let strip = |empty| Pipeline {
        empty,
        format: Format { json: vec!["/text".to_owned(), "/title".to_owned()], ..Format::default() },
        ..pipeline(vec![rule("r", Literal("~"), Action::Strip)])
    };
    for (sent, expected) in [
        (r#"{"text":"~","n":1}"#, Some(r#"{"text":"gone","n":1}"#)),
        (r#"{"text":" ~ \u200b"}"#, Some(r#"{"text":"gone"}"#)),
        (r#"{"text":"~","title":"~"}"#, Some(r#"{"text":"gone","title":"gone"}"#)),
        (r#"{"text":"~","text":"~ ~"}"#, Some(r#"{"text":"gone","text":"gone"}"#)),
        (r#"{"text":"~","title":""}"#, Some(r#"{"text":"gone","title":""}"#)),
        (r#"{"text":["~",{"a":"~"}]}"#, Some(r#"{"text":["gone",{"a":"gone"}]}"#)),
        // The title remains readable.
        (r#"{"text":"~","title":"a"}"#, None),
        (
            r#"{"Messages":[{"Content":"~","ContentType":"PlainText"}]}"#,
            Some(r#"{"Messages":[{"Content":"gone","ContentType":"PlainText"}]}"#),
        ),
        (r#"{"Messages":[{"Content":"~"},{"Content":"a"}]}"#, None),
        (r#"{"Messages":[{"Content":"~","ImageResponseCard":{"title":"a"}}]}"#, None),
        ("%7B%22text%22%3A%22~%22%7D", Some("%7B%22text%22%3A%22gone%22%7D")),
    ] {
        let filled = strip(Empty::Text("gone".to_owned())).run(say(sent));
        let denied = strip(Empty::Deny).run(say(sent)).verdict == Verdict::Denied(Denial::Empty);
        assert_eq!(denied, expected.is_some(), "{sent}");
        assert_eq!(content(&filled), expected.unwrap_or(&sent.replacen(r#""~""#, r#""""#, 1)), "{sent}");
    }
}

#[test]
fn only_strings_of_json_are_looked_at() {
    let all = Field::ALL.map(Place::all_of).to_vec();
    let mut mask = pipeline(vec![Rule { on: all, ..rule("r", Literal("5"), Action::Mask('*')) }]);
    mask.format.json = vec!["/text".to_owned()];
    for (json, expected) in [
        (r#"{"n":5}"#, r#"{"n":5}"#),
        (r#"{"5":1}"#, r#"{"5":1}"#),
        (r#"{"5":"5","n":5}"#, r#"{"5":"*","n":5}"#),
        ("[5]", "[5]"),
        (" 5 ", " 5 "),
        (r#""5""#, r#""*""#),
        (r#"{"n":5"#, r#"{"n":*"#),
        ("{5}", "{*}"),
    ] {
        let outcome = mask.run(Message { metadata: Some(json.to_owned()), ..say("a") });
        let edits = if let Verdict::Edited(edits) = outcome.verdict { edits } else { Edits::default() };
        assert_eq!(edits.metadata.as_deref().unwrap_or(json), expected, "{json}");
    }
    for (json, expected) in [
        (r#"{"text":5}"#, None),
        (r#"{"text":{"5":"5"},"n":"5"}"#, Some(r#"{"text":{"5":"*"},"n":"5"}"#)),
        // None of the configured JSON pointers matches, so the whole content is plain text.
        (r#"{"n":5}"#, Some(r#"{"n":*}"#)),
        ("5", Some("*")),
    ] {
        let verdict = mask.run(say(json)).verdict;
        let edits = if let Verdict::Edited(edits) = verdict { edits } else { Edits::default() };
        assert_eq!(edits.content.as_deref(), expected, "{json}");
    }
    let attributes = ["5", r#"{"5":"5"}"#, r#""5""#, "a 5"].map(str::to_owned).to_vec();
    let outcome = mask.run(Message { attributes: [("a".to_owned(), attributes)].into(), ..say("a") });
    let expected = ["*", r#"{"5":"*"}"#, r#""*""#, "a *"].map(str::to_owned).to_vec();
    assert_eq!(edited(&outcome).attributes, Some([("a".to_owned(), expected)].into()));
}

#[test]
fn edits_that_come_to_nothing_are_none() {
    let back = |from, to: &str| rule("r", Literal(from), Action::Replace(to.to_owned()));
    let outcome = pipeline(vec![back("a", "b"), back("b", "a")]).run(say("a"));
    assert_eq!(outcome.verdict, Verdict::Unchanged);
    let flag = |n: i64| Action::Annotate(serde_json::json!({ "n": n }).as_object().unwrap().clone());
    let message = Message { metadata: Some(r#"{"n":1}"#.to_owned()), ..say("a") };
    let rules = vec![rule("r", Literal("a"), flag(2)), rule("r", Literal("a"), flag(1))];
    assert_eq!(pipeline(rules).run(message).verdict, Verdict::Unchanged);
}

#[test]
fn edits_stay_in_the_encoding_they_were_found_in() {
    let rules = || vec![rule("r", Literal("é ü"), Action::Replace("\"ö\"".to_owned()))];
    let pipeline = Pipeline {
        format: Format { json: vec!["/text".to_owned()], ..Format::default() },
        ..pipeline(rules())
    };
    for (sent, expected) in [
        ("a é ü b", "a \"ö\" b"),
        ("a%20%C3%A9%20%C3%BC%20b", "a%20%22%C3%B6%22%20b"),
        ("a%20%c3%a9%20%C3%BC", "a%20%22%C3%B6%22"),
        (r#"{ "text" : "\u00e9 ü", "n":1e3 }"#, r#"{ "text" : "\"ö\"", "n":1e3 }"#),
        (
            r#"{"Messages":[{"Content":"é ü"},{"Content":"b"}]}"#,
            r#"{"Messages":[{"Content":"\"ö\""},{"Content":"b"}]}"#,
        ),
    ] {
        assert_eq!(content(&pipeline.run(say(sent))), expected, "{sent}");
    }
}

#[test]
fn push_texts_are_edited_too_and_never_left_empty() {
    let message =
        Message { push_title: Some("cat".to_owned()), push_body: Some("a cat".to_owned()), ..say("a cat") };
    let outcome = pipeline(vec![rule("r", Literal("cat"), Action::Strip)]).run(message);
    let edits = edited(&outcome);
    assert_eq!(edits.push_title.as_deref(), Some("***"));
    assert_eq!(edits.push_body.as_deref(), Some("a"));
    assert_eq!(edits.metadata, None);
}

#[test]
fn a_rule_looks_where_it_is_told_to() {
    let mut caption = rule("r", Literal("cat"), Action::Mask('*'));
    caption.on = vec![Place { field: Field::Metadata, pointer: "/caption".to_owned() }];
    let metadata = r#"{"caption":"a cat","captions":"cat","other":{"caption":"cat"}}"#;
    let message = Message { metadata: Some(metadata.to_owned()), ..say("a cat") };
    let outcome = pipeline(vec![caption]).run(message);
    let edits = edited(&outcome);
    assert_eq!(edits.content, None);
    let expected = r#"{"caption":"a ***","captions":"cat","other":{"caption":"cat"}}"#;
    assert_eq!(edits.metadata.as_deref(), Some(expected));
}

#[test]
fn attributes_are_edited_value_by_value() {
    let mut everywhere = rule("r", Literal("cat"), Action::Mask('*'));
    everywhere.on = vec![Place::all_of(Field::Attributes)];
    let attributes = [("topic".to_owned(), vec!["cat".to_owned(), "dog".to_owned()])].into();
    let outcome = pipeline(vec![everywhere]).run(Message { attributes, ..say("cat") });
    let expected = [("topic".to_owned(), vec!["***".to_owned(), "dog".to_owned()])].into();
    assert_eq!(edited(&outcome).attributes, Some(expected));
}

/// Finds the whole of every field, to its last character.
struct Fields;

impl Detector for Fields {
    fn reads(&self) -> Reads {
        Reads::Fields
    }

    fn find(&self, text: &View, _: &mut Context<'_>, found: &mut Found) -> Result<(), Exhausted> {
        found.push(0..text.text().len(), if text.text().contains('{') { "json" } else { "text" });
        Ok(())
    }
}

#[test]
fn whole_fields_are_shown_as_they_came_and_their_spans_are_told() {
    let all = Field::ALL.map(Place::all_of).to_vec();
    let fields = Rule { on: all, ..rule("fields", Fields, Action::Annotate(serde_json::Map::new())) };
    let masks = rule("masks", Literal("a"), Action::Mask('*'));
    let pipeline = pipeline(vec![masks, fields]);
    let message = Message {
        push_body: Some("an a".to_owned()),
        metadata: Some(r#"{"a":[1]}"#.to_owned()),
        attributes: [("color".to_owned(), vec!["red".to_owned()])].into(),
        ..say("%7B%22a%22%3A1%7D")
    };
    let outcome = pipeline.run(message.clone());
    let StepResult::Hit { spans, .. } = &outcome.trace[1].result else { panic!("{:?}", outcome.trace) };
    let positions: Vec<_> = spans.iter().map(|span| (span.field, span.range.clone(), span.kind)).collect();
    assert_eq!(
        positions,
        [
            (Field::Content, 0..message.content.len(), "json"),
            (Field::PushBody, 0..4, "text"),
            (Field::Metadata, 0..9, "json"),
        ]
    );
    // Metadata is always searched, and a push notification that is not sent never is.
    let outcome = pipeline.run(say("a"));
    let StepResult::Hit { spans, .. } = &outcome.trace[1].result else { panic!("{:?}", outcome.trace) };
    assert_eq!(spans.len(), 1);
}

#[test]
fn json_looks_at_metadata_attributes_and_content() {
    let finds = |on: &str, find: &str, message: &Message| {
        let text = format!(
            "version = 1\n[[rule]]\nid = 'it'\non = ['{on}']\nfind = {{ json = {find} }}\ndo = 'deny'\n"
        );
        let pipeline = load(&Source::alone("rules", &text), &Detectors::builtin()).unwrap();
        pipeline.run(message.clone()).verdict.name() == "denied"
    };
    let attributes = [("color".to_owned(), vec!["blue".to_owned(), "red".to_owned()])].into();
    let message = Message { attributes, metadata: Some(r#"{"a":1}"#.to_owned()), ..say("%7B%22a%22%3A2%7D") };
    for (on, find, expected) in [
        ("metadata", r#"{ "/a" = 1 }"#, true),
        ("metadata", r#"{ "/a" = 2 }"#, false),
        ("content", r#"{ "/a" = 2 }"#, true),
        ("attributes", r#"{ "/color/*" = "red" }"#, true),
        ("attributes", r#"{ "/color/0" = "red" }"#, false),
        ("attributes", r#"{ "/size" = { present = false } }"#, true),
        ("push-title", r#"{ "" = { present = false } }"#, false),
    ] {
        assert_eq!(finds(on, find, &message), expected, "{on}: {find}");
    }
    assert!(finds("metadata", r#"{ "/a" = { present = false } }"#, &say("no metadata")));
}
