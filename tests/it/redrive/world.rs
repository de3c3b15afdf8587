//! A queue, Lambda and the messaging service, played on a socket, so that any answer can be spoilt.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::Command;

use crate::support::{event, in_time};

/// The function that answers, unless a record names another.
pub(super) const FUNCTION: &str = "chimeflow:live";

/// How an answer is spoilt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spoil {
    Throttled,
    Unavailable,
    /// The connection is lost before the request is carried out.
    LostBefore,
    /// The connection is lost after it was carried out.
    LostAfter,
    /// It comes late.
    Slow(Duration),
    /// Status 200 without a body, and nothing was done.
    Empty,
    /// A web page with this status, and nothing was done.
    Page(u16),
    /// It is refused, for a reason that would colour a terminal.
    Refused,
}

/// Which answers are spoilt.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fault {
    pub operation: &'static str,
    pub spoil: Spoil,
    /// How many answers are left as they are first.
    pub after: usize,
    pub times: usize,
}

/// What the callback endpoint is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Endpoint {
    /// The service.
    Service,
    /// A web server: every request gets a page, with this status.
    Page(u16),
    /// Something that answers 200 and this.
    Says(&'static str),
}

/// A record in the queue.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub body: String,
    pub held: bool,
}

/// Everything that there is.
#[derive(Debug)]
pub(super) struct State {
    pub records: BTreeMap<String, Record>,
    /// Messages in the order in which they were answered.
    pub answered: Vec<String>,
    /// Messages on which the function fails.
    pub broken: BTreeSet<&'static str>,
    pub callbacks: usize,
    /// How often each operation was requested.
    pub requests: BTreeMap<String, usize>,
    pub endpoint: Endpoint,
    pub fault: Option<Fault>,
}

/// The state, and where it is served.
pub(super) struct World {
    pub state: Arc<Mutex<State>>,
    pub at: String,
    server: tokio::task::JoinHandle<()>,
}

/// What came of a run.
#[derive(Debug)]
pub(super) struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

struct Answer {
    status: u16,
    kind: &'static str,
    header: &'static str,
    body: String,
}

impl World {
    pub(super) async fn new() -> Self {
        let state = Arc::new(Mutex::new(State {
            records: BTreeMap::new(),
            answered: Vec::new(),
            broken: BTreeSet::new(),
            callbacks: 0,
            requests: BTreeMap::new(),
            endpoint: Endpoint::Service,
            fault: None,
        }));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = format!("http://{}", listener.local_addr().unwrap());
        let shared = state.clone();
        let server = tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                tokio::spawn(serve(socket, shared.clone()));
            }
        });
        Self { state, at, server }
    }

    /// A queue with six failed events, two in each of three channels.
    pub(super) async fn with_six() -> Self {
        let world = Self::new().await;
        for number in 0..6 {
            world.put(number, number % 3, Some(FUNCTION));
        }
        world
    }

    /// Puts the event of a message into the queue. The higher its number, the newer it is.
    pub(super) fn put(&self, number: i64, channel: i64, function: Option<&str>) {
        let mut event = event("hello");
        let sent = jiff::Timestamp::now() - jiff::SignedDuration::from_mins(60 - number);
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

    pub(super) fn spoil(&self, operation: &'static str, spoil: Spoil, times: usize) {
        self.state.lock().unwrap().fault = Some(Fault { operation, spoil, after: 0, times });
    }

    /// Lets half a minute go by: nobody holds a record any more.
    pub(super) fn wait(&self) {
        self.state.lock().unwrap().records.values_mut().for_each(|record| record.held = false);
    }

    pub(super) fn left(&self) -> usize {
        self.state.lock().unwrap().records.len()
    }

    pub(super) fn answered(&self) -> Vec<String> {
        self.state.lock().unwrap().answered.clone()
    }

    pub(super) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_chimeflow"));
        command.arg("redrive").args(["--queue", &format!("{}/111122223333/failed", self.at)]);
        command.args(["--endpoint-url", &self.at, "--region", "us-east-1"]).args(arguments).env_clear();
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
    /// The last line of a run with `--json`.
    pub(super) fn summary(&self) -> Value {
        let last: Value = serde_json::from_str(self.out.lines().last().unwrap()).unwrap();
        last["summary"].clone()
    }

    #[track_caller]
    pub(super) fn ends(&self, code: i32, says: &[&str]) {
        assert_eq!(self.code, code, "{self:?}");
        for said in says {
            assert!(self.out.contains(said) || self.err.contains(said), "no {said:?} in {self:?}");
        }
    }
}

impl State {
    /// How the answer to a request of `operation` is spoilt.
    fn spoilt(&mut self, operation: &str) -> Option<Spoil> {
        *self.requests.entry(operation.to_owned()).or_default() += 1;
        let fault = self.fault.as_mut().filter(|fault| fault.operation == operation)?;
        if fault.after > 0 {
            fault.after -= 1;
            return None;
        }
        fault.times = fault.times.checked_sub(1)?;
        Some(fault.spoil)
    }

