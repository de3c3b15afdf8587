//! [`Messaging`]: emulates the messaging service as far as callbacks need it.

use std::collections::{HashSet, VecDeque};
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use hyper::body::Incoming;
use hyper::header::AUTHORIZATION;
use hyper::{Method, Request};
use percent_encoding::percent_decode_str;
use serde_json::Value;
use tokio::sync::{Notify, watch};
use tokio_rustls::TlsAcceptor;

use super::model;
use super::server::{self, Answer, Closed};

/// Emulates the messaging service's endpoint for callbacks: `POST /channels/{arn}?operation=channel-flow-callback`, over TLS.
///
/// Like the service, it accepts the first callback for each callback id and refuses the others, unless a script says otherwise.
#[derive(Debug)]
pub struct Messaging {
    address: SocketAddr,
    shared: Arc<Shared>,
    server: tokio::task::JoinHandle<()>,
}

/// A callback that was received.
#[derive(Clone, Debug)]
pub struct Callback {
    /// The ARN of the channel in it.
    pub channel_arn: String,
    /// Its body.
    pub body: Value,
    /// The status of the response; `None` if there was none.
    pub status: Option<u16>,
    /// Why it was refused.
    pub refusal: Option<String>,
}

/// What to do with a callback.
#[derive(Clone, Debug)]
pub enum Act {
    /// Accept it, or refuse it if it violates the model or its message was already answered.
    Take,
    /// Accept it after this notifies.
    Hold(Arc<Notify>),
    /// Accept it, but respond with this status as if it had failed.
    TakeAndFail(u16),
    /// Respond with this status and body, which are not the service's, and do nothing else.
    Say(u16, &'static str),
    /// Accept it, and respond with 200 and this body.
    TakeAndRespond(&'static str),
    /// Refuse it.
    Refuse {
        /// The HTTP status.
        status: u16,
        /// The name of the error.
        code: &'static str,
        /// The error's message.
        message: &'static str,
    },
    /// Never respond.
    Hang,
    /// Close the connection.
    Close,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    /// The number of callbacks received so far.
    seen: watch::Sender<usize>,
    close_connections: Notify,
}

#[derive(Debug, Default)]
struct State {
    script: VecDeque<Act>,
    callbacks: Vec<Callback>,
    taken: HashSet<String>,
    connections: usize,
}

impl Messaging {
    pub(super) async fn start(acceptor: TlsAcceptor) -> io::Result<Self> {
        let (listener, address) = server::listen().await?;
        let shared = Arc::<Shared>::default();
        let server = tokio::spawn({
            let shared = shared.clone();
            async move {
                while let Ok((stream, _)) = listener.accept().await {
                    let _ = stream.set_nodelay(true);
                    shared.state().connections += 1;
                    let (acceptor, shared) = (acceptor.clone(), shared.clone());
                    tokio::spawn(async move {
                        let Ok(stream) = acceptor.accept(stream).await else { return };
                        tokio::select! {
                            () = server::serve(stream, |request| shared.clone().answer(request)) => {}
                            () = shared.close_connections.notified() => {}
                        }
                    });
                }
            }
        });
        Ok(Self { address, shared, server })
    }

    /// Returns the address that it listens on, on the loopback interface.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Queues what to do with the next callbacks, one entry for each. Later callbacks are accepted.
    pub fn script(&self, acts: impl IntoIterator<Item = Act>) {
        self.shared.state().script.extend(acts);
    }

    /// Removes the remaining entries of the script.
    pub fn forget_script(&self) {
        self.shared.state().script.clear();
    }

    /// Returns the callbacks received so far, oldest first, with the responses to them.
    #[must_use]
    pub fn callbacks(&self) -> Vec<Callback> {
        self.shared.state().callbacks.clone()
    }

    /// Returns how many connections were accepted so far.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.shared.state().connections
    }

    /// Closes every connection, as the service does with connections that were idle for long.
    pub fn close_connections(&self) {
        self.shared.close_connections.notify_waiters();
    }

    /// Waits, without a timeout, until at least `count` callbacks were received.
    pub async fn seen(&self, count: usize) {
        let _ = self.shared.seen.subscribe().wait_for(|seen| *seen >= count).await;
    }
}

impl Drop for Messaging {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        // A std mutex, because it is never held across an await.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn answer(self: Arc<Self>, request: Request<Incoming>) -> Result<Answer, Closed> {
        let is_callback = request.method() == Method::POST
            && request.uri().query().is_some_and(|query| query.contains("operation=channel-flow-callback"));
        let Some(arn) = request.uri().path().strip_prefix("/channels/").filter(|_| is_callback) else {
            return Ok(refused(404, "NotFoundException", "no such operation"));
        };
        let channel_arn = percent_decode_str(arn).decode_utf8_lossy().into_owned();
        let authorization = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let authorization = authorization.unwrap_or_default().to_owned();
        let body: Value = serde_json::from_slice(&server::body(request).await?).unwrap_or_default();

        let (at, act) = {
            let mut state = self.state();
            state.callbacks.push(Callback { channel_arn, body: body.clone(), status: None, refusal: None });
            (state.callbacks.len() - 1, state.script.pop_front().unwrap_or(Act::Take))
        };
        self.seen.send_modify(|seen| *seen += 1);
        let (status, code, message) = match act {
            Act::Hang => std::future::pending().await,
            Act::Close => return Err(Closed),
            Act::Say(status, body) => return Ok(server::json(status, body)),
            Act::TakeAndRespond(response) => {
                self.state().callbacks[at].status = Some(self.take(&authorization, &body).0);
                return Ok(server::json(200, response));
            }
            Act::Refuse { status, code, message } => (status, code, message.to_owned()),
            Act::TakeAndFail(status) => {
                self.take(&authorization, &body);
                (status, "ServiceFailureException", "the service failed".to_owned())
            }
            Act::Take => self.take(&authorization, &body),
            Act::Hold(release) => {
                release.notified().await;
                self.take(&authorization, &body)
            }
        };
        let callback = &mut self.state().callbacks[at];
        callback.status = Some(status);
        if status == 200 {
            let taken =
                serde_json::json!({"CallbackId": body["CallbackId"], "ChannelArn": callback.channel_arn});
            return Ok(server::json(200, taken.to_string()));
        }
        callback.refusal = Some(message.clone());
        Ok(refused(status, code, &message))
    }

    /// Handles a callback as the service does, and returns the response.
    fn take(&self, authorization: &str, body: &Value) -> (u16, &'static str, String) {
        if let Some(refusal) = model::refusal(authorization, body) {
            return refusal;
        }
        let id = body["CallbackId"].as_str().unwrap_or_default();
        if self.state().taken.insert(id.to_owned()) {
            return (200, "", String::new());
        }
        let message = body["ChannelMessage"]["MessageId"].as_str().unwrap_or_default();
        let settled = format!(
            "Unable to complete processing of non-pending message for callback id: {id}, message id: {message}"
        );
        (400, "BadRequestException", settled)
    }
}

fn refused(status: u16, code: &str, message: &str) -> Answer {
    let body = serde_json::json!({"Code": code.trim_end_matches("Exception"), "Message": message});
    let mut answer = server::json(status, body.to_string());
    answer.headers_mut().insert("x-amzn-errortype", code.parse().expect("error names are valid headers"));
    answer
}
