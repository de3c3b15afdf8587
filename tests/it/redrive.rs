//! `chimeflow redrive --rules`, with a queue and an endpoint that are played: a record leaves the queue only when its message is answered.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::process::Command;

use crate::support::{Folder, RULES, event, in_time};

/// What answers callbacks.
#[derive(Clone, Copy, Debug)]
enum Endpoint {
    /// The service.
    Service,
    /// A web server: every request gets a page, with this status.
    Page(u16),
    /// Something that answers 200 and this.
    Says(&'static str),
}

/// A queue, and what answers callbacks.
struct World {
    endpoint: Endpoint,
    records: Mutex<BTreeMap<String, String>>,
    callbacks: Mutex<usize>,
}

impl World {
    fn queue(&self, operation: &str, asked: &Value) -> Value {
        let mut records = self.records.lock().unwrap();
        match operation {
            "AmazonSQS.ReceiveMessage" => {
                // Every record is given out once: what is held is not seen by others.
                let given: Vec<_> = records
                    .iter_mut()
                    .filter(|(_, body)| !body.is_empty())
                    .map(|(receipt, body)| json!({"MessageId": receipt, "ReceiptHandle": receipt, "Body": std::mem::take(body)}))
                    .collect();
                json!({ "Messages": given })
            }
            "AmazonSQS.DeleteMessage" => {
                assert!(records.remove(asked["ReceiptHandle"].as_str().unwrap()).is_some());
                json!({})
            }
            _ => json!({"Successful": [], "Failed": []}),
        }
    }

    fn callback(&self, uri: &Uri, asked: &Value) -> Response {
        *self.callbacks.lock().unwrap() += 1;
        match self.endpoint {
            Endpoint::Service => {
                let channel =
                    uri.path().trim_start_matches("/channels/").replace("%3A", ":").replace("%2F", "/");
                let taken = json!({"CallbackId": asked["CallbackId"], "ChannelArn": channel});
                ([(header::CONTENT_TYPE, "application/json")], taken.to_string()).into_response()
            }
            Endpoint::Page(status) => {
                let status = StatusCode::from_u16(status).unwrap();
                (status, [(header::CONTENT_TYPE, "text/html")], "<html>It works!</html>").into_response()
            }
            Endpoint::Says(says) => says.into_response(),
        }
    }
}

async fn answer(State(world): State<Arc<World>>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let asked = serde_json::from_slice(&body).unwrap_or_default();
    match headers.get("x-amz-target") {
        Some(operation) => world.queue(operation.to_str().unwrap(), &asked).to_string().into_response(),
        None => world.callback(&uri, &asked),
    }
}

/// Redrives three records, of messages in three channels. Gives the exit code, everything that was printed, how many records are
/// left, and how many callbacks were made.
async fn redrive(endpoint: Endpoint) -> (i32, String, usize, usize) {
    let record = |number: usize| {
        let mut event = event("hello");
        event["CallbackId"] = format!("callback-{number}-of-at-least-32-characters").into();
        event["ChannelMessage"]["MessageId"] = format!("message-{number}").into();
        event["ChannelMessage"]["ChannelArn"] =
            format!("arn:aws:chime:us-east-1:111122223333:app-instance/house/channel/{number}").into();
        event["ChannelMessage"]["CreatedTimestamp"] = jiff::Timestamp::now().to_string().into();
        let record = json!({"requestPayload": event, "responsePayload": {"errorType": "NoAnswer"}});
        (format!("receipt-{number}"), record.to_string())
    };
    let records = Mutex::new((1..=3).map(record).collect());
    let world = Arc::new(World { endpoint, records, callbacks: Mutex::new(0) });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new().fallback(answer).with_state(world.clone());
    let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });

    let folder = Folder::new();
    let rules = folder.0.join("rules.toml");
    std::fs::write(&rules, RULES).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_chimeflow"));
    command.arg("redrive").args(["--queue", &format!("{at}/111122223333/failed")]).arg("--rules").arg(&rules);
    command.args(["--endpoint-url", &at, "--region", "us-east-1"]).env_clear();
    command.envs([("AWS_CONFIG_FILE", "/dev/null"), ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")]);
    let output = in_time(command.output()).await.unwrap();
    server.abort();
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    let (left, callbacks) = (world.records.lock().unwrap().len(), *world.callbacks.lock().unwrap());
    (output.status.code().unwrap(), said, left, callbacks)
}

#[tokio::test]
async fn a_record_whose_message_was_answered_is_deleted() {
    let (code, said, left, callbacks) = redrive(Endpoint::Service).await;
    assert_eq!((code, left, callbacks), (0, 0, 3), "{said}");
}

#[tokio::test]
async fn what_nobody_answered_is_kept_and_the_reason_is_told() {
    let endpoints = [
        Endpoint::Page(200),
        Endpoint::Page(202),
        Endpoint::Page(302),
        Endpoint::Page(404),
        Endpoint::Says(""),
        Endpoint::Says("{}"),
        Endpoint::Says(r#"{"status": "ok"}"#),
    ];
    let all = endpoints.map(|endpoint| tokio::spawn(redrive(endpoint)));
    for (endpoint, ran) in endpoints.iter().zip(all) {
        let (code, said, left, callbacks) = ran.await.unwrap();
        assert_eq!((code, left), (1, 3), "{endpoint:?}: {said}");
        assert!(callbacks > 3, "{endpoint:?}: it is tried again: {callbacks}");
        for says in
            ["UnreadableAnswer", "stopped: what answers in place of Chime SDK messaging is not that service"]
        {
            assert!(said.contains(says), "{endpoint:?}: no {says:?} in: {said}");
        }
    }
}
