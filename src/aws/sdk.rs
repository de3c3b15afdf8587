//! [`Sdk`]: what every client of AWS shares: where and as whom to call, and the connections.

use aws_config::environment::EnvironmentVariableCredentialsProvider;
use aws_config::retry::RetryConfig;
use aws_config::{BehaviorVersion, SdkConfig};
use aws_sdk_chimesdkmessaging::config::{ProvideCredentials, StalledStreamProtectionConfig};
use aws_smithy_runtime_api::client::http::{SharedHttpConnector, http_client_fn};

use super::connections;

/// The configuration of the SDK, and the connections that its clients use.
#[derive(Clone, Debug)]
pub(super) struct Sdk {
    pub config: SdkConfig,
    /// Keeps connections open, to every host. The clients of the SDK call through it too.
    pub http: SharedHttpConnector,
}

impl Sdk {
    /// Returns the region, credentials and endpoint in the environment.
    pub(super) async fn from_env() -> Self {
        let http = connections::shared();
        let shared = http.clone();
        let mut defaults = aws_config::defaults(BehaviorVersion::v2026_01_12())
            .http_client(http_client_fn(move |_, _| shared.clone()));
        // Lambda puts credentials into the environment. What looks for them elsewhere too prepares a client of STS at every start, with
        // the endpoints of all regions, which takes a tenth of a cold start.
        let from_env = EnvironmentVariableCredentialsProvider::new();
        if from_env.provide_credentials().await.is_ok() {
            defaults = defaults.credentials_provider(from_env);
        }
        let config = defaults
            // The handler and the store make the retries themselves, because they must know how each attempt ended.
            .retry_config(RetryConfig::disabled())
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
            .load()
            .await;
        Self { config, http }
    }
}
