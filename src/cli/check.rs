//! `chimeflow check`: whether a rules file is fit to be used.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::cli::output::{self, outln};
use crate::cli::rules_file::{parse, show};
use crate::cli::{Finding, style};
use crate::detect::Detectors;
use crate::pipeline::Pipeline;
use crate::rules::RulesFile;

/// Check that rules files are fit to be used
///
/// Reports every mistake under its line, with what was probably meant; then what is allowed but probably a mistake; then runs the
/// examples and tests inside the file. On a terminal it also shows what each rule costs.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Rules files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Take warnings for errors
    #[arg(long)]
    deny_warnings: bool,

    /// Show what each rule costs, also when the output does not go to a terminal
    #[arg(long)]
    cost: bool,

    /// Print one JSON object a file
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args, detectors: &Detectors) -> anyhow::Result<Finding> {
    let mut all_fine = true;
    for path in &args.files {
        let fine = check(path, args, detectors)?;
        all_fine &= fine;
    }
    Ok(Finding::fine_if(all_fine))
}

fn check(path: &Path, args: &Args, detectors: &Detectors) -> anyhow::Result<bool> {
    let name = path.display();
    let file = match parse(path, detectors)? {
        Ok(file) => file,
        Err(report) => {
            if args.json {
                output::json(
                    &serde_json::json!({ "file": name.to_string(), "fine": false, "diagnostics": report }),
                );
            } else {
                show(&report);
                outln!("{}{name}: {}{:#}", style::ERROR, count(report.errors(), "error"), style::ERROR);
            }
            return Ok(false);
        }
    };
    let failures: Vec<_> = file.run_checks().filter_map(|(_, failure)| failure).collect();
    let (failed, warnings) = (failures.len(), file.warnings.diagnostics.len());
    let is_fine = failed == 0 && (warnings == 0 || !args.deny_warnings);
    let report = file.report(failures);
    if args.json {
        let costs: Vec<_> = if args.cost { costs(&file.pipeline) } else { Vec::new() };
        output::json(&serde_json::json!({
            "file": name.to_string(),
            "fine": is_fine,
            "rules": file.pipeline.rules.len(),
            "checks": file.checks.len(),
            "diagnostics": report,
            "costs": costs.iter().map(Cost::json).collect::<Vec<_>>(),
        }));
        return Ok(is_fine);
    }
    show(&report);
    print_summary(&file, failed, warnings, is_fine);
    if is_fine && (args.cost || output::is_terminal()) {
        print_costs(&costs(&file.pipeline));
    }
    Ok(is_fine)
}

fn print_summary(file: &RulesFile, failed: usize, warnings: usize, is_fine: bool) {
    let (style, verdict) = if is_fine { (style::GOOD, "fine") } else { (style::ERROR, "not fine") };
    let mut parts = vec![count(file.pipeline.rules.len(), "rule"), count(file.checks.len(), "check")];
    parts.extend((failed > 0).then(|| format!("{failed} failed")));
    parts.extend((warnings > 0).then(|| count(warnings, "warning")));
    outln!("{style}{}: {verdict}{style:#} ({})", file.warnings.name, parts.join(", "));
}

/// What a rule costs a message.
struct Cost {
    rule: String,
    short: Duration,
    long: Duration,
}

impl Cost {
    fn json(&self) -> serde_json::Value {
        let micros = |time: Duration| time.as_secs_f64() * 1e6;
        serde_json::json!({ "rule": self.rule, "short_us": micros(self.short), "long_us": micros(self.long) })
    }
}

/// A chat message like most, 68 bytes long.
const SHORT: &str = "can you have a look at the build? it fails on my laptop since monday";

/// Measures every rule, and all of them together, on a short message and on 4 KB of such messages.
fn costs(pipeline: &Pipeline) -> Vec<Cost> {
    let long = SHORT.repeat(4096 / SHORT.len());
    let message =
        |content: &str| crate::message::Message { content: content.to_owned(), ..Default::default() };
    let mut costs: Vec<_> = pipeline
        .rules
        .iter()
        .filter(|rule| !rule.find.is_empty())
        .map(|rule| Cost {
            rule: rule.id.to_string(),
            short: fastest(|| rule.finds(SHORT).is_ok()),
            long: fastest(|| rule.finds(&long).is_ok()),
        })
        .collect();
    costs.push(Cost {
        rule: "a whole message".to_owned(),
        short: fastest(|| pipeline.run(message(SHORT)).trace.is_empty()),
        long: fastest(|| pipeline.run(message(&long)).trace.is_empty()),
    });
    costs
}

/// The time `work` takes when nothing disturbs it.
#[expect(clippy::disallowed_methods, reason = "measuring is what this is for")]
fn fastest(work: impl Fn() -> bool) -> Duration {
    let time = || {
        let start = Instant::now();
        std::hint::black_box(work());
        start.elapsed()
    };
    (0..20).map(|_| time()).min().unwrap_or_default()
}

fn print_costs(costs: &[Cost]) {
    let width = costs.iter().map(|cost| cost.rule.len()).max().unwrap_or_default();
    outln!(
        "\n  {}{:width$}  {:>14}  {:>14}{:#}",
        style::QUIET,
        "cost",
        "short message",
        "4 KB of chat",
        style::QUIET
    );
    for Cost { rule, short, long } in costs {
        outln!("  {rule:width$}  {:>14}  {:>14}", micros(*short), micros(*long));
    }
}

fn micros(time: Duration) -> String {
    format!("{:.1} us", time.as_secs_f64() * 1e6)
}

/// `1 rule`, `2 rules`.
fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
