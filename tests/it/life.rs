//! The life of the function: start, deadlines, concurrency, the end.

use std::sync::Arc;

use chimeflow::loopback::{Act, deadline_in};
use serde_json::json;
use std::time::Duration;
use tokio::sync::Notify;

use crate::support::{RULES, Stage, event, in_time, processor};

#[tokio::test]
async fn one_connection_serves_init_and_every_event() {
    let stage = Stage::start().await;
    for number in 0..5 {
        let mut event = event("hello");
        event["CallbackId"] = json!(format!("{number:036}"));
        assert!(stage.invoke(&event).await.result.is_ok());
    }
    assert_eq!(stage.callbacks().len(), 5);
    assert_eq!(stage.loopback.messaging.connections(), 1);
}

#[tokio::test]
async fn a_connection_that_was_closed_meanwhile_is_made_anew() {
    let mut stage = Stage::start().await;
    for number in 0..3 {
        let mut event = event("hello");
        event["CallbackId"] = json!(format!("{number:036}"));
        let ended = stage.invoke(&event).await;
        assert!(ended.result.is_ok());
        assert_eq!(stage.record(&ended).await["duplicate"], false);
        stage.loopback.messaging.close_connections();
    }
    assert_eq!(stage.callbacks().len(), 3);
}

#[tokio::test]
async fn a_deadline_in_1970_is_not_taken_at_its_word() {
    let stage = Stage::start().await;
    for deadline in [0, 600_000] {
        let mut event = event("hello");
        event["CallbackId"] = json!(format!("{deadline:036}"));
        let ended = in_time(stage.loopback.runtime_api.invoke(event.to_string(), deadline)).await;
        assert!(ended.result.is_ok());
    }
    assert_eq!(stage.callbacks().len(), 2);
}

#[tokio::test]
async fn a_deadline_that_is_near_is_met() {
    let stage = Stage::start().await;
    let ended = stage.invoke_within(&event("maskme"), Duration::from_millis(700)).await;
    assert!(ended.result.is_ok());
    assert_eq!(stage.callbacks()[0].body["ChannelMessage"]["Content"], "******");
}

#[tokio::test]
async fn an_event_that_is_delivered_twice_is_answered_alike_and_fails_neither_time() {
    let mut stage = Stage::start().await;
    let event = event("maskme");
    let first = stage.invoke(&event).await;
    let second = stage.invoke(&event).await;
    assert_eq!(stage.record(&first).await["duplicate"], false);
    let record = stage.record(&second).await;
    assert_eq!((&record["duplicate"], &record["level"]), (&json!(true), &json!("INFO")));
    assert!(first.result.is_ok() && second.result.is_ok());
    let callbacks = stage.callbacks();
    assert_eq!(callbacks.len(), 2);
    assert_eq!(callbacks[0].body, callbacks[1].body);
}

#[tokio::test]
async fn two_events_are_answered_at_once_where_lambda_allows_it() {
    let stage = Stage::with_rules(RULES, &[("AWS_LAMBDA_MAX_CONCURRENCY", "2")]).await;
    let release = Arc::new(Notify::new());
    stage.script([Act::Hold(release.clone())]);
    let (slow, mut quick) = (event("hello"), event("maskme"));
    quick["CallbackId"] = json!("the-callback-id-of-the-quick-one-12345");
    let both = async {
        let quick = async {
            stage.loopback.messaging.seen(1).await;
            let quick = stage.invoke(&quick).await;
            release.notify_one();
            quick
        };
        tokio::join!(stage.invoke(&slow), quick)
    };
    let (slow, quick) = in_time(both).await;
    assert!(slow.result.is_ok() && quick.result.is_ok());
    assert_eq!(stage.callbacks().len(), 2);
}

