//! `chimeflow import`: turns rules of other systems into a rules file.
//!
//! ```text
//!  text ──discord, reddit, blocked, list──> Terms ──sorted by Engine──> Rule ──> Page ──> TOML
//!                     └── what has no counterpart ──────────────────> comment ──┘
//! ```
//!
//! Nothing of a source disappears: a word, an expression, a limit or an action is in a rule, or in a comment where it stood, and both are
//! counted. Whether a word or an expression works is tried with the detectors themselves.

mod blocked;
mod discord;
mod engine;
mod expression;
mod list;
mod page;
mod reddit;
mod sample;
mod terms;
#[cfg(test)]
mod tests;
mod toml;
mod yaml;

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::ValueEnum;

use self::engine::Engine;
use self::page::{Page, Tally};
use crate::cli::Finding;
use crate::cli::input::{self, STDIN};
use crate::cli::output::{self, errln};
use crate::cli::rules_file::{self, show};
use crate::detect::Detectors;
use crate::rules::{self, Source};

/// Turn rules of Discord, Reddit, Nightbot or Twitch, or a list of words, into a rules file
///
/// What has no counterpart stays as a comment that says why, and is counted at the end. Whether words and expressions are found is
/// tried, and shown as `hit`.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Where the rules come from
    #[arg(value_enum)]
    from: Kind,

    /// The file with them; `-` reads standard input
    file: PathBuf,

    /// Write the rules file here, instead of on standard output
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  curl -H \"Authorization: Bot $TOKEN\" https://discord.com/api/v10/guilds/$GUILD/auto-moderation/rules |
    chimeflow import discord - --out rules.toml
  chimeflow import reddit automoderator.yaml --out rules.toml
  chimeflow import list words.csv | chimeflow check -";

/// A system whose rules can be imported.
#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
enum Kind {
    /// The rules of Discord as its API returns them, in JSON
    Discord,
    /// The page `config/automoderator` of Reddit's moderator, in YAML
    Reddit,
    /// Nightbot's blacklist: a word on each line, `*`, `~/expression/flags`
    Nightbot,
    /// Twitch's blocked terms: a term on each line, or the JSON that its API returns
    Twitch,
    /// Words by lines, by commas, in JSON, or in a table with a column of severities
    List,
}

pub(crate) fn run(args: &Args, detectors: &Detectors) -> anyhow::Result<Finding> {
    let (text, name) = (rules_file::read(&args.file)?, input::short_name(&args.file));
    let (document, tally) =
        import(args.from, &name, &text, detectors).with_context(|| format!("could not import `{name}`"))?;
    match &args.out {
        Some(path) => std::fs::write(path, &document)
            .with_context(|| format!("could not write `{}`", path.display()))?,
        None => output::raw(&document),
    }
    errln!("{}", summary(tally));
    // What was written is tried as `check` will.
    match rules::load(&Source::alone(&name, &document), detectors) {
        Ok(_) => Ok(Finding::Fine),
        Err(report) => {
            show(&report);
            Ok(Finding::NotFine)
        }
    }
}

/// Returns the rules in `text` as a rules file, and how much of it became rules.
///
/// # Errors
/// If `text` is not what `kind` has.
fn import(kind: Kind, name: &str, text: &str, detectors: &Detectors) -> anyhow::Result<(String, Tally)> {
    let (mut page, engine) = (Page::default(), Engine(detectors));
    let text = text.trim_start_matches('\u{feff}');
    let source = match kind {
        Kind::Discord => discord::import(text, &mut page, engine).map(|()| "Discord's AutoMod"),
        Kind::Reddit => reddit::import(text, &mut page, engine).map(|()| "Reddit's AutoModerator"),
        Kind::Nightbot => {
            blocked::import(text, "Nightbot", &mut page, engine).map(|()| "Nightbot's blacklist")
        }
        Kind::Twitch => blocked::import(text, "Twitch", &mut page, engine).map(|()| "Twitch's blocked terms"),
        Kind::List => {
            let stem = Path::new(name).file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let stem = if stem == STDIN { "words".to_owned() } else { stem };
            list::import(text, &stem, &mut page, engine).map(|()| "a list of words")
        }
    }?;
    let tally = page.tally();
    let head = format!("Imported by `chimeflow import` from {source}, {name}.\n{}", summary(tally));
    Ok((page.finish(&head), tally))
}

/// Returns how much became rules: `37 words, expressions and settings: 31 in 12 rules, 6 left out, as comments`.
fn summary(Tally { taken, left, rules }: Tally) -> String {
    let rules = if rules == 1 { "1 rule".to_owned() } else { format!("{rules} rules") };
    let what =
        if taken + left == 1 { "word, expression or setting" } else { "words, expressions and settings" };
    let rest = if left == 0 { "none left out".to_owned() } else { format!("{left} left out, as comments") };
    format!("{} {what}: {taken} in {rules}, {rest}", taken + left)
}
