//! Log lines about state that is kept in a table.

use serde::Serialize;

use super::{Level, Log, Page};
use crate::aws::metrics::Measures;

/// The content of the line: why the table did not answer, and the metric.
#[derive(Serialize)]
struct Bypass<'a> {
    exception_name: &'a str,
    exception: &'a str,
    #[serde(flatten)]
    measures: Option<Measures<'a>>,
}

/// The metric, if the line is not written.
#[derive(Serialize)]
struct BypassMetric<'a> {
    #[serde(flatten)]
    measures: Measures<'a>,
}

impl Log {
    /// Writes and counts that the environment's own memory answered, because the table did not.
    pub(in crate::aws) fn state_bypassed(&self, name: &str, why: &str) {
        let settings = &self.0.settings;
        let mut page = Page::new(self);
        let measures = settings.metrics.as_ref().map(|on| on.bypass(page.millis()));
        if Level::Warn >= settings.least {
            let line = Bypass { exception_name: name, exception: why, measures };
            page.line(Level::Warn, "state bypassed", line);
        } else if let Some(measures) = measures {
            page.metrics(BypassMetric { measures });
        }
        page.write();
    }
}
