//! `kill -9` at any moment: no acknowledged write is lost, none is done twice, and no message stays stuck.
//!
//! ```text
//!  start ──> all is there that was acknowledged ──> writers write ──> SIGKILL ──> start ──> …
//!    └─ now and then: SIGKILL while it loads             └─ or while it writes a snapshot
//! ```
//!
//! A few rounds run with every test. This command runs thousands; it reports its progress every 50 rounds, and a round that takes
//! longer than half a minute fails like one that finds an error. A program that was built with optimisations, such as by
//! `cargo build --profile quick`, makes rounds faster:
//!
//! ```text
//! CHIMEFLOW_KILLS=2000 CHIMEFLOW_KILLS_SEED=1 CHIMEFLOW_KILLED=target/quick/chimeflow cargo test --test it killed -- --nocapture
//! ```

#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a long run is asked for by the environment, and says how far it is and how long that took"
)]

mod ledger;
mod process;
mod writer;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde_json::json;

use self::ledger::Ledger;
use self::process::Process;
use self::writer::Writer;
use super::client::{Chat, Client};

/// The number of concurrent writers, each with its own connection.
const WRITERS: usize = 4;
/// The maximum time of a round, on a machine that does other work too.
const ROUND: Duration = Duration::from_secs(30);
/// The number of rounds for which a folder is used: limited, because each round checks everything in it.
const FOLDER: u32 = 100;

/// Returns a number from an environment variable, or the default.
fn number(name: &str, default: u32) -> u32 {
    std::env::var(name).map_or(default, |text| text.parse().unwrap_or_else(|_| panic!("{name} is no number")))
}

/// When the service is killed.
#[derive(Clone, Copy, Debug)]
enum Moment {
    /// This long after writers began.
    Load(Duration),
    /// This long after it was started.
    Start(Duration),
    /// While it writes a snapshot, this long after that file appears.
    Snapshot(Duration),
}

/// A generator of random moments, which are the same in every run with the same seed.
struct Moments(u64);

impl Moments {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }

    fn next(&mut self) -> Moment {
        let micros = |most| Duration::from_micros(most);
        match self.below(8) {
            0 => Moment::Start(micros(self.below(60_000))),
            1 => Moment::Snapshot(micros(self.below(2_000))),
            _ => Moment::Load(micros(self.below(60_000))),
        }
    }
}

/// A data folder, and the writers, who know what must be in it.
struct DataFolder {
    folder: PathBuf,
    chat: Chat,
    writers: Vec<Writer>,
}

impl DataFolder {
    async fn begin(number: u32) -> Self {
        let folder = std::env::temp_dir().join(format!("chimeflow-killed-{}-{number}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        let service = Process::start(&folder).await;
        let client = Client::new(service.address);
        let chat = client.moderated_chat().await;
        service.kill();
        let writers = (0..WRITERS).map(|number| Writer::new(number, &chat)).collect();
        Self { folder, chat, writers }
    }

    async fn round(&mut self, moment: Moment) {
        if let Moment::Start(after) = moment {
            Process::spawn(&self.folder).kill_after(after).await;
        }
        let service = Process::start(&self.folder).await;
        let client = Client::new(service.address);
        // Messages that were pending when it was killed continue by themselves.
        client.settled().await;
        for writer in &mut self.writers {
            // Writers without a response retry, as every SDK does.
            writer.ask_again(&client).await;
        }
        client.settled().await;
        let state = client.get("GET", "/_local/state", "", json!(null)).await;
        Ledger::read(&state, &self.chat.channel).check(&self.writers);
        let address = service.address;
        let (over, killer) = self.killer(service, moment);
        if let Moment::Snapshot(_) = moment {
            // An import writes everything anew, which must not be noticeable.
            let _ = client.send("PUT", "/_local/state", "", &state).await;
        } else {
            let writing = self.writers.iter_mut().map(|writer| writer.write(address));
            futures_util::future::join_all(writing).await;
        }
        over.store(true, Ordering::Relaxed);
        tokio::task::spawn_blocking(move || killer.join()).await.unwrap().expect("it was killed");
    }

    /// Kills `service` at that moment, when a snapshot begins, or when it is notified that all writers have ended.
    fn killer(&self, service: Process, moment: Moment) -> (Arc<AtomicBool>, JoinHandle<()>) {
        let over = Arc::new(AtomicBool::new(false));
        let (is_over, new) = (over.clone(), self.folder.join("snapshot.json.new"));
        let (until, after) = match moment {
            Moment::Load(time) | Moment::Start(time) => (time, Duration::ZERO),
            Moment::Snapshot(after) => (ROUND, after),
        };
        let killer = std::thread::spawn(move || {
            let began = Instant::now();
            while began.elapsed() < until && !new.exists() && !is_over.load(Ordering::Relaxed) {
                std::thread::sleep(Duration::from_micros(50));
            }
            std::thread::sleep(after);
            service.kill();
        });
        (over, killer)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_and_nothing_stays_stuck() {
    let (kills, seed) = (number("CHIMEFLOW_KILLS", 8), number("CHIMEFLOW_KILLS_SEED", 7));
    let (mut moments, began) = (Moments(seed.into()), Instant::now());
    let (mut acknowledged, mut longest) = (0, Duration::ZERO);
    for first in (0..kills).step_by(FOLDER as usize) {
        let mut data = DataFolder::begin(first).await;
        for round in first..kills.min(first + FOLDER) {
            let (moment, start) = (moments.next(), Instant::now());
            eprintln_every(50, round, || {
                format!("{round} rounds in {:.0?}, the longest {longest:.1?}", began.elapsed())
            });
            let result = tokio::time::timeout(ROUND, data.round(moment)).await;
            assert!(
                result.is_ok(),
                "round {round}, {moment:?}: no end after {ROUND:?}; see {}",
                data.folder.display()
            );
            longest = longest.max(start.elapsed());
        }
        // The last kill of a folder is checked too.
        let last = data.round(Moment::Load(Duration::ZERO));
        tokio::time::timeout(ROUND, last).await.expect("the last round of a folder ends");
        acknowledged += data.writers.iter().map(Writer::acknowledged).sum::<usize>();
        std::fs::remove_dir_all(&data.folder).expect("the folder is ours");
    }
    assert!(acknowledged > 0, "nobody got anything written");
    eprintln!(
        "killed {kills} times in {:.0?}, the longest round {longest:.1?}: {acknowledged} acknowledged writes, none lost, none stuck",
        began.elapsed()
    );
}

fn eprintln_every(rounds: u32, round: u32, text: impl Fn() -> String) {
    if round > 0 && round.is_multiple_of(rounds) {
        eprintln!("{}", text());
    }
}
