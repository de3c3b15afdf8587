//! Measures Chimeflow's detectors on a folder of labelled texts, and other filters if they are installed.
//!
//! ```text
//! cargo run --release --no-default-features --example quality -- FOLDER [--peers] [--rows N] [--write PAGE]
//! cargo run --release --no-default-features --example quality -- FOLDER --show WHAT [FILE]
//! ```
//!
//! The folder contains JSON Lines files; the labels of its rows determine what a file measures (`row.rs` describes them). Prints the tables
//! of `docs/quality.md`. `--peers` also measures the filters that `bench/quality/peers/install` installed on the same rows. `--rows` limits
//! the rows of each file. `--write` writes the tables to a page, between the lines that mark their places. `--show` prints the rows with a
//! wrong result instead, with what was found in them; the texts are those of the folder.
#![expect(clippy::print_stderr, reason = "this is a program")]

mod file;
mod finder;
mod judge;
mod measure;
mod offsets;
mod page;
mod peer;
mod row;
mod show;
mod table;
#[cfg(test)]
mod tests;

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use file::File;
use judge::Judge;
use measure::judged::ProfanityJudgements;
use measure::kinds::Kinds;
use measure::{entities, pieces, profanity, robustness, score, something, toxic};
use peer::{Language, PEERS, PRESIDIO, Peer};
use table::Section;

/// Why the program cannot continue, for people.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The arguments of the command line.
#[derive(Debug, Default)]
struct Args {
    folder: String,
    peers: bool,
    rows: Option<usize>,
    write: Option<String>,
    show: Option<(String, Option<String>)>,
}

fn main() -> ExitCode {
    match Args::read(std::env::args().skip(1)).and_then(|args| run(&args)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn run(args: &Args) -> Result<(), Failure> {
    let mut files = File::all(Path::new(&args.folder), args.rows.unwrap_or(usize::MAX))?;
    if let Some((subject, only)) = &args.show {
        files.retain(|file| only.as_ref().is_none_or(|only| file.name.ends_with(&**only)));
        return show::show(subject, &files, &mut std::io::stdout().lock());
    }
    let mut judges = vec![Judge::chimeflow("work")?, Judge::chimeflow("strict")?];
    judges.extend(Judge::polyglot("work")?);
    let mut versions = vec![format!("chimeflow {}", env!("CARGO_PKG_VERSION"))];
    let mut start = |&(name, language): &(&'static str, Language)| match Peer::start(name, language) {
        Ok(peer) => {
            versions.push(format!("{name} {}", peer.version));
            Some(peer)
        }
        Err(error) => {
            eprintln!("{name} is left out ({error}): run bench/quality/peers/install");
            None
        }
    };
    judges.extend(PEERS.iter().filter(|_| args.peers).filter_map(&mut start).map(Judge::peer));
    let mut presidio = Some(&PRESIDIO).filter(|_| args.peers).and_then(start);
    versions.extend(args.rows.map(|rows| format!("rows of each file at most {rows}")));
    let sections = measure(&files, &mut judges, presidio.as_mut(), &versions)?;
    if let Some(path) = &args.write {
        let page = std::fs::read_to_string(path).map_err(|error| format!("`{path}`: {error}"))?;
        std::fs::write(path, page::rewrite(&page, &sections)?)?;
        return Ok(());
    }
    let mut out = std::io::stdout().lock();
    sections.iter().try_for_each(|section| Ok(writeln!(out, "## {}\n\n{section}", section.title)?))
}

/// Returns every table that is not empty.
fn measure(
    files: &[File],
    judges: &mut [Judge],
    presidio: Option<&mut Peer>,
    versions: &[String],
) -> Result<Vec<Section>, Failure> {
    let profanity = ProfanityJudgements::new(files, judges)?;
    let mut sections = profanity::sections(&profanity)?;
    sections.push(toxic::section(&profanity));
    sections.extend(entities::sections(files, &mut Kinds::default(), presidio)?);
    let title = "Links, mentions and addresses: pieces of a text that are to be found, and no others";
    sections.push(score::section("pieces", title, &pieces::measure(files)?));
    let title =
        "Secrets, addresses, phone numbers, keywords: texts in which something is to be found, or nothing";
    sections.push(score::section("something", title, &something::measure(files)?));
    sections.push(robustness::section(files)?);
    let mut about = Section::new("versions", "What was measured", &["", ""]);
    for version in versions {
        let (name, version) = version.rsplit_once(' ').unwrap_or((version, ""));
        about.row([name.to_owned(), version.to_owned()]);
    }
    about.row(["rows".to_owned(), files.iter().map(|file| file.rows.len()).sum::<usize>().to_string()]);
    sections.push(about);
    sections.retain(|section| !section.rows.is_empty());
    Ok(sections)
}

impl Args {
    fn read(mut words: impl Iterator<Item = String>) -> Result<Self, Failure> {
        let mut args =
            Self { folder: words.next().ok_or("expected a folder of JSON Lines files")?, ..Self::default() };
        while let Some(word) = words.next() {
            match &*word {
                "--peers" => args.peers = true,
                "--rows" => {
                    args.rows = Some(words.next().ok_or("expected a number after `--rows`")?.parse()?);
                }
                "--write" => args.write = Some(words.next().ok_or("expected a page after `--write`")?),
                "--show" => {
                    let what = words.next();
                    let what =
                        what.ok_or_else(|| format!("expected one of {} after `--show`", show::SUBJECTS))?;
                    args.show = Some((what, words.next()));
                }
                _ => {
                    return Err(format!(
                        "`{word}` is not known: expected --peers, --rows, --write or --show"
                    )
                    .into());
                }
            }
        }
        Ok(args)
    }
}

/// Shows what is being measured to a waiting user.
fn progress(who: &str, what: &str) {
    if std::io::stderr().is_terminal() {
        eprint!("\r\x1b[K{who}: {what}\r");
    }
}
