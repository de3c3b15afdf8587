//! Events that are not what they should be.

use serde_json::{Value, json};

use crate::support::{CALLBACK, RULES, Stage, event};

#[tokio::test]
async fn a_damaged_event_that_can_be_answered_is_denied() {
    for content in [Value::Null, json!(7), json!({"text": "hi"})] {
        let mut stage = Stage::start().await;
        let mut event = event("");
        event["ChannelMessage"]["Content"] = content;
        let ended = stage.invoke(&event).await;
        assert!(ended.result.is_ok());
        let expected = json!({
            "CallbackId": CALLBACK,
            "ChannelMessage": {"MessageId": "298efac7"},
            "DeleteResource": true
        });
        assert_eq!(stage.callbacks()[0].body, expected);
        let record = stage.record(&ended).await;
        assert_eq!(record["denial"], json!({"reason": "unjudged", "failure": "event"}));
        assert_eq!((&record["damage"], &record["level"]), (&json!(["Content"]), &json!("WARN")));
    }
}

#[tokio::test]
async fn where_errors_pass_what_can_be_echoed_is() {
    let in_the_file = (format!("{RULES}\n[defaults]\non-error = \"pass\"\n"), ("CHIMEFLOW_ON_ERROR", "deny"));
    let in_the_environment = (RULES.to_owned(), ("CHIMEFLOW_ON_ERROR", "pass"));
    for (rules, variable) in [in_the_file, in_the_environment] {
        let stage = Stage::with_rules(&rules, &[variable]).await;
        let mut event = event("");
        event["ChannelMessage"]["Content"] = json!(["maskme"]);
        event["ChannelMessage"]["Metadata"] = json!("{}");
        assert!(stage.invoke(&event).await.result.is_ok());
        let expected = json!({
            "CallbackId": CALLBACK,
            "ChannelMessage": {"MessageId": "298efac7", "Metadata": "{}"}
        });
        assert_eq!(stage.callbacks()[0].body, expected);
    }
}

#[tokio::test]
async fn an_event_that_cannot_be_answered_fails_and_says_what_is_missing() {
    let mut nameless = event("hello");
    nameless["ChannelMessage"].as_object_mut().unwrap().remove("MessageId");
    let cases = [
        (nameless, "ChannelMessage.MessageId"),
        (json!({"Records": []}), "CallbackId"),
        (json!([1, 2]), "CallbackId"),
        (json!("text"), "CallbackId"),
        (Value::Null, "CallbackId"),
    ];
    let mut stage = Stage::start().await;
    for (event, missing) in cases {
        let ended = stage.invoke(&event).await;
        let record = stage.record(&ended).await;
        let failed = ended.result.unwrap_err();
        assert_eq!((&*failed.error_type, &record["exception_name"]), ("NotAnEvent", &json!("NotAnEvent")));
        assert!(failed.message.contains(missing), "{}", failed.message);
    }
    assert!(stage.callbacks().is_empty());
    assert!(stage.invoke(&event("hello")).await.result.is_ok(), "it goes on after them");
}

#[tokio::test]
async fn an_event_of_an_unknown_kind_with_unknown_fields_is_processed() {
    let stage = Stage::start().await;
    let mut event = event("maskme");
    event["EventType"] = json!("CHANNEL_MESSAGE_EVENT_V2");
    event["New"] = json!({"deep": [1]});
    event["ChannelMessage"]["CreatedTimestamp"] = json!(1_786_000_000);
    event["ChannelMessage"]["LastEditedTimestamp"] = json!({});
    assert!(stage.invoke(&event).await.result.is_ok());
    assert_eq!(stage.callbacks()[0].body["ChannelMessage"]["Content"], "******");
}
