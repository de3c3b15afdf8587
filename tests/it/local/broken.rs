//! Functions whose process dies: during its start, during its second start, and while it handles an event.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chimeflow::local::{LocalChime, Options, Runner};
use chimeflow::loopback::Launch;
use serde_json::Value;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::time::Instant;

use super::client::{Chat, Client, FUNCTION};
use crate::support::Folder;

/// A service whose function is a shell script.
pub(super) struct Broken {
    pub chime: LocalChime,
    pub client: Client,
    chat: Chat,
    lines: Receiver<String>,
    pub program: PathBuf,
    pub folder: Folder,
}

/// The maximum time until a failure is reported. A function may take 30 seconds.
const SOON: Duration = Duration::from_secs(8);

/// Writes an executable script to `program`; `$P` is the built processor in it.
pub(super) fn write(program: &Path, script: &str) {
    // Moved into place: a file that is open for writing cannot be run.
    let script = format!("#!/bin/bash\nP='{}'\n{script}\n", env!("CARGO_BIN_EXE_processor"));
    let new = program.with_extension("new");
    std::fs::write(&new, script).unwrap();
    std::fs::set_permissions(&new, std::fs::Permissions::from_mode(0o755)).unwrap();
    std::fs::rename(&new, program).unwrap();
}

impl Broken {
    pub(super) async fn start(script: &str) -> Self {
        Self::with(script, FUNCTION, |launch, sender, _| Options {
            functions: Runner::Program(launch, sender),
            ..Options::default()
        })
        .await
    }

    /// The same, with options for the script, the receiver of its lines and a folder, and a flow that names this function.
    pub(super) async fn with(
        script: &str,
        function: &str,
        options: impl FnOnce(Launch, Sender<String>, &Path) -> Options,
    ) -> Self {
        let folder = Folder::new();
        let program = folder.0.join("bootstrap");
        write(&program, script);
        let (sender, lines) = channel(1_000);
        let launch = Launch { program: program.clone(), ..Launch::default() };
        let chime = LocalChime::with(options(launch, sender, &folder.0)).await.unwrap();
        let client = Client::new(chime.address());
        let chat = client.make_chat(&["ann", "bob"], function).await.unwrap();
        client.associate(&chat).await.unwrap();
        Self { chime, client, chat, lines, program, folder }
    }

    /// Sends a message, and returns its id.
    pub(super) async fn say(&mut self, content: &str) -> String {
        let path = format!("{}/messages", self.chat.path());
        let message = Chat::message(content, &content.replace(' ', "-"));
        let sent = self.client.get("POST", &path, self.chat.bob(), message).await;
        sent["MessageId"].as_str().unwrap().to_owned()
    }

