//! `chimeflow local export` and `seed`: a state of any size goes back into a service that runs.

use chimeflow::local::LocalChime;
use serde_json::{Value, json};
use tokio::process::Command;

use super::client::{Chat, Client};
use crate::support::{Folder, in_time};

/// As many full messages as make more than 3 MiB.
const MESSAGES: usize = 700;

async fn local(arguments: &[&str], at: &LocalChime, folder: &Folder) -> (Option<i32>, Vec<u8>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chimeflow"));
    command
        .arg("local")
        .args(arguments)
        .args(["--at", &at.endpoint()])
        .current_dir(&folder.0)
        .kill_on_drop(true);
    let output = in_time(command.output()).await.expect("it runs");
    (output.status.code(), output.stdout, String::from_utf8_lossy(&output.stderr).into_owned())
}

#[tokio::test]
async fn whatever_was_exported_goes_back() {
    let (first, second) =
        (LocalChime::start().await.expect("it starts"), LocalChime::start().await.expect("it starts"));
    let client = Client::new(first.address());
    let chat = client.chat().await;
    for number in 0..MESSAGES {
        let mut message = Chat::message(&"x".repeat(4096), &format!("token-{number}"));
        message["Metadata"] = "m".repeat(1024).into();
        client.get("POST", &format!("{}/messages", chat.path()), chat.bob(), message).await;
    }
    let folder = Folder::new();
    let (code, state, printed) = local(&["export"], &first, &folder).await;
    assert_eq!(code, Some(0), "{printed}");
    assert!(state.len() > 3 << 20, "{} bytes", state.len());
    std::fs::write(folder.0.join("state.json"), &state).expect("it is ours");
    let (code, _, printed) = local(&["seed", "state.json"], &second, &folder).await;
    assert_eq!(code, Some(0), "{printed}");
    let health = Client::new(second.address()).get("GET", "/_local/health", "", Value::Null).await;
    assert_eq!(health["messages"], json!(MESSAGES));
    let (code, _, printed) = local(&["export"], &second, &folder).await;
    assert_eq!(code, Some(0), "{printed}");
}
