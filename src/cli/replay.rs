//! `chimeflow replay`: runs rules over a corpus.

mod summary;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use self::summary::Summary;
use crate::cli::corpus::{BadLines, CorpusArg, Line};
use crate::cli::output;
use crate::cli::rules_file::RulesArg;
use crate::cli::width::WidthArg;
use crate::cli::{Finding, input, verdict};
use crate::detect::Detectors;
use crate::message::Message;
use crate::outcome::{Outcome, StepResult, Verdict};
use crate::pipeline::Pipeline;

/// Run the rules over a corpus of messages
///
/// Reads the corpus as a stream, so it may have any size. Prints a summary: in how many messages each rule found something, and what happened
/// to them; on a terminal also charts. With `--json`, prints a line for each message instead, in order.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    corpus: CorpusArg,

    #[command(flatten)]
    rules: RulesArg,

    /// Print one JSON object for each message: verdict, why it is denied, content, the rules that found something, spans, microseconds
    #[arg(long)]
    json: bool,

    /// Draw charts of verdicts, rules and cost, also when the output does not go to a terminal
    #[arg(long, conflicts_with = "json")]
    chart: bool,

    /// Also write the summary and the charts to this file, as one HTML page
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    html: Option<PathBuf>,

    /// Show on that page some texts in which each rule found something
    #[arg(long, requires = "html")]
    show_text: bool,

    #[command(flatten)]
    width: WidthArg,
}

/// The result for a line.
struct Judged {
    number: u64,
    at: Option<Timestamp>,
    outcome: Result<(Message, Outcome), String>,
    took: Duration,
}

pub(crate) fn run(args: &Args, detectors: &Detectors) -> anyhow::Result<Finding> {
    if let Some(page) = &args.html {
        let rules = args.rules.path().into_iter();
        input::ensure_other(page, &rules.chain([args.corpus.path()]).collect::<Vec<_>>())?;
    }
    let pipeline = args.rules.load(detectors)?;
    let mut bad = BadLines::default();
    if args.json {
        // Complete lines are written together, so that truncated output does not end within a line.
        args.corpus.run(
            |line| {
                let judged = judge(&pipeline, line);
                let wrong = judged.outcome.as_ref().err().map(|why| (judged.number, why.clone()));
                (json_line(judged), wrong)
            },
            |lines| {
                let mut text = String::new();
                for (line, wrong) in lines {
                    text.push_str(&line);
                    text.push('\n');
                    if let Some((number, why)) = wrong {
                        bad.add(number, &why);
                    }
                }
                output::raw(&text);
                Ok(())
            },
        )?;
    } else {
        let mut summary = Summary::new(args.show_text);
        args.corpus.run(
            |line| judge(&pipeline, line),
            |judged| {
                for judged in judged {
                    match &judged.outcome {
                        Ok((message, outcome)) => summary.add(&judged, message, outcome),
                        Err(why) => bad.add(judged.number, why),
                    }
                }
                Ok(())
            },
        )?;
        summary.print(&pipeline);
        if args.chart || output::is_terminal() {
            for chart in summary.charts(&pipeline) {
                output::raw_styled(&chart.lines(args.width.columns()));
            }
        }
        if let Some(path) = &args.html {
            summary.page(&pipeline, &args.corpus.short_name(), &args.rules.short_name()).write(path)?;
        }
    }
    bad.into_result(&args.corpus)?;
    Ok(Finding::Fine)
}

#[expect(clippy::disallowed_methods, reason = "measuring is part of what this is for")]
fn judge(pipeline: &Pipeline, line: Line) -> Judged {
    let start = Instant::now();
    let outcome = line.message.map(|message| (message.clone(), pipeline.run(message)));
    Judged { number: line.number, at: line.at, outcome, took: start.elapsed() }
}

fn json_line(judged: Judged) -> String {
    let (message, outcome) = match judged.outcome {
        Ok(outcome) => outcome,
        Err(why) => {
            return serde_json::json!({ "error": why, "line": judged.number }).to_string();
        }
    };
    let content = match &outcome.verdict {
        Verdict::Unchanged => Some(&message.content),
        Verdict::Edited(edits) => Some(edits.content.as_ref().unwrap_or(&message.content)),
        Verdict::Denied(_) => None,
    };
    let spans: Vec<_> = outcome
        .hits()
        .flat_map(|step| match &step.result {
            StepResult::Hit { spans, .. } => spans.iter().map(|span| (&*step.rule, span)).collect(),
            _ => Vec::new(),
        })
        .map(|(rule, span)| {
            let mut span = verdict::span(span);
            span["rule"] = rule.into();
            span
        })
        .collect();
    serde_json::json!({
        "verdict": outcome.verdict.name(),
        "denial": verdict::denial(&outcome.verdict),
        "content": content,
        "by": outcome.hits().map(|step| &*step.rule).collect::<Vec<_>>(),
        "spans": spans,
        "micros": judged.took.as_micros(),
    })
    .to_string()
}
