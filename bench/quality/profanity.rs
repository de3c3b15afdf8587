//! Measures the `profanity` detector on a folder of labelled texts.
//!
//! ```text
//! cargo run --release --no-default-features --example profanity-quality -- FOLDER [--show work|strict [FILE]]
//! ```
//!
//! The folder holds JSON Lines files with rows `{"text": "...", "expected": "profane" | "clean"}` or
//! `{"text": "...", "label": 0 | 1}`. For each file it prints how many rows there are, and for `work` and `strict` how many of the
//! profane ones were found and how many of the clean ones were flagged, in percent. `--show` prints the rows that went wrong
//! instead, with what was found in them; the texts are the folder's own.
#![expect(clippy::print_stdout, reason = "this is a program")]

use std::path::Path;
use std::process::ExitCode;

use chimeflow::detect::Detectors;
use chimeflow::message::Message;
use chimeflow::outcome::StepResult;
use chimeflow::pipeline::Pipeline;
use chimeflow::rules::{Source, parse};
use serde::Deserialize;

/// A labelled text.
#[derive(Deserialize)]
struct Case {
    text: String,
    expected: Option<String>,
    label: Option<u8>,
    #[serde(default)]
    cls: String,
}

impl Case {
    fn is_profane(&self) -> bool {
        self.expected.as_deref() == Some("profane") || self.label == Some(1)
    }
}

type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    match run(&std::env::args().skip(1).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{error}");
            ExitCode::from(2)
        }
    }
}

fn run(args: &[String]) -> Result<(), Failure> {
    let folder = args.first().ok_or("expected a folder of JSON Lines files")?;
    let levels = ["work", "strict"];
    let mut files: Vec<_> = std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    files.sort_by_key(std::fs::DirEntry::file_name);
    if args.get(1).is_some_and(|arg| arg == "--show") {
        let pipeline = pipeline(args.get(2).ok_or("expected `work` or `strict` after `--show`")?)?;
        let wanted = |path: &Path| args.get(3).is_none_or(|name| path.ends_with(name));
        return files
            .iter()
            .map(std::fs::DirEntry::path)
            .filter(|path| wanted(path))
            .try_for_each(|path| show(&pipeline, &path));
    }
    println!("{:32} {:>6} {:>21} {:>21}", "", "rows", "work: found, flagged", "strict: found, flagged");
    let pipelines = levels.into_iter().map(pipeline).collect::<Result<Vec<_>, _>>()?;
    for file in files {
        let cases = read(&file.path())?;
        print!("{:32} {:6}", file.file_name().to_string_lossy(), cases.len());
        for pipeline in &pipelines {
            let share = |profane: bool| {
                let of: Vec<_> = cases.iter().filter(|case| case.is_profane() == profane).collect();
                let found = of.iter().filter(|case| !find(pipeline, &case.text).is_empty()).count();
                match u32::try_from(of.len()) {
                    Ok(len @ 1..) => format!(
                        "{:.2}",
                        100.0 * f64::from(u32::try_from(found).unwrap_or(len)) / f64::from(len)
                    ),
                    _ => "-".to_owned(),
                }
            };
            print!(" {:>10} {:>10}", share(true), share(false));
        }
        println!();
    }
    Ok(())
}

/// Prints the rows of `path` that went wrong.
fn show(pipeline: &Pipeline, path: &Path) -> Result<(), Failure> {
    for case in read(path)? {
        let found = find(pipeline, &case.text);
        if found.is_empty() == case.is_profane() {
            println!(
                "{:8} {:16} {:?} {found:?}",
                if case.is_profane() { "missed" } else { "flagged" },
                case.cls,
                case.text
            );
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<Vec<Case>, Failure> {
    let lines = std::fs::read_to_string(path)?;
    Ok(lines.lines().map(serde_json::from_str).collect::<Result<_, _>>()?)
}

/// One rule that finds profanity and does nothing about it.
fn pipeline(level: &str) -> Result<Pipeline, Failure> {
    let rules = format!(
        "version = 1\n[message]\nencoding = 'plain'\n[[rule]]\nid = 'profanity'\non = ['content']\nfind = {{ profanity = '{level}' }}\ndo = 'mask'\nmode = 'shadow'\n"
    );
    Ok(parse(&Source::alone("rules", &rules), &Detectors::builtin())
        .map_err(|report| report.to_string())?
        .pipeline)
}

/// What is found in `text`; a failure to judge is told as one.
fn find(pipeline: &Pipeline, text: &str) -> Vec<String> {
    let outcome = pipeline.run(Message { content: text.to_owned(), ..Message::default() });
    match &outcome.trace[0].result {
        StepResult::Hit { spans, .. } => {
            spans.iter().map(|span| format!("{} ({})", &text[span.range.clone()], span.kind)).collect()
        }
        StepResult::Failed(failure) => vec![format!("failed: {failure}")],
        _ => Vec::new(),
    }
}
