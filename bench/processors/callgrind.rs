//! Runs a processor under callgrind, which counts instructions on an emulated CPU: the count is the same on every machine.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use chimeflow::loopback::{Launch, Loopback, deadline_in};
use tokio::time::timeout;

use crate::contender::HOME;
use crate::{Failure, messages, state};

/// The instructions that were counted.
#[derive(Debug, Default)]
pub(crate) struct Profile {
    /// All instructions.
    pub total: u64,
    /// The instructions of each function itself, without those that it calls.
    pub own: HashMap<Function, u64>,
}

/// A function of a program.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Function {
    pub name: String,
    /// The file that contains it: the program or a library.
    pub object: String,
}

/// The maximum time for each step, which is fifty times slower than without callgrind.
const PATIENCE: Duration = Duration::from_mins(2);

/// The rules that a processor uses.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Setup {
    /// The built-in rules.
    Embedded,
    /// Rules from a file.
    File,
    /// These rules and one that counts, with a table.
    Counts,
}

/// How long to wait for the next line of a function that has ended.
const LINES_TIMEOUT: Duration = Duration::from_millis(200);

/// Starts `processor`, sends it this number of events, ends it as Lambda does, and counts its instructions.
pub(crate) async fn run(processor: &Path, setup: Setup, events: usize) -> Result<Profile, Failure> {
    let processor =
        processor.canonicalize().map_err(|error| format!("cannot run {}: {error}", processor.display()))?;
    let out = Temporary::new("callgrind", "out")?;
    let args = ["--tool=callgrind", &format!("--callgrind-out-file={}", out.0.display())];
    let args = args.into_iter().map(Into::into).chain([processor.into()]).collect();
    let loopback = Loopback::like_aws().await?;
    let rules = Temporary::new("rules", "toml")?;
    let env = setup.env(&loopback, &rules.0).await?;
    let launch = Launch { program: "valgrind".into(), args, env };
    let mut function = loopback
        .launch(&launch)
        .map_err(|error| format!("cannot run valgrind, which counts the instructions: {error}"))?;
    let answered = async {
        loopback.runtime_api.ready().await.map_err(|failed| failed.message)?;
        for number in 0..events {
            let ended =
                loopback.runtime_api.invoke(messages::event(number).to_string(), deadline_in(PATIENCE));
            ended.await.result.map_err(|failed| format!("message {number}: {}", failed.message))?;
        }
        Ok::<_, String>(())
    };
    let answered = tokio::select! {
        answered = timeout(PATIENCE, answered) => answered.unwrap_or_else(|_| Err("it takes too long".into())),
        ended = function.ended() => Err(format!("it ended: {}", ended?)),
    };
    if let Err(why) = answered {
        let lines: Vec<_> = function.stop().await.into_iter().map(|line| line.text).collect();
        return Err(
            format!("{} under valgrind: {why}\n{}", launch.program.display(), lines.join("\n")).into()
        );
    }
    let id = function.id().ok_or("it ended by itself")?.to_string();
    Command::new("kill").args(["-TERM", &id]).status()?;
    timeout(PATIENCE, function.ended()).await.map_err(|_| "it does not end at SIGTERM")??;
    while let Ok(Some(line)) = timeout(LINES_TIMEOUT, function.line()).await {
        if line.text.contains("state bypassed") {
            return Err("the table answered too late: measure on a machine with less to do".into());
        }
    }
    Profile::read(&std::fs::read_to_string(&out.0)?)
}

