//! [`RuntimeApi`]: emulates Lambda's Runtime API, as far as a custom runtime uses it.
#![expect(clippy::disallowed_methods, reason = "it sets deadlines and measures durations")]

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use hyper::body::Incoming;
use hyper::header::HeaderValue;
use hyper::{Method, Request};
use tokio::sync::{mpsc, oneshot, watch};

use super::process::Line;
use super::server::{self, Answer, Closed};

/// Emulates Lambda for a function.
#[derive(Debug)]
pub struct RuntimeApi {
    address: SocketAddr,
    events: mpsc::UnboundedSender<Event>,
    shared: Arc<Shared>,
    held_back: tokio::sync::Mutex<mpsc::UnboundedReceiver<String>>,
    server: tokio::task::JoinHandle<()>,
}

/// The result of an invocation.
#[derive(Clone, Debug)]
pub struct Completion {
    /// The request id that the function received.
    pub request_id: String,
    /// What the function returned, as JSON, or the error it failed with.
    pub result: Result<String, Failed>,
    /// The time from when the function received the event until it responded.
    pub took: Duration,
}

/// The error of a failed invocation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed {
    /// The error's type, such as `Runtime.ExitError`.
    pub error_type: String,
    /// The error's message.
    pub message: String,
}

/// How many of the last lines of an ended function its error contains.
const LAST_LINES: usize = 10;

#[derive(Debug)]
struct Event {
    request_id: String,
    function: String,
    body: String,
    deadline: u64,
    ended: oneshot::Sender<Completion>,
}

#[derive(Debug)]
struct Shared {
    waiting: tokio::sync::Mutex<mpsc::UnboundedReceiver<Event>>,
    running: Mutex<HashMap<String, (Instant, oneshot::Sender<Completion>)>>,
    handed: AtomicU64,
    /// The number of results that functions have reported.
    answered: AtomicU64,
    /// The hosts to which the function requested a tunnel, as through a proxy.
    held_back: mpsc::UnboundedSender<String>,
    /// Whether the function has requested an event, or how its start failed.
    ready: watch::Sender<Option<Result<(), Failed>>>,
}

impl RuntimeApi {
    pub(crate) async fn start() -> io::Result<Self> {
        let (listener, address) = server::listen().await?;
        let (events, waiting) = mpsc::unbounded_channel();
        let (sender, held_back) = mpsc::unbounded_channel();
        let shared = Arc::new(Shared {
            waiting: tokio::sync::Mutex::new(waiting),
            running: Mutex::default(),
            handed: AtomicU64::new(0),
            answered: AtomicU64::new(0),
            held_back: sender,
            ready: watch::Sender::new(None),
        });
        let server = tokio::spawn({
            let shared = shared.clone();
            async move {
                while let Ok((stream, _)) = listener.accept().await {
                    let _ = stream.set_nodelay(true);
                    let shared = shared.clone();
                    tokio::spawn(server::serve(stream, move |request| shared.clone().answer(request)));
                }
            }
        });
        Ok(Self { address, events, shared, held_back: held_back.into(), server })
    }

    /// Returns the address that it listens on, on the loopback interface: a function's `AWS_LAMBDA_RUNTIME_API`.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Resets whether a function is ready, before another is started.
    pub(crate) fn expect_start(&self) {
        self.shared.ready.send_replace(None);
    }

    /// Returns how many events functions have received so far.
    pub(crate) fn handed(&self) -> u64 {
        self.shared.handed.load(Ordering::Relaxed)
    }

    /// Returns how many results functions have reported so far.
    pub(crate) fn answered(&self) -> u64 {
        self.shared.answered.load(Ordering::Relaxed)
    }

    /// Waits until the function requests a tunnel to a host, as through a proxy, and returns the host. The request is not granted.
    pub(crate) async fn held_back(&self) -> String {
        match self.held_back.lock().await.recv().await {
            Some(host) => host,
            None => std::future::pending().await,
        }
    }

    /// Fails the invocations of a function whose process has ended, because nothing will report their result.
    pub(crate) fn lost(&self, failed: &Failed) {
        for (request_id, (began, ended)) in self.shared.running().drain() {
            // The caller may have given up the invocation.
            let _ = ended.send(Completion { request_id, result: Err(failed.clone()), took: began.elapsed() });
        }
    }

    /// Waits, without a timeout, until the function that was started last requests its first event. A process that has ended never does.
    ///
    /// # Errors
    /// The function's own error, if it reports that it cannot start.
    pub async fn ready(&self) -> Result<(), Failed> {
        let mut ready = self.shared.ready.subscribe();
        let ready = ready.wait_for(Option::is_some).await.ok().and_then(|ready| ready.clone());
        ready.unwrap_or_else(|| Err(Failed::unknown()))
    }

    /// Passes `event`, which is JSON, to the function, and waits without a timeout for the result. `deadline` is the deadline that the
    /// function receives, in milliseconds since 1970, as returned by [`deadline_in`]; it is not enforced here.
    pub async fn invoke(&self, event: impl Into<String>, deadline: u64) -> Completion {
        self.invoke_as(FUNCTION_ARN, event, deadline).await
    }

    /// Invokes the function as [`Self::invoke`] does, with `function` as the ARN in its context.
    pub(crate) async fn invoke_as(
        &self,
        function: &str,
        event: impl Into<String>,
        deadline: u64,
    ) -> Completion {
        let (ended, outcome) = oneshot::channel();
        let (request_id, function) = (request_id(), function.to_owned());
        let event = Event { request_id: request_id.clone(), function, body: event.into(), deadline, ended };
        let failed = Completion { request_id, result: Err(Failed::unknown()), took: Duration::ZERO };
        if self.events.send(event).is_err() {
            return failed;
        }
        outcome.await.unwrap_or(failed)
    }
}

