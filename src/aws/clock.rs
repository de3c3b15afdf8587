//! [`SystemClock`], and the conversion of Lambda's deadlines.
#![expect(clippy::disallowed_methods, reason = "this is the clock that the core is handed")]

use std::time::{Duration, Instant, SystemTime};

use crate::handler::Clock;

/// The machine's clock.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Instant {
        Instant::now()
    }

    async fn sleep(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }
}

/// Returns the time of day. Unlike an [`Instant`], it is certain to advance while Lambda has the function frozen.
pub(super) fn wall() -> SystemTime {
    SystemTime::now()
}

/// The longest time that Lambda allows a function to run.
const LONGEST: Duration = Duration::from_mins(15);

/// Returns the time until `deadline`, which is in milliseconds since 1970. Returns `None` for an implausible deadline: some emulators set
/// one far in the past.
pub(super) fn left_until(deadline: u64) -> Option<Duration> {
    let deadline = SystemTime::UNIX_EPOCH.checked_add(Duration::from_millis(deadline))?;
    let left = deadline.duration_since(SystemTime::now()).ok()?;
    (left <= LONGEST).then_some(left)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deadlines_that_make_no_sense_are_not_known() {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
        let in_seconds = |seconds: u64| u64::try_from(now.as_millis()).unwrap() + seconds * 1000;
        assert_eq!(left_until(0), None);
        assert_eq!(left_until(600_000), None);
        assert_eq!(left_until(u64::MAX), None);
        assert_eq!(left_until(in_seconds(3_600)), None);
        assert!(left_until(in_seconds(600)).is_some_and(|left| left > Duration::from_secs(500)));
    }
}
