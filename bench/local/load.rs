//! Sends messages through a flow, next to idle sessions.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::Failure;
use crate::alone;
use crate::client::{Chat, Client};
use crate::listener::{Listener, Received};
use crate::service::{Service, Usage, raise_limit_of_files};

/// The flow's function, which is the embedded processor, whatever its name.
const FUNCTION: &str = "arn:aws:lambda:us-east-1:111122223333:function:chimeflow";
/// The users: Ann, who creates the channel, and Bob, who writes, are its members; Cy is in no channel.
const USERS: [&str; 3] = ["ann", "bob", "cy"];
const MEMBERS: std::ops::Range<usize> = 0..2;
const OUTSIDER: usize = 2;
/// The number of connections that messages are sent over.
const SENDERS: u64 = 8;
/// The time after which a message counts as lost.
const PATIENCE: Duration = Duration::from_secs(10);

/// How fast messages are sent, and for how long.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Load {
    pub(crate) pace: Pace,
    pub(crate) seconds: u64,
}

/// How fast messages are sent.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Pace {
    /// Each sender waits for a response before it sends the next.
    Flat,
    /// This number a second, over all senders.
    Rate(u64),
}

/// The result of a load.
pub(crate) struct LoadResult {
    pub(crate) sent: usize,
    pub(crate) took: Duration,
    pub(crate) received: Vec<Received>,
    pub(crate) service: Duration,
    pub(crate) own: Duration,
}

impl Pace {
    /// Returns the pace for this number a second; for 0, as many as possible.
    pub(crate) fn of(rate: u64) -> Self {
        if rate == 0 { Self::Flat } else { Self::Rate(rate) }
    }
}

pub(crate) fn run(load: &Load, sockets: u64) -> Result<(), Failure> {
    raise_limit_of_files()?;
    let service = Service::start()?;
    let result = alone(async {
        let chat = moderated_chat(service.address).await?;
        let idle = idle(&service, &chat, sockets).await?;
        let (pace, until) = (load.pace, Instant::now() + Duration::from_secs(load.seconds));
        let result = under_load(&service, &chat, pace, move |_| Instant::now() < until).await?;
        drop(idle);
        Ok(result)
    })?;
    result.print()
}

/// Creates a chat whose messages pass a flow.
pub(crate) async fn moderated_chat(address: SocketAddr) -> Result<Chat, Failure> {
    let client = Client::new(address);
    let chat = client.make_chat(&USERS, FUNCTION).await?;
    client.associate(&chat).await?;
    Ok(chat)
}

/// Opens sessions that receive nothing, and prints the memory that one takes.
async fn idle(service: &Service, chat: &Chat, sockets: u64) -> Result<Vec<Listener>, Failure> {
    let mut idle = Vec::new();
    if sockets == 0 {
        return Ok(idle);
    }
    let before = service.usage()?.resident;
    for _ in 0..sockets {
        idle.push(Listener::connect(service.address, &chat.users[OUTSIDER]).await?);
    }
    let (each, all) =
        ((service.usage()?.resident.saturating_sub(before)) / sockets, service.usage()?.resident);
    println!("{sockets} idle sessions: {:.1} KiB each; the service has {} MiB", kib(each), all >> 20);
    Ok(idle)
}

/// Sends and receives messages for as long as `continues`, called with the number of each message, returns `true`.
pub(crate) async fn under_load(
    service: &Service,
    chat: &Chat,
    pace: Pace,
    continues: impl Fn(usize) -> bool + Clone + Send + 'static,
) -> Result<LoadResult, Failure> {
    let began = Instant::now();
    let (usage, own) = (service.usage()?, Usage::own()?);
    let mut listeners = Vec::new();
    for who in &chat.users[MEMBERS] {
        let listener = Listener::connect(service.address, who).await?;
        let (all, count) = tokio::sync::watch::channel(None);
        listeners.push((tokio::spawn(receive(listener, began, count)), all));
    }
    let start = Instant::now();
    let senders: Vec<_> = (0..SENDERS)
        .map(|n| tokio::spawn(send(chat.clone(), service.address, n, pace, began, continues.clone())))
        .collect();
    let mut sent = 0;
    for sender in senders {
        sent += sender.await??;
    }
    let took = start.elapsed();
    let mut received = Vec::new();
    for (listener, all) in listeners {
        let _ = all.send(Some(sent));
        received.push(listener.await??);
    }
    Ok(LoadResult {
        sent,
        took,
        received,
        service: service.usage()?.since(usage),
        own: Usage::own()?.since(own),
    })
}

