//! The little HTTP that the endpoints here need.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::CONTENT_TYPE;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;

use super::{Access, Refusal};

pub(super) type Answer = Response<Full<Bytes>>;

/// Says that a request is not to be answered: the connection breaks instead.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the connection is closed")]
pub(super) struct Closed;

/// A free port of the loopback interface.
pub(super) async fn listen() -> io::Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

/// Answers the requests that come over one connection, but for those that web pages of other sites send.
pub(super) async fn serve<F, A>(stream: impl AsyncRead + AsyncWrite + Unpin, answer: F)
where
    F: Fn(Request<Incoming>) -> A,
    A: Future<Output = Result<Answer, Closed>>,
{
    // Functions ask here, and none of them is a page: there is nobody to let in by name.
    let access = Access::default();
    let guarded = service_fn(|request| {
        let answer = access.check(&request).map(|()| answer(request));
        async {
            match answer {
                Ok(answer) => answer.await,
                Err(refusal) => Ok(refused(&refusal)),
            }
        }
    });
    // How a connection ends is the client's business.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), guarded).await;
}

/// The answer to what is not let in, as Lambda would write it.
fn refused(refusal: &Refusal) -> Answer {
    let why = serde_json::json!({ "errorType": "Forbidden", "errorMessage": refusal.to_string() });
    json(refusal.status(), why.to_string())
}

/// All of a request's body.
pub(super) async fn body(request: Request<Incoming>) -> Result<Bytes, Closed> {
    request.into_body().collect().await.map(http_body_util::Collected::to_bytes).map_err(|_| Closed)
}

/// An answer with a JSON body.
pub(super) fn json(status: u16, body: impl Into<Bytes>) -> Answer {
    let mut answer = Response::new(Full::new(body.into()));
    *answer.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    answer.headers_mut().insert(CONTENT_TYPE, "application/json".parse().expect("a valid header"));
    answer
}
