//! [`RulesFile`]: a rules file that loaded, and the checks in it.

use super::checks::Check;
use super::report::{Diagnostic, Report};
use crate::pipeline::Pipeline;

/// A rules file that loaded, and the checks in it.
#[derive(Debug)]
pub struct RulesFile {
    /// Its rules, ready to run.
    pub pipeline: Pipeline,
    /// Its `hit`, `miss` and `[[test]]` entries, in the order of the file.
    pub checks: Vec<Check>,
    /// Probable mistakes that do not make the file invalid.
    pub warnings: Report,
}

impl RulesFile {
    /// Runs every check. Returns each with its problems.
    pub fn run_checks(&self) -> impl Iterator<Item = (&Check, Vec<Diagnostic>)> {
        self.checks.iter().map(|check| (check, check.run(&self.pipeline)))
    }

    /// Returns a report of the warnings and `more`.
    #[must_use]
    pub fn report(&self, more: Vec<Diagnostic>) -> Report {
        let all = self.warnings.diagnostics.iter().cloned().chain(more).collect();
        Report::new(&self.warnings.name, &self.warnings.source, all)
    }

    /// Returns the pipeline, if every check passes.
    ///
    /// # Errors
    /// The checks that fail.
    pub fn verified(self) -> Result<Pipeline, Report> {
        let failed: Vec<_> = self.run_checks().flat_map(|(_, failed)| failed).collect();
        if failed.is_empty() {
            return Ok(self.pipeline);
        }
        Err(Report::new(&self.warnings.name, &self.warnings.source, failed))
    }
}
