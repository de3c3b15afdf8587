//! Loads the local service: messages through a flow with the embedded processor, two listeners, and what arrives when.
//!
//! ```text
//! cargo run --release --example local-load -- [RATE [SECONDS [SOCKETS]]]
//! ```
//!
//! Sends RATE messages a second (1,000 when nobody says; 0 for as many as go) for SECONDS (10), non-persistent, and prints how many
//! were sent and delivered, and how long it took from sending to delivering. SOCKETS (0) more sessions are open meanwhile and hear
//! nothing. Service, senders and listeners share the machine's cores, as they do on a laptop.
#![expect(clippy::print_stdout, clippy::disallowed_methods, reason = "this is a program that measures")]

use std::collections::HashSet;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use chimeflow::local::LocalChime;
use futures_util::StreamExt;
use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

/// How many connections messages are sent over.
const SENDERS: u64 = 8;
/// How long nothing has to arrive for everything to have arrived.
const QUIET: Duration = Duration::from_secs(2);

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let mut args = std::env::args().skip(1).map(|arg| arg.parse::<u64>());
    let rate = args.next().transpose()?.unwrap_or(1_000);
    let seconds = args.next().transpose()?.unwrap_or(10);
    let sockets = args.next().transpose()?.unwrap_or(0);

    let chime = LocalChime::start().await?;
    let address = chime.address();
    let chat = Chat::make(address).await?;
    let mut idle = Vec::new();
    for _ in 0..sockets {
        idle.push(connect(address, &chat.people[2]).await?);
    }
    let began = Instant::now();
    let mut listeners = Vec::new();
    for who in &chat.people[..2] {
        listeners.push(tokio::spawn(hear(connect(address, who).await?, began)));
    }
    let until = Instant::now() + Duration::from_secs(seconds);
    let senders: Vec<_> =
        (0..SENDERS).map(|n| tokio::spawn(chat.clone().send(address, n, rate, began, until))).collect();
    let start = Instant::now();
    let mut sent = 0;
    for sender in senders {
        sent += sender.await??;
    }
    let took = start.elapsed().as_secs_f64();
    println!("sent       {sent} in {took:.1} s, {:.0} a second", f64::from(sent) / took);
    for (name, listener) in ["Ann", "Bob"].into_iter().zip(listeners) {
        let Heard { mut delays, twice } = listener.await??;
        delays.sort_unstable();
        let at = |share: usize| {
            delays
                .get((delays.len() * share / 100).min(delays.len().saturating_sub(1)))
                .copied()
                .unwrap_or_default()
        };
        println!(
            "{name} heard  {} ({twice} twice); p50 {:?}, p99 {:?}, longest {:?}",
            delays.len(),
            at(50),
            at(99),
            at(100)
        );
    }
    println!("sessions   {}", idle.len() + 2);
    Ok(())
}

/// What a listener heard.
struct Heard {
    /// From sending to hearing.
    delays: Vec<Duration>,
    /// How many messages came more than once.
    twice: usize,
}

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

async fn connect(address: SocketAddr, who: &str) -> Result<Socket, Failure> {
    let url = format!("ws://{address}/connect?sessionId=s&userArn={}", encoded(who));
    Ok(tokio_tungstenite::connect_async(url).await?.0)
}

/// Listens until nothing comes any more.
async fn hear(mut socket: Socket, began: Instant) -> Result<Heard, Failure> {
    let (mut heard, mut seen) = (Heard { delays: Vec::new(), twice: 0 }, HashSet::new());
    let mut patience = Duration::from_secs(30);
    while let Ok(Some(frame)) = tokio::time::timeout(patience, socket.next()).await {
        let Message::Text(text) = frame? else { continue };
        let frame: Value = serde_json::from_str(&text)?;
        if frame["Headers"]["x-amz-chime-event-type"] != "CREATE_CHANNEL_MESSAGE" {
            continue;
        }
        let payload: Value = serde_json::from_str(frame["Payload"].as_str().unwrap_or_default())?;
        let sent: u64 = payload["Metadata"].as_str().unwrap_or_default().parse()?;
        heard.delays.push(began.elapsed().saturating_sub(Duration::from_micros(sent)));
        if !seen.insert(payload["MessageId"].to_string()) {
            heard.twice += 1;
        }
        patience = QUIET;
    }
    Ok(heard)
}

