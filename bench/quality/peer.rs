//! [`Peer`]: another filter, as a process that answers a line with a line.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use crate::Failure;
use crate::judge::Judgement;
use crate::row::Labelled;

/// The filters that `bench/quality/peers/install` installs, and their programming languages.
pub(crate) const PEERS: &[(&str, Language)] = &[
    ("obscenity", Language::JavaScript),
    ("bad-words", Language::JavaScript),
    ("@2toad/profanity", Language::JavaScript),
    ("glin-profanity", Language::JavaScript),
    ("allprofanity", Language::JavaScript),
    ("better-profanity", Language::Python),
    ("better-profanity-rs", Language::Python),
    ("alt-profanity-check", Language::Python),
];

/// The filter for personal data that `bench/quality/peers/install` installs.
pub(crate) const PRESIDIO: (&str, Language) = ("presidio-analyzer", Language::Python);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    JavaScript,
    Python,
}

/// Another filter.
#[derive(Debug)]
pub(crate) struct Peer {
    pub name: &'static str,
    pub version: String,
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Peer {
    /// Starts the filter called `name`.
    pub(crate) fn start(name: &'static str, language: Language) -> Result<Self, Failure> {
        let home = Path::new(env!("CARGO_MANIFEST_DIR"));
        let (adapters, installed) = (home.join("bench/quality/peers"), home.join("target/peers"));
        let mut command = match language {
            Language::JavaScript => {
                let mut command = Command::new("node");
                command.arg(adapters.join("peer.mjs")).arg(name).arg(installed);
                command
            }
            Language::Python => {
                let mut command = Command::new(installed.join("python/bin/python"));
                command.arg(adapters.join("peer.py")).arg(name);
                command
            }
        };
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let input = child.stdin.take().ok_or("expected a pipe to write to")?;
        let mut output = BufReader::new(child.stdout.take().ok_or("expected a pipe to read from")?);
        let version = serde_json::from_str(&next_line(&mut output)?)?;
        Ok(Self { name, version, child, input, output })
    }

    pub(crate) fn judge(&mut self, text: &str) -> Result<Judgement, Failure> {
        let (flagged, spans, nanos) = self.ask(text)?;
        let chars = |spans: Vec<Labelled>| spans.into_iter().map(|span| span.chars).collect();
        Ok(Judgement { flagged, spans: spans.map(chars), nanos })
    }

    /// Returns what it finds in `text`.
    pub(crate) fn find(&mut self, text: &str) -> Result<Vec<Labelled>, Failure> {
        Ok(self.ask(text)?.1.unwrap_or_default())
    }

    fn ask(&mut self, text: &str) -> Result<(bool, Option<Vec<Labelled>>, u64), Failure> {
        let question = serde_json::to_string(&[text])? + "\n";
        self.input.write_all(question.as_bytes())?;
        let answer = next_line(&mut self.output).map_err(|error| format!("{}: {error}", self.name))?;
        Ok(serde_json::from_str(&answer)?)
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        // It ends by itself when its input is closed, but without waiting for that.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn next_line(output: &mut BufReader<ChildStdout>) -> Result<String, Failure> {
    let mut line = String::new();
    if output.read_line(&mut line)? == 0 {
        return Err("ended without an answer".into());
    }
    Ok(line)
}