impl Profile {
    /// Reads what callgrind writes: `fn=` names the function whose lines follow, each a position and a cost; the line after `calls=` is
    /// the cost of a call, which the called function contains as its own. A name is written in full once, and is `(number)` after that.
    fn read(text: &str) -> Result<Self, Failure> {
        let mut profile = Self::default();
        let (mut objects, mut names) = (Names::default(), Names::default());
        let (mut here, mut is_call) = (Function::default(), false);
        for line in text.lines() {
            if let Some((key, value)) =
                line.split_once('=').filter(|(key, _)| key.chars().all(char::is_alphabetic))
            {
                match key {
                    "ob" => here.object = objects.resolve(value),
                    "cob" => drop(objects.resolve(value)),
                    "fn" => here.name = names.resolve(value),
                    "cfn" => drop(names.resolve(value)),
                    "calls" => is_call = true,
                    _ => {}
                }
                continue;
            }
            if let Some(total) = line.strip_prefix("totals:") {
                profile.total = total.trim().parse()?;
            }
            if !line.starts_with(|c: char| c.is_ascii_digit() || "+-*".contains(c)) {
                continue;
            }
            let cost: u64 = line.split(' ').nth(1).map_or(Ok(0), str::parse)?;
            if !std::mem::take(&mut is_call) {
                *profile.own.entry(here.clone()).or_default() += cost;
            }
        }
        if profile.total == 0 {
            return Err("callgrind counted nothing: its file has no totals".into());
        }
        Ok(profile)
    }
}

/// Names that are written in full once.
#[derive(Debug, Default)]
struct Names(HashMap<String, String>);

impl Names {
    fn resolve(&mut self, text: &str) -> String {
        let (number, name) = text.split_once(") ").unwrap_or((text.trim_end_matches(')'), ""));
        if !name.is_empty() {
            self.0.insert(number.to_owned(), name.to_owned());
        }
        self.0.get(number).cloned().unwrap_or_default()
    }
}

impl Setup {
    /// Returns the environment variables of the function, whose rules may be in `file`.
    async fn env(self, loopback: &Loopback, file: &Path) -> Result<Vec<(String, String)>, Failure> {
        let rules = match self {
            Self::Embedded => return Ok(Vec::new()),
            Self::File => state::WITHOUT.to_owned(),
            // Both rules files begin with the version.
            Self::Counts => format!("{}{}", state::COUNTS, state::WITHOUT.replace("version = 1", "")),
        };
        std::fs::write(file, rules)?;
        let mut env = vec![("CHIMEFLOW_RULES", format!("file:{}", file.display()))];
        if matches!(self, Self::Counts) {
            let table = state::Table::default();
            let address = loopback.endpoint(move |body| table.answer(body)).await?;
            env.extend([
                ("CHIMEFLOW_STATE", "dynamodb:chimeflow-state".to_owned()),
                ("CHIMEFLOW_STATE_KEY", "a secret for a table of which nothing is kept".to_owned()),
                ("AWS_ENDPOINT_URL_DYNAMODB", format!("https://{address}")),
            ]);
        }
        Ok(env.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }
}

/// A file that is removed when this is dropped.
#[derive(Debug)]
struct Temporary(PathBuf);

impl Temporary {
    fn new(name: &str, extension: &str) -> Result<Self, Failure> {
        let folder = Path::new(HOME).join("target/processors");
        std::fs::create_dir_all(&folder)?;
        Ok(Self(folder.join(format!("{name}-{}.{extension}", std::process::id()))))
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_has_its_own_cost_and_not_that_of_what_it_calls() {
        let text = "\
version: 1
positions: line
events: Ir
ob=(1) /bin/program
fn=(1) outer::run
16 40
+3 2
cob=(2) /lib/libc.so.6
cfn=(2) memcpy
calls=2 9
17 300
* 1
ob=(2)
fn=(2)
9 300
ob=(1)
fn=(1)
20 7
totals: 350
";
        let profile = Profile::read(text).unwrap();
        let of =
            |name: &str, object: &str| profile.own[&Function { name: name.into(), object: object.into() }];
        assert_eq!(profile.total, 350);
        assert_eq!(of("outer::run", "/bin/program"), 50);
        assert_eq!(of("memcpy", "/lib/libc.so.6"), 300);
        assert!(Profile::read("version: 1\n").is_err(), "a count of nothing is no count");
    }
}
