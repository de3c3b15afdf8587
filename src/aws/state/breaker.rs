//! [`Breaker`]: decides whether a table that keeps failing is asked.

use std::time::{Duration, Instant};

use super::Failure;

/// Closed while the table answers. [`MOST`] failures in a row open it, and then nobody waits for the table. After each pause, one update
/// probes whether it answers again.
#[derive(Debug)]
pub(super) struct Breaker {
    /// The time between probes.
    pause: Duration,
    /// How often the table failed since it last answered.
    failures: u32,
    /// When the next probe may start, and why the table failed last: while it is open.
    open: Option<(Instant, Failure)>,
}

/// What to do with an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decision {
    /// Ask the table, and wait for it.
    Ask,
    /// Ask the table, and do not wait: it failed for this reason.
    Probe(Failure),
    /// Do not ask the table: it failed for this reason.
    Skip(Failure),
}

/// The number of failures in a row that opens it.
const MOST: u32 = 5;

/// The usual time between probes.
pub(super) const PAUSE: Duration = Duration::from_secs(5);

impl Breaker {
    pub(super) const fn new(pause: Duration) -> Self {
        Self { pause, failures: 0, open: None }
    }

    /// Returns what to do with an update at `now`. Whoever is told to ask or probe reports how it ended.
    pub(super) fn decision(&mut self, now: Instant) -> Decision {
        match &mut self.open {
            None => Decision::Ask,
            Some((probe, why)) if *probe <= now => {
                *probe = now + self.pause;
                Decision::Probe(*why)
            }
            Some((_, why)) => Decision::Skip(*why),
        }
    }

    /// Takes that the table answered.
    pub(super) fn answered(&mut self) {
        *self = Self::new(self.pause);
    }

    /// Takes that an attempt that ended at `now` failed.
    pub(super) fn failed(&mut self, why: Failure, now: Instant) {
        self.failures = self.failures.saturating_add(1);
        if self.failures >= MOST {
            self.open = Some((now + self.pause, why));
        }
    }

    pub(super) const fn is_open(&self) -> bool {
        self.open.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::SystemClock;
    use crate::handler::Clock;

    const WHY: Failure = Failure::Timeout;

    /// A generator with a fixed seed: xorshift64*.
    struct Random(u64);

    impl Random {
        fn below(&mut self, limit: u64) -> u64 {
            self.0 ^= self.0 >> 12;
            self.0 ^= self.0 << 25;
            self.0 ^= self.0 >> 27;
            (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % limit
        }
    }

    #[test]
    fn five_failures_in_a_row_open_it_and_one_answer_closes_it() {
        let (mut breaker, start) = (Breaker::new(PAUSE), SystemClock.now());
        for round in 0..3 {
            let start = start + PAUSE * 10 * round;
            for _ in 0..MOST {
                assert_eq!(breaker.decision(start), Decision::Ask);
                breaker.failed(WHY, start);
            }
            assert_eq!(breaker.decision(start), Decision::Skip(WHY));
            assert_eq!(breaker.decision(start + PAUSE), Decision::Probe(WHY));
            assert_eq!(breaker.decision(start + PAUSE), Decision::Skip(WHY));
            breaker.failed(WHY, start + PAUSE);
            assert_eq!(breaker.decision(start + PAUSE * 2), Decision::Probe(WHY));
            breaker.answered();
            assert_eq!(breaker.decision(start + PAUSE * 2), Decision::Ask);
        }
    }

    #[test]
    fn whatever_happens_a_table_that_is_down_is_asked_rarely_and_one_that_is_back_soon() {
        let mut random = Random(5);
        let (start, second) = (SystemClock.now(), Duration::from_secs(1));
        for _ in 0..200 {
            let mut breaker = Breaker::new(PAUSE);
            // Down in seconds 60 to 120; up to eight updates are in progress at a time, and end in any order.
            let (mut now, mut pending, mut requests, mut back) = (start, Vec::new(), 0_u32, None);
            while now < start + second * 180 {
                now += Duration::from_millis(random.below(300));
                let is_down = now > start + second * 60 && now < start + second * 120;
                if pending.len() < 8 && breaker.decision(now) != Decision::Skip(WHY) {
                    pending.push(is_down);
                    requests += u32::from(is_down);
                    if !is_down && now > start + second * 120 {
                        back = back.or(Some(now));
                    }
                }
                if !pending.is_empty() && random.below(3) > 0 {
                    let ended = usize::try_from(random.below(pending.len() as u64)).unwrap();
                    if pending.swap_remove(ended) {
                        breaker.failed(WHY, now);
                    } else {
                        breaker.answered();
                    }
                }
            }
            // Those in progress when it opens, those before, and a probe every five seconds.
            assert!(requests <= 8 + 8 * MOST + 13, "{requests}");
            assert!(back.is_some_and(|back| back < start + second * 127), "{back:?}");
            assert!(!breaker.is_open());
        }
    }
}
