//! The service, in a process of its own: this program, started again.

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use chimeflow::local::LocalChime;
use rustix::process::{Resource, getrlimit, setrlimit};

use crate::Failure;

/// A running service, which ends when this is dropped.
pub(crate) struct Service {
    child: Child,
    pub(crate) address: SocketAddr,
}

/// The resources that a process has used so far.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Usage {
    /// Processor time, including the kernel's.
    pub(crate) cpu: Duration,
    /// Resident memory, in bytes.
    pub(crate) resident: u64,
}

/// Serves until standard input is closed.
pub(crate) fn serve() -> Result<(), Failure> {
    let cores = std::thread::available_parallelism()?.get();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(cores).enable_all().build()?;
    let chime = runtime.block_on(LocalChime::start())?;
    println!("{}", chime.address());
    std::io::stdin().read_to_end(&mut Vec::new())?;
    drop(chime);
    Ok(())
}

impl Service {
    pub(crate) fn start() -> Result<Self, Failure> {
        let program = std::env::current_exe()?;
        let under = std::env::var("CHIMEFLOW_UNDER").unwrap_or_default();
        let mut words = under.split_whitespace();
        let mut child = match words.next() {
            Some(other) => Command::new(other),
            None => Command::new(&program),
        };
        child.args(words).args((!under.is_empty()).then_some(&program));
        let mut child = child.arg("serve").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().ok_or("no output")?).read_line(&mut line)?;
        Ok(Self { address: line.trim().parse()?, child })
    }

    pub(crate) fn usage(&self) -> Result<Usage, Failure> {
        Usage::of(&self.child.id().to_string())
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // It ends when its standard input is closed, and a profiler then writes its results.
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

impl Usage {
    /// Returns the resources that this process has used.
    pub(crate) fn own() -> Result<Self, Failure> {
        Self::of("self")
    }

    fn of(process: &str) -> Result<Self, Failure> {
        let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
        // The name of the program, in brackets, may contain anything.
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let field =
            |at: usize| fields.get(at).and_then(|text| text.parse::<u64>().ok()).ok_or("no such field");
        // User and system time are fields 14 and 15 of `man proc_pid_stat`, in hundredths of a second; the brackets end field 2.
        let cpu = Duration::from_millis((field(11)? + field(12)?) * 10);
        let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
        let resident =
            status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB"));
        Ok(Self { cpu, resident: resident.ok_or("no VmRSS")?.parse::<u64>()? * 1024 })
    }

    /// Returns the processor time since `before`.
    pub(crate) fn since(self, before: Self) -> Duration {
        self.cpu.saturating_sub(before.cpu)
    }
}

/// Raises the limit of open files of this process, and of those that it starts, to the maximum.
pub(crate) fn raise_limit_of_files() -> Result<(), Failure> {
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    Ok(setrlimit(Resource::Nofile, limit)?)
}
