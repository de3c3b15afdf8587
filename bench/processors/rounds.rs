//! Measures every contender at every size of memory, round after round, so that a disturbance of the machine affects all equally.

use std::io::{IsTerminal, Write};
use std::time::Duration;

use crate::Failure;
use crate::contender::Contender;
use crate::environment::{EnvironmentRun, Plan, run_environment};
use crate::quota::{Memory, Quota};

/// The emulated sizes.
pub(crate) const SIZES: [Memory; 3] = [Memory(128), Memory(256), Memory(512)];

/// The measurements of all rounds.
#[derive(Debug)]
pub(crate) struct RoundResults {
    /// For each contender, its runs with the whole machine.
    pub free: Vec<Vec<EnvironmentRun>>,
    /// For each of [`SIZES`] and each contender, its runs with that much memory; or why there are none.
    pub limited: Result<[Vec<Vec<EnvironmentRun>>; SIZES.len()], Failure>,
}

/// With the whole machine, messages follow each other immediately, because only their cost matters. There are five of each.
const FREE: Plan<'static> = Plan { warm: 99, pause: Duration::ZERO, limit: None };

/// With a share of a core, messages are sent as in a chat, further apart than a period of the quota.
const WARM: usize = 10;
const PAUSE: Duration = Duration::from_millis(25);

/// Runs this number of rounds.
pub(crate) async fn run(contenders: &[Contender], rounds: usize) -> Result<RoundResults, Failure> {
    let quota = Quota::new();
    let empty = || contenders.iter().map(|_| Vec::with_capacity(rounds)).collect::<Vec<_>>();
    let (mut free, mut limited) = (empty(), SIZES.map(|_| empty()));
    for round in 1..=rounds {
        progress(&format!("round {round} of {rounds}"));
        for (contender, runs) in contenders.iter().zip(&mut free) {
            runs.push(run_environment(contender, FREE).await?);
        }
        let Ok(quota) = &quota else { continue };
        for (memory, limited) in SIZES.into_iter().zip(&mut limited) {
            let plan = Plan { warm: WARM, pause: PAUSE, limit: Some((quota, memory)) };
            for (contender, runs) in contenders.iter().zip(limited) {
                runs.push(run_environment(contender, plan).await?);
            }
        }
    }
    progress("");
    Ok(RoundResults { free, limited: quota.map(|_| limited) })
}

/// Shows the progress to a waiting user.
fn progress(what: &str) {
    let mut stderr = std::io::stderr();
    if stderr.is_terminal() {
        let _ = write!(stderr, "\r\x1b[K{what}");
    }
}
