//! Accepts a connection, with TLS if its first byte indicates it, so that `http://`, `https://` and `wss://` share one address.

use std::time::Duration;

use axum::Router;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;

/// The first byte of a TLS connection: the type of a handshake record.
const HANDSHAKE: u8 = 0x16;
/// How long a client may take to send its first byte.
const TIMEOUT: Duration = Duration::from_secs(30);

pub(super) async fn serve(stream: TcpStream, tls: TlsAcceptor, router: Router) {
    let mut first = [0];
    // A connection without data is closed silently.
    let Ok(Ok(1)) = tokio::time::timeout(TIMEOUT, stream.peek(&mut first)).await else { return };
    if first[0] != HANDSHAKE {
        return http(stream, router).await;
    }
    if let Ok(Ok(stream)) = tokio::time::timeout(TIMEOUT, tls.accept(stream)).await {
        http(stream, router).await;
    }
}

async fn http(stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, router: Router) {
    let service = TowerToHyperService::new(router);
    let mut http = hyper::server::conn::http1::Builder::new();
    let connection = http
        .timer(TokioTimer::new())
        .header_read_timeout(TIMEOUT)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    // An error on a connection concerns only its client.
    let _ = connection.await;
}
