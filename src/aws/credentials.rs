//! [`CachedCredentials`]: the credentials of the function's role, which can change while it runs.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use aws_sdk_chimesdkmessaging::config::{Credentials, ProvideCredentials, SharedCredentialsProvider};

/// Asks a provider, and keeps what it gave for as long as that is valid.
#[derive(Debug)]
pub(super) struct CachedCredentials {
    provider: Option<SharedCredentialsProvider>,
    /// The credentials, and until when they are kept.
    kept: Mutex<Option<(Credentials, SystemTime)>>,
}

/// How long before their end credentials are asked for again.
const EARLY: Duration = Duration::from_mins(5);

/// How long credentials without an end are kept, as the SDK's clients keep them.
const UNENDING: Duration = Duration::from_mins(15);

impl CachedCredentials {
    pub(super) fn new(provider: Option<SharedCredentialsProvider>) -> Self {
        Self { provider, kept: Mutex::default() }
    }

    /// Returns credentials that are valid at `now`, if there are any.
    pub(super) async fn at(&self, now: SystemTime) -> Option<Credentials> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((kept, _)) = kept.filter(|(_, until)| now < *until) {
            return Some(kept);
        }
        let given = self.provider.as_ref()?.provide_credentials().await.ok()?;
        let until = given.expiry().map_or(now + UNENDING, |end| end - EARLY);
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = Some((given.clone(), until));
        Some(given)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU64, Ordering};

    use aws_credential_types::credential_fn::provide_credentials_fn;

    use super::*;

    fn after(minutes: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_mins(minutes)
    }

    #[tokio::test]
    async fn credentials_are_asked_for_again_before_they_end() {
        for (end, expected) in [(None, [1, 1, 2, 3]), (Some(60), [1, 1, 1, 2]), (Some(5), [1, 2, 3, 4])] {
            let requests = Arc::new(AtomicU64::new(0));
            let count = Arc::clone(&requests);
            let provider = provide_credentials_fn(move || {
                count.fetch_add(1, Ordering::Relaxed);
                async move { Ok(Credentials::new("id", "secret", None, end.map(after), "test")) }
            });
            let kept = CachedCredentials::new(Some(SharedCredentialsProvider::new(provider)));
            for (minute, expected) in [0, 14, 16, 70].into_iter().zip(expected) {
                assert!(kept.at(after(minute)).await.is_some());
                assert_eq!(requests.load(Ordering::Relaxed), expected, "{end:?} at {minute}");
            }
        }
        assert!(CachedCredentials::new(None).at(after(0)).await.is_none());
    }
}
