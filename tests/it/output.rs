//! Every command, with output that nobody reads and with output that cannot be written: it neither panics nor leaves its work undone.

use std::collections::BTreeSet;
use std::fs::File;
use std::process::Stdio;

use chimeflow::local::{Fault, LocalChime};
use serde_json::Value;
use tokio::process::Command;

use crate::local::client::{Chat, Client, FUNCTION};
use crate::push::appconfig::AppConfig;
use crate::support::{Folder, in_time};

/// The command lines, in this order: a service at `CHIME` and AppConfig at `APPCONFIG` contain what they name. A new command needs a
/// line.
const COMMANDS: &str = "
check tests/rules/edits.toml
check --json tests/rules/edits.toml
check tests/cmd/mistakes.in/several.toml
test tests/rules/edits.toml
test --json tests/rules/edits.toml
test --junit - tests/rules/edits.toml
import list rules/lists/example.txt
completions bash
init --yes -
explain what_the_fuck
explain --json what_the_fuck
replay tests/cmd/json.in/corpus.jsonl
replay --chart tests/cmd/json.in/corpus.jsonl
replay --json tests/cmd/json.in/corpus.jsonl
diff rules/default.toml rules/gaming.toml tests/cmd/json.in/corpus.jsonl
diff --markdown rules/default.toml rules/gaming.toml tests/cmd/json.in/corpus.jsonl
diff --json tests/cmd/json.in/rules.toml tests/cmd/json.in/stricter.toml tests/cmd/json.in/corpus.jsonl
detectors
detectors pii
detectors --markdown
detectors --json
schema
invoke events/clean.json
invoke --json events/clean.json
redrive --json --queue CHIME/111122223333/failed --endpoint-url CHIME --region us-east-1
rules bundle rules/default.toml
rules push rules/default.toml --to chat/live/rules
rules status chat/live/rules rules/default.toml
rules status chat/live/rules --json
rules pull chat/live/rules
rules push tests/rules/edits.toml --to chat/live/rules --json
rules rollback chat/live/rules
flow create --app-instance APP --function FUNCTION --name another --endpoint-url CHIME
flow list --app-instance APP --endpoint-url CHIME
flow list --app-instance APP --endpoint-url CHIME --json
flow describe FLOW --endpoint-url CHIME
flow update FLOW --name better --endpoint-url CHIME
flow attach --app-instance APP --function FUNCTION --channel CHANNEL --as ANN --endpoint-url CHIME
flow associate FLOW --channel CHANNEL --as ANN --endpoint-url CHIME
flow disassociate --channel CHANNEL --as ANN --endpoint-url CHIME
flow delete FLOW --endpoint-url CHIME
local health
local doctor
local doctor --json
local quotas
local quotas --json
local env
local events
local export
local clock
local clock advance 2m
local fault add duplicate-delivery
local fault list
local fault clear
local hold list
local hold pass MESSAGE
export CHANNEL --as ANN --endpoint-url CHIME
local hold next
local hold off
local hold release SECOND
local hold deny THIRD
local trace MESSAGE
local seed SEED
local reset
local exec -- true
";

/// A stream of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stream {
    /// Both are read.
    Read,
    /// Standard output is written where no space is left.
    Full,
    /// The reader of standard output has closed it.
    Closed,
    /// Standard error is written where no space is left.
    ErrorFull,
    /// The reader of both has closed them.
    BothClosed,
}

/// The services that the commands use.
struct World {
    chime: LocalChime,
    chat: Chat,
    messages: Vec<String>,
    appconfig: AppConfig,
    folder: Folder,
}

/// The result of one command.
struct Run {
    code: i32,
    out: String,
    err: String,
}

impl World {
    async fn new() -> Self {
        let chime = LocalChime::start().await.unwrap();
        let client = Client::new(chime.address());
        let chat = client.chat().await;
        client.associate(&chat).await.expect("the flow is there");
        let mut messages = Vec::new();
        for token in ["first", "second", "third"] {
            chime.plan(Fault::Hold);
            let path = format!("{}/messages", chat.path());
            let sent = client.get("POST", &path, chat.bob(), Chat::message("hello", token)).await;
            messages.push(sent["MessageId"].as_str().unwrap().to_owned());
        }
        let folder = Folder::new();
        let state = client.get("GET", "/_local/state", "", Value::Null).await;
        std::fs::write(folder.0.join("seed.json"), state.to_string()).unwrap();
        Self { chime, chat, messages, appconfig: AppConfig::start().await, folder }
    }