impl Drop for RuntimeApi {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// Returns the deadline of an invocation that may take `time` from now, in milliseconds since 1970.
#[must_use]
pub fn deadline_in(time: Duration) -> u64 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::try_from((now + time).as_millis()).unwrap_or(u64::MAX)
}

impl Failed {
    /// Lambda's error type for a function whose process ended.
    pub(crate) const EXITED: &'static str = "Runtime.ExitError";

    /// Returns Lambda's error for a function whose process ended: the error that the function itself reported when it could not start,
    /// or else how the process ended, with its last lines.
    pub(crate) fn start(failure: Option<Self>, ended: &str, lines: &[Line]) -> Self {
        if let Some(failure) = failure {
            return failure;
        }
        let is_error = lines.iter().any(|line| line.is_error);
        let written: Vec<_> =
            lines.iter().filter(|line| line.is_error == is_error).map(|line| &*line.text).collect();
        let mut message = format!("the function ended before it received an event ({ended})");
        for line in &written[written.len().saturating_sub(LAST_LINES)..] {
            message.push('\n');
            message.push_str(line);
        }
        Self { error_type: Self::EXITED.into(), message }
    }

    fn unknown() -> Self {
        Self { error_type: "Unknown".into(), message: "the function did not say".into() }
    }

    fn read(body: &[u8]) -> Self {
        let body: serde_json::Value = serde_json::from_slice(body).unwrap_or_default();
        let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
        Self { error_type: text("errorType"), message: text("errorMessage") }
    }
}

impl Shared {
    async fn answer(self: Arc<Self>, request: Request<Incoming>) -> Result<Answer, Closed> {
        if request.method() == Method::CONNECT {
            // The task that keeps the function running may have ended.
            let _ = self.held_back.send(request.uri().to_string());
            let why = r#"{"errorType":"NoProxy","errorMessage":"functions of the local service do not reach the internet"}"#;
            return Ok(server::json(403, why));
        }
        let path = request.uri().path().to_owned();
        let parts: Vec<_> = path.trim_start_matches("/2018-06-01/runtime/").split('/').collect();
        match (request.method(), &*parts) {
            (&Method::GET, ["invocation", "next"]) => self.next().await,
            (&Method::POST, ["invocation", id, "response"]) => {
                let ended = Instant::now();
                let body = server::body(request).await?;
                Ok(self.ended(id, ended, Ok(String::from_utf8_lossy(&body).into_owned())))
            }
            (&Method::POST, ["invocation", id, "error"]) => {
                let ended = Instant::now();
                let body = server::body(request).await?;
                Ok(self.ended(id, ended, Err(Failed::read(&body))))
            }
            (&Method::POST, ["init", "error"]) => {
                let failed = Failed::read(&server::body(request).await?);
                self.ready.send_replace(Some(Err(failed)));
                Ok(server::json(202, "{}"))
            }
            _ => Ok(server::json(404, r#"{"errorType":"NotFound","errorMessage":"no such call"}"#)),
        }
    }

    async fn next(&self) -> Result<Answer, Closed> {
        self.ready.send_if_modified(|ready| ready.is_none().then(|| *ready = Some(Ok(()))).is_some());
        let Event { request_id, function, body, deadline, ended } = loop {
            let event = self.waiting.lock().await.recv().await.ok_or(Closed)?;
            // The caller may have given up the event before a function received it.
            if !event.ended.is_closed() {
                break event;
            }
        };
        let mut answer = server::json(200, body);
        let headers = [
            ("lambda-runtime-aws-request-id", request_id.clone()),
            ("lambda-runtime-deadline-ms", deadline.to_string()),
            ("lambda-runtime-invoked-function-arn", function),
            ("lambda-runtime-trace-id", format!("Root=1-{:08x}-{:024x};Sampled=0", deadline >> 10, deadline)),
        ];
        for (name, value) in headers {
            // The ARN is a user's text. An ARN that a header cannot contain does not pass the service's model.
            let value = value.parse().unwrap_or_else(|_| HeaderValue::from_static(""));
            answer.headers_mut().insert(name, value);
        }
        self.handed.fetch_add(1, Ordering::Relaxed);
        self.running().insert(request_id, (Instant::now(), ended));
        Ok(answer)
    }

    fn ended(&self, id: &str, at: Instant, result: Result<String, Failed>) -> Answer {
        let Some((began, ended)) = self.running().remove(id) else {
            return server::json(
                400,
                r#"{"errorType":"InvalidRequestID","errorMessage":"no such invocation"}"#,
            );
        };
        self.answered.fetch_add(1, Ordering::Relaxed);
        // The caller may have given up the invocation.
        let _ = ended.send(Completion { request_id: id.to_owned(), result, took: at - began });
        server::json(202, r#"{"status":"OK"}"#)
    }

    fn running(&self) -> std::sync::MutexGuard<'_, HashMap<String, (Instant, oneshot::Sender<Completion>)>> {
        // A std mutex, because it is never held across an await.
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

const FUNCTION_ARN: &str = "arn:aws:lambda:us-east-1:111122223333:function:chimeflow";

/// Returns a request id that is unique in this process, in Lambda's format.
fn request_id() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let next = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("{:08x}-0000-4000-8000-{next:012x}", std::process::id())
}
