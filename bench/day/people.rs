//! [`People`]: who chats all day, what becomes of each of their messages, and what of those that nobody answered.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;

use super::Failure;
use super::lambda::Lambda;

/// Who chats.
pub(crate) struct People {
    client: tokio::sync::Mutex<Client>,
    channel: String,
    sender: String,
    known: Arc<Mutex<Known>>,
}

/// What is known of the messages.
#[derive(Default)]
struct Known {
    sent: Vec<String>,
    /// How often the sender was told that a message was delivered or denied, and which.
    decided: HashMap<String, Vec<&'static str>>,
    /// What the sender was told that no decision is.
    failed: u32,
}

/// How long a message may take to be answered, or an attempt to fail.
const PATIENCE: Duration = Duration::from_secs(90);

/// What is said. Every line comes with a number, so that no message is like another.
const LINES: [&str; 12] = [
    "Good morning! Is the build green again?",
    "Yes, since ten minutes ago.",
    "Can somebody look at the ticket from Lisbon?",
    "What the fuck is this error",
    "I will bring cake on Friday",
    "the key is AKIATESTKEYNOTREAL23, do not lose it",
    "Wer kommt heute mit zum Essen?",
    "See https://example.com/wiki/release for the steps",
    "no idea, ask Ana",
    "お疲れ様です",
    "that was a shitty meeting",
    "👍🏽",
];

impl People {
    /// An app instance, people, and a channel with a flow.
    pub(crate) async fn gather(address: SocketAddr) -> Result<Self, Failure> {
        let mut client = Client::connect(address).await?;
        let text = |value: &Value, name: &str| value[name].as_str().unwrap_or_default().to_owned();
        let app = json!({ "Name": "day", "ClientRequestToken": "app" });
        let app = text(&client.ask("POST", "/app-instances", "", &app).await?, "AppInstanceArn");
        let user = json!({ "AppInstanceArn": app, "AppInstanceUserId": "ann", "Name": "Ann", "ClientRequestToken": "ann" });
        let user = client.ask("POST", "/app-instance-users", "", &user).await?;
        let sender = text(&user, "AppInstanceUserArn");
        let channel = json!({ "AppInstanceArn": app, "Name": "day", "ClientRequestToken": "channel" });
        let channel = client.ask("POST", "/channels", &sender, &channel).await?;
        let channel = format!("/channels/{}", encoded(&text(&channel, "ChannelArn")));
        let flow = json!({ "AppInstanceArn": app, "Name": "day", "ClientRequestToken": "flow", "Processors": [{
            "Name": "chimeflow", "ExecutionOrder": 1, "FallbackAction": "ABORT",
            "Configuration": { "Lambda": {
                "ResourceArn": "arn:aws:lambda:us-east-1:111122223333:function:Processor:live", "InvocationType": "ASYNC",
            } },
        }] });
        let flow = client.ask("POST", "/channel-flows", "", &flow).await?;
        let flow = json!({ "ChannelFlowArn": flow["ChannelFlowArn"] });
        client.ask("PUT", &format!("{channel}/channel-flow"), &sender, &flow).await?;
        let known = Arc::<Mutex<Known>>::default();
        let socket = format!("ws://{address}/connect?sessionId=day&userArn={}", encoded(&sender));
        let (socket, _) = tokio_tungstenite::connect_async(socket).await?;
        tokio::spawn(listen(socket, known.clone()));
        Ok(Self { client: tokio::sync::Mutex::new(client), channel, sender, known })
    }

