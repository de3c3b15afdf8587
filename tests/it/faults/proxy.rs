//! [`Proxy`]: a proxy between a command and the servers that responds wrongly to some requests.

use std::process::Output;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::process::Command;
use tokio::sync::{Barrier, Notify};

use super::wire::{Request, Response};

/// How an response is damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spoil {
    Throttled,
    Unavailable,
    /// It is carried out, and the answer is a 500.
    Failed,
    /// The connection is reset before the request is carried out.
    LostBefore,
    /// The connection is reset after it was carried out.
    LostAfter,
    /// It is carried out, and the connection ends in the middle of the answer.
    Cut,
    /// It is carried out, and the answer comes late.
    Slow(Duration),
    /// Nothing was done, and no response ever arrives.
    SilentBefore,
    /// It is carried out, and no response ever arrives.
    SilentAfter,
    /// Status 200 without a body, and nothing was done.
    Empty,
    /// It is carried out, and the answer is a 200 without a body.
    EmptyAfter,
    /// It is carried out, and the answer is an empty object.
    Bare,
    /// It is carried out, and the lists in the answer are empty.
    NoItems,
    /// Status 200 with JSON that ends early, and nothing was done.
    Garbage,
    /// A web page with this status, and nothing was done.
    Page(u16),
    /// It is refused by IAM, with a message that would colour a terminal.
    Refused,
    /// There is nothing of this name, and nothing was done.
    Missing,
    /// It is refused by something that is not the service, with JSON.
    Forbidden,
    /// The program is killed before the request is carried out.
    KilledBefore,
    /// The program is killed after it was carried out.
    KilledAfter,
}

/// Whose responses are damaged.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Whose {
    /// The request with this number, counted from one.
    Request(usize),
    /// The request with this number, and all later ones of the same operation.
    OperationOf(usize),
    /// All requests from this one on.
    Since(usize),
    /// A number of requests of an operation, after a number of requests without faults.
    Operation { name: &'static str, after: usize, times: usize },
}

/// Which responses are damaged, and how.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fault {
    pub whose: Whose,
    pub spoil: Spoil,
}

/// The maximum time of a command: it waits a minute for each response that does not arrive.
const LONGEST: Duration = Duration::from_mins(10);

/// A text in responses that are not the service's; the program must not quote it.
pub(super) const NOT_QUOTED: &str = "amaranth";

/// A proxy of a server.
pub(crate) struct Proxy {
    pub endpoint: String,
    shared: Arc<Shared>,
    server: tokio::task::JoinHandle<()>,
}

struct Shared {
    upstream: String,
    edit: fn(&str, Response) -> Response,
    faults: Mutex<Vec<Fault>>,
    /// The operations of all requests since the start, or since faults were last set.
    seen: Mutex<Vec<String>>,
    /// The access keys of all requests, since they were last taken.
    keys: Mutex<Vec<String>>,
    /// The bodies of responses that were not delivered, since they were last taken.
    lost: Mutex<Vec<Vec<u8>>>,
    kills: Notify,
    gathering: Mutex<Option<Arc<Gathering>>>,
}

/// Requests that wait for each other.
struct Gathering {
    operation: &'static str,
    all_there: Barrier,
    one_by_one: tokio::sync::Mutex<u64>,
}

impl Spoil {
    /// Returns whether the request is carried out.
    pub(crate) const fn carries_out(self) -> bool {
        matches!(
            self,
            Self::Failed
                | Self::LostAfter
                | Self::Cut
                | Self::Slow(_)
                | Self::EmptyAfter
                | Self::Bare
                | Self::NoItems
                | Self::KilledAfter
                | Self::SilentAfter
        )
    }

    /// Returns whether the program waits until its own timeout.
    pub(super) const fn is_silent(self) -> bool {
        matches!(self, Self::SilentBefore | Self::SilentAfter)
    }

