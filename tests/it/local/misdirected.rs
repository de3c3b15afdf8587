//! Commands and clients that reach something other than they expect: the error states what it is.

use std::net::TcpListener;
use std::path::Path;

use chimeflow::local::{LocalChime, Options};
use hyper::Request;
use hyper_util::client::legacy::Client as Http;
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};
use tokio::process::Command;

use super::client::{Chat, Client};
use crate::faults::proxy::Proxy;
use crate::support::{Folder, ProgramOutput, in_time};

async fn local(args: &[&str]) -> ProgramOutput {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chimeflow"));
    command.arg("local").args(args).env_clear().kill_on_drop(true);
    ProgramOutput::of(in_time(command.output()).await.expect("it runs"))
}

#[tokio::test]
async fn a_server_that_never_answers_is_not_waited_for() {
    let silent = TcpListener::bind("127.0.0.1:0").expect("a port");
    let at = format!("http://{}", silent.local_addr().expect("an address"));
    let commands =
        [&["health"] as &[&str], &["events"], &["env"], &["reset"], &["trace", "m"], &["clock"], &["quotas"]];
    let run = commands.iter().map(|command| async { local(&[command, &["--at", &at][..]].concat()).await });
    for printed in futures_util::future::join_all(run).await {
        printed.is(2, &["does not respond within 5 s", "chimeflow local doctor"]);
    }
}

#[tokio::test]
async fn a_profile_that_is_named_is_used_whatever_the_environment_says() {
    let folder = Folder::new();
    let credentials = folder.0.join("credentials");
    let text = "[mine]\naws_access_key_id = of-the-profile\naws_secret_access_key = key\n[empty]\n";
    std::fs::write(&credentials, text).expect("it is ours");
    let chime = LocalChime::start().await.expect("it starts");
    let chat = Client::new(chime.address()).chat().await;
    let proxy = Proxy::start(&chime.endpoint(), |_, response| response).await;
    let list = |args: &'static [&'static str], env: &'static [(&'static str, &'static str)]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_chimeflow"));
        command
            .args(["flow", "list", "--app-instance", chat.app(), "--endpoint-url", &proxy.endpoint])
            .args(args);
        command.env_clear().envs(env.iter().copied()).env("AWS_SHARED_CREDENTIALS_FILE", &credentials);
        command
            .envs([("AWS_CONFIG_FILE", "/dev/null"), ("AWS_EC2_METADATA_DISABLED", "true")])
            .kill_on_drop(true);
        async move { ProgramOutput::of(in_time(command.output()).await.expect("it runs")) }
    };
    let around: &[_] = &[("AWS_ACCESS_KEY_ID", "of-the-environment"), ("AWS_SECRET_ACCESS_KEY", "key")];
    for (args, env, key) in [
        (&["--profile", "mine"] as &[_], around, "of-the-profile"),
        (&["--profile", "mine"], &[] as &[_], "of-the-profile"),
        (&[], around, "of-the-environment"),
    ] {
        list(args, env).await.is(0, &[&*chat.flow]);
        let keys = proxy.take_keys();
        assert!(!keys.is_empty() && keys.iter().all(|it| it == key), "{args:?} {env:?}: {keys:?}");
    }
    for profile in [&["--profile", "empty"] as &[_], &["--profile", "nowhere"]] {
        let says = format!("`{}` is not a profile with credentials", profile[1]);
        list(profile, around).await.is(2, &[&*says, "list-profiles", "--profile"]);
    }
    assert_eq!(proxy.take_keys(), [""; 0]);
}

#[tokio::test]
async fn one_channel_that_fails_does_not_stop_the_others() {
    let chime = LocalChime::start().await.expect("it starts");
    let chat = Client::new(chime.address()).chat().await;
    let (missing, endpoint) = (format!("{}/channel/missing", chat.app()), chime.endpoint());
    let of_two = |args: Vec<String>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_chimeflow"));
        command.arg("flow").args(args).args(["--as", chat.ann(), "--endpoint-url", &endpoint]);
        command.args(["--channel", &missing, "--channel", &chat.channel]).env_clear().kill_on_drop(true);
        async move { ProgramOutput::of(in_time(command.output()).await.expect("it runs")) }
    };
    let text = |args: &[&str]| args.iter().map(|arg| (*arg).to_owned()).collect::<Vec<_>>();
    let printed = of_two(text(&["associate", &chat.flow])).await;
    printed.is(1, &["missing: failed: ", "it has the flow now"]);
    let other = format!("{}-other", chat.flow);
    let printed = of_two(text(&["disassociate", "--flow", &other])).await;
    printed.is(1, &["missing: failed: ", "which is another flow"]);
    let printed = of_two(text(&["disassociate"])).await;
    printed.is(1, &["missing: failed: ", "nothing moderates it any more"]);
}

/// Creates a data folder with a message in it.
async fn kept(folder: &Path) {
    let options = Options { data: Some(folder.to_owned()), ..Options::default() };
    let chime = LocalChime::with(options).await.expect("it starts");
    let client = Client::new(chime.address());
    let chat = client.chat().await;
    client.get("POST", &format!("{}/messages", chat.path()), chat.bob(), Chat::message("hello", "t1")).await;
}