    /// Sends so many messages, and waits until each was decided about or an attempt at it has ended.
    pub(crate) async fn talk(&self, messages: u32, lambda: &Lambda) -> Result<(), Failure> {
        let mut open = Vec::new();
        for _ in 0..messages {
            let number = self.known().sent.len();
            let message = json!({
                "Content": format!("{} ({number})", LINES[number % LINES.len()]),
                "Type": "STANDARD", "Persistence": "PERSISTENT", "ClientRequestToken": format!("day-{number}"),
            });
            let path = format!("{}/messages", self.channel);
            let sent = self.client.lock().await.ask("POST", &path, &self.sender, &message).await?;
            let id = sent["MessageId"].as_str().ok_or("a message without an id")?.to_owned();
            self.known().sent.push(id.clone());
            open.push(id);
        }
        let began = Instant::now();
        loop {
            open.retain(|id| !self.known().decided.contains_key(id) && !lambda.tried(id));
            if open.is_empty() {
                return Ok(());
            }
            if began.elapsed() > PATIENCE {
                return Err(format!("{} messages wait for an answer that does not come", open.len()).into());
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    /// The records of Lambda's on-failure destination beyond the first `told`.
    pub(crate) async fn failed_since(&self, told: &mut usize) -> Result<Vec<Value>, Failure> {
        let mut records = self.kept_events().await?;
        let new = records.split_off((*told).min(records.len()));
        *told += new.len();
        Ok(new)
    }

    /// The records of Lambda's on-failure destination.
    pub(crate) async fn kept_events(&self) -> Result<Vec<Value>, Failure> {
        let mut all = self.client.lock().await.ask("GET", "/_local/events", "", &Value::Null).await?;
        let all: Vec<Value> = serde_json::from_value(all["events"].take())?;
        Ok(all.into_iter().filter(|record| record["requestPayload"].is_object()).collect())
    }

    /// Has nothing go wrong in the service any more.
    pub(crate) async fn end_faults(&self) -> Result<(), Failure> {
        self.client.lock().await.ask("DELETE", "/_local/faults", "", &Value::Null).await.map(drop)
    }

    /// Prints what became of the messages, and says whether each had exactly one decision or is kept.
    pub(crate) fn account(&self, kept: &[Value]) -> bool {
        let known = self.known();
        let ids =
            kept.iter().filter_map(|record| record["requestPayload"]["ChannelMessage"]["MessageId"].as_str());
        let kept: HashSet<&str> = ids.collect();
        let mut ends = BTreeMap::<_, u32>::new();
        let mut wrong = Vec::new();
        for id in &known.sent {
            let decisions = known.decided.get(id).map(Vec::as_slice).unwrap_or_default();
            match (decisions, kept.contains(&**id)) {
                ([decision], false) => *ends.entry(*decision).or_default() += 1,
                ([], true) => *ends.entry("in the on-failure queue").or_default() += 1,
                (decisions, kept) => wrong.push(format!("{id}: {decisions:?}, kept: {kept}")),
            }
        }
        for (end, count) in ends {
            println!("{count:>8}  {end}");
        }
        for wrong in wrong.iter().take(20) {
            println!("WRONG     {wrong}");
        }
        println!("{:>8}  with no decision, or more than one", wrong.len());
        wrong.is_empty() && known.failed == 0
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn listen(
    mut socket: impl StreamExt<Item = Result<Message, tokio_tungstenite::tungstenite::Error>> + Unpin,
    known: Arc<Mutex<Known>>,
) {
    while let Some(Ok(frame)) = socket.next().await {
        let Message::Text(text) = frame else { continue };
        let frame: Value = serde_json::from_str(&text).unwrap_or_default();
        let decision = match frame["Headers"]["x-amz-chime-event-type"].as_str() {
            Some("CREATE_CHANNEL_MESSAGE") => "delivered",
            Some("DENIED_CREATE_CHANNEL_MESSAGE") => "denied",
            Some("FAILED_CREATE_CHANNEL_MESSAGE") => "failed",
            _ => continue,
        };
        let payload: Value =
            serde_json::from_str(frame["Payload"].as_str().unwrap_or_default()).unwrap_or_default();
        let id = payload["MessageId"].as_str().unwrap_or_default().to_owned();
        let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
        if decision == "failed" {
            known.failed += 1;
        }
        known.decided.entry(id).or_default().push(decision);
    }
}

struct Client(http1::SendRequest<Full<Bytes>>);

impl Client {
    async fn connect(address: SocketAddr) -> Result<Self, Failure> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Self(sender))
    }

    async fn ask(&mut self, method: &str, path: &str, bearer: &str, body: &Value) -> Result<Value, Failure> {
        self.0.ready().await?;
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "localhost")
            .header("x-amz-chime-bearer", bearer)
            .body(Full::new(Bytes::from(body)))?;
        let answer = self.0.send_request(request).await?;
        let status = answer.status();
        let body = answer.into_body().collect().await?.to_bytes();
        if !status.is_success() {
            return Err(format!("{method} {path}: {status}: {}", String::from_utf8_lossy(&body)).into());
        }
        Ok(serde_json::from_slice(&body).unwrap_or_default())
    }
}

fn encoded(arn: &str) -> String {
    arn.replace(':', "%3A").replace('/', "%2F")
}
