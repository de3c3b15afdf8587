//! Looks for the message that costs a rules file most.
//!
//! ```text
//! cargo bench --no-default-features --bench worst -- [RULES.toml] [--rule ID] [--steps N] [--seed N] [--repeat JSON]
//! ```
//!
//! Climbs from random messages of 4 KB to worse ones, for each rule alone and for all of them together, and prints the worst it
//! found: milliseconds, units of the budget spent, nanoseconds a unit, and what to repeat to make the message. Without a file it
//! looks at `bench/worst/everything.toml`. `--repeat` measures a message made of that text, which is a JSON string as printed, instead. The same seed tries the same messages in the same order, as far as times agree. Exits with
//! 1 if anything takes longer than the 25 ms that a message may take.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "this is a program")]

mod message;
mod target;

use std::cmp::Reverse;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use chimeflow::detect::Detectors;
use chimeflow::rules::{Source, load};
use message::{Dice, Fragments, Shape};
use target::{Cost, Target};

/// What the worst message may take.
const BOUND: Duration = Duration::from_millis(25);

/// How many random messages are tried for each that is climbed from.
const SAMPLE: usize = 4;

/// How many of the worst of them are climbed from, one after the other.
const STARTS: usize = 5;

type Failure = Box<dyn std::error::Error>;

/// What the command line asks for.
#[derive(Debug)]
struct Args {
    rules: String,
    rule: Option<String>,
    steps: usize,
    seed: u64,
    /// What to repeat, instead of looking for it.
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

/// Gives whether everything was within bounds.
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

/// The worst message for `target` that was found, beginning with random ones and those known to be bad for others.
fn worst(target: Target<'_>, fragments: &Fragments, known: &[Shape], args: &Args) -> Shape {
    let mut dice = Dice(args.seed);
    let mut sample: Vec<_> = (0..args.steps / SAMPLE).map(|_| Shape::random(fragments, &mut dice)).collect();
    sample.extend_from_slice(known);
    sample.sort_by_cached_key(|shape| Reverse(target.least(&shape.text(), 2).time));
    let climb = |mut shape: Shape| {
        let mut cost = target.least(&shape.text(), 3).time;
        for _ in 0..args.steps / STARTS {
            let other = shape.changed(fragments, &mut dice);
            let text = other.text();
            // What looks worse is looked at again: caches and other programs make a cheap message dear, never a dear one cheap.
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

/// What there is to say about the worst message for `target`.
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
