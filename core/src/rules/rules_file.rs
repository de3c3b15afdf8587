//! [`RulesFile`]: a rules file that loaded, and the checks it makes of itself.

use super::checks::Check;
use super::report::{Diagnostic, Report};
use crate::pipeline::Pipeline;

/// A rules file that loaded, and the checks it makes of itself.
#[derive(Debug)]
pub struct RulesFile {
    /// Its rules, ready to run.
    pub pipeline: Pipeline,
    /// Its `hit`, `miss` and `[[test]]` entries, in the order of the file.
    pub checks: Vec<Check>,
    /// What does not keep it from loading and is probably a mistake.
    pub warnings: Report,
}

impl RulesFile {
    /// Runs every check. Returns each with everything that is wrong about it.
    pub fn run_checks(&self) -> impl Iterator<Item = (&Check, Vec<Diagnostic>)> {
        self.checks.iter().map(|check| (check, check.run(&self.pipeline)))
    }

    /// The warnings and `more` in one report.
    #[must_use]
    pub fn report(&self, more: Vec<Diagnostic>) -> Report {
        let all = self.warnings.diagnostics.iter().cloned().chain(more).collect();
        Report::new(&self.warnings.name, &self.warnings.source, all)
    }

    /// The pipeline, if every check holds.
    ///
    /// # Errors
    /// The checks that do not.
    pub fn verified(self) -> Result<Pipeline, Report> {
        let failed: Vec<_> = self.run_checks().flat_map(|(_, failed)| failed).collect();
        if failed.is_empty() {
            return Ok(self.pipeline);
        }
        Err(Report::new(&self.warnings.name, &self.warnings.source, failed))
    }
}