#[tokio::test]
async fn sigterm_lets_what_was_begun_be_done() {
    let mut stage = Stage::start().await;
    let release = Arc::new(Notify::new());
    stage.script([Act::Hold(release.clone())]);
    let event = event("hello");
    let terminated = async {
        stage.loopback.messaging.seen(1).await;
        stage.terminate();
        release.notify_one();
    };
    let (ended, ()) = in_time(async { tokio::join!(stage.invoke(&event), terminated) }).await;
    assert!(ended.result.is_ok(), "{:?}", ended.result);
    assert!(in_time(stage.function.ended()).await.unwrap().success());
}

#[tokio::test]
async fn sigterm_ends_an_idle_function() {
    let mut stage = Stage::start().await;
    stage.terminate();
    assert!(in_time(stage.function.ended()).await.unwrap().success());
}

#[tokio::test]
async fn a_function_that_cannot_start_says_why() {
    let cases = [
        (("CHIMEFLOW_RULES", "rules.toml"), "InvalidSettings", "expected `embedded`, `file:PATH` or"),
        (
            ("CHIMEFLOW_RULES", "appconfig:a/b"),
            "InvalidSettings",
            "appconfig:APPLICATION/ENVIRONMENT/PROFILE",
        ),
        (("CHIMEFLOW_ROLE", "judge"), "InvalidSettings", "expected `processor` or `validator`"),
        (("CHIMEFLOW_RULES", "file:/nowhere/rules.toml"), "UnreadableRules", "/nowhere/rules.toml"),
        (("CHIMEFLOW_BOT_ARN", "bot"), "InvalidSettings", "expected the ARN"),
        (("CHIMEFLOW_ON_ERROR", "allow"), "InvalidSettings", "expected `deny` or `pass`"),
        (("AWS_LAMBDA_RUNTIME_API", ""), "InvalidSettings", "chimeflow invoke"),
    ];
    for (variable, name, says) in cases {
        let mut stage = Stage::launch(&processor(&[variable])).await;
        assert!(!in_time(stage.function.ended()).await.unwrap().success());
        if variable.0 != "AWS_LAMBDA_RUNTIME_API" {
            // Lambda hears of it, and shows it in its console.
            let failed = in_time(stage.loopback.runtime_api.ready()).await.unwrap_err();
            assert_eq!(failed.error_type, name);
            assert!(failed.message.contains(says), "{}", failed.message);
        }
        let written = stage.written().await;
        assert_eq!(written.len(), 1, "{written:?}");
        let record: serde_json::Value = serde_json::from_str(&written[0]).unwrap();
        assert_eq!((&record["exception_name"], &record["level"]), (&json!(name), &json!("ERROR")));
        assert!(record["exception"].as_str().unwrap().contains(says), "{record}");
    }
}

#[tokio::test]
async fn rules_that_do_not_load_keep_the_function_from_starting() {
    let folder = crate::support::Folder::new();
    let path = folder.0.join("rules.toml");
    std::fs::write(&path, "version = 1\n[[rule]]\nid = \"a\"\nfind = { wrds = [\"x\"] }\n").unwrap();
    let path = format!("file:{}", path.display());
    let mut stage = Stage::launch(&processor(&[("CHIMEFLOW_RULES", &path)])).await;
    assert!(!in_time(stage.function.ended()).await.unwrap().success());
    let written = stage.written().await.join("\n");
    assert!(written.contains("InvalidRules") && written.contains("wrds"), "{written}");
}

#[tokio::test]
async fn the_service_may_be_away_while_the_function_starts() {
    let mut launch = processor(&[("AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING", "https://127.0.0.1:9")]);
    launch.env.push(("CHIMEFLOW_RULES".into(), "embedded".into()));
    let mut stage = Stage::launch(&launch).await;
    stage.ready().await;
    let ended = in_time(
        stage
            .loopback
            .runtime_api
            .invoke(event("hello").to_string(), deadline_in(Duration::from_millis(500))),
    )
    .await;
    assert_eq!(ended.result.unwrap_err().error_type, "NoAnswer");
}
