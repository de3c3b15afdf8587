//! [`Report`]: what `attach` found and did, as lines that are printed at once, or as one object at the end.

use anstyle::Style;
use serde_json::{Value, json};

use crate::cli::output::{self, outln};
use crate::cli::printable::plain;
use crate::cli::style;
use crate::cli::width::fitted;

/// What was found and done so far.
#[derive(Debug)]
pub(super) struct Report {
    json: bool,
    /// The flow's ARN, if there is one.
    pub flow: Option<String>,
    steps: Vec<Step>,
    has_problems: bool,
}

#[derive(Debug)]
struct Step {
    mark: Mark,
    about: &'static str,
    message: String,
    /// A command that fixes the problem.
    fix: Option<String>,
}

/// The kind of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Ok,
    Note,
    Warning,
    Problem,
    Did,
    Would,
}

impl Mark {
    const fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Problem => "problem",
            Self::Did => "did",
            Self::Would => "would",
        }
    }

    const fn style(self) -> Style {
        match self {
            Self::Ok | Self::Did => style::GOOD,
            Self::Note => style::QUIET,
            Self::Warning | Self::Would => style::EDITED,
            Self::Problem => style::ERROR,
        }
    }
}

impl Report {
    pub(super) const fn new(json: bool) -> Self {
        Self { json, flow: None, steps: Vec::new(), has_problems: false }
    }

    /// Reports that something is correct.
    pub(super) fn ok(&mut self, about: &'static str, message: impl Into<String>) {
        self.add(Mark::Ok, about, message.into(), None);
    }

    /// Reports something worth knowing.
    pub(super) fn note(&mut self, about: &'static str, message: impl Into<String>) {
        self.add(Mark::Note, about, message.into(), None);
    }

    /// Reports something that works, but may be a mistake.
    pub(super) fn warning(&mut self, about: &'static str, message: impl Into<String>, fix: Option<String>) {
        self.add(Mark::Warning, about, message.into(), fix);
    }

    /// Reports a problem that has to be fixed first.
    pub(super) fn problem(&mut self, about: &'static str, message: impl Into<String>, fix: Option<String>) {
        self.has_problems = true;
        self.add(Mark::Problem, about, message.into(), fix);
    }

    /// Reports a change.
    pub(super) fn did(&mut self, about: &'static str, message: impl Into<String>) {
        self.add(Mark::Did, about, message.into(), None);
    }

    /// Reports a change that a dry run omits.
    pub(super) fn would(&mut self, about: &'static str, message: impl Into<String>) {
        self.add(Mark::Would, about, message.into(), None);
    }

    pub(super) const fn has_problems(&self) -> bool {
        self.has_problems
    }

    fn add(&mut self, mark: Mark, about: &'static str, message: String, fix: Option<String>) {
        let step = Step { mark, about, message, fix };
        if !self.json {
            step.print();
        }
        self.steps.push(step);
    }

    /// Reports the end, or an error.
    pub(super) fn end(&self, error: Option<&anyhow::Error>) {
        let count = |mark| self.steps.iter().filter(|step| step.mark == mark).count();
        if self.json {
            let error = error.map(|error| format!("{error:#}"));
            let object = json!({
                "fine": !self.has_problems && error.is_none(),
                "flow": self.flow,
                "changed": count(Mark::Did),
                "steps": self.steps.iter().map(Step::json).collect::<Vec<_>>(),
                "error": error,
            });
            output::json(&object);
        } else if error.is_none() {
            let sentence = match (count(Mark::Problem), count(Mark::Did), count(Mark::Would)) {
                (0, 0, 0) => "nothing to do".to_owned(),
                (0, 0, would) => format!("{would} to do; nothing was changed"),
                (0, did, _) => format!("{did} done"),
                (problems, ..) => format!("{problems} to fix first; nothing was changed"),
            };
            outln!("\n{sentence}");
        }
    }
}

/// The column at which the text of a step begins.
const LEAD: usize = 21;

impl Step {
    fn print(&self) {
        let style = self.mark.style();
        let message = fitted(&plain(&self.message), LEAD);
        outln!("{style}{:7}{style:#}  {:10}  {message}", self.mark.name(), self.about);
        if let Some(fix) = &self.fix {
            // A command stays on its line, so that it can be copied.
            outln!("         fix:        {}", plain(fix));
        }
    }

    fn json(&self) -> Value {
        json!({ "result": self.mark.name(), "about": self.about, "says": self.message, "fix": self.fix })
    }
}
