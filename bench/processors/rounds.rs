//! Measures every contender at every size of memory, round after round, so that what disturbs the machine disturbs all alike.

use std::io::{IsTerminal, Write};
use std::time::Duration;

use crate::Failure;
use crate::contender::Contender;
use crate::environment::{Life, Plan, live};
use crate::quota::{Memory, Quota};

/// The sizes that are emulated.
pub(crate) const SIZES: [Memory; 3] = [Memory(128), Memory(256), Memory(512)];

/// What the rounds gave.
#[derive(Debug)]
pub(crate) struct Measured {
    /// For each contender, its lives with the whole machine.
    pub free: Vec<Vec<Life>>,
    /// For each of [`SIZES`] and each contender, its lives with that much memory; or why there are none.
    pub limited: Result<[Vec<Vec<Life>>; SIZES.len()], Failure>,
}

/// With the whole machine, messages follow each other at once: what counts is what they cost. There are five of each.
const FREE: Plan<'static> = Plan { warm: 99, pause: Duration::ZERO, limit: None };

/// With a share of a core, they come as in a chat, further apart than a period of the quota.
const WARM: usize = 10;
const PAUSE: Duration = Duration::from_millis(25);

/// Runs so many rounds.
pub(crate) async fn run(contenders: &[Contender], rounds: usize) -> Result<Measured, Failure> {
    let quota = Quota::new();
    let empty = || contenders.iter().map(|_| Vec::with_capacity(rounds)).collect::<Vec<_>>();
    let (mut free, mut limited) = (empty(), SIZES.map(|_| empty()));
    for round in 1..=rounds {
        progress(&format!("round {round} of {rounds}"));
        for (contender, lives) in contenders.iter().zip(&mut free) {
            lives.push(live(contender, FREE).await?);
        }
        let Ok(quota) = &quota else { continue };
        for (memory, limited) in SIZES.into_iter().zip(&mut limited) {
            let plan = Plan { warm: WARM, pause: PAUSE, limit: Some((quota, memory)) };
            for (contender, lives) in contenders.iter().zip(limited) {
                lives.push(live(contender, plan).await?);
            }
        }
    }
    progress("");
    Ok(Measured { free, limited: quota.map(|_| limited) })
}

/// Says how far it is, to somebody who waits.
fn progress(what: &str) {
    let mut stderr = std::io::stderr();
    if stderr.is_terminal() {
        let _ = write!(stderr, "\r\x1b[K{what}");
    }
}
