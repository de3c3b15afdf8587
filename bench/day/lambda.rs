//! [`Lambda`]: the function's versions and environments, behind the Invoke API.
//!
//! An event goes to an idle environment of the version that the alias names, or of the one it is shifted to; when there is none, one
//! is started. One environment answers one event at a time, and lives until it fails to start, hangs, or its version is gone.

use std::collections::{HashMap, HashSet};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::routing::post;
use chimeflow::loopback::{Function, Launch, Loopback, RuntimeApi, deadline_in};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, oneshot};

use super::Failure;
use super::cloudwatch::CloudWatch;

/// The timeout of the function: a fifth of the template's, to shorten the day. Half of it is for the callback, and two attempts to reach a
/// table that hangs must leave time for the rules.
const TIMEOUT: Duration = Duration::from_secs(2);
/// The maximum time for the start of an environment, as on Lambda.
const START: Duration = Duration::from_secs(10);
/// The maximum number of environments that process events at the same time.
pub(crate) const CONCURRENCY: usize = 10;
/// After this time without events, all events of a minute are over.
const QUIET: Duration = Duration::from_millis(4);
/// The maximum time that an event may take.
const STUCK: Duration = Duration::from_mins(1);

/// Emulates Lambda.
#[derive(Clone)]
pub(crate) struct Lambda(Arc<Inner>);

struct Inner {
    address: SocketAddr,
    program: PathBuf,
    cloudwatch: Arc<CloudWatch>,
    state: Mutex<State>,
    room: Semaphore,
    /// The number of events in progress.
    busy: AtomicUsize,
    throttles: AtomicBool,
    /// The number of next events whose environments hang.
    hang: AtomicUsize,
    last: Mutex<Instant>,
}

#[derive(Default)]
struct State {
    /// The environment variables of each version.
    versions: Vec<Vec<(String, String)>>,
    /// The version that the alias names, and the version to which a percentage of the events is shifted.
    alias: (usize, Option<(usize, usize)>),
    idle: HashMap<usize, Vec<Environment>>,
    events: usize,
    /// Messages of which an attempt has ended.
    tried: HashSet<String>,
    /// The minute in which the first attempt at each message began.
    first: HashMap<String, u32>,
    minute: u32,
}

struct Environment {
    api: Arc<Loopback>,
    process: Option<u32>,
    /// The process ends when this does.
    _alive: oneshot::Sender<()>,
}

