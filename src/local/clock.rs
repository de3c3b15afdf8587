//! [`Clock`]: the service's clock, which a test may advance.
#![expect(clippy::disallowed_methods, reason = "this is where the local service reads the time")]

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

use super::time::Timestamp;

/// The machine's time plus an offset.
#[derive(Debug, Default)]
pub(super) struct Clock {
    ahead: AtomicI64,
}

impl Clock {
    pub(super) fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let millis = i64::try_from(since.as_millis()).unwrap_or(i64::MAX);
        Timestamp::from_millis(millis.saturating_add(self.ahead.load(Ordering::Relaxed)))
    }

    /// Returns how far the clock is ahead of the machine's.
    pub(super) fn ahead(&self) -> Duration {
        Duration::from_millis(u64::try_from(self.ahead.load(Ordering::Relaxed)).unwrap_or_default())
    }

    /// Advances the clock.
    pub(super) fn advance(&self, time: Duration) {
        self.ahead.fetch_add(i64::try_from(time.as_millis()).unwrap_or(i64::MAX / 4), Ordering::Relaxed);
    }

    /// Advances the clock to `time` if it is earlier: a restarted service continues with the time at which it stopped.
    pub(super) fn catch_up(&self, time: Timestamp) {
        self.advance(time.since(self.now()));
    }
}
