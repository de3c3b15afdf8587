//! [`KeptCredentials`]: the credentials of the function's role, which can change while it runs.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use aws_sdk_chimesdkmessaging::config::{Credentials, ProvideCredentials, SharedCredentialsProvider};

use super::Failure;

/// Asks a provider, and keeps what it gave for as long as that is valid. What has no end is asked for each time: it is in memory.
#[derive(Debug)]
pub(super) struct KeptCredentials {
    provider: Option<SharedCredentialsProvider>,
    kept: Mutex<Option<Credentials>>,
}

/// How long before their end credentials are asked for again.
const EARLY: Duration = Duration::from_mins(5);

impl KeptCredentials {
    pub(super) fn new(provider: Option<SharedCredentialsProvider>) -> Self {
        Self { provider, kept: Mutex::default() }
    }

    pub(super) async fn at(&self, now: SystemTime) -> Result<Credentials, Failure> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let is_valid = |kept: &Credentials| kept.expiry().is_some_and(|end| now + EARLY < end);
        if let Some(kept) = kept.filter(is_valid) {
            return Ok(kept);
        }
        let provider = self.provider.as_ref().ok_or(Failure::BadCredentials)?;
        let given = provider.provide_credentials().await.map_err(|_| Failure::BadCredentials)?;
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(given.clone());
        Ok(given)
    }
}
