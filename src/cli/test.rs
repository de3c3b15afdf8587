//! `chimeflow test`: runs the checks that rules files make of themselves, like a test runner.

use std::path::PathBuf;

use crate::cli::output::outln;
use crate::cli::rules_file::{parse, show};
use crate::cli::{Finding, style};
use crate::detect::Detectors;
use crate::rules::RulesFile;

/// Run the examples and tests inside rules files
///
/// Every `hit` must be found, every `miss` left alone, and every `[[test]]` come out as it says. A rules file whose own checks
/// fail is never put to use, here or on Lambda.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Rules files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Print only what fails, and the count
    #[arg(long, short)]
    quiet: bool,
}

pub(crate) fn run(args: &Args, detectors: &Detectors) -> anyhow::Result<Finding> {
    let (mut passed, mut failed, mut broken) = (0, 0, 0);
    for path in &args.files {
        match parse(path, detectors)? {
            Ok(file) => {
                let (ok, bad) = run_file(&file, args.quiet);
                (passed, failed) = (passed + ok, failed + bad);
            }
            Err(report) => {
                show(&report);
                broken += 1;
            }
        }
    }
    let files = if broken == 0 { String::new() } else { format!("; {broken} of the files did not load") };
    outln!("{passed} passed; {failed} failed{files}");
    Ok(Finding::fine_if(failed + broken == 0))
}

/// Runs the checks of `file`; gives how many passed and failed.
fn run_file(file: &RulesFile, quiet: bool) -> (usize, usize) {
    let (mut passed, mut failures) = (0, Vec::new());
    outln!("{}", file.warnings.name);
    for (check, failure) in file.run_checks() {
        let title = check.title(&file.pipeline);
        match failure {
            None => {
                passed += 1;
                if !quiet {
                    outln!("  {}ok{:#}      {title}", style::GOOD, style::GOOD);
                }
            }
            Some(failure) => {
                outln!("  {}FAILED{:#}  {title}", style::ERROR, style::ERROR);
                failures.push(failure);
            }
        }
    }
    outln!("");
    let failed = failures.len();
    show(&file.report(failures));
    (passed, failed)
}
