//! Compares the processor with those that people write today, and measures what its cold start consists of.
//!
//! ```text
//! cargo run --release --example processors -- [--rounds N] [--processor PATH] [--write PAGE]
//! cargo run --example processors -- --count PROCESSOR
//! cargo run --example processors -- --count-state PROCESSOR
//! ```
//!
//! Prints the tables of `docs/benchmarks.md`; `--write` writes them to a page, between the lines that mark their places. The other
//! functions are those that `bench/processors/functions/install` installs; ours is built as it ships unless `--processor` specifies
//! it. `--count` prints one JSON object instead: how many instructions a processor takes for the start and one event, and for each
//! event after that. `--count-state` prints the same for rules from a file, without and with one that counts messages in a table.
//!
//! ```text
//! contender ──> environment: a process on loopback that receives messages ──> EnvironmentRun
//!                     ▲ quota: the share of a core for a memory size                  │
//!   rounds: every contender at every size, one after the other, over and over <───────┘
//!     └──> figures: medians of the rounds ──> tables
//!
//! instructions: ours under callgrind ──> by area, and by caller ──> tables
//! ```
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "this is a program")]

mod built;
mod callgrind;
mod contender;
mod environment;
mod figures;
mod instructions;
mod machine;
mod messages;
#[path = "../quality/page.rs"]
mod page;
mod quota;
mod rounds;
mod state;
#[path = "../quality/table.rs"]
#[expect(dead_code, reason = "the measurement of quality has shares in its tables, this has none")]
mod table;
mod tables;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use callgrind::Setup;
use contender::Contender;
use table::Section;

/// Why the program cannot continue, for people.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The arguments of the command line.
#[derive(Debug)]
struct Args {
    rounds: usize,
    processor: Option<PathBuf>,
    write: Option<PathBuf>,
    count: Option<PathBuf>,
    count_state: Option<PathBuf>,
}

fn main() -> ExitCode {
    let ended = Args::read(std::env::args().skip(1)).and_then(|args| {
        // No function may outlive the program: the future that runs them is dropped before it ends.
        tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
            tokio::select! {
                ended = run(&args) => ended,
                _ = tokio::signal::ctrl_c() => Err("interrupted".into()),
            }
        })
    });
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

async fn run(args: &Args) -> Result<(), Failure> {
    if let Some(processor) = &args.count {
        let counts = instructions::count(processor, Setup::Embedded).await?;
        println!("{}", counts.json());
        return Ok(());
    }
    if let Some(processor) = &args.count_state {
        let without = instructions::count(processor, Setup::File).await?;
        let with = instructions::count(processor, Setup::Counts).await?;
        println!("{}", serde_json::json!({"without": without.json(), "with": with.json()}));
        return Ok(());
    }
    // Check first that the page can be read, because measuring takes long.
    let page = args.write.as_ref().map(|path| Ok::<_, Failure>((path, read(path)?))).transpose()?;
    let sections = measure(args).await?;
    if let Some((path, page)) = page {
        std::fs::write(path, page::rewrite(&page, &sections)?)?;
        return Ok(());
    }
    let mut out = std::io::stdout().lock();
    sections.iter().try_for_each(|section| Ok(writeln!(out, "## {}\n\n{section}", section.title)?))
}

/// Measures, and returns every table.
async fn measure(args: &Args) -> Result<Vec<Section>, Failure> {
    let processor = match &args.processor {
        Some(processor) => built::Processor::given(processor)?,
        None => built::Processor::build()?,
    };
    let contenders = Contender::all(&processor.shipped)?;
    // Node's runtime client looks for functions under the folder that it is started in.
    std::env::set_current_dir(contender::HOME)?;
    let mut sections = vec![machine::section()?];
    let measured = rounds::run(&contenders, args.rounds).await?;
    sections.extend(tables::of_times(&contenders, &measured));
    sections.extend(tables::of_instructions(&processor).await?);
    Ok(sections)
}

fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()).into())
}

/// Returns the absolute path of an argument: the program changes its folder.
fn absolute(path: impl AsRef<Path>) -> Result<PathBuf, Failure> {
    Ok(std::path::absolute(path)?)
}

impl Args {
    fn read(mut words: impl Iterator<Item = String>) -> Result<Self, Failure> {
        let mut args = Self { rounds: 15, processor: None, write: None, count: None, count_state: None };
        while let Some(word) = words.next() {
            let mut value = |what| words.next().ok_or_else(|| format!("expected {what} after `{word}`"));
            match &*word {
                "--rounds" => {
                    let rounds = value("a number")?;
                    args.rounds = rounds
                        .parse()
                        .ok()
                        .filter(|rounds| *rounds > 0)
                        .ok_or_else(|| format!("`--rounds {rounds}`: expected a number of at least 1"))?;
                }
                "--processor" => args.processor = Some(absolute(value("a program")?)?),
                "--write" => args.write = Some(absolute(value("a page")?)?),
                "--count" => args.count = Some(absolute(value("a program")?)?),
                "--count-state" => args.count_state = Some(absolute(value("a program")?)?),
                _ => {
                    let known = "--rounds, --processor, --write, --count or --count-state";
                    return Err(format!("`{word}` is not known: expected {known}").into());
                }
            }
        }
        Ok(args)
    }
}
