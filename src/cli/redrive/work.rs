//! Has the messages of sorted records answered, one after another in each channel.

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;

use super::judge::{Attempt, Judge};
use super::queue::Queue;
use super::report::{Report, Resolution};
use super::sorted::{Held, Sorted};
use super::stop::Stop;
use crate::cli::aws::Refusal;

/// How many channels are processed at a time. Each has a message rate of its own, and one message at a time stays below it.
const CHANNELS: usize = 8;

/// Has all answerable messages answered, and deletes their records from the queue.
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
        report.became(
            &held.failed,
            held.age,
            if drop_expired { Resolution::Dropped } else { Resolution::Expired },
        );
    }
    for held in &sorted.young {
        report.became(&held.failed, held.age, Resolution::Young);
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
                Resolution::Left
            }
            Ok(what) => what,
        };
        if what.is_over()
            && let Err(refusal) = delete(queue, &held).await
        {
            // The message is answered; the next run will find that out.
            stop.ask("stopped: answered records cannot be deleted");
            refused.get_or_insert(refusal);
        }
        report.became(&held.failed, held.age, what);
    }
    refused.map_or(Ok(()), Err)
}

type ResultSender = mpsc::Sender<(Held, Result<Resolution, Refusal>)>;

/// Has the messages of a channel answered, one after another.
async fn answer_all(
    lane: Vec<Held>,
    judge: Arc<Judge>,
    room: Arc<Semaphore>,
    stop: Stop,
    told: ResultSender,
) {
    let Ok(_room) = room.acquire().await else { return };
    for held in lane {
        let became = if stop.is_asked() {
            Ok(Resolution::Left)
        } else {
            judge.answer(&held.failed).await.map(Resolution::of)
        };
        if let Ok(Resolution::Failed(why)) = &became
            && let Some(reason) = Attempt::is_for_all(why)
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
