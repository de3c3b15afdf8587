//! [`DynamoDb`]: a table, through `UpdateItem` alone.
//!
//! The request is made by hand: the SDK's client of DynamoDB would add 120 KB to the function and take twice the instructions.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use aws_config::SdkConfig;
use aws_smithy_runtime_api::client::http::{HttpConnector, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use http_body_util::{BodyExt, Limited};

use super::Failure;
use super::breaker::{Breaker, Decision, PAUSE};
use super::wire;
use crate::aws::SystemClock;
use crate::aws::clock::wall;
use crate::aws::connections::{self, CONNECT};
use crate::aws::credentials::CachedCredentials;
use crate::aws::sdk::Sdk;
use crate::aws::signer::SigV4;
use crate::handler::Clock;
use crate::state::{Update, Updated};

/// A table. Clones share everything.
#[derive(Clone, Debug)]
pub(super) struct DynamoDb(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    http: SharedHttpConnector,
    endpoint: String,
    table: String,
    credentials: CachedCredentials,
    signer: SigV4,
    /// How long a message waits for an attempt.
    patience: Duration,
    // Never held across an await.
    breaker: Mutex<Breaker>,
}

/// How many attempts an update has. Adding to a set twice changes nothing, so an attempt may be repeated whatever became of it.
const ATTEMPTS: usize = 2;

/// How long a message waits for an attempt. AWS promises an answer within 10 ms.
const PATIENCE: Duration = Duration::from_millis(150);

/// An item has at most 400 KB; those of rules have a few.
const LARGEST: usize = 1024 * 1024;

impl DynamoDb {
    /// Returns the table with this name, at `endpoint` or else at that of the region.
    pub(super) fn new(sdk: &Sdk, table: String, endpoint: Option<String>) -> Self {
        Self::with(sdk, table, endpoint, PATIENCE, PAUSE)
    }

    fn with(sdk: &Sdk, table: String, endpoint: Option<String>, patience: Duration, pause: Duration) -> Self {
        let Sdk { config, http } = sdk;
        let region = config.region().map_or("us-east-1", |region| region.as_ref());
        let endpoint = endpoint.unwrap_or_else(|| endpoint_of(region, config));
        Self(Arc::new(Inner {
            http: http.clone(),
            endpoint: format!("{}/", endpoint.trim_end_matches('/')),
            table,
            credentials: CachedCredentials::new(config.credentials_provider()),
            signer: SigV4::new("dynamodb", region),
            patience,
            breaker: Mutex::new(Breaker::new(pause)),
        }))
    }

    /// Opens a connection, by a bare `GET /`, which DynamoDB answers without credentials.
    pub(super) async fn connect(&self) {
        connections::open(&self.0.http, &self.0.endpoint).await;
    }

    /// Carries out `update` within `limit`.
    pub(super) async fn update(&self, update: &Update, limit: Duration) -> Result<Updated, Failure> {
        let began = SystemClock.now();
        let decision = self.0.breaker().decision(began);
        if let Decision::Skip(why) = decision {
            return Err(why);
        }
        let body = wire::request(&self.0.table, update);
        if let Decision::Probe(why) = decision {
            let table = self.clone();
            tokio::spawn(async move { table.attempt(body, CONNECT).await });
            return Err(why);
        }
        let mut ended = Err(Failure::Timeout);
        for _ in 0..ATTEMPTS {
            let left = limit.saturating_sub(elapsed(began)).min(self.0.patience);
            if left.is_zero() {
                break;
            }
            ended = self.attempt(body.clone(), left).await;
            let is_final = match ended {
                Ok(_) => true,
                Err(failure) => !failure.may_pass() || self.0.breaker().is_open(),
            };
            if is_final {
                break;
            }
        }
        ended
    }

    /// Makes one attempt, waits for it no longer than `limit`, and tells the breaker.
    async fn attempt(&self, body: String, limit: Duration) -> Result<Updated, Failure> {
        // A task of its own: a connection that is opened too late for this attempt is there for the next one.
        let inner = Arc::clone(&self.0);
        let sending = tokio::spawn(async move { tokio::time::timeout(CONNECT, inner.send(body)).await });
        let ended = match tokio::time::timeout(limit, sending).await {
            Ok(Ok(Ok(ended))) => ended,
            Ok(Err(_)) => Err(Failure::Garbled),
            Ok(Ok(Err(_))) | Err(_) => Err(Failure::Timeout),
        };
        let mut breaker = self.0.breaker();
        match ended {
            Ok(_) => breaker.answered(),
            // The table answers, and refuses this update alone: an item that is too large must not cost others their counts.
            Err(Failure::Refused(_)) => {}
            Err(failure) => breaker.failed(failure, SystemClock.now()),
        }
        drop(breaker);
        ended
    }
}

impl Inner {
    fn breaker(&self) -> MutexGuard<'_, Breaker> {
        self.breaker.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn send(&self, body: String) -> Result<Updated, Failure> {
        let now = wall();
        let credentials = self.credentials.at(now).await.ok_or(Failure::BadCredentials)?;
        let mut request = HttpRequest::new(SdkBody::from(body));
        let is_valid = request.set_method("POST").is_ok() && request.set_uri(self.endpoint.as_str()).is_ok();
        if !is_valid {
            return Err(Failure::Connection);
        }
        let headers = request.headers_mut();
        headers.insert("content-type", "application/x-amz-json-1.0");
        headers.insert("x-amz-target", "DynamoDB_20120810.UpdateItem");
        headers.insert("user-agent", concat!("chimeflow/", env!("CARGO_PKG_VERSION")));
        self.signer.sign(&mut request, &credentials, now).map_err(|_| Failure::BadCredentials)?;
        let response = self
            .http
            .call(request)
            .await
            .map_err(|error| if error.is_timeout() { Failure::Timeout } else { Failure::Connection })?;
        let status = response.status().as_u16();
        let body = Limited::new(response.into_body(), LARGEST).collect().await;
        wire::response(status, &body.map_err(|_| Failure::Connection)?.to_bytes())
    }
}

fn elapsed(since: Instant) -> Duration {
    SystemClock.now().duration_since(since)
}

/// Returns the endpoint of DynamoDB in `region`.
fn endpoint_of(region: &str, config: &SdkConfig) -> String {
    let service = if config.use_fips() == Some(true) { "dynamodb-fips" } else { "dynamodb" };
    let suffix = match (region.starts_with("cn-"), config.use_dual_stack() == Some(true)) {
        (false, false) => "amazonaws.com",
        (false, true) => "api.aws",
        (true, false) => "amazonaws.com.cn",
        (true, true) => "api.amazonwebservices.com.cn",
    };
    format!("https://{service}.{region}.{suffix}")
}

#[cfg(test)]
pub(super) mod tests;
