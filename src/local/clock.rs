//! [`Clock`]: the service's clock, which a test may advance.
#![expect(clippy::disallowed_methods, reason = "this is where the local service reads the time")]

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

use super::state::State;
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

    /// Moves the clock so that it is at least `ahead` milliseconds ahead of the machine's.
    pub(super) fn lead(&self, ahead: u64) {
        self.ahead.fetch_max(i64::try_from(ahead).unwrap_or(i64::MAX / 4), Ordering::Relaxed);
    }

    /// Advances the clock to the time of `state`, if the clock is earlier: as far ahead of the machine's as the state says, and not
    /// before the last command. Records in the state how far ahead the clock is then.
    pub(super) fn follow(&self, state: &mut State) {
        self.lead(state.ahead);
        self.catch_up(state.now);
        state.ahead = u64::try_from(self.ahead().as_millis()).unwrap_or(u64::MAX);
    }

    /// Advances the clock to `time` if it is earlier.
    fn catch_up(&self, time: Timestamp) {
        let behind = i64::try_from(time.since(self.now()).as_millis()).unwrap_or(i64::MAX / 4);
        self.ahead.fetch_add(behind, Ordering::Relaxed);
    }
}
