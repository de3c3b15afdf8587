//! Every kind of spoilt answer, to requests chosen with a fixed seed: the run tells what is so, and another one finishes the work.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;

use super::ALWAYS;
use super::world::{Fault, Run, Spoil, World};

const OPERATIONS: [&str; 5] =
    ["ReceiveMessage", "GetQueueAttributes", "Invoke", "DeleteMessage", "ChangeMessageVisibilityBatch"];

const SPOILS: [Spoil; 9] = [
    Spoil::Throttled,
    Spoil::Unavailable,
    Spoil::LostBefore,
    Spoil::LostAfter,
    Spoil::Slow(Duration::from_millis(300)),
    Spoil::Empty,
    Spoil::Page(200),
    Spoil::Page(502),
    Spoil::Refused,
];

/// Runs at the same time: most of their time is spent waiting between attempts.
const AT_ONCE: usize = 6;

/// Numbers that are the same in every run.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

/// Each kind of spoilt answer, once and for ever, each for one operation.
fn faults(seed: u64) -> Vec<Fault> {
    let mut seeded = Seeded(seed);
    let kinds = SPOILS.iter().flat_map(|spoil| [(*spoil, 1), (*spoil, ALWAYS)]);
    kinds
        .map(|(spoil, times)| {
            let operation = OPERATIONS[seeded.below(OPERATIONS.len())];
            Fault { operation, spoil, after: seeded.below(3), times }
        })
        .collect()
}

/// Checks what must hold after each run, whatever was spoilt.
fn check(fault: Fault, world: &World, run: &Run) {
    let (said, state) = (format!("{fault:?}: {run:?}"), world.state.lock().unwrap());
    assert!(!run.err.contains("panicked") && (0..=2).contains(&run.code), "{said}");
    let is_a_lie =
        matches!(fault.spoil, Spoil::Empty | Spoil::Page(200)) && fault.operation == "DeleteMessage";
    assert!(run.code != 0 || state.records.is_empty() || is_a_lie, "{said}");
    assert!(!run.out.contains("the queue is empty") || state.records.is_empty(), "{said}");
    for number in 0..3 {
        let place =
            |number: usize| state.answered.iter().position(|message| *message == format!("m{number}"));
        // The later message of a channel is answered after the earlier one.
        assert!(place(number + 3).is_none_or(|later| place(number).is_some_and(|it| it < later)), "{said}");
    }
    // A record is gone only if its message is answered.
    let gone = (0..6).filter(|number| !state.records.contains_key(&format!("r{number}")));
    assert!(gone.into_iter().all(|number| state.answered.contains(&format!("m{number}"))), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_spoilt_another_run_finishes_the_work() {
    let room = Arc::new(Semaphore::new(AT_ONCE));
    let cases = faults(27).into_iter().map(|fault| {
        let room = room.clone();
        tokio::spawn(async move {
            let _room = room.acquire().await.unwrap();
            let world = World::with_six().await;
            world.state.lock().unwrap().fault = Some(fault);
            let run = world.redrive(&[]).await;
            check(fault, &world, &run);
            world.state.lock().unwrap().fault = None;
            world.wait();
            let again = world.redrive(&[]).await;
            check(fault, &world, &again);
            assert_eq!((again.code, world.left(), world.answered().len()), (0, 0, 6), "{fault:?}: {again:?}");
        })
    });
    for case in cases.collect::<Vec<_>>() {
        case.await.unwrap();
    }
}
