//! A connection: TLS when the first byte says so, so that `http://`, `https://` and `wss://` are one address.

use std::time::Duration;

use axum::Router;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;

/// What the first byte of a TLS connection is: the type of a handshake record.
const HANDSHAKE: u8 = 0x16;
/// How long a client may take to say something.
const PATIENCE: Duration = Duration::from_secs(30);

pub(super) async fn serve(stream: TcpStream, tls: TlsAcceptor, router: Router) {
    let mut first = [0];
    // A connection on which nothing is said is closed, and nobody has to hear of it.
    let Ok(Ok(1)) = tokio::time::timeout(PATIENCE, stream.peek(&mut first)).await else { return };
    if first[0] != HANDSHAKE {
        return http(stream, router).await;
    }
    if let Ok(Ok(stream)) = tokio::time::timeout(PATIENCE, tls.accept(stream)).await {
        http(stream, router).await;
    }
}

async fn http(stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, router: Router) {
    let service = TowerToHyperService::new(router);
    let mut http = hyper::server::conn::http1::Builder::new();
    let connection = http
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    // How a connection ends is the client's business.
    let _ = connection.await;
}
