//! How many instructions a processor takes.

use std::path::Path;

use crate::Failure;
use crate::callgrind::{self, Setup};

/// How many instructions a processor takes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counts {
    /// From the start of its process to the end of its first event, and its end.
    pub cold: u64,
    /// For each event after the first.
    pub warm: u64,
}

impl Counts {
    pub(crate) fn json(self) -> serde_json::Value {
        serde_json::json!({ "cold": self.cold, "warm": self.warm })
    }
}

/// How often a cold start is counted. Keys, nonces and the order in which the system reports events make counts differ by less than a
/// percent.
const RUNS: usize = 3;

/// The number of events after the first, from which the count for one is calculated.
pub(crate) const WARM: usize = 20;

/// Counts the instructions that `processor` takes.
pub(crate) async fn count(processor: &Path, setup: Setup) -> Result<Counts, Failure> {
    let mut colds = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        colds.push(callgrind::run(processor, setup, 1).await?.total);
    }
    colds.sort_unstable();
    let cold = colds[RUNS / 2];
    let all = callgrind::run(processor, setup, 1 + WARM).await?.total;
    Ok(Counts { cold, warm: all.saturating_sub(cold) / WARM as u64 })
}
