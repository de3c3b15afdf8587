//! Loads rules: from the binary, from a file, or from AppConfig.

use std::path::Path;

use super::extension::Document;
use crate::aws::warm;
use crate::detect::Detectors;
use crate::pipeline::Pipeline;
use crate::rules::{self, Report, Source};

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

/// Loads the rules in the binary.
pub(super) fn embedded(detectors: &Detectors) -> Result<Pipeline, LoadError> {
    let source = Source::alone("embedded", rules::DEFAULT);
    // The build validated them with the built-in detectors. With other detectors, they have to be validated now.
    let pipeline = if detectors.are_builtin() {
        rules::load_unchecked(&source, detectors)?
    } else {
        rules::load(&source, detectors)?
    };
    warm::rules(&pipeline);
    Ok(pipeline)
}

/// Loads the rules in the file at `path`, which may refer to files beside it.
pub(super) fn file(path: &Path, detectors: &Detectors) -> Result<Pipeline, LoadError> {
    let name = path.display().to_string();
    let text =
        std::fs::read_to_string(path).map_err(|error| LoadError::File { path: name.clone(), error })?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let read_file =
        |name: &str| std::fs::read_to_string(folder.join(name)).map_err(|error| error.to_string());
    let pipeline = rules::load(&Source { name: &name, text: &text, read_file: &read_file }, detectors)?;
    warm::rules(&pipeline);
    Ok(pipeline)
}

/// Loads the rules in `document`, which refer to no files. Their version includes the configuration version.
pub(super) fn document(document: &Document, detectors: &Detectors) -> Result<Pipeline, Report> {
    let mut pipeline = rules::load(&Source::alone("rules.toml", &document.text), detectors)?;
    if let Some(version) = &document.version {
        pipeline.version = format!("{}@{version}", pipeline.version);
    }
    warm::rules(&pipeline);
    Ok(pipeline)
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
    struct Blind;

    impl From<IgnoredAny> for Blind {
        fn from(_: IgnoredAny) -> Self {
            Self
        }
    }

    impl Settings for Blind {
        const NAME: &'static str = "profanity";
        const SUMMARY: &'static str = "nothing";
        const EXAMPLES: &'static [crate::detect::Example] = &[];

        fn build(self, _: &Rulebook) -> Result<Box<dyn Detector>, Problem> {
            Ok(Box::new(self))
        }
    }

    impl Detector for Blind {
        fn find(&self, _: &View, _: &mut Context<'_>, _: &mut Found) -> Result<(), Exhausted> {
            Ok(())
        }
    }

    #[test]
    fn the_rules_in_the_binary_hold_for_the_detectors_that_run() {
        assert!(embedded(&Detectors::builtin()).is_ok());
        let refused = embedded(&Detectors::builtin().with::<Blind>());
        assert!(refused.is_err_and(|error| error.to_string().contains("should find something")));
    }
}
