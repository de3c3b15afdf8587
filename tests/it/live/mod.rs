//! Rules from AppConfig: soon in use, never invalid, and never a delay for messages. The extension is emulated.

mod big;
pub(crate) mod extension;
mod outages;
mod validator;

use serde_json::{Value, json};

use self::extension::{Act, Extension};
use crate::support::{Stage, event, processor};

/// The environment variable that names the rules.
const RULES: (&str, &str) = ("CHIMEFLOW_RULES", "appconfig:chat rooms/live/rules");

/// Returns rules that mask `word`, with a test.
fn mask(word: &str) -> String {
    format!(
        "version = 1\n[[rule]]\nid = \"a\"\nfind = {{ words = [\"{word}\"] }}\ndo = \"mask\"\nhit = [\"{word}\"]\n"
    )
}

/// Configuration `version`, which masks `word`.
fn rules(version: &'static str, word: &str) -> Act {
    Act::Rules(version, mask(word).into())
}

/// Starts the built processor with `extension`, from which it requests rules after every reply.
async fn stage(extension: &Extension, env: &[(&str, &str)]) -> Stage {
    let port = extension.port.to_string();
    let here = [RULES, ("AWS_APPCONFIG_EXTENSION_HTTP_PORT", &port), ("CHIMEFLOW_RULES_MAX_AGE", "0")];
    let mut stage = Stage::launch(&processor(&[&here, env].concat())).await;
    stage.ready().await;
    stage
}

/// What happens to `text`, and the line about it.
pub(crate) async fn send(stage: &mut Stage, text: &str) -> (Value, Value) {
    let (answer, ended) = deliver(stage, text).await;
    (answer, stage.record(&ended).await)
}

/// What happens to `text`, and how the invocation ended.
async fn deliver(stage: &Stage, text: &str) -> (Value, chimeflow::loopback::Completion) {
    let before = stage.callbacks().len();
    let mut event = event(text);
    event["CallbackId"] = json!(format!("{before:036}"));
    let ended = stage.invoke(&event).await;
    assert!(ended.result.is_ok(), "{:?}", ended.result);
    let callbacks = stage.callbacks();
    assert_eq!(callbacks.len(), before + 1, "one reply to each");
    (callbacks[before].body["ChannelMessage"]["Content"].clone(), ended)
}

/// The lines called `message` among those it wrote, all of which are as the documentation says.
async fn lines(stage: Stage, message: &str) -> Vec<Value> {
    let written = stage.end().await;
    let mut lines: Vec<Value> = written.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    crate::logs::check(&lines, &mut std::collections::BTreeSet::new());
    lines.retain(|line| line["message"] == message);
    lines
}

fn version(record: &Value) -> &str {
    record["rules_version"].as_str().unwrap().split_once('@').unwrap().1
}

#[tokio::test]
async fn a_change_is_live_with_the_next_message_and_every_line_says_the_version() {
    let extension = Extension::start(rules("1", "heron")).await;
    let mut stage = stage(&extension, &[]).await;
    let (answer, record) = send(&mut stage, "a heron, a stork").await;
    assert_eq!((answer, version(&record)), (json!("a *****, a stork"), "1"));
    let path = "/applications/chat%20rooms/environments/live/configurations/rules";
    assert_eq!(extension.asked(), [path, path]);

    extension.say(rules("2", "stork"));
    // The reply to this one is out before the extension is asked.
    let (answer, record) = send(&mut stage, "a heron, a stork").await;
    assert_eq!((answer, version(&record)), (json!("a *****, a stork"), "1"));
    let (answer, record) = send(&mut stage, "a heron, a stork").await;
    assert_eq!((answer, version(&record)), (json!("a heron, a *****"), "2"));

    // Back to what was before: that is a change like any other.
    extension.say(rules("1", "heron"));
    send(&mut stage, "hello").await;
    let (answer, record) = send(&mut stage, "a heron, a stork").await;
    assert_eq!((answer, version(&record)), (json!("a *****, a stork"), "1"));
    let changes = lines(stage, "rules changed").await;
    assert_eq!(changes.len(), 2, "{changes:?}");
    assert_eq!(changes[0]["previous_rules_version"].as_str().unwrap().split('@').nth(1), Some("1"));
    assert_eq!(version(&changes[0]), "2");
}