    fn carry_out(&mut self, operation: &str, path: &str, asked: &Value) -> Answer {
        let receipt = || asked["ReceiptHandle"].as_str().unwrap().to_owned();
        match operation {
            "ReceiveMessage" => {
                let most = usize::try_from(asked["MaxNumberOfMessages"].as_u64().unwrap()).unwrap();
                let free = self.records.iter_mut().filter(|(_, record)| !record.held).take(most);
                let given = free.map(|(receipt, record)| {
                    record.held = true;
                    json!({"MessageId": receipt, "ReceiptHandle": receipt, "Body": record.body})
                });
                Answer::json(200, &json!({ "Messages": given.collect::<Vec<_>>() }))
            }
            "GetQueueAttributes" => {
                let held = self.records.values().filter(|record| record.held).count();
                let (free, held) = ((self.records.len() - held).to_string(), held.to_string());
                Answer::json(
                    200,
                    &json!({ "Attributes": {
                        "ApproximateNumberOfMessages": free, "ApproximateNumberOfMessagesNotVisible": held,
                        "ApproximateNumberOfMessagesDelayed": "0" } }),
                )
            }
            "DeleteMessage" => {
                self.records.remove(&receipt());
                Answer::json(200, &json!({}))
            }
            "ChangeMessageVisibilityBatch" => {
                let entries = asked["Entries"].as_array().unwrap();
                for entry in entries {
                    let receipt = entry["ReceiptHandle"].as_str().unwrap();
                    self.records.get_mut(receipt).unwrap().held = entry["VisibilityTimeout"] != 0;
                }
                let done: Vec<_> = entries.iter().map(|entry| json!({ "Id": entry["Id"] })).collect();
                Answer::json(200, &json!({ "Successful": done, "Failed": [] }))
            }
            "Invoke" if path.contains("gone") => {
                let header = "x-amzn-errortype: ResourceNotFoundException\r\n";
                let body = json!({ "Message": "Function not found: gone", "Type": "User" });
                Answer { header, ..Answer::json(404, &body) }
            }
            "Invoke" if path.contains("other") => Answer::json(200, &json!("hello")),
            "Invoke" => {
                let message = asked["ChannelMessage"]["MessageId"].as_str().unwrap();
                if self.broken.contains(message) {
                    let header = "x-amz-function-error: Unhandled\r\n";
                    return Answer { header, ..Answer::json(200, &json!({ "errorType": "Boom" })) };
                }
                let duplicate = self.answered.iter().any(|before| before == message);
                if !duplicate {
                    self.answered.push(message.to_owned());
                }
                let verdict = if duplicate { "none" } else { "unchanged" };
                Answer::json(
                    200,
                    &json!({ "message_id": message, "verdict": verdict, "duplicate": duplicate }),
                )
            }
            _ => {
                self.callbacks += 1;
                match self.endpoint {
                    Endpoint::Service => {
                        let channel = path.trim_start_matches("/channels/").split('?').next().unwrap();
                        let channel = channel.replace("%3A", ":").replace("%2F", "/");
                        Answer::json(200, &json!({"CallbackId": asked["CallbackId"], "ChannelArn": channel}))
                    }
                    Endpoint::Page(status) => Answer::page(status),
                    Endpoint::Says(says) => Answer { body: says.to_owned(), ..Answer::json(200, &json!({})) },
                }
            }
        }
    }
}

impl Answer {
    fn json(status: u16, body: &Value) -> Self {
        Self { status, kind: "application/json", header: "", body: body.to_string() }
    }

    fn page(status: u16) -> Self {
        Self { status, kind: "text/html", header: "", body: "<html>It works!</html>".to_owned() }
    }

    fn error(status: u16, header: &'static str, says: &str) -> Self {
        Self { header, ..Self::json(status, &json!({ "message": says })) }
    }
}

/// Answers one request.
async fn serve(mut socket: TcpStream, state: Arc<Mutex<State>>) {
    let Some((head, body)) = request(&mut socket).await else { return };
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    let target = head.lines().find_map(|line| line.strip_prefix("x-amz-target: AmazonSQS."));
    let operation = match target {
        Some(operation) => operation,
        None if path.starts_with("/2015-03-31/functions/") => "Invoke",
        None => "ChannelFlowCallback",
    };
    let asked = serde_json::from_slice(&body).unwrap_or_default();
    let spoilt = state.lock().unwrap().spoilt(operation);
    if let Some(Spoil::Slow(time)) = spoilt {
        tokio::time::sleep(time).await;
    }
    let answer = match spoilt {
        None | Some(Spoil::Slow(_)) => state.lock().unwrap().carry_out(operation, &path, &asked),
        Some(Spoil::LostBefore) => return,
        Some(Spoil::LostAfter) => {
            state.lock().unwrap().carry_out(operation, &path, &asked);
            return;
        }
        Some(Spoil::Throttled) => {
            Answer::error(429, "x-amzn-errortype: TooManyRequestsException\r\n", "slow down")
        }
        Some(Spoil::Unavailable) => Answer::error(503, "x-amzn-errortype: ServiceException\r\n", "not now"),
        Some(Spoil::Empty) => Answer { body: String::new(), ..Answer::json(200, &json!({})) },
        Some(Spoil::Page(status)) => Answer::page(status),
        Some(Spoil::Refused) => Answer::error(
            403,
            "x-amzn-errortype: AccessDeniedException\r\n",
            "\u{1b}[31mnot authorized to perform: sqs:Any\r\u{9b}\u{202e}",
        ),
    };
    let Answer { status, kind, header, body } = answer;
    let length = body.len();
    let head =
        format!("HTTP/1.1 {status} It\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\n{header}");
    let _ = socket.write_all(format!("{head}connection: close\r\n\r\n{body}").as_bytes()).await;
}

/// The head of a request in lower case, but for its first line and the values, and its body.
async fn request(socket: &mut TcpStream) -> Option<(String, Vec<u8>)> {
    let mut read = Vec::new();
    let end = loop {
        if let Some(end) = read.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        if socket.read_buf(&mut read).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8_lossy(&read[..end]).into_owned();
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("content-length").then(|| value.parse::<usize>().ok())?
    });
    let mut body = read.split_off(end + 4);
    while body.len() < length.unwrap_or_default() {
        if socket.read_buf(&mut body).await.ok()? == 0 {
            return None;
        }
    }
    Some((head, body))
}
