//! The function, run for real on loopback: Lambda's Runtime API, the service's callback endpoint, and the function as a process
//! of its own between them.
//!
//! ```text
//!  events ──> RuntimeApi ──/next──> Function (a process) ──ChannelFlowCallback over TLS──> Messaging
//!  ended  <───────────────/response, /error─┘
//! ```
//!
//! What runs is what Lambda runs: the same binary, the real AWS SDK, TLS. Nothing leaves the machine.

mod access;
mod certificate;
mod messaging;
mod model;
mod process;
mod runtime_api;
mod server;

use std::io;
use std::path::PathBuf;

pub use self::access::Origin;
pub(crate) use self::access::{Access, Refusal};
pub(crate) use self::certificate::Certificate;
pub use self::messaging::{Act, Callback, Messaging};
pub(crate) use self::process::Step;
pub use self::process::{Function, Launch, Line, Usage};
pub use self::runtime_api::{Ended, Failed, RuntimeApi, deadline_in};

/// A place for a function to run in: what Lambda and the messaging service are to it, on ports of the loopback interface.
#[derive(Debug)]
pub struct Loopback {
    /// Lambda's side.
    pub runtime_api: RuntimeApi,
    /// The service's side.
    pub messaging: Messaging,
    certificate: Certificate,
}

impl Loopback {
    /// Opens both endpoints, on free ports of the loopback interface.
    ///
    /// # Errors
    /// When no port can be opened, or the folder for the certificate cannot be made.
    pub async fn start() -> io::Result<Self> {
        Self::with(Certificate::new()?).await
    }

    /// Opens both endpoints, with a chain of certificates that costs a function what that of AWS's own does, for measurements. The first
    /// of a process takes a second or two to make.
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

    /// Returns the PEM file with the authority that the certificate of the service's endpoint is signed by. A function that is launched
    /// here trusts it, by whatever name its language has for that. It is removed when this is dropped.
    #[must_use]
    pub fn authority(&self) -> PathBuf {
        self.certificate.authority()
    }

    /// Starts a function here, with the environment that Lambda gives one. Returns before it is ready: see [`RuntimeApi::ready`].
    ///
    /// # Errors
    /// When the program cannot be started, because it is not there, say, or may not be executed.
    pub fn launch(&self, launch: &Launch) -> io::Result<Function> {
        let certificate = self.certificate.authority().display().to_string();
        let endpoint = format!("https://{}", self.messaging.address());
        let here = [
            ("AWS_LAMBDA_RUNTIME_API", self.runtime_api.address().to_string()),
            ("AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING", endpoint),
            // The Rust SDK, the CLI and Python, and Node each have their own name for "trust this too".
            ("SSL_CERT_FILE", certificate.clone()),
            ("AWS_CA_BUNDLE", certificate.clone()),
            ("NODE_EXTRA_CA_CERTS", certificate),
        ];
        self.runtime_api.expect_start();
        Function::start(launch, here)
    }
}
