//! `chimeflow replay`: runs rules over a corpus.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use crate::cli::corpus::{BadLines, CorpusArg, Line};
use crate::cli::output::{self, outln};
use crate::cli::rules_file::RulesArg;
use crate::cli::{Finding, style, verdict};
use crate::detect::Detectors;
use crate::message::Message;
use crate::outcome::{Effect, Outcome, Step, StepResult, Verdict};
use crate::pipeline::Pipeline;
use crate::rules::Mode;

/// Run the rules over a corpus of messages
///
/// Reads JSON Lines as a stream, so a corpus may have any size. Prints a summary: in how many messages each rule found something, and what
/// happened to them. With `--json`, prints a line for each message instead, in order.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    corpus: CorpusArg,

    #[command(flatten)]
    rules: RulesArg,

    /// Print one JSON object for each message: verdict, why it is denied, content, the rules that found something, spans, microseconds
    #[arg(long)]
    json: bool,
}

/// The result for a line.
struct Judged {
    number: u64,
    outcome: Result<(Message, Outcome), String>,
    took: Duration,
}

pub(crate) fn run(args: &Args, detectors: &Detectors) -> anyhow::Result<Finding> {
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
        let mut summary = Summary::default();
        args.corpus.run(
            |line| judge(&pipeline, line),
            |judged| {
                for judged in judged {
                    match &judged.outcome {
                        Ok((_, outcome)) => summary.add(outcome, judged.took, judged.number),
                        Err(why) => bad.add(judged.number, why),
                    }
                }
                Ok(())
            },
        )?;
        summary.print(&pipeline);
    }
    bad.into_result()?;
    Ok(Finding::Fine)
}

#[expect(clippy::disallowed_methods, reason = "measuring is part of what this is for")]
fn judge(pipeline: &Pipeline, line: Line) -> Judged {
    let start = Instant::now();
    let outcome = line.message.map(|message| (message.clone(), pipeline.run(message)));
    Judged { number: line.number, outcome, took: start.elapsed() }
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

/// Counts over a corpus.
#[derive(Default)]
struct Summary {
    messages: u64,
    verdicts: BTreeMap<&'static str, u64>,
    rules: BTreeMap<String, PerRule>,
    took: Duration,
    slowest: (Duration, u64),
}

/// What a rule did over a corpus.
#[derive(Default)]
struct PerRule {
    hits: u64,
    denied: u64,
    edited: u64,
    passed: u64,
    failed: u64,
}

impl Summary {
    fn add(&mut self, outcome: &Outcome, took: Duration, number: u64) {
        self.messages += 1;
        *self.verdicts.entry(outcome.verdict.name()).or_default() += 1;
        self.took += took;
        self.slowest = self.slowest.max((took, number));
        for step in &outcome.trace {
            match step.result {
                StepResult::Hit { effect, .. } => self.rule(step).count(effect),
                StepResult::Failed(_) => self.rule(step).failed += 1,
                _ => {}
            }
        }
    }

    fn rule(&mut self, step: &Step) -> &mut PerRule {
        self.rules.entry(step.rule.to_string()).or_default()
    }

    fn print(&self, pipeline: &Pipeline) {
        let of_all = |count: u64| {
            #[expect(clippy::cast_precision_loss, reason = "a share for people to read")]
            let share = count as f64 / self.messages.max(1) as f64;
            format!("{:.2} %", share * 100.0)
        };
        outln!("{} messages", self.messages);
        for (verdict, style) in
            [("unchanged", style::GOOD), ("edited", style::EDITED), ("denied", style::ERROR)]
        {
            let count = self.verdicts.get(verdict).copied().unwrap_or_default();
            outln!("  {style}{verdict:<9}{style:#}  {count:>10}  {:>8}", of_all(count));
        }
        let width = pipeline.rules.iter().map(|rule| rule.id.len()).max().unwrap_or_default().max(4);
        let head = format!(
            "{:width$}  {:>10}  {:>8}  {:>8}  {:>8}  {:>8}",
            "rule", "found", "share", "edited", "denied", "passed"
        );
        outln!("\n{}{head}{:#}", style::QUIET, style::QUIET);
        for rule in &pipeline.rules {
            let nothing = PerRule::default();
            let did = self.rules.get(&*rule.id).unwrap_or(&nothing);
            let shadow = if rule.mode == Mode::Shadow { "  in shadow" } else { "" };
            let failed =
                if did.failed == 0 { String::new() } else { format!("  could not judge {}", did.failed) };
            outln!(
                "{:width$}  {:>10}  {:>8}  {:>8}  {:>8}  {:>8}{shadow}{failed}",
                rule.id,
                did.hits,
                of_all(did.hits),
                did.edited,
                did.denied,
                did.passed
            );
        }
        let mean = self.took.as_secs_f64() * 1e6
            / f64::from(u32::try_from(self.messages.max(1)).unwrap_or(u32::MAX));
        let (slowest, line) = self.slowest;
        outln!(
            "\n{mean:.1} us a message; the slowest, on line {line}, took {:.1} us",
            slowest.as_secs_f64() * 1e6
        );
    }
}

impl PerRule {
    fn count(&mut self, effect: Effect) {
        self.hits += 1;
        match effect {
            Effect::Denied => self.denied += 1,
            Effect::Edited => self.edited += 1,
            Effect::Passed => self.passed += 1,
            Effect::None => {}
        }
    }
}
