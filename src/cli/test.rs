//! `chimeflow test`: runs the checks inside rules files, like a test runner.

mod junit;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::cli::output::{self, outln};
use crate::cli::rules_file::{parse, show};
use crate::cli::{Exit, input, style};
use crate::detect::Detectors;
use crate::rules::{Report, RulesFile};

/// Run the examples and tests inside rules files
///
/// A rule must find something in each `hit` and nothing in each `miss`, and each `[[test]]` must have the result that it states. A rules
/// file whose own checks fail is never used, neither here nor on Lambda.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Rules files; `-` reads standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Run only the checks with this text in their names, as they are printed; several are alternatives
    #[arg(long, short, value_name = "TEXT")]
    filter: Vec<String>,

    /// Print only what fails, and the count
    #[arg(long, short)]
    quiet: bool,

    /// Print one JSON object a file
    #[arg(long, conflicts_with = "quiet")]
    json: bool,

    /// Also write a report as CI services read it; `-` writes it to standard output instead of everything else
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
}

/// The checks of a file that ran, or why none could run.
struct Suite {
    name: String,
    cases: Result<Vec<Case>, String>,
    /// The number of checks that the filter excluded.
    left_out: usize,
}

/// A check that ran.
struct Case {
    title: String,
    /// The number of its line in the file.
    line: usize,
    /// The problems, as text; `None` if it passed.
    problems: Option<String>,
}

pub(crate) fn run(args: &Args, detectors: &Detectors) -> anyhow::Result<Exit> {
    let junit_only = args.junit.as_deref().is_some_and(input::is_stdin);
    anyhow::ensure!(!(args.json && junit_only), "--json and --junit - both write to standard output");
    let shown = match (args.json, junit_only) {
        (true, _) => Output::Json,
        (_, true) => Output::Nothing,
        _ => Output::Lines,
    };
    let (mut suites, mut is_unread) = (Vec::new(), false);
    for path in &args.files {
        let (name, mut left_out) = (input::name(path), 0);
        let cases = match parse(path, detectors) {
            Ok(Ok(file)) => {
                let cases = run_file(&file, args, shown);
                left_out = file.checks.len() - cases.len();
                Ok(cases)
            }
            Ok(Err(report)) => {
                if shown == Output::Json {
                    output::json(&serde_json::json!({ "file": name, "fine": false, "diagnostics": report }));
                } else {
                    show(&report);
                }
                Err(report.to_string())
            }
            Err(error) => {
                is_unread = true;
                let error = format!("{error:#}");
                if shown == Output::Json {
                    output::json(&serde_json::json!({ "file": name, "fine": false, "error": error }));
                }
                output::error(&error);
                Err(error)
            }
        };
        suites.push(Suite { name, cases, left_out });
    }
    if shown == Output::Lines {
        outln!("{}", summary(&suites));
    }
    if let Some(path) = &args.junit {
        write_junit(path, &junit::report(&suites))?;
    }
    let has_run = !suites.iter().all(|suite| suite.cases.as_ref().is_ok_and(Vec::is_empty));
    anyhow::ensure!(
        has_run || args.filter.is_empty(),
        "no check has `{}` in its name: `chimeflow test` without --filter prints the names",
        args.filter.join("` or `")
    );
    let is_fine = suites.iter().all(|suite| {
        suite.cases.as_ref().is_ok_and(|cases| cases.iter().all(|case| case.problems.is_none()))
    });
    Ok(if is_unread { Exit::Unread } else { Exit::fine_if(is_fine) })
}

/// What is written to standard output.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Output {
    Lines,
    Json,
    Nothing,
}

/// Runs the checks of `file` that `args` select.
fn run_file(file: &RulesFile, args: &Args, shown: Output) -> Vec<Case> {
    let (mut cases, mut problems) = (Vec::new(), Vec::new());
    let mut objects = Vec::new();
    if shown == Output::Lines {
        outln!("{}", file.warnings.name);
    }
    for (check, failures) in file.run_checks() {
        let title = check.title(&file.pipeline);
        if !args.filter.is_empty() && !args.filter.iter().any(|text| title.contains(text)) {
            continue;
        }
        let line = file.warnings.source[..check.span.start].matches('\n').count() + 1;
        let has_passed = failures.is_empty();
        let report = (!has_passed).then(|| Report { diagnostics: failures.clone(), ..file.warnings.clone() });
        if shown == Output::Json {
            objects.push(serde_json::json!({
                "check": title,
                "line": line,
                "passed": has_passed,
                "diagnostics": report.as_ref().map_or_else(|| serde_json::json!([]), |report| serde_json::json!(report)),
            }));
        } else if shown == Output::Lines && has_passed && !args.quiet {
            outln!("  {}ok{:#}      {title}", style::GOOD, style::GOOD);
        } else if shown == Output::Lines && !has_passed {
            outln!("  {}FAILED{:#}  {title}", style::ERROR, style::ERROR);
        }
        cases.push(Case { title, line, problems: report.map(|report| report.to_string()) });
        problems.extend(failures);
    }
    if shown == Output::Json {
        let failed = cases.iter().filter(|case| case.problems.is_some()).count();
        output::json(&serde_json::json!({
            "file": file.warnings.name,
            "fine": failed == 0,
            "passed": cases.len() - failed,
            "failed": failed,
            "left-out": file.checks.len() - cases.len(),
            "checks": objects,
            "diagnostics": file.report(Vec::new()),
        }));
        return cases;
    }
    if shown == Output::Lines {
        outln!("");
    }
    show(&file.report(problems));
    cases
}

fn summary(suites: &[Suite]) -> String {
    let cases = || suites.iter().filter_map(|suite| suite.cases.as_ref().ok()).flatten();
    let failed = cases().filter(|case| case.problems.is_some()).count();
    let mut text = format!("{} passed; {failed} failed", cases().count() - failed);
    let left_out: usize = suites.iter().map(|suite| suite.left_out).sum();
    if left_out > 0 {
        let _ = write!(text, "; {left_out} left out");
    }
    let broken = suites.iter().filter(|suite| suite.cases.is_err()).count();
    if broken > 0 {
        let _ = write!(text, "; {broken} of the files did not load");
    }
    text
}

fn write_junit(path: &Path, report: &str) -> anyhow::Result<()> {
    if input::is_stdin(path) {
        output::raw(report);
        return Ok(());
    }
    std::fs::write(path, report).with_context(|| format!("could not write `{}`", path.display()))
}
