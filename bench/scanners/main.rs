//! Compares the speed of `pii` and `secrets`, with all kinds, with other scanners for personal data and for keys.
//!
//! ```text
//! bench/quality/peers/install
//! cargo bench --no-default-features --bench scanners -- [FILE] [--write docs/benchmarks.md]
//! ```
//!
//! All read the same lines in one run: chat, or `FILE` in its place, and the examples of both detectors. Prints the CPU time for a line
//! and in how many examples each finds something. `--write` writes the table to a page, between the lines that mark its place.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "this is a program")]

#[path = "../quality/page.rs"]
mod page;
mod scanner;
mod table;

use std::process::ExitCode;

use chimeflow::detect::Detectors;
use scanner::{Cost, ours, theirs};
use table::Section;

/// Why the program cannot continue, for people.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Chat at work, one message a line.
const CHAT: &str = include_str!("../processors/messages.txt");

fn main() -> ExitCode {
    match run(std::env::args().skip(1).filter(|arg| arg != "--bench")) {
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
    let chat = match &file {
        Some(file) => std::fs::read_to_string(file).map_err(|error| format!("`{file}`: {error}"))?,
        None => CHAT.to_owned(),
    };
    let chat: Vec<_> = chat.lines().map(str::to_owned).collect();
    let section = measure(&chat, &examples())?;
    println!("{section}");
    if let Some(page) = write {
        let text = std::fs::read_to_string(&page)?;
        std::fs::write(&page, page::rewrite(&text, &[section])?)?;
    }
    Ok(())
}

/// Returns the examples of `pii` and `secrets`, most of which contain something.
fn examples() -> Vec<String> {
    let detectors = Detectors::builtin();
    let kinds = ["pii", "secrets"].into_iter().filter_map(|name| detectors.get(name));
    kinds.flat_map(|kind| kind.examples).map(|example| example.text.to_owned()).collect()
}

/// A scanner: its name in the table, and a function that measures its cost for some lines.
type Scanner = (&'static str, fn(&[String]) -> Result<Cost, Failure>);

const SCANNERS: [Scanner; 6] = [
    ("Chimeflow, `pii` and `secrets`", |lines| ours(&["pii = 'all'", "secrets = 'all'"], lines)),
    ("Chimeflow, `pii`", |lines| ours(&["pii = 'all'"], lines)),
    ("Chimeflow, `secrets`", |lines| ours(&["secrets = 'all'"], lines)),
    ("Presidio 2.2.366, recognisers of patterns", |lines| theirs("presidio", lines)),
    ("gitleaks 8.30.1, all rules", |lines| theirs("gitleaks", lines)),
    ("detect-secrets 1.5.0, all plugins", |lines| theirs("detect-secrets", lines)),
];

/// Returns what each scanner costs for a line of `chat` and of `examples`, and how the costs compare.
fn measure(chat: &[String], examples: &[String]) -> Result<Section, Failure> {
    let head = ["", "µs a line of chat", "µs an example", "examples with a finding"];
    let mut section = Section { name: "scanners", head, rows: Vec::new(), notes: Vec::new() };
    let mut micros = Vec::new();
    for (name, scan) in SCANNERS {
        let (of_chat, of_examples) = (scan(chat)?, scan(examples)?);
        let each = [of_chat.micros(chat.len()), of_examples.micros(examples.len())];
        micros.push(each);
        let found = format!("{}/{}", of_examples.flagged, examples.len());
        section.rows.push([name.to_owned(), format!("{:.2}", each[0]), format!("{:.2}", each[1]), found]);
    }
    let [both, _, secrets, presidio, gitleaks, detect_secrets] = micros[..] else {
        return Err("expected six scanners".into());
    };
    for (at, lines) in [(0, "chat"), (1, "the examples")] {
        section.notes.push(format!(
            "On {lines}, Presidio and gitleaks together take {:.0} times as long as `pii` and `secrets` together. For keys alone, gitleaks \
             takes {:.1} times as long as `secrets`, and detect-secrets {:.0} times.",
            (presidio[at] + gitleaks[at]) / both[at],
            gitleaks[at] / secrets[at],
            detect_secrets[at] / secrets[at],
        ));
    }
    section.notes.push(format!(
        "{} lines of chat and {} examples; CPU time, an optimised build of Chimeflow {} in the profile `quick` or `release`.",
        chat.len(),
        examples.len(),
        env!("CARGO_PKG_VERSION")
    ));
    Ok(section)
}