    /// Waits for `count` steps of a message that are called `what`, and returns them.
    pub(super) async fn steps(&mut self, id: &str, what: &str, count: usize) -> Vec<Value> {
        let began = Instant::now();
        loop {
            let trace =
                self.client.get("GET", &format!("/_local/messages/{id}/trace"), "", Value::Null).await;
            let steps = trace["steps"].as_array().unwrap().iter();
            let steps: Vec<_> = steps.filter(|step| step["what"] == what).cloned().collect();
            if steps.len() >= count {
                return steps;
            }
            assert!(began.elapsed() < SOON, "no {what} after {:?}: {trace}", began.elapsed());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Returns how the last of `count` invocations for a message failed: the name and the message of the error.
    pub(super) async fn failed(&mut self, id: &str, count: usize) -> (String, String) {
        let ended = self.steps(id, "invocation ended", count).await.pop().unwrap();
        let text = |name: &str| {
            ended["detail"]["Failed"][name].as_str().unwrap_or_else(|| panic!("{ended}")).to_owned()
        };
        (text("error_type"), text("message"))
    }

    /// Returns the lines that the terminal showed so far.
    pub(super) fn shown(&mut self) -> Vec<String> {
        std::iter::from_fn(|| self.lines.try_recv().ok()).collect()
    }

    /// Waits until the terminal shows a line that contains `text`, and returns that line.
    pub(super) async fn line(&mut self, text: &str) -> String {
        let mut shown = Vec::new();
        let found = tokio::time::timeout(SOON, async {
            while let Some(line) = self.lines.recv().await {
                if line.contains(text) {
                    return Some(line);
                }
                shown.push(line);
            }
            None
        });
        let found = found.await.ok().flatten();
        found.unwrap_or_else(|| panic!("no line with `{text}` in {shown:#?}"))
    }
}

#[tokio::test]
async fn a_function_that_does_not_start_is_told_at_once_and_once() {
    let exited = "Runtime.ExitError";
    let cases = [
        (
            "echo 'no module named moderation' >&2; exit 3",
            exited,
            "(exit status: 3)\nno module named moderation",
        ),
        ("exit 0", exited, "(exit status: 0)"),
        ("echo going >&2; kill -9 $$", exited, "(signal: 9 (SIGKILL))\ngoing"),
        ("echo 'only this'; exit 1", exited, "(exit status: 1)\nonly this"),
        ("CHIMEFLOW_RULES=file:/nowhere exec $P", "UnreadableRules", "cannot read the rules file /nowhere"),
        // What it started holds its pipes open.
        ("sleep 60 & exit 5", exited, "(exit status: 5)"),
    ];
    let all = cases.map(|(script, error_type, says)| async move {
        let mut broken = Broken::start(script).await;
        for number in 1..=2 {
            let id = broken.say(&format!("hello {number}")).await;
            let (name, message) = broken.failed(&id, 1).await;
            assert_eq!(name, error_type, "{script}");
            assert!(message.contains(says), "{script}: {message}");
        }
        // It is retried meanwhile, and the same line is not printed again.
        tokio::time::sleep(Duration::from_secs(3)).await;
        let shown = broken.shown();
        let count = shown.iter().filter(|line| line.contains("did not start")).count();
        assert_eq!(count, 1, "{script}: {shown:#?}");
        assert!(shown.len() <= 5, "{script}: {shown:#?}");
    });
    futures_util::future::join_all(all).await;
}

#[tokio::test]
async fn a_function_that_never_asks_for_an_event_is_told_of_once() {
    let mut broken = Broken::start("exec sleep 60").await;
    tokio::time::sleep(SOON).await;
    let shown = broken.shown();
    assert!(matches!(&shown[..], [line] if line.contains("has not asked for an event")), "{shown:#?}");
}

#[tokio::test]
async fn a_function_that_is_mended_goes_on() {
    let mut broken = Broken::start("exit 1").await;
    let id = broken.say("hello").await;
    broken.failed(&id, 1).await;
    write(&broken.program, "exec $P");
    // Lambda retries after a minute.
    tokio::time::sleep(Duration::from_secs(1)).await;
    broken.chime.advance(Duration::from_mins(1));
    broken.steps(&id, "delivered", 1).await;
}

#[tokio::test]
async fn a_function_that_dies_at_its_second_start_is_told_too() {
    let mut broken = Broken::start("exec $P").await;
    let id = broken.say("hello").await;
    broken.steps(&id, "delivered", 1).await;
    write(&broken.program, "echo 'second start' >&2; exit 9");
    let began = Instant::now();
    while !broken.shown().iter().any(|line| line.contains("did not start")) {
        assert!(began.elapsed() < SOON);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let id = broken.say("hello again").await;
    let (name, message) = broken.failed(&id, 1).await;
    assert_eq!(name, "Runtime.ExitError");
    assert!(message.ends_with("(exit status: 9)\nsecond start"), "{message}");
}

#[tokio::test]
async fn a_function_that_dies_at_work_fails_what_it_was_at() {
    let script = "exec 3<>/dev/tcp/${AWS_LAMBDA_RUNTIME_API/:/\\/}
        printf 'GET /2018-06-01/runtime/invocation/next HTTP/1.1\\r\\nHost: 127.0.0.1\\r\\n\\r\\n' >&3
        head -c 20 <&3 >/dev/null
        echo 'a bug' >&2
        exit 4";
    let mut broken = Broken::start(script).await;
    // The second process handles events soon, because it did start.
    for number in 1..=2 {
        let id = broken.say(&format!("hello {number}")).await;
        let failed = broken.failed(&id, 1).await;
        assert_eq!(
            failed,
            ("Runtime.ExitError".to_owned(), "the function ended (exit status: 4)".to_owned())
        );
    }
    let shown = broken.shown();
    let line = "ended (exit status: 4), and is started again";
    assert!(shown.iter().any(|shown| shown == line) && shown.contains(&"a bug".to_owned()), "{shown:#?}");
}

#[tokio::test]
async fn a_program_that_cannot_be_run_is_said_when_the_service_starts() {
    let folder = Folder::new();
    let (plain, lost) = (folder.0.join("plain"), folder.0.join("lost"));
    std::fs::write(&plain, "echo\n").unwrap();
    std::fs::write(&lost, "#!/nowhere/sh\n").unwrap();
    std::fs::set_permissions(&lost, std::fs::Permissions::from_mode(0o755)).unwrap();
    let cases = [
        (plain, "expected a file that may be executed"),
        (lost, "the interpreter that its first line names is not there"),
        (folder.0.join("missing"), "No such file"),
        (folder.0.clone(), "expected a file that may be executed"),
    ];
    for (program, says) in cases {
        let launch = Launch { program: program.clone(), ..Launch::default() };
        let options = Options { functions: Runner::Program(launch, channel(1_000).0), ..Options::default() };
        let error = LocalChime::with(options).await.unwrap_err().to_string();
        assert!(
            error.contains(&format!("cannot start {}", program.display())) && error.contains(says),
            "{error}"
        );
    }
}

#[tokio::test]
async fn lines_that_nobody_reads_in_time_are_left_out() {
    let mut broken = Broken::start("yes \"a line\"").await;
    let began = Instant::now();
    while broken.lines.len() < broken.lines.max_capacity() {
        assert!(began.elapsed() < SOON, "{} lines", broken.lines.len());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    broken.line("lines were left out").await;
}
