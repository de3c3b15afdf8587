//! The work itself: records sorted by what can become of them, and answered, one after another in each channel.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;

use super::judge::{Judge, Said};
use super::queue::{Queue, Received};
use super::record::Failed;
use super::report::{Report, What};
use crate::cli::aws::Refusal;

/// Records, by what can become of them.
#[derive(Default)]
pub(super) struct Sorted {
    /// To be answered, oldest first.
    pub answerable: Vec<Held>,
    /// Too old for an answer.
    pub expired: Vec<Held>,
    /// Too young to be meddled with.
    pub young: Vec<Held>,
    /// Why each is unreadable.
    pub unreadable: Vec<String>,
}

/// An event with the records of it in the queue.
pub(super) struct Held {
    pub failed: Failed,
    pub age: Option<Duration>,
    /// One a record: Lambda may write several of one event.
    receipts: Vec<String>,
}

impl Held {
    /// How many records there are of it.
    pub(super) fn records(&self) -> usize {
        self.receipts.len()
    }
}

impl Sorted {
    pub(super) fn of(received: Vec<Received>, now: Timestamp, older_than: Option<Duration>) -> Self {
        let mut sorted = Self::default();
        let mut seen: HashMap<String, usize> = HashMap::new();
        let mut all: Vec<Held> = Vec::new();
        for Received { receipt, body, queued } in received {
            let failed = match Failed::read(&body, queued) {
                Ok(failed) => failed,
                Err(why) => {
                    sorted.unreadable.push(why);
                    continue;
                }
            };
            if let Some(at) = seen.get(&failed.callback) {
                all[*at].receipts.push(receipt);
                continue;
            }
            seen.insert(failed.callback.clone(), all.len());
            all.push(Held { age: failed.age(now), failed, receipts: vec![receipt] });
        }
        all.sort_by_key(|held| held.failed.since);
        for held in all {
            let young = older_than.is_some_and(|least| held.age.is_some_and(|age| age < least));
            if held.failed.is_expired(now) {
                sorted.expired.push(held);
            } else if young {
                sorted.young.push(held);
            } else {
                sorted.answerable.push(held);
            }
        }
        sorted
    }
}

/// Whether to stop before everything is done, and why.
#[derive(Clone, Default)]
pub(super) struct Stop(Arc<Mutex<Option<String>>>);

impl Stop {
    /// Stops at Ctrl-C and at SIGTERM: what is being answered is finished first. A second one ends at once.
    pub(super) fn on_signals() -> Self {
        let stop = Self::default();
        let asked = stop.clone();
        tokio::spawn(async move {
            for last in [false, true] {
                interrupted().await;
                if last {
                    std::process::exit(130);
                }
                asked.ask("interrupted: what is being answered is finished, the rest is back in the queue");
            }
        });
        stop
    }

    /// Asks to stop. The first reason counts.
    fn ask(&self, why: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_with(|| why.to_owned());
    }

    pub(super) fn is_asked(&self) -> bool {
        self.reason().is_some()
    }

    pub(super) fn reason(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn interrupted() {
    use tokio::signal::unix::{SignalKind, signal};

    let Ok(mut terminated) = signal(SignalKind::terminate()) else { return std::future::pending().await };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminated.recv() => {}
    }
}

/// How many channels are worked on at a time. Each has a message rate of its own, so one at a time in each keeps below it.
const CHANNELS: usize = 8;

/// Has everything answered that can be, and takes it from the queue.
pub(super) async fn carry_out(
    sorted: Sorted,
    queue: &Queue,
    judge: Judge,
    drop_expired: bool,
    stop: &Stop,
    report: &mut Report,
) -> Result<(), Refusal> {
    for held in &sorted.expired {
        if drop_expired {
            delete(queue, held).await?;
        }
        report.became(&held.failed, held.age, if drop_expired { What::Dropped } else { What::Expired });
    }
    for held in &sorted.young {
        report.became(&held.failed, held.age, What::Young);
    }
    let mut lanes: BTreeMap<String, Vec<Held>> = BTreeMap::new();
    for held in sorted.answerable {
        lanes.entry(held.failed.channel.clone()).or_default().push(held);
    }
    let (judge, room) = (Arc::new(judge), Arc::new(Semaphore::new(CHANNELS)));
    let (told, mut hears) = mpsc::channel(CHANNELS);
    let mut working = JoinSet::new();
    for lane in lanes.into_values() {
        working.spawn(answer_all(lane, judge.clone(), room.clone(), stop.clone(), told.clone()));
    }
    drop(told);
    let mut refused = None;
    while let Some((held, became)) = hears.recv().await {
        let what = match became {
            Err(refusal) => {
                stop.ask("stopped: the function cannot be invoked");
                refused.get_or_insert(refusal);
                What::Left
            }
            Ok(what) => what,
        };
        if what.is_over()
            && let Err(refusal) = delete(queue, &held).await
        {
            // It is answered; the next run finds that it is.
            stop.ask("stopped: answered records cannot be deleted");
            refused.get_or_insert(refusal);
        }
        report.became(&held.failed, held.age, what);
    }
    refused.map_or(Ok(()), Err)
}

type Told = mpsc::Sender<(Held, Result<What, Refusal>)>;

/// Has the events of a channel answered, one after another.
async fn answer_all(lane: Vec<Held>, judge: Arc<Judge>, room: Arc<Semaphore>, stop: Stop, told: Told) {
    let Ok(_room) = room.acquire().await else { return };
    for held in lane {
        let became =
            if stop.is_asked() { Ok(What::Left) } else { judge.answer(&held.failed).await.map(What::of) };
        if let Ok(What::Failed(why)) = &became
            && let Some(reason) = Said::is_for_all(why)
        {
            stop.ask(&reason);
        }
        if told.send((held, became)).await.is_err() {
            return;
        }
    }
}

async fn delete(queue: &Queue, held: &Held) -> Result<(), Refusal> {
    for receipt in &held.receipts {
        queue.delete(receipt).await?;
    }
    Ok(())
}
