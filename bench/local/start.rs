//! Measures how long a program takes from its start to its first responses, and how large it is.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::Failure;
use crate::alone;
use crate::client::Client;

/// The times of one start, from its beginning.
struct StartTimes {
    /// Until it prints its address.
    listens: Duration,
    /// Until it responds to a request.
    answers: Duration,
    /// Until a message has passed a flow, for which the rules must be ready.
    moderates: Duration,
}

pub(crate) fn run(program: &Path, times: u64) -> Result<(), Failure> {
    let size = std::fs::metadata(program)?.len();
    println!("{} is {:.1} MB", program.display(), crate::load::kib(size) * 1024.0 / 1e6);
    let starts = (0..times.max(1)).map(|_| start(program)).collect::<Result<Vec<_>, _>>()?;
    print("says where it listens", starts.iter().map(|it| it.listens).collect());
    print("answers the first request", starts.iter().map(|it| it.answers).collect());
    print("has moderated the first message", starts.iter().map(|it| it.moderates).collect());
    Ok(())
}

fn start(program: &Path) -> Result<StartTimes, Failure> {
    let began = Instant::now();
    let mut child =
        Command::new(program).args(["local", "--listen", "127.0.0.1:0"]).stdout(Stdio::piped()).spawn()?;
    let mut line = String::new();
    BufReader::new(child.stdout.take().ok_or("no output")?).read_line(&mut line)?;
    let listens = began.elapsed();
    let address = line.trim().rsplit("http://").next().unwrap_or_default().parse();
    let starts = alone(async {
        let address = address.map_err(|_| format!("{} does not say where it listens", program.display()))?;
        let instance = json!({ "Name": "first", "ClientRequestToken": "first" });
        Client::new(address).request("POST", "/app-instances", "", &instance).await?;
        let answers = began.elapsed();
        crate::load::one_message(address).await?;
        Ok(StartTimes { listens, answers, moderates: began.elapsed() })
    });
    child.kill()?;
    child.wait()?;
    times
}

fn print(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let (half, most) = (times[times.len() / 2], times[times.len() - 1]);
    println!("{what} after {half:.1?} half the time, {most:.1?} at most of {}", times.len());
}
