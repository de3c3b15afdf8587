//! Measures the word lists of `profanity` on a folder of labelled texts, language by language.
//!
//! ```text
//! cargo bench --no-default-features --bench profanity-lists -- FOLDER [--show CODE]
//! ```
//!
//! The folder contains JSON Lines files with rows `{"text": "...", "label": 0 | 1}`. For each language and file it prints how many of
//! the rows with label 0 and with label 1 are flagged, in percent; `all` is every language except English together. `--show`
//! prints what the language flags in rows with label 0, and how often.
#![expect(clippy::print_stdout, reason = "this is a program")]

use std::collections::BTreeMap;
use std::process::ExitCode;

use chimeflow::detect::Detectors;
use chimeflow::message::Message;
use chimeflow::outcome::StepResult;
use chimeflow::pipeline::Pipeline;
use chimeflow_core::rules::{Source, parse};
use serde::Deserialize;

/// A labelled text.
#[derive(Deserialize)]
struct Row {
    text: String,
    label: Option<u8>,
}

type Failure = Box<dyn std::error::Error>;

const CODES: &[&str] = &[
    "ar", "cs", "da", "de", "el", "es", "fa", "fi", "fil", "fr", "he", "hi", "hu", "id", "it", "ja", "ko",
    "nl", "no", "pl", "pt", "ro", "ru", "sv", "th", "tr", "uk", "vi", "zh",
];

fn main() -> ExitCode {
    match run(&std::env::args().skip(1).filter(|arg| arg != "--bench").collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{error}");
            ExitCode::from(2)
        }
    }
}

fn run(args: &[String]) -> Result<(), Failure> {
    let folder = args.first().ok_or("expected a folder of JSON Lines files")?;
    let mut files = BTreeMap::new();
    for file in std::fs::read_dir(folder)? {
        let file = file?;
        let text = std::fs::read_to_string(file.path())?;
        let rows: Vec<Row> = text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
        if rows.iter().any(|row| row.label.is_some()) {
            files.insert(file.file_name().to_string_lossy().into_owned(), rows);
        }
    }
    if args.get(1).is_some_and(|arg| arg == "--show") {
        let code = args.get(2).ok_or("expected a language after `--show`")?;
        show(&pipeline(&[code])?, &files);
        return Ok(());
    }
    for code in CODES.iter().map(|code| vec![*code]).chain([CODES.to_vec()]) {
        let pipeline = pipeline(&code)?;
        print!("{:4}", if code.len() == 1 { code[0] } else { "all" });
        for (name, rows) in &files {
            let share = |label: u8| {
                let of: Vec<_> = rows.iter().filter(|row| row.label == Some(label)).collect();
                let hits = of.iter().filter(|row| !find(&pipeline, &row.text).is_empty()).count();
                let count = |n: usize| u32::try_from(n).map_or(f64::NAN, f64::from);
                if of.is_empty() {
                    "-".to_owned()
                } else {
                    format!("{:.3}", 100.0 * count(hits) / count(of.len()))
                }
            };
            print!("  {} {}/{}", name.trim_end_matches(".jsonl"), share(0), share(1));
        }
        println!();
    }
    Ok(())
}

/// Prints what is flagged in clean rows.
fn show(pipeline: &Pipeline, files: &BTreeMap<String, Vec<Row>>) {
    for (name, rows) in files {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for row in rows.iter().filter(|row| row.label == Some(0)) {
            for piece in find(pipeline, &row.text) {
                *counts.entry(piece.to_lowercase()).or_default() += 1;
            }
        }
        println!("{name}: {counts:?}");
    }
}

/// Returns a pipeline with one rule that finds profanity in `languages` and has no effect.
fn pipeline(languages: &[&str]) -> Result<Pipeline, Failure> {
    let rules = format!(
        "version = 1\n[message]\nencoding = 'plain'\n[[rule]]\nid = 'profanity'\non = ['content']\nfind = {{ profanity = {{ languages = {languages:?} }} }}\ndo = 'mask'\nmode = 'shadow'\n"
    );
    Ok(parse(&Source::alone("rules", &rules), &Detectors::builtin())
        .map_err(|report| report.to_string())?
        .pipeline)
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