/// Creates a chat, and waits until a message has passed its flow.
pub(crate) async fn one_message(address: SocketAddr) -> Result<(), Failure> {
    let chat = moderated_chat(address).await?;
    let (began, mut received) = (Instant::now(), Received::default());
    let mut listener = Listener::connect(address, &chat.users[0]).await?;
    send(chat, address, 0, Pace::Flat, began, |number| number == 0).await?;
    tokio::time::timeout(PATIENCE, listener.receive(began, &mut received)).await?
}

/// Sends messages, and returns how many. Each sender uses its own numbers.
async fn send(
    chat: Chat,
    address: SocketAddr,
    sender: u64,
    pace: Pace,
    began: Instant,
    continues: impl Fn(usize) -> bool,
) -> Result<usize, Failure> {
    let client = Client::new(address);
    let path = format!("{}/messages", chat.path());
    let mut pace = match pace {
        Pace::Flat => None,
        Pace::Rate(rate) => Some(tokio::time::interval(Duration::from_micros(1_000_000 * SENDERS / rate))),
    };
    let mut sent = 0;
    loop {
        let number = usize::try_from(sent * SENDERS + sender)?;
        if !continues(number) {
            return Ok(usize::try_from(sent)?);
        }
        if let Some(pace) = &mut pace {
            pace.tick().await;
        }
        let message = json!({
            "Content": "Can somebody have a look at the build? It is red again.",
            "Metadata": format!("{number}-{}", began.elapsed().as_micros()),
            "Type": "STANDARD", "Persistence": "NON_PERSISTENT",
            "ClientRequestToken": format!("load-{number}"),
        });
        client.request("POST", &path, &chat.users[1], &message).await?;
        sent += 1;
    }
}

/// Listens until every sent message was received, or none arrives any more.
async fn receive(
    mut listener: Listener,
    began: Instant,
    mut all: tokio::sync::watch::Receiver<Option<usize>>,
) -> Result<Received, Failure> {
    let mut received = Received::default();
    // The number of sent messages is known only at the end. A short wait after that reveals duplicates.
    while all.borrow().is_none_or(|all| received.delays.len() < all) {
        tokio::select! {
                    biased;
                    result = tokio::time::timeout(PATIENCE, listener.receive(began, &mut received)) => match result {
                        Ok(result) => result?,
                        Err(_) => break,
                    },
        // The sender of the number is dropped if the load fails.
        changed = all.changed(), if all.borrow().is_none() => changed?,
                }
    }
    while let Ok(result) =
        tokio::time::timeout(Duration::from_millis(500), listener.receive(began, &mut received)).await
    {
        result?;
    }
    Ok(received)
}

impl LoadResult {
    fn print(mut self) -> Result<(), Failure> {
        let seconds = self.took.as_secs_f64();
        println!("{} messages in {seconds:.1} s: {:.0} a second", self.sent, count(self.sent) / seconds);
        let mut is_complete = true;
        for (name, received) in ["Ann", "Bob"].into_iter().zip(&mut self.received) {
            received.delays.sort_unstable();
            let at = |share: usize| {
                let delays = &received.delays;
                let at = (delays.len() * share / 1000).min(delays.len().saturating_sub(1));
                delays.get(at).map_or(0.0, |micros| f64::from(*micros) / 1000.0)
            };
            let (once, more) = received.once_and_more();
            is_complete &= (once, more) == (self.sent, 0);
            println!(
                "{name} heard {once} once, {more} more often; from sending to hearing {:.1} ms half the time, {:.1} at p99, {:.1} at p99.9, {:.1} at most",
                at(500),
                at(990),
                at(999),
                at(1000)
            );
        }
        let each = |time: Duration| time.as_secs_f64() * 1e6 / count(self.sent);
        println!(
            "processor time of a message: {:.0} us of the service, {:.0} us of senders and listeners",
            each(self.service),
            each(self.own)
        );
        if is_complete { Ok(()) } else { Err("not every listener heard every message once".into()) }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts are small")]
fn count(count: usize) -> f64 {
    count as f64
}

#[expect(clippy::cast_precision_loss, reason = "sizes are small")]
pub(crate) fn kib(bytes: u64) -> f64 {
    bytes as f64 / 1024.0
}
