//! The small HTTP server that the endpoints here need.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::CONTENT_TYPE;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;

use super::{Access, Refusal};

pub(super) type Answer = Response<Full<Bytes>>;

/// The error for a request that gets no response: its connection is closed instead.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the connection is closed")]
pub(super) struct Closed;

/// Listens on a free port of the loopback interface.
pub(super) async fn listen() -> io::Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

/// Serves the requests on one connection, except those from web pages of other origins.
pub(super) async fn serve<F, A>(stream: impl AsyncRead + AsyncWrite + Unpin, answer: F)
where
    F: Fn(Request<Incoming>) -> A,
    A: Future<Output = Result<Answer, Closed>>,
{
    // Only functions send requests here, never web pages, so no origin is accepted.
    let access = Access::default();
    let guarded = service_fn(|request| {
        // A web page cannot request a tunnel. The host in such a request is the one at the other end.
        let is_tunnel = request.method() == Method::CONNECT;
        let checked = if is_tunnel { Ok(()) } else { access.check(&request) };
        let answer = checked.map(|()| answer(request));
        async {
            match answer {
                Ok(answer) => answer.await,
                Err(refusal) => Ok(refused(&refusal)),
            }
        }
    });
    // An error on a connection concerns only its client.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), guarded).await;
}

/// Returns the response to a refused request, in Lambda's format.
fn refused(refusal: &Refusal) -> Answer {
    let why = serde_json::json!({ "errorType": "Forbidden", "errorMessage": refusal.to_string() });
    json(refusal.status(), why.to_string())
}

/// Returns the complete body of a request.
pub(super) async fn body(request: Request<Incoming>) -> Result<Bytes, Closed> {
    request.into_body().collect().await.map(http_body_util::Collected::to_bytes).map_err(|_| Closed)
}

/// Returns a response with a JSON body.
pub(super) fn json(status: u16, body: impl Into<Bytes>) -> Answer {
    let mut answer = Response::new(Full::new(body.into()));
    *answer.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    answer.headers_mut().insert(CONTENT_TYPE, "application/json".parse().expect("a valid header"));
    answer
}
