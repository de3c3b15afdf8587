//! Every path that an event can take.

use std::collections::{BTreeMap, BTreeSet};

use chimeflow::loopback::Act;
use serde_json::{Value, json};

use super::{FAILS, RULES, check, emf, last_words, page::Page, printed};
use crate::support::{SENDER, event, full_event, processor};

const fn refuse(status: u16, code: &'static str, message: &'static str) -> Act {
    Act::Refuse { status, code, message }
}

const THROTTLED: Act = refuse(429, "ThrottledClientException", "Rate exceeded");
const FORBIDDEN: Act =
    refuse(403, "ForbiddenException", "x is not authorized to perform: chime:ChannelFlowCallback");
const CONFLICT: Act = refuse(409, "ConflictException", "There was a conflict");
const UNSIGNED: Act = refuse(401, "UnauthorizedClientException", "no");
const BAD: Act = refuse(400, "BadRequestException", "no");

/// Returns an event for each of `contents`, with a callback that the service accepts.
fn taken(contents: &[&str]) -> Vec<(Value, Vec<Act>)> {
    contents.iter().map(|content| (own(event(content)), Vec::new())).collect()
}

/// Returns `event` with a unique callback id.
fn own(mut event: Value) -> Value {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(0);
    event["CallbackId"] = json!(format!("{:036}", NEXT.fetch_add(1, Ordering::Relaxed)));
    event
}

/// Returns everything that is printed if everything that can happen does.
async fn everything() -> Vec<Value> {
    let mut events = taken(&["hello", "denyme", "maskme and maskme", "stripme", "watchme", "boom", "growme"]);
    let twice = own(event("hello"));
    events.extend([(twice.clone(), Vec::new()), (twice, Vec::new())]);
    events.push((own(full_event("maskme", "{}", "title", "body")), Vec::new()));
    let mut damaged = own(event("hello"));
    damaged["ChannelMessage"]["Content"] = json!(7);
    events.push((damaged, Vec::new()));
    events.push((json!({"Records": []}), Vec::new()));
    for acts in [
        vec![THROTTLED, Act::Take],
        vec![THROTTLED; 30],
        vec![refuse(503, "ServiceUnavailableException", "no"); 30],
        vec![Act::Close; 30],
        vec![FORBIDDEN],
        vec![UNSIGNED],
        vec![BAD],
        vec![CONFLICT, CONFLICT],
    ] {
        events.push((own(event("denyme")), acts));
    }
    let mut lines = printed(RULES, &[("POWERTOOLS_METRICS_FUNCTION_NAME", "by-name")], &events).await;

    // Longer than the service accepts, so that the edited message cannot be sent back.
    lines.extend(printed(RULES, &[], &taken(&[&format!("maskme {}", "<".repeat(5_000))])).await);
    let gone = [
        ("CHIMEFLOW_STATE", "dynamodb:table"),
        ("CHIMEFLOW_STATE_KEY", "a secret of this test, long enough"),
        ("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:1"),
    ];
    lines.extend(printed(&format!("{RULES}{FAILS}"), &gone, &taken(&["hello", "denyme"])).await);

    lines.extend(last_words(&processor(&[("CHIMEFLOW_RULES", "rules.toml")])).await);
    lines.extend(
        last_words(&processor(&[("CHIMEFLOW_BOT_ARN", "x"), ("POWERTOOLS_LOGGER_SAMPLE_RATE", "often")]))
            .await,
    );
    let sampled = ("POWERTOOLS_LOGGER_SAMPLE_RATE", "1");
    lines.extend(printed(RULES, &[("CHIMEFLOW_BOT_ARN", SENDER), sampled], &taken(&["denyme"])).await);
    for level in ["WARN", "ERROR", "FATAL"] {
        lines.extend(printed(RULES, &[("AWS_LAMBDA_LOG_LEVEL", level)], &taken(&["denyme", "boom"])).await);
    }
    lines
}

#[tokio::test]
async fn every_line_is_as_the_page_says_and_the_page_says_no_more() {
    let lines = everything().await;
    let mut seen = BTreeSet::new();
    check(&lines, &mut seen);
    let mut names = Page::read().names();
    // These require a source of rules that changes: its tests compare their lines with the page.
    for name in ["RulesAge", "RulesRefreshFailures", "previous_rules_version", "duration_ms"] {
        assert!(names.remove(name));
    }
    let unseen: Vec<_> = names.difference(&seen).collect();
    assert!(unseen.is_empty(), "documented and never printed: {unseen:?}");
    let messages: BTreeSet<_> = lines.iter().map(|line| line["message"].as_str().unwrap()).collect();
    let expected = [
        "cannot start",
        "event not answered",
        "message denied",
        "message edited",
        "message unchanged",
        "metrics",
        "panic",
        "state bypassed",
        "variable ignored",
    ];
    assert!(messages.into_iter().eq(expected));
}

/// A metric, its dimensions and their values, and its sum.
type Sum<'a> = (&'a str, &'a [(&'a str, &'a str)], u32);

