//! Runs the real function on the loopback interface, as a process between Lambda's Runtime API and the service's callback endpoint.
//!
//! ```text
//!  events ──> RuntimeApi ──/next──> Function (a process) ──ChannelFlowCallback over TLS──> Messaging
//!  ended  <───────────────/response, /error─┘
//! ```
//!
//! This is what runs on Lambda, too: the same binary, the real AWS SDK, TLS. Nothing leaves the machine.

mod access;
mod certificate;
mod messaging;
mod model;
mod process;
mod runtime_api;
mod server;

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

pub use self::access::Origin;
pub(crate) use self::access::{Access, Refusal};
pub(crate) use self::certificate::Certificate;
pub use self::messaging::{Act, Callback, Messaging};
pub(crate) use self::process::Step;
pub use self::process::{Function, Launch, Line, Usage};
pub use self::runtime_api::{Completion, Failed, RuntimeApi, deadline_in};

/// An environment for running a function: it emulates Lambda and the messaging service on ports of the loopback interface.
#[derive(Debug)]
pub struct Loopback {
    /// Emulates Lambda.
    pub runtime_api: RuntimeApi,
    /// Emulates the messaging service.
    pub messaging: Messaging,
    certificate: Certificate,
}

impl Loopback {
    /// Opens both endpoints on free ports of the loopback interface.
    ///
    /// # Errors
    /// If no port can be opened, or the folder for the certificate cannot be created.
    pub async fn start() -> io::Result<Self> {
        Self::with(Certificate::new()?).await
    }

    /// Opens both endpoints, with a certificate chain that costs a function as much to verify as AWS's own, for measurements. Generating
    /// the first one in a process takes a second or two.
    ///
    /// # Errors
    /// As [`Self::start`].
    pub async fn like_aws() -> io::Result<Self> {
        Self::with(Certificate::like_aws()?).await
    }

    async fn with(certificate: Certificate) -> io::Result<Self> {
        Ok(Self {
            runtime_api: RuntimeApi::start().await?,
            messaging: Messaging::start(certificate.acceptor()?).await?,
            certificate,
        })
    }

    /// Opens another endpoint over TLS, with the same certificates: that of a service which answers the body of every request with JSON. It
    /// stays open for as long as the asynchronous runtime runs.
    ///
    /// # Errors
    /// If no port can be opened.
    pub async fn endpoint(
        &self,
        answer: impl Fn(&[u8]) -> String + Send + Sync + 'static,
    ) -> io::Result<SocketAddr> {
        let (listener, address) = server::listen().await?;
        let (acceptor, answer) = (self.certificate.acceptor()?, Arc::new(answer));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let _ = stream.set_nodelay(true);
                let (acceptor, answer) = (acceptor.clone(), answer.clone());
                tokio::spawn(async move {
                    let Ok(stream) = acceptor.accept(stream).await else { return };
                    let answered = async |request| {
                        let body = server::body(request).await?;
                        Ok(server::json(200, answer(&body)))
                    };
                    server::serve(stream, answered).await;
                });
            }
        });
        Ok(address)
    }

    /// Returns the path of the PEM file with the certificate authority of the service's endpoint. Functions launched here trust it, through
    /// the variable that the SDK of their language reads. The file is removed when this value is dropped.
    #[must_use]
    pub fn authority(&self) -> PathBuf {
        self.certificate.authority()
    }

    /// Starts a function here, with the environment that Lambda sets. Returns before the function is ready: see [`RuntimeApi::ready`].
    ///
    /// # Errors
    /// If the program cannot be started, for example because it does not exist or is not executable.
    pub fn launch(&self, launch: &Launch) -> io::Result<Function> {
        let certificate = self.certificate.authority().display().to_string();
        let endpoint = format!("https://{}", self.messaging.address());
        let here = [
            ("AWS_LAMBDA_RUNTIME_API", self.runtime_api.address().to_string()),
            ("AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING", endpoint),
            // The Rust SDK, the CLI and Python, and Node each have a different variable for trusting an additional authority.
            ("SSL_CERT_FILE", certificate.clone()),
            ("AWS_CA_BUNDLE", certificate.clone()),
            ("NODE_EXTRA_CA_CERTS", certificate),
        ];
        self.runtime_api.expect_start();
        Function::start(launch, here)
    }
}
