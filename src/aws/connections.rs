//! The HTTP client of the SDK, through which the clients of all services call AWS, and share its connections.

use std::time::Duration;

use aws_smithy_http_client::Connector;
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorSettings, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use http_body_util::{BodyExt, Limited};

/// The timeout for connecting.
pub(super) const CONNECT: Duration = Duration::from_secs(1);

/// The maximum length in bytes of a response that is read only to keep its connection.
const GREETING: usize = 64 * 1024;

/// Returns a client that keeps its connections open, to every host.
pub(crate) fn shared() -> SharedHttpConnector {
    let settings = HttpConnectorSettings::builder().connect_timeout(CONNECT).build();
    let tls = Provider::Rustls(CryptoMode::AwsLc);
    SharedHttpConnector::new(Connector::builder().connector_settings(settings).tls_provider(tls).build())
}

/// Opens a connection to the host of `url` with a bare `GET`, which needs no signature, whatever the host responds. If it takes longer
/// than [`CONNECT`], it continues after this returns.
pub(super) async fn open(http: &SharedHttpConnector, url: &str) {
    let Ok(request) = HttpRequest::get(url) else { return };
    let response = http.call(request);
    let opening = tokio::spawn(async move {
        if let Ok(response) = response.await {
            // The connection is free for the next request once the response has been read.
            let _ = Limited::new(response.into_body(), GREETING).collect().await;
        }
    });
    let _ = tokio::time::timeout(CONNECT, opening).await;
}
