//! `chimeflow init`: creates a rules file from a built-in set, or from the answers to a few questions.

mod answers;
mod questions;

use std::fs::OpenOptions;
use std::io::{ErrorKind, IsTerminal, Write};
use std::path::PathBuf;

use anyhow::Context;

use self::answers::{Answers, Do};
use crate::cli::output::{self, outln};
use crate::cli::rules_file::show;
use crate::cli::{Exit, input};
use crate::detect::Detectors;
use crate::rules::{self, Source};

/// Make a rules file: from a set that ships, or from a few questions
///
/// Asks the questions on a terminal. Elsewhere, or to answer them beforehand, use the options; `--yes` takes the default for the others.
/// A file that exists is never changed.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The file to make; `-` prints it
    #[arg(value_name = "FILE", default_value = "rules.toml")]
    file: PathBuf,

    /// Copy a set that ships instead of asking
    #[arg(long, value_name = "SET", value_enum, conflicts_with_all = ["swearing", "keys", "personal_data", "links", "domain", "words", "yes"])]
    from: Option<Set>,

    #[command(flatten)]
    answers: Answers,

    /// Ask nothing: take the default for what no option says
    #[arg(long, short)]
    yes: bool,
}

/// A built-in set of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Set {
    /// For a chat at work: denies keys, masks swearing
    Default,
    /// For games: masks swearing; denies insults, trade for real money, and spam by its score
    Gaming,
    /// For clinicians and patients: masks card and national numbers, flags links
    Healthcare,
    /// For children: denies swearing, links and personal questions; replaces contact details
    Kids,
    /// Changes nothing, and logs what its rules find
    PassThrough,
}

impl Set {
    fn text(self) -> &'static str {
        match self {
            Self::Default => include_str!("../../rules/default.toml"),
            Self::Gaming => include_str!("../../rules/gaming.toml"),
            Self::Healthcare => include_str!("../../rules/healthcare.toml"),
            Self::Kids => include_str!("../../rules/kids.toml"),
            Self::PassThrough => include_str!("../../rules/pass-through.toml"),
        }
    }

    /// Returns the rules file as a copy, without the references to its schema and to its original name.
    fn copy(self) -> String {
        let lines = self.text().split_inclusive('\n');
        let is_of_its_place =
            |line: &&str| line.starts_with("#:schema") || line.contains("`chimeflow check rules/");
        lines.filter(|line| !is_of_its_place(line)).collect()
    }
}

pub(crate) fn run(args: &Args, detectors: &Detectors) -> anyhow::Result<Exit> {
    let is_printed = input::is_stdin(&args.file);
    let name = args.file.display();
    anyhow::ensure!(
        is_printed || !args.file.exists(),
        "`{name}` exists already, and is not changed: name another file"
    );
    anyhow::ensure!(
        args.answers.links != Some(Do::Nothing) || args.answers.domain.is_empty(),
        "--links nothing finds no links, so --domain has nothing to allow: omit one of the two"
    );
    let text = match args.from {
        Some(set) => set.copy(),
        None if args.yes || args.answers.is_any() => args.answers.rules(),
        None if std::io::stdin().is_terminal() => questions::ask()?.rules(),
        None => anyhow::bail!(
            "there is no terminal to ask on: choose a set with --from, or answer with --yes and the options of `chimeflow init --help`"
        ),
    };
    let file = rules::parse(&Source::alone(&args.file.display().to_string(), &text), detectors);
    let rules = file.and_then(rules::RulesFile::verified).map_err(|report| {
        show(&report);
        anyhow::anyhow!("these answers make no valid rules: nothing was written")
    })?;
    if is_printed {
        output::raw(&text);
        return Ok(Exit::Fine);
    }
    let file = OpenOptions::new().write(true).create_new(true).open(&args.file);
    let mut file = file.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => {
            anyhow::anyhow!("`{name}` exists already, and is not changed: name another file")
        }
        _ => anyhow::Error::new(error).context(format!("could not write `{name}`")),
    })?;
    file.write_all(text.as_bytes()).with_context(|| format!("could not write `{name}`"))?;
    outln!("{name}: {} rules", rules.rules.len());
    outln!("  chimeflow check {name}");
    outln!("  chimeflow explain --rules {name} \"a message\"");
    Ok(Exit::Fine)
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum;

    use super::*;

    #[test]
    fn every_set_that_ships_can_be_copied_anywhere() {
        for set in Set::value_variants() {
            let text = set.copy();
            assert!(text.contains("version = 1") && !text.contains("schema"), "{set:?}");
            rules::load(&Source::alone("mine.toml", &text), &Detectors::builtin()).unwrap();
        }
    }
}