/// A channel with a flow, and people.
#[derive(Clone)]
struct Chat {
    people: Vec<String>,
    path: String,
}

impl Chat {
    async fn make(address: SocketAddr) -> Result<Self, Failure> {
        let mut client = Client::connect(address).await?;
        let text = |value: &Value, name: &str| value[name].as_str().unwrap_or_default().to_owned();
        let app = client
            .ask("POST", "/app-instances", "", &json!({ "Name": "load", "ClientRequestToken": "t0" }))
            .await?;
        let app = text(&app, "AppInstanceArn");
        let mut people = Vec::new();
        for id in ["ann", "bob", "cy"] {
            let user = json!({ "AppInstanceArn": app, "AppInstanceUserId": id, "Name": id, "ClientRequestToken": id });
            people.push(text(
                &client.ask("POST", "/app-instance-users", "", &user).await?,
                "AppInstanceUserArn",
            ));
        }
        let channel = json!({ "AppInstanceArn": app, "Name": "load", "MemberArns": [people[1]], "ClientRequestToken": "t1" });
        let channel = text(&client.ask("POST", "/channels", &people[0], &channel).await?, "ChannelArn");
        let processor = json!({
            "Name": "chimeflow", "ExecutionOrder": 1, "FallbackAction": "ABORT",
            "Configuration": { "Lambda": { "ResourceArn": "arn:aws:lambda:us-east-1:111122223333:function:chimeflow", "InvocationType": "ASYNC" } },
        });
        let flow = json!({ "AppInstanceArn": app, "Name": "flow", "Processors": [processor], "ClientRequestToken": "t2" });
        let flow = client.ask("POST", "/channel-flows", "", &flow).await?;
        let path = format!("/channels/{}", encoded(&channel));
        client
            .ask(
                "PUT",
                &format!("{path}/channel-flow"),
                &people[0],
                &json!({ "ChannelFlowArn": flow["ChannelFlowArn"] }),
            )
            .await?;
        Ok(Self { people, path })
    }

    /// Sends messages at this sender's share of `rate`, or as many as go, and says how many.
    async fn send(
        self,
        address: SocketAddr,
        sender: u64,
        rate: u64,
        began: Instant,
        until: Instant,
    ) -> Result<u32, Failure> {
        let mut client = Client::connect(address).await?;
        let mut pace =
            (rate > 0).then(|| tokio::time::interval(Duration::from_micros(1_000_000 * SENDERS / rate)));
        let path = format!("{}/messages", self.path);
        let mut sent = 0;
        while Instant::now() < until {
            if let Some(pace) = &mut pace {
                pace.tick().await;
            }
            let message = json!({
                "Content": "Can somebody have a look at the build? It is red again.",
                "Metadata": began.elapsed().as_micros().to_string(),
                "Type": "STANDARD", "Persistence": "NON_PERSISTENT",
                "ClientRequestToken": format!("{sender}-{sent}"),
            });
            client.ask("POST", &path, &self.people[1], &message).await?;
            sent += 1;
        }
        Ok(sent)
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
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "localhost")
            .header("x-amz-chime-bearer", bearer);
        let answer = self.0.send_request(request.body(Full::new(Bytes::from(body.to_string())))?).await?;
        let status = answer.status();
        let body = answer.into_body().collect().await?.to_bytes();
        if !status.is_success() {
            return Err(format!("{status}: {}", String::from_utf8_lossy(&body)).into());
        }
        Ok(serde_json::from_slice(&body).unwrap_or_default())
    }
}

fn encoded(arn: &str) -> String {
    arn.replace(':', "%3A").replace('/', "%2F")
}
