//! Cross-origin requests: decides which web pages may send requests, and returns the CORS headers for them.
//!
//! This runs before everything else, including sessions. A browser lets a page read a response, or send more than a simple form, only if
//! the response names the page's origin (CORS).

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::Response;
use serde_json::json;
use tokio::sync::mpsc;

use super::response::written;
use crate::local::api::Answer;
use crate::local::refusal::ErrorKind;
use crate::loopback::{Access, Refusal};

/// Checks the access of requests, and sends notices of refused ones.
#[derive(Debug)]
pub(in super::super) struct AccessCheck {
    access: Access,
    notices: Option<mpsc::UnboundedSender<String>>,
    /// The notices that were already sent.
    sent: Mutex<BTreeSet<String>>,
}

/// The maximum number of different notices: a page can cause as many as it likes.
const MAX_NOTICES: usize = 16;

const ASKS_FOR_PRIVATE_NETWORK: HeaderName =
    HeaderName::from_static("access-control-request-private-network");
const ALLOWS_PRIVATE_NETWORK: HeaderName = HeaderName::from_static("access-control-allow-private-network");

impl AccessCheck {
    pub(in super::super) fn new(access: Access, notices: Option<mpsc::UnboundedSender<String>>) -> Self {
        Self { access, notices, sent: Mutex::default() }
    }

    /// Sends a notice of a refused request, unless it was sent before. The page itself only learns that there was no response.
    fn notify(&self, why: &str) {
        let Some(notices) = &self.notices else { return };
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        if sent.len() < MAX_NOTICES && sent.insert(why.to_owned()) {
            // The receiver is dropped when the service stops.
            let _ = notices.send(format!("refused a request: {why}"));
        }
    }
}

/// Accepts a request, or refuses it before anything is executed.
pub(super) async fn check_access(
    State(check): State<Arc<AccessCheck>>,
    request: Request,
    next: Next,
) -> Response {
    let refused = check.access.check(&request).err().map(|refusal| {
        let why = explained(&refusal);
        check.notify(&why);
        (refused(&refusal, &why), refusal)
    });
    let refused = match refused {
        Some((response, Refusal::OtherService(_))) => Some(response),
        Some((response, _)) => return response,
        None => None,
    };
    let headers = request.headers();
    let origin = headers.get(header::ORIGIN).cloned();
    let allowed = origin.map(|origin| allowed(origin, headers));
    let is_preflight = request.method() == Method::OPTIONS && allowed.is_some();
    let mut response = match refused {
        _ if is_preflight => Response::default(),
        Some(refused) => refused,
        None => next.run(request).await,
    };
    // Caches must not return the response to a page of another origin.
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("origin"));
    response.headers_mut().extend(allowed.into_iter().flatten());
    response
}

/// Returns the CORS headers for a page of `origin`, which may send requests; `requested` are the headers that its preflight request names.
fn allowed(origin: HeaderValue, requested: &HeaderMap) -> HeaderMap {
    let fixed = HeaderValue::from_static;
    let mut headers = HeaderMap::from_iter([
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, origin),
        // AWS's chat demo requests keys with credentials.
        (header::ACCESS_CONTROL_ALLOW_CREDENTIALS, fixed("true")),
        (header::ACCESS_CONTROL_EXPOSE_HEADERS, fixed("x-amzn-errortype, x-amzn-requestid")),
        (header::ACCESS_CONTROL_ALLOW_METHODS, fixed("GET, POST, PUT, DELETE")),
        (header::ACCESS_CONTROL_MAX_AGE, fixed("3600")),
    ]);
    if let Some(names) = requested.get(header::ACCESS_CONTROL_REQUEST_HEADERS) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, names.clone());
    }
    if requested.contains_key(ASKS_FOR_PRIVATE_NETWORK) {
        headers.insert(ALLOWS_PRIVATE_NETWORK, fixed("true"));
    }
    headers
}

/// Returns why a request is refused, and how to allow it.
fn explained(refusal: &Refusal) -> String {
    match refusal.origin() {
        Some(origin) => format!("{refusal}; `chimeflow local --origin {origin}` accepts it"),
        None => refusal.to_string(),
    }
}

/// Returns the error response, in a form that AWS clients and the commands of `chimeflow local` understand.
fn refused(refusal: &Refusal, why: &str) -> Response {
    let status = refusal.status();
    let kind = if status == 403 { ErrorKind::Forbidden } else { ErrorKind::BadRequest };
    let body = json!({ "Code": kind.code(), "Message": why }).to_string();
    written(Answer { status, error: Some(kind.shape()), body })
}
