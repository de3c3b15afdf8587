//! The `chimeflow` program, for people who write rules.
//!
//! [`main`] is the whole program, for a given set of detectors.

mod aws;
mod chart;
mod check;
mod completions;
mod corpus;
mod counted;
mod detectors;
mod diff;
mod explain;
mod export;
mod flow;
mod import;
mod init;
mod input;
mod invoke;
mod local;
mod not_text;
mod output;
mod printable;
mod redrive;
mod replay;
mod rules;
mod rules_file;
mod schema;
mod table;
mod test;
mod verdict;
mod width;

use std::error::Error;
use std::num::{IntErrorKind, ParseIntError};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::detect::Detectors;

/// The introduction in `chimeflow --help`.
const ABOUT: &str = r#"Write, test and run the rules that moderate a chat.

Rules are in a TOML file. Each says what it finds and what it does with it, and has examples that test it:

    [[rule]]
    id   = "swearing"
    find = { profanity = "work" }
    do   = "mask"
    hit  = ["what the fuck"]
    miss = ["Scunthorpe"]

Start with `chimeflow explain "some text"`: it shows what the rules that come with Chimeflow make of a message. `chimeflow invoke` runs the real function on this machine."#;

const EXITS: &str = "Exit codes: 0 fine, 1 the check failed, 2 a usage error, unreadable input, or output that cannot be written.";

/// The command line.
#[derive(Parser)]
#[command(version, about = "Write, test and run the rules that moderate a chat", long_about = ABOUT, after_help = EXITS, max_term_width = 100)]
struct Program {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Init(init::Args),
    Check(check::Args),
    Test(test::Args),
    Explain(explain::Args),
    Replay(replay::Args),
    Diff(diff::Args),
    Export(Box<export::Args>),
    Import(import::Args),
    Detectors(detectors::Args),
    Schema(schema::Args),
    Invoke(invoke::Args),
    Local(Box<local::Args>),
    Flow(Box<flow::Args>),
    Redrive(Box<redrive::Args>),
    Rules(Box<rules::Args>),
    Completions(completions::Args),
    #[command(hide = true)]
    Man(completions::ManArgs),
    /// Be the function: what `invoke` starts
    #[command(hide = true)]
    Function,
}

/// How a command that ran to its end ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Exit {
    Fine,
    NotFine,
    /// Some of the input could not be read, which has been reported.
    Unread,
}

impl Exit {
    fn fine_if(fine: bool) -> Self {
        if fine { Self::Fine } else { Self::NotFine }
    }

    /// Returns the more serious of two results.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unread, _) | (_, Self::Unread) => Self::Unread,
            (Self::NotFine, _) | (_, Self::NotFine) => Self::NotFine,
            (Self::Fine, Self::Fine) => Self::Fine,
        }
    }
}

/// Runs the `chimeflow` program: parses the arguments of this process, executes the command, and prints the result.
///
/// Rules in every command may use `detectors`. Returns the exit code: 0 for success, 1 if a check failed, 2 for wrong usage, unreadable
/// input or unwritable output.
///
/// ```no_run
/// use std::process::ExitCode;
///
/// use chimeflow::detect::Detectors;
///
/// fn main() -> ExitCode {
///     chimeflow::cli::main(Detectors::builtin()) // .with::<Mine>()
/// }
/// ```
#[must_use]
pub fn main(detectors: Detectors) -> ExitCode {
    let finding = match Program::try_parse() {
        Ok(Program { command: Command::Function }) => return crate::aws::run(detectors),
        Ok(Program { command }) => carry_out(&command, &detectors),
        Err(usage) if usage.use_stderr() => {
            output::errln!("{}", wrong_usage(&usage).trim_end());
            return ExitCode::from(2);
        }
        Err(help) => {
            output::outln!("{}", help.render().ansi().to_string().trim_end());
            Ok(Exit::Fine)
        }
    };
    let unwritten = output::finish();
    match (finding, unwritten) {
        (Ok(Exit::Fine), Ok(())) => ExitCode::SUCCESS,
        (Ok(Exit::NotFine), Ok(())) => ExitCode::from(1),
        (Ok(Exit::Unread), Ok(())) => ExitCode::from(2),
        (finding, unwritten) => {
            for error in finding.err().into_iter().chain(unwritten.err()) {
                output::error(format_args!("{error:#}"));
            }
            ExitCode::from(2)
        }
    }
}

/// Returns what is wrong with the arguments. Where a number was expected, the words are the program's and not those of Rust's library.
fn wrong_usage(usage: &clap::Error) -> String {
    let text = usage.render().ansi().to_string();
    let number = usage.source().and_then(|why| why.downcast_ref::<ParseIntError>());
    match number.map(|why| (why, why.kind())) {
        None => text,
        Some((why, IntErrorKind::PosOverflow | IntErrorKind::NegOverflow)) => {
            text.replace(&why.to_string(), "the number is too large")
        }
        Some((why, _)) => text.replace(&why.to_string(), "expected a whole number such as 3"),
    }
}

fn carry_out(command: &Command, detectors: &Detectors) -> anyhow::Result<Exit> {
    match command {
        Command::Init(args) => init::run(args, detectors),
        Command::Check(args) => check::run(args, detectors),
        Command::Test(args) => test::run(args, detectors),
        Command::Explain(args) => explain::run(args, detectors),
        Command::Replay(args) => replay::run(args, detectors),
        Command::Diff(args) => diff::run(args, detectors),
        Command::Export(args) => export::run(args),
        Command::Import(args) => import::run(args, detectors),
        Command::Detectors(args) => detectors::run(args, detectors),
        Command::Schema(args) => schema::run(args, detectors),
        Command::Invoke(args) => invoke::run(args),
        Command::Local(args) => local::run(args, detectors),
        Command::Flow(args) => flow::run(args),
        Command::Redrive(args) => redrive::run(args, detectors),
        Command::Rules(args) => rules::run(args, detectors),
        Command::Completions(args) => completions::run(args),
        Command::Man(args) => completions::write_manual(args),
        Command::Function => anyhow::bail!("the function runs by itself"),
    }
}

/// The colours of the output. `anstream` removes them if the output is no terminal, and for `NO_COLOR`.
mod style {
    use anstyle::{AnsiColor, Style};

    pub(crate) const ERROR: Style = AnsiColor::Red.on_default().bold();
    pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
    pub(crate) const EDITED: Style = AnsiColor::Yellow.on_default();
    pub(crate) const QUIET: Style = Style::new().dimmed();
}
