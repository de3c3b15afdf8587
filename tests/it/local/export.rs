//! `chimeflow export`: every message once, whatever happens meanwhile.

use std::collections::BTreeSet;
use std::path::Path;

use chimeflow::local::{LocalChime, Options, Quota};
use serde_json::{Value, json};
use tokio::process::Command;

use super::client::{Chat, Client};
use crate::support::{Folder, in_time};

/// The number of messages: more than two pages.
const MESSAGES: usize = 120;

async fn start(quotas: &[&str]) -> (LocalChime, Chat) {
    let quotas = quotas.iter().map(|quota| Quota::parse(quota).expect("a quota")).collect();
    let chime = LocalChime::with(Options { quotas, ..Options::default() }).await.expect("it starts");
    let client = Client::new(chime.address());
    let chat = client.chat().await;
    for number in 0..MESSAGES {
        let path = format!("{}/messages", chat.path());
        let mut message = Chat::message(&format!("message {number}"), &format!("token-{number}"));
        message["Metadata"] = "{\"a\": 1}".into();
        loop {
            match client.send("POST", &path, chat.bob(), &message).await.expect("an answer").status {
                429 => tokio::time::sleep(std::time::Duration::from_millis(50)).await,
                status => break assert_eq!(status, 201),
            }
        }
    }
    (chime, chat)
}

/// Exports the channel with these arguments. Returns the exit code, and what was printed.
async fn export(
    chime: &LocalChime,
    chat: &Chat,
    folder: &Path,
    args: &[&str],
) -> (Option<i32>, String, String) {
    let endpoint = chime.endpoint();
    let mut command = Command::new(env!("CARGO_BIN_EXE_chimeflow"));
    command.args(["export", &chat.channel, "--as", chat.ann(), "--endpoint-url", &endpoint]).args(args);
    command.env_clear().env("AWS_EC2_METADATA_DISABLED", "true").current_dir(folder).kill_on_drop(true);
    let output = in_time(command.output()).await.expect("it runs");
    let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).expect("text"));
    (output.status.code(), out, err)
}

fn texts(corpus: &str) -> Vec<String> {
    let text = |line: &str| {
        serde_json::from_str::<Value>(line).expect("JSON")["text"].as_str().expect("a text").to_owned()
    };
    corpus.lines().map(text).collect()
}

fn all() -> Vec<String> {
    (0..MESSAGES).map(|number| format!("message {number}")).collect()
}

#[tokio::test]
async fn a_channel_is_exported_in_order_and_replays() {
    let (chime, chat) = start(&[]).await;
    let folder = Folder::new();
    let (code, out, err) = export(&chime, &chat, &folder.0, &[]).await;
    assert_eq!(code, Some(0), "{err}");
    assert_eq!(texts(&out), all());
    let first: Value = serde_json::from_str(out.lines().next().expect("a line")).expect("JSON");
    assert_eq!(
        (&first["from"], &first["in"], &first["metadata"]),
        (&json!(chat.bob()), &json!(chat.channel), &json!("{\"a\": 1}"))
    );
    let (code, out, err) =
        export(&chime, &chat, &folder.0, &["--since", "2020-01-01", "--until", "2020-02-01"]).await;
    assert_eq!((code, &*out), (Some(0), ""), "{err}");
    let (code, _, err) = export(&chime, &chat, &folder.0, &["--out", "week.jsonl"]).await;
    assert_eq!(code, Some(0), "{err}");
    assert!(err.contains("120 messages"), "{err}");
    let mut replay = Command::new(env!("CARGO_BIN_EXE_chimeflow"));
    let replayed =
        replay.args(["replay", "week.jsonl"]).current_dir(&folder.0).output().await.expect("it runs");
    assert!(String::from_utf8_lossy(&replayed.stdout).starts_with("120 messages\n"), "{replayed:?}");
}

#[tokio::test]
async fn an_export_that_broke_off_anywhere_goes_on_and_nothing_is_lost_or_doubled() {
    let (chime, chat) = start(&[]).await;
    let folder = Folder::new();
    let path = folder.0.join("a.jsonl");
    let resume = ["--out", "a.jsonl", "--resume"];
    let (code, _, err) = export(&chime, &chat, &folder.0, &resume).await;
    assert_eq!(code, Some(0), "{err}");
    let whole = std::fs::read_to_string(&path).expect("it is there");
    assert_eq!(texts(&whole), all());
    let lines: Vec<_> = whole.match_indices('\n').map(|(at, _)| at).collect();
    for cut in
        [0, 1, lines[0], lines[0] + 1, lines[49] + 1, lines[60] + 7, lines[118], whole.len() - 1, whole.len()]
    {
        std::fs::write(&path, &whole[..cut]).expect("it is ours");
        let (code, _, err) = export(&chime, &chat, &folder.0, &resume).await;
        assert_eq!(code, Some(0), "{cut}: {err}");
        assert_eq!(std::fs::read_to_string(&path).expect("it is there"), whole, "cut off at {cut}");
    }
    let (code, _, err) = export(&chime, &chat, &folder.0, &["--out", "a.jsonl"]).await;
    assert_eq!(code, Some(2));
    assert!(err.contains("`a.jsonl` exists already") && err.contains("--resume"), "{err}");
    assert_eq!(std::fs::read_to_string(&path).expect("it is there"), whole);
    std::fs::write(&path, whole.replace(&chat.channel, "another")).expect("it is ours");
    let (code, _, err) = export(&chime, &chat, &folder.0, &resume).await;
    assert!(code == Some(2) && err.contains("line 1: that is a message of another channel"), "{err}");
}

#[tokio::test]
async fn a_service_that_throttles_is_waited_for() {
    let (chime, chat) = start(&["calls-a-second=40"]).await;
    let folder = Folder::new();
    // Another client uses up the rate all the time.
    let other = Client::new(chime.address());
    let (path, ann) = (format!("{}/messages", chat.path()), chat.ann().to_owned());
    let busy = tokio::spawn(async move {
        for _ in 0..400 {
            let _ = other.send("GET", &path, &ann, &Value::Null).await;
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    });
    let (code, out, err) = export(&chime, &chat, &folder.0, &[]).await;
    busy.abort();
    assert_eq!(code, Some(0), "{err}");
    let texts = texts(&out);
    assert_eq!(texts.iter().collect::<BTreeSet<_>>().len(), MESSAGES);
    assert_eq!(texts, all());
}

#[tokio::test]
async fn whoever_may_not_read_is_told_so() {
    let (chime, chat) = start(&[]).await;
    let folder = Folder::new();
    let stranger = chat.ann().replace("/user/ann", "/user/eve");
    let (code, out, err) = export(&chime, &chat, &folder.0, &["--as", &stranger]).await;
    assert!(code == Some(2) && out.is_empty(), "{err}");
    let (code, _, err) = export(&chime, &chat, &folder.0, &["--since", "yesterday"]).await;
    assert!(code == Some(2) && err.contains("expected how long ago, such as `7d`"), "{err}");
}
