//! The programs that act as functions: their command lines, and what restarts them.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use tokio::sync::mpsc;

use super::env_file;
use crate::local::{FunctionName, Named, Runner};
use crate::loopback::Launch;

#[derive(clap::Args)]
#[command(group = clap::ArgGroup::new("programs").multiple(true))]
pub(super) struct Programs {
    /// Run this program as the function, over Lambda's Runtime API: a path, or a command such as "python3 -m awslambdaric app.handler"
    ///
    /// It is started again when it ends or hangs, and when it or a file among its arguments is edited. With --function, it runs the
    /// functions that have no program of their own.
    #[arg(long, value_name = "COMMAND", conflicts_with = "lambda_endpoint", group = "programs")]
    processor: Option<String>,

    /// Run this program as the function of this name in the ARN, such as moderation="node handler.mjs"; may be repeated
    #[arg(long, value_name = "NAME=COMMAND", value_parser = named, group = "programs")]
    function: Vec<(FunctionName, String)>,

    /// Start the programs again when this file, or a file in this folder, is edited; may be repeated
    #[arg(long, value_name = "PATH", requires = "programs")]
    watch: Vec<PathBuf>,

    /// Give the programs this environment variable; may be repeated
    #[arg(long, value_name = "NAME=VALUE", value_parser = variable, requires = "programs")]
    env: Vec<(String, String)>,

    /// Give the programs the variables in this file, one NAME=VALUE a line; --env overrides them
    #[arg(long, value_name = "FILE", requires = "programs")]
    env_file: Vec<PathBuf>,
}

type Lines = mpsc::Sender<String>;

/// The maximum number of lines that wait to be shown. Further lines are dropped.
pub(super) const LINES: usize = 1_000;

impl Programs {
    /// Returns the program that runs all functions without one of their own. It writes to `lines`.
    pub(super) fn processor(&self, lines: &Lines) -> anyhow::Result<Option<Runner>> {
        let Some(command) = &self.processor else { return Ok(None) };
        let launch = Launch { env: self.variables()?, ..launch(command)? };
        Ok(Some(Runner::Program(launch, labelled("function", lines))))
    }

    /// Returns the programs of functions by name. They write to `lines`.
    pub(super) fn named(&self, lines: &Lines) -> anyhow::Result<Vec<Named>> {
        let mut all: Vec<Named> = Vec::new();
        for (name, command) in &self.function {
            if all.iter().any(|other| other.name == *name) {
                bail!("two programs for the function {name}: pass --function {name}=… once");
            }
            let launch = launch(command).with_context(|| format!("function {name}"))?;
            let launch = Launch { env: self.variables()?, ..launch };
            let lines = labelled(&format!("function {name}"), lines);
            all.push(Named { name: name.clone(), launch, lines });
        }
        Ok(all)
    }

    /// Returns the environment variables for the programs. Where a name repeats, the last value applies.
    fn variables(&self) -> anyhow::Result<Vec<(String, String)>> {
        let mut all = Vec::new();
        for file in &self.env_file {
            let variables = env_file::parse(&crate::cli::rules_file::read(file)?).map_err(anyhow::Error::msg);
            all.extend(variables.with_context(|| file.display().to_string())?);
        }
        all.extend(self.env.iter().cloned());
        Ok(all)
    }

    /// Returns the files and folders whose change restarts the programs.
    pub(super) fn watch(&self) -> anyhow::Result<Vec<PathBuf>> {
        let exists = |path: &PathBuf| {
            anyhow::ensure!(path.exists(), "--watch {}: there is no such file or folder", path.display());
            Ok(std::path::absolute(path)?)
        };
        self.watch.iter().map(exists).collect()
    }
}

/// Returns a sender for lines that arrive at `lines` with this label in front.
fn labelled(label: &str, lines: &Lines) -> Lines {
    // As many lines as may wait to be shown: a program writes its last lines at once.
    let (sender, mut receiver) = mpsc::channel(LINES);
    let (label, lines) = (label.to_owned(), lines.clone());
    tokio::spawn(async move {
        while let Some(line) = receiver.recv().await {
            if lines.send(format!("{label}: {line}")).await.is_err() {
                return;
            }
        }
    });
    sender
}

fn named(text: &str) -> Result<(FunctionName, String), String> {
    let expected = || format!("`{text}`: expected NAME=COMMAND, such as moderation=./handler");
    let (name, command) = text.split_once('=').ok_or_else(expected)?;
    if command.trim().is_empty() {
        return Err(expected());
    }
    Ok((name.parse()?, command.to_owned()))
}

/// Parses a variable. The error does not show it, because it may be a secret.
fn variable(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("expected NAME=VALUE")?;
    if !env_file::is_name(name) {
        return Err(format!("`{name}`: expected the name of a variable: letters, digits and _"));
    }
    Ok((name.to_owned(), value.to_owned()))
}

