//! [`People`]: who chats all day, what becomes of each of their messages, and what of those that nobody answered.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use super::Failure;
use super::client::{Chat, Client, encoded};
use super::lambda::Lambda;

/// Who chats.
pub(crate) struct People {
    client: Client,
    chat: Chat,
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

/// The function of the flow.
const FUNCTION: &str = "arn:aws:lambda:us-east-1:111122223333:function:Processor:live";

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
        let client = Client::new(address);
        let chat = client.make_chat(&["ann"], FUNCTION).await?;
        client.associate(&chat).await?;
        let known = Arc::<Mutex<Known>>::default();
        let socket = format!("ws://{address}/connect?sessionId=day&userArn={}", encoded(&chat.users[0]));
        let (socket, _) = tokio_tungstenite::connect_async(socket).await?;
        tokio::spawn(listen(socket, known.clone()));
        Ok(Self { client, chat, known })
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
            let path = format!("{}/messages", self.chat.path());
            let sent = self.client.request("POST", &path, &self.chat.users[0], &message).await?;
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
        let mut all = self.client.request("GET", "/_local/events", "", &Value::Null).await?;
        let all: Vec<Value> = serde_json::from_value(all["events"].take())?;
        Ok(all.into_iter().filter(|record| record["requestPayload"].is_object()).collect())
    }

    /// Has nothing go wrong in the service any more.
    pub(crate) async fn end_faults(&self) -> Result<(), Failure> {
        self.client.request("DELETE", "/_local/faults", "", &Value::Null).await.map(drop)
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