impl Lambda {
    pub(crate) async fn start(program: PathBuf, cloudwatch: Arc<CloudWatch>) -> Result<Self, Failure> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let lambda = Self(Arc::new(Inner {
            address: listener.local_addr()?,
            program,
            cloudwatch,
            state: Mutex::default(),
            room: Semaphore::new(CONCURRENCY),
            busy: AtomicUsize::new(0),
            throttles: AtomicBool::new(false),
            hang: AtomicUsize::new(0),
            last: Mutex::new(Instant::now()),
        }));
        let invoked = lambda.clone();
        let path = "/2015-03-31/functions/{name}/invocations";
        let router = Router::new().route(path, post(async move |body: Bytes| invoked.invoke(&body).await));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(lambda)
    }

    pub(crate) fn endpoint(&self) -> String {
        format!("http://{}/{}", self.0.address, super::cloudwatch::FUNCTION)
    }

    /// Publishes a version that runs in this environment, and points the alias to it.
    pub(crate) fn deploy(&self, environment: Vec<(String, String)>) {
        let mut state = self.0.state();
        state.versions.push(environment);
        state.alias = (state.versions.len() - 1, None);
    }

    /// Publishes a version whose environment differs by these variables, and shifts `percent` of the events to it.
    pub(crate) fn shift(&self, percent: usize, change: &[(&str, &str)]) {
        let mut state = self.0.state();
        let mut environment = state.versions[state.alias.0].clone();
        environment.extend(change.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())));
        state.versions.push(environment);
        state.alias.1 = Some((state.versions.len() - 1, percent));
    }

    /// Rolls back the version that events are shifted to. Returns whether there was one.
    pub(crate) fn roll_back(&self) -> bool {
        self.0.state().alias.1.take().is_some()
    }

    /// Sets whether every event is throttled.
    pub(crate) fn set_throttles(&self, throttles: bool) {
        self.0.throttles.store(throttles, Ordering::Relaxed);
    }

    /// Makes the environments of the next `events` events hang.
    pub(crate) fn hang(&self, events: usize) {
        self.0.hang.store(events, Ordering::Relaxed);
    }

    /// Sets the current minute of the day.
    pub(crate) fn minute(&self, minute: u32) {
        self.0.state().minute = minute;
    }

    /// Returns whether an attempt at the message has ended.
    pub(crate) fn tried(&self, message: &str) -> bool {
        self.0.state().tried.contains(message)
    }

    /// Waits until no event is in progress, and none has arrived for a while.
    pub(crate) async fn quiet(&self) -> Result<(), Failure> {
        let began = Instant::now();
        loop {
            let last = *self.0.last.lock().unwrap_or_else(PoisonError::into_inner);
            if self.0.busy.load(Ordering::Acquire) == 0 && last.elapsed() > QUIET {
                return Ok(());
            }
            if began.elapsed() > STUCK {
                return Err("an event has been in progress for a minute".into());
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    async fn invoke(&self, event: &[u8]) -> (StatusCode, HeaderMap, String) {
        let inner = &*self.0;
        inner.busy.fetch_add(1, Ordering::AcqRel);
        let id = serde_json::from_slice::<Value>(event).unwrap_or_default();
        let id = id["ChannelMessage"]["MessageId"].as_str().unwrap_or_default().to_owned();
        let answer = inner.answer(&id, event).await;
        inner.state().tried.insert(id);
        *inner.last.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
        inner.busy.fetch_sub(1, Ordering::AcqRel);
        answer
    }
}

impl Inner {
    async fn answer(&self, id: &str, event: &[u8]) -> (StatusCode, HeaderMap, String) {
        let count = |name, value| self.cloudwatch.of_lambda(name, value);
        if self.throttles.load(Ordering::Relaxed) {
            count("Throttles", 1.0);
            return (StatusCode::TOO_MANY_REQUESTS, HeaderMap::new(), String::new());
        }
        // The semaphore is never closed.
        let _room = self.room.acquire().await;
        count("Invocations", 1.0);
        count("AsyncEventAge", self.age(id));
        let event = String::from_utf8_lossy(event).into_owned();
        let began = Instant::now();
        let (version, idle) = self.choose();
        let result = self.run(version, idle, event).await;
        count("Duration", began.elapsed().as_secs_f64() * 1_000.0);
        let errors = if result.is_ok() { 0.0 } else { 1.0 };
        count("Errors", errors);
        if version > 0 {
            self.cloudwatch.of_new_version("Errors", errors);
        }
        match result {
            Ok(body) => (StatusCode::OK, HeaderMap::new(), body),
            Err((name, message)) => {
                let mut headers = HeaderMap::new();
                headers.insert("x-amz-function-error", HeaderValue::from_static("Unhandled"));
                let body = json!({ "errorType": name, "errorMessage": message });
                (StatusCode::OK, headers, body.to_string())
            }
        }
    }

    /// Invokes an environment with `event`. Returns its response, or the name and the message of an error.
    async fn run(
        &self,
        version: usize,
        idle: Option<Environment>,
        event: String,
    ) -> Result<String, (String, String)> {
        let environment = match idle {
            Some(environment) => environment,
            None => self.start(version).await?,
        };
        if self.hang.fetch_update(Ordering::AcqRel, Ordering::Acquire, |left| left.checked_sub(1)).is_ok() {
            environment.freeze();
        }
        let api: &RuntimeApi = &environment.api.runtime_api;
        let Ok(ended) = tokio::time::timeout(TIMEOUT, api.invoke(event, deadline_in(TIMEOUT))).await else {
            let message = format!("Task timed out after {}.00 seconds", TIMEOUT.as_secs());
            return Err(("Sandbox.Timedout".to_owned(), message));
        };
        self.state().idle.entry(version).or_default().push(environment);
        ended.result.map_err(|failed| (failed.error_type, failed.message))
    }

    /// Returns how long ago the first attempt at the message began, in milliseconds.
    fn age(&self, id: &str) -> f64 {
        let mut state = self.state();
        let minute = state.minute;
        let first = *state.first.entry(id.to_owned()).or_insert(minute);
        f64::from(minute - first) * 60_000.0
    }

    /// Returns the version that receives the next event, and an idle environment of it.
    fn choose(&self) -> (usize, Option<Environment>) {
        let mut state = self.state();
        state.events += 1;
        let (stable, shifted) = state.alias;
        // Every hundred events are distributed anew, in steps of a prime so that neighbours differ.
        let draw = state.events * 37 % 100;
        let version = shifted.filter(|(_, percent)| draw < *percent).map_or(stable, |(version, _)| version);
        state.idle.retain(|version, _| *version == stable || shifted.is_some_and(|(it, _)| it == *version));
        (version, state.idle.get_mut(&version).and_then(Vec::pop))
    }

    async fn start(&self, version: usize) -> Result<Environment, (String, String)> {
        let broken = |error: std::io::Error| ("Runtime.Unknown".to_owned(), error.to_string());
        let api = Arc::new(Loopback::start().await.map_err(broken)?);
        let env = self.state().versions[version].clone();
        let launch = Launch { program: self.program.clone(), args: Vec::new(), env };
        let function = api.launch(&launch).map_err(broken)?;
        let process = function.id();
        let (alive, ended) = oneshot::channel();
        tokio::spawn(read(function, self.cloudwatch.clone(), ended));
        match tokio::time::timeout(START, api.runtime_api.ready()).await {
            Ok(Ok(())) => Ok(Environment { api, process, _alive: alive }),
            Ok(Err(failed)) => Err((failed.error_type, failed.message)),
            Err(_) => Err(("Runtime.ExitError".to_owned(), "the function did not start".to_owned())),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Environment {
    /// Suspends its process.
    fn freeze(&self) {
        let Some(process) = self.process else { return };
        let _ = std::process::Command::new("kill").args(["-STOP", &process.to_string()]).status();
    }
}

/// Reads what the function prints for as long as its environment lives.
async fn read(mut function: Function, cloudwatch: Arc<CloudWatch>, mut ended: oneshot::Receiver<()>) {
    loop {
        tokio::select! {
            biased;
            line = function.line() => match line {
                Some(line) if line.is_error => println!("the function says: {}", line.text),
                Some(line) => cloudwatch.read(&line.text),
                None => return,
            },
            _ = &mut ended => {
                for line in function.stop().await {
                    cloudwatch.read(&line.text);
                }
                return;
            }
        }
    }
}