/// Returns how to start a program, given as a path, or as a command line with arguments that are quoted as in a shell.
fn launch(command: &str) -> anyhow::Result<Launch> {
    // A path may contain spaces.
    if Path::new(command).is_file() {
        return Ok(Launch { program: std::path::absolute(command)?, ..Launch::default() });
    }
    if let Some(operator) = operator(command) {
        bail!(
            "`{operator}` requires a shell, which does not run the command: name one program with its arguments; quote what is part of an \
             argument, or run a shell: sh -c '…'"
        );
    }
    let words = shlex::split(command).with_context(|| format!("`{command}`: a quote is not closed"))?;
    let (program, args) = words.split_first().context("expected a program")?;
    if let Some((name, _)) = program.split_once('=').filter(|(name, _)| env_file::is_name(name)) {
        // The value may be a secret.
        bail!("`{name}=…` is not a program: set variables with --env {name}=…");
    }
    let args = args.iter().map(Into::into).collect();
    Ok(Launch { program: found(program)?, args, ..Launch::default() })
}

/// Returns the first operator outside of quotes that only a shell interprets.
fn operator(command: &str) -> Option<&str> {
    let is_part = |c: char| matches!(c, '&' | '|' | ';' | '<' | '>' | '`');
    let (mut quote, mut chars) = (None, command.char_indices());
    while let Some((at, c)) = chars.next() {
        let rest = &command[at..];
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (None | Some('"'), '\\') => {
                chars.next();
            }
            (None, '"' | '\'') => quote = Some(c),
            (None, _) if rest.starts_with("$(") => return Some("$("),
            (None, _) if is_part(c) => return rest.split(|c| !is_part(c)).next(),
            (_, _) => {}
        }
    }
    None
}

/// Returns the absolute path of a program. Links are not followed, because the interpreter of a Python environment is one.
fn found(program: &str) -> anyhow::Result<PathBuf> {
    if program.contains(std::path::is_separator) {
        let path = std::path::absolute(program)?;
        anyhow::ensure!(path.exists(), "no program at {program}");
        return Ok(path);
    }
    #[expect(clippy::disallowed_methods, reason = "a shell would look for the program there")]
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let mut candidates = std::env::split_paths(&folders).map(|folder| folder.join(program));
    let found = candidates.find(|path| is_executable(path));
    found.with_context(|| format!("no program `{program}` here or on the PATH"))
}

#[cfg(unix)]
fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;

    path.metadata().is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(path: &Path) -> bool {
    path.is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_read_as_a_shell_reads_them() {
        let words = |command: &str| {
            let launch = launch(command).unwrap();
            let args = launch.args.iter().map(|arg| arg.to_str().unwrap().to_owned());
            (launch.program.file_name().unwrap().to_str().unwrap().to_owned(), args.collect::<Vec<_>>())
        };
        assert_eq!(words("Cargo.toml"), ("Cargo.toml".to_owned(), vec![]));
        assert_eq!(words("sh -c 'echo a  b' \"c d\" e\\ f").1, ["-c", "echo a  b", "c d", "e f"]);
        assert!(launch("sh").unwrap().program.is_absolute());
        for (command, expected) in [
            ("sh -c 'open", "a quote is not closed"),
            ("", "expected a program"),
            ("no-such-program a", "no program `no-such-program` here or on the PATH"),
            ("./no/such/program", "no program at ./no/such/program"),
        ] {
            assert!(launch(command).unwrap_err().to_string().contains(expected), "{command}");
        }
    }

    #[test]
    fn what_only_a_shell_does_is_refused_unless_it_is_quoted() {
        for (command, found) in [
            ("npm run build && node a.mjs", "&&"),
            ("cd app; ./handler", ";"),
            ("./handler >log 2>&1", ">"),
            ("./handler | tee log", "|"),
            ("node $(which a)", "$("),
            ("node `which a`", "`"),
            ("sh -c 'a && b' || true", "||"),
        ] {
            assert_eq!(operator(command), Some(found), "{command}");
            let error = launch(command).unwrap_err().to_string();
            assert!(
                error.starts_with(&format!("`{found}` requires a shell")) && error.contains("sh -c '…'"),
                "{error}"
            );
        }
        for command in [
            "sh -c 'a && b; c > d'",
            "sh -c \"a | \\\" b\"",
            "a\\;b",
            "node a.mjs 'x=1&y=2'",
            "a $HOME (b) ~c *",
        ] {
            assert_eq!(operator(command), None, "{command}");
        }
        let error = launch("TOKEN=hunter2 ./handler").unwrap_err().to_string();
        assert!(error.contains("--env TOKEN=…") && !error.contains("hunter2"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_an_interpreter_is_not_followed() {
        let link = std::env::temp_dir().join(format!("chimeflow-link-{}", std::process::id()));
        std::os::unix::fs::symlink("/bin/sh", &link).unwrap();
        assert_eq!(launch(&format!("{} -c true", link.display())).unwrap().program, link);
        std::fs::remove_file(link).unwrap();
    }

    #[tokio::test]
    async fn lines_that_come_at_once_all_pass() {
        let (to, mut from) = mpsc::channel(LINES);
        let sender = labelled("function", &to);
        for number in 0..LINES {
            sender.try_send(number.to_string()).unwrap();
        }
        for number in 0..LINES {
            assert_eq!(from.recv().await, Some(format!("function: {number}")));
        }
    }

    #[test]
    fn a_function_has_a_name_and_a_command() {
        let (name, command) = named("moderation=node handler.mjs --a=b").unwrap();
        assert_eq!((name.as_str(), &*command), ("moderation", "node handler.mjs --a=b"));
        for wrong in ["./handler", "=./handler", "moderation=", "moderation= ", "a b=./handler"] {
            assert!(named(wrong).is_err(), "{wrong}");
        }
    }
}
