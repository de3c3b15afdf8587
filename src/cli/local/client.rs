//! A client of a running local service.

use std::time::Duration;

use anyhow::{Context, bail};
use hyper::{Method, Request, Uri};
use serde_json::Value;

use crate::http::{self, HttpError};

/// The address of the service.
#[derive(clap::Args)]
pub(super) struct Address {
    /// Where the service listens
    #[arg(long, value_name = "URL", env = "CHIMEFLOW_LOCAL", default_value = "http://127.0.0.1:8200", value_parser = address)]
    pub at: Uri,
}

/// Parses the address of a service: a URL without a path, with or without the scheme.
fn address(text: &str) -> Result<Uri, String> {
    let whole = if text.contains("://") { text.to_owned() } else { format!("http://{text}") };
    let url = whole.parse::<Uri>().ok().filter(|url| {
        // One port takes both.
        let speaks = matches!(url.scheme_str(), Some("http" | "https"));
        let names_it = text.contains("://") || url.port().is_some();
        speaks && names_it && url.path() == "/" && url.query().is_none()
    });
    url.ok_or_else(|| "expected an address such as http://127.0.0.1:8200".to_owned())
}

/// Parses the id of a message, as the service's model does.
pub(super) fn message_id(text: &str) -> Result<String, String> {
    let is_one = !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    if is_one {
        Ok(text.to_owned())
    } else {
        Err("expected a `MessageId`, as `SendChannelMessage` returns it".to_owned())
    }
}

/// The maximum number of characters of a response that is not JSON in an error.
const SHOWN: usize = 100;

/// The timeout for a request. Exporting a hundred thousand messages takes a few seconds.
const ANSWER: Duration = Duration::from_mins(1);
/// The timeout for the first request of a command, which only tests whether a service responds.
const THERE: Duration = Duration::from_secs(5);

/// Returns the runtime for commands of `local`.
pub(super) fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().context("could not set up the runtime")
}

/// Sends a request to the service and waits for its response, as [`ask`] does, with a timeout.
pub(super) fn request(
    at: &Address,
    method: Method,
    path: &str,
    body: Option<String>,
) -> anyhow::Result<Value> {
    runtime()?.block_on(async {
        within(&at.at, THERE, ask(&at.at, Method::GET, "/_local/clock", None)).await?;
        within(&at.at, ANSWER, ask(&at.at, method, path, body)).await
    })
}

/// Returns the response to a request, or an error if it does not arrive within `limit`.
async fn within(
    at: &Uri,
    limit: Duration,
    request: impl Future<Output = anyhow::Result<Value>>,
) -> anyhow::Result<Value> {
    tokio::time::timeout(limit, request).await.unwrap_or_else(|_| {
        bail!(
            "{at} accepts connections but does not respond within {} s: is it a local service? Run `chimeflow local doctor`",
            limit.as_secs()
        )
    })
}

/// Sends a request for `path`. Returns the JSON in the response, or null if it is empty. An error contains the service's error message.
pub(super) async fn ask(at: &Uri, method: Method, path: &str, body: Option<String>) -> anyhow::Result<Value> {
    ask_as(at, method, path, "", body).await
}

/// Sends a request as [`ask`] does, in the name of a user.
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
            bail!(
                "no local service at {at}: {why}\n  help: start one with `chimeflow local`, or say where it is with --at or CHIMEFLOW_LOCAL"
            )
        }
        response => response?,
    };
    let status = response.status();
    let fine = status.is_success();
    let body = response.body(usize::MAX).await?;
    if fine && body.is_empty() {
        return Ok(Value::Null);
    }
    let value: Value = serde_json::from_slice(&body).with_context(|| {
        let text = String::from_utf8_lossy(&body).escape_debug().take(SHOWN).collect::<String>();
        format!("{at} is not a local service of Chimeflow: it responds to {path} with {status} `{text}`")
    })?;
    if fine {
        return Ok(value);
    }
    // Both services return their errors in `Message`, and the operations under `/_local/` in `error`.
    let why = value["error"].as_str().or_else(|| value["Message"].as_str());
    match why {
        Some(why) => bail!("{why}"),
        None => bail!(
            "{at} responds to {path} with {status} without a reason: is it a local service? Run `chimeflow local doctor`"
        ),
    }
}
