//! A queue, Lambda and the messaging service, emulated on a socket behind a proxy that damages responses.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Stdio;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::Command;

use crate::faults::proxy::{Fault, Proxy, Spoil, Whose};
use crate::faults::wire::{Request, Response};
use crate::support::{event, in_time};

/// The function that processes messages, unless a record names another.
pub(crate) const FUNCTION: &str = "chimeflow:live";

/// The text of all messages.
pub(crate) const TEXT: &str = "a heliotrope heron";

/// The error of SQS for a record that no longer exists.
const DELETED: &str = "Value r for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.";

/// The server at the callback endpoint.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Endpoint {
    /// The service.
    Service,
    /// A web server: every request gets a page, with this status.
    Page(u16),
    /// Another server that responds with this status and this body.
    Says(u16, &'static str),
}

/// A record in the queue.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    pub body: String,
    pub held: bool,
}

/// The state of all services.
#[derive(Debug)]
pub(crate) struct State {
    pub records: BTreeMap<String, Record>,
    /// Messages in the order in which they were answered.
    pub answered: Vec<String>,
    /// Messages on which the function fails.
    pub broken: BTreeSet<&'static str>,
    pub callbacks: usize,
    pub endpoint: Endpoint,
}

/// The state, and the proxy in front of the server.
pub(crate) struct World {
    pub state: Arc<Mutex<State>>,
    pub proxy: Proxy,
    /// How many minutes ago the oldest message was sent.
    since: i64,
    server: tokio::task::JoinHandle<()>,
}

