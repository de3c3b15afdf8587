//! `chimeflow local doctor`, and the other commands that talk to a service.

use std::process::Command;
use std::time::Duration;

use chimeflow::local::{Fault, Keys, LocalChime, Options, Runner};
use chimeflow::loopback::Launch;
use serde_json::{Value, json};

use super::broken::write;
use super::client::{Chat, Client};
use crate::support::Folder;

/// Returns what `chimeflow local` prints with these arguments, and its exit code. Its environment directs clients to `chime`.
fn local(chime: &LocalChime, args: &[&str], env: &[(&str, &str)]) -> (String, i32) {
    let endpoint = chime.endpoint();
    let mut command = Command::new(env!("CARGO_BIN_EXE_chimeflow"));
    command.arg("local").args(args).env_clear().env("CHIMEFLOW_LOCAL", &endpoint);
    command.env("AWS_ENDPOINT_URL", &endpoint).env("NODE_EXTRA_CA_CERTS", chime.authority());
    for (name, value) in [
        ("AWS_REGION", "us-east-1"),
        ("AWS_DEFAULT_REGION", "us-east-1"),
        ("AWS_ACCESS_KEY_ID", "a"),
        ("AWS_SECRET_ACCESS_KEY", "b"),
    ] {
        command.env(name, value);
    }
    let output = command.envs(env.iter().copied()).output().expect("it runs");
    let printed = [output.stdout, output.stderr].concat();
    (String::from_utf8(printed).expect("text"), output.status.code().expect("a code"))
}

/// Returns the result of each check, as `about is`.
fn looks(chime: &LocalChime, args: &[&str], env: &[(&str, &str)]) -> (Vec<String>, i32) {
    let (printed, code) = local(chime, &[&["doctor", "--json"], args].concat(), env);
    let report: Value = serde_json::from_str(&printed).unwrap_or_else(|error| panic!("{error}: {printed}"));
    assert_eq!(report["fine"], json!(code == 0));
    let text = |check: &Value, name: &str| check[name].as_str().expect(name).to_owned();
    let looks = report["checks"].as_array().expect("a list").iter();
    (looks.map(|check| format!("{} {}", text(check, "about"), text(check, "is"))).collect(), code)
}

