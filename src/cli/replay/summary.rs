//! [`Summary`]: what rules did over a corpus, in lines, charts or a page.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::time::Duration;

use anstyle::Style;

use super::LineResult;
use crate::cli::chart::{Bar, Cell, Chart, Costs, Page, Table, Timeline, Tone};
use crate::cli::output::outln;
use crate::cli::style;
use crate::message::Message;
use crate::outcome::{Effect, Outcome, Step, StepResult};
use crate::pipeline::Pipeline;
use crate::rules::{Mode, Rule};

/// Counts over a corpus.
#[derive(Default)]
pub(super) struct Summary {
    messages: u64,
    verdicts: BTreeMap<&'static str, u64>,
    rules: BTreeMap<String, PerRule>,
    took: Duration,
    slowest: (Duration, u64),
    timeline: Timeline,
    costs: Costs,
    keeps_text: bool,
}

/// The verdicts, with their colours.
const VERDICTS: [(&str, Style); 3] =
    [("unchanged", style::GOOD), ("edited", style::EDITED), ("denied", style::ERROR)];
/// The number of texts that are kept for each rule, if any are.
const EXAMPLES: usize = 5;

/// What a rule did over a corpus.
#[derive(Default)]
struct PerRule {
    hits: u64,
    denied: u64,
    edited: u64,
    passed: u64,
    failed: u64,
    examples: Vec<(u64, String)>,
}

impl Summary {
    pub(super) fn new(keeps_text: bool) -> Self {
        Self { keeps_text, ..Self::default() }
    }

    pub(super) fn add(&mut self, judged: &LineResult, message: &Message, outcome: &Outcome) {
        let verdict = outcome.verdict.name();
        self.messages += 1;
        *self.verdicts.entry(verdict).or_default() += 1;
        self.took += judged.took;
        self.slowest = self.slowest.max((judged.took, judged.number));
        self.timeline.add(judged.at, Some(verdict).filter(|verdict| *verdict != "unchanged"));
        self.costs.add(judged.took);
        for step in &outcome.trace {
            match step.result {
                StepResult::Hit { effect, .. } => {
                    let keeps_text = self.keeps_text;
                    let rule = self.rule(step);
                    rule.count(effect);
                    if keeps_text && rule.examples.len() < EXAMPLES {
                        rule.examples.push((judged.number, message.content.clone()));
                    }
                }
                StepResult::Failed(_) => self.rule(step).failed += 1,
                _ => {}
            }
        }
    }

    fn rule(&mut self, step: &Step) -> &mut PerRule {
        self.rules.entry(step.rule.to_string()).or_default()
    }

    /// Returns the share of `count` among all messages.
    fn of_all(&self, count: u64) -> String {
        #[expect(clippy::cast_precision_loss, reason = "a share for people to read")]
        let share = count as f64 / self.messages.max(1) as f64;
        format!("{:.2} %", share * 100.0)
    }

    pub(super) fn print(&self, pipeline: &Pipeline) {
        let of_all = |count| self.of_all(count);
        outln!("{} messages", self.messages);
        for (verdict, style) in VERDICTS {
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
        outln!("\n{}", self.cost());
    }

    fn cost(&self) -> String {
        let mean = self.took.as_secs_f64() * 1e6
            / f64::from(u32::try_from(self.messages.max(1)).unwrap_or(u32::MAX));
        let (slowest, line) = self.slowest;
        let slowest = slowest.as_secs_f64() * 1e6;
        format!("{mean:.1} us a message; the slowest, on line {line}, took {slowest:.1} us")
    }

    /// Returns the charts: verdicts over time, rules by findings, cost.
    pub(super) fn charts(&self, pipeline: &Pipeline) -> Vec<Chart> {
        let mut rules: Vec<_> = pipeline
            .rules
            .iter()
            .map(|rule| {
                let hits = self.rules.get(&*rule.id).map_or(0, |did| did.hits);
                Bar { label: rule.id.to_string(), numbers: vec![hits], pieces: vec![(Tone::Plain, hits)] }
            })
            .collect();
        rules.sort_by_key(|bar| Reverse(bar.numbers[0]));
        let rules = Chart {
            title: "Rules by findings".to_owned(),
            label: "rule",
            heads: vec!["messages"],
            rows: rules,
            note: "Messages in which the rule found something, also in shadow mode".to_owned(),
        };
        vec![self.timeline.chart("Verdicts"), rules, Costs::chart(&[("messages", self.costs)])]
    }

    /// Returns the summary as a page.
    pub(super) fn page(&self, pipeline: &Pipeline, corpus: &str, rules: &str) -> Page {
        let verdicts = VERDICTS.map(|(verdict, _)| {
            let count = self.verdicts.get(verdict).copied().unwrap_or_default();
            format!("{count} {verdict} ({})", self.of_all(count))
        });
        let nothing = PerRule::default();
        let row = |rule: &Rule| {
            let did = self.rules.get(&*rule.id).unwrap_or(&nothing);
            let mode = if rule.mode == Mode::Shadow { "shadow" } else { "enforce" };
            let numbers = [did.hits, did.edited, did.denied, did.passed, did.failed].map(Cell::Number);
            let names = [Cell::Name(rule.id.to_string()), Cell::Name(mode.to_owned())];
            names.into_iter().chain(numbers).collect()
        };
        let all = Table {
            title: "Rules".to_owned(),
            heads: vec!["rule", "mode", "found", "edited", "denied", "passed", "could not judge"],
            rows: pipeline.rules.iter().map(row).collect(),
        };
        let example = |rule: &Rule| {
            let examples = self.rules.get(&*rule.id).map(|did| did.examples.as_slice()).unwrap_or_default();
            let id = rule.id.to_string();
            let cells = move |(line, text): &(u64, String)| {
                vec![Cell::Name(id.clone()), Cell::Number(*line), Cell::Text(text.clone())]
            };
            examples.iter().map(cells).collect::<Vec<_>>()
        };
        let examples = Table {
            title: format!("Texts in which a rule found something, up to {EXAMPLES} of each"),
            heads: vec!["rule", "line", "text"],
            rows: pipeline.rules.iter().flat_map(example).collect(),
        };
        Page {
            title: format!("Replay of {corpus} with {rules}"),
            facts: vec![
                format!("{} messages: {}.", self.messages, verdicts.join(", ")),
                format!("{}.", self.cost()),
            ],
            charts: self.charts(pipeline),
            tables: vec![all, examples],
            has_text: self.keeps_text,
        }
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
