//! `chimeflow replay`: runs rules over a corpus.

mod summary;

use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;

use self::summary::Summary;
use crate::cli::corpus::{BadLines, CorpusArg, Line};
use crate::cli::counted::{CorpusCounts, Started};
use crate::cli::output;
use crate::cli::rules_file::RulesArg;
use crate::cli::width::WidthArg;
use crate::cli::{Exit, input, verdict};
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
struct LineResult {
    number: u64,
    at: Option<Timestamp>,
    outcome: Result<(Message, Outcome), String>,
    took: Duration,
}

pub(crate) fn run(args: &Args, detectors: &Detectors) -> anyhow::Result<Exit> {
    if let Some(page) = &args.html {
        let rules = args.rules.path().into_iter();
        input::ensure_other(page, &rules.chain([args.corpus.path()]).collect::<Vec<_>>())?;
    }
    let pipeline = args.rules.load(detectors)?;
    let mut bad = BadLines::default();
    let mut counted = CorpusCounts::default();
    if args.json {
        // Complete lines are written together, so that truncated output does not end within a line.
        args.corpus.run(
            |line| {
                let judging = PendingLine::of(&pipeline, line);
                // A line of a message that no rule counts is formatted here, on all cores.
                let is_done = !matches!(judging.started, Ok((_, Started::Counts(_))));
                if is_done {
                    Ok(json_line(judging.finish(&mut CorpusCounts::default())))
                } else {
                    Err(judging)
                }
            },
            |lines| {
                let mut text = String::new();
                for line in lines {
                    let (line, wrong) =
                        line.unwrap_or_else(|judging| json_line(judging.finish(&mut counted)));
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
            |line| PendingLine::of(&pipeline, line),
            |lines| {
                for judging in lines {
                    let judged = judging.finish(&mut counted);
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
    counted.print_uncounted();
    bad.into_result(&args.corpus)?;
    Ok(Exit::Fine)
}

/// A line that is being judged.
struct PendingLine<'p> {
    number: u64,
    at: Option<Timestamp>,
    started: Result<(Box<Message>, Started<'p>), String>,
}

impl<'p> PendingLine<'p> {
    fn of(pipeline: &'p Pipeline, Line { number, message, at }: Line) -> Self {
        let start = |message: Message| (Box::new(message.clone()), Started::of(pipeline, message));
        Self { number, at, started: message.map(start) }
    }

    fn finish(self, counted: &mut CorpusCounts) -> LineResult {
        let Self { number, at, started } = self;
        let mut took = Duration::ZERO;
        let finish = |(message, started): (Box<Message>, _)| {
            let (outcome, time) = counted.finish(started);
            took = time;
            (*message, outcome)
        };
        let outcome = started.map(finish);
        LineResult { number, at, outcome, took }
    }
}

/// Returns the output line for `judged`, and the error in its input line, with the line's number.
fn json_line(judged: LineResult) -> (String, Option<(u64, String)>) {
    let (message, outcome) = match judged.outcome {
        Ok(outcome) => outcome,
        Err(why) => {
            let line = serde_json::json!({ "error": why, "line": judged.number }).to_string();
            return (line, Some((judged.number, why)));
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
    let line = serde_json::json!({
        "verdict": outcome.verdict.name(),
        "denial": verdict::denial(&outcome.verdict),
        "content": content,
        "by": outcome.hits().map(|step| &*step.rule).collect::<Vec<_>>(),
        "spans": spans,
        "micros": judged.took.as_micros(),
    });
    (line.to_string(), None)
}
