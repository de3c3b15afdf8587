//! [`Deadlines`]: divides the time of an invocation.

use std::time::{Duration, Instant};

/// The deadlines in one invocation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deadlines {
    /// The deadline for rules, including their requests to the store.
    pub rules_until: Instant,
    /// The deadline for the last attempt to reply.
    pub until: Instant,
}

/// The time for an event whose remaining time is unknown: `cargo lambda watch`, for example, reports a deadline in 1970.
const DEFAULT: Duration = Duration::from_secs(5);

/// The maximum time for an event: a reply that has not arrived by then is better left to Lambda's own retry.
const LONGEST: Duration = Duration::from_secs(20);

impl Deadlines {
    pub(super) fn of(now: Instant, left: Option<Duration>) -> Self {
        let left = left.unwrap_or(DEFAULT).min(LONGEST);
        // Reserve time for writing the log and returning, which is slow where a function has a fraction of a core.
        let left = left.saturating_sub((left / 8).min(Duration::from_millis(250)));
        // The reply gets half of the time, which is enough for two attempts: each attempt may take half of what is left.
        Self { rules_until: now + left / 2, until: now + left }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(
        clippy::disallowed_methods,
        reason = "any instant will do, and there is no other way to get one"
    )]
    fn the_reply_keeps_at_least_half() {
        let now = Instant::now();
        let check = |left: Option<u64>, rules: u64, all: u64| {
            let deadlines = Deadlines::of(now, left.map(Duration::from_millis));
            let millis = |until: Instant| u64::try_from((until - now).as_millis()).unwrap();
            assert_eq!((millis(deadlines.rules_until), millis(deadlines.until)), (rules, all), "{left:?}");
        };
        check(Some(0), 0, 0);
        check(Some(800), 350, 700);
        check(Some(10_000), 4_875, 9_750);
        check(Some(900_000), 9_875, 19_750);
        check(None, 2_375, 4_750);
    }
}
