//! Asks a local service that runs.

use std::io;

use anyhow::{Context, bail};
use hyper::{Method, Request, Uri};
use serde_json::Value;

use crate::http::{self, HttpError};

/// Which service.
#[derive(clap::Args)]
pub(super) struct At {
    /// Where the service listens
    #[arg(long, value_name = "URL", env = "CHIMEFLOW_LOCAL", default_value = "http://127.0.0.1:8200")]
    pub at: Uri,
}

/// The runtime that commands of `local` run on.
pub(super) fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().context("could not set up the runtime")
}

/// Waits until somebody interrupts or terminates this program.
pub(super) async fn interrupted() -> io::Result<()> {
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        terminated = terminated() => terminated,
    }
}

/// Waits until somebody terminates this program: it then ends in order, so that what it started ends, and its temporary files go.
pub(super) async fn terminated() -> io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        signal(SignalKind::terminate())?.recv().await;
        Ok(())
    }
    // Nothing but an interruption can be waited for elsewhere.
    #[cfg(not(unix))]
    std::future::pending().await
}

/// Sends a request to the service and waits for its answer, as [`ask`] does.
pub(super) fn request(at: &At, method: Method, path: &str, body: Option<String>) -> anyhow::Result<Value> {
    runtime()?.block_on(ask(&at.at, method, path, body))
}

/// Sends a request for `path`. Returns the JSON that the service answers, null when it answers nothing. The error says what the service says.
pub(super) async fn ask(at: &Uri, method: Method, path: &str, body: Option<String>) -> anyhow::Result<Value> {
    ask_as(at, method, path, "", body).await
}

/// [`ask`], in somebody's name.
pub(super) async fn ask_as(
    at: &Uri,
    method: Method,
    path: &str,
    bearer: &str,
    body: Option<String>,
) -> anyhow::Result<Value> {
    let authority = at.authority().context("expected an address such as http://127.0.0.1:8200")?;
    let mut request = Request::builder().method(method).uri(path);
    if !bearer.is_empty() {
        request = request.header("x-amz-chime-bearer", bearer);
    }
    let response = match http::send(authority, request, body.unwrap_or_default()).await {
        Err(HttpError::NoConnection { why, .. }) => {
            bail!("no local service at {at}: start one with `chimeflow local`: {why}")
        }
        response => response?,
    };
    let fine = response.status().is_success();
    let body = response.body(usize::MAX).await?;
    if fine && body.is_empty() {
        return Ok(Value::Null);
    }
    let value: Value =
        serde_json::from_slice(&body).context("what answers there is no local service of Chimeflow")?;
    if fine {
        return Ok(value);
    }
    // The services say why in `Message`, what AWS does not have in `error`.
    let why = value["error"].as_str().or_else(|| value["Message"].as_str());
    bail!("{}", why.unwrap_or("the service refused, and did not say why"))
}