    /// Returns whether the answer says that the request was carried out although it was not.
    pub(crate) const fn is_a_lie(self) -> bool {
        matches!(self, Self::Empty | Self::Garbage | Self::Page(200))
    }

    const fn kills(self) -> bool {
        matches!(self, Self::KilledBefore | Self::KilledAfter)
    }
}

impl Whose {
    /// Returns whether the fault is in the answer to a request of `operation`, which comes after `seen`.
    fn includes(self, operation: &str, seen: &[String]) -> bool {
        let now = seen.len() + 1;
        match self {
            Self::Request(at) => now == at,
            Self::Since(at) => now >= at,
            Self::OperationOf(at) => now == at || now > at && seen[at - 1] == operation,
            Self::Operation { name, after, times } => {
                let before = seen.iter().filter(|it| *it == name).count();
                operation == name && before >= after && before - after < times
            }
        }
    }
}

impl Proxy {
    /// Starts a proxy of the server at `endpoint`. `edit` may change correct responses, and receives the name of the operation.
    pub(crate) async fn start(endpoint: &str, edit: fn(&str, Response) -> Response) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (faults, seen, keys, lost, kills) =
            (Mutex::default(), Mutex::default(), Mutex::default(), Mutex::default(), Notify::new());
        let upstream = endpoint.trim_start_matches("http://").to_owned();
        let gathering = Mutex::default();
        let shared = Arc::new(Shared { upstream, edit, faults, seen, keys, lost, kills, gathering });
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let serving = shared.clone();
        let server = tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                tokio::spawn(serve(socket, serving.clone()));
            }
        });
        Self { endpoint, shared, server }
    }

    /// Damages these responses and no others, and counts requests from now on.
    pub(crate) fn spoil(&self, faults: Vec<Fault>) {
        self.shared.seen.lock().unwrap().clear();
        *self.shared.faults.lock().unwrap() = faults;
    }

    /// Returns the operations of all requests since faults were set.
    pub(crate) fn seen(&self) -> Vec<String> {
        self.shared.seen.lock().unwrap().clone()
    }

    /// Takes the access keys with which requests were signed.
    pub(crate) fn take_keys(&self) -> Vec<String> {
        std::mem::take(&mut self.shared.keys.lock().unwrap())
    }

    /// Takes the bodies of responses that were not delivered.
    pub(crate) fn take_lost(&self) -> Vec<Vec<u8>> {
        std::mem::take(&mut self.shared.lost.lock().unwrap())
    }

    /// Makes requests of `operation` wait until there are so many of them. They are carried out one after the other, at times that differ,
    /// as a service would that knows no tokens.
    pub(crate) fn gather(&self, operation: &'static str, count: usize) {
        let gathering = Gathering {
            operation,
            all_there: Barrier::new(count),
            one_by_one: tokio::sync::Mutex::default(),
        };
        *self.shared.gathering.lock().unwrap() = Some(Arc::new(gathering));
    }

    /// Runs `command` to its end; nothing if a fault kills it.
    pub(crate) async fn run(&self, command: &mut Command) -> Option<Output> {
        let child = command.kill_on_drop(true).spawn().unwrap();
        tokio::select! {
            () = self.shared.kills.notified() => None,
            output = tokio::time::timeout(LONGEST, child.wait_with_output()) => Some(output.expect("it ends").unwrap()),
        }
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Shared {
    fn spoil(&self, operation: &str) -> Option<Spoil> {
        let mut seen = self.seen.lock().unwrap();
        let faults = self.faults.lock().unwrap();
        let fault = faults.iter().find(|fault| fault.whose.includes(operation, &seen));
        seen.push(operation.to_owned());
        fault.map(|fault| fault.spoil)
    }

    async fn carry_out(&self, operation: &str, request: &mut Request) -> Response {
        let gathering = self.gathering.lock().unwrap().clone().filter(|it| it.operation == operation);
        let Some(gathering) = gathering else { return self.forward(operation, request).await };
        gathering.all_there.wait().await;
        let mut number = gathering.one_by_one.lock().await;
        *number += 1;
        let mut body: Value = serde_json::from_slice(&request.body).unwrap();
        body["ClientRequestToken"] = format!("token-{number}").into();
        request.body = body.to_string().into_bytes();
        let response = self.forward(operation, request).await;
        // The service's clock has to show another time.
        tokio::time::sleep(Duration::from_millis(20)).await;
        response
    }

    async fn forward(&self, operation: &str, request: &Request) -> Response {
        match request.forward(&self.upstream).await {
            Ok(response) => (self.edit)(operation, response),
            // The server ended with its test.
            Err(_) => Response::page(502),
        }
    }
}

/// Responds to one request.
async fn serve(mut socket: TcpStream, shared: Arc<Shared>) {
    let Some(mut request) = Request::read(&mut socket).await else { return };
    let operation = request.operation();
    let signed =
        request.header("authorization").and_then(|it| it.split_once("Credential=")?.1.split('/').next());
    shared.keys.lock().unwrap().push(signed.unwrap_or_default().to_owned());
    let spoil = shared.spoil(&operation);
    let right = if spoil.is_none_or(Spoil::carries_out) {
        shared.carry_out(&operation, &mut request).await
    } else {
        Response::json(200, &json!({}))
    };
    if spoil.is_some_and(|spoil| spoil.carries_out() && !matches!(spoil, Spoil::Slow(_))) {
        shared.lost.lock().unwrap().push(right.body.clone());
    }
    match spoil {
        None => right.write(&mut socket).await,
        Some(Spoil::Slow(time)) => {
            tokio::time::sleep(time).await;
            right.write(&mut socket).await;
        }
        Some(Spoil::LostBefore | Spoil::LostAfter) => {
            let _ = socket.set_zero_linger();
        }
        Some(spoil) if spoil.is_silent() => {
            // Until the program gives up.
            let _ = socket.read_u8().await;
        }
        Some(Spoil::Cut) => right.write_half(&mut socket).await,
        Some(spoil) if spoil.kills() => {
            shared.kills.notify_one();
            std::future::pending::<()>().await;
        }
        Some(spoil) => spoilt(spoil, &operation, right).write(&mut socket).await,
    }
}

/// Returns the response in place of the `right` one.
fn spoilt(spoil: Spoil, operation: &str, right: Response) -> Response {
    let nothing = || Response { body: Vec::new(), ..Response::json(200, &json!({})) };
    match spoil {
        Spoil::Throttled => Response::error(429, "TooManyRequestsException", "slow down"),
        Spoil::Unavailable => Response::error(503, "ServiceException", "not now"),
        Spoil::Failed => Response::error(500, "InternalServerException", "try again"),
        Spoil::Empty | Spoil::EmptyAfter => nothing(),
        Spoil::NoItems => match serde_json::from_slice(&right.body) {
            Ok(body) => Response { body: without_items(body).to_string().into_bytes(), ..right },
            Err(_) => right,
        },
        Spoil::Garbage => Response {
            body: format!("{{\"{NOT_QUOTED}\": [").into_bytes(),
            ..Response::json(200, &json!({}))
        },
        Spoil::Page(status) => Response::page(status),
        Spoil::Refused => Response::error(
            403,
            "AccessDeniedException",
            &format!("\u{1b}[31mnot authorized to perform: x:{operation}\r\u{9b}\u{202e}"),
        ),
        Spoil::Missing => Response::error(404, "ResourceNotFoundException", "there is none"),
        Spoil::Forbidden => Response::json(403, &json!({ "message": "Forbidden" })),
        _ => Response::json(200, &json!({})),
    }
}

/// Returns an object with empty lists, and without the token of the next page.
fn without_items(mut body: Value) -> Value {
    if let Value::Object(members) = &mut body {
        members.remove("NextToken");
        members.values_mut().filter(|value| value.is_array()).for_each(|list| *list = json!([]));
    }
    body
}
