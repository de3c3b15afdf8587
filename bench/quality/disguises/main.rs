//! Measures how many disguised words the `profanity` detector finds, and how many clean ones it flags in the same disguise.
//!
//! ```text
//! cargo bench --no-default-features --bench profanity-disguises -- [--show DISGUISE]
//! ```
//!
//! Prints a line for each disguise: how many of the profane words are found, and how many of the clean ones flagged, in percent.
//! `--show` prints the wrong results for one disguise, or for all whose names begin with this text.
#![expect(clippy::print_stdout, reason = "this is a program")]

mod alphabets;
mod shapes;
mod table;
mod words;

use std::process::ExitCode;

use chimeflow::detect::Detectors;
use chimeflow::message::Message;
use chimeflow::outcome::StepResult;
use chimeflow::pipeline::Pipeline;
use chimeflow_core::rules::{Source, parse};

use self::table::{Disguise, disguises};
use self::words::{CLEAN, PROFANE};

const RULES: &str = "
version = 1
[message]
encoding = 'plain'
[[rule]]
id = 'profanity'
on = ['content']
find = { profanity = 'work' }
do = 'mask'
mode = 'shadow'
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    let pipeline = match parse(&Source::alone("rules", RULES), &Detectors::builtin()) {
        Ok(rules) => rules.pipeline,
        Err(report) => {
            println!("{report}");
            return ExitCode::from(2);
        }
    };
    match args.first().map(String::as_str) {
        None => measure(&pipeline),
        Some("--show") => {
            let name = args.get(1).map_or("", String::as_str);
            disguises().iter().filter(|one| one.name.starts_with(name)).for_each(|one| show(&pipeline, one));
        }
        Some(_) => {
            println!("expected nothing, or `--show` and the name of a disguise");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

fn measure(pipeline: &Pipeline) {
    let mut shares = Vec::new();
    for Disguise { name, put } in disguises() {
        let share = |words: &[&str]| {
            let texts: Vec<_> = texts(words, &*put).collect();
            let found = texts.iter().filter(|(_, text)| !find(pipeline, text).is_empty()).count();
            percent(found, texts.len())
        };
        let both = [share(PROFANE), share(CLEAN)];
        println!("{:48} {:6.1} {:6.1}", name.escape_debug(), both[0], both[1]);
        shares.push(both);
    }
    let mean = |which: usize| {
        shares.iter().map(|both| both[which]).sum::<f64>()
            / f64::from(u32::try_from(shares.len()).unwrap_or(u32::MAX))
    };
    println!("{:48} {:6.2} {:6.2}", format!("all {}", shares.len()), mean(0), mean(1));
}

fn show(pipeline: &Pipeline, Disguise { name, put }: &Disguise) {
    for (_, text) in texts(PROFANE, &**put).filter(|(_, text)| find(pipeline, text).is_empty()) {
        println!("missed   {:32} {text:?}", name.escape_debug());
    }
    for (_, text) in texts(CLEAN, &**put) {
        let found = find(pipeline, &text);
        if !found.is_empty() {
            println!("flagged  {:32} {text:?} {found:?}", name.escape_debug());
        }
    }
}

/// Returns sentences with the disguised words.
fn texts<'a>(
    words: &'a [&'a str],
    put: &'a dyn Fn(&str) -> String,
) -> impl Iterator<Item = (&'a str, String)> {
    let sentences = ["what a X today", "X", "why would X happen again?", "ok X, thanks"];
    words
        .iter()
        .enumerate()
        .map(move |(at, word)| (*word, sentences[at % sentences.len()].replace('X', &put(word))))
}

/// Returns what is found in `text`, or that the rule failed.
fn find(pipeline: &Pipeline, text: &str) -> Vec<String> {
    let outcome = pipeline.run(Message { content: text.to_owned(), ..Message::default() });
    match &outcome.trace[0].result {
        StepResult::Hit { spans, .. } => {
            spans.iter().map(|span| text[span.range.clone()].to_owned()).collect()
        }
        StepResult::Failed(failure) => vec![format!("failed: {failure}")],
        _ => Vec::new(),
    }
}

fn percent(part: usize, whole: usize) -> f64 {
    let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    100.0 * number(part) / number(whole.max(1))
}