#[tokio::test(flavor = "multi_thread")]
async fn all_is_well_where_all_is_well_and_nothing_is_left_behind() {
    let chime = LocalChime::start().await.expect("it starts");
    let client = Client::new(chime.address());
    client.chat().await;
    let health = client.get("GET", "/_local/health", "", Value::Null).await;
    let (looks, code) = looks(&chime, &["--rules", "rules/default.toml", "--data", "target"], &[]);
    let all = [
        "service",
        "clock",
        "faults",
        "certificate",
        "message",
        "endpoints",
        "region",
        "credentials",
        "proxy",
        "aws",
        "rules",
    ];
    assert_eq!(looks[..11], all.map(|about| format!("{about} fine")));
    assert_eq!(code, 0);
    let after = client.get("GET", "/_local/health", "", Value::Null).await;
    for count in ["app-instances", "channels", "messages", "waiting-for-callback", "invocations"] {
        assert_eq!(health[count], after[count], "{count}");
    }
    let state = client.get("GET", "/_local/state", "", Value::Null).await;
    assert_eq!(state["flows"].as_object().map(serde_json::Map::len), Some(1), "the chat's own");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_told() {
    let chime = LocalChime::start().await.expect("it starts");
    let wrong = |args: &[&str], env: &[(&str, &str)]| {
        let (looks, code) = looks(&chime, args, env);
        (looks.into_iter().filter(|look| !look.ends_with("fine")).collect::<Vec<_>>(), code)
    };
    assert_eq!(
        wrong(&[], &[("AWS_ENDPOINT_URL", "http://127.0.0.1:1")]),
        (vec!["endpoints wrong".to_owned()], 1)
    );
    assert_eq!(wrong(&["--rules", "README.md"], &[]), (vec!["rules wrong".to_owned()], 1));
    assert_eq!(wrong(&["--rules", "nowhere.toml"], &[]), (vec!["rules wrong".to_owned()], 1));
    assert_eq!(wrong(&[], &[("NODE_EXTRA_CA_CERTS", "README.md")]), (vec!["certificate odd".to_owned()], 0));
    let nobody =
        ["service wrong", "certificate skipped", "message skipped", "endpoints wrong"].map(str::to_owned);
    assert_eq!(wrong(&["--at", "http://127.0.0.1:1"], &[]), (nobody.to_vec(), 1));
    chime.plan(Fault::FunctionError);
    assert_eq!(wrong(&[], &[]), (vec!["faults odd".to_owned(), "message odd".to_owned()], 0));
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn an_aws_cli_that_would_go_to_aws_is_told() {
    let chime = LocalChime::start().await.expect("it starts");
    let folder = Folder::new();
    let path = folder.0.display().to_string();
    for (version, is) in [("2.9.19", "aws odd"), ("2.31.1", "aws fine")] {
        write(&folder.0.join("aws"), &format!("echo 'aws-cli/{version} Python/3.11.2'"));
        let (looks, code) = looks(&chime, &[], &[("PATH", &path)]);
        assert!(looks.iter().any(|look| look == is) && code == 0, "{version}: {looks:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_function_that_dies_while_it_starts_is_told_at_once() {
    let folder = Folder::new();
    let program = folder.0.join("bootstrap");
    write(&program, "echo 'no module named moderation' >&2; exit 3");
    let (lines, _shown) = tokio::sync::mpsc::channel(1_000);
    let functions = Runner::Program(Launch { program, ..Launch::default() }, lines);
    let options = Options { functions, ..Options::default() };
    let chime = LocalChime::with(options).await.expect("it starts");
    let began = tokio::time::Instant::now();
    let (printed, code) = local(&chime, &["doctor"], &[]);
    assert!(code == 1 && printed.contains("the function failed: Runtime.ExitError"), "{printed}");
    assert!(printed.contains("no module named moderation"), "{printed}");
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_that_verifies_signatures_is_sent_no_message() {
    let keys = Keys::parse("[keys.a]\nsecret = \"b\"\nbearers = [\"*\"]").expect("keys");
    let options = Options { keys: Some(keys), ..Options::default() };
    let chime = LocalChime::with(options).await.expect("it starts");
    let (looks, code) = looks(&chime, &[], &[]);
    assert!(looks.contains(&"message odd".to_owned()), "{looks:?}");
    assert_eq!(code, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_program_on_the_port_is_told_from_the_service() {
    let chime = LocalChime::start().await.expect("it starts");
    let other = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let at = format!("http://{}", other.local_addr().expect("an address"));
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = other.accept().await {
            use tokio::io::{AsyncReadExt, AsyncWriteExt};
            let _ = stream.read(&mut [0; 1024]).await;
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await;
        }
    });
    let (looks, code) = looks(&chime, &["--at", &at], &[]);
    assert_eq!((&*looks[0], code), ("service wrong", 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_event_of_a_message_is_a_sample_for_the_function() {
    let chime = LocalChime::start().await.expect("it starts");
    let client = Client::new(chime.address());
    let chat = client.moderated_chat().await;
    let path = format!("{}/messages", chat.path());
    let sent = client.get("POST", &path, chat.ann(), Chat::message("what the fuck", "t9")).await;
    let (event, code) = local(&chime, &["trace", sent["MessageId"].as_str().expect("an id"), "--event"], &[]);
    assert_eq!(code, 0, "{event}");
    let file = std::env::temp_dir().join(format!("chimeflow-event-{}.json", std::process::id()));
    std::fs::write(&file, &event).expect("it is written");
    let explained = Command::new(env!("CARGO_BIN_EXE_chimeflow"))
        .args(["explain", "--event"])
        .arg(&file)
        .output()
        .expect("it runs");
    assert!(String::from_utf8_lossy(&explained.stdout).contains("what the ****"), "{explained:?}");
    std::fs::remove_file(file).expect("it is ours");
    let (printed, code) = local(&chime, &["trace", "nonsense", "--event"], &[]);
    assert!(code == 2 && printed.contains("no message nonsense"), "{printed}");
}
