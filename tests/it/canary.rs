//! What people write never appears in anything that the processor writes: the canary is in every text of every event here.

use std::path::Path;

use chimeflow::loopback::{Act, Launch};
use serde_json::{Value, json};

use crate::support::{Folder, RULES, Stage, event, full_event};

const CANARY: &str = "kanarienvogel";

/// The settings with which the function writes as much as possible.
const LOUD: [(&str, &str); 4] = [
    ("RUST_LOG", "trace"),
    ("AWS_LAMBDA_LOG_LEVEL", "TRACE"),
    ("POWERTOOLS_LOG_LEVEL", "TRACE"),
    ("RUST_BACKTRACE", "full"),
];

/// The canary in every text, beside `word`.
fn canary(word: &str) -> Value {
    let text = format!("{CANARY} {word} {CANARY}");
    full_event(&text, &json!({"caption": text}).to_string(), &text, &text)
}

/// Every kind of event: valid ones, and those that are damaged at the canary.
fn events() -> Vec<Value> {
    let mut events = vec![canary("hello"), canary("maskme"), canary("denyme"), canary("boom")];
    let encoded = format!("{CANARY}%20maskme%20%F0%9F%98%80");
    let lex = json!({"Messages": [{"Content": format!("{CANARY} maskme"), "ContentType": "PlainText"}]});
    events.extend([event(&encoded), event(&lex.to_string())]);
    for field in
        ["Content", "Metadata", "PushNotification", "Sender", "CallbackId", "MessageId", "ChannelArn"]
    {
        let mut damaged = canary("hello");
        let holder = if field == "CallbackId" { &mut damaged } else { &mut damaged["ChannelMessage"] };
        holder[field] = json!({CANARY: [CANARY]});
        events.push(damaged);
    }
    events.extend([json!(CANARY), json!([CANARY]), json!({CANARY: CANARY})]);
    events
}

/// Everything that can happen to a reply, with the service repeating what it received.
fn acts() -> Vec<Act> {
    let quote = |status, code| Act::Refuse { status, code, message: "bad value kanarienvogel at Content" };
    vec![
        Act::Take,
        quote(400, "BadRequestException"),
        quote(401, "UnauthorizedClientException"),
        quote(403, "ForbiddenException"),
        quote(418, "kanarienvogel"),
        Act::Refuse {
            status: 403,
            code: "ForbiddenException",
            message: "kanarienvogel is not authorized to perform",
        },
    ]
}

/// Sends the function every event with every act, and checks everything it writes.
async fn check(stage: Stage) -> Vec<String> {
    let mut printed = Vec::new();
    for act in acts() {
        for event in events() {
            // An act that no callback used up would apply to the next event.
            let before = stage.callbacks().len();
            stage.script([act.clone()]);
            let ended = stage.invoke(&event).await;
            printed.push(format!("{:?}", ended.result));
            if stage.callbacks().len() == before {
                stage.loopback.messaging.forget_script();
            }
        }
    }
    let events = printed.len();
    printed.extend(stage.end().await);
    assert!(printed.len() >= 2 * events, "there is a line about every event");
    for line in &printed {
        assert!(!line.to_lowercase().contains(CANARY), "{line}");
    }
    printed
}

#[tokio::test]
async fn the_processor_never_writes_what_people_wrote() {
    check(Stage::with_rules(RULES, &LOUD).await).await;
}

#[tokio::test]
async fn nor_when_rules_panic_with_it() {
    let folder = Folder::new();
    let path = folder.0.join("rules.toml");
    let panics = "[[rule]]\nid = \"panics\"\nfind = { breaks = \"panic\" }\ndo = \"deny\"\n";
    std::fs::write(&path, format!("{RULES}\n{panics}")).unwrap();
    let mut env = vec![("CHIMEFLOW_RULES".to_owned(), format!("file:{}", path.display()))];
    env.extend(LOUD.map(|(name, value)| (name.to_owned(), value.to_owned())));
    let launch = Launch {
        program: std::env::current_exe().unwrap(),
        args: ["breaks::processor_that_breaks", "--exact", "--nocapture"].map(Into::into).to_vec(),
        env,
    };
    let mut stage = Stage::launch(&launch).await;
    stage.ready().await;
    let ended = stage.invoke(&canary("boom")).await;
    assert!(ended.result.is_ok());
    assert_eq!(stage.callbacks()[0].body["DeleteResource"], true);
    let record = stage.record(&ended).await;
    assert_eq!(record["denial"], json!({"reason": "rule-error", "rule": "panics", "failure": "panic"}));
    let printed = check(stage).await;
    assert!(printed.iter().any(|line| line.contains(r#""message":"panic""#)), "where it panicked is told");
}

/// The shipped samples, with the canary in every string of their messages that is not an id.
#[tokio::test]
async fn nor_any_sample_event() {
    let stage = Stage::with_rules(RULES, &LOUD).await;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("events");
    let mut printed = Vec::new();
    for file in folder.read_dir().into_iter().flatten() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let mut event: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let message = &mut event["ChannelMessage"];
        for pointer in ["/Content", "/Metadata", "/PushNotification/Title", "/PushNotification/Body"] {
            if let Some(Value::String(text)) = message.pointer_mut(pointer) {
                text.insert_str(0, CANARY);
            }
        }
        printed.push(format!("{:?}", stage.invoke(&event).await.result));
    }
    printed.extend(stage.end().await);
    assert!(printed.iter().all(|line| !line.contains(CANARY)));
}
