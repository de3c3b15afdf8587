//! How commands reach AWS: the Region, the endpoint, the credentials, the time for each call, and the meaning of errors.
//!
//! ```text
//!  --region --profile --endpoint-url, the environment ──> Aws ──> SdkConfig ──client!──> a client of each service
//!                                                                          no answer for 5 s ──> Patience: a line
//!                                                                          SdkError ──> Refusal, with advice
//! ```

use std::time::Duration;

use aws_config::environment::EnvironmentVariableCredentialsProvider;
use aws_config::meta::credentials::CredentialsProviderChain;
use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, ConfigLoader, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_runtime_api::client::interceptors::context::InterceptorContext;
use aws_smithy_runtime_api::client::retries::classifiers::{ClassifyRetry, RetryAction};

pub(crate) use self::listed::listed;
pub(crate) use self::patience::Patience;
use self::profile::ProfileCredentials;
pub(crate) use self::refusal::Refusal;

mod advice;
mod listed;
mod patience;
mod profile;
mod refusal;
mod why;

/// Makes a client of the crate `$sdk` with a [`SdkConfig`]. It retries when it is throttled, and says when a call takes long.
macro_rules! client {
    ($sdk:ident, $config:expr) => {
        $sdk::Client::from_conf(
            $sdk::config::Builder::from($config)
                .retry_classifier($crate::cli::aws::RetryThrottled)
                .interceptor($crate::cli::aws::Patience::default())
                .build(),
        )
    };
}
pub(crate) use client;

/// Where AWS is, and with whose credentials it is called. What the options omit comes from the environment and the profile, as in every AWS
/// client.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct Aws {
    /// The Region; by default the one in the ARNs or the URL
    #[arg(long, value_name = "REGION", help_heading = "AWS", value_parser = region)]
    pub region: Option<String>,

    /// The profile whose credentials are used, even if the environment has others
    #[arg(long, value_name = "NAME", help_heading = "AWS")]
    profile: Option<String>,

    /// The endpoint of the services, such as `http://127.0.0.1:8200` for `chimeflow local`
    #[arg(long, value_name = "URL", help_heading = "AWS", value_parser = endpoint)]
    pub endpoint_url: Option<String>,
}

/// The timeout for a call with all its retries.
pub(crate) const CALL: Duration = Duration::from_mins(1);
/// The timeout for a response. The slowest one is that of AppConfig, which waits 15 seconds for a validator.
const ANSWER: Duration = Duration::from_secs(20);
const CONNECT: Duration = Duration::from_secs(3);

impl Aws {
    /// Returns the configuration of clients for services in `region`.
    pub(crate) async fn config(&self, region: &str) -> SdkConfig {
        let mut loader = self
            .loader()
            .region(Region::new(region.to_owned()))
            .retry_config(RetryConfig::standard().with_max_attempts(4))
            .timeout_config(Self::times(ANSWER));
        if let Some(endpoint) = &self.endpoint_url {
            loader = loader.endpoint_url(endpoint);
        }
        if let Some(profile) = &self.profile {
            loader = loader.credentials_provider(ProfileCredentials::new(profile, region));
        }
        let config = loader.load().await;
        if self.profile.is_none() && is_on_this_machine(&config) {
            return config.into_builder().credentials_provider(local_credentials()).build();
        }
        config
    }

    /// Returns the timeouts of a call whose response comes within `answer`.
    pub(crate) fn times(answer: Duration) -> TimeoutConfig {
        TimeoutConfig::builder().connect_timeout(CONNECT).read_timeout(answer).operation_timeout(CALL).build()
    }

    /// Returns the requested Region, or else the one in the environment or the profile.
    pub(crate) async fn region_or_default(&self) -> Option<String> {
        if self.region.is_some() {
            return self.region.clone();
        }
        Some(self.loader().no_credentials().load().await.region()?.to_string())
    }

    fn loader(&self) -> ConfigLoader {
        let loader = aws_config::defaults(BehaviorVersion::v2026_01_12()).http_client(http());
        match &self.profile {
            Some(profile) => loader.profile_name(profile),
            None => loader,
        }
    }
}

fn http() -> SharedHttpClient {
    aws_smithy_http_client::Builder::new().tls_provider(Provider::Rustls(CryptoMode::AwsLc)).build_https()
}

/// Returns whether the endpoint is on this machine.
#[expect(clippy::disallowed_methods, reason = "the SDK does not return the endpoints of single services")]
fn is_on_this_machine(config: &SdkConfig) -> bool {
    let named = ["AWS_ENDPOINT_URL_CHIME_SDK_MESSAGING", "AWS_ENDPOINT_URL_APPCONFIG"];
    let named = named.into_iter().find_map(|name| std::env::var(name).ok());
    let endpoint = config.endpoint_url().map(str::to_owned).or(named);
    endpoint
        .and_then(|url| url.parse::<hyper::Uri>().ok())
        .is_some_and(|url| url.host().is_some_and(|host| matches!(host, "localhost" | "127.0.0.1" | "[::1]")))
}

/// Returns the credentials in the environment or, if there are none, example credentials: clients sign every request, and a service on this
/// machine accepts any credentials.
fn local_credentials() -> SharedCredentialsProvider {
    let nobody = Credentials::new("local", "local", None, None, "nobody");
    let chain =
        CredentialsProviderChain::first_try("Environment", EnvironmentVariableCredentialsProvider::new());
    SharedCredentialsProvider::new(chain.or_else("Nobody", nobody))
}

fn region(text: &str) -> Result<String, String> {
    let is_one =
        !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if is_one { Ok(text.to_owned()) } else { Err("expected a Region such as us-east-1".to_owned()) }
}

fn endpoint(text: &str) -> Result<String, String> {
    let url = text.parse::<hyper::Uri>().ok();
    match url.filter(|url| url.scheme().is_some() && url.host().is_some()) {
        Some(_) => Ok(text.trim_end_matches('/').to_owned()),
        None => Err("expected a URL such as http://127.0.0.1:8200".to_owned()),
    }
}

/// Makes a client retry when a service throttles. The SDK recognizes throttling by the names of errors, and does not know the name in a 429
/// response of Chime SDK messaging.
#[derive(Debug)]
pub(crate) struct RetryThrottled;

impl ClassifyRetry for RetryThrottled {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        match context.response() {
            Some(response) if response.status().as_u16() == 429 => RetryAction::throttling_error(),
            _ => RetryAction::NoActionIndicated,
        }
    }

    fn name(&self) -> &'static str {
        "RetryThrottled"
    }
}
