//! AppConfig's Lambda extension, emulated: its responses over HTTP, and how it fails.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// How the extension responds.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    /// Answers with a configuration of this version.
    Rules(&'static str, Arc<str>),
    /// Answers with a configuration, and no version.
    Unversioned(Arc<str>),
    /// Answers with bytes of this version that may be no text.
    Bytes(&'static str, Vec<u8>),
    /// Answers with this status and this body.
    Status(u16, &'static str),
    /// Answers with something that is not HTTP.
    Garbage,
    /// Breaks the connection in the middle of a body.
    Break,
    /// Does not answer.
    Hang,
    /// Responds like this, but after a delay.
    Slow(Duration, Box<Act>),
}

/// The emulated extension.
pub(crate) struct Extension {
    pub port: u16,
    shared: Arc<Shared>,
    server: tokio::task::JoinHandle<()>,
}

struct Shared {
    say: Mutex<Act>,
    asked: Mutex<Vec<String>>,
}

impl Extension {
    pub(crate) async fn start(say: Act) -> Self {
        Self::start_at(0, say).await
    }

    /// Starts it on `port`, where it may have listened before.
    pub(crate) async fn start_at(port: u16, say: Act) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared { say: Mutex::new(say), asked: Mutex::default() });
        let server = tokio::spawn({
            let shared = shared.clone();
            async move {
                while let Ok((stream, _)) = listener.accept().await {
                    tokio::spawn(answer(stream, shared.clone()));
                }
            }
        });
        Self { port, shared, server }
    }

    pub(crate) fn say(&self, say: Act) {
        *self.shared.say.lock().unwrap() = say;
    }

    /// Returns the requested paths.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.shared.asked.lock().unwrap().clone()
    }
}

impl Drop for Extension {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn answer(mut stream: TcpStream, shared: Arc<Shared>) {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        if stream.read(&mut byte).await.unwrap_or(0) == 0 {
            return;
        }
        request.extend(byte);
    }
    let request = String::from_utf8(request).unwrap();
    let path = request.strip_prefix("GET ").and_then(|rest| rest.split(' ').next()).unwrap_or_default();
    shared.asked.lock().unwrap().push(path.to_owned());
    let mut say = shared.say.lock().unwrap().clone();
    while let Act::Slow(time, then) = say {
        tokio::time::sleep(time).await;
        say = *then;
    }
    let head = |status: u16, version: &str, length: usize| {
        let version =
            if version.is_empty() { String::new() } else { format!("Configuration-Version: {version}\r\n") };
        format!(
            "HTTP/1.1 {status} \r\nContent-Type: text/plain\r\n{version}Content-Length: {length}\r\nConnection: close\r\n\r\n"
        )
    };
    let (head, body) = match say {
        Act::Rules(version, text) => (head(200, version, text.len()), text.as_bytes().to_vec()),
        Act::Unversioned(text) => (head(200, "", text.len()), text.as_bytes().to_vec()),
        Act::Bytes(version, bytes) => (head(200, version, bytes.len()), bytes),
        Act::Status(status, body) => (head(status, "", body.len()), body.as_bytes().to_vec()),
        Act::Garbage => ("nothing like HTTP\r\n\r\n".to_owned(), Vec::new()),
        Act::Break => (head(200, "99", 1000), b"version = 1".to_vec()),
        Act::Hang => return std::future::pending().await,
        Act::Slow(..) => unreachable!("it was waited for"),
    };
    // The function hangs up on a body that it knows.
    let _ = stream.write_all(head.as_bytes()).await;
    let _ = stream.write_all(&body).await;
}
