//! The handler with scripted ports: situations that cannot be caused from outside.
#![expect(clippy::disallowed_methods, reason = "a clock must begin somewhere")]

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use chimeflow::outcome::{Denial, Failure, Verdict};
use chimeflow::pipeline::Pipeline;
use chimeflow::rules::{self, Source};
use chimeflow_core::handler::{Attempt, Callback, Clock, Error, Handled, Handler, Sent, Store};
use chimeflow_core::reply::{self, Reply};
use chimeflow_core::state::{Memory, Unavailable, Update, Updated};

use crate::breaks::detectors;
use crate::support::event;

/// Emulates the service, the store, and the clock. Time passes only during waits, or by `work`.
#[derive(Clone)]
struct World {
    state: Arc<Mutex<State>>,
}

struct State {
    now: Instant,
    /// The time that passes whenever the clock is read: the duration of the work in between.
    work: Duration,
    attempts: VecDeque<Attempt>,
    replies: Vec<Reply>,
    /// The store. `None` panics.
    memory: Option<Result<Memory, Unavailable>>,
    updates: usize,
    /// Whether the store uses up its whole timeout.
    hangs: bool,
}

impl World {
    fn new() -> Self {
        let state = State {
            now: Instant::now(),
            work: Duration::ZERO,
            attempts: VecDeque::new(),
            replies: Vec::new(),
            memory: Some(Ok(Memory::default())),
            updates: 0,
            hangs: false,
        };
        Self { state: Arc::new(Mutex::new(state)) }
    }

    fn set(self, change: impl FnOnce(&mut State)) -> Self {
        change(&mut self.state.lock().unwrap());
        self
    }
}

impl Callback for World {
    async fn attempt(&self, reply: &Reply, limit: Duration) -> Attempt {
        let mut state = self.state.lock().unwrap();
        state.replies.push(reply.clone());
        let attempt = state.attempts.pop_front().unwrap_or(Attempt::Accepted);
        if matches!(attempt, Attempt::Lost(_)) {
            state.now += limit;
        }
        attempt
    }
}

impl Store for World {
    async fn update(&self, update: &Update, limit: Duration) -> Result<Updated, Unavailable> {
        let mut state = self.state.lock().unwrap();
        state.updates += 1;
        if state.hangs {
            state.now += limit;
            return Err(Unavailable::default());
        }
        let memory = state.memory.as_mut().expect("nobody was to ask");
        memory.as_mut().map(|memory| memory.update(update, 0)).map_err(|error| error.clone())
    }
}

impl Clock for World {
    fn now(&self) -> Instant {
        let mut state = self.state.lock().unwrap();
        let work = state.work;
        state.now += work;
        state.now
    }

    async fn sleep(&self, time: Duration) {
        self.state.lock().unwrap().now += time;
    }
}

fn pipeline(rules: &str) -> Arc<Pipeline> {
    let source = format!("version = 1\n{rules}");
    Arc::new(
        rules::load(&Source::alone("test.toml", &source), &detectors())
            .unwrap_or_else(|report| panic!("{report}")),
    )
}

async fn handle(rules: &str, world: &World, content: &str) -> Handled {
    handle_event(rules, world, &event(content)).await
}

async fn handle_event(rules: &str, world: &World, event: &serde_json::Value) -> Handled {
    world.state.lock().unwrap().replies.clear();
    let (callback, store, clock) = (world.clone(), world.clone(), world.clone());
    let handler = Handler { pipeline: pipeline(rules), callback, store, clock, own_bot: None };
    let ended = handler.handle(&event.to_string(), Some(Duration::from_secs(10))).await;
    let state = world.state.lock().unwrap();
    assert_eq!(state.replies.len(), 1, "exactly one reply");
    let denied = matches!(ended.outcome.as_ref().unwrap().verdict, Verdict::Denied(_));
    assert_eq!(state.replies[0].answer == reply::Answer::Delete, denied);
    assert_eq!((ended.attempts, &ended.sent), (1, &Ok(Sent { duplicate: false })));
    drop(state);
    ended
}

async fn check(rules: &str, world: World, content: &str, verdict: Verdict) {
    let ended = handle(rules, &world, content).await;
    assert_eq!(ended.outcome.unwrap().verdict, verdict, "{rules}");
}

fn rule(find: &str, rest: &str) -> String {
    format!("[[rule]]\nid = \"r\"\nfind = {{ {find} }}\ndo = \"deny\"\n{rest}\n")
}

fn failed(failure: Failure) -> Verdict {
    Verdict::Denied(Denial::Error("r".into(), failure))
}

#[tokio::test]
async fn a_rule_that_panics_costs_that_rule() {
    let panics = |rest| rule("breaks = \"panic\"", rest);
    check(&panics(""), World::new(), "boom", failed(Failure::Panic)).await;
    check(&panics("on-error = \"pass\""), World::new(), "boom", Verdict::Unchanged).await;
    check(&panics(""), World::new(), "hello", Verdict::Unchanged).await;
}