/// Checks the sums for one processor: `expected` by name and dimensions, without `service`. Metrics that are not listed must not exist,
/// except times.
#[track_caller]
fn check_sums(lines: &[Value], expected: &[Sum<'_>]) {
    let mut sums: BTreeMap<(String, Vec<(String, String)>), f64> = BTreeMap::new();
    for ((name, mut dimensions), sum) in emf::sums(lines) {
        assert_eq!(dimensions.remove(0), ("service".to_owned(), "chimeflow".to_owned()));
        if name.ends_with("Duration") {
            assert!(sum > 0.0 && sum < 60_000.0, "{name} {sum}");
        } else {
            sums.insert((name, dimensions), sum);
        }
    }
    let expected: BTreeMap<_, _> = expected
        .iter()
        .map(|(name, dimensions, sum)| {
            let dimensions = dimensions.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
            (((*name).to_owned(), dimensions.collect()), f64::from(*sum))
        })
        .collect();
    assert_eq!(sums, expected);
}

#[tokio::test]
async fn decisions_are_counted_by_verdict_rule_and_detector() {
    let events = taken(&["hello", "denyme", "maskme and maskme", "watchme", "boom"]);
    let expected: &[Sum<'_>] = &[
        ("Messages", &[], 5),
        ("Messages", &[("verdict", "unchanged")], 2),
        ("Messages", &[("verdict", "edited")], 1),
        ("Messages", &[("verdict", "denied")], 2),
        ("RuleHits", &[("rule", "deny"), ("mode", "enforce")], 1),
        ("RuleHits", &[("rule", "mask"), ("mode", "enforce")], 1),
        ("RuleHits", &[("rule", "watch"), ("mode", "shadow")], 1),
        ("Findings", &[("detector", "words")], 3),
        ("Findings", &[("detector", "regex")], 1),
        ("RuleFailures", &[], 1),
        ("RuleFailures", &[("rule", "boom")], 1),
        ("Callbacks", &[("outcome", "accepted")], 5),
        ("CallbackAccepted", &[], 5),
        ("ColdStart", &[], 1),
    ];
    check_sums(&printed(RULES, &[], &events).await, expected);
    // This holds for any log level, and for any filter of Lambda's.
    for level in ["POWERTOOLS_LOG_LEVEL", "AWS_LAMBDA_LOG_LEVEL"] {
        let lines = printed(RULES, &[(level, "ERROR")], &events).await;
        check_sums(&lines, expected);
        let decisions = lines.iter().filter(|line| line["requestId"].is_string()).count();
        assert_eq!(decisions, 0);
        let passes = if level == "AWS_LAMBDA_LOG_LEVEL" { "ERROR" } else { "INFO" };
        for line in lines.iter().filter(|line| line["message"] == "metrics") {
            assert_eq!(line["level"], passes);
        }
    }
}

#[tokio::test]
async fn replies_are_counted_by_how_they_ended() {
    let message = || own(event("maskme"));
    let twice = message();
    let events = [
        (twice.clone(), vec![THROTTLED, Act::Take]),
        (twice, Vec::new()),
        (message(), vec![FORBIDDEN]),
        (message(), vec![BAD]),
        (message(), vec![CONFLICT, CONFLICT]),
        (json!(null), Vec::new()),
    ];
    let lines = printed(RULES, &[], &events).await;
    check_sums(
        &lines,
        &[
            ("Messages", &[], 6),
            ("Messages", &[("verdict", "edited")], 2),
            ("Messages", &[("verdict", "none")], 4),
            ("RuleHits", &[("rule", "mask"), ("mode", "enforce")], 5),
            ("Findings", &[("detector", "words")], 5),
            ("Callbacks", &[("outcome", "accepted")], 1),
            ("Callbacks", &[("outcome", "duplicate")], 1),
            ("Callbacks", &[("outcome", "MissingPermission")], 1),
            ("Callbacks", &[("outcome", "ReplyRefused")], 1),
            ("Callbacks", &[("outcome", "Conflict")], 1),
            ("CallbackAccepted", &[], 1),
            ("CallbackDuplicates", &[], 1),
            ("CallbackRefused", &[], 2),
            ("CallbackFailed", &[], 1),
            ("CallbackRetries", &[], 2),
            ("InvalidEvents", &[], 1),
            ("ColdStart", &[], 1),
        ],
    );
    // The decision is logged even if the service did not receive it.
    let failed: Vec<_> = lines.iter().filter(|line| line["message"] == "event not answered").collect();
    assert_eq!(failed.len(), 4);
    assert_eq!(
        (&failed[0]["verdict"], &failed[0]["outcome"]),
        (&json!("edited"), &json!("MissingPermission"))
    );
}

#[tokio::test]
async fn metrics_can_be_named_and_switched_off() {
    let events = taken(&["hello", "denyme"]);
    let off = printed(RULES, &[("POWERTOOLS_METRICS_DISABLED", "true")], &events).await;
    assert_eq!(off.len(), 2, "{off:?}");
    check(&off, &mut BTreeSet::new());
    assert!(off.iter().all(|line| line.get("_aws").is_none()));

    let named = [
        ("POWERTOOLS_METRICS_NAMESPACE", "House/Chat"),
        ("POWERTOOLS_METRICS_FUNCTION_NAME", "moderator"),
        ("POWERTOOLS_SERVICE_NAME", "chat"),
    ];
    let lines = printed(RULES, &named, &events).await;
    for line in lines.iter().filter(|line| line.get("_aws").is_some()) {
        assert_eq!(line["_aws"]["CloudWatchMetrics"][0]["Namespace"], "House/Chat");
    }
    let sums = emf::sums(&lines);
    let dimension = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    let by_function = vec![dimension("service", "chat"), dimension("function_name", "moderator")];
    assert_eq!(sums.get(&("ColdStart".to_owned(), by_function)), Some(&1.0));
}
