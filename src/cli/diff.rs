//! `chimeflow diff`: shows which messages of a corpus have a different outcome under other rules.

mod charts;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;

use self::charts::ChartData;
use crate::cli::corpus::{BadLines, CorpusArg, Line};
use crate::cli::counted::{CorpusCounts, Started};
use crate::cli::output::{self, outln};
use crate::cli::rules_file::load;
use crate::cli::width::WidthArg;
use crate::cli::{Exit, input, style};
use crate::detect::Detectors;
use crate::outcome::{Outcome, Verdict};
use crate::pipeline::Pipeline;
use crate::text::Edits;

/// Show which messages of a corpus get a different outcome under new rules
///
/// Changes are grouped by what happens to the message and by the rules that made the difference. Text is shown only with `--show-text`. The
/// exit code is 0 when nothing changes and 1 when something does, as with diff(1).
#[derive(clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct Args {
    /// The rules as they are
    #[arg(value_name = "OLD.toml")]
    old: PathBuf,

    /// The rules as they would be
    #[arg(value_name = "NEW.toml")]
    new: PathBuf,

    #[command(flatten)]
    corpus: CorpusArg,

    /// Show the text of messages that change
    #[arg(long)]
    show_text: bool,

    /// How many examples to show of each kind of change
    #[arg(long, default_value_t = 3, value_name = "N")]
    examples: usize,

    /// Print one JSON object for each message that changes
    #[arg(long)]
    json: bool,

    /// Print Markdown for a comment in a pull request: how many messages change, and how; no text and no charts
    #[arg(long, conflicts_with_all = ["json", "show_text", "chart"])]
    markdown: bool,

    /// Draw charts of changes, rules and cost, also when the output does not go to a terminal
    #[arg(long, conflicts_with = "json")]
    chart: bool,

    /// Also write the changes and the charts to this file, as one HTML page; with text only if --show-text asks for it
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    html: Option<PathBuf>,

    #[command(flatten)]
    width: WidthArg,
}

/// A message, judged by both sets of rules.
struct Compared {
    number: u64,
    at: Option<Timestamp>,
    text: String,
    old: Side,
    new: Side,
}

/// The outcome of a message under one set of rules.
struct Side {
    verdict: &'static str,
    by: Vec<String>,
    edits: Edits,
    took: Duration,
}

/// The old and the new verdict, and the rules that made the difference.
type ChangeKind = (&'static str, &'static str, Vec<String>);

/// Changes of one kind.
#[derive(Default)]
struct Group {
    count: u64,
    examples: Vec<(u64, String, Side)>,
}

pub(crate) fn run(args: &Args, detectors: &Detectors) -> anyhow::Result<Exit> {
    if let Some(page) = &args.html {
        input::ensure_other(page, &[&args.old, &args.new, args.corpus.path()])?;
    }
    let (old, new) = (load(&args.old, detectors)?, load(&args.new, detectors)?);
    let (mut bad, mut messages, mut changed) = (BadLines::default(), 0_u64, 0_u64);
    let mut groups: BTreeMap<ChangeKind, Group> = BTreeMap::new();
    let mut drawing = ChartData::default();
    let (mut counted_by_old, mut counted_by_new) = (CorpusCounts::default(), CorpusCounts::default());
    args.corpus.run(
        |line| PendingComparison::of(&old, &new, line),
        |lines| {
            for line in lines {
                let compared = match line {
                    Ok(comparing) => comparing.finish(&mut counted_by_old, &mut counted_by_new),
                    Err((number, why)) => {
                        bad.add(number, &why);
                        continue;
                    }
                };
                messages += 1;
                drawing.add(&compared);
                if !compared.is_change() {
                    continue;
                }
                changed += 1;
                if args.json {
                    output::json(&json(&compared, args.show_text));
                    continue;
                }
                let group = groups.entry(kind(&compared)).or_default();
                group.count += 1;
                if group.examples.len() < args.examples {
                    group.examples.push((compared.number, compared.text, compared.new));
                }
            }
            Ok(())
        },
    )?;
    if args.markdown {
        print_markdown(&groups, messages, changed);
    } else if !args.json {
        print(&groups, messages, changed, args.show_text);
        if args.chart || output::is_terminal() {
            for chart in drawing.charts() {
                output::raw_styled(&chart.lines(args.width.columns()));
            }
        }
    }
    if let Some(path) = &args.html {
        let title = format!(
            "{} compared with {} over {}",
            input::short_name(&args.new),
            input::short_name(&args.old),
            args.corpus.short_name()
        );
        drawing.page(title, &groups, (messages, changed), args.show_text).write(path)?;
    }
    if old.needs_store() { &counted_by_old } else { &counted_by_new }.print_uncounted();
    bad.into_result(&args.corpus)?;
    Ok(Exit::fine_if(changed == 0))
}