/// The result of a run.
#[derive(Debug)]
pub(crate) struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl World {
    pub(crate) async fn new() -> Self {
        let state = Arc::new(Mutex::new(State {
            records: BTreeMap::new(),
            answered: Vec::new(),
            broken: BTreeSet::new(),
            callbacks: 0,
            endpoint: Endpoint::Service,
        }));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = format!("http://{}", listener.local_addr().unwrap());
        let shared = state.clone();
        let server = tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                tokio::spawn(serve(socket, shared.clone()));
            }
        });
        let proxy = Proxy::start(&at, |_, response| response).await;
        Self { state, proxy, since: 60, server }
    }

    /// Returns a queue with six failed events, two in each of three channels.
    pub(crate) async fn with_six() -> Self {
        Self::with(6, 3).await
    }

    /// Returns a queue with this number of failed events, distributed over this number of channels.
    pub(crate) async fn with(events: i64, channels: i64) -> Self {
        let mut world = Self::new().await;
        world.since = 60.max(events);
        for number in 0..events {
            world.put(number, number % channels, Some(FUNCTION));
        }
        world
    }

    /// Returns whether messages were answered oldest first in each of this number of channels.
    pub(crate) fn is_in_order(&self, channels: usize) -> bool {
        let answered = self.answered();
        let number = |message: &String| message.trim_start_matches('m').parse::<usize>().unwrap();
        let numbers: Vec<_> = answered.iter().map(number).collect();
        let of_channel = |channel: usize| numbers.iter().filter(move |number| **number % channels == channel);
        // None is left out.
        (0..channels).all(|channel| {
            of_channel(channel)
                .copied()
                .eq((0..).map(|turn| turn * channels + channel).take(of_channel(channel).count()))
        })
    }

    /// Puts the event of a message into the queue. The higher its number, the newer it is.
    pub(crate) fn put(&self, number: i64, channel: i64, function: Option<&str>) {
        let mut event = event(TEXT);
        let sent = jiff::Timestamp::now() - jiff::SignedDuration::from_mins(self.since - number);
        event["CallbackId"] = format!("callback-{number}-of-at-least-32-characters").into();
        event["ChannelMessage"]["MessageId"] = format!("m{number}").into();
        event["ChannelMessage"]["ChannelArn"] =
            format!("arn:aws:chime:us-east-1:111122223333:app-instance/house/channel/{channel}").into();
        event["ChannelMessage"]["CreatedTimestamp"] = sent.to_string().into();
        let record = json!({
            "requestContext": { "functionArn": function }, "requestPayload": event,
            "responsePayload": { "errorType": "NoAnswer" } });
        let body = record.to_string();
        self.state.lock().unwrap().records.insert(format!("r{number}"), Record { body, held: false });
    }

    /// Damages the next `times` responses to requests of an operation.
    pub(super) fn spoil(&self, name: &'static str, spoil: Spoil, times: usize) {
        self.proxy.spoil(vec![Fault { whose: Whose::Operation { name, after: 0, times }, spoil }]);
    }

    /// Lets half a minute pass, so that no record is held any more.
    pub(crate) fn wait(&self) {
        self.state.lock().unwrap().records.values_mut().for_each(|record| record.held = false);
    }

    /// Makes the records in an answer of `ReceiveMessage` visible again, if it is one.
    pub(crate) fn release(&self, answer: &Value) {
        let mut state = self.state.lock().unwrap();
        for message in answer["Messages"].as_array().into_iter().flatten() {
            let receipt = message["ReceiptHandle"].as_str().unwrap();
            state.records.get_mut(receipt).into_iter().for_each(|record| record.held = false);
        }
    }

    pub(crate) fn left(&self) -> usize {
        self.state.lock().unwrap().records.len()
    }

    pub(crate) fn answered(&self) -> Vec<String> {
        self.state.lock().unwrap().answered.clone()
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_chimeflow"));
        let at = &self.proxy.endpoint;
        command.arg("redrive").args(["--queue", &format!("{at}/111122223333/failed")]);
        command.args(["--endpoint-url", at, "--region", "us-east-1"]).args(arguments).env_clear();
        command.envs([("AWS_CONFIG_FILE", "/dev/null"), ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")]);
        command.stdin(Stdio::null()).kill_on_drop(true);
        command
    }

    pub(super) async fn redrive(&self, arguments: &[&str]) -> Run {
        let output = in_time(self.command(arguments).output()).await.unwrap();
        let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        Run { code: output.status.code().unwrap(), out, err }
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Run {
    /// Returns the last line of a run with `--json`.
    pub(super) fn summary(&self) -> Value {
        let last: Value = serde_json::from_str(self.out.lines().last().unwrap()).unwrap();
        last["summary"].clone()
    }

    #[track_caller]
    pub(super) fn ends(&self, code: i32, says: &[&str]) {
        assert_eq!(self.code, code, "{self:?}");
        for printed in says {
            assert!(self.out.contains(printed) || self.err.contains(printed), "no {printed:?} in {self:?}");
        }
    }
}

impl State {
    /// Answers a message, and returns whether it had no answer before.
    fn answer(&mut self, message: &str) -> bool {
        let is_new = self.answered.iter().all(|before| before != message);
        if is_new {
            self.answered.push(message.to_owned());
        }
        is_new
    }

    fn carry_out(&mut self, operation: &str, path: &str, asked: &Value) -> Response {
        let receipt = || asked["ReceiptHandle"].as_str().unwrap().to_owned();
        match operation {
            "ReceiveMessage" => {
                let most = usize::try_from(asked["MaxNumberOfMessages"].as_u64().unwrap()).unwrap();
                let free = self.records.iter_mut().filter(|(_, record)| !record.held).take(most);
                let given = free.map(|(receipt, record)| {
                    record.held = true;
                    json!({"MessageId": receipt, "ReceiptHandle": receipt, "Body": record.body})
                });
                Response::json(200, &json!({ "Messages": given.collect::<Vec<_>>() }))
            }
            "GetQueueAttributes" => {
                let held = self.records.values().filter(|record| record.held).count();
                let (free, held) = ((self.records.len() - held).to_string(), held.to_string());
                Response::json(
                    200,
                    &json!({ "Attributes": {
                        "ApproximateNumberOfMessages": free, "ApproximateNumberOfMessagesNotVisible": held,
                        "ApproximateNumberOfMessagesDelayed": "0" } }),
                )
            }
            "DeleteMessage" => {
                self.records.remove(&receipt());
                Response::json(200, &json!({}))
            }
            "ChangeMessageVisibilityBatch" => {
                let entries = asked["Entries"].as_array().unwrap();
                let (mut done, mut failed) = (Vec::new(), Vec::new());
                for entry in entries {
                    let (id, receipt) = (&entry["Id"], entry["ReceiptHandle"].as_str().unwrap());
                    if let Some(record) = self.records.get_mut(receipt) {
                        record.held = entry["VisibilityTimeout"] != 0;
                        done.push(json!({ "Id": id }));
                    } else {
                        failed.push(json!({ "Id": id, "Code": "InvalidParameterValue", "SenderFault": true, "Message": DELETED }));
                    }
                }
                Response::json(200, &json!({ "Successful": done, "Failed": failed }))
            }
            "Invoke" if path.contains("gone") => {
                let body = json!({ "Message": "Function not found: gone", "Type": "User" });
                Response::json(404, &body).with("x-amzn-errortype", "ResourceNotFoundException")
            }
            "Invoke" if path.contains("other") => Response::json(200, &json!("hello")),
            "Invoke" => {
                let message = asked["ChannelMessage"]["MessageId"].as_str().unwrap();
                if self.broken.contains(message) {
                    let broken = Response::json(200, &json!({ "errorType": "Boom" }));
                    return broken.with("x-amz-function-error", "Unhandled");
                }
                let duplicate = !self.answer(message);
                let verdict = if duplicate { "none" } else { "unchanged" };
                Response::json(
                    200,
                    &json!({ "message_id": message, "verdict": verdict, "duplicate": duplicate }),
                )
            }
            _ => {
                self.callbacks += 1;
                match self.endpoint {
                    Endpoint::Service => {
                        // One callback for a message is accepted.
                        let callback = asked["CallbackId"].as_str().unwrap_or_default();
                        let number = callback.split('-').nth(1).unwrap_or_default();
                        if !self.answer(&format!("m{number}")) {
                            let says = "You do not have sufficient access to perform this action.";
                            return Response::error(403, "ForbiddenException", says);
                        }
                        let channel = path.trim_start_matches("/channels/").split('?').next().unwrap();
                        let channel = channel.replace("%3A", ":").replace("%2F", "/");
                        Response::json(
                            200,
                            &json!({"CallbackId": asked["CallbackId"], "ChannelArn": channel}),
                        )
                    }
                    Endpoint::Page(status) => Response::page(status),
                    Endpoint::Says(status, says) => {
                        Response { body: says.into(), ..Response::json(status, &json!({})) }
                    }
                }
            }
        }
    }
}

/// Responds to one request.
async fn serve(mut socket: TcpStream, state: Arc<Mutex<State>>) {
    let Some(request) = Request::read(&mut socket).await else { return };
    let asked = serde_json::from_slice(&request.body).unwrap_or_default();
    let response = state.lock().unwrap().carry_out(&request.operation(), &request.path, &asked);
    response.write(&mut socket).await;
}