    /// Runs a line of [`COMMANDS`].
    async fn run(&self, line: &str, stream: Stream) -> Run {
        let endpoint = self.chime.endpoint();
        let seed = self.folder.0.join("seed.json").display().to_string();
        let argument = |word: &str| match word {
            "APP" => self.chat.app().to_owned(),
            "FLOW" => self.chat.flow.clone(),
            "CHANNEL" => self.chat.channel.clone(),
            "ANN" => self.chat.ann().to_owned(),
            "MESSAGE" => self.messages[0].clone(),
            "SECOND" => self.messages[1].clone(),
            "THIRD" => self.messages[2].clone(),
            "SEED" => seed.clone(),
            "FUNCTION" => FUNCTION.to_owned(),
            word => word.replace("CHIME", &endpoint),
        };
        let mut command = Command::new(env!("CARGO_BIN_EXE_chimeflow"));
        command.args(line.split(' ').map(argument)).env_clear().stdin(Stdio::null()).kill_on_drop(true);
        command.envs([
            ("PATH", "/usr/bin:/bin"),
            ("CHIMEFLOW_LOCAL", &*endpoint),
            ("AWS_ENDPOINT_URL", &endpoint),
            ("AWS_ENDPOINT_URL_APPCONFIG", &self.appconfig.endpoint),
            ("AWS_REGION", "us-east-1"),
            ("AWS_EC2_METADATA_DISABLED", "true"),
            ("AWS_CONFIG_FILE", "/dev/null"),
            ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
            ("AWS_ACCESS_KEY_ID", "a"),
            ("AWS_SECRET_ACCESS_KEY", "b"),
        ]);
        command.stdout(match stream {
            Stream::Full => full(),
            Stream::Closed | Stream::BothClosed => closed(),
            Stream::Read | Stream::ErrorFull => Stdio::piped(),
        });
        command.stderr(match stream {
            Stream::ErrorFull => full(),
            Stream::BothClosed => closed(),
            Stream::Read | Stream::Full | Stream::Closed => Stdio::piped(),
        });
        let child = command.spawn().unwrap();
        let output = in_time(child.wait_with_output()).await.unwrap();
        let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        Run { code: output.status.code().unwrap(), out, err }
    }
}

fn full() -> Stdio {
    File::options().write(true).open("/dev/full").unwrap().into()
}

fn closed() -> Stdio {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    writer.into()
}

fn commands() -> impl Iterator<Item = &'static str> {
    COMMANDS.lines().filter(|line| !line.is_empty())
}

#[tokio::test(flavor = "multi_thread")]
async fn output_that_cannot_be_written_ends_no_command_in_a_panic() {
    let streams = [Stream::Read, Stream::Full, Stream::Closed, Stream::ErrorFull, Stream::BothClosed];
    let runs = streams.map(|stream| {
        tokio::spawn(async move {
            let world = World::new().await;
            let mut runs = Vec::new();
            for line in commands() {
                runs.push(world.run(line, stream).await);
            }
            runs
        })
    });
    let mut all = Vec::new();
    for runs in runs {
        all.push(runs.await.unwrap());
    }
    for (stream, runs) in streams.iter().zip(&all) {
        for ((line, run), read) in commands().zip(runs).zip(&all[0]) {
            let Run { code, out, err } = run;
            assert!(!out.contains("panicked") && !err.contains("panicked"), "{stream:?} {line}: {err}");
            let unwritten = *stream == Stream::Full && !read.out.is_empty();
            assert_eq!(
                *code,
                if unwritten { 2 } else { read.code },
                "{stream:?} {line}: {err}\n{}",
                read.err
            );
            let says = "error: could not write the output: no space left on device\n";
            assert_eq!(err.contains(says), unwritten, "{stream:?} {line}: {err}");
        }
    }
    let silent: Vec<_> = commands().zip(&all[0]).filter(|(_, run)| run.out.is_empty()).collect();
    let silent: Vec<_> = silent.iter().map(|(line, run)| format!("{line}: {}", run.err)).collect();
    assert_eq!(silent, ["local exec -- true: "], "what prints nothing shows nothing");
}

#[tokio::test]
async fn every_command_that_there_is_is_run_and_its_help_can_be_cut_off() {
    let mut found = BTreeSet::new();
    let mut next = vec![Vec::<String>::new()];
    while let Some(path) = next.pop() {
        let help = |stdout: Stdio| {
            let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_chimeflow"));
            command.args(&path).arg("--help").stdout(stdout).output().unwrap()
        };
        let whole = String::from_utf8(help(Stdio::piped()).stdout).unwrap();
        assert_eq!(help(closed()).status.code(), Some(0), "{path:?}");
        assert_eq!(help(full()).status.code(), Some(2), "{path:?}");
        let listed = whole.split("\nCommands:\n").nth(1).unwrap_or_default();
        let names = listed.lines().take_while(|line| !line.is_empty()).filter_map(|line| {
            line.strip_prefix("  ").filter(|line| !line.starts_with(' '))?.split(' ').next()
        });
        let inner: Vec<_> = names.filter(|name| *name != "help").map(str::to_owned).collect();
        if inner.is_empty() {
            found.insert(path.join(" "));
        }
        next.extend(inner.into_iter().map(|name| [&path[..], &[name]].concat()));
    }
    let missing: Vec<_> =
        found.iter().filter(|path| !commands().any(|line| line.starts_with(&***path))).collect();
    assert_eq!(missing, Vec::<&String>::new(), "no line of COMMANDS runs them");
    assert!(found.len() > 30, "{found:?}");
}