#[tokio::test]
async fn the_extension_is_asked_no_more_often_than_it_is_told() {
    let extension = Extension::start(rules("1", "heron")).await;
    let mut stage = stage(&extension, &[("CHIMEFLOW_RULES_MAX_AGE", "2")]).await;
    for _ in 0..10 {
        send(&mut stage, "hello").await;
    }
    extension.say(rules("2", "stork"));
    let asked = extension.asked().len();
    assert!(asked <= 3, "asked {asked} times");
    // However many messages there are, it is live when the age and one message are over.
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    send(&mut stage, "hello").await;
    assert_eq!(send(&mut stage, "a stork").await.0, "a *****");
}

#[tokio::test]
async fn rules_that_are_not_fit_never_act_and_are_told_of_once() {
    let secret = "4111 1111 1111 1111 was said";
    let failing = format!("{}\n[[test]]\nsay = \"{secret}\"\ngets = \"something else\"\n", mask("stork"));
    let unfit = [
        "version = 1\n[[rule]]\nid = \"a\"\nfind = { wrds = [\"stork\"] }\ndo = \"deny\"\n".to_owned(),
        failing,
        "version = [".to_owned(),
        String::new(),
        // What stands beside a file is not beside this.
        format!("{}\n[lists.a]\nfile = \"more.txt\"\n", mask("stork")),
    ];
    let extension = Extension::start(rules("1", "heron")).await;
    let mut stage = stage(&extension, &[]).await;
    let versions = ["2", "3", "4", "5", "6"];
    let mut failures = 0;
    for (unfit, version) in unfit.iter().zip(versions) {
        extension.say(Act::Rules(version, unfit.as_str().into()));
        for _ in 0..4 {
            let (answer, record) = send(&mut stage, "a heron, a stork").await;
            assert_eq!((answer, self::version(&record)), (json!("a *****, a stork"), "1"), "{unfit}");
            failures += record["RulesRefreshFailures"].as_u64().unwrap_or(0);
            assert!(record["RulesAge"].as_f64().is_some_and(|age| age < 60.0), "{record}");
        }
    }
    // For as long as they stand there, whenever somebody looks: an alarm has to stay on.
    assert!(failures >= 4 * versions.len() as u64 - 1, "{failures}");
    extension.say(rules("7", "stork"));
    send(&mut stage, "hello").await;
    assert_eq!(send(&mut stage, "a stork").await.0, "a *****");
    let written = stage.end().await;
    let refused: Vec<_> = written.iter().filter(|line| line.contains("\"rules refused\"")).collect();
    assert_eq!(refused.len(), versions.len(), "{refused:?}");
    assert!(refused[1].contains("1 error, in line"), "{}", refused[1]);
    assert!(!written.iter().any(|line| line.contains("4111")), "tests may quote messages");
}

#[tokio::test]
async fn where_nothing_says_a_version_the_text_does() {
    let extension = Extension::start(Act::Unversioned(mask("heron").into())).await;
    let mut stage = stage(&extension, &[]).await;
    for _ in 0..3 {
        assert_eq!(send(&mut stage, "a heron").await.0, "a *****");
    }
    extension.say(Act::Unversioned(mask("stork").into()));
    send(&mut stage, "hello").await;
    assert_eq!(send(&mut stage, "a stork").await.0, "a *****");
    assert_eq!(lines(stage, "rules changed").await.len(), 1);
}

#[tokio::test]
async fn lists_come_along_in_a_bundle() {
    let text = format!(
        "{}\n[lists.birds]\nfile = \"birds.txt\"\n[[rule]]\nid = \"b\"\nfind = {{ words = \"birds\" }}\ndo = \"deny\"\n",
        mask("heron")
    );
    let read_file = |_: &str| Ok("stork\nblue tit\n".to_owned());
    let source = chimeflow::rules::Source { name: "rules.toml", text: &text, read_file: &read_file };
    let bundle = chimeflow_core::rules::bundle(&source);
    let extension = Extension::start(Act::Rules("1", bundle.into())).await;
    let mut stage = stage(&extension, &[]).await;
    let (answer, record) = send(&mut stage, "a blue tit").await;
    assert_eq!((answer, &record["verdict"]), (Value::Null, &json!("denied")));
}
