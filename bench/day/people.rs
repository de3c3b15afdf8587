//! [`People`]: users who chat all day, and what happens to each of their messages, including those without a decision.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use futures_util::StreamExt;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use super::Failure;
use super::client::{Chat, Client, encoded};
use super::cloudwatch::CloudWatch;
use super::lambda::{CONCURRENCY, Lambda};
use super::rooms::Rooms;

/// The users who chat.
pub(crate) struct People {
    client: Client,
    rooms: Rooms,
    records: Arc<Mutex<Records>>,
}

/// What was recorded about the messages.
#[derive(Default)]
struct Records {
    sent: Vec<SentMessage>,
    /// The floods and raids.
    crowds: Vec<Crowd>,
    /// The decisions about each message, by its id, of which the sender was notified.
    decided: HashMap<String, Vec<&'static str>>,
    /// The number of notifications that processing a message failed.
    failed: u32,
}

/// A message that was sent.
struct SentMessage {
    id: String,
    kind: Kind,
}

/// The kind of a message.
#[derive(Clone, Copy)]
enum Kind {
    /// Ordinary talk. Only messages with a key are denied.
    Talk { has_key: bool },
    /// One of the messages of this crowd.
    Crowd(usize),
}

/// Messages of which some are too many.
struct Crowd {
    name: &'static str,
    /// How many of them have to be denied.
    denied: RangeInclusive<usize>,
}

/// A message to be sent.
struct Draft<'a> {
    room: &'a Chat,
    from: &'a str,
    text: String,
    kind: Kind,
}

/// The maximum time until a message has a decision or an attempt at it has failed.
const PATIENCE: Duration = Duration::from_secs(90);

/// The number of messages in a flood. The rules deliver eight of them.
const FLOOD: usize = 30;

/// How often each raider sends the same text. The rules deliver four of the messages.
const ROUNDS: usize = 3;

/// The texts of the messages. A ticket is added to each, so that no two messages are similar.
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

/// The index of the line that must not be delivered.
const WITH_KEY: usize = 5;

impl People {
    /// Creates an app instance, users, and channels with a flow.
    pub(crate) async fn gather(address: SocketAddr) -> Result<Self, Failure> {
        let client = Client::new(address);
        let rooms = Rooms::open(&client).await?;
        let records = Arc::<Mutex<Records>>::default();
        for person in &rooms.people {
            let socket = format!("ws://{address}/connect?sessionId=day&userArn={}", encoded(person));
            let (socket, _) = tokio_tungstenite::connect_async(socket).await?;
            tokio::spawn(listen(socket, person.clone(), records.clone()));
        }
        Ok(Self { client, rooms, records })
    }

    /// Sends this number of messages, and waits until each has a decision or an attempt at it has ended.
    pub(crate) async fn talk(&self, messages: u32, lambda: &Lambda) -> Result<(), Failure> {
        let first = self.records().sent.len();
        let drafts = (first..).take(messages as usize).map(|number| {
            let (room, line) = (self.rooms.pair(number), number % LINES.len());
            let from = &*room.users[number / self.rooms.pairs.len() % room.users.len()];
            let text = format!("{} (ticket {})", LINES[line], ticket(number));
            Draft { room, from, text, kind: Kind::Talk { has_key: line == WITH_KEY } }
        });
        self.send(drafts, lambda).await
    }

    /// Floods a channel with messages of one user. If each environment counts for itself, possibly none is denied.
    pub(crate) async fn flood(
        &self,
        name: &'static str,
        is_counted: bool,
        lambda: &Lambda,
    ) -> Result<(), Failure> {
        // Earlier messages that are not counted yet are being processed in other environments.
        let least = if is_counted { FLOOD - 8 - (CONCURRENCY - 1) } else { 0 };
        let kind = self.crowd(name, least..=FLOOD - 8);
        let (room, from) = (&self.rooms.market, &*self.rooms.market.users[0]);
        let drafts = (0..FLOOD).map(|number| Draft { room, from, text: format!("lol {number}"), kind });
        self.send(drafts, lambda).await
    }

    /// Sends the same text from many users.
    pub(crate) async fn raid(&self, lambda: &Lambda) -> Result<(), Failure> {
        let room = &self.rooms.market;
        let raiders = &room.users[1..];
        let all = raiders.len() * ROUNDS;
        let kind = self.crowd("raid", all - 4 - (CONCURRENCY - 1)..=all - 4);
        let drafts = (0..all).map(|number| {
            let text = format!("Join the better server, everybody is welcome{}", "!".repeat(number));
            Draft { room, from: &raiders[number % raiders.len()], text, kind }
        });
        self.send(drafts, lambda).await
    }

    fn crowd(&self, name: &'static str, denied: RangeInclusive<usize>) -> Kind {
        let mut records = self.records();
        records.crowds.push(Crowd { name, denied });
        Kind::Crowd(records.crowds.len() - 1)
    }

