//! Tests the notices about functions that hang, die or restart themselves.

use std::os::unix::fs::PermissionsExt;

use tokio::sync::mpsc::Receiver;

use super::*;

/// A shell function that takes an event from the Runtime API, and does `then` in place of responding.
const TAKES_AN_EVENT: &str = "exec 3<>/dev/tcp/${AWS_LAMBDA_RUNTIME_API/:/\\/}
printf 'GET /2018-06-01/runtime/invocation/next HTTP/1.1\\r\\nHost: 127.0.0.1\\r\\n\\r\\n' >&3
head -c 20 <&3 >/dev/null
";
const FUNCTION: &str = "arn:aws:lambda:us-east-1:111122223333:function:a";
/// The maximum time until a line appears.
const TIMEOUT: Duration = Duration::from_secs(20);

struct Stage {
    program: Program,
    lines: Receiver<String>,
    folder: PathBuf,
}

impl Drop for Stage {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Stage {
    /// Starts a shell script in a folder of its own, which is watched.
    async fn start(name: &str, script: &str, limits: Limits) -> Self {
        let folder = std::env::temp_dir().join(format!("chimeflow-program-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let (program, new) = (folder.join("bootstrap"), folder.join("bootstrap.new"));
        // Moved into place: a file that is open for writing cannot be run.
        std::fs::write(&new, format!("#!/bin/bash\n{script}\n")).unwrap();
        std::fs::set_permissions(&new, std::fs::Permissions::from_mode(0o755)).unwrap();
        std::fs::rename(&new, &program).unwrap();
        let (sender, lines) = mpsc::channel(1_000);
        let watch = Beside { paths: vec![folder.clone()], except: None };
        let launch = Launch { program, ..Launch::default() };
        let start = Start { launch, env: Vec::new(), watch, lines: sender, limits };
        Self { program: Program::start(start).await.unwrap(), lines, folder }
    }

    async fn invoke(&self) -> End {
        self.program.invoke(&Arn::new(FUNCTION), "{}").await.end
    }

    /// Returns the next line with `text`, and how many came before it.
    async fn line(&mut self, text: &str) -> (String, Vec<String>) {
        let mut before = Vec::new();
        let found = tokio::time::timeout(TIMEOUT, async {
            loop {
                let line = self.lines.recv().await.unwrap();
                if line.contains(text) {
                    return line;
                }
                before.push(line);
            }
        });
        (found.await.unwrap_or_else(|_| panic!("no line with `{text}`")), before)
    }
}

#[tokio::test]
async fn a_function_that_hangs_at_an_event_is_told_each_time() {
    let limits = Limits { timeout: Duration::from_millis(1_500), ..Limits::default() };
    let script = format!("{TAKES_AN_EVENT}sleep 60");
    let mut stage = Stage::start("hangs", &script, limits).await;
    for _ in 0..2 {
        let End::Failed { error_type, .. } = stage.invoke().await else { panic!("it does not answer") };
        assert_eq!(error_type, TIMED_OUT);
        let (line, _) = stage.line("did not answer").await;
        assert!(line.ends_with("so it was stopped, and is started again"), "{line}");
    }
}

#[tokio::test]
async fn that_no_process_asks_for_an_event_is_told_once() {
    let limits = Limits { timeout: Duration::from_millis(1_500), silence: Duration::from_millis(100) };
    // Each process says that it is there.
    let mut stage = Stage::start("silent", "echo here; sleep 60", limits).await;
    let (mut notices, mut started) = (0, 0);
    for _ in 0..3 {
        assert!(matches!(stage.invoke().await, End::Failed { .. }));
        let (_, before) = stage.line("here").await;
        notices += before.iter().filter(|line| line.contains("has not asked for an event")).count();
        started += 1;
        assert!(!before.iter().any(|line| line.contains("did not answer")), "{before:?}");
    }
    assert_eq!((notices, started), (1, 3));
}

#[tokio::test]
async fn a_function_that_writes_what_restarts_it_is_told_so_once() {
    let script = "echo start; date +%N >> \"${0%/*}/log.txt\"; sleep 60";
    let mut stage = Stage::start("circles", script, Limits::default()).await;
    let (line, before) = stage.line("soon after each of the last 3 starts").await;
    assert!(line.contains("log.txt") && line.contains("--watch"), "{line}");
    assert_eq!(before.iter().filter(|line| line.contains("was saved;")).count(), 3, "{before:?}");
    let (_, before) = stage.line("was saved;").await;
    assert!(!before.iter().any(|line| line.contains("soon after each")), "{before:?}");
}

#[tokio::test]
async fn the_last_lines_of_a_function_that_died_say_that_it_did() {
    let script = format!("{TAKES_AN_EVENT}echo 'a bug' >&2; exit 4");
    let stage = Stage::start("dies", &script, Limits::default()).await;
    let End::Failed { output, .. } = stage.invoke().await else { panic!("it does not answer") };
    let lines = serde_json::to_value(output).unwrap();
    assert_eq!(lines, serde_json::json!(["a bug", "(ended: exit status: 4)"]));
}
