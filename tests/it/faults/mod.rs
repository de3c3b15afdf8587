//! Every request of every command for operators, with a wrong response of every kind, or none: whatever fails, the command reports the true
//! state, and when it is run again it finishes the work.
//!
//! ```text
//!  command ──request──> Proxy ──carried out, or not──> emulated servers: messaging, Lambda, AppConfig, SQS
//!     ▲                   │                                 │
//!     └──a fault, or SIGKILL                                └──state──> the same as after a run without faults?
//! ```
//!
//! A sample runs with every test. All of it runs like this, takes a quarter of an hour, and lists everything that it finds:
//!
//! ```text
//! bench/faults
//! ```

#![expect(clippy::disallowed_methods, reason = "a long run is asked for by the environment")]

pub(crate) mod proxy;
mod scene;
mod stage;
pub(crate) mod wire;

use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use self::proxy::{Fault, Spoil, Whose};
use self::scene::{Kind, SCENES, Scene};
use self::stage::{Stage, flaw};
use crate::redrive::world::World;
use crate::support::ProgramOutput;

/// Each way in which one response is damaged.
const ONCE: [Spoil; 18] = [
    Spoil::Throttled,
    Spoil::Unavailable,
    Spoil::Failed,
    Spoil::LostBefore,
    Spoil::LostAfter,
    Spoil::Cut,
    Spoil::Slow(Duration::from_millis(300)),
    Spoil::Empty,
    Spoil::EmptyAfter,
    Spoil::Bare,
    Spoil::NoItems,
    Spoil::Garbage,
    Spoil::Page(200),
    Spoil::Page(502),
    Spoil::Refused,
    Spoil::Forbidden,
    Spoil::KilledBefore,
    Spoil::KilledAfter,
];

/// Each way in which all later responses to the same operation are damaged as well.
const FOR_EVER: [Spoil; 11] = [
    Spoil::Throttled,
    Spoil::Unavailable,
    Spoil::Failed,
    Spoil::LostBefore,
    Spoil::LostAfter,
    Spoil::EmptyAfter,
    Spoil::Bare,
    Spoil::Garbage,
    Spoil::Page(502),
    Spoil::Refused,
    Spoil::Forbidden,
];

/// Each way in which no response arrives. The program waits for 20 seconds before it retries, and for a minute before it gives up.
const SILENT: [Spoil; 2] = [Spoil::SilentBefore, Spoil::SilentAfter];

/// The number of faults of each scene in the sample, in addition to two kills.
const SAMPLE: usize = 2;
/// The scenes in whose sample a response does not arrive: one for each kind of server. They wait while the others work.
const SILENT_IN_SAMPLE: [usize; 3] = [0, 16, 26];
/// The number of cases at the same time: most of their time is spent waiting between attempts.
const AT_ONCE: usize = 40;
/// The number of cases at the same time that only wait.
const SILENT_AT_ONCE: usize = 40;

/// Numbers that are the same in every run.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }
}

/// The result of a scene without faults.
#[derive(Debug)]
struct Expected {
    requests: usize,
    printed: ProgramOutput,
    state: String,
    /// The exit code when it is run again.
    again: i32,
}

impl Expected {
    async fn of(scene: &Scene) -> Self {
        let set = Stage::of(scene).await;
        let printed = set.run(scene).await.unwrap();
        let (requests, state) = (set.proxy().seen().len(), set.state().await);
        assert!(flaw(&printed).is_none() && set.is_in_order(), "{scene:?}: {printed:?}");
        let again = set.run(scene).await.unwrap();
        assert_eq!(set.state().await, state, "{scene:?} again: {again:?}");
        Self { requests, printed, state, again: again.code }
    }
}

/// Runs a scene with a fault, and once more without. Returns what is wrong, if anything is.
async fn try_out(scene: &Scene, fault: Fault, expected: &Expected) -> Option<String> {
    let set = Stage::of(scene).await;
    let before = set.state().await;
    set.proxy().spoil(vec![fault]);
    let printed = set.run(scene).await;
    let state = set.state().await;
    if let Some(printed) = &printed {
        if let Some(flaw) = flaw(printed) {
            return Some(format!("{flaw}: {printed:?}"));
        }
        let is_fine = printed.code == expected.printed.code;
        // The events of a deployment may be missing without notice.
        let is_known = fault.spoil != Spoil::NoItems || !scene.command.contains("status");
        if scene.kind == Kind::Shows && is_known && is_fine && printed.out != expected.printed.out {
            return Some(format!("it shows something else, and ends with {}: {printed:?}", printed.code));
        }
        if scene.kind == Kind::Changes
            && printed.code == 0
            && state != expected.state
            && !fault.spoil.is_a_lie()
        {
            return Some(format!("it ends with 0, and there is {state}: {printed:?}"));
        }
        if scene.command.contains("--json")
            && printed.out.lines().any(|line| serde_json::from_str::<serde_json::Value>(line).is_err())
        {
            return Some(format!("not everything is JSON: {printed:?}"));
        }
    }
    if scene.kind == Kind::Shows && state != before {
        return Some(format!("it changed something: {state}"));
    }
    set.wait();
    set.proxy().spoil(Vec::new());
    let again = set.run(scene).await.unwrap();
    let state = set.state().await;
    let is_fine = again.code == expected.printed.code || again.code == expected.again;
    if !is_fine || state != expected.state || flaw(&again).is_some() || !set.is_in_order() {
        return Some(format!("run again: {again:?}, and there is {state}, after {printed:?}"));
    }
    None
}

