//! `chimeflow test`: runs the checks inside rules files, like a test runner.

use std::path::PathBuf;

use crate::cli::output::{self, outln};
use crate::cli::rules_file::{parse, show};
use crate::cli::{Finding, style};
use crate::detect::Detectors;
use crate::rules::RulesFile;

/// Run the examples and tests inside rules files
///
/// A rule must find something in each `hit` and nothing in each `miss`, and each `[[test]]` must have the result that it states. A rules
/// file whose own checks fail is never used, neither here nor on Lambda.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Rules files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Print only what fails, and the count
    #[arg(long, short)]
    quiet: bool,
}

#[expect(clippy::unnecessary_wraps, reason = "every command may fail, this one goes on to its next file")]
pub(crate) fn run(args: &Args, detectors: &Detectors) -> anyhow::Result<Finding> {
    let (mut passed, mut failed, mut broken, mut unread) = (0, 0, 0, 0);
    for path in &args.files {
        match parse(path, detectors) {
            Ok(Ok(file)) => {
                let (ok, bad) = run_file(&file, args.quiet);
                (passed, failed) = (passed + ok, failed + bad);
            }
            Ok(Err(report)) => {
                show(&report);
                broken += 1;
            }
            Err(error) => {
                output::error(format_args!("{error:#}"));
                unread += 1;
            }
        }
    }
    broken += unread;
    let files = if broken == 0 { String::new() } else { format!("; {broken} of the files did not load") };
    outln!("{passed} passed; {failed} failed{files}");
    Ok(if unread > 0 { Finding::Unread } else { Finding::fine_if(failed + broken == 0) })
}

/// Runs the checks of `file`. Returns how many passed and how many failed.
fn run_file(file: &RulesFile, quiet: bool) -> (usize, usize) {
    let (mut passed, mut failed, mut problems) = (0, 0, Vec::new());
    outln!("{}", file.warnings.name);
    for (check, failures) in file.run_checks() {
        let title = check.title(&file.pipeline);
        if !failures.is_empty() {
            failed += 1;
            outln!("  {}FAILED{:#}  {title}", style::ERROR, style::ERROR);
            problems.extend(failures);
            continue;
        }
        passed += 1;
        if !quiet {
            outln!("  {}ok{:#}      {title}", style::GOOD, style::GOOD);
        }
    }
    outln!("");
    show(&file.report(problems));
    (passed, failed)
}
