//! `chimeflow check`: checks whether rules files are valid.

mod watch;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::cli::output::{self, outln};
use crate::cli::rules_file::{Parsed, parse_and_measure, show};
use crate::cli::{Exit, input, style};
use crate::detect::Detectors;
use crate::pipeline::Pipeline;
use crate::rules::{Diagnostic, Report, RulesFile};

/// Check rules files
///
/// Reports each error under its line, with a suggestion if there is one, and warns of valid rules that are probably a mistake. Then it runs
/// the examples and tests inside the file. On a terminal it also shows what each rule costs.
#[derive(clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(crate) struct Args {
    /// Rules files; `-` reads standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Check again whenever one of the files, or a list beside it, is saved, until interrupted
    #[arg(long, short)]
    watch: bool,

    /// Treat warnings as errors
    #[arg(long)]
    deny_warnings: bool,

    /// Show what each rule costs, even if the output is not a terminal
    #[arg(long)]
    cost: bool,

    /// Print one JSON object for each file
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args, detectors: &Detectors) -> anyhow::Result<Exit> {
    if args.watch {
        return watch::run(args, detectors);
    }
    Ok(check_all(args, detectors).0)
}

/// Checks all files. Also returns everything that was read.
fn check_all(args: &Args, detectors: &Detectors) -> (Exit, Vec<PathBuf>) {
    let mut all = (Exit::Fine, Vec::new());
    for path in &args.files {
        let finding = match parse_and_measure(path, detectors) {
            Ok(Parsed { rules, bytes, files }) => {
                all.1.extend(files);
                Exit::fine_if(check(path, rules, bytes, args))
            }
            Err(error) => {
                all.1.push(path.clone());
                let error = format!("{error:#}");
                if args.json {
                    let name = input::name(path);
                    output::json(&serde_json::json!({ "file": name, "fine": false, "error": error }));
                }
                output::error(error);
                Exit::Unread
            }
        };
        all.0 = all.0.and(finding);
    }
    all
}

/// The maximum size of a configuration in AppConfig, in bytes, unless AWS raised the quota.
const APPCONFIG: usize = 2 * 1024 * 1024;

/// Shows what is wrong with the file at `path`, which has `bytes` bytes including its lists. Returns whether it is valid.
fn check(path: &Path, parsed: Result<RulesFile, Report>, bytes: usize, args: &Args) -> bool {
    let name = input::name(path);
    let mut file = match parsed {
        Ok(file) => file,
        Err(report) => {
            if args.json {
                output::json(&serde_json::json!({ "file": name, "fine": false, "diagnostics": report }));
            } else {
                show(&report);
                outln!("{}{name}: {}{:#}", style::ERROR, count(report.errors(), "error"), style::ERROR);
            }
            return false;
        }
    };
    if bytes > APPCONFIG {
        let message = format!("with its lists the file takes {bytes} bytes, and AppConfig holds {APPCONFIG}");
        let help = "`chimeflow rules push` needs a raised quota for it: drop what no rule needs".to_owned();
        file.warnings.diagnostics.push(Diagnostic::warning(None, message).help(help));
    }
    let failures: Vec<_> = file.run_checks().map(|(_, failures)| failures).collect();
    let failed = failures.iter().filter(|failures| !failures.is_empty()).count();
    let warnings = file.warnings.diagnostics.len();
    let is_fine = failed == 0 && (warnings == 0 || !args.deny_warnings);
    let report = file.report(failures.concat());
    if args.json {
        let costs: Vec<_> = if args.cost { costs(&file.pipeline) } else { Vec::new() };
        output::json(&serde_json::json!({
            "file": name,
            "fine": is_fine,
            "rules": file.pipeline.rules.len(),
            "checks": file.checks.len(),
            "diagnostics": report,
            "costs": costs.iter().map(Cost::json).collect::<Vec<_>>(),
        }));
        return is_fine;
    }
    show(&report);
    print_summary(&file, failed, warnings, is_fine);
    if is_fine && (args.cost || output::is_terminal()) {
        print_costs(&costs(&file.pipeline));
    }
    is_fine
}

fn print_summary(file: &RulesFile, failed: usize, warnings: usize, is_fine: bool) {
    let (style, verdict) = if is_fine { (style::GOOD, "fine") } else { (style::ERROR, "not fine") };
    let mut parts = vec![count(file.pipeline.rules.len(), "rule"), count(file.checks.len(), "check")];
    parts.extend((failed > 0).then(|| format!("{failed} failed")));
    parts.extend((warnings > 0).then(|| count(warnings, "warning")));
    outln!("{style}{}: {verdict}{style:#} ({})", file.warnings.name, parts.join(", "));
}

/// The time that a rule takes for a message.
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

/// A typical chat message, 68 bytes long.
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

/// Returns the shortest duration of `work`, which is the one with the least disturbance.
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

/// Returns a number with a noun: `1 rule`, `2 rules`.
fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}
