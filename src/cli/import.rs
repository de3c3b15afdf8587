//! `chimeflow import`: converts rules of other systems to a rules file.
//!
//! ```text
//!  text ──discord, reddit, blocked, list──> Terms ──sorted by Engine──> Rule ──> Page ──> TOML
//!                     └── what has no counterpart ──────────────────> comment ──┘
//! ```
//!
//! Nothing of a source disappears: a word, an expression, a limit or an action is in a rule, or in a comment at its place, and both are
//! counted. The detectors themselves test whether a word or an expression works.

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

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::ValueEnum;
use serde_json::Value;

use self::engine::Engine;
use self::page::{Page, Tally};
use crate::cli::Exit;
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

    /// Write the rules file here, instead of on standard output; an existing file is never changed
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

pub(crate) fn run(args: &Args, detectors: &Detectors) -> anyhow::Result<Exit> {
    if let Some(path) = &args.out {
        anyhow::ensure!(!path.exists(), exists(path));
    }
    let (text, name) = (rules_file::read(&args.file)?, input::short_name(&args.file));
    let (document, tally) =
        import(args.from, &name, &text, detectors).with_context(|| format!("could not import `{name}`"))?;
    match &args.out {
        Some(path) => write_new(path, &document)?,
        None => output::raw(&document),
    }
    errln!("{}", summary(tally));
    // The result is checked as `check` does.
    match rules::load(&Source::alone(&name, &document), detectors) {
        Ok(_) => Ok(Exit::Fine),
        Err(report) => {
            show(&report);
            Ok(Exit::NotFine)
        }
    }
}

/// Returns the error for an existing file at `path`.
fn exists(path: &Path) -> String {
    format!("`{}` exists already, and is not changed: name another file", path.display())
}

/// Writes `document` to a file that does not exist yet.
fn write_new(path: &Path, document: &str) -> anyhow::Result<()> {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    let mut file = file.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => anyhow::anyhow!(exists(path)),
        _ => anyhow::Error::new(error).context(format!("could not write `{}`", path.display())),
    })?;
    file.write_all(document.as_bytes()).with_context(|| format!("could not write `{}`", path.display()))
}

/// Returns the JSON in `text`, or `None` if `text` consists of lines of words.
///
/// A line of words may also begin with a bracket. So the text is JSON if all of it is valid JSON, or if a quoted text follows the brackets.
///
/// # Errors
/// If `text` begins like JSON but is invalid.
fn json(text: &str, expected: &str) -> anyhow::Result<Option<Value>> {
    if !text.trim_start().starts_with(['[', '{']) {
        return Ok(None);
    }
    let inside = text.trim_start_matches(|c: char| c.is_whitespace() || c == '[' || c == '{');
    match serde_json::from_str(text) {
        Ok(value) => Ok(Some(value)),
        Err(error) if inside.starts_with('"') || error.is_eof() && !inside.is_empty() => anyhow::bail!(
            "this begins like JSON, and is not JSON: {error}; expected {expected}, or lines of which the first does not begin with a bracket and a quote"
        ),
        Err(_) => Ok(None),
    }
}

/// Returns the rules in `text` as a rules file, and how much of it became rules.
///
/// # Errors
/// If `text` does not have the format of `kind`.
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