#[tokio::test]
async fn doctor_reads_a_data_folder_as_a_start_does() {
    let folder = Folder::new();
    let data = folder.0.join("data");
    kept(&data).await;
    let read = |name: &str| std::fs::read(data.join(name)).expect("it is there");
    let (snapshot, journal) = (read("snapshot.json"), read("journal.jsonl"));
    let broken = b"{\"commands\": 0, \"state\": {}}".to_vec();
    let cut = journal[..journal.len() - 5].to_vec();
    for (name, bytes, fine) in [
        ("snapshot.json", snapshot.clone(), true),
        ("snapshot.json", broken, false),
        ("snapshot.json", b"x".to_vec(), false),
        ("snapshot.json", snapshot, true),
        ("journal.jsonl", b"x\n".to_vec(), false),
        // A line that is cut off was never acknowledged.
        ("journal.jsonl", cut, true),
    ] {
        std::fs::write(data.join(name), &bytes).expect("it is ours");
        let printed = local(&["doctor", "--json", "--data", data.to_str().expect("text")]).await;
        let report: Value = serde_json::from_str(&printed.out).expect("JSON");
        let checks = report["checks"].as_array().expect("a list");
        let check = checks.iter().find(|check| check["about"] == "data folder").expect("it is looked at");
        assert_eq!(check["is"] == "fine", fine, "{check}");
        assert!(fine || check["says"].as_str().is_some_and(|says| says.contains(name)), "{check}");
        assert_eq!(std::fs::read(data.join(name)).expect("it is there"), bytes, "doctor changes nothing");
    }
}

#[tokio::test]
async fn a_seed_replaces_nothing_that_was_kept() {
    let folder = Folder::new();
    let (data, seed) = (folder.0.join("data"), folder.0.join("seed.json"));
    let chime = LocalChime::start().await.expect("it starts");
    Client::new(chime.address()).chat().await;
    let state = Client::new(chime.address()).get("GET", "/_local/state", "", Value::Null).await;
    std::fs::write(&seed, state.to_string()).expect("it is ours");
    let paths = [data, seed].map(|path| path.to_str().expect("text").to_owned());
    let count = "exec \"$0\" local health | tr -d ' ,'";
    let run = |script: &'static str| {
        let program = env!("CARGO_BIN_EXE_chimeflow");
        let args =
            ["exec", "--data", &paths[0], "--seed", &paths[1], "--", "sh", "-c", script, program, &paths[1]];
        let args = args.map(ToOwned::to_owned);
        async move { local(&args.iter().map(String::as_str).collect::<Vec<_>>()).await }
    };
    let first = run(count).await;
    first.is(0, &["\"channels\":1"]);
    assert!(!first.err.contains("--seed"), "{}", first.err);
    let second = run(count).await;
    second.is(0, &["--seed has no effect", "\"channels\":1"]);
}

#[tokio::test]
async fn other_services_are_refused_in_their_own_format() {
    let chime = LocalChime::start().await.expect("it starts");
    let http: Http<_, String> = Http::builder(TokioExecutor::new()).build_http();
    for (method, path, service, format) in [
        ("GET", "/", "s3", "<Error><Code>"),
        ("GET", "/bucket?list-type=2", "s3", "<Error><Code>"),
        ("PUT", "/bucket/key", "s3", "<Error><Code>"),
        ("PUT", "/channels/key", "s3", "<Error><Code>"),
        ("POST", "/", "sts", "<ErrorResponse><Error>"),
        ("POST", "/", "dynamodb", "{"),
    ] {
        let signed = format!(
            "AWS4-HMAC-SHA256 Credential=AKIA/20261120/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=0"
        );
        let request = Request::builder().method(method).uri(format!("{}{path}", chime.endpoint()));
        let request =
            request.header("authorization", signed).body("what is stored".to_owned()).expect("a request");
        let response = http.request(request).await.expect("a response");
        assert_eq!(response.status(), 501, "{method} {path} {service}");
        let body = http_body_util::BodyExt::collect(response.into_body()).await.expect("a body").to_bytes();
        let body = String::from_utf8_lossy(&body);
        assert!(body.contains(format) && body.contains(&format!("not `{service}`")), "{body}");
    }
}

#[tokio::test]
async fn whoever_asks_for_keys_with_garbage_gets_none() {
    let chime = LocalChime::start().await.expect("it starts");
    let client = Client::new(chime.address());
    client.chat().await;
    let http: Http<_, String> = Http::builder(TokioExecutor::new()).build_http();
    for (body, status) in [
        ("", 200),
        ("{}", 200),
        ("{\"user\": \"eve\"}", 200),
        ("{\"user\"", 400),
        ("user=eve", 400),
        ("{\"user\": 5}", 400),
    ] {
        let request = Request::post(format!("{}/_local/creds", chime.endpoint())).body(body.to_owned());
        let response = http.request(request.expect("a request")).await.expect("a response");
        assert_eq!(response.status(), status, "{body}");
    }
    let guest = client.get("POST", "/_local/creds", "", json!("anything")).await;
    assert!(guest["ChimeCredentials"].is_object(), "{guest}");
}