/// A message that is being judged by both sets of rules.
struct PendingComparison<'p> {
    number: u64,
    at: Option<Timestamp>,
    text: String,
    old: Started<'p>,
    new: Started<'p>,
}

impl<'p> PendingComparison<'p> {
    fn of(old: &'p Pipeline, new: &'p Pipeline, line: Line) -> Result<Self, (u64, String)> {
        let message = line.message.map_err(|why| (line.number, why))?;
        let (old, new) = (Started::of(old, message.clone()), Started::of(new, message.clone()));
        Ok(Self { number: line.number, at: line.at, text: message.content, old, new })
    }

    fn finish(self, by_old: &mut CorpusCounts, by_new: &mut CorpusCounts) -> Compared {
        let Self { number, at, text, old, new } = self;
        let (old, new) = (Side::of(by_old.finish(old)), Side::of(by_new.finish(new)));
        Compared { number, at, text, old, new }
    }
}

impl Compared {
    fn is_change(&self) -> bool {
        (self.old.verdict, &self.old.edits) != (self.new.verdict, &self.new.edits)
    }
}

impl Side {
    fn of((outcome, took): (Outcome, Duration)) -> Self {
        let by = outcome.hits().map(|step| step.rule.to_string()).collect();
        let verdict = outcome.verdict.name();
        let edits = if let Verdict::Edited(edits) = outcome.verdict { edits } else { Edits::default() };
        Self { verdict, by, edits, took }
    }
}

/// Returns the kind of a change. The rules that found something in only one of the sets made the difference; if there are none, the rules
/// that found something in the new set did.
fn kind(change: &Compared) -> ChangeKind {
    let only = |a: &Side, b: &Side, sign: char| -> Vec<String> {
        a.by.iter().filter(|rule| !b.by.contains(rule)).map(|rule| format!("{sign}{rule}")).collect()
    };
    let mut rules = only(&change.old, &change.new, '-');
    rules.extend(only(&change.new, &change.old, '+'));
    if rules.is_empty() {
        rules.clone_from(&change.new.by);
    }
    (change.old.verdict, change.new.verdict, rules)
}

/// Returns the groups, the largest first.
fn largest_first(groups: &BTreeMap<ChangeKind, Group>) -> Vec<(&ChangeKind, &Group)> {
    let mut sorted: Vec<_> = groups.iter().collect();
    sorted.sort_by_key(|(_, group)| std::cmp::Reverse(group.count));
    sorted
}

fn print_markdown(groups: &BTreeMap<ChangeKind, Group>, messages: u64, changed: u64) {
    outln!("**{changed} of {messages} messages** have a different outcome.");
    if groups.is_empty() {
        return;
    }
    outln!("\n| messages | before | after | rules | example lines |\n|---:|---|---|---|---|");
    for ((old, new, rules), group) in largest_first(groups) {
        // Rule ids consist of letters, digits, `-` and `_`, which cannot end a code span or a cell.
        let rules: Vec<String> = rules.iter().map(|rule| format!("`{rule}`")).collect();
        let lines: Vec<String> = group.examples.iter().map(|(number, ..)| number.to_string()).collect();
        outln!("| {} | {old} | {new} | {} | {} |", group.count, rules.join(" "), lines.join(", "));
    }
}

fn print(groups: &BTreeMap<ChangeKind, Group>, messages: u64, changed: u64, show_text: bool) {
    outln!("{changed} of {messages} messages have a different outcome");
    for ((old, new, rules), group) in largest_first(groups) {
        let style = match *new {
            "denied" => style::ERROR,
            "edited" => style::EDITED,
            _ => style::GOOD,
        };
        let by = if rules.is_empty() { String::new() } else { format!("  by {}", rules.join(" ")) };
        outln!("\n{:>8}  {old} -> {style}{new}{style:#}{by}", group.count);
        for (number, text, side) in &group.examples {
            let place = format!("line {number}");
            if show_text {
                outln!("          {}{place}{:#}  {text:?}", style::QUIET, style::QUIET);
                if let Some(content) = &side.edits.content {
                    outln!("          {:width$}  {content:?}", "", width = place.len());
                }
            } else {
                outln!("          {}{place}{:#}", style::QUIET, style::QUIET);
            }
        }
    }
}

fn json(change: &Compared, show_text: bool) -> serde_json::Value {
    let side = |side: &Side| {
        let content = side.edits.content.as_ref().filter(|_| show_text);
        serde_json::json!({ "verdict": side.verdict, "by": side.by, "content": content })
    };
    let text = show_text.then_some(&change.text);
    serde_json::json!({ "line": change.number, "text": text, "old": side(&change.old), "new": side(&change.new) })
}
