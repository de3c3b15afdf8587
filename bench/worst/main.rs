//! Searches for the message that costs a rules file most.
//!
//! ```text
//! cargo bench --no-default-features --bench worst -- [RULES.toml] [--rule ID] [--steps N] [--seed N] [--repeat JSON]
//! ```
//!
//! Improves random messages of 4 KB step by step, for each rule alone and for all of them together, and prints the worst message: its
//! milliseconds, units of the budget, nanoseconds for each unit, and the text that is repeated in it. Without a file it uses
//! `bench/worst/everything.toml`. `--repeat` measures a message made of that text instead, which is a JSON string as printed. The same
//! seed tries the same messages in the same order, as long as times agree. Exits with 1 if anything takes longer than the maximum for
//! a message, 25 ms.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "this is a program")]

mod message;
mod target;

use std::cmp::Reverse;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use chimeflow::detect::Detectors;
use chimeflow::rules::{Source, load};
use message::{Fragments, Random, Shape};
use target::{Cost, Target};

/// The maximum time for the worst message.
const BOUND: Duration = Duration::from_millis(25);

/// The number of random messages that are tried for each start of a climb.
const SAMPLE: usize = 4;

/// The number of the worst of them from which the search climbs, one after another.
const STARTS: usize = 5;

type Failure = Box<dyn std::error::Error>;

/// The arguments of the command line.
#[derive(Debug)]
struct Args {
    rules: String,
    rule: Option<String>,
    steps: usize,
    seed: u64,
    /// The text to repeat, instead of a search.
    repeat: Option<String>,
}

fn main() -> ExitCode {
    match Args::read(std::env::args().skip(1).filter(|arg| arg != "--bench")).and_then(|args| run(&args)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

/// Returns whether everything was within the maximum.
fn run(args: &Args) -> Result<bool, Failure> {
    let text = std::fs::read_to_string(&args.rules).map_err(|error| format!("`{}`: {error}", args.rules))?;
    let folder = Path::new(&args.rules).parent().unwrap_or(Path::new(""));
    let read_file =
        |name: &str| std::fs::read_to_string(folder.join(name)).map_err(|error| error.to_string());
    let source = Source { name: &args.rules, text: &text, read_file: &read_file };
    let pipeline = load(&source, &Detectors::builtin()).map_err(|report| report.to_string())?;
    let rules = pipeline.rules.iter().filter(|rule| !rule.find.is_empty()).map(Target::Rule);
    let mut targets: Vec<_> = rules.chain([Target::Whole(&pipeline)]).collect();
    targets.retain(|target| args.rule.as_ref().is_none_or(|rule| target.name() == rule));
    if targets.is_empty() {
        return Err("no rule is called so, or it finds with nothing".into());
    }
    let fragments = Fragments::new();
    let (mut fine, mut known) = (true, Vec::new());
    println!("{:24} {:>8} {:>8} {:>8}", "rule", "ms", "units", "ns/unit");
    for target in targets {
        let shape = match &args.repeat {
            Some(unit) => Shape::of(unit),
            None => worst(target, &fragments, &known, args),
        };
        let cost = target.least(&shape.text(), 7);
        fine &= cost.time <= BOUND;
        println!("{}", line(target, &shape, cost));
        known.push(shape);
    }
    Ok(fine)
}

/// Returns the worst message found for `target`, starting from random messages and those that are bad for other targets.
fn worst(target: Target<'_>, fragments: &Fragments, known: &[Shape], args: &Args) -> Shape {
    let mut random = Random(args.seed);
    let mut sample: Vec<_> =
        (0..args.steps / SAMPLE).map(|_| Shape::random(fragments, &mut random)).collect();
    sample.extend_from_slice(known);
    sample.sort_by_cached_key(|shape| Reverse(target.least(&shape.text(), 2).time));
    let climb = |mut shape: Shape| {
        let mut cost = target.least(&shape.text(), 3).time;
        for _ in 0..args.steps / STARTS {
            let other = shape.changed(fragments, &mut random);
            let text = other.text();
            // A worse result is measured again: caches and other programs can make a cheap message expensive, but not the opposite.
            if target.cost(&text).time > cost {
                let again = target.least(&text, 3).time;
                if again > cost {
                    (shape, cost) = (other, again);
                }
            }
        }
        (cost, shape)
    };
    let climbed = sample.into_iter().take(STARTS).map(climb);
    climbed.max_by_key(|(cost, _)| *cost).map(|(_, shape)| shape).unwrap_or_default()
}

/// Returns the description of the worst message for `target`.
fn line(target: Target<'_>, shape: &Shape, cost: Cost) -> String {
    let millis = cost.time.as_secs_f64() * 1e3;
    let (units, each) = match u32::try_from(cost.units) {
        Ok(units @ 1..) => (units.to_string(), format!("{:.2}", millis * 1e6 / f64::from(units))),
        _ => ("-".to_owned(), "-".to_owned()),
    };
    let gave_up = if cost.exhausted { "gives up: " } else { "" };
    let unit = serde_json::to_string(&shape.unit()).unwrap_or_default();
    format!("{:24} {millis:>8.2} {units:>8} {each:>8}  {gave_up}{unit}", target.name())
}

impl Args {
    fn read(words: impl Iterator<Item = String>) -> Result<Self, Failure> {
        let everything = concat!(env!("CARGO_MANIFEST_DIR"), "/bench/worst/everything.toml").to_owned();
        let mut args = Self { rules: everything, rule: None, steps: 1000, seed: 1, repeat: None };
        let mut words = words.peekable();
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or_else(|| format!("expected something after `{word}`"));
            match &*word {
                "--rule" => args.rule = Some(value()?),
                "--steps" => args.steps = value()?.parse()?,
                "--seed" => args.seed = value()?.parse()?,
                "--repeat" => args.repeat = Some(serde_json::from_str(&value()?)?),
                _ if word.starts_with('-') => {
                    return Err(format!(
                        "`{word}` is not known: expected --rule, --steps, --seed or --repeat"
                    )
                    .into());
                }
                _ => args.rules = word,
            }
        }
        Ok(args)
    }
}
