//! The server, on one port: HTTP and TLS, the API of both services, Lambda's API, WebSocket sessions, and the additional API under
//! `/_local/`.

mod admin;
mod by_hand;
mod connection;
mod creds;
mod cross_origin;
mod elsewhere;
mod lambda;
mod operation;
mod response;
mod socket;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef};
use axum::http::HeaderMap;
use axum::middleware::from_fn_with_state;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{any, get, post};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

pub(super) use self::cross_origin::AccessCheck;
use super::auth::Keys;
use super::functions::Functions;
use super::query::query;
use super::service::Service;

/// What request handlers share.
#[derive(Clone, Debug)]
struct Shared {
    service: Arc<Service>,
    functions: Arc<Functions>,
    permissions: Arc<lambda::Permissions>,
    guests: Arc<creds::Guests>,
    keys: Option<Arc<Keys>>,
}

impl FromRef<Shared> for Arc<Service> {
    fn from_ref(shared: &Shared) -> Self {
        shared.service.clone()
    }
}

impl FromRef<Shared> for Arc<Functions> {
    fn from_ref(shared: &Shared) -> Self {
        shared.functions.clone()
    }
}

impl FromRef<Shared> for Arc<lambda::Permissions> {
    fn from_ref(shared: &Shared) -> Self {
        shared.permissions.clone()
    }
}

impl FromRef<Shared> for Arc<creds::Guests> {
    fn from_ref(shared: &Shared) -> Self {
        shared.guests.clone()
    }
}

impl FromRef<Shared> for Option<Arc<Keys>> {
    fn from_ref(shared: &Shared) -> Self {
        shared.keys.clone()
    }
}

/// How long to wait after a connection could not be accepted.
const FULL: Duration = Duration::from_millis(50);

/// Serves `service` to the clients that connect to `listener` and pass `check`, until the future is dropped.
pub(super) async fn serve(
    service: Arc<Service>,
    functions: Arc<Functions>,
    keys: Option<Keys>,
    check: AccessCheck,
    listener: TcpListener,
    tls: TlsAcceptor,
) {
    let router = Router::new()
        .route("/", get(page))
        .route("/connect", any(socket::connect))
        .route("/2015-03-31/functions/{name}/invocations", post(lambda::invoke))
        .route("/2015-03-31/functions/{name}", get(lambda::function))
        .route("/2015-03-31/functions/{name}/configuration", get(lambda::configuration))
        .route("/2015-03-31/functions/{name}/policy", get(lambda::policy).post(lambda::add_permission))
        .route("/2019-09-25/functions/{name}/event-invoke-config", get(lambda::event_invoke_config))
        .route("/2015-03-31/{*path}", any(lambda::unknown))
        .route("/_local/health", get(admin::health))
        .route("/_local/reset", post(admin::reset))
        .route("/_local/state", get(admin::export).put(admin::import).layer(DefaultBodyLimit::disable()))
        .route("/_local/clock", get(admin::time).post(admin::advance))
        .route("/_local/faults", get(admin::faults).post(admin::add_fault).delete(admin::clear_faults))
        .route("/_local/events", get(admin::events))
        .route("/_local/messages/{id}/trace", get(admin::trace))
        .route("/_local/creds", post(creds::exchange))
        .route("/_local/quotas", get(admin::quotas))
        .route("/_local/held", get(by_hand::held))
        .route("/_local/messages/{id}/release", post(by_hand::release))
        .route("/_local/messages/{id}/pass", post(by_hand::pass))
        .route("/_local/messages/{id}/deny", post(by_hand::deny))
        .route("/_local/{*path}", any(admin::unknown))
        .fallback(operation::answer)
        .method_not_allowed_fallback(elsewhere::other_method)
        .layer(from_fn_with_state(Arc::new(check), cross_origin::check_access))
        .with_state(Shared {
            service,
            functions,
            permissions: Arc::default(),
            guests: Arc::default(),
            keys: keys.map(Arc::new),
        });
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // The client disconnected at once, or this process has no file descriptors left: wait until other connections end.
            tokio::time::sleep(FULL).await;
            continue;
        };
        let _ = stream.set_nodelay(true);
        tokio::spawn(connection::serve(stream, tls.clone(), router.clone()));
    }
}

/// Returns the page that shows a chat beside the trace of each message.
async fn page(headers: HeaderMap) -> Response {
    // For an S3 client, this is the list of buckets.
    elsewhere::of_xml(&headers).unwrap_or_else(|| Html(include_str!("page.html")).into_response())
}
