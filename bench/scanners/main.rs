//! Compares the speed of `pii` and `secrets`, with all kinds, with other scanners for personal data and for keys.
//!
//! ```text
//! bench/quality/peers/install
//! cargo run --release --no-default-features --example scanners -- [FILE] [--write docs/benchmarks.md]
//! ```
//!
//! All read the same lines in one run: those of `FILE`, or chat and the examples of both detectors. Prints the CPU time for a line and in how
//! many lines each finds something. `--write` puts the table into a page, between the lines that mark its place.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "this is a program")]

#[path = "../quality/page.rs"]
mod page;
mod scanner;
#[path = "../quality/table.rs"]
mod table;

use std::process::ExitCode;

use chimeflow::detect::BUILTIN;
use scanner::{Cost, ours, theirs};
use table::{Section, Share};

/// Why the program cannot go on, for people.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Chat at work, one message a line.
const CHAT: &str = include_str!("../processors/messages.txt");

/// The profile of this build.
const PROFILE: &str = if cfg!(debug_assertions) { "a debug build" } else { "an optimised build" };

fn main() -> ExitCode {
    match run(std::env::args().skip(1)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn run(mut words: impl Iterator<Item = String>) -> Result<(), Failure> {
    let (mut file, mut write) = (None, None);
    while let Some(word) = words.next() {
        match &*word {
            "--write" => write = Some(words.next().ok_or("expected a page after `--write`")?),
            _ if word.starts_with('-') => {
                return Err(format!("`{word}` is not known: expected --write").into());
            }
            _ => file = Some(word),
        }
    }
    let lines = match &file {
        Some(file) => std::fs::read_to_string(file)
            .map_err(|error| format!("`{file}`: {error}"))?
            .lines()
            .map(str::to_owned)
            .collect(),
        None => sample(),
    };
    let section = measure(&lines)?;
    println!("{section}");
    if let Some(page) = write {
        let text = std::fs::read_to_string(&page)?;
        std::fs::write(&page, page::rewrite(&text, &[section])?)?;
    }
    Ok(())
}

/// Chat, and the examples of `pii` and `secrets`.
fn sample() -> Vec<String> {
    let detectors = BUILTIN.iter().filter(|kind| ["pii", "secrets"].contains(&kind.name));
    let examples = detectors.flat_map(|kind| kind.examples).map(|example| example.text);
    CHAT.lines().chain(examples).map(str::to_owned).collect()
}

/// What each scanner costs for a line, and how many times as much both of ours together cost the others.
fn measure(lines: &[String]) -> Result<Section, Failure> {
    let head = ["", "µs a line", "lines with a finding"];
    let mut section = Section::new("scanners", "Scanners for personal data and keys", &head);
    let mut row = |name: String, cost: Cost| {
        let share = Share { hits: cost.flagged, of: lines.len() };
        section.row([name, format!("{:.2}", cost.micros(lines.len())), share.to_string()]);
        cost.micros(lines.len())
    };
    let both = row("Chimeflow, `pii` and `secrets`".to_owned(), ours("pii = 'all', secrets = 'all'", lines)?);
    row("Chimeflow, `pii`".to_owned(), ours("pii = 'all'", lines)?);
    let secrets = row("Chimeflow, `secrets`".to_owned(), ours("secrets = 'all'", lines)?);
    let mut others = Vec::new();
    for (name, title) in [
        ("presidio", "Presidio, all recognisers of patterns"),
        ("gitleaks", "gitleaks, all rules"),
        ("detect-secrets", "detect-secrets, all plugins"),
    ] {
        let (version, cost) = theirs(name, lines)?;
        others.push(row(format!("{title} ({version})"), cost));
    }
    let [presidio, gitleaks, detect_secrets] = others[..] else { return Err("expected three others".into()) };
    section.notes.push(format!(
        "Both of Chimeflow's detectors together take 1/{:.0} of the time of Presidio and gitleaks together. For keys alone, `secrets` takes \
         {:.2} times as long as gitleaks and 1/{:.0} of the time of detect-secrets.",
        (presidio + gitleaks) / both,
        secrets / gitleaks,
        detect_secrets / secrets,
    ));
    section.notes.push(format!(
        "{} lines, {PROFILE} of Chimeflow {}.",
        lines.len(),
        env!("CARGO_PKG_VERSION")
    ));
    Ok(section)
}
