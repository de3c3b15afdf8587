//! [`Function`]: a Lambda function that runs as a process.
#![expect(clippy::disallowed_methods, reason = "it measures durations, and passes PATH on to functions")]

use std::collections::HashMap;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::{Duration, Instant};

use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::mpsc;

/// How to start a function.
#[derive(Clone, Debug, Default)]
pub struct Launch {
    /// The program.
    pub program: PathBuf,
    /// The program's arguments.
    pub args: Vec<OsString>,
    /// Environment variables, in addition to those that every function has.
    pub env: Vec<(String, String)>,
}

/// A function that runs as a process. When this value is dropped, the process and all its child processes are killed.
#[derive(Debug)]
pub struct Function {
    /// When it was started.
    pub started: Instant,
    child: Child,
    /// The process group of the process and its children, until it has been killed.
    group: Option<u32>,
    lines: mpsc::UnboundedReceiver<Line>,
    /// The processor time of each thread when it was last read: the system forgets threads that ended.
    threads: HashMap<OsString, Duration>,
}

/// A line that a function wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Whether it was written to stderr.
    pub is_error: bool,
    /// The text of the line.
    pub text: String,
}

/// The next event of a function.
#[derive(Debug)]
pub(crate) enum Step {
    /// It wrote a line.
    Line(Line),
    /// Its process ended with this status.
    Ended(io::Result<ExitStatus>),
}

/// The resources that a function has used so far.
#[derive(Clone, Copy, Debug)]
pub struct Usage {
    /// Processor time.
    pub cpu: Duration,
    /// The peak resident memory, in bytes.
    pub peak_memory: u64,
}

impl Function {
    pub(crate) fn start(
        launch: &Launch,
        here: impl IntoIterator<Item = (&'static str, String)>,
    ) -> io::Result<Self> {
        let started = Instant::now();
        let mut command = Command::new(&launch.program);
        // With its own process group, its children can be killed together with it.
        #[cfg(unix)]
        command.process_group(0);
        let mut child = command
            .args(&launch.args)
            // The function gets only the variables that Lambda would set: no profile, no proxy and no credentials of this process.
            .env_clear()
            .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
            .envs(LAMBDA)
            // There is no table on this machine: a processor stores what rules count in its memory.
            .env("CHIMEFLOW_STATE", "memory")
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

    /// Returns the process id; `None` once the process is known to have ended.
    #[must_use]
    pub fn id(&self) -> Option<u32> {
        self.child.id()
    }

    /// Waits for the next line on either stream, and returns it. Returns `None` when both streams are closed and everything was read.
    pub async fn line(&mut self) -> Option<Line> {
        self.lines.recv().await
    }

    /// Waits for the next event: a line, or the end of the process.
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

    /// Kills the remaining processes of the group, once.
    fn kill_group(&mut self) {
        #[cfg(unix)]
        if let Some(group) = self.group.take().and_then(|id| rustix::process::Pid::from_raw(id.cast_signed()))
        {
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
    }

    /// Waits until the process ends by itself, and kills its children. Returns the exit status.
    ///
    /// # Errors
    /// If the operating system does not report the status.
    pub async fn ended(&mut self) -> io::Result<ExitStatus> {
        let ended = self.child.wait().await;
        self.kill_group();
        ended
    }

    /// Kills the process and all its children. Returns the lines that were not read yet.
    pub async fn stop(mut self) -> Vec<Line> {
        self.kill_group();
        let _ = self.child.kill().await;
        self.rest().await
    }

    /// Returns the unread lines of a process that has ended.
    pub(crate) async fn rest(&mut self) -> Vec<Line> {
        let mut rest = Vec::new();
        let ended = Instant::now();
        // Its children may still run, keep the pipe open, and go on writing.
        while ended.elapsed() < DRAIN_TIMEOUT
            && let Ok(Some(line)) = tokio::time::timeout(LINE_TIMEOUT, self.line()).await
        {
            rest.push(line);
        }
        rest
    }

    /// Returns the resources used so far; `None` if the operating system does not report them, or once the process has ended.
    #[must_use]
    pub fn usage(&mut self) -> Option<Usage> {
        let process = PathBuf::from(format!("/proc/{}", self.id()?));
        for thread in process.join("task").read_dir().ok()? {
            let thread = thread.ok()?;
            // The thread may have ended meanwhile.
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

/// How long to wait for each further line of a process that has ended.
const LINE_TIMEOUT: Duration = Duration::from_millis(200);
/// How long to wait for all of these lines.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(1);

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

/// Returns a clearer error for a program that cannot be started, where the operating system's message is misleading.
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

/// The variables that Lambda sets for every function, with example credentials.
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
