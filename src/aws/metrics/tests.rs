//! Tests of the table of metrics, its documentation, and the metrics of events.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use super::*;
use crate::detect::Detectors;
use crate::handler::{Error, Sent};
use crate::message::Message;
use crate::pipeline::Pipeline;
use crate::rules::{Source, load};

/// Returns the table of metrics in the format of `docs/logs.md`.
fn table() -> String {
    let row = |(metric, is): &(&Metric, &str)| {
        let sets: Vec<_> = metric.dimensions.iter().map(|set| set.join("+")).collect();
        format!("| `{}` | {:?} | {} | {is} |\n", metric.name, metric.unit, sets.join("; "))
    };
    let rows: Vec<_> = ALL.iter().map(row).collect();
    format!("| metric | unit | dimensions | is |\n|---|---|---|---|\n{}", rows.concat())
}

#[test]
fn the_documentation_has_the_table() {
    let page = include_str!("../../../docs/logs.md");
    assert!(page.contains(&table()), "docs/logs.md must have this table:\n{}", table());
}

#[test]
fn every_set_of_dimensions_begins_with_the_service() {
    for (metric, _) in ALL {
        assert!(metric.dimensions.iter().all(|set| set.first() == Some(&"service")), "{}", metric.name);
    }
}

fn metrics() -> Metrics {
    Metrics { namespace: "Test".into(), function_name: None }
}

fn handled(rules: &str, content: &str) -> Handled {
    let rules = format!("version = 1\n{rules}");
    let source = Source::alone("rules", &rules);
    let pipeline = load(&source, &Detectors::builtin()).unwrap_or_else(|report| panic!("{report}"));
    let message = Message { content: content.into(), ..Message::default() };
    Handled {
        about: None,
        outcome: Some(pipeline.run(message)),
        pipeline: Arc::<Pipeline>::new(pipeline),
        judged_in: Duration::from_micros(1_234),
        attempts: 1,
        sent: Ok(Sent { duplicate: false }),
    }
}

fn event(handled: &Handled, refresh: Option<Refresh>) -> Value {
    serde_json::to_value(metrics().event(7, handled, Duration::from_micros(2_500), refresh)).unwrap()
}

/// Returns the lines about rules, without the member that declares metrics.
fn rules(handled: &Handled) -> Vec<Value> {
    let line = |rule: RuleMeasures<'_>| {
        let mut line = serde_json::to_value(rule).unwrap();
        line.as_object_mut().unwrap().remove("_aws").unwrap();
        line
    };
    metrics().rules(7, handled).map(line).collect()
}

#[test]
fn metrics_of_like_dimensions_share_a_directive() {
    let count = |name| json!({"Name": name, "Unit": "Count"});
    let time = |name| json!({"Name": name, "Unit": "Milliseconds"});
    let directive =
        |dimensions, metrics| json!({"Namespace": "Test", "Dimensions": dimensions, "Metrics": metrics});
    let expected = json!({
        "Messages": 1,
        "Callbacks": 1,
        "CallbackAccepted": 1,
        "Duration": 2.5,
        "RulesDuration": 1.234,
        "_aws": {"Timestamp": 7, "CloudWatchMetrics": [
            directive(json!([["service"], ["service", "verdict"]]), json!([count("Messages")])),
            directive(json!([["service", "outcome"]]), json!([count("Callbacks")])),
            directive(
                json!([["service"]]),
                json!([count("CallbackAccepted"), time("Duration"), time("RulesDuration")])
            ),
        ]}
    });
    assert_eq!(event(&handled("", "hello"), None), expected);
}

#[test]
fn how_the_reply_ended_is_told_by_name_and_by_what_to_do_about_it() {
    let check = |sent: Result<Sent, Error>, names: (&str, Option<&str>), counted: Option<&str>| {
        let case = format!("{sent:?}");
        let handled = Handled { sent, attempts: 3, ..handled("", "hello") };
        assert_eq!((verdict(&handled), outcome(&handled)), names, "{case}");
        let event = event(&handled, None);
        let ends =
            ["CallbackAccepted", "CallbackDuplicates", "CallbackRefused", "CallbackFailed", "InvalidEvents"];
        for end in ends {
            assert_eq!(event[end] == 1, counted == Some(end), "{case}: {event}");
        }
        assert_eq!(event["Callbacks"] == 1, names.1.is_some(), "{case}");
        assert_eq!((&event["CallbackRetries"], &event["Messages"]), (&json!(2), &json!(1)), "{case}");
    };
    check(Ok(Sent { duplicate: false }), ("unchanged", Some("accepted")), Some("CallbackAccepted"));
    check(Ok(Sent { duplicate: true }), ("unchanged", Some("duplicate")), Some("CallbackDuplicates"));
    for error in [
        Error::MissingPermission { channel: String::new() },
        Error::BadCredentials(401),
        Error::ReplyRefused(400),
    ] {
        let name = error.name();
        check(Err(error), ("none", Some(name)), Some("CallbackRefused"));
    }
    for error in [
        Error::Conflict,
        Error::Throttled,
        Error::ServiceFailed(503),
        Error::NoAnswer,
        Error::UnreadableAnswer,
    ] {
        let name = error.name();
        check(Err(error), ("none", Some(name)), Some("CallbackFailed"));
    }
    let not_an_event = chimeflow_core::event::NotAnEvent { missing: Vec::new() };
    check(Err(not_an_event.into()), ("none", None), Some("InvalidEvents"));
    check(Err(Error::Panicked), ("none", None), None);
}

#[test]
fn rules_whose_source_can_change_tell_how_old_they_are() {
    let calm = handled("", "hello");
    let refresh = |failures| Some(Refresh { age: Duration::from_millis(45_600), failures });
    assert_eq!(event(&calm, refresh(0))["RulesAge"], 46.0);
    assert_eq!(event(&calm, refresh(0))["RulesRefreshFailures"], Value::Null);
    assert_eq!(event(&calm, refresh(2))["RulesRefreshFailures"], 2);
    assert_eq!(event(&calm, None)["RulesAge"], Value::Null);
}

#[test]
fn a_rule_with_several_detectors_has_a_line_for_each() {
    let both = "[[rule]]\nid = \"both\"\nfind = { words = [\"a\"], regex = [\"b+\"] }\ndo = \"mask\"\nmode = \"shadow\"\n";
    assert_eq!(
        rules(&handled(both, "a b a bb")),
        [
            json!({"rule": "both", "mode": "shadow", "detector": "words", "RuleHits": 1, "Findings": 2}),
            json!({"detector": "regex", "Findings": 2}),
        ]
    );
    assert_eq!(rules(&handled(both, "a")), [] as [Value; 0]);
}

#[test]
fn rules_beyond_the_first_hundred_are_not_told_apart() {
    let rule = |at| {
        format!("[[rule]]\nid = \"r{at}\"\nfind = {{ words = [\"a\"] }}\ndo = \"deny\"\nmode = \"shadow\"\n")
    };
    let all: Vec<_> = (1..=101).map(rule).collect();
    let handled = handled(&all.concat(), "a");
    let lines = rules(&handled);
    let names: Vec<_> = lines.iter().map(|line| line["rule"].as_str().unwrap()).collect();
    assert_eq!((names.len(), names[0], names[99], names[100]), (101, "r1", "r100", "other"));
}