/// Returns the faults of the scene with this number, which has this number of requests: a few of them, or all.
fn faults(scene: usize, requests: usize, few: Option<&mut Seeded>) -> Vec<Fault> {
    let of = |at: usize, number: usize| match ONCE.get(number) {
        Some(spoil) => Fault { whose: Whose::Request(at), spoil: *spoil },
        None => Fault { whose: Whose::OperationOf(at), spoil: FOR_EVER[number - ONCE.len()] },
    };
    let kinds = ONCE.len() + FOR_EVER.len();
    let Some(seeded) = few else {
        let answers = (1..=requests).flat_map(|at| (0..kinds).map(move |number| of(at, number)));
        let silence = (1..=requests).flat_map(|at| {
            let whose = [Whose::Request(at), Whose::OperationOf(at)];
            whose.into_iter().flat_map(|whose| SILENT.map(|spoil| Fault { whose, spoil }))
        });
        return silence.chain(answers).collect();
    };
    let kills = [ONCE.len() - 2, ONCE.len() - 1].map(|number| of(1 + seeded.below(requests), number));
    let others: Vec<_> = (0..SAMPLE).map(|_| of(1 + seeded.below(requests), seeded.below(kinds))).collect();
    let silent = SILENT_IN_SAMPLE.iter().filter(|it| **it == scene);
    let silence: Vec<_> = silent
        .map(|_| Fault { whose: Whose::Request(1 + seeded.below(requests)), spoil: SILENT[seeded.below(2)] })
        .collect();
    silence.into_iter().chain(others).chain(kills).collect()
}

#[tokio::test]
async fn many_events_are_answered_in_order_by_runs_that_are_killed() {
    let events = if std::env::var_os("CHIMEFLOW_FAULTS").is_some() { 500 } else { 60 };
    let world = World::with(events, 12).await;
    for at in (10..).step_by(10) {
        let spoil = if at % 20 == 0 { Spoil::KilledBefore } else { Spoil::KilledAfter };
        world.proxy.spoil(vec![Fault { whose: Whose::Request(at), spoil }]);
        let output = world.proxy.run(world.command(&[]).stdout(Stdio::piped()).stderr(Stdio::piped())).await;
        assert!(world.is_in_order(12), "killed at request {at}: {:?}", world.answered());
        world.wait();
        if let Some(output) = output {
            ProgramOutput::of(output).is(0, &[]);
            break;
        }
    }
    let answered = world.answered().len();
    assert_eq!((world.left(), i64::try_from(answered).unwrap()), (0, events));
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_answered_wrongly_another_run_finishes_the_work() {
    let all = std::env::var_os("CHIMEFLOW_FAULTS").is_some();
    let only = std::env::var("CHIMEFLOW_FAULTS").unwrap_or_default();
    let (mut seeded, done) = (Seeded(27), Arc::new(AtomicUsize::new(0)));
    let (room, waiting_room) = (Arc::new(Semaphore::new(AT_ONCE)), Arc::new(Semaphore::new(SILENT_AT_ONCE)));
    let (mut trying, mut count) = (JoinSet::new(), 0);
    let mut expecting = JoinSet::new();
    for (number, scene) in SCENES.iter().enumerate().filter(|(_, scene)| scene.command.starts_with(&only)) {
        expecting.spawn(async move { (number, scene, Arc::new(Expected::of(scene).await)) });
    }
    let mut scenes = expecting.join_all().await;
    scenes.sort_by_key(|(number, ..)| *number);
    for (number, scene, expected) in scenes {
        for fault in faults(number, expected.requests, (!all).then_some(&mut seeded)) {
            count += 1;
            let room = if fault.spoil.is_silent() { &waiting_room } else { &room };
            let (room, expected, done) = (room.clone(), expected.clone(), done.clone());
            trying.spawn(async move {
                let _room = room.acquire().await.unwrap();
                let found = try_out(scene, fault, &expected).await;
                let done = done.fetch_add(1, Ordering::Relaxed) + 1;
                let found = found.map(|found| {
                    let Fault { whose, spoil } = fault;
                    format!("{}: {spoil:?}, {whose:?} of {}\n  {found}", scene.command, expected.requests)
                });
                if let Some(found) = found.as_ref().filter(|_| all) {
                    eprintln!("{found}");
                }
                if all && done.is_multiple_of(100) {
                    eprintln!("{done} done");
                }
                found
            });
        }
    }
    let found: Vec<_> = trying.join_all().await.into_iter().flatten().collect();
    assert!(found.is_empty(), "{} of {count} cases:\n{}", found.len(), found.join("\n"));
}
