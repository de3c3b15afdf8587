//! Has the messages of sorted records answered, one after another in each channel.

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;

use super::Args;
use super::judge::{Attempt, Judge, Reach};
use super::queue::Queue;
use super::report::{Report, Resolution};
use super::sorted::{Held, Sorted};
use super::stop::Stop;
use crate::cli::aws::Refusal;

/// The number of channels that are processed at a time. Each channel has its own quota of messages per second, which one message at a time
/// does not exceed.
const CHANNELS: usize = 8;

/// Has all answerable messages answered, and deletes their records from the queue.
pub(super) async fn carry_out(
    sorted: Sorted,
    queue: &Queue,
    judge: Judge,
    args: &Args,
    stop: &Stop,
    report: &mut Report,
) -> Result<(), Refusal> {
    let mut deleting = Deleting { queue, refused: None };
    for held in &sorted.expired {
        let dropped = args.drop_expired && deleting.delete(held, stop).await;
        report.record(held, if dropped { Resolution::Dropped } else { Resolution::Expired }, dropped);
    }
    for held in &sorted.young {
        report.record(held, Resolution::Young, false);
    }
    let mut channels: BTreeMap<String, Vec<Held>> = BTreeMap::new();
    for held in sorted.answerable {
        channels.entry(held.failed.channel.clone()).or_default().push(held);
    }
    let (told, mut hears) = mpsc::channel(CHANNELS);
    let worker = Worker {
        judge: Arc::new(judge),
        room: Arc::new(Semaphore::new(CHANNELS)),
        stop: stop.clone(),
        in_order: !args.out_of_order,
        told,
    };
    let mut working = JoinSet::new();
    for channel in channels.into_values() {
        working.spawn(worker.clone().answer_all(channel));
    }
    drop(worker);
    let mut refused = None;
    while let Some((held, became)) = hears.recv().await {
        let became = match became {
            Ok(became) => became,
            Err(refusal) => {
                refused.get_or_insert(refusal);
                Resolution::Left
            }
        };
        let deleted = became.is_over() && deleting.delete(&held, stop).await;
        report.record(&held, became, deleted);
    }
    refused.or(deleting.refused).map_or(Ok(()), Err)
}

/// Deletes records until a request fails: the next would probably take as long, and fail as well.
struct Deleting<'q> {
    queue: &'q Queue,
    refused: Option<Refusal>,
}

impl Deleting<'_> {
    /// Returns whether all records of an event are deleted.
    async fn delete(&mut self, held: &Held, stop: &Stop) -> bool {
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
    told: mpsc::Sender<(Held, Result<Resolution, Refusal>)>,
}

impl Worker {
    /// Has the messages of a channel answered, one after another.
    async fn answer_all(self, channel: Vec<Held>) {
        let Ok(_room) = self.room.acquire().await else { return };
        let mut is_blocked = false;
        for held in channel {
            let function = self.judge.function_of(&held.failed);
            let became = if self.stop.is_asked_of(function) {
                Ok(Resolution::Left)
            } else if is_blocked && self.in_order {
                Ok(Resolution::Waiting)
            } else {
                self.answer(&held, function).await
            };
            is_blocked |= !became.as_ref().is_ok_and(Resolution::is_over);
            if self.told.send((held, became)).await.is_err() {
                return;
            }
        }
    }

    /// Has a message answered by `function`, and stops the events that would fail for the same reason.
    async fn answer(&self, held: &Held, function: &str) -> Result<Resolution, Refusal> {
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
