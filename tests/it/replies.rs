//! The content of a reply on the wire: row by row of the table in `reply`.

use serde_json::{Value, json};

use crate::support::{CALLBACK, CHANNEL, SENDER, Stage, event, full_event};

/// Sends the processor `event` and checks its only callback.
async fn check(event: &Value, verdict: &str, body: Value) {
    let mut stage = Stage::start().await;
    let ended = stage.invoke(event).await;
    assert!(ended.result.is_ok(), "{:?}", ended.result);
    let callbacks = stage.callbacks();
    assert_eq!(callbacks.len(), 1);
    assert_eq!(callbacks[0].channel_arn, CHANNEL);
    assert_eq!(callbacks[0].status, Some(200), "{:?}", callbacks[0].refusal);
    assert_eq!(callbacks[0].body, body);
    assert_eq!(stage.record(&ended).await["verdict"], verdict);
}

#[tokio::test]
async fn unchanged_goes_back_as_received_without_the_push() {
    let event = full_event("hé\u{301}llo 👨‍👩‍👧", r#"{"a": 1 }"#, "Ana", "hello");
    let message = json!({
        "MessageId": "298efac7",
        "Content": "hé\u{301}llo 👨‍👩‍👧",
        "Metadata": r#"{"a": 1 }"#,
        "SubChannelId": "sub-1",
    });
    check(&event, "unchanged", json!({"CallbackId": CALLBACK, "ChannelMessage": message})).await;
}

#[tokio::test]
async fn a_plain_message_goes_back_with_nothing_added() {
    let message = json!({"MessageId": "298efac7", "Content": "hello"});
    check(&event("hello"), "unchanged", json!({"CallbackId": CALLBACK, "ChannelMessage": message})).await;
}

#[tokio::test]
async fn edited_carries_the_edit_and_the_rest_as_received() {
    let event = full_event("please maskme now", "{}", "Ana", "hello");
    let message = json!({
        "MessageId": "298efac7",
        "Content": "please ****** now",
        "Metadata": "{}",
        "SubChannelId": "sub-1",
    });
    check(&event, "edited", json!({"CallbackId": CALLBACK, "ChannelMessage": message})).await;
}

#[tokio::test]
async fn an_edited_push_goes_whole() {
    let event = full_event("hello", "{}", "Ana", "maskme");
    let message = json!({
        "MessageId": "298efac7",
        "Content": "hello",
        "Metadata": "{}",
        "PushNotification": {"Title": "Ana", "Body": "******", "Type": "VOIP"},
        "SubChannelId": "sub-1",
    });
    check(&event, "edited", json!({"CallbackId": CALLBACK, "ChannelMessage": message})).await;
}

#[tokio::test]
async fn denied_carries_nothing_but_the_denial() {
    let event = full_event("denyme", "{}", "Ana", "hello");
    let message = json!({"MessageId": "298efac7", "SubChannelId": "sub-1"});
    let body = json!({"CallbackId": CALLBACK, "ChannelMessage": message, "DeleteResource": true});
    check(&event, "denied", body).await;
}

#[tokio::test]
async fn percent_encoded_content_is_written_back_encoded() {
    let message = json!({"MessageId": "298efac7", "Content": "please%20******%20%F0%9F%98%80"});
    let event = event("please%20maskme%20%F0%9F%98%80");
    check(&event, "edited", json!({"CallbackId": CALLBACK, "ChannelMessage": message})).await;
}

#[tokio::test]
async fn messages_of_the_processors_own_bot_pass_untouched() {
    let stage = Stage::with_rules(crate::support::RULES, &[("CHIMEFLOW_BOT_ARN", SENDER)]).await;
    assert!(stage.invoke(&event("denyme maskme")).await.result.is_ok());
    assert_eq!(stage.callbacks()[0].body["ChannelMessage"]["Content"], "denyme maskme");
}

#[tokio::test]
async fn the_record_says_which_rules_and_why_and_nothing_that_was_written() {
    let mut stage = Stage::with_rules(
        crate::support::RULES,
        &[
            ("POWERTOOLS_SERVICE_NAME", "chat"),
            ("AWS_LAMBDA_FUNCTION_NAME", "moderator"),
            // The tests of log lines check them.
            ("POWERTOOLS_METRICS_DISABLED", "true"),
        ],
    )
    .await;
    let ended = stage.invoke(&event("maskme and maskme")).await;
    let mut record = stage.record(&ended).await;
    let fields = record.as_object_mut().unwrap();
    for varies in ["rules_version", "rules_us", "duration_us", "xray_trace_id"] {
        assert!(fields.remove(varies).is_some(), "{varies}");
    }
    let timestamp = fields.remove("timestamp").unwrap();
    assert!(timestamp.as_str().unwrap().parse::<jiff::Timestamp>().is_ok(), "{timestamp}");
    assert_eq!(
        record,
        json!({
            "level": "INFO",
            "message": "message edited",
            "service": "chat",
            "function_name": "moderator",
            "function_memory_size": 256,
            "requestId": ended.request_id,
            "function_request_id": ended.request_id,
            "function_arn": "arn:aws:lambda:us-east-1:111122223333:function:chimeflow",
            "cold_start": true,
            "message_id": "298efac7",
            "channel_arn": CHANNEL,
            "sender_arn": SENDER,
            "verdict": "edited",
            "rules": [{"id": "mask", "mode": "enforce", "effect": "edited", "detectors": ["words"], "kinds": {"word": 2}}],
            "attempts": 1,
            "outcome": "accepted",
            "duplicate": false,
        })
    );
    let mut second = event("denyme");
    second["CallbackId"] = json!("another-callback-id-of-at-least-32-characters");
    let ended = stage.invoke(&second).await;
    let record = stage.record(&ended).await;
    assert_eq!(record["cold_start"], false);
    assert_eq!(record["denial"], json!({"reason": "rule", "rule": "deny"}));
}
