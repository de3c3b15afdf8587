//! [`Extension`]: AppConfig's Lambda extension, which caches the configuration on this machine.
//!
//! The extension polls AppConfig by itself, every 45 seconds unless `AWS_APPCONFIG_EXTENSION_POLL_INTERVAL_SECONDS` says otherwise, and
//! responds from memory. It sends no notifications of new versions: one has to ask it, and compare the version.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use hyper::Request;
use hyper::header::HOST;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::address::Address;
use crate::http::{self, HttpError, Response};

/// The extension, and the configuration requested from it.
#[derive(Clone, Debug)]
pub(super) struct Extension {
    port: u16,
    address: Address,
}

/// A configuration from the extension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Document {
    /// The configuration version, if AppConfig reports one.
    pub version: Option<String>,
    /// The rules.
    pub text: String,
}

/// The extension's response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Latest {
    /// A version that is already known.
    Known(String),
    /// A new configuration.
    Document(Document),
}

/// Why there is no configuration.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unavailable {
    #[error("AppConfig's extension cannot be asked: {0}; its layer must be part of the function")]
    NotThere(HttpError),
    #[error("AppConfig's extension did not answer within {} ms", .0.as_millis())]
    Slow(Duration),
    #[error("AppConfig's extension answered {status}: {message}")]
    Refused { status: u16, message: String },
    #[error("AppConfig's extension gave an answer that cannot be read: {0}")]
    Garbled(HttpError),
    #[error("expected rules as UTF-8 text; configuration version {0} is not UTF-8")]
    NotText(String),
}

impl Document {
    /// Returns the name of the configuration: its version or, if AppConfig reports none, a digest of it.
    pub(super) fn name(&self) -> String {
        let digest = || {
            let mut hasher = DefaultHasher::new();
            self.text.hash(&mut hasher);
            format!("#{:016x}", hasher.finish())
        };
        self.version.clone().unwrap_or_else(digest)
    }
}

/// The largest configuration that AppConfig stores, in bytes.
const LARGEST: usize = 4 * 1024 * 1024;

/// How much of an error's text is logged.
const MESSAGE_CHARS: usize = 300;

/// How long a refused connection may mean that the extension is still starting, and how long to wait before the next attempt.
const STARTING: Duration = Duration::from_secs(1);
const PAUSE: Duration = Duration::from_millis(20);

impl Extension {
    pub(super) fn new(port: u16, address: Address) -> Self {
        Self { port, address }
    }

    /// Requests the configuration, unless `known` returns true for its version. Takes no longer than `limit`.
    pub(super) async fn fetch(
        &self,
        known: impl Fn(&str) -> bool,
        limit: Duration,
    ) -> Result<Latest, Unavailable> {
        let fetched = tokio::time::timeout(limit, self.fetch_unbounded(known)).await;
        fetched.unwrap_or(Err(Unavailable::Slow(limit)))
    }

    /// Requests the configuration while the function and the extension start.
    pub(super) async fn fetch_first(&self, limit: Duration) -> Result<Latest, Unavailable> {
        let mut waited = Duration::ZERO;
        loop {
            match self.fetch(|_| false, limit.saturating_sub(waited)).await {
                Err(Unavailable::NotThere(HttpError::NoConnection { is_refused: true, .. }))
                    if waited < STARTING =>
                {
                    tokio::time::sleep(PAUSE).await;
                    waited += PAUSE;
                }
                fetched => return fetched,
            }
        }
    }

    async fn fetch_unbounded(&self, known: impl Fn(&str) -> bool) -> Result<Latest, Unavailable> {
        let request = Request::get(self.path()).header(HOST, format!("localhost:{}", self.port));
        // Not `localhost`, because resolving a name would use another thread.
        let to = format!("127.0.0.1:{}", self.port).parse().expect("an address with a port is an authority");
        let answer = http::send(&to, request, "").await.map_err(Unavailable::NotThere)?;
        if answer.status() != 200 {
            return Err(refused(answer).await);
        }
        let version = answer.header("configuration-version").map(str::to_owned);
        let version = match version {
            // The body, which may be megabytes, is not even read.
            Some(version) if known(&version) => return Ok(Latest::Known(version)),
            version => version,
        };
        let body = answer.body(LARGEST).await.map_err(Unavailable::Garbled)?;
        match String::from_utf8(body.into()) {
            Ok(text) => Ok(Latest::Document(Document { version, text })),
            Err(_) => Err(Unavailable::NotText(version.unwrap_or_else(|| "unknown".to_owned()))),
        }
    }

    fn path(&self) -> String {
        /// The characters that are not percent-encoded in a path segment.
        const SEGMENT: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
        let Address { application, environment, profile } = &self.address;
        let [application, environment, profile] =
            [application, environment, profile].map(|name| utf8_percent_encode(name, &SEGMENT));
        format!("/applications/{application}/environments/{environment}/configurations/{profile}")
    }
}

/// Returns the error for an unsuccessful response. Its text comes from AWS or whatever listens on the port, and is logged.
async fn refused(answer: Response) -> Unavailable {
    let status = answer.status().as_u16();
    let body = answer.body(64 * 1024).await.unwrap_or_default();
    let text = String::from_utf8_lossy(&body);
    let json: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    let message = json["Message"].as_str().or(json["message"].as_str()).unwrap_or(&text);
    let message: String = message.chars().filter(|c| !c.is_control()).take(MESSAGE_CHARS).collect();
    Unavailable::Refused { status, message: if message.is_empty() { "nothing".to_owned() } else { message } }
}
