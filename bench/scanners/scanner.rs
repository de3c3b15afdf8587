//! Measures the cost of a scanner for some lines.

use std::fmt::Write as _;
use std::hint::black_box;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use chimeflow::detect::Detectors;
use chimeflow::message::Message;
use chimeflow::outcome::StepResult;
use chimeflow_core::rules::{Source, parse};
use rustix::time::{ClockId, clock_gettime};
use serde::Deserialize;

use crate::Failure;

/// The cost of all lines.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    time: Duration,
    /// The number of lines in which something is found.
    pub flagged: usize,
}

impl Cost {
    /// Returns the microseconds for each of `lines` lines.
    pub(crate) fn micros(self, lines: usize) -> f64 {
        let lines = u32::try_from(lines.max(1)).unwrap_or(u32::MAX);
        self.time.as_secs_f64() * 1e6 / f64::from(lines)
    }
}

/// How often our detectors read all lines. The minimum time counts, because other programs only make a pass slower.
const PASSES: usize = 50;

/// Returns the cost for `lines` of one rule for each of `finds`, which is the content of a table.
pub(crate) fn ours(finds: &[&str], lines: &[String]) -> Result<Cost, Failure> {
    let mut rules = "version = 1\n[message]\nencoding = 'plain'\n".to_owned();
    for (number, find) in finds.iter().enumerate() {
        writeln!(rules, "[[rule]]\nid = 'r{number}'\non = ['content']\nfind = {{ {find} }}\ntag = 'it'")?;
    }
    let rules =
        parse(&Source::alone("rules", &rules), &Detectors::builtin()).map_err(|report| report.to_string())?;
    let mut best = Cost { time: Duration::MAX, flagged: 0 };
    for _ in 0..PASSES {
        let messages: Vec<_> =
            lines.iter().map(|line| Message { content: line.clone(), ..Message::default() }).collect();
        let (start, mut flagged) = (worked(), 0);
        for message in messages {
            let outcome = black_box(rules.pipeline.run(message));
            flagged +=
                usize::from(outcome.trace.iter().any(|step| matches!(step.result, StepResult::Hit { .. })));
        }
        let time = worked().saturating_sub(start);
        if time < best.time {
            best = Cost { time, flagged };
        }
    }
    Ok(best)
}

/// The output of `peers.py`.
#[derive(Debug, Deserialize)]
struct Answer {
    nanos: u64,
    flagged: usize,
}

/// Returns the cost for `lines` of the scanner called `name`, which `bench/quality/peers/install` installs.
pub(crate) fn theirs(name: &str, lines: &[String]) -> Result<Cost, Failure> {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let python = home.join("target/peers/python/bin/python");
    let mut command = Command::new(&python);
    command.arg(home.join("bench/scanners/peers.py")).arg(name).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command
        .spawn()
        .map_err(|error| format!("`{}`: {error}; run bench/quality/peers/install", python.display()))?;
    let mut input = child.stdin.take().ok_or("expected a pipe to write to")?;
    input.write_all(serde_json::to_string(lines)?.as_bytes())?;
    drop(input);
    let output = child.wait_with_output()?;
    if !output.status.success() {
        return Err(format!("`{name}` failed").into());
    }
    let answer: Answer = serde_json::from_slice(&output.stdout)?;
    Ok(Cost { time: Duration::from_nanos(answer.nanos), flagged: answer.flagged })
}

/// Returns the processor time of this thread.
fn worked() -> Duration {
    Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap_or_default()
}
