//! Loads rules: from the binary, from a file, or from AppConfig.

use std::path::Path;

use super::extension::Document;
use crate::aws::warm;
use crate::detect::Detectors;
use crate::pipeline::Pipeline;
use crate::rules::{self, Diagnostic, Report, Source};

/// Why there are no rules to start with.
#[derive(Debug, thiserror::Error)]
pub(in crate::aws) enum LoadError {
    #[error("cannot read the rules file {path}: {error}")]
    File { path: String, error: std::io::Error },
    #[error("the rules do not load\n{0}")]
    Rules(#[from] Report),
    #[error("there are no rules, and CHIMEFLOW_RULES_FALLBACK=none: {0}")]
    NoRules(String),
}

impl LoadError {
    /// Returns the error type for Lambda and the log.
    pub(in crate::aws) fn name(&self) -> &'static str {
        match self {
            Self::File { .. } => "UnreadableRules",
            Self::Rules(_) => "InvalidRules",
            Self::NoRules(_) => "NoRules",
        }
    }
}

/// Loads rules for this function.
#[derive(Debug)]
pub(in crate::aws) struct Loader {
    /// The detectors that rules may use.
    pub detectors: Detectors,
    /// Whether there is a store for rules that count.
    pub has_store: bool,
}

impl Loader {
    /// Loads the rules in the binary.
    pub(super) fn embedded(&self) -> Result<Pipeline, LoadError> {
        let source = Source::alone("embedded", rules::DEFAULT);
        // The build validated them with the built-in detectors. With other detectors, they have to be validated now.
        let pipeline = if self.detectors.are_builtin() {
            rules::load_unchecked(&source, &self.detectors)?
        } else {
            rules::load(&source, &self.detectors)?
        };
        Ok(self.ready(pipeline, &source)?)
    }

    /// Loads the rules in the file at `path`, which may refer to files beside it.
    pub(super) fn file(&self, path: &Path) -> Result<Pipeline, LoadError> {
        let name = path.display().to_string();
        let text =
            std::fs::read_to_string(path).map_err(|error| LoadError::File { path: name.clone(), error })?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let read_file =
            |name: &str| std::fs::read_to_string(folder.join(name)).map_err(|error| error.to_string());
        let source = Source { name: &name, text: &text, read_file: &read_file };
        Ok(self.ready(rules::load(&source, &self.detectors)?, &source)?)
    }

    /// Loads the rules in `document`, which refer to no files. Their version includes the configuration version.
    pub(super) fn document(&self, document: &Document) -> Result<Pipeline, Report> {
        let source = Source::alone("rules.toml", &document.text);
        let mut pipeline = rules::load(&source, &self.detectors)?;
        if let Some(version) = &document.version {
            pipeline.version = format!("{}@{version}", pipeline.version);
        }
        self.ready(pipeline, &source)
    }

    /// Returns `pipeline` warmed up, if this function can run it.
    fn ready(&self, pipeline: Pipeline, source: &Source<'_>) -> Result<Pipeline, Report> {
        require_store(&pipeline, source, self.has_store)?;
        warm::rules(&pipeline);
        Ok(pipeline)
    }
}

/// Refuses rules that count if there is no store for them: they could judge no message.
pub(in crate::aws) fn require_store(
    pipeline: &Pipeline,
    source: &Source<'_>,
    has_store: bool,
) -> Result<(), Report> {
    let Some(rule) = pipeline.rules.iter().find(|rule| rule.needs_store()).filter(|_| !has_store) else {
        return Ok(());
    };
    let message = format!("rule `{}` counts messages, and there is no store for what it counts", rule.id);
    let help =
        "deploy the table, and set CHIMEFLOW_STATE of the function and of the validator: docs/deploy.md";
    let problem = Diagnostic::error(None, message).help(help.to_owned());
    Err(Report::new(source.name, source.text, vec![problem]))
}

#[cfg(test)]
mod tests {
    use serde::de::IgnoredAny;

    use super::*;
    use crate::detect::{Context, Detector, Exhausted, Found, Problem, Rulebook, Settings};
    use crate::text::View;

    /// Replaces `profanity`, and finds nothing.
    #[derive(serde::Deserialize)]
    #[serde(from = "IgnoredAny")]
    struct FindsNothing;

    impl From<IgnoredAny> for FindsNothing {
        fn from(_: IgnoredAny) -> Self {
            Self
        }
    }

    impl Settings for FindsNothing {
        const NAME: &'static str = "profanity";
        const SUMMARY: &'static str = "nothing";
        const EXAMPLES: &'static [crate::detect::Example] = &[];

        fn build(self, _: &Rulebook) -> Result<Box<dyn Detector>, Problem> {
            Ok(Box::new(self))
        }
    }

    impl Detector for FindsNothing {
        fn find(&self, _: &View, _: &mut Context<'_>, _: &mut Found) -> Result<(), Exhausted> {
            Ok(())
        }
    }

    #[test]
    fn the_rules_in_the_binary_hold_for_the_detectors_that_run() {
        let embedded = |detectors| Loader { detectors, has_store: false }.embedded();
        assert!(embedded(Detectors::builtin()).is_ok());
        let refused = embedded(Detectors::builtin().with::<FindsNothing>());
        assert!(refused.is_err_and(|error| error.to_string().contains("should find something")));
    }

    #[test]
    fn rules_that_count_need_a_store() {
        let text = "version = 1\nrule = [{ id = 'flood', find = { rate = { max = 3, within = '5s' } }, do = 'deny' }]";
        let document = Document { text: text.to_owned(), version: None };
        let load = |has_store| Loader { detectors: Detectors::builtin(), has_store }.document(&document);
        assert!(load(true).is_ok());
        let report = load(false).unwrap_err().to_string();
        assert!(report.contains("`flood` counts") && report.contains("CHIMEFLOW_STATE"), "{report}");
    }
}