    async fn send(&self, drafts: impl Iterator<Item = Draft<'_>>, lambda: &Lambda) -> Result<(), Failure> {
        let mut open = Vec::new();
        for Draft { room, from, text, kind } in drafts {
            let number = self.records().sent.len();
            let message = json!({
                "Content": text, "Type": "STANDARD", "Persistence": "PERSISTENT",
                "ClientRequestToken": format!("day-{number}"),
            });
            let path = format!("{}/messages", room.path());
            let sent = self.client.request("POST", &path, from, &message).await?;
            let id = sent["MessageId"].as_str().ok_or("a message without an id")?.to_owned();
            self.records().sent.push(SentMessage { id: id.clone(), kind });
            open.push(id);
        }
        let began = Instant::now();
        loop {
            open.retain(|id| !self.records().decided.contains_key(id) && !lambda.tried(id));
            if open.is_empty() {
                return Ok(());
            }
            if began.elapsed() > PATIENCE {
                return Err(format!("{} messages wait for an answer that does not come", open.len()).into());
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    /// Returns the records of Lambda's on-failure destination after the first `seen`.
    pub(crate) async fn failed_since(&self, seen: &mut usize) -> Result<Vec<Value>, Failure> {
        let mut records = self.kept_events().await?;
        let new = records.split_off((*seen).min(records.len()));
        *seen += new.len();
        Ok(new)
    }

    /// Returns the records of Lambda's on-failure destination.
    pub(crate) async fn kept_events(&self) -> Result<Vec<Value>, Failure> {
        let mut all = self.client.request("GET", "/_local/events", "", &Value::Null).await?;
        let all: Vec<Value> = serde_json::from_value(all["events"].take())?;
        Ok(all.into_iter().filter(|record| record["requestPayload"].is_object()).collect())
    }

    /// Removes all planned faults from the service.
    pub(crate) async fn end_faults(&self) -> Result<(), Failure> {
        self.client.request("DELETE", "/_local/faults", "", &Value::Null).await.map(drop)
    }

    /// Prints what happened to the messages. Returns whether each has exactly one decision, the right one, or is in the queue.
    pub(crate) fn account(&self, kept: &[Value], cloudwatch: &CloudWatch) -> bool {
        let records = self.records();
        let ids =
            kept.iter().filter_map(|record| record["requestPayload"]["ChannelMessage"]["MessageId"].as_str());
        let kept: HashSet<&str> = ids.collect();
        let mut ends = BTreeMap::<_, u32>::new();
        let mut wrong = Vec::new();
        let mut denied = vec![0; records.crowds.len()];
        for SentMessage { id, kind } in &records.sent {
            let decisions = records.decided.get(id).map(Vec::as_slice).unwrap_or_default();
            match (decisions, kept.contains(&**id)) {
                ([decision], false) => {
                    *ends.entry(*decision).or_default() += 1;
                    let is_denied = *decision == "denied";
                    match kind {
                        Kind::Crowd(crowd) => denied[*crowd] += usize::from(is_denied),
                        Kind::Talk { has_key } if *has_key != is_denied => {
                            let why = cloudwatch.denial(id).unwrap_or_default();
                            wrong.push(format!("{id}: {decision} {why}, key: {has_key}"));
                        }
                        Kind::Talk { .. } => {}
                    }
                }
                ([], true) => *ends.entry("in the on-failure queue").or_default() += 1,
                (decisions, kept) => wrong.push(format!("{id}: {decisions:?}, kept: {kept}")),
            }
        }
        for (end, count) in ends {
            println!("{count:>8}  {end}");
        }
        for (Crowd { name, denied: expected }, denied) in records.crowds.iter().zip(denied) {
            println!("{denied:>8}  denied of the {name}");
            if !expected.contains(&denied) {
                wrong.push(format!("{denied} denied of the {name}, and not {expected:?}"));
            }
        }
        for wrong in wrong.iter().take(20) {
            println!("WRONG     {wrong}");
        }
        println!("{:>8}  with no decision, more than one, or a wrong one", wrong.len());
        wrong.is_empty() && records.failed == 0
    }

    fn records(&self) -> MutexGuard<'_, Records> {
        self.records.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns letters that differ so much for each number that two messages with the same line are not similar.
fn ticket(number: usize) -> String {
    const LETTERS: &[u8; 16] = b"bdghjklmnqrtvwxz";
    let mut seed = number as u64;
    let mut ticket = String::new();
    for _ in 0..8 {
        // splitmix64.
        seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (seed ^ seed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        let mixed = mixed ^ mixed >> 31;
        ticket.extend((0..16).map(|digit| char::from(LETTERS[(mixed >> (digit * 4) & 15) as usize])));
    }
    ticket
}

/// Records the notifications that a user receives about their own messages.
async fn listen(
    mut socket: impl StreamExt<Item = Result<Message, tokio_tungstenite::tungstenite::Error>> + Unpin,
    own: String,
    records: Arc<Mutex<Records>>,
) {
    while let Some(Ok(frame)) = socket.next().await {
        let Message::Text(text) = frame else { continue };
        if !text.contains(&own) {
            continue;
        }
        let frame: Value = serde_json::from_str(&text).unwrap_or_default();
        let decision = match frame["Headers"]["x-amz-chime-event-type"].as_str() {
            Some("CREATE_CHANNEL_MESSAGE") => "delivered",
            Some("DENIED_CREATE_CHANNEL_MESSAGE") => "denied",
            Some("FAILED_CREATE_CHANNEL_MESSAGE") => "failed",
            _ => continue,
        };
        let payload: Value =
            serde_json::from_str(frame["Payload"].as_str().unwrap_or_default()).unwrap_or_default();
        if payload["Sender"]["Arn"] != *own {
            continue;
        }
        let id = payload["MessageId"].as_str().unwrap_or_default().to_owned();
        let mut records = records.lock().unwrap_or_else(PoisonError::into_inner);
        if decision == "failed" {
            records.failed += 1;
        }
        records.decided.entry(id).or_default().push(decision);
    }
}
