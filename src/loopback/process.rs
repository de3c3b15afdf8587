//! [`Function`]: the function, as a process.
#![expect(clippy::disallowed_methods, reason = "it takes times, and hands on PATH")]

use std::collections::HashMap;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::{Duration, Instant};

use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::mpsc;

/// What to start.
#[derive(Clone, Debug, Default)]
pub struct Launch {
    /// The program.
    pub program: PathBuf,
    /// What it is called with.
    pub args: Vec<OsString>,
    /// Environment variables on top of those that every function has.
    pub env: Vec<(String, String)>,
}

/// A function that runs, as a process of its own. It is killed with all that it started when this is dropped.
#[derive(Debug)]
pub struct Function {
    /// When it was started.
    pub started: Instant,
    child: Child,
    /// The process group that it and what it starts are in, until that was ended.
    group: Option<u32>,
    lines: mpsc::UnboundedReceiver<Line>,
    /// What each of its threads had used when it was last seen: the system forgets those that ended.
    threads: HashMap<OsString, Duration>,
}

/// A line that a function wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Whether it went to stderr.
    pub is_error: bool,
    /// What it says.
    pub text: String,
}

/// What a function does next.
#[derive(Debug)]
pub(crate) enum Step {
    /// It writes a line.
    Line(Line),
    /// Its process ends, like this.
    Ended(io::Result<ExitStatus>),
}

/// What a function has used so far.
#[derive(Clone, Copy, Debug)]
pub struct Usage {
    /// Processor time.
    pub cpu: Duration,
    /// The most memory it ever had resident, in bytes.
    pub peak_memory: u64,
}

impl Function {
    pub(crate) fn start(
        launch: &Launch,
        here: impl IntoIterator<Item = (&'static str, String)>,
    ) -> io::Result<Self> {
        let started = Instant::now();
        let mut command = Command::new(&launch.program);
        // A group of its own, so that what it starts ends with it.
        #[cfg(unix)]
        command.process_group(0);
        let mut child = command
            .args(&launch.args)
            // Nothing of ours reaches the function but what Lambda would set: no profile, no proxy, no credentials.
            .env_clear()
            .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
            .envs(LAMBDA)
            .envs(here)
            .envs(launch.env.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| explained(error, &launch.program))?;
        let (sender, lines) = mpsc::unbounded_channel();
        if let Some(stdout) = child.stdout.take() {
            tokio::spawn(read(stdout, false, sender.clone()));
        }
        if let Some(stderr) = child.stderr.take() {
            tokio::spawn(read(stderr, true, sender));
        }
        Ok(Self { started, group: child.id(), child, lines, threads: HashMap::new() })
    }

    /// Returns the id of its process; `None` once it was seen to have ended.
    #[must_use]
    pub fn id(&self) -> Option<u32> {
        self.child.id()
    }

    /// Waits for the next line it writes, to either stream. Returns `None` when both are closed and everything was read.
    pub async fn line(&mut self) -> Option<Line> {
        self.lines.recv().await
    }

    /// What it does next: it writes a line, or it ends.
    pub(crate) async fn next(&mut self) -> Step {
        tokio::select! {
            biased;
            Some(line) = self.lines.recv() => Step::Line(line),
            ended = self.child.wait() => {
                self.kill_group();
                Step::Ended(ended)
            }
        }
    }

    /// Kills what is left of it and of all that it started, once.
    fn kill_group(&mut self) {
        #[cfg(unix)]
        if let Some(group) = self.group.take().and_then(|id| rustix::process::Pid::from_raw(id.cast_signed()))
        {
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
    }

    /// Waits until its process ends by itself, and ends what it started. Returns how it ended.
    ///
    /// # Errors
    /// When the operating system does not say.
    pub async fn ended(&mut self) -> io::Result<ExitStatus> {
        let ended = self.child.wait().await;
        self.kill_group();
        ended
    }

    /// Kills it with all that it started. Returns the lines it wrote that were not read yet.
    pub async fn stop(mut self) -> Vec<Line> {
        self.kill_group();
        let _ = self.child.kill().await;
        self.rest().await
    }

    /// What it wrote that was not read yet, when its process has ended.
    pub(crate) async fn rest(&mut self) -> Vec<Line> {
        let mut rest = Vec::new();
        let ended = Instant::now();
        // What it started may live on, keep the pipe open, and go on writing.
        while ended.elapsed() < FAREWELL
            && let Ok(Some(line)) = tokio::time::timeout(LAST_WORDS, self.line()).await
        {
            rest.push(line);
        }
        rest
    }

    /// Returns what it has used so far; `None` where the operating system does not tell, or once its process has ended.
    #[must_use]
    pub fn usage(&mut self) -> Option<Usage> {
        let process = PathBuf::from(format!("/proc/{}", self.id()?));
        for thread in process.join("task").read_dir().ok()? {
            let thread = thread.ok()?;
            // A thread may end while we look.
            let Ok(stat) = std::fs::read_to_string(thread.path().join("schedstat")) else { continue };
            let cpu = Duration::from_nanos(stat.split_whitespace().next()?.parse().ok()?);
            self.threads.insert(thread.file_name(), cpu);
        }
        let status = std::fs::read_to_string(process.join("status")).ok()?;
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        let kilobytes: u64 = peak.trim().trim_end_matches("kB").trim().parse().ok()?;
        Some(Usage { cpu: self.threads.values().sum(), peak_memory: kilobytes * 1024 })
    }
}

impl Drop for Function {
    fn drop(&mut self) {
        self.kill_group();
    }
}

/// How long to wait for the next line of a process that has ended.
const LAST_WORDS: Duration = Duration::from_millis(200);
/// How long to wait for all of them.
const FAREWELL: Duration = Duration::from_secs(1);

async fn read(stream: impl AsyncRead + Unpin, is_error: bool, lines: mpsc::UnboundedSender<Line>) {
    let mut stream = BufReader::new(stream);
    let mut line = Vec::new();
    while stream.read_until(b'\n', &mut line).await.is_ok_and(|read| read > 0) {
        let text = String::from_utf8_lossy(&line).trim_end().to_owned();
        if lines.send(Line { is_error, text }).is_err() {
            return;
        }
        line.clear();
    }
}

/// Why a program cannot be started, where the operating system's words lead astray.
fn explained(error: io::Error, program: &Path) -> io::Error {
    let why = match error.kind() {
        io::ErrorKind::NotFound if program.exists() => {
            "the interpreter that its first line names is not there".to_owned()
        }
        io::ErrorKind::PermissionDenied => format!("expected a file that may be executed: {error}"),
        _ => return error,
    };
    io::Error::new(error.kind(), why)
}

/// What Lambda sets for every function, with credentials that are nobody's.
const LAMBDA: [(&str, &str); 17] = [
    ("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"),
    ("AWS_CONFIG_FILE", "/dev/null"),
    ("AWS_DEFAULT_REGION", "us-east-1"),
    ("AWS_EC2_METADATA_DISABLED", "true"),
    ("AWS_EXECUTION_ENV", "AWS_Lambda_provided.al2023"),
    ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256"),
    ("AWS_LAMBDA_FUNCTION_NAME", "chimeflow"),
    ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
    ("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/chimeflow"),
    ("AWS_LAMBDA_LOG_STREAM_NAME", "loopback"),
    ("AWS_REGION", "us-east-1"),
    ("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
    ("AWS_SESSION_TOKEN", "loopback"),
    ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
    ("LANG", "en_US.UTF-8"),
    ("TZ", ":UTC"),
    ("_HANDLER", "bootstrap"),
];
