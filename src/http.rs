//! [`send`]: one HTTP/1 request to a server on this machine, such as AppConfig's extension or a local service.
//!
//! It uses the client of the Lambda runtime, so that the function does not contain a second one. That client supports neither proxies nor
//! TLS. Each request has its own connection: there are few, and Lambda may freeze the function for hours between two of them.

use std::error::Error;
use std::io::{self, ErrorKind};

use http_body_util::{BodyExt, Limited};
use hyper::StatusCode;
use hyper::body::{Bytes, Incoming};
use hyper::http::request::Builder;
use hyper::http::uri::Authority;
use hyper_util::client::legacy;
use lambda_runtime_api_client::PooledClient;
use lambda_runtime_api_client::body::Body;

/// A response whose body has not been read yet.
#[derive(Debug)]
pub(crate) struct Response(hyper::Response<Incoming>);

/// Why there is no response.
#[derive(Debug, thiserror::Error)]
pub(crate) enum HttpError {
    #[error("no connection to {to}: {why}")]
    NoConnection { to: Authority, is_refused: bool, why: String },
    #[error("{0}")]
    Failed(String),
    #[error("expected at most {0} bytes, or a connection that stays open")]
    Body(usize),
}

/// Sends `request`, whose URI is a path, to the server at `to`, on port 80 by default. Waits for the response without a timeout.
pub(crate) async fn send(
    to: &Authority,
    request: Builder,
    body: impl Into<Body>,
) -> Result<Response, HttpError> {
    let request = request.body(body.into()).map_err(|error| HttpError::Failed(error.to_string()))?;
    let client = PooledClient::builder().with_endpoint(to.clone().into()).build();
    let response = client.call(request).await;
    response.map(Response).map_err(|error| HttpError::new(to, &*error))
}

impl Response {
    pub(crate) fn status(&self) -> StatusCode {
        self.0.status()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.0.headers().get(name)?.to_str().ok()
    }

    /// Reads the body, which must not be longer than `limit` bytes.
    pub(crate) async fn body(self, limit: usize) -> Result<Bytes, HttpError> {
        let body = Limited::new(self.0.into_body(), limit).collect().await;
        Ok(body.map_err(|_| HttpError::Body(limit))?.to_bytes())
    }
}

impl HttpError {
    fn new(to: &Authority, error: &(dyn Error + Send + Sync + 'static)) -> Self {
        let mut cause: &(dyn Error + 'static) = error;
        while let Some(source) = cause.source() {
            cause = source;
        }
        if !error.downcast_ref().is_some_and(legacy::Error::is_connect) {
            return Self::Failed(cause.to_string());
        }
        let is_refused = cause.downcast_ref().map(io::Error::kind) == Some(ErrorKind::ConnectionRefused);
        Self::NoConnection { to: to.clone(), is_refused, why: cause.to_string() }
    }
}

#[cfg(test)]
mod tests {
    use hyper::Request;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::*;

    /// Returns the result of a request to a server that sends `bytes` and closes the connection.
    async fn asked(bytes: &'static str, limit: usize) -> Result<Bytes, HttpError> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let to: Authority = listener.local_addr().unwrap().to_string().parse().unwrap();
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = [0; 1024];
            let read = stream.read(&mut request).await.unwrap();
            stream.write_all(bytes.as_bytes()).await.unwrap();
            String::from_utf8_lossy(&request[..read]).into_owned()
        });
        let body = match send(&to, Request::get("/path?query"), "").await {
            Ok(response) => response.body(limit).await,
            Err(error) => Err(error),
        };
        let request = server.await.unwrap();
        assert!(request.starts_with("GET /path?query HTTP/1.1\r\n"), "{request}");
        assert!(request.contains(&format!("host: {to}\r\n")), "{request}");
        body
    }

    #[tokio::test]
    async fn what_a_server_does_wrong_is_told() {
        let whole = "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nbody";
        let short = "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nbody";
        assert_eq!(asked(whole, 4).await.unwrap(), "body");
        assert!(matches!(asked(whole, 3).await, Err(HttpError::Body(3))));
        assert!(matches!(asked(short, 9).await, Err(HttpError::Body(9))));
        assert!(matches!(asked("nothing like HTTP\r\n\r\n", 9).await, Err(HttpError::Failed(_))));
        assert!(matches!(asked("", 9).await, Err(HttpError::Failed(_))));
    }

    #[tokio::test]
    async fn a_port_where_nobody_listens_refuses() {
        let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        let error = send(&free.to_string().parse().unwrap(), Request::get("/"), "").await.unwrap_err();
        assert!(matches!(error, HttpError::NoConnection { is_refused: true, .. }), "{error:?}");
        let expected = format!("no connection to {free}: Connection refused");
        assert!(error.to_string().starts_with(&expected), "{error}");
    }
}
