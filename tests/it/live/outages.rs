//! What happens if the extension is down, slow, or responds with garbage.

use std::time::Duration;

use serde_json::json;
use tokio::time::Instant;

use super::extension::{Act, Extension};
use super::{RULES, lines, mask, rules, send, stage, version};
use crate::support::{Folder, Stage, event, in_time, processor};

#[tokio::test]
async fn an_outage_leaves_the_last_good_rules_and_says_so_once() {
    let extension = Extension::start(rules("1", "heron")).await;
    let mut stage = stage(&extension, &[]).await;
    let port = extension.port;
    let outages = [
        Act::Status(404, r#"{"Message":"Could not find Configuration","ResourceType":"Configuration"}"#),
        Act::Status(400, r#"{"message":"bad request"}"#),
        Act::Status(500, ""),
        Act::Garbage,
        Act::Break,
        Act::Bytes("8", vec![0xff; 100]),
        Act::Bytes("9", vec![b'#'; 5 * 1024 * 1024]),
    ];
    for outage in outages {
        extension.say(outage.clone());
        for _ in 0..2 {
            let (answer, record) = send(&mut stage, "a heron").await;
            assert_eq!((answer, version(&record)), (json!("a *****"), "1"), "{outage:?}");
        }
    }
    drop(extension);
    assert_eq!(send(&mut stage, "a heron").await.0, "a *****");
    let extension = Extension::start_at(port, rules("2", "stork")).await;
    send(&mut stage, "hello").await;
    assert_eq!(send(&mut stage, "a stork").await.0, "a *****");
    assert_eq!(extension.asked().len(), 2);
    let written = stage.end().await;
    let count = |message: &str| written.iter().filter(|line| line.contains(message)).count();
    assert_eq!((count("\"rules unavailable\""), count("\"rules available again\"")), (1, 1));
    assert!(written.iter().any(|line| line.contains("404: Could not find Configuration")), "{written:?}");
}

#[tokio::test]
async fn no_reply_waits_for_the_extension() {
    let extension = Extension::start(rules("1", "heron")).await;
    let stage = stage(&extension, &[]).await;
    extension.say(Act::Hang);
    let event = event("a heron");
    let began = Instant::now();
    let replied = async {
        stage.loopback.messaging.seen(1).await;
        began.elapsed()
    };
    let (ended, replied) = in_time(async { tokio::join!(stage.invoke(&event), replied) }).await;
    assert!(ended.result.is_ok());
    // The invocation waits a second for the extension; the reply does not.
    assert!(ended.took >= Duration::from_millis(900), "{:?}", ended.took);
    assert!(ended.took < Duration::from_secs(4), "{:?}", ended.took);
    assert!(replied + Duration::from_millis(800) < began.elapsed(), "{replied:?} of {:?}", began.elapsed());
}

#[tokio::test]
async fn an_invocation_ends_in_time_however_little_it_has_left() {
    let extension = Extension::start(rules("1", "heron")).await;
    let mut stage = stage(&extension, &[]).await;
    extension.say(Act::Hang);
    let ended = stage.invoke_within(&event("a heron"), Duration::from_millis(800)).await;
    assert!(ended.result.is_ok() && ended.took < Duration::from_millis(800), "{:?}", ended.took);
    stage.record(&ended).await;
}

#[tokio::test]
async fn without_the_extension_a_function_starts_with_the_fallback_and_finds_its_rules_later() {
    let extension = Extension::start(Act::Hang).await;
    let port = extension.port;
    drop(extension);
    let folder = Folder::new();
    let path = folder.0.join("fallback.toml");
    std::fs::write(&path, mask("goose")).unwrap();
    let fallback = format!("file:{}", path.display());
    let port_text = port.to_string();
    let here = [
        RULES,
        ("AWS_APPCONFIG_EXTENSION_HTTP_PORT", &port_text),
        ("CHIMEFLOW_RULES_MAX_AGE", "0"),
        ("CHIMEFLOW_RULES_FALLBACK", &fallback),
    ];
    let mut stage = Stage::launch(&processor(&here)).await;
    stage.ready().await;
    let (answer, record) = send(&mut stage, "a goose, a heron").await;
    assert_eq!(answer, "a *****, a heron");
    assert!(!record["rules_version"].as_str().unwrap().contains('@'), "{record}");
    let _extension = Extension::start_at(port, rules("1", "heron")).await;
    send(&mut stage, "hello").await;
    assert_eq!(send(&mut stage, "a goose, a heron").await.0, "a goose, a *****");
    let fallback = lines(stage, "fallback rules in use").await;
    assert_eq!(fallback.len(), 1);
    assert_eq!(
        (&fallback[0]["level"], &fallback[0]["exception_name"]),
        (&json!("ERROR"), &json!("NoAppConfigExtension"))
    );
}

#[tokio::test]
async fn unfit_rules_at_the_start_leave_the_embedded_ones() {
    let extension = Extension::start(Act::Rules("1", "version = 2".into())).await;
    let mut stage = stage(&extension, &[]).await;
    let (answer, record) = send(&mut stage, "what the fuck, a heron").await;
    assert_eq!(answer, "what the ****, a heron");
    assert!(!record["rules_version"].as_str().unwrap().contains('@'), "{record}");
    // It is not retried repeatedly.
    for _ in 0..3 {
        send(&mut stage, "hello").await;
    }
    extension.say(rules("2", "heron"));
    send(&mut stage, "hello").await;
    assert_eq!(send(&mut stage, "a heron").await.0, "a *****");
    let written = stage.end().await;
    assert!(!written.iter().any(|line| line.contains("\"rules refused\"")), "{written:?}");
    assert!(written.iter().any(|line| line.contains("configuration version 1 is refused")), "{written:?}");
}

#[tokio::test]
async fn a_function_that_may_not_do_without_its_rules_does_not_start() {
    for say in [Act::Status(404, "{}"), Act::Rules("1", "version = 2".into())] {
        let extension = Extension::start(say).await;
        let port = extension.port.to_string();
        let here =
            [RULES, ("AWS_APPCONFIG_EXTENSION_HTTP_PORT", &port), ("CHIMEFLOW_RULES_FALLBACK", "none")];
        let mut stage = Stage::launch(&processor(&here)).await;
        let failed = in_time(stage.loopback.runtime_api.ready()).await.unwrap_err();
        assert_eq!(failed.error_type, "NoRules");
        assert!(!in_time(stage.function.ended()).await.unwrap().success());
    }
}

#[tokio::test]
async fn an_extension_that_is_still_starting_is_waited_for() {
    let extension =
        Extension::start(Act::Slow(Duration::from_millis(400), Box::new(rules("1", "heron")))).await;
    let mut stage = stage(&extension, &[]).await;
    assert_eq!(send(&mut stage, "a heron").await.0, "a *****");

    let port = extension.port;
    drop(extension);
    let port_text = port.to_string();
    let mut late =
        Stage::launch(&processor(&[RULES, ("AWS_APPCONFIG_EXTENSION_HTTP_PORT", &port_text)])).await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    let _extension = Extension::start_at(port, rules("1", "heron")).await;
    late.ready().await;
    assert_eq!(send(&mut late, "a heron").await.0, "a *****");
}