#[tokio::test]
async fn a_rule_that_uses_up_its_budget_is_judged_by_on_error() {
    let spends = |rest| rule("breaks = \"budget\"", rest);
    check(&spends(""), World::new(), "hello", failed(Failure::Budget)).await;
    check(&spends("on-error = \"pass\""), World::new(), "hello", Verdict::Unchanged).await;
}

const RATE: &str = "rate = { max = 1, within = \"10s\" }";

#[tokio::test]
async fn a_store_that_hangs_leaves_time_for_the_other_rules() {
    let passes = rule(RATE, "on-error = \"pass\"");
    let other = "[[rule]]\nid = \"birds\"\nfind = { words = [\"heron\"] }\ndo = \"deny\"\n";
    let rules = format!("{passes}{other}");
    let hanging = || World::new().set(|state| state.hangs = true);
    check(&rules, hanging(), "hello", Verdict::Unchanged).await;
    check(&rules, hanging(), "a heron", Verdict::Denied(Denial::Rule("birds".into()))).await;
    check(&rule(RATE, ""), hanging(), "hello", failed(Failure::Unanswered)).await;
}

#[tokio::test]
async fn what_a_rule_asks_is_answered_or_judged_by_on_error() {
    let asks = rule(RATE, "");
    let world = World::new();
    check(&asks, world.clone(), "hello", Verdict::Unchanged).await;
    check(&asks, world.clone(), "hello", Verdict::Unchanged).await;
    let mut second = event("hello");
    second["ChannelMessage"]["MessageId"] = "another".into();
    second["ChannelMessage"]["CreatedTimestamp"] = "2026-08-14T10:11:13.345Z".into();
    let ended = handle_event(&asks, &world, &second).await;
    assert_eq!(ended.outcome.unwrap().verdict, Verdict::Denied(Denial::Rule("r".into())));
    assert_eq!(world.state.lock().unwrap().updates, 3, "one for each delivery");
    let down = World::new().set(|state| state.memory = Some(Err(Unavailable::default())));
    check(&asks, down, "hello", failed(Failure::Unanswered)).await;
}

#[tokio::test]
async fn a_rule_that_is_not_reached_asks_nothing() {
    let first = "[[rule]]\nid = \"first\"\nfind = { words = [\"denyme\"] }\ndo = \"deny\"\n";
    let rules = format!("{first}{}", rule(RATE, ""));
    let world = World::new();
    check(&rules, world.clone(), "denyme", Verdict::Denied(Denial::Rule("first".into()))).await;
    assert_eq!(world.state.lock().unwrap().updates, 0);
}

#[tokio::test]
async fn when_the_time_for_rules_is_up_on_error_answers() {
    let slow = || World::new().set(|state| state.work = Duration::from_secs(3));
    let rules: String = ["a", "b", "c"]
        .map(|id| format!("[[rule]]\nid = \"{id}\"\nfind = {{ words = [\"x\"] }}\ndo = \"mask\"\n"))
        .concat();
    check(&rules, slow(), "hello", Verdict::Denied(Denial::Unjudged(Failure::Time))).await;
    let passing = format!("[defaults]\non-error = \"pass\"\n{rules}");
    check(&passing, slow(), "hello", Verdict::Unchanged).await;
}

#[tokio::test]
async fn a_breakdown_outside_of_rules_does_not_cost_the_reply() {
    // The store is not fenced in by the pipeline.
    let asks = rule(RATE, "");
    let breaks = || World::new().set(|state| state.memory = None);
    let broken = breaks();
    let asked = Handler {
        pipeline: pipeline(&asks),
        callback: World::new(),
        store: broken.clone(),
        clock: World::new(),
        own_bot: None,
    };
    let ended = asked.handle(&event("hello").to_string(), None).await;
    let verdict = ended.outcome.unwrap().verdict;
    assert_eq!(verdict, Verdict::Denied(Denial::Unjudged(Failure::Panic)));
    assert_eq!(asked.callback.state.lock().unwrap().replies[0].answer, reply::Answer::Delete);
    assert!(ended.sent.is_ok());
}

#[tokio::test]
async fn backoff_grows_and_stays_inside_the_time_left() {
    let world = World::new().set(|state| state.attempts = vec![Attempt::Throttled; 1000].into());
    let (callback, store, clock) = (world.clone(), world.clone(), world.clone());
    let handler = Handler { pipeline: pipeline(""), callback, store, clock, own_bot: None };
    let began = world.state.lock().unwrap().now;
    let ended = handler.handle(&event("hello").to_string(), Some(Duration::from_secs(10))).await;
    assert_eq!(ended.sent, Err(Error::Throttled));
    let state = world.state.lock().unwrap();
    assert!(state.now - began <= Duration::from_millis(9_750), "{:?}", state.now - began);
    assert!((10..40).contains(&state.replies.len()), "{} attempts", state.replies.len());
}
