//! [`ask`]: one exchange with a server on this machine, which is AppConfig's extension or the Runtime API.
//!
//! A connection each: there are few exchanges, and Lambda freezes the function for hours between two of them.

use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// An answer, of which only the head was read.
#[derive(Debug)]
pub(super) struct Answer {
    response: Response<Incoming>,
    /// What reads from the connection. It ends when this is dropped, and the connection with it.
    _connection: JoinSet<()>,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unanswered {
    #[error("no connection to {to}: {error}")]
    NoConnection { to: String, error: std::io::Error },
    #[error("{0}")]
    Http(#[from] hyper::Error),
    #[error("expected at most {0} bytes, or a connection that holds")]
    Body(usize),
}

/// Sends `request` to `to`, which is `HOST:PORT`.
pub(super) async fn ask(to: &str, request: Request<Full<Bytes>>) -> Result<Answer, Unanswered> {
    let stream = TcpStream::connect(to).await;
    let stream = stream.map_err(|error| Unanswered::NoConnection { to: to.to_owned(), error })?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    let mut connections = JoinSet::new();
    connections.spawn(async {
        // How it ends is told to whoever waits for the answer.
        let _ = connection.await;
    });
    Ok(Answer { response: sender.send_request(request).await?, _connection: connections })
}

impl Answer {
    pub(super) fn status(&self) -> u16 {
        self.response.status().as_u16()
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.response.headers().get(name)?.to_str().ok()
    }

    /// The body, which must not be longer than `limit` bytes.
    pub(super) async fn body(self, limit: usize) -> Result<Bytes, Unanswered> {
        let Self { response, _connection } = self;
        let body = Limited::new(response.into_body(), limit).collect().await;
        Ok(body.map_err(|_| Unanswered::Body(limit))?.to_bytes())
    }
}
