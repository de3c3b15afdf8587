//! The validator: the same binary, which AppConfig invokes to check whether rules are valid.

use aws_smithy_types::base64;
use serde_json::{Value, json};

use super::mask;
use crate::support::{Stage, processor};

async fn validator() -> Stage {
    let mut stage = Stage::launch(&processor(&[("CHIMEFLOW_ROLE", "validator")])).await;
    stage.ready().await;
    stage
}

/// The event with which AppConfig asks about `content`.
fn asked(content: impl AsRef<[u8]>) -> Value {
    json!({
        "applicationId": "abc1234",
        "configurationProfileId": "def5678",
        "configurationVersion": "7",
        "content": base64::encode(content),
        "uri": "hosted",
    })
}

#[tokio::test]
async fn rules_that_are_fit_are_accepted() {
    let stage = validator().await;
    let ended = stage.invoke(&asked(mask("heron"))).await;
    let fit: Value = serde_json::from_str(&ended.result.unwrap()).unwrap();
    assert_eq!((&fit["rules"], &fit["checks"], &fit["warnings"]), (&json!(1), &json!(1), &json!(0)));
    assert!(fit["rules_version"].as_str().unwrap().ends_with("@7"), "{fit}");
    let ended = stage.invoke(&asked(chimeflow::rules::DEFAULT)).await;
    assert!(ended.result.is_ok(), "the rules that come with it are fit: {:?}", ended.result);
}

#[tokio::test]
async fn rules_that_are_not_are_refused_with_the_report_of_check() {
    let stage = validator().await;
    let private = "my card is 4111 1111 1111 1111";
    let failing = format!("{}[[test]]\nsay = \"{private}\"\ngets = \"nothing\"\n", mask("heron"));
    let long = format!("{}{}", mask("heron"), "[[rule]]\nid = \"a\"\n".repeat(500));
    let cases = [
        (
            asked("version = 1\n[[rule]]\nid = \"a\"\nfind = { wrds = [\"x\"] }\n"),
            "InvalidRules",
            "did you mean `words`",
        ),
        (asked(&failing), "InvalidRules", "the test has a different outcome"),
        (asked(&long), "InvalidRules", "more: `chimeflow check` shows all of them"),
        (asked(""), "InvalidRules", "a rules file needs `version`"),
        (asked([0xff, 0xfe]), "InvalidRules", "UTF-8"),
        (json!({"content": "%%"}), "InvalidEvent", "base64"),
        (json!({"hello": 1}), "InvalidEvent", "content"),
        (json!([]), "InvalidEvent", "content"),
    ];
    for (event, name, says) in cases {
        let failed = stage.invoke(&event).await.result.unwrap_err();
        assert_eq!(failed.error_type, name, "{}", failed.message);
        assert!(failed.message.contains(says), "{}", failed.message);
        assert!(failed.message.len() < 10_000, "{} bytes", failed.message.len());
    }
    let written = stage.end().await.join("\n");
    assert!(written.contains("1 error, in line 9") && !written.contains("4111"), "{written}");
}
