//! [`People`]: who chats all day, what becomes of each of their messages, and what of those that nobody answered.

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

/// Who chats.
pub(crate) struct People {
    client: Client,
    rooms: Rooms,
    known: Arc<Mutex<Known>>,
}

/// What is known of the messages.
#[derive(Default)]
struct Known {
    sent: Vec<Sent>,
    /// The floods and raids.
    crowds: Vec<Crowd>,
    /// How often the sender was told that a message was delivered or denied, and which.
    decided: HashMap<String, Vec<&'static str>>,
    /// What the sender was told that no decision is.
    failed: u32,
}

/// A message that was sent.
struct Sent {
    id: String,
    what: What,
}

/// What a message is.
#[derive(Clone, Copy)]
enum What {
    /// Talk. One with a key is denied, and no other.
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
struct Said<'a> {
    room: &'a Chat,
    from: &'a str,
    text: String,
    what: What,
}

/// How long a message may take to be answered, or an attempt to fail.
const PATIENCE: Duration = Duration::from_secs(90);

/// How many messages a flood has. The rules let eight pass.
const FLOOD: usize = 30;

/// How often each raider says the same. The rules let four messages pass.
const ROUNDS: usize = 3;

/// What is said. Every line comes with a ticket, so that no message is like another.
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

/// The line that nobody may get.
const WITH_KEY: usize = 5;

impl People {
    /// An app instance, people, and channels with a flow.
    pub(crate) async fn gather(address: SocketAddr) -> Result<Self, Failure> {
        let client = Client::new(address);
        let rooms = Rooms::open(&client).await?;
        let known = Arc::<Mutex<Known>>::default();
        for person in &rooms.people {
            let socket = format!("ws://{address}/connect?sessionId=day&userArn={}", encoded(person));
            let (socket, _) = tokio_tungstenite::connect_async(socket).await?;
            tokio::spawn(listen(socket, person.clone(), known.clone()));
        }
        Ok(Self { client, rooms, known })
    }

    /// Sends so many messages, and waits until each was decided about or an attempt at it has ended.
    pub(crate) async fn talk(&self, messages: u32, lambda: &Lambda) -> Result<(), Failure> {
        let first = self.known().sent.len();
        let said = (first..).take(messages as usize).map(|number| {
            let (room, line) = (self.rooms.pair(number), number % LINES.len());
            let from = &*room.users[number / self.rooms.pairs.len() % room.users.len()];
            let text = format!("{} (ticket {})", LINES[line], ticket(number));
            Said { room, from, text, what: What::Talk { has_key: line == WITH_KEY } }
        });
        self.say(said, lambda).await
    }

    /// Has somebody flood a channel. If each environment counts for itself, they may find none of it.
    pub(crate) async fn flood(
        &self,
        name: &'static str,
        is_counted: bool,
        lambda: &Lambda,
    ) -> Result<(), Failure> {
        // Those before a message that are not counted yet are in other environments, at work.
        let least = if is_counted { FLOOD - 8 - (CONCURRENCY - 1) } else { 0 };
        let what = self.crowd(name, least..=FLOOD - 8);
        let (room, from) = (&self.rooms.market, &*self.rooms.market.users[0]);
        let said = (0..FLOOD).map(|number| Said { room, from, text: format!("lol {number}"), what });
        self.say(said, lambda).await
    }

    /// Has many people say the same.
    pub(crate) async fn raid(&self, lambda: &Lambda) -> Result<(), Failure> {
        let room = &self.rooms.market;
        let raiders = &room.users[1..];
        let all = raiders.len() * ROUNDS;
        let what = self.crowd("raid", all - 4 - (CONCURRENCY - 1)..=all - 4);
        let said = (0..all).map(|number| {
            let text = format!("Join the better server, everybody is welcome{}", "!".repeat(number));
            Said { room, from: &raiders[number % raiders.len()], text, what }
        });
        self.say(said, lambda).await
    }

    fn crowd(&self, name: &'static str, denied: RangeInclusive<usize>) -> What {
        let mut known = self.known();
        known.crowds.push(Crowd { name, denied });
        What::Crowd(known.crowds.len() - 1)
    }

    async fn say(&self, said: impl Iterator<Item = Said<'_>>, lambda: &Lambda) -> Result<(), Failure> {
        let mut open = Vec::new();
        for Said { room, from, text, what } in said {
            let number = self.known().sent.len();
            let message = json!({
                "Content": text, "Type": "STANDARD", "Persistence": "PERSISTENT",
                "ClientRequestToken": format!("day-{number}"),
            });
            let path = format!("{}/messages", room.path());
            let sent = self.client.request("POST", &path, from, &message).await?;
            let id = sent["MessageId"].as_str().ok_or("a message without an id")?.to_owned();
            self.known().sent.push(Sent { id: id.clone(), what });
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

    /// Prints what became of the messages, and says whether each had exactly one decision, and the right one, or is kept.
    pub(crate) fn account(&self, kept: &[Value], cloudwatch: &CloudWatch) -> bool {
        let known = self.known();
        let ids =
            kept.iter().filter_map(|record| record["requestPayload"]["ChannelMessage"]["MessageId"].as_str());
        let kept: HashSet<&str> = ids.collect();
        let mut ends = BTreeMap::<_, u32>::new();
        let mut wrong = Vec::new();
        let mut denied = vec![0; known.crowds.len()];
        for Sent { id, what } in &known.sent {
            let decisions = known.decided.get(id).map(Vec::as_slice).unwrap_or_default();
            match (decisions, kept.contains(&**id)) {
                ([decision], false) => {
                    *ends.entry(*decision).or_default() += 1;
                    let is_denied = *decision == "denied";
                    match what {
                        What::Crowd(crowd) => denied[*crowd] += usize::from(is_denied),
                        What::Talk { has_key } if *has_key != is_denied => {
                            let why = cloudwatch.denial(id).unwrap_or_default();
                            wrong.push(format!("{id}: {decision} {why}, key: {has_key}"));
                        }
                        What::Talk { .. } => {}
                    }
                }
                ([], true) => *ends.entry("in the on-failure queue").or_default() += 1,
                (decisions, kept) => wrong.push(format!("{id}: {decisions:?}, kept: {kept}")),
            }
        }
        for (end, count) in ends {
            println!("{count:>8}  {end}");
        }
        for (Crowd { name, denied: expected }, denied) in known.crowds.iter().zip(denied) {
            println!("{denied:>8}  denied of the {name}");
            if !expected.contains(&denied) {
                wrong.push(format!("{denied} denied of the {name}, and not {expected:?}"));
            }
        }
        for wrong in wrong.iter().take(20) {
            println!("WRONG     {wrong}");
        }
        println!("{:>8}  with no decision, more than one, or a wrong one", wrong.len());
        wrong.is_empty() && known.failed == 0
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// So many letters, different for each number, that two messages with the same line are not nearly the same.
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

/// Takes what somebody is told about their own messages.
async fn listen(
    mut socket: impl StreamExt<Item = Result<Message, tokio_tungstenite::tungstenite::Error>> + Unpin,
    own: String,
    known: Arc<Mutex<Known>>,
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
        let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
        if decision == "failed" {
            known.failed += 1;
        }
        known.decided.entry(id).or_default().push(decision);
    }
}
