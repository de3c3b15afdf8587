//! Has the messages of sorted records answered, one after another in each channel.

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;

use super::Args;
use super::judge::{Attempt, Judge, Reach};
use super::queue::Queue;
use super::report::{Report, Resolution};
use super::sorted::{HeldEvent, SortedRecords};
use super::stop::Stop;
use crate::cli::aws::Refusal;

/// The number of channels that are processed at a time. Each channel has its own quota of messages per second, which one message at a time
/// does not exceed.
const CHANNELS: usize = 8;

/// Has all answerable messages answered, and deletes their records from the queue.
pub(super) async fn carry_out(
    sorted: SortedRecords,
    queue: &Queue,
    judge: Judge,
    args: &Args,
    stop: &Stop,
    report: &mut Report,
) -> Result<(), Refusal> {
    let mut deletion = Deletion { queue, refused: None };
    for held in &sorted.expired {
        let dropped = args.drop_expired && deletion.delete(held, stop).await;
        report.record(held, if dropped { Resolution::Dropped } else { Resolution::Expired }, dropped);
    }
    for held in &sorted.young {
        report.record(held, Resolution::Young, false);
    }
    let mut channels: BTreeMap<String, Vec<HeldEvent>> = BTreeMap::new();
    for held in sorted.answerable {
        channels.entry(held.failed.channel.clone()).or_default().push(held);
    }
    let (results, mut received) = mpsc::channel(CHANNELS);
    let worker = Worker {
        judge: Arc::new(judge),
        room: Arc::new(Semaphore::new(CHANNELS)),
        stop: stop.clone(),
        in_order: !args.out_of_order,
        results,
    };
    let mut working = JoinSet::new();
    for channel in channels.into_values() {
        working.spawn(worker.clone().answer_all(channel));
    }
    drop(worker);
    let mut refused = None;
    while let Some((held, resolution)) = received.recv().await {
        let resolution = match resolution {
            Ok(resolution) => resolution,
            Err(refusal) => {
                refused.get_or_insert(refusal);
                Resolution::Left
            }
        };
        let deleted = resolution.is_over() && deletion.delete(&held, stop).await;
        report.record(&held, resolution, deleted);
    }
    refused.or(deletion.refused).map_or(Ok(()), Err)
}

/// Deletes records until a request fails: the next would probably take as long, and fail as well.
struct Deletion<'q> {
    queue: &'q Queue,
    refused: Option<Refusal>,
}

impl Deletion<'_> {
    /// Returns whether all records of an event are deleted.
    async fn delete(&mut self, held: &HeldEvent, stop: &Stop) -> bool {
        for receipt in &held.receipts {
            if self.refused.is_some() {
                return false;
            }
            if let Err(refusal) = self.queue.delete(receipt).await {
                // The next run finds out that an answered message has a reply.
                stop.ask("stopped: records cannot be deleted");
                self.refused = Some(refusal);
            }
        }
        self.refused.is_none()
    }
}

/// Has the messages of channels answered.
#[derive(Clone)]
struct Worker {
    judge: Arc<Judge>,
    room: Arc<Semaphore>,
    stop: Stop,
    /// Whether messages wait until the earlier messages of their channel have a reply.
    in_order: bool,
    results: mpsc::Sender<(HeldEvent, Result<Resolution, Refusal>)>,
}

impl Worker {
    /// Has the messages of a channel answered, one after another.
    async fn answer_all(self, channel: Vec<HeldEvent>) {
        let Ok(_room) = self.room.acquire().await else { return };
        let mut is_blocked = false;
        for held in channel {
            let function = self.judge.function_of(&held.failed);
            let resolution = if self.stop.is_asked_of(function) {
                Ok(Resolution::Left)
            } else if is_blocked && self.in_order {
                Ok(Resolution::Waiting)
            } else {
                self.answer(&held, function).await
            };
            is_blocked |= !resolution.as_ref().is_ok_and(Resolution::is_over);
            if self.results.send((held, resolution)).await.is_err() {
                return;
            }
        }
    }

    /// Has a message answered by `function`, and stops the events that would fail for the same reason.
    async fn answer(&self, held: &HeldEvent, function: &str) -> Result<Resolution, Refusal> {
        match self.judge.answer(&held.failed).await {
            Attempt::Answered { duplicate: true, .. } => Ok(Resolution::Decided),
            Attempt::Answered { verdict, .. } => Ok(Resolution::Answered(verdict)),
            Attempt::Failed { why, reach } => {
                match reach {
                    Reach::Message => {}
                    Reach::Function(reason) => self.stop.ask_of(function, &reason),
                    Reach::All(refusal) => {
                        self.stop.ask("stopped: the function cannot be invoked");
                        return Err(refusal);
                    }
                }
                Ok(Resolution::Failed(why))
            }
        }
    }
}
